"""``sayso review``: one row at a time, each answer a line."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.cli import _review_rooms, _review_run
from sayso.cli._agreement_page import print_agreement
from sayso.cli._page import PageConsole, make_console
from sayso.cli._review_page import ReviewPage
from sayso.export.judgements_jsonl import write_judgement
from sayso.ids import judgement_id
from sayso.ledger import judging
from sayso.ledger.agreement import measure_agreement
from sayso.ledger.judging import Act
from sayso.ledger.queue import weigh_row
from sayso.records import Judged, JudgementKind, Reading, Stance
from sayso.store.judged import apply_judgements
from tests.cli.hand_case import HandRooms, doubt, make_store, use_store
from tests.readings import Builder, demo_reading, small_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

    from sayso.records import Judgement

    Sayso = Callable[..., Result]

SMALL = small_reading()


@pytest.fixture(autouse=True)
def _own_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test open a case by hand; afterwards all is as it was."""
    monkeypatch.setattr(_review_rooms, "open_review_rooms", _review_rooms.open_review_rooms)
    monkeypatch.setattr(_review_rooms, "open_reread_rooms", _review_rooms.open_reread_rooms)
    monkeypatch.delenv("SAYSO_REVIEWER", raising=False)


@pytest.fixture
def rooms() -> HandRooms:
    """A case with the small reading alone: a denial, which is asked first, and a claim."""
    return use_store(make_store(doubt(SMALL)))


def judged(rooms: HandRooms, reading: Reading = SMALL) -> dict[str, Judged]:
    return dict(apply_judgements(reading, rooms.list_judgements()).judged)


def answer(sayso: Sayso, *lines: str, options: tuple[str, ...] = ("--as", "Ana Terric")) -> Result:
    return sayso("review", *options, stdin="".join(f"{line}\n" for line in lines))


def test_the_row_is_shown_in_its_context_with_why_it_is_asked(sayso: Sayso, rooms: HandRooms) -> None:
    result = answer(sayso, "q")
    assert result.exit_code == 0
    assert "1 of 2" in result.stdout
    assert "Harbour closed" in result.stdout
    assert "{The harbour is closed}, [the mayor] <said>. The port company denied it." in result.stdout
    assert "unsure of who says what" in result.stdout
    assert "Nothing was decided." in result.stdout
    assert rooms.list_judgements() == []


def test_keys_decide_and_every_decision_is_kept_with_name_time_and_reason(sayso: Sayso, rooms: HandRooms) -> None:
    result = answer(sayso, "a", "r", "it is a question")
    assert result.exit_code == 0
    first, second = rooms.list_judgements()
    assert (first.kind, first.by, first.reason) == (JudgementKind.ACCEPT, "Ana Terric", "")
    assert (second.kind, second.reason) == (JudgementKind.REJECT, "it is a question")
    assert first.at < second.at
    assert "2 decided and kept: 1 accepted, 1 rejected." in result.stdout


def test_judged_rows_are_not_asked_again_and_those_of_a_state_can_be(sayso: Sayso, rooms: HandRooms) -> None:
    answer(sayso, "u", "q")
    assert "1 of 1" in answer(sayso, "q").stdout
    again = answer(sayso, "a", options=("--as", "Vera", "--judged", "unsure"))
    assert "unsure by Ana Terric" in again.stdout
    assert set(judged(rooms).values()) == {Judged.ACCEPTED}
    answer(sayso, "a")
    assert "no row left" in answer(sayso).stdout


def test_the_name_is_asked_for_once_where_it_is_not_given(
    sayso: Sayso, rooms: HandRooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = answer(sayso, "", "Vera Lund", "a", "a", options=())
    assert result.exit_code == 0
    assert {one.by for one in rooms.list_judgements()} == {"Vera Lund"}
    assert answer(sayso, options=()).exit_code == 1
    assert sayso("review", "--as", "  ").exit_code == 1
    monkeypatch.setenv("SAYSO_REVIEWER", "Ilva")
    assert "no row left" in answer(sayso, options=()).stdout


def test_a_correction_is_shown_apart_from_what_the_machine_read(sayso: Sayso, rooms: HandRooms) -> None:
    result = answer(sayso, "e", "1", "3", "2", "3", "", "I heard it", "b", "q")
    (one,) = rooms.list_judgements()
    assert dict(one.changes) == {"stance": "denies", "certainty": "possible"}
    assert one.reason == "I heard it"
    assert "✎ denies (machine: asserts)" in result.stdout
    assert "corrected by Ana Terric" in result.stdout
    assert ": I heard it" in result.stdout
    assert judged(rooms) == {one.subject: Judged.CORRECTED}


def test_words_are_corrected_by_quoting_or_by_offsets(sayso: Sayso, rooms: HandRooms) -> None:
    answer(sayso, "e", "0", "harbour … closed", "9", "47-51", "8", "-", "", "", "q")
    # "closed" stands in the title, too: a further stretch is looked for after the one before.
    (one,) = rooms.list_judgements()
    row = next(att for att in apply_judgements(SMALL, [one]).reading.attributions if att.id == one.subject)
    assert [span.exact for span in row.content_spans] == ["harbour", "closed"]
    assert row.source_spans == ()


def test_words_that_stand_twice_are_asked_about_and_words_that_do_not_stand_there_refused(
    sayso: Sayso, rooms: HandRooms
) -> None:
    result = answer(sayso, "e", "0", "arbour", "2", "0", "the quay", "", "", "q")
    assert "Which is meant?" in result.stdout
    assert "does not stand there" in result.stdout
    (one,) = rooms.list_judgements()
    assert dict(one.changes) == {"content_spans": "1-7"}


def test_words_far_from_the_row_are_not_taken(sayso: Sayso) -> None:
    make = Builder("The quay is shut, Ana Terric said. " + "Nothing else was known then. " * 200 + "A pier fell.")
    make.source("ana", "Ana Terric", "person")
    make.row("a", "ana", "said", "The quay is shut")
    rooms = use_store(make_store(make.build()))
    result = answer(sayso, "e", "0", "A pier fell", "x", "q")
    assert "far from this row" in result.stdout
    assert rooms.list_judgements() == []


@pytest.mark.parametrize(
    "lines",
    [
        ("e", "x"),
        ("e", ""),
        ("e", "1", "", ""),
        ("e", "1", "x", "k", ""),
        ("e", "4", "", ""),
        ("e", "0", "", ""),
        ("e", "0", "7-3", ""),
        ("e", "0", "harbour", ""),
        ("e",),
        ("e", "1"),
        ("s", ""),
        ("s",),
        ("m", ""),
        ("m", "nobody of that name", ""),
        ("d",),
        ("r",),
        ("x", "?", "", "z"),
        ("n", "n"),
        ("b", "b"),
        (),
    ],
    ids=str,
)
def test_what_is_thought_better_of_leaves_all_as_it_is(sayso: Sayso, rooms: HandRooms, lines: tuple[str, ...]) -> None:
    result = answer(sayso, *lines)
    assert result.exit_code == 0
    assert "Traceback" not in result.output
    assert rooms.list_judgements() == []


def test_what_does_not_fit_is_said_and_the_row_is_asked_again(sayso: Sayso, rooms: HandRooms) -> None:
    result = answer(sayso, "s", "Vera Lund", "1", "1", "", "a")
    assert "takes a reason" in result.stdout
    (one,) = rooms.list_judgements()
    assert one.kind is JudgementKind.ACCEPT


def test_a_row_is_given_to_another_source_of_the_article_or_to_a_new_one(sayso: Sayso, rooms: HandRooms) -> None:
    answer(sayso, "s", "1", "", "s", "the pilots", "2", "6", "they told me", "q")
    first, second = rooms.list_judgements()
    assert dict(first.changes)["source_name"] == "The port company"
    assert dict(second.changes) == {"source_name": "the pilots", "naming": "described", "kind": "group"}


def test_sources_are_merged_and_told_apart_and_the_row_stays_to_be_judged(sayso: Sayso, rooms: HandRooms) -> None:
    result = answer(sayso, "m", "1", "one house", "d", "port comp", "1", "", "a", "q")
    same, different, accepted = rooms.list_judgements()
    assert (same.kind, same.reason, different.kind) == (JudgementKind.SAME, "one house", JudgementKind.DIFFERENT)
    assert {same.subject, same.other} == {source.id for source in SMALL.sources}
    assert accepted.kind is JudgementKind.ACCEPT
    assert "1 merged" in result.stdout


def test_undo_takes_back_the_last_decision_and_goes_back_to_its_row(sayso: Sayso, rooms: HandRooms) -> None:
    result = answer(sayso, "a", "a")
    assert len(judged(rooms)) == 2
    result = answer(sayso, options=("--undo", rooms.list_judgements()[0].id[:9], "--as", "Ana Terric"))
    assert result.exit_code == 0
    assert len(judged(rooms)) == 1
    result = answer(sayso, "r", "", "z", "u", "z", "z", "q")
    assert result.stdout.count("undone.") == 2
    assert "Nothing of this sitting is left to undo" in result.stdout
    assert "Nothing was decided." in result.stdout
    assert len(judged(rooms)) == 1


def test_who_judges_blind_is_asked_what_others_judged_and_does_not_see_it(sayso: Sayso, rooms: HandRooms) -> None:
    answer(sayso, "e", "1", "3", "", "", "a")
    result = answer(sayso, "a", "a", options=("--as", "Vera Lund", "--blind"))
    assert "Ana Terric" not in result.stdout
    assert "machine:" not in result.stdout
    assert len(rooms.list_judgements()) == 4
    assert "no row left" in answer(sayso, options=("--as", "Vera Lund", "--blind")).stdout


def test_filters_and_a_limit_say_what_is_asked(sayso: Sayso, rooms: HandRooms) -> None:
    assert "1 of 1" in answer(sayso, "q", options=("--as", "Ana", "--stance", "denies")).stdout
    assert "1 of 1" in answer(sayso, "q", options=("--as", "Ana", "--limit", "1")).stdout
    assert "no row left" in answer(sayso, options=("--as", "Ana", "--outlet", "The Courier")).stdout
    assert "1 of 2" in answer(sayso, "q", options=("--as", "Ana", "--doc", SMALL.document.id[:10])).stdout
    assert answer(sayso, options=("--as", "Ana", "--doc", "doc-0000")).exit_code == 1
    assert rooms.list_judgements() == []


def test_the_list_of_judgements_tells_what_was_undone(sayso: Sayso, rooms: HandRooms) -> None:
    assert "Nobody has judged" in sayso("review", "--list").stdout
    answer(sayso, "a", "z", "r", "a deed", "q")
    result = sayso("review", "--list")
    assert "accepted by Ana Terric" in result.stdout
    assert "undone" in result.stdout
    assert "a deed" in result.stdout
    lines = [json.loads(line) for line in sayso("review", "--list", "--json").stdout.splitlines()]
    assert [line["kind"] for line in lines] == ["accept", "undo", "reject"]
    assert len(rooms.list_judgements()) == 3


def test_judgements_go_out_and_come_in_again(sayso: Sayso, rooms: HandRooms, tmp_path: Path) -> None:
    answer(sayso, "a", "r", "no")
    out = tmp_path / "mine.jsonl"
    assert sayso("review", "--export", str(out)).exit_code == 0
    assert sayso("review", "--export", "-").stdout_bytes == out.read_bytes()
    assert sayso("review", "--export", str(out)).exit_code == 1
    known = sayso("review", "--import", str(out))
    assert (known.exit_code, "0 new, 2 known already, 0 orphaned" in known.stderr) == (0, True)
    before = rooms.list_judgements()
    other = use_store(make_store(doubt(SMALL)))
    taken = sayso("review", "--import", "-", stdin=out.read_bytes())
    assert "2 new, 0 known already" in taken.stderr
    assert other.list_judgements() == before
    use_store(make_store(demo_reading()))
    orphaned = sayso("review", "--import", str(out))
    assert "0 new, 0 known already, 2 orphaned" in orphaned.stderr


def test_a_bad_line_takes_over_nothing(sayso: Sayso, rooms: HandRooms, tmp_path: Path) -> None:
    answer(sayso, "a", "a")
    out = tmp_path / "mine.jsonl"
    sayso("review", "--export", str(out))
    out.write_bytes(out.read_bytes() + b"{}\n")
    other = use_store(make_store(doubt(SMALL)))
    result = sayso("review", "--import", str(out))
    assert result.exit_code == 1
    assert "line 3" in result.stderr
    assert other.list_judgements() == []
    assert sayso("review", "--import", str(tmp_path / "none.jsonl")).exit_code == 1
    assert len(rooms.list_judgements()) == 2


def test_who_an_unnamed_source_is_leaves_the_case_in_no_export(sayso: Sayso, rooms: HandRooms) -> None:
    answer(sayso, "s", "Vera Lund", "1", "1", "she told me", "z", "a", "q")
    result = sayso("review", "--export", "-")
    assert "Vera Lund" not in result.stdout
    assert [json.loads(line)["kind"] for line in result.stdout.splitlines()] == ["accept"]
    assert "2 stayed in the case" in result.stderr
    assert len(rooms.list_judgements()) == 3


def test_two_persons_of_a_case_or_two_files_are_compared(sayso: Sayso, rooms: HandRooms, tmp_path: Path) -> None:
    answer(sayso, "a", "a")
    answer(sayso, "a", "e", "1", "4", "", "", options=("--as", "Vera Lund", "--blind"))
    result = sayso("review", "--agreement", "Ana Terric", "vera lund")
    assert result.exit_code == 0
    assert "both judged 2" in result.stdout
    assert "50 %" in result.stdout
    assert "Where they do not agree" in result.stdout
    assert "too few to say: under 20" in result.stdout
    assert "verdict" not in result.stdout
    found = json.loads(sayso("review", "--agreement", "Ana Terric", "Vera Lund", "--json").stdout)
    assert found["n_both"] == 2
    for name in ("Ana Terric", "Vera Lund"):
        mine = [line for line in sayso("review", "--list", "--json").stdout.splitlines() if name in line]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(mine), encoding="utf-8")
    files = [str(tmp_path / f"{name}.jsonl") for name in ("Ana Terric", "Vera Lund")]
    again = json.loads(sayso("review", "--agreement", *files, "--json").stdout)
    assert again == found
    assert sayso("review", "--agreement", "Ana Terric", "Nobody").exit_code == 1
    assert len(rooms.list_judgements()) == 4


def test_two_files_are_compared_without_a_case(sayso: Sayso, tmp_path: Path) -> None:
    use_store(make_store(doubt(SMALL)))
    answer(sayso, "a", "a")
    out = tmp_path / "mine.jsonl"
    sayso("review", "--export", str(out))

    def no_case(case: str | None) -> None:
        from sayso.errors import MissingCase  # noqa: PLC0415  of this test alone

        raise MissingCase(case or ".")

    _review_rooms.open_review_rooms = no_case  # type: ignore[assignment]  # put back by the fixture
    result = sayso("review", "--agreement", str(out), str(out))
    assert result.exit_code == 0
    assert "Without a case" in result.stdout
    assert "one and the same answer" in result.stdout
    assert sayso("review", "--agreement", str(out), "Ana Terric").exit_code == 1


def test_a_case_without_anything_in_common_is_said(sayso: Sayso, rooms: HandRooms) -> None:
    answer(sayso, "a", "q")
    answer(sayso, "a", "q", options=("--as", "Vera"))
    assert "no agreement to measure" in sayso("review", "--agreement", "Ana Terric", "Vera").stdout
    assert rooms.list_judgements()


@pytest.mark.parametrize(
    "options", [("--list", "--export", "-"), ("--json",), ("--export", "-", "--json"), ("--limit", "0")], ids=str
)
def test_options_that_do_not_go_together_are_wrong_usage(
    sayso: Sayso, rooms: HandRooms, options: tuple[str, ...]
) -> None:
    assert sayso("review", *options).exit_code == 2
    assert rooms.list_judgements() == []


def test_without_a_case_it_says_how_to_make_one(sayso: Sayso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert sayso("review", "--as", "Ana").exit_code == 1


def test_hostile_text_is_shown_and_never_obeyed(sayso: Sayso) -> None:
    make = Builder(
        "The \x1b[2Jquay\u202e is shut, A\x1b]0;x\x07na said. [red]No[/red] word.", title=None, outlet="\x1b[1mX"
    )
    make.source("ana", "A\x1b]0;x\x07na", "person")
    make.row("a", "ana", "said", "The \x1b[2Jquay\u202e is shut", confidence=0.2)
    use_store(make_store(make.build()))
    result = answer(sayso, "e", "x", "m", "", "q")
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "[red]No[/red]" in result.stdout


def test_a_row_that_is_gone_meanwhile_is_passed_over(
    sayso: Sayso, rooms: HandRooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    less = replace(SMALL, attributions=SMALL.attributions[:1])
    monkeypatch.setattr(rooms, "get_reading", lambda _document: less)
    result = answer(sayso, "n", "n")
    assert result.exit_code == 0
    assert "taken out of the case" in result.stdout


def test_a_rejected_row_says_so_and_can_be_accepted_again(sayso: Sayso, rooms: HandRooms) -> None:
    result = answer(sayso, "r", "", "b", "a", "q")
    assert "rejected: no row" in result.stdout
    assert Stance.DENIES
    assert set(judged(rooms).values()) == {Judged.ACCEPTED}


def test_judgements_that_do_not_fit_are_said_and_the_rest_are_taken_over(sayso: Sayso, rooms: HandRooms) -> None:
    row = SMALL.attributions[0].id
    good = judging.accept(SMALL, row, Act(by="Vera", at=rooms.now()))
    changes = (("content_spans", "0-9999"),)
    at = rooms.now()
    bad_id = judgement_id(kind="correct", subject=row, other=None, changes=changes, by="Vera", at=at)
    bad = replace(good, id=bad_id, kind=JudgementKind.CORRECT, changes=changes, at=at)
    result = sayso("review", "--import", "-", stdin=write_judgement(good) + write_judgement(bad))
    assert result.exit_code == 1
    assert "1 new" in result.stderr
    assert "do not fit" in result.stderr
    assert rooms.list_judgements() == [good]


@pytest.mark.parametrize("has_links", [True, False])
def test_an_export_is_for_its_owners_eyes(
    sayso: Sayso, rooms: HandRooms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    def refuse(*_paths: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not has_links:
        monkeypatch.setattr("os.link", refuse)
    out = tmp_path / "mine.jsonl"
    assert sayso("review", "--export", str(out)).exit_code == 0
    assert not rooms.list_judgements()
    assert list(tmp_path.iterdir()) == [out]
    assert os.name == "nt" or out.stat().st_mode & 0o777 == 0o600


def test_an_export_that_breaks_off_leaves_no_half_file(
    sayso: Sayso, rooms: HandRooms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sayso("review", "--export", str(tmp_path / "none" / "x.jsonl")).exit_code == 1

    def broken() -> Iterator[Judgement]:
        yield judging.accept(SMALL, SMALL.attributions[0].id, Act(by="Vera", at=rooms.now()))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rooms, "iter_shared", broken)
    result = sayso("review", "--export", str(tmp_path / "x.jsonl"))
    assert result.exit_code == 1
    assert "No space left" in result.stderr
    assert list(tmp_path.iterdir()) == []

    def taken() -> Iterator[Judgement]:
        (tmp_path / "x.jsonl").write_text("somebody else's")
        yield judging.accept(SMALL, SMALL.attributions[0].id, Act(by="Vera", at=rooms.now()))

    monkeypatch.setattr(rooms, "iter_shared", taken)
    assert sayso("review", "--export", str(tmp_path / "x.jsonl")).exit_code == 1
    assert (tmp_path / "x.jsonl").read_text() == "somebody else's"
    (tmp_path / "x.jsonl").unlink()
    assert list(tmp_path.iterdir()) == []

    def interrupted() -> Iterator[Judgement]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(rooms, "iter_shared", interrupted)
    assert sayso("review", "--export", str(tmp_path / "x.jsonl")).exit_code == 130
    assert list(tmp_path.iterdir()) == []


def test_after_the_last_row_one_can_go_back_or_undo(sayso: Sayso, rooms: HandRooms) -> None:
    result = answer(sayso, "a", "a", "z", "r", "", "b", "a", "z", "z", "q")
    assert result.stdout.count("That was the last row") == 3
    assert [one.kind for one in rooms.list_judgements()].count(JudgementKind.UNDO) == 3
    result = answer(sayso, "n", "z", "q", options=("--as", "Vera"))
    assert "Nothing of this sitting is left to undo" in result.stdout


def test_control_c_says_what_was_kept(sayso: Sayso, rooms: HandRooms, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = iter(["a"])

    class Interrupted:
        def key(self) -> str:
            for key in keys:
                return key
            raise KeyboardInterrupt

        def line(self, _prompt: str) -> str:
            return ""

    monkeypatch.setattr(_review_run, "find_answers", Interrupted)
    result = answer(sayso)
    assert result.exit_code == 130
    assert "1 decided and kept: 1 accepted." in result.stdout
    assert len(rooms.list_judgements()) == 1


def test_a_row_without_a_source_cannot_be_merged(sayso: Sayso, monkeypatch: pytest.MonkeyPatch) -> None:
    orphan = replace(SMALL, sources=SMALL.sources[:1], attributions=SMALL.attributions[1:])
    rooms = use_store(make_store(orphan))
    question = weigh_row(orphan, orphan.attributions[0])
    monkeypatch.setattr(rooms, "ask", lambda *_args, **_options: [question])
    result = answer(sayso, "m", "d", "q")
    assert result.stdout.count("This row has no source.") == 2
    assert rooms.list_judgements() == []


def test_a_pronoun_says_why_it_was_not_resolved_and_who_carried_a_row_is_told(sayso: Sayso) -> None:
    make = Builder("She told Radio Tessel it is shut. The quay, Ana Terric said, is open.")
    make.source("she", "She", "person", "vague", unresolved="two women may be meant")
    make.source("radio", "Radio Tessel", "outlet")
    make.source("ana", "Ana Terric", "person")
    make.row("a", "she", "told", "it is shut", via=("radio",), confidence=0.2)
    make.row("b", "ana", "said", "The quay", "is open", confidence=0.9)
    use_store(make_store(make.build()))
    result = answer(sayso, "n", "q")
    assert "not resolved, two women may be meant" in result.stdout
    assert "Radio Tessel" in result.stdout
    assert "{The quay}, Ana Terric <said>, {is open}" in result.stdout


def test_a_person_s_decision_is_shown_in_ascii_where_there_is_no_more(sayso: Sayso, rooms: HandRooms) -> None:
    answer(sayso, "e", "1", "3", "", "", "q")
    page = ReviewPage(PageConsole(file=io.TextIOWrapper(io.BytesIO(), encoding="ascii"), width=80))
    assert page.say_value("denies", "asserts").plain == "by hand: denies (machine: asserts)"
    assert page.style.rule == "-"
    assert rooms.list_judgements()


def test_fifty_disagreements_are_printed_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    ana, vera = [], []
    for n in range(60):
        one = judging.accept(SMALL, SMALL.attributions[0].id, Act(by="Ana", at=f"2024-11-03T10:15:{n:02}Z"))
        ana.append(replace(one, subject=f"att-{n:016x}", id=f"jdg-{n:016x}"))
        vera.append(replace(one, subject=f"att-{n:016x}", id=f"jdg-{n + 99:016x}", kind=JudgementKind.UNSURE))
        if n > 2:
            vera[-1] = replace(vera[-1], kind=JudgementKind.REJECT)
    found = measure_agreement(ana, vera)
    print_agreement(ReviewPage(make_console(no_color=True)), found, ("Ana", "Vera"), is_read_known=True)
    out = capsys.readouterr().out
    assert "and 7 more" in out
    assert "3 are left out" in out
