"""Measuring how copies are found, on a miniature corpus of invented articles."""

from __future__ import annotations

import json
import random
import subprocess
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sayso.bench import copies, copies_child, copies_composed, copies_gold, copies_growth, shelves
from sayso.bench.composed_copies import compose_copies, edit_words, load_originals
from sayso.bench.copies_alike import count_rewritings, draw_event_pairs, draw_random_pairs, print_alike
from sayso.bench.copies_composed import Found, judge_pairs, measure_recall, print_found, search
from sayso.bench.copies_gold import (
    Pair,
    load_documents,
    load_texts,
    macro_f1,
    pick_directed,
    print_gold,
    read_direction,
    read_names,
    read_relation,
)
from sayso.bench.copies_growth import compose_articles, fit_exponent, measure_growth, print_growth
from sayso.bench.corpora import SHARED_VARIABLE, Article
from sayso.corroborate.reuse import find_reuse
from sayso.records import Kind, Naming
from tests.corroborate.copied import FERRY, MARKET, WEATHER, make_document, make_words

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = """
def texts(root):
    return {("polnear", "train/one.txt"): ONE, ("polnear", "train/two.txt"): TWO}

def gold():
    sides = {"a": {"corpus": "polnear", "doc": "train/one.txt"}, "b": {"corpus": "polnear", "doc": "train/two.txt"}}
    lost = {"a": {"corpus": "polnear", "doc": "train/lost.txt"}, "b": sides["b"]}
    whole = {"relation": "whole_copy", "direction": "a->b"}
    return [sides | whole, lost | {"relation": "rewrite", "direction": "common"}]

def shared(a, b):
    return 0, 0
"""


@pytest.fixture
def mini(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder laid out like the corpora, with six invented articles and one labelled pair."""
    (tmp_path / "score").mkdir()
    (tmp_path / "score" / "score_reading.py").write_text("", "utf-8")
    polnear = tmp_path / "data" / "polnear"
    for part in ("train", "dev"):
        (polnear / part / "text").mkdir(parents=True)
    for number in range(6):
        text = f"{make_words(240, seed=number)}. It rained. {make_words(60, seed=number + 50)}."
        (polnear / "train" / "text" / f"a{number}.txt").write_text(text, "utf-8")
    rows = ["filename\tpublisher\tpublication_date", "one\tLowmere Post\t2031-04-02", "two\tTarn Courier\t2031-04-09"]
    (polnear / "metadata.tsv").write_text("\n".join(rows), "utf-8")
    (tmp_path / "gold").mkdir()
    texts = f"ONE = {FERRY + MARKET!r}\nTWO = {FERRY + MARKET + ' Indeed.'!r}\n{TEXTS}"
    (tmp_path / "gold" / "reuse_texts.py").write_text(texts, "utf-8")
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    return tmp_path


def test_copies_are_what_they_say(mini: Path) -> None:
    originals, hosts = load_originals(mini)
    made = compose_copies(originals, hosts)
    assert len(made) == 12 * len(originals)
    texts = {original.name: original.text for original in originals}
    for copy in made:
        here, there = copy.text[slice(*copy.here)], texts[copy.original][slice(*copy.there)]
        assert (here == there) == (copy.edit == 0)
        assert abs(len(there.split()) - copy.overlap * len(texts[copy.original].split())) <= 1
    assert made == compose_copies(originals, hosts)


def test_words_are_edited_in_all_three_ways() -> None:
    draw = random.Random(1)  # noqa: S311 - no secret
    edited = edit_words(["old "] * 300, edit=1.0, draw=draw, words=["new"])
    assert {"old ", "new "} == set(edited)
    assert 200 < len(edited) < 400


def test_composed_copies_are_found(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    originals, hosts = load_originals(mini)
    made = compose_copies(originals, hosts)
    candidates, edges, fit = search(originals, made)
    assert len(candidates.pairs) >= len(edges.pairs) > 0.9 * len(made)
    assert fit.tight > 0.8 * fit.copies
    assert fit.covered > 0.8 * fit.copies
    assert all(share.right == share.n for share in measure_recall(edges.pairs, originals, made) if "0%" in share.of[:2])
    print_found(edges, originals, made, lambda _a, _b: (8, 0))
    print_found(Found("rival", skipped="not installed"), originals, made, lambda _a, _b: (8, 0))
    printed = capsys.readouterr().out
    assert "precision, as composed" in printed
    assert "SKIPPED: rival" in printed


def test_pairs_that_share_text_in_truth_are_no_mistakes(mini: Path) -> None:
    originals, hosts = load_originals(mini)
    made = compose_copies(originals, hosts)
    wrong = {(0, number) for number in range(len(originals)) if originals[number].name != made[0].original}
    raw, strict, guide = judge_pairs(wrong, originals, made, lambda _a, _b: (5, 5))
    assert (raw.right, strict.right, guide.right) == (0, 0, len(wrong))


def test_rivals_are_asked_or_said_to_be_skipped(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    originals, hosts = load_originals(mini)
    made = compose_copies(originals, hosts)[:4]
    answers = [
        {"method": "fake", "version": "1", "pairs": [[0, 0]], "seconds": 2.0},
        {"method": "lost", "skipped": "no module"},
    ]
    output = "\n".join(json.dumps(answer) for answer in answers).encode()
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=output))
    fake, lost = copies_composed.ask_rivals(originals, made)
    assert fake.pairs == {(0, 0)}
    assert lost.skipped == "no module"

    def fail(*_: object, **__: object) -> None:
        raise OSError(2, "no interpreter")

    monkeypatch.setattr(subprocess, "run", fail)
    assert all(found.skipped for found in copies_composed.ask_rivals(originals, made))


def test_the_child_names_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def lack(_texts: list[str], _asked: list[str]) -> list[tuple[int, int]]:
        raise ModuleNotFoundError(name="lack")

    monkeypatch.setattr(copies_child, "METHODS", {"lack": lack, "pytest": lambda _t, _a: [(0, 0)]})
    lacking, there = copies_child.run_methods(["a"], ["b"])
    assert lacking["skipped"] is not None
    assert there["pairs"] == [(0, 0)]
    assert copies_child.cut_shingles("a b c d e f") == ["a b c d e", "b c d e f"]
    assert copies_child.cut_shingles("a") == ["a"]


def test_labelled_pairs_are_judged(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = load_texts(mini)
    documents = load_documents(mini, module, module.gold())
    (pair,) = copies_gold.judge_pairs(module.gold(), documents, {})
    assert (pair.relation, pair.found) == ("whole_copy", "whole_copy")
    assert (pair.direction, pair.claimed, pair.feature) == ("a->b", "a->b", "published later")
    print_gold([pair] * 12)
    printed = capsys.readouterr().out
    assert "macro F1 over whole_copy" in printed
    assert "by published later: 12 right" in printed


def test_relations_are_read_off_the_edges() -> None:
    one, two = make_document(f"{FERRY} {WEATHER}", name="1"), make_document(f"{FERRY} {MARKET}", name="2")
    relation, edge = read_relation(find_reuse(one, [two]))
    assert relation == "partial_copy"
    assert read_direction(edge, one.id) == "unknown"
    assert read_relation([]) == ("independent", None)


def test_macro_f1_is_the_mean_over_relations() -> None:
    def pair(relation: str, found: str) -> Pair:
        return Pair(half="unseen", relation=relation, found=found, direction="", claimed="unknown", feature="")

    assert macro_f1([pair("a", "a"), pair("b", "a")], ["a", "b"]) == pytest.approx(100 / 3)
    assert macro_f1([], []) == 0


def test_growth_is_measured_and_fitted(
    mini: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(copies_growth, "STEPS", (10, 20))
    originals, _ = load_originals(mini)
    assert len(list(compose_articles(originals, 5))) == 5
    steps = list(measure_growth(originals, 30))
    assert [step.articles for step in steps] == [10, 20, 30]
    assert fit_exponent(steps) < 5
    print_growth(originals, 20)
    assert "exponent" in capsys.readouterr().out


def test_the_command_runs_its_parts(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "read_names", lambda _documents: {})
    monkeypatch.setattr(copies, "ask_rivals", lambda *_: [Found("rival", skipped="not here")])
    monkeypatch.setattr(copies_growth, "STEPS", (10,))
    done = CliRunner().invoke(copies.copies_command, ["--articles", "20"])
    assert done.exit_code == 0, done.output
    for words in ("sayso, edges", "SKIPPED: rival", "passim", "macro F1", "growth"):
        assert words in done.output
    assert "growth" not in CliRunner().invoke(copies.copies_command, ["--only", "gold"]).output
    assert mini.is_dir()


def test_what_engines_cost_on_shelves_is_measured(mini: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shelves, "STEPS", (6, 12))
    monkeypatch.setattr(shelves, "TIMED", 2)
    monkeypatch.setattr(shelves, "BLOCK", 3)
    assert mini.is_dir()
    done = CliRunner().invoke(shelves.shelves_command, ["--most", "9", "--folder", str(tmp_path)])
    assert done.exit_code == 0, done.output
    rows = [line.split()[0] for line in done.output.splitlines() if line.lstrip()[:1].isdigit()]
    assert rows == ["6", "9", "6", "9"]
    assert "copies.prints" in done.output
    late = CliRunner().invoke(shelves.shelves_command, ["--minutes", "0", "--form", "file"])
    assert [line.split()[0] for line in late.output.splitlines() if line.lstrip()[:1].isdigit()] == ["2"]
    early = CliRunner().invoke(shelves.shelves_command, ["--minutes", "0", "--form", "memory"])
    assert [line.split()[0] for line in early.output.splitlines() if line.lstrip()[:1].isdigit()] == ["1"]
    assert "on shelves" not in early.output


def test_names_come_from_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document(FERRY)
    outlet = SimpleNamespace(kind=Kind.OUTLET, naming=Naming.NAMED, name="Lowmere Post")
    person = SimpleNamespace(kind=Kind.PERSON, naming=Naming.NAMED, name="Ilse Varn")
    reader = SimpleNamespace(read_many=lambda _: [SimpleNamespace(sources=[outlet, person])])
    monkeypatch.setattr(copies_gold, "open_reader", lambda: reader)
    assert read_names([document]) == {document.id: ["Lowmere Post"]}


def test_without_metadata_nothing_is_known(tmp_path: Path) -> None:
    assert copies_gold.load_metadata(tmp_path / "none.tsv") == {}
    assert Article(name="a", text="b").gold is None


def test_reports_of_one_event_are_drawn_and_labelled_ones_left_out() -> None:
    keys = [("ecb_plus", name) for name in ("1_1ecb.xml", "1_2ecb.xml", "1_3ecb.xml", "1_4ecbplus.xml", "2_1ecb.xml")]
    labelled = frozenset(keys[:2])
    pairs = draw_event_pairs([*keys, ("polnear", "train/one.txt")], [labelled])
    assert sorted(pairs) == [(keys[0], keys[2]), (keys[1], keys[2])]


def test_nothing_is_drawn_from_one_article() -> None:
    assert draw_random_pairs([("polnear", "train/one.txt")]) == []


def test_possible_rewritings_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    rare = [f"thing{number}" for number in range(40)]
    told = " ".join(f"{word} one{word[::-1]}" for word in rare)
    again = " ".join(f"{word} two{word[::-1]}" for word in rare)
    texts = {("ecb_plus", "1_1ecb.xml"): told, ("ecb_plus", "1_2ecb.xml"): again}
    share = count_rewritings([(("ecb_plus", "1_1ecb.xml"), ("ecb_plus", "1_2ecb.xml"))], texts, of="pairs")
    assert (share.right, share.n) == (1, 1)
    print_alike(texts, [])
    assert "two reports of one event (ECB+), unlabelled" in capsys.readouterr().out


def test_of_a_possible_rewriting_the_direction_is_read_off_a_certain_edge() -> None:
    rare = [f"thing{number}" for number in range(40)]
    speech = (
        "\u201cnobody in this town hall can say that the danger came as a surprise to them or to those who sail out"
    )
    speech += " there every day and every night of the year\u201d"
    told = " ".join(f"{word} one{word[::-1]}" for word in rare)
    again = " ".join(f"{word} two{word[::-1]}" for word in rare)
    one = make_document(f"{told} {make_words(20, seed=1)} {speech}")
    two = make_document(f"{again} {make_words(20, seed=2)} {speech}")
    edges = find_reuse(one, [two])
    relation, deciding = read_relation(edges)
    assert relation == "rewrite"
    assert read_direction(deciding, one.id) == "unknown"
    assert read_direction(pick_directed(edges, deciding), one.id) == "common"
    assert pick_directed([], None) is None
    assert pick_directed([deciding] if deciding else [], deciding) is deciding
