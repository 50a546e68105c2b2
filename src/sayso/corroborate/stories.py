"""Which documents tell of the same event: sparse words, names and time, one document after the other.

A new document is held against the stories that share its rarest terms. With those stories' documents it is grouped
anew, so that a story falls apart, or two become one, when a document shows it. A story that has grown large is from
then on one unit and no longer falls apart. The cost of one document does not grow with how many there are, nor, but
for writing down who belongs to it, with how large a story is.

Source: sparse vectors with names and time, clustered online, are as good as dense ones within a language (Linger and
Hajaiej, 2020); average linkage over learned likeness, as in Miranda and others (EMNLP 2018).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.corroborate.likeness import compute_features, to_probability, weigh_days_apart, weigh_features
from sayso.corroborate.linkage import link_average, take_in_stragglers
from sayso.corroborate.rarity import Rarity
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.story_marks import mark_document
from sayso.corroborate.story_memory import NO_STORY, PROBES, Article, Likelihoods, StoriesInMemory, list_probes
from sayso.corroborate.story_packing import WHAT
from sayso.corroborate.story_shelves import ShelvedStories
from sayso.corroborate.story_vectors import Board
from sayso.errors import DamagedRecord, NotInCase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.corroborate.shelves import Shelves
    from sayso.corroborate.story_marks import StoryMarks
    from sayso.corroborate.story_memory import StoryMemory
    from sayso.corroborate.story_vectors import ArticleVectors
    from sayso.records import Document

# A document is held against so many stories, and of each against so many documents, the latest.
STORIES_COMPARED, DOCUMENTS_COMPARED = 8, 24
# A story of more documents is one unit when stories are grouped anew.
WHOLE_FROM = 32
# Likelihoods below this are taken for nought and not kept.
LEAST_KEPT = 0.02
NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """What became of the stories when a document came or went. Stories keep their numbers as far as they can.

    Attributes:
        gone: Numbers of stories that are no more.
        changed: Numbers of stories that are new or have other documents than before.
    """

    gone: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


class StoryIndex:
    """Documents grouped by the event that they tell of, one added after the other: in memory or on shelves."""

    def __init__(
        self,
        common_words: Sequence[str] = (),
        *,
        weights: Mapping[str, float] | None = None,
        shelves: Shelves | None = None,
    ) -> None:
        """Start with no document, or go on with those that shelves hold.

        Args:
            common_words: Words of the language, the commonest first: how rare a word is before any document is seen.
            weights: What each feature weighs; None for the rules.
            shelves: Where all is kept; None for an index that lives as long as the process.
        """
        self.weights = weights or load_rules("story_weights")["weights"]
        rarity = Rarity(common_words, common_figures=True)
        self.memory: StoryMemory = StoriesInMemory(rarity) if shelves is None else ShelvedStories(shelves, rarity)
        self._board = Board()

    def __len__(self) -> int:
        """Return how many documents there are."""
        return self.memory.count()

    def add(self, doc: Document) -> StoryChange:
        """Add a document, and group anew those that it bears on. One that is there already changes nothing."""
        if self.memory.find_number(doc.id) is not None:
            return StoryChange()
        return self.add_marks(doc.id, mark_document(doc), day=find_day(doc))

    def add_marks(self, document: str, marks: StoryMarks, *, day: float | None = None) -> StoryChange:
        """Add what was marked of a document, and return what stories changed.

        Args:
            document: Its id, a new one.
            marks: What of it tells its event.
            day: When it was published, in days; None where that is not known.
        """
        vectors, terms = self.memory.weigh(marks)
        article = Article(document, day, vectors)
        members = self.memory.find_members(self._find_stories(vectors))
        number = self.memory.enter(article, terms)
        compared = [member for some in members.values() for member in some[-DOCUMENTS_COMPARED:]]
        likely = self._compare(article, compared)
        self.memory.keep_likelihoods(number, likely)
        likely_ones = set(likely.others.tolist())
        near = {
            story: some for story, some in members.items() if not likely_ones.isdisjoint(some[-DOCUMENTS_COMPARED:])
        }
        return self._group(near, new=number)

    def remove(self, document: str) -> StoryChange:
        """Forget a document, group its story anew from the rest, and return what stories changed.

        One that is not there changes nothing. Of the documents that were compared with it some keep how likely it was
        that its number told of their event; that number is never given again.
        """
        number = self.memory.find_number(document)
        if number is None:
            return StoryChange()
        story = self._need_story(number)
        rest = [member for member in self.memory.find_members([story]).get(story, ()) if member != number]
        self.memory.forget(number)
        if rest:
            return self._group({story: rest}, is_less=True)
        self.memory.keep_stories({story: ()}, {})
        return StoryChange(gone=(story,))

    def story_of(self, document: str) -> int:
        """Return the number of a document's story, which holds until the next one is added or removed.

        Raises:
            NotInCase: The document was not added.
        """
        number = self.memory.find_number(document)
        if number is None:
            raise NotInCase(what="article", given=document)
        return self._need_story(number)

    def weigh_pair(self, one: Article, other: Article) -> tuple[NDArray[np.float64], float]:
        """Return the features of two documents, and what their days apart add to the log-odds."""
        features = compute_features(one.vectors, [other.vectors], self._board, self.memory.count_terms())[0]
        return features, weigh_days_apart(measure_days(one, other))

    def _need_story(self, number: int) -> int:
        """Return the story of a document that must have one."""
        story = int(self.memory.find_stories(np.array([number]))[0])
        if story == NO_STORY:
            raise DamagedRecord(WHAT)
        return story

    def _find_stories(self, vectors: ArticleVectors) -> list[int]:
        """Return the stories that share the document's rarest terms, the likeliest first."""
        postings = self.memory.find_postings(list_probes(vectors))
        probes = [(vector.terms[:PROBES], vector.weights[:PROBES]) for vector in (vectors.names, vectors.terms)]
        weights = np.concatenate([weights for _, weights in probes]).astype(np.float64)
        found = [postings.get(term, NONE) for terms, _ in probes for term in terms.tolist()]
        place = np.repeat(np.arange(len(found)), [len(posting) for posting in found])
        story = self.memory.find_stories(np.concatenate([NONE, *found]))
        is_known = story != NO_STORY
        place, story = place[is_known], story[is_known]
        if not len(story):
            return []
        # Each story once for each term.
        size = int(story.max()) + 1
        place, story = np.divmod(np.unique(place * size + story), size)
        stories, which = np.unique(story, return_inverse=True)
        scores = np.bincount(which, weights[place] ** 2)
        best: list[int] = stories[np.lexsort((stories, -scores))[:STORIES_COMPARED]].tolist()
        return best

    def _compare(self, article: Article, others: Sequence[int]) -> Likelihoods:
        """Return how likely it is that a document and each of the others tell of the same event."""
        if not others:
            return Likelihoods(NONE, np.zeros(0))
        articles = self.memory.find_articles(others)
        vectors = [articles[other].vectors for other in others]
        features = compute_features(article.vectors, vectors, self._board, self.memory.count_terms())
        apart = np.array([weigh_days_apart(measure_days(article, articles[other])) for other in others])
        found = to_probability(weigh_features(features, self.weights) + apart)
        kept = found >= LEAST_KEPT
        return Likelihoods(np.array(others)[kept], found[kept])

    def _group(
        self, before: Mapping[int, Sequence[int]], *, new: int | None = None, is_less: bool = False
    ) -> StoryChange:
        """Group the documents of some stories anew; a large story stays one unit.

        Args:
            before: The documents of these stories.
            new: A document that comes to them.
            is_less: They have one less than they had.
        """
        units: list[tuple[Sequence[int], int | None]] = [] if new is None else [([new], None)]
        for story, members in before.items():
            pieces = [members] if len(members) > WHOLE_FROM else [[member] for member in members]
            units.extend((piece, story) for piece in pieces)
        units.sort(key=lambda unit: unit[0][0])
        groups = self._link([unit for unit, _ in units])
        number_of = self._number_groups(groups, units)
        kept: dict[int, Sequence[int]] = dict.fromkeys(before, ())
        moved: dict[int, int] = {}
        for group, story in zip(groups, number_of, strict=True):
            kept[story] = sorted(member for unit in group for member in units[unit][0])
            moved.update((member, story) for unit in group if units[unit][1] != story for member in units[unit][0])
        written = {
            story: members
            for story, members in kept.items()
            if is_less
            or story not in before
            or not members
            or len(members) != len(before[story])
            or any(member in moved for member in members)
        }
        self.memory.keep_stories(written, moved)
        return StoryChange(
            gone=tuple(sorted(story for story, members in written.items() if not members)),
            changed=tuple(sorted(story for story, members in written.items() if members)),
        )

    def _number_groups(
        self, groups: Sequence[Sequence[int]], units: Sequence[tuple[Sequence[int], int | None]]
    ) -> list[int]:
        """Return a story's number for each group: that of the story that most of it comes from, or a new one."""
        votes: Counter[tuple[int, int]] = Counter()
        for place, group in enumerate(groups):
            for members, story in (units[unit] for unit in group):
                if story is not None:
                    votes[story, place] += len(members)
        numbers: dict[int, int] = {}
        for (story, place), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            if place not in numbers and story not in numbers.values():
                numbers[place] = story
        fresh = iter(self.memory.number_stories(len(groups) - len(numbers)) if len(groups) > len(numbers) else ())
        return [numbers[place] if place in numbers else next(fresh) for place in range(len(groups))]

    def _link(self, units: Sequence[Sequence[int]]) -> list[list[int]]:
        """Return units by number as groups."""
        if len(units) == 1:
            return [[0]]
        sizes = [len(unit) for unit in units]
        matrix = self._tabulate(units)
        rules = load_rules("story_weights")["link"]
        return take_in_stragglers(
            link_average(matrix, sizes, rules["threshold"]),
            matrix,
            sizes,
            most=rules["straggler_articles"],
            nearest=rules["straggler_nearest"],
            threshold=rules["straggler_threshold"],
            lead=rules["straggler_lead"],
        )

    def _tabulate(self, units: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Return the mean likelihood between units, shape ``(n, n)``; of a large one its latest documents count."""
        place = {member: i for i, unit in enumerate(units) for member in unit[-DOCUMENTS_COMPARED:]}
        counts = np.array([min(len(unit), DOCUMENTS_COMPARED) for unit in units], dtype=np.float64)
        held = self.memory.find_likelihoods(place)
        known = np.array(sorted(place))
        unit_of = np.array([place[member] for member in known.tolist()])
        others = np.concatenate([NONE, *(likely.others for likely in held.values())])
        values = np.concatenate([np.zeros(0), *(likely.values for likely in held.values())])
        units_held = np.array([place[member] for member in held], dtype=np.int64)
        one = np.repeat(units_held, [len(likely.others) for likely in held.values()])
        at = np.minimum(np.searchsorted(known, others), len(known) - 1)
        other = unit_of[at]
        kept = (known[at] == others) & (one != other)
        low, high = np.minimum(one, other)[kept], np.maximum(one, other)[kept]
        half = np.bincount(low * len(units) + high, values[kept], minlength=len(units) ** 2)
        matrix = half.reshape(len(units), len(units))
        result: NDArray[np.float64] = (matrix + matrix.T) / np.outer(counts, counts)
        return result


def measure_days(one: Article, other: Article) -> float | None:
    """Return how many days lie between two publications; None where one is not known."""
    return None if one.day is None or other.day is None else abs(one.day - other.day)


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
