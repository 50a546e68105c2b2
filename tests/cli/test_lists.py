"""``sayso claims``, ``articles``, ``sources``, ``search`` and ``info``, called in this process on invented rows."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from sayso.cli import _case, main
from sayso.cli._listing import ROWS_HELD, Listing
from sayso.errors import MissingCase
from sayso.export.list_json import load_list_schema
from sayso.records import (
    COUNTED,
    ArticleOrder,
    Certainty,
    ClaimOrder,
    Endorsement,
    Filter,
    Hit,
    Judged,
    Kind,
    Naming,
    Page,
    Piece,
    QuantityRange,
    SourceOrder,
    Stance,
)
from tests.cli.invented_case import STORY, InventedRooms, make_article, make_claim, make_info

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Sayso = Callable[..., Result]

LISTS = (["claims"], ["articles"], ["articles", "--refused"], ["sources"], ["search", "depot"])
VERBS = (*LISTS, ["info"])


@pytest.fixture
def rooms() -> InventedRooms:
    """The case of the tests, which remembers what it was asked."""
    pieces = (Piece(text="the ", is_hit=False), Piece(text="depot", is_hit=True))
    return InventedRooms(hits=[Hit(article=make_article(1), pieces=pieces)])


@pytest.fixture
def sayso(monkeypatch: pytest.MonkeyPatch, rooms: InventedRooms) -> Sayso:
    """Call the command line on the case."""

    @contextlib.contextmanager
    def open_rooms(case: str | None, *, join: bool = False) -> Iterator[InventedRooms]:  # noqa: ARG001
        if case:
            raise MissingCase(case)
        yield rooms

    monkeypatch.setattr(_case, "open_case_rooms", open_rooms)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR", "SAYSO_CASE"):
        monkeypatch.delenv(name, raising=False)
    return lambda *args: CliRunner().invoke(main, list(args), prog_name="sayso")


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_page_is_printed(sayso: Sayso, verb: list[str]) -> None:
    result = sayso(*verb)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("\n  ")
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_json_is_one_object_a_line(sayso: Sayso, verb: list[str]) -> None:
    result = sayso(*verb, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout
    for line in result.stdout.splitlines():
        jsonschema.Draft202012Validator(load_list_schema()).validate(json.loads(line))


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_csv_is_a_table(sayso: Sayso, verb: list[str]) -> None:
    result = sayso(*verb, "--csv")
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_two_forms_at_once_are_wrong_usage(sayso: Sayso, verb: list[str]) -> None:
    assert sayso(*verb, "--json", "--csv").exit_code == 2


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
@pytest.mark.parametrize("how", ["option", "environment"])
def test_the_case_can_be_named(sayso: Sayso, monkeypatch: pytest.MonkeyPatch, verb: list[str], how: str) -> None:
    if how == "environment":
        monkeypatch.setenv("SAYSO_CASE", "other.sayso")
    result = sayso(*verb, *(["--case", "other.sayso"] if how == "option" else []))
    assert result.exit_code == 1
    assert "other.sayso" in result.stderr


def test_where_there_is_no_case_none_is_found(tmp_path: Path) -> None:
    with pytest.raises(MissingCase), _case.open_case_rooms(str(tmp_path / "none.sayso")):
        pass


def test_every_filter_reaches_the_case(sayso: Sayso, rooms: InventedRooms) -> None:
    document = make_article(1).id
    given = {
        "--outlet": "courier",
        "--since": "2024-03",
        "--until": "2024",
        "--document": document[:9],
        "--party": "brenn",
        "--certainty": "possible",
        "--endorsement": "Distanced",
        "--kind": "state",
        "--naming": "vague",
        "--judged": "not",
        "--place": "Port Callan",
        "--quantity": ">=100",
        "--text": '"the depot"',
        "--claim": "c3",
        "--story": STORY.id,
        "--origins": "0",
        "--outlets": "2",
    }
    options = [part for pair in given.items() for part in pair]
    repeated = ["--stance", "denies", "--stance", "doubts", "--stance", "denies"]
    assert sayso("claims", *options, *repeated, "--check", "--disputed").exit_code == 0
    (asked, order, reverse, limit, offset) = rooms.asked[0]
    assert asked == Filter(
        outlet="courier",
        since="2024-03",
        until="2024",
        document=document,
        party="brenn",
        stance=(Stance.DENIES, Stance.DOUBTS),
        certainty=(Certainty.POSSIBLE,),
        endorsement=(Endorsement.DISTANCED,),
        kind=(Kind.STATE,),
        naming=(Naming.VAGUE,),
        judged=(Judged.NOT,),
        place="Port Callan",
        quantity=QuantityRange(low="100"),
        text='"the depot"',
        low_only=True,
        claim=3,
        story=STORY.id,
        origins_most=0,
        outlets_least=2,
        disputed_only=True,
    )
    assert (order, reverse, limit, offset) == (ClaimOrder.OUTLETS, False, 50, 0)
    sayso("claims", "--rows")
    assert rooms.asked[1][1] is ClaimOrder.PUBLISHED
    assert sayso("claims", "--story", "sty-ffff").exit_code == 1
    assert sayso("claims", "--claim", "three").exit_code == 2


@pytest.mark.parametrize("verb", ["claims", "articles", "sources"])
def test_without_options_nothing_is_asked(sayso: Sayso, rooms: InventedRooms, verb: str) -> None:
    sayso(verb)
    assert rooms.asked[0][0] == Filter()


@pytest.mark.parametrize(
    ("args", "order"),
    [
        (["claims", "--sort", "confidence"], ClaimOrder.CONFIDENCE),
        (["articles", "--sort", "claims"], ArticleOrder.CLAIMS),
        (["sources", "--sort", "name"], SourceOrder.NAME),
    ],
)
def test_order_limit_and_offset_reach_the_case(
    sayso: Sayso, rooms: InventedRooms, args: list[str], order: ClaimOrder
) -> None:
    sayso(*args, "--reverse", "--limit", "7", "--offset", "1")
    assert rooms.asked[0][1:] == (order, True, 7, 1)


def test_the_beginning_of_a_sources_id_is_made_whole(sayso: Sayso, rooms: InventedRooms) -> None:
    source = make_claim(1).source
    sayso("claims", "--party", source[:12])
    assert rooms.asked[0][0].party == source
    assert sayso("claims", "--party", "src-0123456789abcdef").exit_code == 1
    assert sayso("claims", "--party", "src-012").exit_code == 1
    sayso("claims", "--party", "src-of-all")
    assert rooms.asked[1][0].party == "src-of-all"


def test_an_id_that_is_not_there_is_an_error(sayso: Sayso) -> None:
    result = sayso("claims", "--document", "ffff")
    assert result.exit_code == 1
    assert "ffff" in result.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--stance", "denys"], ["denys", "denies", "declines"]),
        (["--since", "2024-02-30"], ["2024-02-30"]),
        (["--until", "yesterday"], ["2024-03-14"]),
        (["--since", "2025-01", "--until", "2024"], ["2025-01", "2024"]),
        (["--quantity", "many"], ["many", "100..200"]),
        (["--sort", "truth"], ["truth", "published", "confidence"]),
        (["--limit", "-1"], ["-1"]),
        (["--all", "--limit", "3"], ["--all", "--limit 3"]),
    ],
)
def test_a_wrong_value_is_told_with_what_would_do(sayso: Sayso, args: list[str], told: list[str]) -> None:
    result = sayso("claims", *args)
    assert result.exit_code == 2
    assert all(words in result.stderr for words in told)


def test_problems_are_asked_for_and_refusals_are_another_list(sayso: Sayso, rooms: InventedRooms) -> None:
    sayso("articles", "--problems")
    assert rooms.asked[0][0] == Filter(problems_only=True)
    result = sayso("articles", "--refused", "--outlet", "courier")
    assert result.exit_code == 2
    assert "--outlet" in result.stderr


@pytest.mark.parametrize("verb", [["claims"], ["sources"], ["search", "depot"]], ids=" ".join)
def test_older_versions_are_asked_for(sayso: Sayso, rooms: InventedRooms, verb: list[str]) -> None:
    assert sayso(*verb).exit_code == 0
    assert sayso(*verb, "--versions").exit_code == 0
    assert [asked[0].with_superseded for asked in rooms.asked] == [False, True]


def test_the_words_of_a_search_are_one_text(sayso: Sayso, rooms: InventedRooms) -> None:
    sayso("search", "depot", "fire", "--outlet", "courier")
    assert rooms.asked[0][0] == Filter(text="depot fire", outlet="courier")
    assert sayso("search", " ", "…").exit_code == 2


@pytest.mark.parametrize("form", ["--json", "--csv"])
def test_for_a_machine_all_is_given_unless_a_limit_is(sayso: Sayso, rooms: InventedRooms, form: str) -> None:
    rooms.claim_rows = [make_claim(n) for n in range(ROWS_HELD * 2 + 1)]
    names = 1 if form == "--csv" else 0
    whole = sayso("claims", form)
    assert len(whole.stdout.splitlines()) == len(rooms.claim_rows) + names
    assert whole.stderr == ""
    assert max(limit for *_, limit, _ in rooms.asked) == ROWS_HELD
    some = sayso("claims", form, "--limit", "3")
    assert len(some.stdout.splitlines()) == 3 + names
    assert "3 of 1,001 claims shown; --limit or --all for more." in some.stderr


@pytest.mark.parametrize("how", [["--all"], ["--limit", "0"]])
def test_a_page_is_cut_and_says_so_unless_all_is_asked_for(sayso: Sayso, rooms: InventedRooms, how: list[str]) -> None:
    rooms.claim_rows = [make_claim(n) for n in range(1204)]
    assert "50 of 1,204 claims shown; --limit or --all for more." in sayso("claims").stdout
    whole = sayso("claims", *how).stdout
    assert whole.count("att-") == 1204
    assert "shown" not in whole


def test_what_was_not_counted_is_said_so(sayso: Sayso, rooms: InventedRooms) -> None:
    rooms.claim_rows = [make_claim(n) for n in range(COUNTED + 5)]
    assert "2 of 10,000 or more claims shown" in sayso("claims", "--json", "--limit", "2").stderr
    whole = sayso("claims", "--json")
    assert len(whole.stdout.splitlines()) == COUNTED + 5
    assert whole.stderr == ""


def test_the_end_of_a_list_says_where_it_began(sayso: Sayso) -> None:
    assert "2 of 9 claims shown, after the first 7." in sayso("claims", "--offset", "7").stdout


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
@pytest.mark.parametrize("verb", LISTS, ids=" ".join)
def test_an_empty_case_says_what_to_do(sayso: Sayso, rooms: InventedRooms, verb: list[str], form: list[str]) -> None:
    rooms.claim_rows = rooms.article_rows = rooms.source_rows = rooms.refused_rows = rooms.hits = ()
    rooms.case_info = make_info(n_captures=0, n_refused=0, n_documents=0)
    result = sayso(*verb, *form)
    assert result.exit_code == 0
    assert "sayso add" in (result.stderr if form else result.stdout)
    if form == ["--json"]:
        assert result.stdout == ""


def test_filters_that_leave_nothing_are_named(sayso: Sayso, rooms: InventedRooms) -> None:
    rooms.claim_rows = ()
    found = sayso("claims", "--stance", "denies", "--since", "2024", "--low").stdout
    assert "No claim fits: 3 filters are on (--since, --stance, --low)." in found
    assert "1 filter is on (--party)" in sayso("claims", "--party", "x").stdout


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]], ids=str)
def test_articles_without_a_date_are_not_left_out_unsaid(sayso: Sayso, rooms: InventedRooms, form: list[str]) -> None:
    rooms.case_info = make_info(n_undated=3)
    assert "no date" not in sayso("claims", *form).output
    result = sayso("claims", "--since", "2024", *form)
    told = " ".join((result.stderr if form else result.stdout).split())
    assert "3 articles of the case have no date, and --since left them out." in told
    rooms.case_info = make_info(n_undated=1)
    told = " ".join(sayso("claims", "--since", "2024", "--until", "2025").stdout.split())
    assert "1 article of the case has no date, and --since and --until left it out." in told


@pytest.mark.parametrize("verb", LISTS, ids=" ".join)
def test_a_list_without_rows_says_why(sayso: Sayso, rooms: InventedRooms, verb: list[str]) -> None:
    rooms.claim_rows = rooms.article_rows = rooms.source_rows = rooms.refused_rows = rooms.hits = ()
    assert sayso(*verb).stdout.strip()


def test_an_offset_behind_the_end_says_how_many_there_are(sayso: Sayso) -> None:
    assert "There are 9 claims" in sayso("claims", "--offset", "9").stdout


def test_an_empty_case_at_a_glance_says_what_to_do(sayso: Sayso, rooms: InventedRooms) -> None:
    rooms.case_info = make_info(
        n_captures=0, n_refused=0, n_documents=0, n_judgements=0, n_feeds=0, outlets=(), models=()
    )
    assert "sayso add" in sayso("info").stdout


def test_a_full_case_at_a_glance_says_it_all(sayso: Sayso, rooms: InventedRooms) -> None:
    rooms.case_info = make_info(n_purged=2, is_encrypted=True)
    found = sayso("info").stdout
    for words in ("Depot fire", "12 March 2024 to 14 March 2024", "3 judgements by persons", "--refused", "2 articles"):
        assert words in found
    assert "not encrypted" not in found


def test_a_case_at_a_glance_says_what_its_articles_tell_and_what_waits(sayso: Sayso, rooms: InventedRooms) -> None:
    rooms.case_info = make_info(n_stories=4, n_claims_told=1_203, n_waiting=1)
    found = " ".join(sayso("info").stdout.split())
    assert "stories 4 with 1,203 claims told in them, each counted once" in found
    assert "1 article or story waits to be joined" in found
    rooms.case_info = make_info()
    assert "stories" not in sayso("info").stdout


def test_the_head_of_the_log_stands_whole_on_a_line(sayso: Sayso, rooms: InventedRooms) -> None:
    assert rooms.case_info.log_head in sayso("info").stdout.split()


def test_rows_that_went_while_the_list_was_given_end_it() -> None:
    asked: list[dict[str, Any]] = []

    def fetch(**given: Any) -> Page[int]:  # noqa: ANN401  limit and offset
        asked.append(given)
        return Page(rows=tuple(range(3)), total=1000)

    assert list(Listing(fetch, limit=600, offset=0)) == [0, 1, 2]
    assert asked == [{"limit": 500, "offset": 0}]
