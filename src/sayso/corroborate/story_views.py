"""What was found about a story, each finding beside the tellings that it is about. Pure: nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.corroborate.correction_notes import fold_figure
from sayso.corroborate.tracing import make_telling, tell_row
from sayso.records import (
    Carrier,
    CopyView,
    DisputeKind,
    DisputeView,
    DriftView,
    Event,
    EventKind,
    UpdateKind,
    UpdateView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sayso.records import (
        Attribution,
        ClaimFindings,
        Dispute,
        Drift,
        Mention,
        Reading,
        StoryFindings,
        TraceTelling,
        Update,
        WeighedFeature,
    )

EVENTS = {
    DisputeKind.DENIAL: EventKind.DENIED,
    DisputeKind.DOUBT: EventKind.DOUBTED,
    DisputeKind.REFUSAL: EventKind.DECLINED,
    DisputeKind.FIGURES: EventKind.CONTRADICTED,
    DisputeKind.POLARITY: EventKind.CONTRADICTED,
}
CHANGES = {UpdateKind.CORRECTION: EventKind.CORRECTED, UpdateKind.CHANGED_VERSION: EventKind.CHANGED}
ORDER = {kind: place for place, kind in enumerate(EventKind)}
LATEST = "9999"


@dataclass(frozen=True)
class StoryViews:
    """Makes the views of one story.

    Attributes:
        findings: The story's.
        readings: By document, as persons have them.
    """

    findings: StoryFindings
    readings: Mapping[str, Reading] = field(repr=False)

    @cached_property
    def mentions(self) -> dict[str, tuple[Mention, ClaimFindings]]:
        """The mentions by id, each with its claim."""
        return {mention.id: (mention, found) for found in self.findings.claims for mention in found.claim.mentions}

    @cached_property
    def by_number(self) -> dict[int, ClaimFindings]:
        """The claims by number."""
        return {found.number: found for found in self.findings.claims}

    def make_disputes(self, claim: int | None = None) -> tuple[DisputeView, ...]:
        """Return the disputes of the story or of one claim, in order of the claims and of time.

        What several tellings have against several others in the same words is one dispute with two sides.
        """
        return fold_disputes(view for view in self._iter_disputes() if claim in {None, view.claim})

    def _iter_disputes(self) -> Iterator[DisputeView]:
        """Yield each dispute between two tellings."""
        for dispute in self.findings.disputes:
            view = self._view_dispute(dispute)
            if view is not None:
                yield view

    def make_updates(self, claim: int | None = None) -> tuple[UpdateView, ...]:
        """Return the later figures, corrections and changed pages.

        One step of a figure that several claims tell is one of the story.
        """
        views = [self._view_update(update) for update in self.findings.updates]
        kept: dict[tuple[object, ...], UpdateView] = {}
        for view in views:
            if claim in {None, view.claim}:
                is_step = view.kind is UpdateKind.LATER_FIGURE
                step = (fold_figure(view.old_words), fold_figure(view.new_words)) if is_step else view.id
                kept.setdefault((view.kind, step), view)
        return tuple(kept.values())

    def make_drifts(self, claim: int | None = None) -> tuple[DriftView, ...]:
        """Return what was lost or sharpened on the way."""
        views = (self._view_drift(drift) for drift in self.findings.drifts)
        kept = [view for view in views if view is not None and claim in {None, view.claim}]
        return tuple(sorted(kept, key=lambda view: (view.claim, view.carrier.published or LATEST, view.id)))

    def make_copies(self) -> tuple[CopyView, ...]:
        """Return who has text in common, the most words first."""
        views = [
            CopyView(
                document=edge.document,
                other=edge.other,
                outlet=self._outlet(edge.document),
                other_outlet=self._outlet(edge.other),
                kind=edge.kind,
                extent=edge.extent,
                direction=edge.direction,
                words=edge.words,
                share=edge.share,
                is_certain=edge.is_certain,
                why=tuple(reason.words for reason in edge.reasons),
            )
            for edge in self.findings.reuse
        ]
        return tuple(sorted(views, key=lambda view: (-view.words, view.document, view.other)))

    def make_events(self, claim: int | None = None) -> tuple[Event, ...]:
        """Return what happened to the claims, or to one, in order of time; what has no date comes last."""
        events = [*self._iter_told(claim), *self._iter_against(claim), *self._iter_updated(claim)]
        unique = {(one.at, one.kind, one.claim, one.document, one.words): one for one in events}
        return tuple(
            sorted(unique.values(), key=lambda one: (one.at or LATEST, one.claim or 0, ORDER[one.kind], one.document))
        )

    def _iter_told(self, claim: int | None) -> Iterator[Event]:
        """Yield each outlet's first telling of each claim that several documents tell, or that one is asked for."""
        against = {view.second.id for view in self._iter_disputes() if view.kind is not DisputeKind.FIGURES}
        for found in self.findings.claims:
            documents = {mention.document for mention in found.claim.mentions}
            if (claim is None and len(documents) < 2) or claim not in {None, found.number}:  # noqa: PLR2004 - several
                continue
            tellings = [self._tell(mention.id) for mention in found.claim.mentions]
            met: set[str] = set()
            for telling in sorted(filter(None, tellings), key=lambda one: one.published or LATEST):
                outlet = telling.outlet or telling.document or ""
                if outlet not in met and telling.id not in against:
                    met.add(outlet)
                    kind = EventKind.TOLD if len(met) == 1 else EventKind.SPREAD
                    yield self._make_event(telling, kind, found, "" if telling.words is None else telling.words.exact)

    def _iter_against(self, claim: int | None) -> Iterator[Event]:
        """Yield what stands against claims."""
        for view in self.make_disputes(claim):
            found = self.by_number[view.claim]
            later, words = view.second, "" if view.second.words is None else view.second.words.exact
            if view.here and view.there:
                is_turned = _when(view.first) > _when(view.second)
                later = view.first if is_turned else view.second
                words = f"{view.here if is_turned else view.there} against {view.there if is_turned else view.here}"
            yield self._make_event(later, EVENTS[view.kind], found, words)

    def _iter_updated(self, claim: int | None) -> Iterator[Event]:
        """Yield figures that rose, corrections, and who carries the old figure after these."""
        for view in self.make_updates(claim):
            words = f"{view.old_words} → {view.new_words}" if view.new_words else view.old_words
            stated = view.stated_in
            if view.kind is UpdateKind.LATER_FIGURE and view.new is not None:
                yield Event(
                    at=view.new.published,
                    kind=EventKind.ROSE,
                    claim=view.claim,
                    line=view.line,
                    outlet=view.new.outlet,
                    document=view.new.document or "",
                    who=view.new.source or "",
                    words=words,
                    title=view.new.title,
                )
            if view.kind in CHANGES and stated is not None:
                event = self._make_carried(stated, CHANGES[view.kind], view, words)
                yield replace(event, at=self._find_change(stated, view.kind))
                for carrier in view.carried_by:
                    if (carrier.published or LATEST) > (stated.published or ""):
                        yield self._make_carried(carrier, EventKind.STILL_CARRIED, view, view.old_words)

    def _find_change(self, stated: Carrier, kind: UpdateKind) -> str | None:
        """Return when a document was changed last, by what it says.

        Else a correction is taken to be as old as its document; a page that was changed was not when it was published.
        """
        reading = self.readings.get(stated.document)
        modified = None if reading is None else reading.document.modified
        if modified is not None and modified.value != stated.published:
            return modified.value
        return stated.published if kind is UpdateKind.CORRECTION else None

    def _make_carried(self, carrier: Carrier, kind: EventKind, view: UpdateView, words: str) -> Event:
        return Event(
            at=carrier.published,
            kind=kind,
            claim=view.claim,
            line=view.line,
            outlet=carrier.outlet,
            document=carrier.document,
            who="",
            words=words,
            title=carrier.title,
        )

    def _make_event(self, telling: TraceTelling, kind: EventKind, found: ClaimFindings, words: str) -> Event:
        return Event(
            at=telling.published,
            kind=kind,
            claim=found.number,
            line=found.claim.line.exact,
            outlet=telling.outlet,
            document=telling.document or "",
            who=telling.source or "",
            words=words,
            title=telling.title,
        )

    def _view_dispute(self, dispute: Dispute) -> DisputeView | None:
        """Return a dispute with its two sides; None where one of them is in no claim of the story."""
        first = self._tell(dispute.first)
        second = self._tell_second(dispute)
        if first is None or second is None:
            return None
        found = self.mentions[dispute.first][1]
        return DisputeView(
            id=dispute.id,
            kind=dispute.kind,
            claim=found.number,
            line=found.claim.line.exact,
            first=first,
            second=second,
            here="" if dispute.here is None else dispute.here.exact,
            there="" if dispute.there is None else dispute.there.exact,
            why=_say_features(dispute.features),
        )

    def _tell_second(self, dispute: Dispute) -> TraceTelling | None:
        """Return what stands against a mention: another mention, or a row that claims nothing."""
        if dispute.second is not None:
            return self._tell(dispute.second)
        found = self._rows.get(dispute.attribution or "")
        return None if found is None else tell_row(*found)

    @cached_property
    def _rows(self) -> dict[str, tuple[Attribution, Reading]]:
        """The rows by id, each with its reading."""
        every = ((row, reading) for reading in self.readings.values() for row in reading.attributions)
        return {row.id: (row, reading) for row, reading in every}

    def _view_update(self, update: Update) -> UpdateView:
        old = None if update.old is None else self._tell(update.old)
        new = None if update.new is None else self._tell(update.new)
        found = next((self.mentions[one][1] for one in (update.new, update.old) if one in self.mentions), None)
        return UpdateView(
            id=update.id,
            kind=update.kind,
            claim=None if found is None else found.number,
            line="" if found is None else found.claim.line.exact,
            old=old,
            new=new,
            old_words=update.old_words,
            new_words=update.new_words,
            stated_in=None if update.stated_in is None else self._make_carrier(update.stated_in),
            carried_by=tuple(self._make_carrier(document) for document in update.carried_by),
            why=_say_features(update.features),
        )

    def _view_drift(self, drift: Drift) -> DriftView | None:
        origin, carrier = self._tell(drift.origin), self._tell(drift.carrier)
        if origin is None or carrier is None:
            return None
        found = self.mentions[drift.carrier][1]
        return DriftView(
            id=drift.id,
            kind=drift.kind,
            claim=found.number,
            line=found.claim.line.exact,
            origin=origin,
            carrier=carrier,
            was=drift.was,
            became=drift.became,
            why=drift.why,
        )

    def _tell(self, mention_id: str) -> TraceTelling | None:
        """Return a mention with its sentence; None where it is in no claim, or its reading is not at hand."""
        if mention_id not in self._tellings:
            held = self.mentions.get(mention_id)
            reading = None if held is None else self.readings.get(held[0].document)
            told = None if held is None or reading is None else make_telling(held[0], reading)
            self._tellings[mention_id] = told
        return self._tellings[mention_id]

    @cached_property
    def _tellings(self) -> dict[str, TraceTelling | None]:
        """What was told by `_tell`: a mention in many disputes has its sentence looked for once."""
        return {}

    def _make_carrier(self, document_id: str) -> Carrier:
        reading = self.readings.get(document_id)
        doc = None if reading is None else reading.document
        return Carrier(
            document=document_id,
            outlet=None if doc is None else doc.outlet,
            title=None if doc is None or doc.title is None else doc.title.exact,
            published=None if doc is None or doc.published is None else doc.published.value,
        )

    def _outlet(self, document_id: str) -> str | None:
        reading = self.readings.get(document_id)
        return None if reading is None else reading.document.outlet


def fold_disputes(views: Iterable[DisputeView]) -> tuple[DisputeView, ...]:
    """Return disputes, those with the same two sides as one: the earliest telling of each side, then the others."""
    groups: dict[tuple[object, ...], list[DisputeView]] = {}
    for view in views:
        turned = _turn(view)
        groups.setdefault(_key_side(turned), []).append(turned)
    folded = []
    for group in groups.values():
        first = sorted({one.first.id: one.first for one in group}.values(), key=_when)
        second = sorted({one.second.id: one.second for one in group}.values(), key=_when)
        best = min(group, key=lambda one: (_when(one.first), _when(one.second)))
        folded.append(
            replace(best, first=first[0], second=second[0], also_first=tuple(first[1:]), also_second=tuple(second[1:]))
        )
    return tuple(sorted(folded, key=lambda view: (view.claim, _when(view.second), view.id)))


def _turn(view: DisputeView) -> DisputeView:
    """Return a dispute of two figures so that equal ones stand the same way round, the smaller words first."""
    if view.kind is not DisputeKind.FIGURES or fold_figure(view.here) <= fold_figure(view.there):
        return view
    return replace(view, first=view.second, second=view.first, here=view.there, there=view.here)


def _key_side(view: DisputeView) -> tuple[object, ...]:
    """Return what two disputes must have in common to have the same sides."""
    if view.kind is DisputeKind.FIGURES:
        return view.claim, view.kind, fold_figure(view.here), fold_figure(view.there)
    words = "" if view.second.words is None else view.second.words.exact.casefold()
    return view.claim, view.kind, (view.second.source or "").casefold(), words


def _when(telling: TraceTelling) -> tuple[str, str]:
    return telling.published or LATEST, telling.id


def _say_features(features: Iterable[WeighedFeature]) -> tuple[str, ...]:
    return tuple(feature.why for feature in features)
