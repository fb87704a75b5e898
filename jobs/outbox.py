"""Hand over what is owed: claim, mark as started, send, mark as sent.

Telegram has no key that would make a repeated request harmless, so what is known of each attempt
is committed around it: a delivery that was claimed but never started was certainly not sent; one
that was started may have been. Alerts and digests are then sent again (at least once), so that a
crash costs at most one repeat for each sender in flight.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec

import db.chats
import db.deliveries
import db.stories
from db.engine import Database, Session
from domain.chat import Chat
from domain.correction import Reported, Wrong
from domain.delivery import Delivery, DeliveryKind
from domain.digest import Alert, Bulletin, Digest, Letter
from domain.follow import News
from domain.message import Message
from domain.notice import Notices
from jobs.digest import compose
from jobs.ports import Courier, DeliveryError, Moved, NotSent, OutcomeUnknown, Rejected, Unreachable

log = logging.getLogger(__name__)

SENDERS = 8
LEASE = timedelta(minutes=5)

# After an unknown outcome the same message is tried at these distances, then given up and shown.
RETRIES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
NOT_SENT_WAIT = timedelta(seconds=15)


_BY_VALUE: Mapping[DeliveryKind, type[Notices | Wrong | Reported]] = {
    "notice": Notices,
    "correction": Wrong,
    "report": Reported,
}
"""What is told as it was when it was owed."""


class Outbox:
    """The one place from which deliveries leave."""

    def __init__(
        self,
        database: Database,
        courier: Courier,
        clock: Callable[[], datetime],
        *,
        owner: str,
    ) -> None:
        self._database = database
        self._courier = courier
        self._clock = clock
        self._owner = owner
        self._closing = False

    def close(self) -> None:
        """Take nothing new; what is on its way comes to its end."""
        self._closing = True

    async def drain(self) -> int:
        """Hand over everything that is due; return how many deliveries were handled."""
        handled = 0
        while not self._closing and (claimed := await self._claim()):
            await asyncio.gather(*(self._attempt(delivery) for delivery in claimed))
            handled += len(claimed)
        return handled

    async def recover(self) -> None:
        """Take back what the process before this one had claimed; nobody else may be sending."""
        async with self._database.write() as session:
            released = await db.deliveries.release(session, None)
        if released:
            log.info("outbox: %d taken over from the process before", released)

    async def sweep(self) -> None:
        """Take back what a dead sender had claimed, and let go of what is too old to be news."""
        now = self._clock()
        async with self._database.write() as session:
            released = await db.deliveries.release(session, now)
            expired = await db.deliveries.expire(session, now)
        if released or expired:
            log.info("outbox: %d taken back, %d expired", released, expired)

    async def _claim(self) -> list[Delivery]:
        async with self._database.write() as session:
            return await db.deliveries.claim(
                session, owner=self._owner, now=self._clock(), lease=LEASE, limit=SENDERS
            )

    async def _attempt(self, delivery: Delivery) -> None:
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
        except Exception:
            # A bug of ours in putting it into words would come again; the others go out.
            log.exception("delivery %d failed", delivery.id)
            await self._fail(delivery, "failed on our side")

    async def _hand_over(self, delivery: Delivery) -> None:
        parts = delivery.parts if delivery.parts is not None else await self._compose(delivery)
        for part in parts[delivery.parts_sent :]:
            async with self._database.write() as session:
                await db.deliveries.start(session, delivery.id, self._clock())
            message_id = await self._send(delivery, part)
            async with self._database.write() as session:
                await db.deliveries.part_sent(session, delivery.id, message_id, self._clock())
        async with self._database.write() as session:
            await db.deliveries.done(session, delivery.id, self._clock())

    async def _send(self, delivery: Delivery, part: Message) -> int:
        try:
            return await self._courier.send(delivery.destination, part, delivery.lane)
        except DeliveryError:
            raise
        except Exception as error:
            # A bug of ours on the way out says nothing about whether it arrived.
            log.exception("delivery %d could not be handed over", delivery.id)
            raise OutcomeUnknown("failed on our side") from error

    async def _compose(self, delivery: Delivery) -> tuple[Message, ...]:
        """Put it into words once: a repeat then says the same, also after a restart."""
        letter, chat = await self._load(delivery)
        parts = self._courier.compose(letter, chat)
        async with self._database.write() as session:
            await db.deliveries.keep_parts(session, delivery.id, parts)
            if isinstance(letter, Digest):
                told = [item.story.id for item in letter.items]
                await db.deliveries.supersede(session, delivery.destination, told)
        return parts

    async def _load(self, delivery: Delivery) -> tuple[Letter, Chat]:
        async with self._database.read() as session:
            chat = await db.chats.get(session, delivery.destination.chat_id)
            if chat is None:
                raise Rejected("the chat is not known any more")
            if delivery.kind == "alert":
                story = await db.stories.get(session, delivery.payload["story"])
                if story is None:
                    raise Rejected("the story is gone")
                return Alert(story=story), chat
            if delivery.kind in _BY_VALUE:
                return msgspec.convert(delivery.payload, _BY_VALUE[delivery.kind]), chat
            if delivery.kind == "news":
                return await _bulletin(session, msgspec.convert(delivery.payload, News)), chat
            window = delivery.payload
            digest = await compose(
                session,
                delivery.destination,
                kind=window["kind"],
                since=datetime.fromisoformat(window["since"]),
                until=datetime.fromisoformat(window["until"]),
            )
            return digest, chat

    async def _doubt(self, delivery: Delivery, reason: str) -> None:
        if delivery.attempts >= len(RETRIES):
            await self._fail(delivery, f"not known whether it arrived: {reason}")
            return
        await self._postpone(delivery, reason, RETRIES[delivery.attempts], unknown=True)

    async def _postpone(
        self, delivery: Delivery, reason: str, wait: timedelta, *, unknown: bool = False
    ) -> None:
        async with self._database.write() as session:
            await db.deliveries.postpone(
                session,
                delivery.id,
                not_before=self._clock() + wait,
                error=reason,
                unknown=unknown,
            )

    async def _fail(self, delivery: Delivery, reason: str) -> None:
        log.warning("delivery %d given up: %s", delivery.id, reason)
        async with self._database.write() as session:
            await db.deliveries.fail(session, delivery.id, reason)

    async def _suspend(self, delivery: Delivery, reason: str) -> None:
        log.info("chat %d suspended: %s", delivery.destination.chat_id, reason)
        now = self._clock()
        async with self._database.write() as session:
            await db.chats.suspend(session, delivery.destination.chat_id, reason, now)
            await db.deliveries.postpone(
                session, delivery.id, not_before=now, error=reason, unknown=False
            )

    async def _move(self, delivery: Delivery, chat_id: int) -> None:
        now = self._clock()
        async with self._database.write() as session:
            await db.deliveries.postpone(
                session, delivery.id, not_before=now, error=None, unknown=False
            )
            await db.chats.move(session, delivery.destination.chat_id, chat_id, now)


async def _bulletin(session: Session, news: News) -> Bulletin:
    story = await db.stories.get(session, news.story_id or 0)
    coverage = story.coverage if story else ()
    told = next((one for one in coverage if one.article.id == news.article_id), None)
    if story is None or told is None:
        raise Rejected("the article is gone")
    return Bulletin(news=news, story=story, told=told)
