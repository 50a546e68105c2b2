"""Which documents tell of the same event: sparse words, names and time, one document after the other.

A new document is held against the stories that share its rarest terms. With those stories' documents it is grouped
anew, so that a story falls apart, or two become one, when a document shows it. A story that has grown large is from
then on one unit and no longer falls apart. The cost of one document does not grow with how many there are.

Source: sparse vectors with names and time, clustered online, are as good as dense ones within a language (Linger and
Hajaiej, 2020); average linkage over learned likeness, as in Miranda and others (EMNLP 2018).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from sayso.corroborate.likeness import compute_features, to_probability, weigh_days_apart, weigh_features
from sayso.corroborate.linkage import link_average, take_in_stragglers
from sayso.corroborate.rarity import Rarity
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.story_marks import mark_document
from sayso.corroborate.story_vectors import Board, Vocabulary, list_terms, make_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.corroborate.story_marks import StoryMarks
    from sayso.corroborate.story_vectors import ArticleVectors
    from sayso.records import Document

# A document is looked for by so many of its rarest terms; of each term the latest so many documents are looked at.
PROBES, POSTINGS = 40, 200
# It is held against so many stories, and of each against so many documents, the latest.
STORIES_COMPARED, DOCUMENTS_COMPARED = 8, 24
# A story of more documents is one unit when stories are grouped anew.
WHOLE_FROM = 32
# Likelihoods below this are taken for nought and not kept.
LEAST_KEPT = 0.02


class StoryIndex:
    """Documents grouped by the event that they tell of, one added after the other."""

    def __init__(self, common_words: Sequence[str] = (), *, weights: Mapping[str, float] | None = None) -> None:
        """Start with no document.

        Args:
            common_words: Words of the language, the commonest first: how rare a word is before any document is seen.
            weights: What each feature weighs; None for the rules.
        """
        self.weights = weights or load_rules("story_weights")["weights"]
        self.rarity = Rarity(common_words, common_figures=True)
        self.vocabulary = Vocabulary()
        self.ids: list[str] = []
        self.days: list[float | None] = []
        self.vectors: list[ArticleVectors] = []
        self.members: dict[int, list[int]] = {}
        self.likelihoods: list[dict[int, float]] = []
        self._story_of: list[int] = []
        self._numbers: dict[str, int] = {}
        self._postings: dict[int, list[int]] = {}
        self._board = Board()
        self._next_story = 0

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self.ids)

    def add(self, doc: Document) -> None:
        """Add a document, and group anew those that it bears on. One that is there already changes nothing."""
        if doc.id not in self._numbers:
            self.add_marks(doc.id, mark_document(doc), day=find_day(doc))

    def add_marks(self, document: str, marks: StoryMarks, *, day: float | None = None) -> None:
        """Add what was marked of a document.

        Args:
            document: Its id, a new one.
            marks: What of it tells its event.
            day: When it was published, in days; None where that is not known.
        """
        self.rarity.count(list_terms(marks))
        article = make_vectors(marks, self.rarity, self.vocabulary)
        found = self._find_stories(article)
        number = self._enter(document, article, day)
        compared = [member for story in found for member in self.members[story][-DOCUMENTS_COMPARED:]]
        self._compare(number, compared)
        near = [story for story in found if any(m in self.likelihoods[number] for m in self.members[story])]
        self._group([*near, self._story_of[number]])

    def story_of(self, document: str) -> int:
        """Return the number of a document's story, which holds until the next one is added."""
        return self._story_of[self._numbers[document]]

    def key_of(self, document: str) -> tuple[float, int]:
        """Return what puts documents in order: the day of publication, those without one last; then as they came."""
        number = self._numbers[document]
        day = self.days[number]
        return float("inf") if day is None else day, number

    def weigh_pair(self, one: int, other: int) -> tuple[NDArray[np.float64], float]:
        """Return the features of two documents, by their numbers, and what their days apart add to the log-odds."""
        features = compute_features(self.vectors[one], [self.vectors[other]], self._board, len(self.vocabulary))[0]
        return features, weigh_days_apart(self._days_apart(one, other))

    def likelihood(self, one: int, other: int) -> float:
        """Return the probability that two documents tell of the same event; 0 where they were never compared."""
        return self.likelihoods[max(one, other)].get(min(one, other), 0.0)

    def _days_apart(self, one: int, other: int) -> float | None:
        """Return how many days lie between two publications; None where one is not known."""
        here, there = self.days[one], self.days[other]
        return None if here is None or there is None else abs(here - there)

    def _find_stories(self, article: ArticleVectors) -> list[int]:
        """Return the stories that share the article's rarest terms, the likeliest first."""
        scores: Counter[int] = Counter()
        for vector in (article.names, article.terms):
            for term, weight in zip(vector.terms[:PROBES].tolist(), vector.weights[:PROBES].tolist(), strict=True):
                stories = {self._story_of[number] for number in self._postings.get(term, ())[-POSTINGS:]}
                for story in stories:
                    scores[story] += weight * weight
        return [story for story, _ in sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:STORIES_COMPARED]]

    def _enter(self, document: str, article: ArticleVectors, day: float | None) -> int:
        """Enter a document as a story of its own and return its number."""
        number = len(self.ids)
        self.ids.append(document)
        self.days.append(day)
        self.vectors.append(article)
        self.likelihoods.append({})
        self._numbers[document] = number
        self._story_of.append(self._next_story)
        self.members[self._next_story] = [number]
        self._next_story += 1
        for term in {*article.names.terms[:PROBES].tolist(), *article.terms.terms[:PROBES].tolist()}:
            posting = self._postings.setdefault(term, [])
            posting.append(number)
            if len(posting) > 2 * POSTINGS:
                del posting[:POSTINGS]
        return number

    def _compare(self, number: int, others: Sequence[int]) -> None:
        """Keep how likely it is that a document and each of the others tell of the same event."""
        if not others:
            return
        vectors = [self.vectors[other] for other in others]
        features = compute_features(self.vectors[number], vectors, self._board, len(self.vocabulary))
        apart = np.array([weigh_days_apart(self._days_apart(number, other)) for other in others])
        found = to_probability(weigh_features(features, self.weights) + apart)
        pairs = zip(others, found.tolist(), strict=True)
        self.likelihoods[number] = {other: value for other, value in pairs if value >= LEAST_KEPT}

    def _group(self, stories: Sequence[int]) -> None:
        """Group the documents of some stories anew; a large story stays one unit."""
        if len(stories) == 1:
            return
        units: list[list[int]] = []
        for story in sorted(stories):
            members = self.members[story]
            units.extend([members] if len(members) > WHOLE_FROM else [[member] for member in members])
        units.sort(key=lambda unit: unit[0])
        sizes = [len(unit) for unit in units]
        matrix = self._tabulate(units)
        rules = load_rules("story_weights")["link"]
        groups = take_in_stragglers(
            link_average(matrix, sizes, rules["threshold"]),
            matrix,
            sizes,
            most=rules["straggler_articles"],
            nearest=rules["straggler_nearest"],
            threshold=rules["straggler_threshold"],
            lead=rules["straggler_lead"],
        )
        for story in stories:
            del self.members[story]
        for group in groups:
            members = sorted(member for unit in group for member in units[unit])
            self.members[self._next_story] = members
            for member in members:
                self._story_of[member] = self._next_story
            self._next_story += 1

    def _tabulate(self, units: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Return the mean likelihood between units, shape ``(n, n)``; of a large one its latest documents count."""
        place = {member: i for i, unit in enumerate(units) for member in unit[-DOCUMENTS_COMPARED:]}
        counts = np.array([min(len(unit), DOCUMENTS_COMPARED) for unit in units], dtype=np.float64)
        matrix = np.zeros((len(units), len(units)))
        for member, i in place.items():
            for other, value in self.likelihoods[member].items():
                j = place.get(other)
                if j is not None and j != i:
                    matrix[i, j] += value
                    matrix[j, i] += value
        result: NDArray[np.float64] = matrix / np.outer(counts, counts)
        return result


def find_day(doc: Document) -> float | None:
    """Return the day on which a document was published, counted from year 1; None where it does not say."""
    if doc.published is None:
        return None
    try:
        return float(dt.date.fromisoformat(doc.published.value[:10]).toordinal())
    except ValueError:
        return None


def index_documents(documents: Iterable[Document], common_words: Sequence[str] = ()) -> StoryIndex:
    """Return an index of all documents, added in their order."""
    index = StoryIndex(common_words)
    for doc in documents:
        index.add(doc)
    return index
