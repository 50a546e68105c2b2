"""What the words of a source's mention tell: its form, number, gender, name and head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PLURAL = re.compile(r"[A-Z][a-z]{3,}(?<!s)s")
WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*\.?|[&]")
AFTERTHOUGHT = re.compile(
    r"\s*[,(\u2014\u2013:]|\s+--?\s|\s(?:who|which|that|whose|in|of|for|at|from|with|on|by|to|close|familiar|briefed|obtained|seen|released|published)\s"
)
# "The depot's manager, Jonas Wrede": a description, then the name and nothing else.
APPOSITION = re.compile(r"[^,]+,\s*((?:[A-Z][\w.\u2019'-]*\s){1,3}[A-Z][\w.\u2019'-]*),?$")
# "Minister Mira Tannic and the council's Emil Stroud": two names that a lower-case word parts.
JOINT = re.compile(r"[A-Z][\w.\u2019'-]+,? and (?:(?!of\b)[a-z][\w\u2019'-]*\s){0,5}[A-Z][\w.-]+ [A-Z]")
# "Ada Roe's letter to the council", "her account": whose, and what of theirs.
AUTHORED = re.compile(
    r"(?:(?P<name>[A-Z][^,;:]*?)[\u2019'](?:s\b)?|(?P<pronoun>his|her|my|our|their|His|Her|My|Our|Their)(?= ))"
    r"(?:\s+(?:(?!of\b)[a-z][\w-]*\s+){0,3}?(?P<noun>[a-z][\w-]*)(?:\s+(?:to|on|about|in|at|from|with|for|of|that)\s.*)?)?"
)
CAPITALS_SHARE = 0.8
# So near to a name, a word for a relative is said of its bearer.
KIN_CHARS = 50


@dataclass(frozen=True, slots=True)
class Form:
    """What a mention's words tell.

    Attributes:
        kind: ``name``, ``nominal``, ``pronoun`` or ``none`` (no words).
        words: Its words in lower case without function words.
        name: The name's words, as written, titles left off; empty if not a name.
        head: Its last word before any afterthought, in lower case.
        number: ``one``, ``many`` or empty.
        gender: ``he``, ``she``, ``it``, ``self``, ``relative``, ``new``, ``you`` or empty.
        is_joint: Whether it names several parties ("A and B").
        is_definite: Whether it begins with "the".
        is_indefinite: Whether it begins with "a", "an", "one", "some" or "another".
        owner: Whose it is, one word in lower case ("the mayor's brother": ``mayor``); empty where nobody's.
    """

    kind: str
    words: frozenset[str]
    name: tuple[str, ...]
    head: str
    number: str
    gender: str
    is_indefinite: bool = False
    is_joint: bool = False
    is_definite: bool = False
    owner: str = ""


NOTHING = Form("none", frozenset(), (), "", "", "")


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in load_rules("en", "mentions")["words"].items()}


@cache
def _pronouns() -> dict[str, tuple[str, str]]:
    return {word: (number, gender) for word, (number, gender) in load_rules("en", "mentions")["pronouns"].items()}


def is_all_capitals(text: str) -> bool:
    """Return whether a text is set in capitals throughout, as old wires are."""
    letters = list(filter(str.isalpha, text[:4000]))
    return bool(letters) and sum(map(str.isupper, letters)) / len(letters) > CAPITALS_SHARE


def describe_mention(mention: str, *, capitals: bool = False) -> Form:
    """Return the form of a mention.

    Args:
        mention: Its words.
        capitals: Whether the whole text is in capitals, so that they tell nothing.
    """
    part = mention.strip(" .:")
    if part in _lists()["interview_parts"]:
        return Form("name", frozenset((part.casefold(),)), (part,), part.casefold(), "one", "")
    mention = mention if capitals else _possessor(mention)
    found = [w.rstrip(".") if w.count(".") == 1 else w for w in WORD.findall(mention)]
    if not found:
        return NOTHING
    lists, pronouns = _lists(), _pronouns()
    low = [w.casefold().removesuffix("'s").removesuffix("\u2019s") for w in found]
    words = frozenset(w for w in low if w not in lists["function"])
    is_alone = not low[2:] and set(low[1:]) <= {"himself", "herself", "also"}
    # "Callan Fuels, [which owns the depot], said": whoever stands in front of the clause.
    if low[0] in pronouns and (is_alone or (pronouns[low[0]][1] == "relative" and low[0] != "that")):
        number, gender = pronouns[low[0]]
        return Form("pronoun", words, (), low[0], number, gender)
    core = [w.rstrip(".") for w in WORD.findall(_before_afterthought(mention))] or found
    name = () if _begins_with_group(found) else _name_of(core, capitals=capitals)
    named_after = None if name or capitals else APPOSITION.match(mention.strip())
    if named_after:
        name = _name_of(named_after[1].split(), capitals=capitals)
    head = core[-1].casefold()
    joint = _is_joint(name)
    both = JOINT.search(mention) if name and not joint and not capitals else None
    if both and " of " not in mention[: both.start()] + " ":
        joint, name = True, tuple(w for w in found if w[0].isupper())
    number = "many" if joint or (not name and head.endswith("s") and not head.endswith("ss")) else "one"
    gender = _gender(words, name)
    return Form(
        "name" if name else "nominal",
        words,
        name,
        head,
        number,
        gender,
        low[0] in lists["indefinite"],
        joint,
        low[0] == "the",
        next((plain for word, plain in zip(found[:-1], low, strict=False) if word.casefold() != plain), ""),
    )


def _possessor(mention: str) -> str:
    """Return whose words a mention is about ("Ada Roe's letter" gives "Ada Roe"); the mention itself if nobody's."""
    hit = AUTHORED.fullmatch(mention.strip(" ,;:"))
    if not hit:
        return mention
    if hit["noun"] and hit["noun"].casefold() not in _lists()["utterances"]:
        return mention
    return hit["name"] or hit["pronoun"]


def _before_afterthought(mention: str) -> str:
    """Return a mention up to its first afterthought; "of" within a name is none ("the Ministry of Tides")."""
    for cut in AFTERTHOUGHT.finditer(mention):
        before, behind = mention[: cut.start()].split(), mention[cut.end() :]
        if (
            cut.group().strip() == "of"
            and before
            and before[-1].casefold() in _lists()["bodies"]
            and behind[:1].isupper()
        ):
            continue
        return mention[: cut.start()]
    return mention


def _gender(words: frozenset[str], name: tuple[str, ...]) -> str:
    """Return the gender that a title, a noun or a first name tells; empty if none does."""
    lists = _lists()
    told = words & (lists["female"] | lists["male"])
    if told:
        return "she" if told & lists["female"] else "he"
    first = name[0].casefold() if len(name) > 1 else ""
    return "she" if first in lists["her_names"] else "he" if first in lists["his_names"] else ""


def _is_joint(name: tuple[str, ...]) -> bool:
    """Return whether a name is two: not "Department of Health and Welfare", nor "Kell & Sons"."""
    low = [w.casefold() for w in name]
    return "and" in low and "of" not in low[: low.index("and")]


def _name_of(words: list[str], *, capitals: bool) -> tuple[str, ...]:
    """Return the last run of capitalised words, titles left off; empty if the head is none of them."""
    lists = _lists()
    if capitals and words and words[0].casefold() in lists["determiners"]:
        return ()
    run: list[str] = []
    for word in reversed(words):
        plain = word.casefold()
        if (word[0].isupper() and plain not in lists["determiners"]) or (
            run and plain in lists["function"] and plain in ("of", "the", "and")
        ):
            run.insert(0, word)
        else:
            break
    if run and run[-1].casefold() not in lists["bodies"]:
        # "Ardenna Gov. Ada Roe": all up to the last title is none of the name.
        last = max((i for i, word in enumerate(run[:-1]) if word.casefold() in lists["titles"]), default=-1)
        run = run[last + 1 :] or run
    while run and run[0].casefold() in lists["function"]:
        run.pop(0)
    if len(run) == 1 and run[0].casefold() in lists["titles"]:
        run.pop()
    while len(run) > 1 and run[-1].casefold() in lists["after_name"]:
        run.pop()
    return tuple(run)


@cache
def _roles() -> dict[str, str]:
    return {
        short: whole for whole, shorts in load_rules("en", "mentions")["roles"].items() for short in (whole, *shorts)
    }


def is_bare(text: str, mention: Sequence[tuple[int, int]]) -> bool:
    """Return whether a mention, as places in a text, holds no more than words like "the", which name nobody."""
    said = " ".join(text[start:end] for start, end in mention)
    form = describe_mention(said)
    # Outside of an interview "A" is an article like any other.
    return said == "A" or (form.kind == "nominal" and not form.words)


def ends_of_nouns() -> frozenset[str]:
    """Return the words before which a description ends."""
    return _lists()["noun_ends"]


def introduces(text: str, name: str, body: int) -> bool:
    """Return whether a full name's last word alone can mean its bearer.

    It cannot where the last word stands alone before and the full name is a relative's: "Roe" is the governor whom
    everybody knows, though "her daughter Ilva Roe" is the only Roe whom the text names in full.

    Args:
        text: The text.
        name: A full name, as the text has it.
        body: Where the body begins; headlines shorten names.
    """
    last = name.rsplit(maxsplit=1)[-1]
    hit = re.compile(rf"\b{re.escape(last)}\b").search(text, body)
    before = " ".join(text[max(0, hit.start() - 2 * len(name)) : hit.start()].split()) if hit else ""
    if hit is None or before.endswith(name[: -len(last)].strip()):
        return True
    whole = re.compile(r"\s+".join(map(re.escape, name.split())))
    around = [text[max(0, m.start() - KIN_CHARS) : m.end() + KIN_CHARS] for m in whole.finditer(text)]
    kin = _lists()["kin"]
    return not any(word.casefold() in kin for words in around for word in re.findall(r"\w+", words))


def is_interview_part(name: str) -> bool:
    """Return whether a name is but the letter of a question or an answer."""
    return name in _lists()["interview_parts"]


def role_words(forms: Iterable[Form]) -> set[str]:
    """Return the nouns of office in some mentions, abbreviations written out: "Gov. Ada Roe" is "governor"."""
    roles = _roles()
    return {roles[word] for form in forms for word in form.words if word in roles}


def _begins_with_group(found: Sequence[str]) -> bool:
    """Return whether words begin with people in the plural and what ties them: "Sources close to the meeting".

    The capital letter is then the sentence's, not a name's.
    """
    if len(found) == 1 or not PLURAL.fullmatch(found[0]) or any(word[0].isupper() for word in found[1:]):
        return False
    return found[1].casefold() in _lists()["group_ties"]


def bears_name(mention: str) -> bool:
    """Return whether a mention names somebody: it is a name, or holds one ("the Callan board"), and hides none."""
    words = mention.split()
    if is_interview_part(mention) or any(word.casefold().strip(",.()[]") in _lists()["hidden"] for word in words):
        return False
    return bool(describe_mention(mention).name) or any(word[0].isupper() for word in words[1:])


def is_body_word(word: str) -> bool:
    """Return whether a word in lower case is a kind of body: "ministry", "service"."""
    return word in _lists()["bodies"]


def is_body(form: Form) -> bool:
    """Return whether a name is a body's, by its last word."""
    return bool(form.name) and form.name[-1].casefold() in _lists()["bodies"]


def same_name(a: Form, b: Form) -> bool:
    """Return whether one name is the other, a part of it, or its initials."""
    if not a.name or not b.name:
        return False
    x, y = ([w.casefold() for w in f.name] for f in (a, b))
    if a.is_joint != b.is_joint:
        return x == y
    if x == y or (len(x) == 1 and x[0] == y[-1]) or (len(y) == 1 and y[0] == x[-1]):
        return True
    if set(x) <= set(y) or set(y) <= set(x):
        return True
    return initials_of(a.name) == "".join(y) or initials_of(b.name) == "".join(x)


def initials_of(name: tuple[str, ...]) -> str:
    """Return a name's initials in lower case; empty for a name of one word."""
    return "".join(w[0] for w in name if w[0].isupper()).casefold() if len(name) > 1 else ""


def group_of(form: Form) -> str:
    """Return the group of mentions whose weights are fitted together."""
    if form.kind == "pronoun":
        if form.gender in ("he", "she"):
            return "he"
        if form.gender in ("it", "self", "relative", "new"):
            return f"{form.gender}-{form.number}" if form.gender == "self" else form.gender
        return "they"
    if form.kind == "nominal":
        return "the" if form.is_definite else "a" if form.is_indefinite else "bare"
    return form.kind
