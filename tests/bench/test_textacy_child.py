"""The program that runs textacy, with packages made up in its place."""

from __future__ import annotations

import io
import json
import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from sayso.bench import textacy_child

if TYPE_CHECKING:
    from collections.abc import Iterator

ODD = "odd"


class Token(str):
    """A word with its place."""

    __slots__ = ("idx",)
    idx: int


def find_quotations(text: str) -> Iterator[SimpleNamespace]:
    """Yield one quotation, or raise as textacy does on an odd mark."""
    if text == ODD:
        raise ValueError(text)
    word = Token("Varn")
    word.idx = 10
    yield SimpleNamespace(speaker=[word], cue=[], content=SimpleNamespace(start_char=0, end_char=9))


def make_module(name: str, **contents: Any) -> ModuleType:  # noqa: ANN401 (anything can stand in a module)
    module = ModuleType(name)
    vars(module).update(contents)
    return module


@pytest.fixture(autouse=True)
def _own_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.sched_setaffinity", raising=False)


def install(monkeypatch: pytest.MonkeyPatch, *, model: ModuleType | None) -> None:
    extract = make_module("textacy.extract", direct_quotations=find_quotations)
    modules: dict[str, ModuleType | None] = {
        "spacy": make_module("spacy", __version__="3"),
        "textacy": make_module("textacy", __version__="0", extract=extract),
        "textacy.extract": extract,
        **dict.fromkeys(textacy_child.MODELS, model),
    }
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)


def make_model() -> ModuleType:
    class Pipeline:
        meta = {"name": "a made-up model"}  # noqa: RUF012 (as spaCy has it)

        def __call__(self, text: str) -> str:
            return text

    return make_module("model", load=Pipeline)


def test_each_article_has_an_answer_and_the_last_line_the_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, model=make_model())
    lines = [{"name": "a", "text": "“Closed,” Varn said."}, {"name": "b", "text": ODD}]
    given = io.BytesIO("\n".join(map(json.dumps, lines)).encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
    assert textacy_child.main() == 0
    first, second, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["rows"] == [{"source_spans": [[10, 14]], "cue_spans": [], "content_spans": [[0, 9]]}]
    assert "ValueError" in second["refused"]
    assert last["versions"]["model"] == "a made-up model"


def test_absent_packages_and_models_have_an_exit_code_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, model=None)
    assert textacy_child.main() == textacy_child.ABSENT
    monkeypatch.setitem(sys.modules, "textacy", None)
    assert textacy_child.main() == textacy_child.ABSENT
