"""The errors are one tree, each class builds its own message, and what it was given stays readable on it."""

from __future__ import annotations

import pickle
import re
from dataclasses import FrozenInstanceError

import pytest

from sayso import errors
from sayso.errors import CaseError, InputError, Problem, SaysoError

# One of each, with the attributes that are its contract.
RAISED: dict[SaysoError, dict[str, object]] = {
    errors.MissingFile("a.txt"): {"name": "a.txt"},
    errors.NoArticles("folder", (".txt", ".md")): {"name": "folder", "endings": (".txt", ".md")},
    errors.EmptyInput("a.txt"): {"name": "a.txt"},
    errors.BinaryInput("a.bin"): {"name": "a.bin", "looks_like": None},
    errors.BinaryInput("a.bin", "a picture"): {"name": "a.bin", "looks_like": "a picture"},
    errors.UnknownEncoding("a.txt", ("utf-8",)): {"name": "a.txt", "tried": ("utf-8",)},
    errors.TooLarge("a.txt", 3_000_000, 2_000_000): {
        "name": "a.txt",
        "size_bytes": 3_000_000,
        "limit_bytes": 2_000_000,
    },
    errors.NoArticleInPage("a.html", "a paywall"): {"name": "a.html", "reason": "a paywall"},
    errors.UnsupportedLanguage("a.txt", "fi", ("en",)): {"name": "a.txt", "language": "fi", "supported": ("en",)},
    errors.UnsupportedLanguage("a.txt", None, ("en",)): {"name": "a.txt", "language": None, "supported": ("en",)},
    errors.UnsupportedFormat("a.odt", "ODT"): {"name": "a.odt", "kind": "ODT"},
    errors.EncryptedFile("a.pdf"): {"name": "a.pdf"},
    errors.NoTextLayer("a.pdf"): {"name": "a.pdf", "reason": "scanned: no text layer"},
    errors.UnreadableFile("a.docx", "it is damaged"): {"name": "a.docx", "reason": "it is damaged"},
    errors.MissingPackage("a.pdf", "PDF", "pdf"): {"name": "a.pdf", "kind": "PDF", "extra": "pdf"},
    errors.SeveralArticles("a.html", 12): {"name": "a.html", "count": 12},
    errors.FetchingNotHere("https://courier.example/a"): {"name": "https://courier.example/a"},
    errors.FetchRefused("https://courier.example/a", "robots", "Not allowed.", "Save the page."): {
        "name": "https://courier.example/a",
        "code": "robots",
        "advice": "Save the page.",
    },
    errors.CaseError("a.sayso", "something else is wrong."): {"path": "a.sayso"},
    errors.MissingCase("here"): {"path": "here"},
    errors.SeveralCases("here", ("a.sayso", "b.sayso")): {"path": "here", "names": ("a.sayso", "b.sayso")},
    errors.CaseExists("a.sayso"): {"path": "a.sayso"},
    errors.NotACase("a.sayso"): {"path": "a.sayso", "looks_like": None},
    errors.NotACase("a.sayso", "a picture"): {"path": "a.sayso", "looks_like": "a picture"},
    errors.DamagedCase("a.sayso", "page 7"): {"path": "a.sayso", "where": "page 7"},
    errors.UnopenableCase("a.sayso", "page 1"): {"path": "a.sayso", "where": "page 1"},
    errors.NewerCase("a.sayso", 9, 1): {"path": "a.sayso", "found": 9, "known": 1},
    errors.LockedCase("a.sayso"): {"path": "a.sayso"},
    errors.MovedCase("a.sayso"): {"path": "a.sayso"},
    errors.BusyCase("a.sayso", 60.0): {"path": "a.sayso", "waited_s": 60.0},
    errors.UnwritableCase("a.sayso", "the disk is full"): {"path": "a.sayso", "reason": "the disk is full"},
    errors.StampRefused("rejection", ("no such policy",)): {"status": "rejection", "reasons": ("no such policy",)},
    errors.StampRefused("rejection"): {"status": "rejection", "reasons": ()},
    errors.BadStamp("other-hash", "it is over another hash"): {
        "code": "other-hash",
        "reason": "it is over another hash",
    },
    errors.BadRoots("roots.pem is empty"): {"reason": "roots.pem is empty"},
    errors.NotInCase("article", "doc-12"): {"what": "article", "given": "doc-12", "candidates": ()},
    errors.NotInCase("article", "doc-12", ("doc-123", "doc-124")): {
        "what": "article",
        "given": "doc-12",
        "candidates": ("doc-123", "doc-124"),
    },
    errors.NotInCase("article", "doc-12", digits_min=4): {
        "what": "article",
        "given": "doc-12",
        "candidates": (),
        "digits_min": 4,
    },
    errors.BadJudgement("att-12", "there is no such row"): {"subject": "att-12", "reason": "there is no such row"},
    errors.UnwritableOutput("out", "the disk is full"): {"path": "out", "reason": "the disk is full"},
    errors.NoReadingProcess("it ended at once"): {"reason": "it ended at once"},
    errors.ModelError("model", "it is damaged"): {"path": "model", "reason": "it is damaged"},
    errors.GazetteerError("data", "it is damaged"): {"path": "data", "reason": "it is damaged"},
    errors.SettingsError("threads", "0", "a whole number"): {
        "setting": "threads",
        "given": "0",
        "expected": "a whole number",
    },
    errors.MissingExtra("spacy"): {"extra": "spacy"},
    errors.PortTaken(8080, "in use"): {"port": 8080},
    errors.DamagedRecord("Reading"): {"kind": "Reading"},
    errors.StampRefused("rejected", ("bad request",)): {"status": "rejected", "reasons": ("bad request",)},
    errors.StampRefused("waiting"): {"status": "waiting", "reasons": ()},
    errors.BadStamp("wrong-nonce", "it answers another request"): {
        "code": "wrong-nonce",
        "reason": "it answers another request",
    },
    errors.BadRoots("no certificate in it"): {"reason": "no certificate in it"},
}


def find_classes(root: type[SaysoError] = SaysoError) -> set[type[SaysoError]]:
    return {root}.union(*(find_classes(child) for child in root.__subclasses__()))


@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
def test_it_keeps_what_it_was_given_and_says_it(error: SaysoError) -> None:
    for attribute, value in RAISED[error].items():
        assert getattr(error, attribute) == value
    first = str(next(iter(RAISED[error].values())))
    assert first in str(error)
    assert str(error).rstrip().endswith(".")


def test_whether_none_or_several_were_found_is_told_apart() -> None:
    assert str(errors.NotInCase("document", "doc-98b1")) == "doc-98b1: the case has no such document."
    several = str(errors.NotInCase("document", "doc-98b1", ("doc-98b12", "doc-98b13")))
    assert several.endswith("several documents whose ids begin so. It may be doc-98b12, doc-98b13.")
    assert "at least 4 digits" in str(errors.NotInCase("document", "doc-98b", digits_min=4))


def test_every_class_is_tried_here() -> None:
    assert {type(error) for error in RAISED} | {SaysoError, InputError} == find_classes()


@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
def test_its_class_stands_in_the_drawn_tree_under_its_base(error: SaysoError) -> None:
    drawn = (errors.__doc__ or "").splitlines()
    (line,) = [line for line in drawn if re.search(rf"\b{type(error).__name__}\b", line)]
    is_leaf = isinstance(error, InputError | CaseError) and type(error) is not CaseError
    assert line.strip().startswith("│" if is_leaf else ("├", "└"))


def test_problem_is_a_value() -> None:
    problem = Problem(code="unclosed-quotation", message="This mark is never closed.", start=3, end=4)
    assert problem == pickle.loads(pickle.dumps(problem))  # noqa: S301  our own
    assert not isinstance(problem, BaseException)
    assert (Problem(code="a", message="b").start, Problem(code="a", message="b").end) == (None, None)
    with pytest.raises(FrozenInstanceError):
        problem.code = "other"  # type: ignore[misc]
