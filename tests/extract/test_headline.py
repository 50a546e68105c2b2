"""Does the body bear out the headline?"""

from __future__ import annotations

import pytest

from sayso.extract.headline import judge_headline
from sayso.records import Support


def support_of(headline: str, body: str) -> Support:
    return judge_headline(f"{headline}\n\n{body}", (0, len(headline)), []).support


@pytest.mark.parametrize(
    ("headline", "body", "support"),
    [
        ("Wall at Port Callan holds", "The wall at Port Callan holds, engineers found.", Support.FULL),
        ("Minister resigns", "The minister did not resign, his office wrote.", Support.PARTIAL),
        ("Minister took bribes", "The minister may have taken bribes, a clerk wrote.", Support.PARTIAL),
        ("Storm kills 4 at Port Callan", "A storm killed four people at Port Callan.", Support.FULL),
        ("Storm kills 9 at Port Callan", "A storm killed four people at Port Callan.", Support.PARTIAL),
        ("Ferry line to close in March", "Nothing of the kind was ever said.", Support.NONE),
        ("Minister may resign", "The minister may resign in May.", Support.FULL),
    ],
)
def test_the_body_is_asked_whether_it_says_as_much(headline: str, body: str, support: Support) -> None:
    assert support_of(headline, body) is support


def test_why_quotes_the_sentence() -> None:
    found = judge_headline("Minister resigns\n\nThe minister did not resign.", (0, 16), [])
    assert "did not resign" in found.why
