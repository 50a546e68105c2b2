"""What the index of stories remembers, on shelves: for a case that is never in memory as a whole."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from sayso.corroborate.packing import (
    MAX_BYTES,
    load_counters,
    need,
    pack_key,
    pack_number,
    pack_numbers,
    pack_text,
    save_counters,
    unpack_number,
    unpack_numbers,
    unpack_struct,
    unpack_text,
)
from sayso.corroborate.story_memory import NO_STORY, POSTINGS, TermsHeld, list_probes
from sayso.corroborate.story_packing import (
    WHAT,
    pack_article,
    pack_likelihoods,
    renumber,
    unpack_article,
    unpack_likelihoods,
)
from sayso.corroborate.story_vectors import Vocabulary, list_terms, make_vectors
from sayso.errors import DamagedRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.corroborate.rarity import Rarity
    from sayso.corroborate.shelves import Shelves
    from sayso.corroborate.story_marks import StoryMarks
    from sayso.corroborate.story_memory import Article, Likelihoods
    from sayso.corroborate.story_vectors import ArticleVectors

# Documents by id; their vectors, terms and likelihoods by number; their stories, a page of numbers at a time.
NUMBERS, ARTICLES, TERMS, LIKELIHOODS, STORY_OF = (
    f"stories.{name}" for name in ("ids", "documents", "terms", "likelihoods", "story")
)
# Terms with their counts, terms by number, documents by term, documents by story, and the counters.
COUNTS, WORDS, POSTED, MEMBERS, COUNTERS = (
    f"stories.{name}" for name in ("counts", "words", "postings", "members", "counters")
)
# How many documents there are; the next document, story and term.
COUNTERS_FORM = struct.Struct("<IIII")
# Number of a term, in how many documents it counts, and how many have it at all.
TERM_FORM = struct.Struct("<III")
# How many of a document's terms count; all of them follow.
COUNTED_BYTES = 4
# Stories of so many documents lie on one page. A page is small enough not to be split by SQLite.
PAGE = 224
PAGES_AT_ONCE = 256


class ShelvedStories:
    """What is remembered of documents, terms and stories, on shelves."""

    def __init__(self, shelves: Shelves, rarity: Rarity) -> None:
        """Work on these shelves.

        Args:
            shelves: Where all is kept.
            rarity: How rare terms are before any document is seen.
        """
        self._shelves = shelves
        self._rarity = rarity

    def count(self) -> int:
        """Return how many documents there are."""
        return self._load()[0]

    def count_terms(self) -> int:
        """Return the number that the next new term gets: all are below it."""
        return self._load()[3]

    def weigh(self, marks: StoryMarks) -> tuple[ArticleVectors, TermsHeld]:
        """Count a document's terms and return them weighed."""
        words = dict.fromkeys(list_terms(marks))
        held = self._find_terms(words)
        documents, following, story, term = self._load()
        self._rarity.recall({word: (held[word][1] if word in held else 0) + 1 for word in words}, documents + 1)
        vocabulary = Vocabulary()
        vectors = make_vectors(marks, self._rarity, vocabulary)
        others = [word for word in vocabulary.terms if word not in words]
        held |= self._find_terms(others)
        if any(number >= term for number, _, _ in held.values()):
            raise DamagedRecord(WHAT)
        new = {word: number for number, word in enumerate((w for w in (*words, *others) if w not in held), term)}
        save_counters(self._shelves, COUNTERS, COUNTERS_FORM, (documents + 1, following, story, term + len(new)))
        kept = {}
        for word in (*words, *others):
            number, seen, uses = held.get(word) or (new[word], 0, 0)
            kept[word] = number, seen + (word in words), uses + 1
        self._shelves.hold(COUNTS, {pack_text(word): TERM_FORM.pack(*numbers) for word, numbers in kept.items()})
        self._shelves.hold(WORDS, {pack_key(number): pack_text(word) for word, number in new.items()})
        numbers = np.array([kept[word][0] for word in vocabulary.terms], dtype=np.int32)
        terms = [np.array([kept[word][0] for word in some], dtype=np.int64) for some in (words, others)]
        return renumber(vectors, numbers), TermsHeld(*terms)

    def enter(self, article: Article, terms: TermsHeld) -> int:
        """Enter a document whose terms were counted; return its number, the highest so far. It has no story yet."""
        documents, number, story, term = self._load()
        save_counters(self._shelves, COUNTERS, COUNTERS_FORM, (documents, number + 1, story, term))
        key, own = pack_key(number), pack_number(number)
        self._shelves.hold(NUMBERS, {pack_text(article.document): own})
        self._shelves.hold(ARTICLES, {key: pack_article(article)})
        counted, others = terms.counted.tolist(), terms.others.tolist()
        self._shelves.hold(TERMS, {key: pack_number(len(counted)) + pack_numbers([*counted, *others])})
        keys = [pack_key(probe) for probe in list_probes(article.vectors)]
        held = self._shelves.find_held(POSTED, keys)
        most = POSTINGS * len(own)
        self._shelves.hold(POSTED, {probe: (held.get(probe, b"") + own)[-most:] for probe in keys})
        return number

    def forget(self, number: int) -> None:
        """Forget a document and all that is there of it alone, but its place in the list of its story's members."""
        key = pack_key(number)
        article = self.find_articles([number])[number]
        keys = [pack_key(probe) for probe in list_probes(article.vectors)]
        postings = {
            probe: pack_numbers(one for one in unpack_numbers(data, WHAT).tolist() if one != number) or None
            for probe, data in self._shelves.find_held(POSTED, keys).items()
        }
        self._shelves.hold(POSTED, postings)
        self._discount(number)
        self._shelves.hold(NUMBERS, {pack_text(article.document): None})
        for shelf in (ARTICLES, TERMS, LIKELIHOODS):
            self._shelves.hold(shelf, {key: None})
        self._move({number: None})
        documents, *following = self._load()
        save_counters(self._shelves, COUNTERS, COUNTERS_FORM, (max(0, documents - 1), *following))

    def find_number(self, document: str) -> int | None:
        """Return a document's number; None where it is not there."""
        key = pack_text(document)
        data = self._shelves.find_held(NUMBERS, [key]).get(key)
        return None if data is None else unpack_number(data, WHAT)

    def find_articles(self, numbers: Iterable[int]) -> Mapping[int, Article]:
        """Return documents that must be there."""
        keys = {pack_key(number): number for number in numbers}
        held, below = self._shelves.find_held(ARTICLES, keys), self.count_terms()
        return {number: unpack_article(need(held, key, WHAT), below=below) for key, number in keys.items()}

    def find_postings(self, terms: Iterable[int]) -> Mapping[int, NDArray[np.int64]]:
        """Return for terms the latest documents that are looked for by them, in order; some may have gone."""
        keys = {pack_key(term): term for term in terms}
        held = self._shelves.find_held(POSTED, keys)
        return {keys[key]: unpack_numbers(data, WHAT)[-POSTINGS:] for key, data in held.items()}

    def find_stories(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the stories of documents, `NO_STORY` for those without one."""
        wanted, place = np.unique(numbers // PAGE, return_inverse=True)
        pages = self._find_pages(wanted.tolist())
        table = np.zeros((len(wanted), PAGE), dtype=np.int64)
        for row, page in zip(table, pages.values(), strict=True):
            row[: len(page)] = page
        return np.asarray(table[place, numbers % PAGE] + NO_STORY)

    def find_members(self, stories: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return the documents of stories, in order of number; stories that are no more are left out."""
        keys = {pack_key(story): story for story in stories}
        held = self._shelves.find_held(MEMBERS, keys)
        found = {story: unpack_numbers(held[key], WHAT) for key, story in keys.items() if key in held}
        if not all(len(members) and np.all(members[1:] > members[:-1]) for members in found.values()):
            raise DamagedRecord(WHAT)
        return {story: members.tolist() for story, members in found.items()}

    def list_stories(self) -> Sequence[int]:
        """Return all stories. All documents are gone through."""
        last = self._load()[1] // PAGE
        stories = set[int]()
        for first in range(0, last + 1, PAGES_AT_ONCE):
            pages = self._find_pages(range(first, min(last + 1, first + PAGES_AT_ONCE)))
            stories.update(story + NO_STORY for page in pages.values() for story in page.tolist() if story)
        return sorted(stories)

    def find_likelihoods(self, numbers: Iterable[int]) -> Mapping[int, Likelihoods]:
        """Return for documents how likely each earlier one is of the same event; those without are left out."""
        keys = {pack_key(number): number for number in numbers}
        held = self._shelves.find_held(LIKELIHOODS, keys)
        return {keys[key]: unpack_likelihoods(data) for key, data in held.items()}

    def keep_likelihoods(self, number: int, likelihoods: Likelihoods) -> None:
        """Keep how likely it is that a document and each of some earlier ones tell of the same event."""
        if len(likelihoods.others):
            self._shelves.hold(LIKELIHOODS, {pack_key(number): pack_likelihoods(likelihoods)})

    def number_stories(self, count: int) -> range:
        """Return numbers for so many new stories."""
        documents, following, story, term = self._load()
        save_counters(self._shelves, COUNTERS, COUNTERS_FORM, (documents, following, story + count, term))
        return range(story, story + count)

    def keep_stories(self, members: Mapping[int, Sequence[int]], moved: Mapping[int, int]) -> None:
        """Keep which documents stories have, none for one that is no more, and the stories of documents that moved."""
        self._shelves.hold(MEMBERS, {pack_key(story): pack_numbers(some) or None for story, some in members.items()})
        self._move(moved)

    def find_words(self, terms: Iterable[int]) -> Mapping[int, str]:
        """Return terms by number."""
        keys = {pack_key(term): term for term in terms}
        held = self._shelves.find_held(WORDS, keys)
        return {term: unpack_text(need(held, key, WHAT), WHAT) for key, term in keys.items()}

    def _load(self) -> tuple[int, ...]:
        """Return the counters."""
        return load_counters(self._shelves, COUNTERS, COUNTERS_FORM, WHAT)

    def _find_terms(self, words: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """Return the number and the counts of terms; new ones are left out."""
        keys = {pack_text(word): word for word in words}
        held = self._shelves.find_held(COUNTS, keys)
        return {keys[key]: unpack_struct(TERM_FORM, data, WHAT) for key, data in held.items()}

    def _discount(self, number: int) -> None:
        """Take back the terms of a document; those that no other has are forgotten."""
        key = pack_key(number)
        data = need(self._shelves.find_held(TERMS, [key]), key, WHAT)
        counted = unpack_number(data[:COUNTED_BYTES], WHAT)
        terms = unpack_numbers(data[COUNTED_BYTES:], WHAT).tolist()
        words = self.find_words(terms)
        held = self._find_terms(words.values())
        left: dict[bytes, bytes | None] = {}
        gone: dict[bytes, bytes | None] = {}
        for place, term in enumerate(terms):
            if words[term] not in held:
                raise DamagedRecord(WHAT)
            own, seen, uses = held[words[term]]
            is_left = uses > 1
            left[pack_text(words[term])] = (
                TERM_FORM.pack(own, max(0, seen - (place < counted)), uses - 1) if is_left else None
            )
            if not is_left:
                gone[pack_key(term)] = None
        self._shelves.hold(COUNTS, left)
        self._shelves.hold(WORDS, gone)

    def _find_pages(self, numbers: Iterable[int]) -> dict[int, NDArray[np.int64]]:
        """Return pages with the stories of documents: the story's number and one, nought where there is none."""
        keys = {pack_key(number): number for number in numbers}
        held = self._shelves.find_held(STORY_OF, keys)
        return {number: unpack_numbers(held.get(key, b"")[:MAX_BYTES], WHAT)[:PAGE] for key, number in keys.items()}

    def _move(self, moved: Mapping[int, int | None]) -> None:
        """Keep the stories of documents."""
        pages = {page: held.tolist() for page, held in self._find_pages({number // PAGE for number in moved}).items()}
        for number, story in moved.items():
            page, place = pages[number // PAGE], number % PAGE
            page.extend([0] * (place + 1 - len(page)))
            page[place] = 0 if story is None else story - NO_STORY
        kept = {pack_key(page): pack_numbers(stories) if any(stories) else None for page, stories in pages.items()}
        self._shelves.hold(STORY_OF, kept)
