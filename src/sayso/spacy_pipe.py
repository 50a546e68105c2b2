"""The spaCy component: ``nlp.add_pipe("sayso")`` puts who says what on every `Doc`.

spaCy finds it by its entry point and imports this module for every pipeline that is made, so nothing heavy is imported
here: the model is loaded at the first document, once per process.

Rule 1: places are never guessed. A span of Sayso that the tokens do not fit is widened to whole tokens, narrowed or
left out, as ``alignment_mode`` says; one that stands outside of the `Doc` (in a title given beside it) is left out.
Rule 2: what is kept on a `Doc` is plain data, so `Doc.to_bytes`, `DocBin`, pickling and ``n_process`` carry it along.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.config import Settings, load_settings
from sayso.errors import MissingExtra, SaysoError, SettingsError, UnsupportedLanguage
from sayso.plain import from_plain, to_plain
from sayso.records import Reading

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, SpanGroup
    from spacy.util import minibatch
except ImportError as error:
    extra = "spacy"
    raise MissingExtra(extra) from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sayso.ledger import Reader
    from sayso.records import Attribution, Document, Source
    from sayso.records import Span as Place

KEY = "sayso"
NAME = "sayso"
LANGUAGES = ("en",)
# The pipelines of these languages may meet English texts; every text's own language is looked at besides.
PIPELINES = frozenset({*LANGUAGES, "xx"})
MODES = ("expand", "contract", "strict")
ABOUT = ("title", "outlet", "published")
DEFAULTS = {"confidence": 0.0, "alignment_mode": "expand", "spans_key": KEY, "prefix": "", "threads": None}


@dataclass(frozen=True, slots=True)
class DocAttribution:
    """One attribution of a `Doc`, its places as spaCy spans.

    Attributes:
        id: Stable within a reading of the same text.
        source: Who says it.
        source_spans: Where the row names the source; empty where it does not.
        cue_spans: The words that ascribe.
        content_spans: What is ascribed, in order.
        within: Id of the attribution whose content directly contains this one; None if none does.
        via: Who or what carried it to the article, nearest to the article first.
        stance: What the source does with the content.
        certainty: How sure the source puts it.
        endorsement: How the article puts it.
        directness: How much of it stands in quotation marks.
        confidence: 0..1, the machine's, that the row is right.
        record: The row as `Reader` gives it, with offsets into the reading's own text.
    """

    id: str
    source: Source
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]
    within: str | None
    via: tuple[Source, ...]
    stance: str
    certainty: str
    endorsement: str
    directness: str
    confidence: float
    record: Attribution

    def covers(self, start: int, end: int) -> bool:
        """Return whether the tokens from `start` up to `end` lie within the content."""
        return any(span.start <= start and end <= span.end for span in self.content_spans)


class Kept(dict[str, Any]):
    """What is kept on a `Doc`: plain data, as a dict, and beside them the reading once it was asked for.

    Copied, pickled or packed, only the plain data go along.
    """

    reading: Reading | None = None

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        """Pickle as the dict that it is."""
        return dict, (dict(self),)


class SaysoPipe:
    """The component. Made by ``nlp.add_pipe("sayso")``."""

    def __init__(self, name: str, settings: Settings, kept: dict[str, Any]) -> None:
        """Keep the settings; the model is loaded at the first document.

        Args:
            name: The component's name in its pipeline.
            settings: For the reader.
            kept: What the documents are to be shown with: ``confidence``, ``alignment_mode``, ``spans_key``.
        """
        self.name = name
        self.settings = settings
        self.kept = kept
        self._reader: Reader | None = None
        self._process = 0
        self._on_error: Callable[[str, Any, list[Doc], Exception], None] = raise_error

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its reading.

        Raises:
            InputError: The text is in another language than English, or in none that can be told.
            SettingsError: ``doc._.published`` is no time.
            ModelError: The model is missing or damaged.
        """
        document = make_document(doc, prefix=self.kept["prefix"])
        self._keep(doc, None if document is None else self.reader.read(document))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Yield the documents with their readings, read side by side.

        One that cannot be read goes to the pipeline's error handler (`nlp.set_error_handler`), which raises if none
        was set; if it does not raise, the document is left out, as spaCy does.
        """
        for batch in minibatch(stream, size=batch_size):
            ready: list[tuple[Doc, Document | None]] = []
            for doc in batch:
                try:
                    ready.append((doc, make_document(doc, prefix=self.kept["prefix"])))
                except SaysoError as error:
                    self._on_error(self.name, self, [doc], error)
            readings = self.reader.read_many(document for _, document in ready if document) if ready else iter(())
            for doc, document in ready:
                self._keep(doc, next(readings) if document else None)
                yield doc

    @property
    def reader(self) -> Reader:
        """The reader of this process: threads and sessions of another do not outlive a fork."""
        if self._reader is None or self._process != os.getpid():
            from sayso.ledger import Reader  # noqa: PLC0415  see the module's docstring

            self._reader = Reader(self.settings)
            self._process = os.getpid()
        return self._reader

    def set_error_handler(self, handler: Callable[[str, Any, list[Doc], Exception], None]) -> None:
        """Take another handler for documents that cannot be read; spaCy calls this."""
        self._on_error = handler

    def get_error_handler(self) -> Callable[[str, Any, list[Doc], Exception], None]:
        """Return the handler for documents that cannot be read."""
        return self._on_error

    def __getstate__(self) -> dict[str, Any]:
        """Return the state without the reader, which each process makes for itself."""
        return {**self.__dict__, "_reader": None}

    def _keep(self, doc: Doc, reading: Reading | None) -> None:
        """Put a reading on a document."""
        doc.user_data[KEY] = kept = Kept({"reading": to_plain(reading) if reading else None, **self.kept})
        kept.reading = reading
        spans: list[Span] = []
        for att in get_attributions(doc):
            parts = (("SOURCE", att.source_spans), ("CUE", att.cue_spans), ("CONTENT", att.content_spans))
            spans.extend(Span(doc, s.start, s.end, label, span_id=att.id) for label, found in parts for s in found)
        if self.kept["spans_key"]:
            doc.spans[self.kept["spans_key"]] = SpanGroup(doc, name=self.kept["spans_key"], spans=spans)


def make_sayso(
    nlp: Language,
    name: str,
    confidence: float,
    alignment_mode: str,
    spans_key: str,
    prefix: str,
    threads: int | None,
) -> SaysoPipe:
    """Return the component for a pipeline.

    Args:
        nlp: The pipeline; its language must be English, or ``xx``.
        name: The component's name in it.
        confidence: Attributions under this are not shown; ``doc._.reading`` has them all the same.
        alignment_mode: What to do with a span that the tokens do not fit: ``expand`` it to whole tokens, ``contract``
            it, or leave it out (``strict``).
        spans_key: Under which key of ``doc.spans`` the spans are; empty for none.
        prefix: Put before the names of the extension attributes, where others have taken them.
        threads: Processor threads; None for the setting in force.

    Raises:
        UnsupportedLanguage: The pipeline is for another language.
        SettingsError: A value is impossible, or an attribute's name is taken.
    """
    if nlp.lang not in PIPELINES:
        pipeline = f"the pipeline {nlp.meta['name']}"
        raise UnsupportedLanguage(pipeline, nlp.lang, LANGUAGES)
    if not 0 <= confidence <= 1:
        setting = "confidence"
        expected = "a number from 0 to 1"
        raise SettingsError(setting, str(confidence), expected)
    if alignment_mode not in MODES:
        setting = "alignment_mode"
        expected = f"one of {', '.join(MODES)}"
        raise SettingsError(setting, alignment_mode, expected)
    register_extensions(prefix)
    kept = {"confidence": confidence, "alignment_mode": alignment_mode, "spans_key": spans_key, "prefix": prefix}
    return SaysoPipe(name, load_settings(threads=threads), kept)


def register_extensions(prefix: str = "") -> None:
    """Register the extension attributes; needed by hand only where documents are loaded without a pipeline.

    Raises:
        SettingsError: Somebody else has registered one of the names.
    """
    for owner, getters in ((Doc, DOC_GETTERS), (Span, SPAN_GETTERS)):
        for name, getter in getters.items():
            _register(owner, prefix + name, getter=getter)
    for name in ABOUT:
        _register(Doc, prefix + name, default=None)


def _register(owner: Any, name: str, **how: Any) -> None:  # noqa: ANN401  a class of spaCy, what it takes
    """Register one attribute, unless it is there already."""
    if not owner.has_extension(name):
        owner.set_extension(name, **how)
        return
    default, _, getter, _ = owner.get_extension(name)
    if getter is not how.get("getter") or (getter is None and default is not None):
        setting = "prefix"
        expected = f"one that keeps the name free: {owner.__name__}._.{name} is somebody else's"
        raise SettingsError(setting, name, expected)


def raise_error(_name: str, _pipe: object, _docs: list[Doc], error: Exception) -> None:
    """Raise the error: what a pipeline does with one unless told otherwise."""
    raise error


def make_document(doc: Doc, *, prefix: str = "") -> Document | None:
    """Return the document to read; None where there is not a letter in it.

    Raises:
        InputError: As for `SaysoPipe.__call__`.
        SettingsError: ``doc._.published`` is no time.
    """
    if not any(map(str.isalpha, doc.text)):
        return None
    from sayso.ingest import from_text  # noqa: PLC0415  see the module's docstring

    about = {name: getattr(doc._, prefix + name) or doc.user_data.get(name) for name in ABOUT}
    return from_text(doc.text, **about)


def get_reading(doc: Doc) -> Reading | None:
    """Return the whole reading; None where nothing was read. Its offsets are those of ``reading.document.text``.

    A `Doc` that was cut out of another or joined from several has none, though it may carry the other's data: the
    places would be wrong.

    Raises:
        DamagedRecord: What the document carries is no reading of this version.
    """
    kept = doc.user_data.get(KEY)
    if not kept or not kept["reading"]:
        return None
    if not isinstance(kept, Kept):
        doc.user_data[KEY] = kept = Kept(kept)
    if kept.reading is None:
        kept.reading = from_plain(Reading, kept["reading"])
    return kept.reading if kept.reading.document.text.endswith(doc.text) else None


def get_attributions(doc: Doc) -> list[DocAttribution]:
    """Return who says what, in order of appearance, those under the threshold left out."""
    reading = get_reading(doc)
    if reading is None:
        return []
    sources = {source.id: source for source in reading.sources}
    least = doc.user_data[KEY]["confidence"]
    return [_show(doc, att, sources, reading.document) for att in reading.attributions if att.confidence >= least]


def _show(doc: Doc, att: Attribution, sources: dict[str, Source], document: Document) -> DocAttribution:
    """Return one attribution with its places as spaCy spans."""
    return DocAttribution(
        id=att.id,
        source=sources[att.source],
        source_spans=align_spans(doc, att.source_spans, document),
        cue_spans=align_spans(doc, att.cue_spans, document),
        content_spans=align_spans(doc, att.content_spans, document),
        within=att.within,
        via=tuple(sources[carrier] for carrier in att.via),
        stance=att.stance.value,
        certainty=att.certainty.value,
        endorsement=att.endorsement.value,
        directness=att.directness.value,
        confidence=att.confidence,
        record=att,
    )


def align_spans(doc: Doc, places: Iterable[Place], document: Document) -> tuple[Span, ...]:
    """Return the spaCy spans of these places of the document, those left out that have none."""
    # A title given beside the text stands before it in the document.
    shift = len(document.text) - len(doc.text)
    mode = doc.user_data[KEY]["alignment_mode"]
    inside = [place for place in places if place.start >= shift]
    found = (doc.char_span(p.start - shift, p.end - shift, alignment_mode=mode) for p in inside)
    return tuple(span for span in found if span is not None and len(span))


def get_sources(doc: Doc) -> list[Source]:
    """Return who speaks, in order of first mention."""
    reading = get_reading(doc)
    return list(reading.sources) if reading else []


def get_unsourced(doc: Doc) -> list[Span]:
    """Return the factual sentences in the article's own voice."""
    reading = get_reading(doc)
    return list(align_spans(doc, reading.unsourced, reading.document)) if reading else []


def find_covering(span: Span) -> list[DocAttribution]:
    """Return the attributions in whose content a span lies, the outermost first."""
    found = [att for att in get_attributions(span.doc) if att.covers(span.start, span.end)]
    return sorted(found, key=lambda att: -sum(map(len, att.content_spans)))


def find_attribution(span: Span) -> DocAttribution | None:
    """Return the innermost attribution in whose content a span lies; None in the article's own voice."""
    found = find_covering(span)
    return found[-1] if found else None


def find_source(span: Span) -> Source | None:
    """Return who says these words; None in the article's own voice."""
    att = find_attribution(span)
    return att.source if att else None


def find_cue(span: Span) -> tuple[Span, ...]:
    """Return the words that ascribe these words to their source."""
    att = find_attribution(span)
    return att.cue_spans if att else ()


def find_content(span: Span) -> tuple[Span, ...]:
    """Return all of what is ascribed together with these words."""
    att = find_attribution(span)
    return att.content_spans if att else ()


DOC_GETTERS: dict[str, Callable[[Doc], Any]] = {
    "reading": get_reading,
    "attributions": get_attributions,
    "sources": get_sources,
    "unsourced": get_unsourced,
}
SPAN_GETTERS: dict[str, Callable[[Span], Any]] = {
    "attributions": find_covering,
    "attribution": find_attribution,
    "source": find_source,
    "cue": find_cue,
    "content": find_content,
}

Language.factory(
    NAME,
    default_config=DEFAULTS,
    assigns=["doc._.reading", "doc._.attributions", "doc._.sources", "doc._.unsourced", "doc.spans"],
    func=make_sayso,
)
