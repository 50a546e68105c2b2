"""How much a term says: the rarer among all articles, the more.

What is counted are the articles seen so far, on top of a prior: a list of common words, the commonest first, taken as
Zipf's law would have it. Without the prior a case whose articles all tell one story would find that story's own words
common and so worthless.

Source: Zipf (1949); smoothing with a prior of so many pseudo-counts (Dirichlet), Zhai and Lafferty (SIGIR 2001).
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.corroborate.story_marks import cut_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# So many articles' worth of weight has the prior.
PRIOR_ARTICLES = 100
# A word of rank r stands in about this many divided by r of all articles, in at most that share, in at least this one.
PRIOR_SCALE, PRIOR_MOST, PRIOR_LEAST = 60.0, 0.6, 0.0008
# A whole number n of so few digits stands in about this much divided by n and that much of all articles, as counted in
# PolNeAR train and MEANTIME: two lone sentences that both say "40" have little in common.
FIGURE_DIGITS, FIGURE_SCALE, FIGURE_SHIFT = 3, 1.5, 5


class Rarity:
    """Counts in how many articles a term stands, and says from it how much the term tells."""

    def __init__(
        self, common_words: Sequence[str] = (), *, prior_articles: float = PRIOR_ARTICLES, common_figures: bool = False
    ) -> None:
        """Start from a list of words.

        Args:
            common_words: The commonest first; a word that is not among them is held to be rare.
            prior_articles: As many articles as that the list weighs.
            common_figures: Whether small whole numbers are taken to be common, as they are in whole articles.
        """
        self._prior_articles = prior_articles
        self._prior = make_prior(tuple(common_words))
        self._common_figures = common_figures
        self._seen: Counter[str] = Counter()
        self._articles = 0

    def count(self, terms: Iterable[str]) -> None:
        """Count the terms of one more article, each once."""
        self._seen.update(set(terms))
        self._articles += 1

    def discount(self, terms: Iterable[str]) -> None:
        """Take back the terms of an article that was counted, each once."""
        for term in set(terms):
            self._seen[term] -= 1
            if self._seen[term] <= 0:
                del self._seen[term]
        self._articles -= 1

    def recall(self, seen: Mapping[str, int], articles: int) -> None:
        """Go on from counts that were kept elsewhere, instead of those so far.

        Args:
            seen: In how many articles each term stands; of terms that are not asked about it may be silent.
            articles: How many articles there are.
        """
        self._seen, self._articles = Counter(seen), articles

    def weigh(self, term: str) -> float:
        """Return the weight of a term, 0 for one that stands in every article."""
        prior = self._prior_articles * self._expect(term)
        share = (self._seen[term] + prior + 0.5) / (self._articles + self._prior_articles + 1.0)
        return max(0.0, -math.log(share))

    def _expect(self, term: str) -> float:
        """Return the share of articles that a term stands in before any is seen."""
        if self._common_figures and len(term) <= FIGURE_DIGITS and term.isdecimal():
            return max(PRIOR_LEAST, FIGURE_SCALE / (int(term) + FIGURE_SHIFT))
        return self._prior.get(term, PRIOR_LEAST)


@lru_cache(maxsize=4)
def make_prior(common_words: tuple[str, ...]) -> Mapping[str, float]:
    """Return in what share of all articles each of some common words stands, the commonest first."""
    prior: dict[str, float] = {}
    for rank, word in enumerate(common_words, start=1):
        prior.setdefault(cut_word(word), min(PRIOR_MOST, max(PRIOR_LEAST, PRIOR_SCALE / rank)))
    return prior
