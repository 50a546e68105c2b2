"""Groups by average linkage, and what becomes of the few that it leaves over.

Two groups are joined as long as the mean probability between their members is at least the threshold, the likeliest
pair of groups first. Ties go to the earlier ones, so that the same matrix gives the same groups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NEVER = -1.0


def link_average(matrix: NDArray[np.float64], sizes: Sequence[float], threshold: float) -> list[list[int]]:
    """Return the groups, each in order, the group of the first member first.

    Args:
        matrix: Mean probability between units, symmetric, shape ``(n, n)``; the diagonal is not looked at.
        sizes: How much each unit counts: the articles that it stands for.
        threshold: The least mean probability at which two groups are joined.
    """
    link = np.array(matrix, dtype=np.float64)
    np.fill_diagonal(link, NEVER)
    weights = np.array(sizes, dtype=np.float64)
    groups: list[list[int]] = [[i] for i in range(len(link))]
    while len(link):
        one, other = divmod(int(link.argmax()), len(link))
        if link[one, other] < threshold or link[one, other] == NEVER:
            break
        one, other = min(one, other), max(one, other)
        joined = (link[one] * weights[one] + link[other] * weights[other]) / (weights[one] + weights[other])
        joined[link[one] == NEVER] = NEVER
        link[one], link[:, one] = joined, joined
        link[one, one] = NEVER
        link[other], link[:, other] = NEVER, NEVER
        weights[one] += weights[other]
        groups[one], groups[other] = sorted(groups[one] + groups[other]), []
    return sorted(group for group in groups if group)


def take_in_stragglers(
    groups: Sequence[Sequence[int]],
    matrix: NDArray[np.float64],
    sizes: Sequence[int],
    *,
    most: int,
    nearest: int,
    threshold: float,
    lead: float,
) -> list[list[int]]:
    """Return the groups after small ones were taken in by the larger one that they plainly stand nearest to.

    Args:
        groups: As `link_average` gives them.
        matrix: As there.
        sizes: As there.
        most: How many articles a small group has at most.
        nearest: Over how many of a larger group's members, those nearest, the mean is taken.
        threshold: The least such mean.
        lead: How many times the next best group's mean it must be.
    """
    large = [group for group in groups if sum(sizes[i] for i in group) > most]
    result = [list(group) for group in large]
    for group in groups:
        if sum(sizes[i] for i in group) > most:
            continue
        means = [float((-np.sort(-matrix[np.ix_(group, other)], axis=1)[:, :nearest]).mean()) for other in large]
        order = sorted(range(len(large)), key=lambda k: (-means[k], k))
        second = means[order[1]] if len(order) > 1 else 0.0
        if order and means[order[0]] >= threshold and means[order[0]] >= lead * second:
            result[order[0]] += group
        else:
            result.append(list(group))
    return sorted(sorted(group) for group in result)
