"""One delivery on its way: into words, out part by part, and what becomes of it where that fails.

Telegram has no key that would make a repeated request harmless, so what is known of each attempt
is committed around it: a delivery that was claimed but never started was certainly not sent; one
that was started may have been. Alerts and digests are then sent again (at least once), so that a
crash costs at most one repeat for each sender in flight; an operator's own words are not (at most
once).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import db.attempts
import db.chats
from db.attempts import Arrived
from db.engine import Database
from domain.delivery import AT_MOST_ONCE, Delivery
from domain.message import Message
from jobs.composing import Composing
from jobs.farewell import owe_farewell
from jobs.faults import report
from jobs.journal import Journal
from jobs.letters import Held, LetGo
from jobs.ports import Courier, DeliveryError, Moved, NotSent, OutcomeUnknown, Rejected, Unreachable

log = logging.getLogger(__name__)

RETRIES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
"""After an unknown outcome the same part is tried at these distances, then given up and shown."""
NOT_SENT_WAIT = timedelta(seconds=15)


class LeaseLost(Exception):
    """The row is somebody else's by now; nothing was sent."""


class Sender:
    """Sends deliveries that were claimed."""

    def __init__(
        self, database: Database, courier: Courier, clock: Callable[[], datetime], journal: Journal
    ) -> None:
        self._database = database
        self._courier = courier
        self._clock = clock
        self._journal = journal
        self._composing = Composing(database, courier, clock)

    async def attempt(self, delivery: Delivery) -> None:
        """Send the next part of a delivery, and note how that ended.

        Only the next one: a chat takes one message a second, and meanwhile others are served.

        Raises:
            DatabaseUnavailable: It could not be begun; nothing was sent.
        """
        try:
            await self._hand_over(delivery)
        except NotSent as error:
            await self._postpone(delivery, str(error), error.retry_after or NOT_SENT_WAIT)
        except OutcomeUnknown as error:
            await self._doubt(delivery, str(error))
        except Rejected as error:
            await self._fail(delivery, str(error))
        except Unreachable as error:
            await self._suspend(delivery, str(error))
        except Moved as error:
            await self._move(delivery, error.chat_id)
        except Held as held:
            await self._postpone(delivery, None, held.until - self._clock())
        except LetGo as error:
            async with self._database.write() as session:
                await db.attempts.let_go(session, delivery.id, str(error))
        except LeaseLost:
            log.warning("delivery %d: the lease was over before it was sent", delivery.id)

    async def _hand_over(self, delivery: Delivery) -> None:
        parts = await self._words(delivery)
        if delivery.parts_sent >= len(parts):
            async with self._database.write() as session:
                await db.attempts.done(session, delivery.id, self._clock())
            return
        if not await self._journal.begin(delivery.id):
            raise LeaseLost
        number = await self._send(delivery, parts[delivery.parts_sent])
        arrived = (*delivery.message_ids, number)
        await self._journal.arrived(Arrived(delivery.id, arrived, len(arrived) == len(parts)))

    async def _words(self, delivery: Delivery) -> tuple[Message, ...]:
        if delivery.parts is None:
            return await self._composing.now(delivery)
        if not delivery.parts_sent:
            await self._composing.hold(delivery)
        return delivery.parts

    async def _send(self, delivery: Delivery, part: Message) -> int:
        try:
            return await self._courier.send(delivery.destination, part, delivery.lane)
        except DeliveryError:
            raise
        except Exception as error:
            # A bug of ours on the way out says nothing about whether it arrived.
            await report(self._database, error, self._clock())
            raise OutcomeUnknown("failed on our side") from error

    async def _doubt(self, delivery: Delivery, reason: str) -> None:
        if delivery.kind in AT_MOST_ONCE:
            async with self._database.write() as session:
                await db.attempts.rest_uncertain(session, delivery.id, reason)
            return
        if delivery.doubts >= len(RETRIES):
            await self._fail(delivery, f"not known whether it arrived: {reason}")
            return
        at = self._clock() + RETRIES[delivery.doubts]
        async with self._database.write() as session:
            await db.attempts.doubt(session, delivery.id, not_before=at, error=reason)

    async def _postpone(self, delivery: Delivery, reason: str | None, wait: timedelta) -> None:
        async with self._database.write() as session:
            await db.attempts.postpone(
                session,
                delivery.id,
                not_before=self._clock() + wait,
                error=reason,
                # This attempt did not arrive; one before it may have.
                unknown=delivery.repeat,
            )

    async def _fail(self, delivery: Delivery, reason: str) -> None:
        log.warning("delivery %d given up: %s", delivery.id, reason)
        async with self._database.write() as session:
            await db.attempts.fail(session, delivery.id, reason)

    async def _suspend(self, delivery: Delivery, reason: str) -> None:
        chat_id, now = delivery.destination.chat_id, self._clock()
        log.info("chat %d suspended: %s", chat_id, reason)
        async with self._database.write() as session:
            await db.chats.suspend(session, chat_id, reason, now)
            await owe_farewell(session, chat_id, reason, now)
        await self._postpone(delivery, reason, timedelta())

    async def _move(self, delivery: Delivery, chat_id: int) -> None:
        await self._postpone(delivery, None, timedelta())
        async with self._database.write() as session:
            await db.chats.move(session, delivery.destination.chat_id, chat_id, self._clock())
