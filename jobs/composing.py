"""Deliveries put into words, once: a repeat then says the same, also after a restart."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, Protocol

import db.attempts
import db.deliveries
import db.folding
from db.engine import Database, Session
from domain.chat import Chat
from domain.delivery import Delivery
from domain.digest import Digest, Letter
from domain.message import Message
from jobs.letters import KEPT, Draft, Held, LetGo, Letters
from jobs.ports import Rejected

log = logging.getLogger(__name__)

MOST_SHARED = 64
"""Digests in words that are kept for other chats to which they say the same."""


class Writer(Protocol):
    """Puts letters into words."""

    def compose(self, letter: Letter, chat: Chat) -> tuple[Message, ...]:
        """Render a letter in the chat's language, as many messages as it takes."""
        ...


class Composing:
    """Writes what is owed, for who sends it or ahead of him."""

    def __init__(self, database: Database, writer: Writer, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._writer = writer
        self._clock = clock
        self._letters = Letters(database, clock)
        self._shared: OrderedDict[Hashable, tuple[datetime, tuple[Message, ...]]] = OrderedDict()

    async def now(self, delivery: Delivery) -> tuple[Message, ...]:
        """Put a delivery into words that the caller has claimed.

        Raises:
            Rejected: The chat or the story is gone.
            Held: It is for later.
            LetGo: It is not wanted there (any more).
        """
        draft = await self._letters.load(delivery)
        parts = self._composed(draft)
        async with self._database.write() as session:
            payload = _settled(delivery, draft.letter)
            await db.attempts.keep_parts(session, delivery.id, parts, payload)
            await db.folding.fold(session, delivery.id, draft.carries)
            await _supersede(session, delivery, draft.letter)
        return parts

    async def hold(self, delivery: Delivery) -> None:
        """Look once more whether now is the time for what was put into words before.

        Raises:
            Held: It is for later.
        """
        await self._letters.hold(delivery)

    async def ahead(self, numbers: Sequence[int]) -> int:
        """Put deliveries into words that nobody sends yet; return how many it were.

        Whoever claims one meanwhile writes it himself, and what was written here is dropped.
        """
        async with self._database.read() as session:
            waiting = await db.deliveries.unwritten(session, numbers)
        written = 0
        for delivery in waiting:
            try:
                written += await self._ahead(delivery)
            except (Rejected, Held, LetGo) as error:
                log.debug("delivery %d is left to its sender: %s", delivery.id, error)
        return written

    async def _ahead(self, delivery: Delivery) -> bool:
        draft = await self._letters.load(delivery)
        if draft.carries:
            return False  # what else has waited is known when it leaves
        parts = self._composed(draft)
        async with self._database.write() as session:
            payload = _settled(delivery, draft.letter)
            if not await db.attempts.keep_ahead(session, delivery.id, parts, payload):
                return False
            await _supersede(session, delivery, draft.letter)
        return True

    def _composed(self, draft: Draft) -> tuple[Message, ...]:
        """Put a draft into words; thousands of chats that are told the same share them."""
        if draft.same is None:
            return self._writer.compose(draft.letter, draft.chat)
        now = self._clock()
        kept = self._shared.get(draft.same)
        if kept is None or now - kept[0] >= KEPT:
            kept = now, self._writer.compose(draft.letter, draft.chat)
            self._shared[draft.same] = kept
            while len(self._shared) > MOST_SHARED:
                self._shared.popitem(last=False)
        return kept[1]


def _settled(delivery: Delivery, letter: Letter) -> dict[str, Any] | None:
    """Return what a digest's delivery is about, now that it is known which stories it tells."""
    if not isinstance(letter, Digest):
        return None
    return {**delivery.payload, "stories": _told(letter)}


async def _supersede(session: Session, delivery: Delivery, letter: Letter) -> None:
    if isinstance(letter, Digest):
        await db.deliveries.supersede(session, delivery.destination, _told(letter))


def _told(digest: Digest) -> list[int]:
    return [item.story.id for item in digest.items]
