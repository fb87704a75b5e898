"""Hand over what is owed: each sender takes the next delivery as soon as it is free.

A slow one holds up nobody but itself: what is claimed is never more than what can be begun at
once, and a chat that has to be left alone just now is not claimed at all.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import db.attempts
import db.deliveries
import db.folding
import db.pauses
from db.engine import Database
from db.errors import DatabaseUnavailable
from domain.delivery import Delivery
from jobs.concerning import concerning
from jobs.faults import report
from jobs.journal import Journal
from jobs.ports import Courier
from jobs.sender import Sender

log = logging.getLogger(__name__)

SENDERS = 8
"""Requests on their way at once: a crash makes at most so many possible repeats."""
MOST_SENDERS = 256
ROUND_TRIP = 0.25
"""Seconds that a request takes at most, usually: so many have to be on their way at a rate."""
LEASE = timedelta(minutes=5)
GATHER = 0.025
"""Seconds that notes wait for one another where more senders are on their way than are free."""


def senders_for(per_second: float) -> int:
    """Return how many senders a rate needs: eight at what is free, more where one pays."""
    return max(SENDERS, min(MOST_SENDERS, round(per_second * ROUND_TRIP)))


class Bell:
    """Rung where somebody waits for what was just owed: he is not left to the next tick."""

    def __init__(self) -> None:
        self.answer: Callable[[], None] | None = None
        """What the outbox of this process does about it; there may be none."""

    def ring(self) -> None:
        """Let the outbox look now. What was owed has to be in the database already."""
        if self.answer is not None:
            self.answer()


class Outbox:
    """The one place from which deliveries leave."""

    def __init__(
        self,
        database: Database,
        courier: Courier,
        clock: Callable[[], datetime],
        *,
        owner: str,
        senders: int = SENDERS,
    ) -> None:
        self._database = database
        self._courier = courier
        self._clock = clock
        self._owner = owner
        self._senders = senders
        self._gather = GATHER if senders > SENDERS else 0.0
        journal = Journal(database, clock, owner=owner, gather=self._gather)
        self._sender = Sender(database, courier, clock, journal)
        self._claiming = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._wakings: set[asyncio.Task[None]] = set()
        self._held: set[int] = set()
        self._dropped: set[int] = set()
        self._handled = 0
        self._closing = False
        self._is_wanted = False
        self._is_refilling = False

    @property
    def handled(self) -> int:
        """How many deliveries have been handed over, or given up, so far."""
        return self._handled

    def close(self) -> None:
        """Take nothing new; what is on its way comes to its end."""
        self._closing = True

    async def begin(self) -> int:
        """Let every free sender begin with something that is due; return how many did."""
        async with self._claiming:
            free = self._senders - len(self._held)
            rest = self._courier.rest()
            if self._closing or free <= 0 or rest.everybody:
                return 0
            claimed = await self._claim(free, rest.chats)
            for delivery in claimed:
                self._held.add(delivery.id)
                task = asyncio.create_task(self._work(delivery), name=f"delivery {delivery.id}")
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            return len(claimed)

    def wake(self) -> None:
        """Begin as soon as the loop comes to it; without a database the next tick does."""
        task = asyncio.create_task(self._woken(), name="outbox woken")
        self._wakings.add(task)
        task.add_done_callback(self._wakings.discard)

    async def _woken(self) -> None:
        with suppress(DatabaseUnavailable):
            await self._refill()

    async def drain(self) -> int:
        """Hand over everything that is due and wait for it; return how many were handled."""
        before = self._handled
        while await self.begin() or self._tasks:
            await asyncio.wait(self._tasks)
        return self._handled - before

    async def end(self, patience: float) -> None:
        """Let what is on its way arrive for so many seconds; the rest is sent after a restart."""
        self.close()
        if self._wakings:
            await asyncio.wait(self._wakings, timeout=patience)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        left = [*self._tasks, *self._wakings]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def recover(self) -> None:
        """Take back what the process before this one had claimed; nobody else may be sending."""
        async with self._database.write() as session:
            released = await db.attempts.release(session, None)
        if released:
            log.info("outbox: %d taken over from the process before", released)

    async def sweep(self) -> None:
        """Take back what a dead sender had claimed, and let go of what is too old to be news."""
        now = self._clock()
        async with self._database.write() as session:
            released = await db.attempts.release(session, now, besides=self._held)
            expired = await db.deliveries.expire(session, now)
            await db.folding.release(session)
            await db.pauses.forget(session, now)
        if released or expired:
            log.info("outbox: %d taken back, %d expired", released, expired)

    async def _claim(self, limit: int, besides: frozenset[int]) -> list[Delivery]:
        dropped = frozenset(self._dropped)
        async with self._database.write() as session:
            if dropped:
                await db.attempts.give_back(session, dropped, self._owner)
            claimed = await db.deliveries.claim(
                session,
                owner=self._owner,
                now=self._clock(),
                lease=LEASE,
                limit=limit,
                besides=besides,
            )
        self._dropped -= dropped
        return claimed

    async def _work(self, delivery: Delivery) -> None:
        """Send one, and let the next one be claimed without waiting for a tick."""
        with concerning(delivery=delivery.id, chat=delivery.destination.chat_id):
            await self._attempt(delivery)
        with suppress(DatabaseUnavailable):
            await self._refill()

    async def _attempt(self, delivery: Delivery) -> None:
        try:
            await self._sender.attempt(delivery)
        except DatabaseUnavailable:
            # It was not begun, or its end could not be noted in minutes; the tick says why.
            self._dropped.add(delivery.id)
        except Exception as error:
            # A bug of ours in putting it into words would come again; the others go out.
            await report(self._database, error, self._clock())
            await self._give_up(delivery)
        finally:
            self._held.discard(delivery.id)
            self._handled += 1

    async def _refill(self) -> None:
        """Claim for everybody who has become free meanwhile: one claim serves many of them."""
        self._is_wanted = True
        if self._is_refilling:
            return
        self._is_refilling = True
        try:
            while self._is_wanted:
                if self._gather:
                    await asyncio.sleep(self._gather)
                self._is_wanted = False
                await self.begin()
        finally:
            self._is_refilling = False

    async def _give_up(self, delivery: Delivery) -> None:
        try:
            async with self._database.write() as session:
                await db.attempts.fail(session, delivery.id, "failed on our side")
        except DatabaseUnavailable:
            self._dropped.add(delivery.id)
