"""The invented case, built once for all that ask about it."""

from __future__ import annotations

import pytest

from tests.demo.demo_case import DemoCase, build_case


@pytest.fixture(scope="session")
def demo() -> DemoCase:
    """The invented case, read by the model and corroborated."""
    return build_case()
