"""What the figures are held against: the table in ``targets.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityTarget:
    """What a measure of quality must reach.

    Attributes:
        plain: What a plain tagger reaches, as text; blank where not measured.
        people: What independent people reach, as text; blank where not measured.
        at_least: The least that is accepted, in per cent; None where no floor is set.
        aim: What is aimed at, in per cent; None where none is set.
    """

    plain: str = ""
    people: str = ""
    at_least: float | None = None
    aim: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTarget:
    """What a measure of cost must keep to.

    Attributes:
        words: What is measured, with its unit.
        limit: The worst that is accepted.
        aim: What is aimed at.
        is_higher_better: Whether more is better.
    """

    words: str
    limit: float
    aim: float
    is_higher_better: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The whole table.

    Attributes:
        quality: By corpus and measure.
        cost: By measure, in the order of the table.
        rounding: What the int8 model may lose against fp32, in points.
    """

    quality: dict[tuple[str, str], QualityTarget]
    cost: dict[str, CostTarget]
    rounding: CostTarget


def load_targets() -> Targets:
    """Return the table that comes with the package."""
    table = tomllib.loads(resources.files(__package__).joinpath("targets.toml").read_text("utf-8"))
    quality = {
        (row["corpus"], row["measure"]): QualityTarget(
            plain=row.get("plain", ""),
            people=row.get("people", ""),
            at_least=row.get("at_least"),
            aim=row.get("aim"),
        )
        for row in table["quality"]
    }
    rows = {row["measure"]: row for row in table["cost"]}
    return Targets(
        quality=quality,
        cost={measure: _cost(row) for measure, row in rows.items()},
        rounding=_cost(table["rounding"]),
    )


def judge_value(value: float, *, limit: float | None, aim: float | None, is_higher_better: bool = True) -> str:
    """Return ``aim``, ``enough`` or ``UNDER``; blank where there is no target. Judged as shown: to one decimal."""
    sign = 1 if is_higher_better else -1
    shown = round(value, 1)
    if aim is not None and sign * (shown - aim) >= 0:
        return "aim"
    if limit is None:
        return ""
    return "enough" if sign * (shown - limit) >= 0 else "UNDER"


def _cost(row: dict[str, str | float]) -> CostTarget:
    """Return one row of the table of costs."""
    is_higher_better = "at_least" in row
    limit = row["at_least"] if is_higher_better else row["at_most"]
    return CostTarget(
        words=str(row["words"]), limit=float(limit), aim=float(row["aim"]), is_higher_better=is_higher_better
    )
