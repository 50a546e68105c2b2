"""How well composed copies are found: recall by overlap and edit, precision, and how well the stretches fit.

All articles and copies go into one index, in random order, so that a fingerprint is as common as it would be in a case.
What is judged are pairs of a copy and an original. A pair is right if the copy was made of it; a pair of another
original may still share text in truth, with the host or with the original that was copied: then it is no mistake. That
is decided by the labelling guide's own counting (`reuse_texts.shared`: equal runs of 8 words, which knows nothing of
fingerprints), twice: strictly, as a mistake unless 16 words are shared, and as the guide has it, one run of 8.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.bench.composed_copies import EDITS, OVERLAPS, SEED, Copy
from sayso.bench.rival import INTERPRETER_VARIABLE, LIMIT_S
from sayso.bench.shares import Share, is_seen
from sayso.corroborate.candidates import Index
from sayso.corroborate.reuse import compare_sides, open_side
from sayso.ids import document_id
from sayso.records import Document, ReuseExtent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sayso.bench.corpora import Article
    from sayso.corroborate.sides import Side
    from sayso.records import Reuse

    Pairs = set[tuple[int, int]]
    CountShared = Callable[[str, str], tuple[int, int]]

CHILD = Path(__file__).with_name("copies_child.py")
HALVES = ("looked at", "unseen")
STRICT_WORDS, GUIDE_WORDS = 16, 8
FITTING = 0.9


@dataclass(slots=True)
class Found:
    """What one method found.

    Attributes:
        method: Its name.
        pairs: Numbers of a copy and of an original.
        articles_per_second: Articles and copies, by CPU time.
        skipped: Why it was not run; None where it was.
    """

    method: str
    pairs: Pairs = field(default_factory=set)
    articles_per_second: float = 0.0
    skipped: str | None = None


@dataclass(slots=True)
class Fit:
    """How the stretches fit what was copied, counted in copies.

    Attributes:
        copies: Copies whose original was among their candidates.
        covered: Of them, those of which nine tenths of the characters that were copied are in a stretch.
        tight: Of them, those of whose stretches' characters nine tenths were copied.
    """

    copies: int = 0
    covered: int = 0
    tight: int = 0


def make_document(name: str, text: str) -> Document:
    """Return a text as a document without any dates or outlets."""
    return Document(id=document_id(text=text, outlet=None, published=name), name=name, text=text)


def search(originals: Sequence[Article], copies: Sequence[Copy]) -> tuple[Found, Found, Fit]:
    """Return what the index finds, what is left after comparing, and how the stretches fit."""
    documents = [make_document(original.name, original.text) for original in originals]
    documents += [make_document(copy.name, copy.text) for copy in copies]
    order = list(range(len(documents)))
    random.Random(SEED).shuffle(order)  # noqa: S311 - no secret
    numbers = {document.id: number for number, document in enumerate(documents)}
    begin = time.process_time()
    index = Index()
    found = {number: index.add(documents[number]) for number in order}
    seconds = time.process_time() - begin
    met = {
        (number, numbers[twin])
        for number, candidates in found.items()
        for candidate in candidates
        for twin in (candidate.document, *index.find_twins(candidate.document))
    }
    count = len(originals)
    pairs = {(max(pair) - count, min(pair)) for pair in met if min(pair) < count <= max(pair)}
    candidates = Found("sayso, candidates", pairs, len(documents) / seconds)
    begin = time.process_time()
    sides = [open_side(document) for document in documents]
    fit, kept = compare(pairs, copies, sides, originals)
    seconds += time.process_time() - begin
    return candidates, Found("sayso, edges", kept, len(documents) / seconds), fit


def compare(
    pairs: Iterable[tuple[int, int]], copies: Sequence[Copy], sides: Sequence[Side], originals: Sequence[Article]
) -> tuple[Fit, Pairs]:
    """Return how the stretches fit, and the pairs that share more than phrases."""
    fit, kept = Fit(), set()
    for copy_number, number in sorted(pairs):
        one, copy = sides[len(originals) + copy_number], copies[copy_number]
        edges = compare_sides(one, sides[number])
        if any(edge.extent is not ReuseExtent.PHRASES for edge in edges):
            kept.add((copy_number, number))
        if originals[number].name == copy.original:
            add_fit(fit, copy, one, edges)
    return fit, kept


def add_fit(fit: Fit, copy: Copy, side: Side, edges: Iterable[Reuse]) -> None:
    """Add how the stretches of one copy fit in the copy itself."""
    right = found = 0
    for edge in edges:
        is_here = edge.document == side.document.id
        for stretch in edge.stretches:
            span = stretch.here if is_here else stretch.there
            right += max(0, min(span.end, copy.here[1]) - max(span.start, copy.here[0]))
            found += span.end - span.start
    fit.copies += 1
    fit.covered += right >= FITTING * (copy.here[1] - copy.here[0])
    fit.tight += right >= FITTING * found > 0


def ask_rivals(originals: Sequence[Article], copies: Sequence[Copy]) -> Iterator[Found]:
    """Yield what rensa and datasketch find on the same copies."""
    interpreter = os.environ.get(INTERPRETER_VARIABLE) or sys.executable
    given = {"texts": [original.text for original in originals], "asked": [copy.text for copy in copies]}
    try:
        done = subprocess.run(  # noqa: S603 (our own program, by the interpreter that the caller chose)
            [interpreter, str(CHILD)],
            input=json.dumps(given).encode(),
            capture_output=True,
            timeout=LIMIT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        yield Found("rensa, datasketch", skipped=str(error))
        return
    for line in done.stdout.decode().splitlines():
        answer = json.loads(line)
        if "skipped" in answer:
            yield Found(answer["method"], skipped=answer["skipped"])
            continue
        pairs = {(place, number) for place, number in answer["pairs"]}
        speed = (len(originals) + len(copies)) / answer["seconds"]
        yield Found(f"{answer['method']} {answer['version']}", pairs, speed)


def judge_pairs(
    pairs: Pairs, originals: Sequence[Article], copies: Sequence[Copy], count_shared: CountShared
) -> list[Share]:
    """Return the precision of pairs: as composed, strictly corrected, and corrected as the guide counts."""
    right = {pair for pair in pairs if originals[pair[1]].name == copies[pair[0]].original}
    shared = {pair: sum(count_shared(copies[pair[0]].text, originals[pair[1]].text)) for pair in sorted(pairs - right)}
    return [
        Share(of="precision, as composed", right=len(right), n=len(pairs)),
        *(
            Share(
                of=f"precision, corrected: {words} words shared in truth are no mistake",
                right=len(right) + sum(count >= words for count in shared.values()),
                n=len(pairs),
            )
            for words in (STRICT_WORDS, GUIDE_WORDS)
        ),
    ]


def measure_recall(pairs: Pairs, originals: Sequence[Article], copies: Sequence[Copy]) -> Iterator[Share]:
    """Yield the share of copies that were found with their original, by edit, overlap and half."""
    numbers = {original.name: number for number, original in enumerate(originals)}
    for edit in EDITS:
        for overlap in OVERLAPS:
            for half in HALVES:
                asked = [
                    (place, numbers[copy.original])
                    for place, copy in enumerate(copies)
                    if (copy.edit, copy.overlap) == (edit, overlap)
                    and HALVES[0 if is_seen(copy.original) else 1] == half
                ]
                words = f"{edit:.0%} edited, {overlap:.0%} overlap, {half}"
                yield Share(of=words, right=sum(pair in pairs for pair in asked), n=len(asked))


def print_found(found: Found, originals: Sequence[Article], copies: Sequence[Copy], count_shared: CountShared) -> None:
    """Print one method's figures."""
    if found.skipped is not None:
        print(f"\nSKIPPED: {found.method} ({found.skipped.splitlines()[-1]})")
        return
    print(f"\n{found.method}: {found.articles_per_second:,.0f} articles a second (CPU)")
    for share in (
        *measure_recall(found.pairs, originals, copies),
        *judge_pairs(found.pairs, originals, copies, count_shared),
    ):
        print(share)
