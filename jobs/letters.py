"""From what is owed to what is told: loads the stories behind a delivery, once for many chats."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec

import db.chats
import db.stories
from db.engine import Database, Session
from domain.chat import Chat
from domain.correction import Reported, Wrong
from domain.delivery import Delivery, DeliveryKind
from domain.digest import Alert, Bulletin, Letter
from domain.follow import News
from domain.notice import Broadcast, Failed, Farewell, Notices
from jobs.digest import Contents, contents, digest_of
from jobs.ports import Rejected
from jobs.reminders import reminder_of

KEPT = timedelta(minutes=1)
"""How long the contents of a window are shared: thousands of chats ask for the same one."""
MOST_WINDOWS = 16


_BY_VALUE: Mapping[
    DeliveryKind, type[Notices | Farewell | Wrong | Reported | Broadcast | Failed]
] = {
    "notice": Notices,
    "farewell": Farewell,
    "correction": Wrong,
    "report": Reported,
    "broadcast": Broadcast,
    "fault": Failed,
}
"""What is told as it was when it was owed."""


class Letters:
    """Writes letters."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._windows: OrderedDict[tuple[str, str], tuple[datetime, Contents]] = OrderedDict()

    async def load(self, delivery: Delivery) -> tuple[Letter, Chat]:
        """Return what a delivery tells, and the chat that it is for.

        Raises:
            Rejected: The chat or the story is gone.
        """
        async with self._database.read() as session:
            chat = await db.chats.get(session, delivery.destination.chat_id)
            if chat is None:
                raise Rejected("the chat is not known any more")
            return await self._letter(session, delivery), chat

    async def _letter(self, session: Session, delivery: Delivery) -> Letter:
        match delivery.kind:
            case "alert":
                story = await db.stories.get(session, delivery.payload["story"])
                if story is None:
                    raise Rejected("the story is gone")
                return Alert(story=story)
            case "news":
                return await _bulletin(session, msgspec.convert(delivery.payload, News))
            case "reminder":
                return await reminder_of(session, delivery, self._clock())
            case "digest":
                window = delivery.payload
                found = await self._contents(session, window["since"], window["until"])
                return await digest_of(session, delivery.destination, window["kind"], found)
            case kind if kind in _BY_VALUE:
                return msgspec.convert(delivery.payload, _BY_VALUE[kind])
            case kind:
                raise Rejected(f"nobody knows how to write a {kind}")

    async def _contents(self, session: Session, since: str, until: str) -> Contents:
        now = self._clock()
        kept = self._windows.get((since, until))
        if kept is not None and now - kept[0] < KEPT:
            return kept[1]
        start, end = datetime.fromisoformat(since), datetime.fromisoformat(until)
        found = await contents(session, start, end)
        self._windows[since, until] = now, found
        while len(self._windows) > MOST_WINDOWS:
            self._windows.popitem(last=False)
        return found


async def _bulletin(session: Session, news: News) -> Bulletin:
    story = await db.stories.get(session, news.story_id or 0)
    coverage = story.coverage if story else ()
    told = next((one for one in coverage if one.article.id == news.article_id), None)
    if story is None or told is None:
        raise Rejected("the article is gone")
    return Bulletin(news=news, story=story, told=told)
