"""The weights by which two articles are held to tell of one event, fitted on the training part of ECB+.

Logistic regression with a ridge, solved by Newton's steps. Only pairs that share something are fitted: the rest is
told apart without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sayso.bench.clusterings import measure_bcubed
from sayso.corroborate.likeness import FEATURES, compute_features
from sayso.corroborate.rarity import Rarity
from sayso.corroborate.stories import StoryIndex
from sayso.corroborate.story_marks import mark_text
from sayso.corroborate.story_vectors import Board, Vocabulary, list_terms, make_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.bench.ecb_plus import EventArticle
    from sayso.corroborate.story_vectors import ArticleVectors

LEAST_SHARED = 0.06
RIDGE, STEPS = 1.0, 30


def collect_pairs(
    articles: Sequence[EventArticle], common_words: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the features of the pairs that share something, and whether each is of one event."""
    rarity, vocabulary, board = Rarity(common_words), Vocabulary(), Board()
    vectors: list[ArticleVectors] = []
    features, answers = [], []
    for article in articles:
        marks = mark_text(article.text)
        rarity.count(list_terms(marks))
        vectors.append(make_vectors(marks, rarity, vocabulary))
    for number in range(1, len(articles)):
        found = compute_features(vectors[number], vectors[:number], board, len(vocabulary))
        same = np.array([article.event == articles[number].event for article in articles[:number]])
        kept = (found[:, FEATURES.index("terms")] > LEAST_SHARED) | same
        features.append(found[kept])
        answers.append(same[kept].astype(np.float64))
    return np.concatenate(features), np.concatenate(answers)


def fit_logistic(
    features: NDArray[np.float64], answers: NDArray[np.float64], ridge: float = RIDGE
) -> NDArray[np.float64]:
    """Return the weights of the features and, last, the constant."""
    table = np.column_stack([features, np.ones(len(features))])
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (answers - likely) - ridge * weights
        bend = (table * (likely * (1 - likely))[:, None]).T @ table + ridge * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < 1e-6:  # noqa: PLR2004
            break
    return weights


def cross_validate(articles: Sequence[EventArticle], common_words: Sequence[str], parts: int = 4) -> str:
    """Return the mean F1 of grouping each part of the subjects by weights fitted on the others."""
    subjects = sorted({article.subject for article in articles})
    figures = []
    for part in range(min(parts, len(subjects))):
        held = set(subjects[part :: min(parts, len(subjects))])
        weights = fit_logistic(*collect_pairs([a for a in articles if a.subject not in held], common_words))
        table = dict(zip([*FEATURES, "always"], weights.tolist(), strict=True))
        index = StoryIndex(common_words, weights=table)
        kept = [article for article in articles if article.subject in held]
        for article in kept:
            index.add_marks(article.name, mark_text(article.text))
        figures.append(measure_bcubed([index.story_of(a.name) for a in kept], [a.event for a in kept]).f1)
    return f"{np.mean(figures):.1f} ({', '.join(f'{figure:.1f}' for figure in figures)})"
