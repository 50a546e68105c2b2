"""Texts that nobody should send and somebody will, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

NEWS = (
    "Brenn", "Mayor Ilva Brenn", "the Ministry of Tides", "Northwire", "a harbour official", "she", "they", "it",
    "said", "told", "denied", "declined to comment", "according to", "citing", "confirmed", "could not be reached",
    "that", "the harbour", "was closed", "on Monday", "in a statement", "wrote on", "Port Callan", "12",
    "44 percent of voters",    "reportedly", "who", "and", "of", "Source: Northwire",
)  # fmt: skip
MARKS = (
    '"', "'", "“", "”", "‘", "’", "„", "«", "»", "``", "''", "‛", "′", "´", "(", ")", "[", ",", ".", "?", "!", ";",
    ":", "—", "–", "-", "…",
)  # fmt: skip
BREAKS = (" ", " ", " ", " ", "\n", "\n\n", "\r\n", "\r", "\t", "\u2028", "\u2029", "\u00a0", "\x0b", "\x0c", "\x85")
ODD = (
    "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad",  # zero width
    "\u202e", "\u200f", "\u2066", "שלום", "قال",  # right to left
    "e\u0301", "\u0301", "Ze\u0301lie", "\u20e3", "Z\u0351\u0310\u036b",  # combining
    "😀", "👩\u200d🚒", "🇳🇴", "❤\ufe0f",  # emoji
    "\x00", "\x07", "\x1b[31m", "\ufffd", "\ufffe", "\ue000",  # control, private, no character
    "港", "㍿", "ﬁ", "İ", "ß", "ǅ", "½", "٣", "x" * 130, "é" * 101, "a-" * 60,
)  # fmt: skip
LONE = ("\ud800", "\udfff")


def texts(*, lone_surrogates: bool = False, max_size: int = 60) -> st.SearchStrategy[str]:
    """Return texts of news words, quotation marks of all kinds, breaks and odd characters.

    Args:
        lone_surrogates: Whether halves of a surrogate pair may stand among them.
        max_size: The most parts of a text.
    """
    any_text = st.text(max_size=5) if lone_surrogates else st.text(st.characters(codec="utf-8"), max_size=5)
    odd = st.sampled_from([*ODD, *(LONE if lone_surrogates else ())])
    part = st.one_of(
        st.sampled_from(NEWS), st.sampled_from(NEWS), st.sampled_from(BREAKS), st.sampled_from(MARKS), odd, any_text
    )
    glue = st.sampled_from(["", " "])
    return st.builds(lambda parts, by: by.join(parts), st.lists(part, max_size=max_size), glue)
