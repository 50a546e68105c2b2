"""The engines that know all documents of a case: which story a document is of, what its outlet prints everywhere.

They keep what they know on shelves of the case, and look up what they need: a case of a hundred thousand articles is
never gone through for one more.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from secrets import token_bytes
from typing import TYPE_CHECKING, Final

from sayso.corroborate.boilerplate import Boilerplate
from sayso.corroborate.stories import StoryChange, StoryIndex
from sayso.corroborate.story_records import make_story
from sayso.encoder.word_list import load_common_words
from sayso.errors import DamagedRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Document, Span, Story
    from sayso.store.base import Writer

STALE: Final = "stale stories"
NUMBER_BYTES, TOKEN_BYTES = 8, 8


class Engines:
    """The engines of one case within one write block."""

    def __init__(self, writer: Writer) -> None:
        """Take the case."""
        self._writer = writer

    @cached_property
    def _index(self) -> StoryIndex:
        return StoryIndex(load_common_words(), shelves=self._writer)

    @cached_property
    def _boilerplate(self) -> Boilerplate:
        return Boilerplate(self._writer)

    def has(self, document_id: str) -> bool:
        """Return whether a document was entered."""
        return self._index.memory.find_number(document_id) is not None

    def enter(self, doc: Document) -> tuple[int, ...]:
        """Enter a document, or note that something about one that is there already changed.

        Returns:
            The numbers of the stories that are stale by that.
        """
        if self.has(doc.id):
            return self._note(StoryChange(changed=(self._index.story_of(doc.id),)))
        self._boilerplate.add(doc)
        return self._note(self._index.add(doc))

    def leave(self, document_id: str) -> tuple[int, ...]:
        """Take a document out; one that is not there changes nothing.

        Returns:
            The numbers of the stories that are stale by that.
        """
        self._boilerplate.remove(document_id)
        return self._note(self._index.remove(document_id))

    def find_boilerplate(self, doc: Document) -> tuple[Span, ...]:
        """Return the stretches of a document that its outlet prints again and again."""
        return self._boilerplate.find(doc)

    def find_stale(self, *, limit: int) -> dict[int, bytes]:
        """Return the numbers of stories that changed since what they have in common was last looked at.

        Each has a token, another one with each change.
        """
        return {unpack(key): token for key, token in islice(self._writer.iter_held(STALE), limit)}

    def find_tokens(self, numbers: Iterable[int]) -> dict[int, bytes]:
        """Return the tokens of stories; those that are not stale are left out."""
        return {unpack(key): token for key, token in self._writer.find_held(STALE, map(pack, numbers)).items()}

    def make_story(self, number: int) -> Story | None:
        """Return a story by its number; None where there is none any more."""
        if not self._index.memory.find_members([number]).get(number):
            return None
        return make_story(self._index, number)

    def note_fresh(self, numbers: Iterable[int]) -> None:
        """Note that what some stories have in common was looked at."""
        self._writer.hold(STALE, {pack(number): None for number in numbers})

    def _note(self, change: StoryChange) -> tuple[int, ...]:
        self.note_fresh(change.gone)
        self._writer.hold(STALE, {pack(number): token_bytes(TOKEN_BYTES) for number in change.changed})
        return change.changed


def pack(number: int) -> bytes:
    """Return the key of a story's number; in their order the numbers are, too."""
    return number.to_bytes(NUMBER_BYTES, "big")


def unpack(key: bytes) -> int:
    """Return the number that a key stands for.

    Raises:
        DamagedRecord: It stands for none.
    """
    if len(key) != NUMBER_BYTES:
        raise DamagedRecord(STALE)
    return int.from_bytes(key, "big")
