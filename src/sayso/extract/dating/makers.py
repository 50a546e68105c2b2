"""Which function makes what a form of ``rules/en/times.toml`` means, by the name that stands there as ``make``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.extract.dating import clock_makers, number_makers, point_makers, range_makers, span_makers, unit_makers
from sayso.extract.dating.range_makers import open_at
from sayso.extract.dating.span_makers import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.extract.dating.making import Made, Match

PREFIX = "make_"
MAKERS: Final[dict[str, Callable[[Match], Made | None]]] = {
    "ago": count(-1),
    "about_ago": count(-1, is_about=True),
    "ahead": count(1),
    "earlier_by": count(-1, is_anchored=True),
    "later_by": count(1, is_anchored=True),
    "before_base": count(-1),
    "after_base": count(1),
    "since": open_at("since"),
    "until": open_at("until"),
    "by": open_at("by"),
    "before": open_at("before"),
    "after": open_at("after"),
    **{
        name.removeprefix(PREFIX): function
        for module in (clock_makers, number_makers, point_makers, range_makers, span_makers, unit_makers)
        for name, function in vars(module).items()
        if name.startswith(PREFIX)
    },
}
