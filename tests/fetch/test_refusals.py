"""Every refusal says what happened and what to do."""

from __future__ import annotations

import pytest

from sayso.fetch import make_refusal
from sayso.fetch.refusals import make_status_refusal
from sayso.records import RefusalCode


@pytest.mark.parametrize("code", list(RefusalCode))
def test_each_cause_has_its_words(code: RefusalCode) -> None:
    if code is RefusalCode.STATUS:
        return  # below
    refusal = make_refusal(code, host="paper.example", reason="it rained")
    assert refusal.code is code
    for sentence in (refusal.message, refusal.advice):
        assert sentence.endswith(".")
        assert "{" not in sentence


@pytest.mark.parametrize("status", [401, 402, 403, 404, 410, 418, 429, 451, 500, 502, 503, 504, 599])
def test_each_status_has_its_words(status: int) -> None:
    for when in (None, "in 9 seconds"):
        refusal = make_status_refusal(status, host="paper.example", retry_after=when)
        assert str(status) in refusal.message
        assert "{" not in refusal.message + refusal.advice
        if status in {429, 503}:
            assert ("9 seconds" in refusal.advice) is (when is not None)
