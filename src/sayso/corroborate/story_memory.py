"""What the index of stories remembers of documents, terms and stories; here in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from sayso.corroborate.story_vectors import Vocabulary, list_terms, make_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.corroborate.rarity import Rarity
    from sayso.corroborate.story_marks import StoryMarks
    from sayso.corroborate.story_vectors import ArticleVectors

# A document is looked for by so many of its rarest terms; of each term the latest so many documents are remembered.
PROBES, POSTINGS = 40, 200
NO_STORY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """A document as it is compared.

    Attributes:
        document: Its id.
        day: When it was published, in days; None where that is not known.
        vectors: Its terms, weighed as they were when it was added.
    """

    document: str
    day: float | None
    vectors: ArticleVectors


@dataclass(frozen=True, slots=True, eq=False)
class TermsHeld:
    """The terms of a document by number, each once.

    Attributes:
        counted: Those that count for how rare a term is.
        others: Those that only its vectors have.
    """

    counted: NDArray[np.int64]
    others: NDArray[np.int64]


class Likelihoods(NamedTuple):
    """How likely it is that a document and each of some earlier ones tell of the same event.

    Attributes:
        others: Numbers of the earlier ones.
        values: The probability for each.
    """

    others: NDArray[np.int64]
    values: NDArray[np.float64]


class StoryMemory(Protocol):
    """What is remembered of documents, terms and stories, each by its number. No number is given a second time."""

    def count(self) -> int:
        """Return how many documents there are."""
        ...

    def count_terms(self) -> int:
        """Return the number that the next new term gets: all are below it."""
        ...

    def weigh(self, marks: StoryMarks) -> tuple[ArticleVectors, TermsHeld]:
        """Count a document's terms and return them weighed."""
        ...

    def enter(self, article: Article, terms: TermsHeld) -> int:
        """Enter a document whose terms were counted; return its number, the highest so far. It has no story yet."""
        ...

    def forget(self, number: int) -> None:
        """Forget a document and all that is there of it alone, but its place in the list of its story's members."""
        ...

    def find_number(self, document: str) -> int | None:
        """Return a document's number; None where it is not there."""
        ...

    def find_articles(self, numbers: Iterable[int]) -> Mapping[int, Article]:
        """Return documents that must be there."""
        ...

    def find_postings(self, terms: Iterable[int]) -> Mapping[int, NDArray[np.int64]]:
        """Return for terms the latest documents that are looked for by them, in order; some may have gone."""
        ...

    def find_stories(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the stories of documents, `NO_STORY` for those without one."""
        ...

    def find_members(self, stories: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return the documents of stories, in order of number; stories that are no more are left out."""
        ...

    def list_stories(self) -> Sequence[int]:
        """Return all stories. All documents are gone through."""
        ...

    def find_likelihoods(self, numbers: Iterable[int]) -> Mapping[int, Likelihoods]:
        """Return for documents how likely each earlier one is of the same event; those without are left out."""
        ...

    def keep_likelihoods(self, number: int, likelihoods: Likelihoods) -> None:
        """Keep how likely it is that a document and each of some earlier ones tell of the same event."""
        ...

    def number_stories(self, count: int) -> range:
        """Return numbers for so many new stories."""
        ...

    def keep_stories(self, members: Mapping[int, Sequence[int]], moved: Mapping[int, int]) -> None:
        """Keep which documents stories have, none for one that is no more, and the stories of documents that moved."""
        ...

    def find_words(self, terms: Iterable[int]) -> Mapping[int, str]:
        """Return terms by number."""
        ...


class StoriesInMemory:
    """All of it in memory, for corpora."""

    def __init__(self, rarity: Rarity) -> None:
        """Start with no document.

        Args:
            rarity: How rare terms are before any document is seen.
        """
        self._rarity = rarity
        self._vocabulary = Vocabulary()
        self._numbers: dict[str, int] = {}
        self._articles: dict[int, Article] = {}
        self._terms: dict[int, NDArray[np.int64]] = {}
        self._likelihoods: dict[int, Likelihoods] = {}
        self._postings: dict[int, list[int]] = {}
        self._story_of = np.full(1 << 10, NO_STORY, dtype=np.int64)
        self._members: dict[int, Sequence[int]] = {}
        self._next, self._next_story = 0, 0

    def count(self) -> int:
        """Return how many documents there are."""
        return len(self._numbers)

    def count_terms(self) -> int:
        """Return the number that the next new term gets: all are below it."""
        return len(self._vocabulary)

    def weigh(self, marks: StoryMarks) -> tuple[ArticleVectors, TermsHeld]:
        """Count a document's terms and return them weighed."""
        terms = dict.fromkeys(list_terms(marks))
        self._rarity.count(terms)
        vectors = make_vectors(marks, self._rarity, self._vocabulary)
        counted = np.fromiter(map(self._vocabulary.number, terms), dtype=np.int64)
        return vectors, TermsHeld(counted, np.zeros(0, dtype=np.int64))

    def enter(self, article: Article, terms: TermsHeld) -> int:
        """Enter a document whose terms were counted; return its number, the highest so far. It has no story yet."""
        number, self._next = self._next, self._next + 1
        if number == len(self._story_of):
            self._story_of = np.concatenate([self._story_of, np.full(number, NO_STORY)])
        self._numbers[article.document] = number
        self._articles[number], self._terms[number] = article, terms.counted
        for term in list_probes(article.vectors):
            posting = self._postings.setdefault(term, [])
            posting.append(number)
            if len(posting) > POSTINGS:
                del posting[0]
        return number

    def forget(self, number: int) -> None:
        """Forget a document and all that is there of it alone, but its place in the list of its story's members."""
        article = self._articles.pop(number)
        self._rarity.discount(self.find_words(self._terms.pop(number).tolist()).values())
        for term in list_probes(article.vectors):
            if number in self._postings[term]:
                self._postings[term].remove(number)
        del self._numbers[article.document]
        self._likelihoods.pop(number, None)
        self._story_of[number] = NO_STORY

    def find_number(self, document: str) -> int | None:
        """Return a document's number; None where it is not there."""
        return self._numbers.get(document)

    def find_articles(self, numbers: Iterable[int]) -> Mapping[int, Article]:
        """Return documents that must be there."""
        return {number: self._articles[number] for number in numbers}

    def find_postings(self, terms: Iterable[int]) -> Mapping[int, NDArray[np.int64]]:
        """Return for terms the latest documents that are looked for by them, in order; some may have gone."""
        return {term: np.array(self._postings[term], dtype=np.int64) for term in terms if term in self._postings}

    def find_stories(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the stories of documents, `NO_STORY` for those without one."""
        return self._story_of[numbers]

    def find_members(self, stories: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return the documents of stories, in order of number; stories that are no more are left out."""
        return {story: self._members[story] for story in stories if story in self._members}

    def list_stories(self) -> Sequence[int]:
        """Return all stories."""
        return sorted(self._members)

    def find_likelihoods(self, numbers: Iterable[int]) -> Mapping[int, Likelihoods]:
        """Return for documents how likely each earlier one is of the same event; those without are left out."""
        return {number: self._likelihoods[number] for number in numbers if number in self._likelihoods}

    def keep_likelihoods(self, number: int, likelihoods: Likelihoods) -> None:
        """Keep how likely it is that a document and each of some earlier ones tell of the same event."""
        if len(likelihoods.others):
            self._likelihoods[number] = likelihoods

    def number_stories(self, count: int) -> range:
        """Return numbers for so many new stories."""
        self._next_story += count
        return range(self._next_story - count, self._next_story)

    def keep_stories(self, members: Mapping[int, Sequence[int]], moved: Mapping[int, int]) -> None:
        """Keep which documents stories have, none for one that is no more, and the stories of documents that moved."""
        for story, numbers in members.items():
            if numbers:
                self._members[story] = numbers
            else:
                self._members.pop(story, None)
        for number, story in moved.items():
            self._story_of[number] = story

    def find_words(self, terms: Iterable[int]) -> Mapping[int, str]:
        """Return terms by number."""
        return {term: self._vocabulary.terms[term] for term in terms}


def list_probes(vectors: ArticleVectors) -> list[int]:
    """Return the terms that a document is looked for by: its rarest words and names, each once."""
    return list(dict.fromkeys([*vectors.names.terms[:PROBES].tolist(), *vectors.terms.terms[:PROBES].tolist()]))
