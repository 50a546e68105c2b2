"""Which language a text is in, told by its own words only.

A text that is plainly English is told by its function words, without loading the detector (half a second and 100 MB).
All else is asked of py3langid. A language without a model is refused, never read on a guess; a text too short to tell
is refused only if it is plainly in another language.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache

from sayso.errors import Problem, UnsupportedLanguage
from sayso.ingest.rulebook import load_table

ENGLISH = "en"
# Zero-width characters, direction marks and soft hyphens, which may stand between the letters of a word.
INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
WORD = re.compile(r"[^\W\d_]+")
# Function words make up 25 to 45 % of English news and under 5 % of other languages' (docs/decisions/0012).
SURE_SHARE = 0.15
SURE_WORDS = 3
FOREIGN_SHARE = 0.04
# From here on the detector is right on all of 2,000 stretches of English news (docs/decisions/0012).
LONG_WORDS = 20
SURE_SCORE = 0.85
# Below this the detector rules English out: 1 of 390 English stretches of 3 to 12 words without a function word, and
# 480 of 484 sentences in other languages, are below it (docs/decisions/0012).
POSSIBLE_SCORE = 0.02
LIKELY_SCORE = 0.4
LATIN_SHARE = 0.6
# How much of a long text is looked at: the beginning, and stretches spread over the rest.
SAMPLE_CHARS = 40_000
STRETCHES = 8
PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]+")
FOREIGN_PARAGRAPH_WORDS = 25
ENGLISH_LETTERS = 0.6
MAX_FOREIGN_CHECKS = 40


def detect_language(text: str, *, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the language's ISO 639-1 code, and the stretches in another language.

    Raises:
        UnsupportedLanguage: The language has no model, or cannot be told.
    """
    sample = INVISIBLE.sub("", _take_sample(text))
    if not any(character.isalpha() for character in sample):
        raise UnsupportedLanguage(name, None, get_supported())
    language = _detect(sample.lower())
    if language != ENGLISH:
        raise UnsupportedLanguage(name, language, get_supported())
    return language, _find_foreign(text, name=name)


@cache
def get_supported() -> tuple[str, ...]:
    """Return the codes of the languages that have a model."""
    return tuple(load_table("language")["supported"])


@cache
def get_function_words() -> frozenset[str]:
    """Return the words by which English is told."""
    return frozenset(load_table("language")["function_words"][ENGLISH])


def _take_sample(text: str) -> str:
    """Return the text, or as much of a long one as it takes to tell, from all over it."""
    if len(text) <= SAMPLE_CHARS:
        return text
    size = SAMPLE_CHARS // STRETCHES
    step = (len(text) - size) / (STRETCHES - 1)
    return "\n".join(text[int(i * step) : int(i * step) + size] for i in range(STRETCHES))


def _detect(lowered: str) -> str | None:
    """Return the language of a lower-cased text; None if it cannot be told."""
    words = WORD.findall(lowered)
    english = _count_function_words(words)
    latin = _get_latin_share(lowered)
    if latin > LATIN_SHARE and english >= SURE_WORDS and english >= SURE_SHARE * len(words):
        return ENGLISH
    scores = _score_languages(lowered)
    language, score = max(scores.items(), key=lambda item: item[1])
    if language == ENGLISH:
        return ENGLISH
    # Too short to tell: English unless the detector all but rules it out.
    if len(words) < LONG_WORDS and latin > LATIN_SHARE and scores.get(ENGLISH, 0.0) >= POSSIBLE_SCORE:
        return ENGLISH
    return language if score > LIKELY_SCORE else None


def _count_function_words(words: list[str]) -> int:
    """Return how many of the words are English function words."""
    known = get_function_words()
    return sum(word in known for word in words)


def _get_latin_share(text: str) -> float:
    """Return how much of the letters is Latin, 0..1."""
    if text.isascii():
        return 1.0
    letters = [character for character in text if character.isalpha()]
    latin = sum(character < "\u0250" or unicodedata.name(character, "").startswith("LATIN") for character in letters)
    return latin / len(letters) if letters else 0.0


def _score_languages(lowered: str) -> dict[str, float]:
    """Return a probability for each language, those that are English to a reader under its code.

    The detector's scores are log-likelihoods, which grow with length; divided by the root of the bytes they are
    calibrated across lengths (as py3langid itself does).
    """
    import py3langid  # noqa: PLC0415 - costs half a second, and plain English does without

    scores = {str(language): float(score) for language, score in py3langid.rank(lowered)}
    scale = math.sqrt(len(lowered.encode("utf-8", "surrogatepass")) or 1)
    top = max(scores.values())
    weights = {language: math.exp((score - top) / scale) for language, score in scores.items()}
    for near in load_table("language")["near"][ENGLISH]:
        weights[ENGLISH] = weights.get(ENGLISH, 0.0) + weights.pop(near, 0.0)
    total = sum(weights.values())
    return {language: weight / total for language, weight in weights.items()}


def _find_foreign(text: str, *, name: str) -> tuple[Problem, ...]:
    """Return a problem for each long paragraph in another language.

    Raises:
        UnsupportedLanguage: Most of the text is in other languages.
    """
    problems: list[Problem] = []
    foreign: dict[str, int] = {}
    for match in PARAGRAPH.finditer(text):
        language = _find_foreign_language(match.group()) if len(problems) < MAX_FOREIGN_CHECKS else None
        if language:
            foreign[language] = foreign.get(language, 0) + len(match.group())
            message = f"This paragraph is in another language ({language}) and is not read."
            problems.append(Problem(code="other-language", message=message, start=match.start(), end=match.end()))
    if foreign and sum(foreign.values()) > (1 - ENGLISH_LETTERS) * len(text):
        raise UnsupportedLanguage(name, max(foreign, key=lambda code: foreign[code]), get_supported())
    return tuple(problems)


def _find_foreign_language(paragraph: str) -> str | None:
    """Return the other language of a paragraph that is plainly not English; None for all else."""
    lowered = INVISIBLE.sub("", paragraph[: SAMPLE_CHARS // STRETCHES]).lower()
    words = WORD.findall(lowered)
    if _get_latin_share(lowered) > LATIN_SHARE:
        if len(words) < FOREIGN_PARAGRAPH_WORDS or _count_function_words(words) > FOREIGN_SHARE * len(words):
            return None
    elif sum(character.isalpha() for character in lowered) < FOREIGN_PARAGRAPH_WORDS:
        return None
    scores = _score_languages(lowered)
    language = max(scores, key=lambda code: scores[code])
    return None if language == ENGLISH or scores[language] < SURE_SCORE else language
