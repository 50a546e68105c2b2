"""What was found about claims in words: origins, figures, outlets, drift; for every page that shows them.

Rule 1: a range is a range: "1–2 origins", never a middle; what is not recorded is said to be not recorded.
Rule 2: every text from outside is passed through `show`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sayso.export.head import say_moment
from sayso.export.list_words import count
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import Moment, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import ClaimLine, Drift, DriftView, FigureTold, Speaker

MOST_NAMED: Final = 3
CLOCK_CHARS: Final = 5


def say_origins(least: int, most: int) -> str:
    """Return the bounds: ``1–2 origins``."""
    words = load_words()["origins"]
    if most == 0:
        return str(words["none"])
    if least == most:
        return str(words["one"] if most == 1 else words["exact"]).format(most=most)
    if least == 0:
        return str(words["up_to_one"] if most == 1 else words["up_to"]).format(most=most)
    return str(words["range"]).format(least=least, most=most)


def say_bounds(line: ClaimLine) -> str:
    """Return a claim's bounds, with what they amount to where there are several tellings."""
    said = say_origins(line.least, line.most)
    return f"{said}, {load_words()['independence'][line.independence.value]}" if line.n_tellings > 1 else said


def say_spread(line: ClaimLine) -> str:
    """Return how widely a claim is told: ``8 tellings in 6 articles of 5 outlets``."""
    tellings = count(line.n_tellings, "telling")
    articles = f" in {count(line.n_documents, 'article')}" if line.n_documents != line.n_tellings else ""
    outlets = f" of {count(len(line.outlets), 'outlet')}" if len(line.outlets) > 1 else ""
    return f"{tellings}{articles}{outlets}"


def say_outlets(outlets: Sequence[str], *, most: int = MOST_NAMED) -> str:
    """Return outlets by name, the rest as a number."""
    names = [show(outlet) for outlet in outlets[:most]]
    left = len(outlets) - len(names)
    return ", ".join([*names, f"{left} more"] if left else names)


def say_speakers(speakers: Sequence[Speaker], n_speakers: int, *, most: int = MOST_NAMED) -> str:
    """Return who is said to have said it, the rest as a number.

    Several of one name are not known to be one: ``a security official`` and how often.
    """
    met = Counter(show(speaker.name) for speaker in speakers)
    names = [name if n == 1 else f"{name} \u00d7{n}" for name, n in list(met.items())[:most]]
    left = n_speakers - sum(list(met.values())[:most])
    return ", ".join([*names, f"{left} more"] if left > 0 else names)


def say_line(words: str) -> str:
    """Return a claim's words in one line, without the conjunction that tied them to their sentence."""
    said = show(words)
    return said.removeprefix("that ") if said.startswith("that ") else said


def say_figures(figures: Sequence[FigureTold]) -> str:
    """Return figures with how often each is told: ``14 (6), 19 (2)``."""
    return ", ".join(f"{show(figure.words)} ({figure.n_tellings})" for figure in figures)


def say_flags(line: ClaimLine) -> list[str]:
    """Return what an editor should look at, in a few words each."""
    flags = [
        word
        for word, is_on in (
            ("disputed", line.is_disputed),
            ("corrected", line.is_corrected),
            ("newer figure", line.is_updated),
            ("circular", line.is_circular),
            ("private: not for export", line.is_private),
        )
        if is_on
    ]
    if line.rests_on is not None:
        flags.append(f"{line.n_resting} of {line.n_tellings} rest on {show(line.rests_on)}")
    return flags


def say_time(value: str | None) -> str:
    """Return an ISO 8601 time in words, as finely as it is given; empty for none."""
    if value is None:
        return ""
    # Zone and seconds are in --json: among pages of one case they only stand in the way.
    date, _, clock = value.replace(" ", "T").partition("T")
    precision = Precision.MINUTE if clock else Precision.DAY
    return say_moment(
        Moment(value=f"{date}T{clock[:CLOCK_CHARS]}" if clock else date, precision=precision, stated_in="")
    )


def say_drift(drift: Drift | DriftView) -> str:
    """Return what was lost or sharpened: ``hedge dropped: “likely” → “certain”``."""
    head = load_words()["drift"][drift.kind.value]
    became = f"“{show(drift.became)}”" if drift.became else "nothing"
    return f"{head}: “{show(drift.was)}” → {became}" if drift.was else str(head)
