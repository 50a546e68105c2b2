"""The spaCy component, with the model of the package; skipped where spaCy is not installed."""

from __future__ import annotations

import pickle
import re
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sayso.errors import DamagedRecord, SettingsError, UnsupportedLanguage
from sayso.ledger import Reader

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
spacy = pytest.importorskip(
    "spacy", reason="SKIPPED: spaCy is not installed, so the component is not tried. `make bench-environment` adds it."
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

TEXT = (
    "The ferry line will close in March, said Ida Marlow, who heads the island council. "
    "“We can no longer pay for it,” she told The Harbour Post. "
    "The drivers’ union denied that talks had begun. The pier was built in 1911."
)
GERMAN = "Der Bürgermeister sagte, dass der Hafen bis Mai geschlossen bleibt und niemand wisse, warum."


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe("sayso")
    return made


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_spacy_finds_it_without_an_import() -> None:
    assert [point.value for point in entry_points(group="spacy_factories", name="sayso")] == [
        "sayso.spacy_pipe:make_sayso"
    ]


def test_it_says_what_the_reader_says(doc: Doc) -> None:
    reading = Reader().read(TEXT)
    assert doc._.reading == reading
    assert [att.record for att in doc._.attributions] == list(reading.attributions)
    assert len(doc._.attributions) >= 3
    assert doc._.sources == list(reading.sources)


def test_the_spans_say_the_same_characters(doc: Doc) -> None:
    for att in doc._.attributions:
        for mine, theirs in (
            (att.source_spans, att.record.source_spans),
            (att.cue_spans, att.record.cue_spans),
            (att.content_spans, att.record.content_spans),
        ):
            assert [(s.start_char, s.end_char, s.text) for s in mine] == [(s.start, s.end, s.exact) for s in theirs]


def test_any_words_know_who_says_them(doc: Doc) -> None:
    said = doc.char_span(TEXT.index("will close"), TEXT.index("will close") + len("will close"))
    assert said._.source.name == "Ida Marlow"
    assert [span.text for span in said._.cue] == ["said"]
    assert any(said.start >= span.start and said.end <= span.end for span in said._.content)
    assert said._.attribution in said._.attributions
    own = doc.char_span(TEXT.index("was built"), TEXT.index("was built") + len("was built"))
    assert (own._.source, own._.attribution, own._.cue, own._.content, own._.attributions) == (None, None, (), (), [])
    assert "The pier was built in 1911." in [span.text for span in doc._.unsourced]


def test_the_spans_are_a_group_to_draw(doc: Doc) -> None:
    group = doc.spans["sayso"]
    assert {span.label_ for span in group} == {"SOURCE", "CUE", "CONTENT"}
    assert {span.id_ for span in group} == {att.id for att in doc._.attributions}
    assert "SOURCE" in spacy.displacy.render(doc, style="span", options={"spans_key": "sayso"}, jupyter=False)


@pytest.mark.parametrize("text", ["", "  \n\t ", "12345", "…", "\N{PILE OF POO}"])
def test_a_text_without_a_letter_has_no_reading(nlp: Language, text: str) -> None:
    empty = nlp(text)
    assert (empty._.reading, empty._.attributions, empty._.sources, empty._.unsourced) == (None, [], [], [])
    assert len(empty.spans["sayso"]) == 0


def test_a_stream_is_read_as_its_texts_are_alone(nlp: Language) -> None:
    texts = [f"{TEXT} It was the {n}th of May." if n % 3 else "" for n in range(7)]
    alone = [nlp(text)._.reading for text in texts]
    assert [found._.reading for found in nlp.pipe(texts, batch_size=3)] == alone


def test_another_language_is_refused(nlp: Language) -> None:
    with pytest.raises(UnsupportedLanguage):
        nlp(GERMAN)
    with pytest.raises(UnsupportedLanguage):
        list(nlp.pipe([TEXT, GERMAN]))
    with pytest.raises(UnsupportedLanguage):
        spacy.blank("de").add_pipe("sayso")


def test_an_error_handler_lets_the_others_through() -> None:
    nlp, seen = spacy.blank("en"), []
    nlp.add_pipe("sayso")
    nlp.set_error_handler(lambda name, _pipe, docs, error: seen.append((name, docs[0].text, type(error))))
    assert [found.text for found in nlp.pipe([TEXT, GERMAN, "The mayor said no."])] == [TEXT, "The mayor said no."]
    assert seen == [("sayso", GERMAN, UnsupportedLanguage)]


def test_a_threshold_hides_rows_from_sight_alone(doc: Doc) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sayso", config={"confidence": 1.0})
    found = nlp(TEXT)
    assert found._.attributions == []
    assert len(found._.reading.attributions) == len(doc._.attributions)


@pytest.mark.parametrize("config", [{"confidence": 2}, {"alignment_mode": "guess"}, {"threads": 0}])
def test_an_impossible_setting_is_refused(config: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        spacy.blank("en").add_pipe("sayso", config=config)


@pytest.mark.parametrize(("mode", "expected"), [("expand", "XsaidX"), ("contract", None), ("strict", None)])
def test_a_span_that_the_tokens_do_not_fit_follows_the_mode(mode: str, expected: str | None) -> None:
    from sayso.ingest import from_text  # noqa: PLC0415
    from sayso.records import Span as Place  # noqa: PLC0415
    from sayso.spacy_pipe import align_spans  # noqa: PLC0415

    made = spacy.tokens.Doc(spacy.blank("en").vocab, words=["They", "XsaidX", "so"])
    made.user_data["sayso"] = {"reading": None, "alignment_mode": mode}
    found = align_spans(made, [Place(start=6, end=10, exact="said")], from_text(made.text))
    assert [span.text for span in found] == ([expected] if expected else [])


def test_what_is_said_of_a_document_beside_its_text_is_used(nlp: Language) -> None:
    made = nlp.make_doc(TEXT)
    made._.title, made._.outlet = "Ferry line to close", "The Harbour Post"
    made.user_data["published"] = "2024-11-03"
    found = nlp(made)
    document = found._.reading.document
    assert (document.title.exact, document.outlet) == ("Ferry line to close", "The Harbour Post")
    assert document.published.value == "2024-11-03"
    assert document.text == f"Ferry line to close\n\n{TEXT}"
    assert all(
        s.text == r.exact for a in found._.attributions for s, r in zip(a.cue_spans, a.record.cue_spans, strict=True)
    )
    late = nlp.make_doc(TEXT)
    late._.published = "soon"
    with pytest.raises(SettingsError):
        nlp(late)


def test_a_document_carries_its_reading_when_it_is_kept(nlp: Language, doc: Doc) -> None:
    from_bytes = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    pickled = pickle.loads(pickle.dumps(doc))  # noqa: S301  our own
    binary = spacy.tokens.DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (boxed,) = spacy.tokens.DocBin().from_bytes(binary).get_docs(nlp.vocab)
    for kept in (from_bytes, pickled, boxed, doc.copy()):
        assert kept._.reading == doc._.reading
        assert [att.id for att in kept._.attributions] == [att.id for att in doc._.attributions]
        assert kept.to_bytes()


def test_a_piece_of_a_document_does_not_take_over_wrong_places(doc: Doc) -> None:
    assert doc[3:9].as_doc(copy_user_data=True)._.reading is None


def test_damaged_data_are_named(nlp: Language) -> None:
    made = nlp.make_doc(TEXT)
    made.user_data["sayso"] = {"reading": {"document": 5}, "confidence": 0.0, "alignment_mode": "expand"}
    with pytest.raises(DamagedRecord):
        _ = made._.reading


def test_a_pipeline_is_saved_and_loaded(nlp: Language, doc: Doc, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path)(TEXT)._.reading == doc._.reading


def test_several_processes_read_the_same(nlp: Language, doc: Doc) -> None:
    nlp(TEXT)
    found = list(nlp.pipe([TEXT] * 4, n_process=2, batch_size=2))
    assert [one._.reading for one in found] == [doc._.reading] * 4


def test_names_that_are_taken_are_said_and_a_prefix_helps() -> None:
    spacy.tokens.Doc.set_extension("x_reading", default="mine")
    try:
        with pytest.raises(SettingsError):
            spacy.blank("en").add_pipe("sayso", config={"prefix": "x_"})
    finally:
        spacy.tokens.Doc.remove_extension("x_reading")
    nlp = spacy.blank("en")
    nlp.add_pipe("sayso", config={"prefix": "sayso_", "spans_key": ""})
    made = nlp.make_doc(TEXT)
    made._.sayso_outlet = "The Harbour Post"
    found = nlp(made)
    assert found._.sayso_reading.document.outlet == "The Harbour Post"
    assert "sayso" not in found.spans


def test_the_components_before_it_do_not_matter() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("sayso", last=True)
    assert nlp.analyze_pipes()["problems"] == {"sentencizer": [], "sayso": []}
    assert nlp(TEXT)._.attributions


def test_the_examples_of_the_docs_run_and_print_what_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[1] / "docs/spacy.md").read_text("utf-8")
    told, rest = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    names: dict[str, Any] = {}
    exec(told, names)  # noqa: S102  our own page
    assert capsys.readouterr().out in page
    exec(rest, names)  # noqa: S102  the same
    assert names["doc"]._.reading.document.outlet == "The Harbour Post"
