"""Mentions of claims as tellings: who is at the root of each, and who carried it to the article.

docs/architecture/joining.md says what a route becomes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.corroborate.relying import find_relied
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.sides import find_outlet_key, fold_name, is_agency, split_names, strip_name
from sayso.corroborate.unresolved import name_source
from sayso.records import LOW_CONFIDENCE, CreditKind, Kind, Naming, Stance, Telling, Voice
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.records import Attribution, Document, Mention, Reading, Source

# Credits that say whose the whole text is.
WHOLE = {
    CreditKind.AGENCY,
    CreditKind.DATELINE,
    CreditKind.COPYRIGHT,
    CreditKind.CREDIT_TEXT,
    CreditKind.SOURCE_ORGANIZATION,
    CreditKind.SOURCE_LINE,
    CreditKind.BYLINE,
}


@dataclass(frozen=True, slots=True, eq=False)
class Teller:
    """One document as it bears on tellings.

    Attributes:
        reading: Its reading.
        outlet: Key of who publishes it; None if not known.
        sources: Its sources, by id.
        rows: Its rows, by id.
        agency: The agency whose text it is by its own credits, as a voice; None where there is no one such.
        marks: The agencies whose mark it carries: how it writes each, by key.
        saw: Where its text says that its own reporter saw or found something.
        outlets: Keys of all outlets and agencies of the story.
    """

    reading: Reading
    outlet: str | None
    sources: Mapping[str, Source]
    rows: Mapping[str, Attribution]
    agency: Voice | None
    marks: Mapping[str, str]
    saw: tuple[tuple[int, int], ...]
    outlets: frozenset[str]

    @property
    def document(self) -> Document:
        """Return the document."""
        return self.reading.document

    def get_voice(self, source: str) -> Voice:
        """Return a source of the document as a voice; one that it does not have is a vague voice of its own."""
        found = self.sources.get(source)
        if found is None:
            return Voice(id=source, name=source, kind=Kind.UNKNOWN, naming=Naming.VAGUE, outlet=self.outlet)
        if found.unresolved is not None:
            name = name_source(found)
            return Voice(id=found.id, name=name, kind=found.kind, naming=Naming.VAGUE, outlet=self.outlet)
        if is_platform(found.name):
            # A medium in which its author speaks for himself: nobody is cited.
            return Voice(id=found.id, name=found.name, kind=Kind.DOCUMENT, naming=found.naming, outlet=self.outlet)
        return self._read_outlet(found) or Voice(
            id=found.id, name=found.name, kind=found.kind, naming=found.naming, outlet=self.outlet
        )

    def _read_outlet(self, found: Source) -> Voice | None:
        """Return a source that is an outlet with the outlet's key; None for all else."""
        own, key = self.outlet, fold_name(found.name)
        is_short = found.kind is not Kind.PERSON and is_short_name(found.name, self.document.outlet)
        if is_short or strip_name(found.name) in _list_own_names():
            key = own or f"document:{self.document.id}"
        elif found.kind is Kind.OUTLET and found.naming is not Naming.NAMED:
            # Which outlet that is nobody knows: it may be one of the story's, and is cited all the same.
            key = f"unnamed:{found.id}"
        elif found.naming is not Naming.NAMED or not (found.kind is Kind.OUTLET or key in self.outlets):
            return None
        return Voice(id=found.id, name=found.name, kind=Kind.OUTLET, naming=Naming.NAMED, outlet=key)

    def is_own(self, voice: Voice) -> bool:
        """Return whether a voice is the document's own outlet: it tells something, and is nobody's source in it."""
        return voice.kind is Kind.OUTLET and voice.outlet in {self.outlet, f"document:{self.document.id}"}


def look_at_tellers(readings: Iterable[Reading]) -> list[Teller]:
    """Return the documents of a story as they bear on tellings."""
    tellers = [_look_at_teller(reading) for reading in readings]
    outlets = {teller.outlet for teller in tellers} | {key for teller in tellers for key in teller.marks}
    known = frozenset(key for key in outlets if key is not None)
    return [replace(teller, outlets=known) for teller in tellers]


def is_short_name(name: str, outlet: str | None) -> bool:
    """Return whether a name is the end of an outlet's name, as an article calls its own outlet: "the Courier"."""
    words, full = (re.sub(r"^the\s", "", one.casefold()).split() for one in (name, outlet or ""))
    return bool(words) and words == full[-len(words) :]


def _look_at_teller(reading: Reading) -> Teller:
    document = reading.document
    outlet = find_outlet_key(document)
    marks = {key: name for key, name in _find_marks(document).items() if not _are_one_outlet(key, outlet)}
    return Teller(
        reading=reading,
        outlet=outlet,
        sources={source.id: _look_at_naming(source) for source in reading.sources},
        rows={row.id: row for row in reading.attributions},
        agency=_find_whole(document, outlet, marks),
        marks=marks,
        saw=_find_seen(document),
        outlets=frozenset(),
    )


def _look_at_naming(source: Source) -> Source:
    """Return a source as it is named: whoever is called "a doctor at …" is described, whatever he was read as."""
    words = source.name.split()
    if source.naming is not Naming.NAMED or source.kind not in {Kind.PERSON, Kind.GROUP} or len(words) < 2:  # noqa: PLR2004
        return source
    rules = load_rules("joining")
    if words[0].casefold() not in rules["indefinite"]:
        return source
    # "A. Brandt" has a full stop, "One Direction" no word that begins small.
    return replace(source, naming=Naming.DESCRIBED) if any(word[0].islower() for word in words[1:]) else source


def _are_one_outlet(agency: str, outlet: str | None) -> bool:
    """Return whether an agency's mark is that of the outlet itself: "(Norvane)" in the Norvane Press Agency."""
    return outlet is not None and (outlet.startswith(agency) or agency.startswith(outlet))


def make_repeat(teller: Teller, mention: Mention) -> Telling:
    """Return a mention that only says again what another telling of its document says: it has no route of its own."""
    return Telling(id=mention.id, document=mention.document, outlet=teller.outlet, published=teller.document.published)


def make_telling(teller: Teller, mention: Mention) -> tuple[Telling, tuple[Voice, ...]]:
    """Return a mention as a telling, with the voices of its route: the source first, then the carriers."""
    row = None if mention.attribution is None else teller.rows.get(mention.attribution)
    own = teller.agency
    base = Telling(
        id=mention.id,
        document=mention.document,
        outlet=teller.outlet,
        published=teller.document.published,
        is_own_report=any(start < mention.span.end and mention.span.start < end for start, end in teller.saw),
    )
    row = None if row is None else _find_asked(teller, row)
    if row is None:
        if own is None or base.is_own_report:
            return base, ()
        return _fill(base, own, (), is_certain=True), (own,)
    row = _find_told(teller, row)
    source = teller.get_voice(row.source)
    carriers = [voice for voice in _list_carriers(teller, row) if not teller.is_own(voice) and voice.id != source.id]
    if own is not None:
        carriers.insert(0, own)
    if teller.is_own(source):
        # The outlet itself says so: its own report where it saw it, and else its own voice.
        is_seen = base.is_own_report or _is_seeing(" ".join(span.exact for span in row.cue_spans))
        if own is not None and not is_seen:
            return _fill(base, own, (), is_certain=True), (own,)
        return _fill(base, None, (), is_own_report=is_seen), ()
    source, carriers, is_certain = _find_root(teller, row, source, carriers)
    if own is not None and not is_certain:
        # Whom the agency has it from may have been read wrongly; that it is the agency's text stands.
        return _fill(base, own, (), is_own_report=False), (own,)
    told = _fill(base, source, carriers, is_certain=is_certain, is_own_report=False)
    return told, (source, *carriers)


def _find_root(
    teller: Teller, row: Attribution, source: Voice, carriers: list[Voice]
) -> tuple[Voice, list[Voice], bool]:
    """Return who is at the root of a row, who carries it from there, and whether that is certain.

    Whom a speaker has it from by the text is behind him; of a plan, whoever speaks of it is the root, and never the one
    who plans.
    """
    is_certain = row.confidence >= LOW_CONFIDENCE
    if row.stance in {Stance.INTENDS, Stance.OTHER} and _is_planning(row):
        if not carriers:
            return source, carriers, False
        return carriers[-1], carriers[:-1], is_certain
    is_relying, behind = find_relied(teller.document.text, teller.sources, row)
    if not is_relying:
        return source, carriers, is_certain
    if behind is None:
        return source, carriers, False
    root = teller.get_voice(behind.id)
    return root, [voice for voice in (*carriers, source) if voice.id != root.id], is_certain


def find_reliant(teller: Teller, mention: Mention) -> str | None:
    """Return the source of a mention of which the text says that it has this from somebody; None for all others."""
    row = None if mention.attribution is None else teller.rows.get(mention.attribution)
    return row.source if row is not None and find_relied(teller.document.text, teller.sources, row)[0] else None


def _is_planning(row: Attribution) -> bool:
    """Return whether a row's cue is a plan, and nothing said."""
    words = {word.casefold() for span in row.cue_spans for word in span.exact.split()}
    rules = load_rules("joining")
    return bool(words.intersection(rules["plans"])) and not words.intersection(rules["spoken"])


def find_titles(tellings: Sequence[Telling], mentions: Sequence[Mention], tellers: Mapping[str, Teller]) -> set[str]:
    """Return the tellings that stand in the title of an article whose body says for certain who says it.

    A title says in short what the body does, and calls its sources by fewer words: it has nobody of its own.
    """
    in_title, in_body = set(), set()
    for telling, mention in zip(tellings, mentions, strict=True):
        title = tellers[mention.document].document.title
        if title is not None and mention.span.end <= title.end:
            in_title.add((mention.document, telling.id))
        elif telling.source is not None and telling.is_source_certain:
            in_body.add(mention.document)
    return {telling for document, telling in in_title if document in in_body}


def _fill(
    telling: Telling,
    source: Voice | None,
    carriers: Iterable[Voice],
    *,
    is_certain: bool = True,
    is_own_report: bool | None = None,
) -> Telling:
    """Return a telling with its route."""
    return Telling(
        id=telling.id,
        document=telling.document,
        outlet=telling.outlet,
        published=telling.published,
        source=None if source is None else source.id,
        is_source_certain=is_certain,
        carriers=tuple(dict.fromkeys(voice.id for voice in carriers)),
        is_own_report=telling.is_own_report if is_own_report is None else is_own_report,
    )


def _find_asked(teller: Teller, row: Attribution) -> Attribution | None:
    """Return the row itself, or of rows that name nobody the one that they stand within; None where there is none.

    "It is expected": nobody is there to ask, and the article, or who says that it is expected, says so himself.
    """
    for outer in _list_chain(teller, row):
        source = teller.sources.get(outer.source)
        if source is None or source.mentions or source.kind is not Kind.UNKNOWN or source.naming is not Naming.VAGUE:
            return outer
    return None


def _find_told(teller: Teller, row: Attribution) -> Attribution:
    """Return the row that is told for certain: of an unsure row within an outlet's, the outlet's.

    Whom an outlet has it from may have been read wrongly; that the outlet is cited stands.
    """
    for outer in _list_chain(teller, row):
        if row.confidence >= LOW_CONFIDENCE:
            break
        if outer.confidence >= LOW_CONFIDENCE and teller.get_voice(outer.source).kind is Kind.OUTLET:
            return outer
    return row


def _list_chain(teller: Teller, row: Attribution) -> list[Attribution]:
    """Return a row and the rows that it stands within, outwards."""
    chain, seen = [row], {row.id}
    while (outer := teller.rows.get(chain[-1].within or "")) is not None and outer.id not in seen:
        seen.add(outer.id)
        chain.append(outer)
    return chain


def _list_carriers(teller: Teller, row: Attribution) -> list[Voice]:
    """Return who carried a row to the article, nearest to the article first: of the outer rows first."""
    chain = _list_chain(teller, row)
    carriers: dict[str, Voice] = {}
    for at in reversed(chain):
        named = at.via if at is row else (*at.via, at.source)
        for source in named:
            carriers.setdefault(source, teller.get_voice(source))
    return list(carriers.values())


def is_platform(name: str) -> bool:
    """Return whether a name is that of a place where people publish themselves."""
    return strip_name(name) in _list_platforms()


@cache
def _list_platforms() -> frozenset[str]:
    return frozenset(strip_name(name) for name in load_rules("joining")["platforms"])


@cache
def _list_own_names() -> frozenset[str]:
    return frozenset(strip_name(name) for name in load_rules("joining")["own_names"])


def _find_marks(document: Document) -> dict[str, str]:
    """Return the agencies that a document credits, by key; what stands as an agency's credit is one."""
    found: dict[str, str] = {}
    for credit in document.credits:
        if credit.name is None or credit.kind is CreditKind.CORRECTION:
            continue
        for part in split_names(credit.name):
            key = fold_name(part)
            if key and (is_agency(key) or (credit.kind is CreditKind.AGENCY and part == credit.name)):
                found.setdefault(key, part)
    return found


def _find_whole(document: Document, outlet: str | None, marks: Mapping[str, str]) -> Voice | None:
    """Return the agency whose text a document is by its own credits: the only one, and no reporter beside it."""
    helped: set[str] = set()
    whole: dict[str, str] = {}
    for credit in document.credits:
        if credit.name is None or credit.kind is CreditKind.CORRECTION:
            continue
        keys = {fold_name(part): part for part in split_names(credit.name)}
        named = {key: part for key, part in keys.items() if key in marks}
        if credit.kind in WHOLE:
            whole |= {key: part for key, part in named.items() if key not in whole}
        else:
            helped |= set(named)
    left = {key: name for key, name in whole.items() if key not in helped and not _are_one_outlet(key, outlet)}
    if len(left) != 1:
        return None
    ((key, name),) = left.items()
    bylines = {fold_name(part) for part in split_names(document.byline or "")}
    if document.byline and key not in bylines:
        return None
    return Voice(id=f"agency:{key}", name=name, kind=Kind.OUTLET, naming=Naming.NAMED, outlet=key)


@cache
def _seen_pattern() -> re.Pattern[str]:
    """Return the pattern of a sentence's words that say that the outlet's own reporter saw it."""
    rules = load_rules("joining")
    who = "|".join(re.escape(words) for words in sorted(rules["own_reporters"], key=len, reverse=True))
    deed = "|".join(re.escape(words) for words in sorted(rules["saw"], key=len, reverse=True))
    return re.compile(rf"\b(?:{who})(?:\s[\w’'-]{{1,20}}){{0,4}}?\s(?:{deed})\b", re.IGNORECASE)


def _is_seeing(cue: str) -> bool:
    """Return whether a cue says that somebody saw or found it himself."""
    words = {word.casefold() for word in cue.split()}
    return bool(words & set(load_rules("joining")["saw"]))


@cache
def _reporter_pattern() -> re.Pattern[str]:
    """Return the pattern of somebody's reporter who saw something; whose stands before it."""
    people, deeds = ("|".join(load_rules("joining")[key]) for key in ("reporters", "saw"))
    return re.compile(rf"(?:['’]s?)?\s(?:{people})(?:\s[\w’'-]{{1,20}}){{0,4}}?\s(?:{deeds})\b")


def _find_seen(document: Document) -> tuple[tuple[int, int], ...]:
    """Return the sentences in which the outlet's own reporter saw or found something."""
    text, outlet = document.text, document.outlet
    hits = [found.end() for found in _seen_pattern().finditer(text)]
    if outlet:
        hits += [at for found in _reporter_pattern().finditer(text) if text.endswith(outlet, 0, at := found.start())]
    if not hits:
        return ()
    return tuple((start, end) for start, end in find_sentences(text) if any(start < hit <= end for hit in hits))
