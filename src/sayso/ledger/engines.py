"""The engines that know all documents of a case: which story a document is of, and what its outlet prints everywhere.

They keep what they know on shelves of the case, and look up what they need.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from sayso.corroborate.boilerplate import Boilerplate
from sayso.corroborate.stories import StoryIndex
from sayso.corroborate.story_records import make_story

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Document, Span, Story
    from sayso.store.base import View, Writer

STALE: Final = "stale"
NUMBER_BYTES: Final = 8
