"""Deliveries put into words, once: a repeat then says the same, also after a restart."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import db.attempts
import db.deliveries
from db.engine import Database
from domain.chat import Chat
from domain.delivery import Delivery
from domain.digest import Digest, Letter
from domain.message import Message
from jobs.letters import Letters
from jobs.ports import Rejected

log = logging.getLogger(__name__)


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
        self._letters = Letters(database, clock)

    async def now(self, delivery: Delivery) -> tuple[Message, ...]:
        """Put a delivery into words that the caller has claimed.

        Raises:
            Rejected: The chat or the story is gone.
        """
        letter, chat = await self._letters.load(delivery)
        parts = self._writer.compose(letter, chat)
        async with self._database.write() as session:
            await db.attempts.keep_parts(session, delivery.id, parts)
            if isinstance(letter, Digest):
                await db.deliveries.supersede(session, delivery.destination, _told(letter))
        return parts

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
            except Rejected as error:
                log.debug("delivery %d is left to its sender: %s", delivery.id, error)
        return written

    async def _ahead(self, delivery: Delivery) -> bool:
        letter, chat = await self._letters.load(delivery)
        parts = self._writer.compose(letter, chat)
        async with self._database.write() as session:
            if not await db.attempts.keep_ahead(session, delivery.id, parts):
                return False
            if isinstance(letter, Digest):
                await db.deliveries.supersede(session, delivery.destination, _told(letter))
        return True


def _told(digest: Digest) -> list[int]:
    return [item.story.id for item in digest.items]
