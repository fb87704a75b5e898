"""What is known of each request, committed around it: many senders' notes in one transaction.

A commit costs the same for one note as for twenty. Whoever has something to note while another
commit is under way goes with the next one, so that hundreds of messages a second need some dozens
of commits, and each sender still waits until its own note is safe.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import db.attempts
from db.attempts import Arrived
from db.engine import Database
from db.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

PERSISTENCE = timedelta(minutes=5)
"""For so long a note is repeated that a message has arrived while the database is away: without
the note the message would be sent again."""
WAIT = 1.0

Begin = int
"""The number of a delivery whose request is about to leave."""


class Journal:
    """Takes notes of deliveries on their way.

    `gather`: seconds that a commit waits for others to join it. Where hundreds of senders are on
    their way, commits are what costs; where eight are, nobody should wait.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        *,
        owner: str,
        gather: float = 0.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._clock = clock
        self._owner = owner
        self._gather = gather
        self._sleep = sleep
        self._waiting: list[tuple[Begin | Arrived, asyncio.Future[bool]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def begin(self, delivery_id: int) -> bool:
        """Commit that a request is about to leave; False if the row is not ours any more.

        Raises:
            DatabaseUnavailable: It could not be noted: the request must not leave.
        """
        return await self._note(delivery_id)

    async def arrived(self, note: Arrived) -> None:
        """Commit that a part has arrived, however long the database takes to answer.

        Raises:
            DatabaseUnavailable: Not within five minutes; by then the lease is over.
        """
        until = self._clock() + PERSISTENCE
        while True:
            try:
                await self._note(note)
                return
            except DatabaseUnavailable:
                if self._clock() >= until:
                    raise
            await self._sleep(WAIT)

    async def _note(self, note: Begin | Arrived) -> bool:
        noted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((note, noted))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all(), name="journal")
        return await noted

    async def _write_all(self) -> None:
        while self._waiting:
            if self._gather:
                await self._sleep(self._gather)
            batch, self._waiting = self._waiting, []
            try:
                begun = await self._write([note for note, _ in batch])
            except Exception as error:
                # Each of those who wait is told, and decides; nobody waits in vain.
                for _, noted in batch:
                    if not noted.done():
                        noted.set_exception(error)
            else:
                for note, noted in batch:
                    if not noted.done():
                        noted.set_result(isinstance(note, Arrived) or note in begun)
        self._writer = None

    async def _write(self, notes: Sequence[Begin | Arrived]) -> set[int]:
        now = self._clock()
        begins = [note for note in notes if not isinstance(note, Arrived)]
        arrivals = [note for note in notes if isinstance(note, Arrived)]
        async with self._database.write() as session:
            await db.attempts.arrived(session, arrivals, now)
            return await db.attempts.start(session, begins, self._owner, now)
