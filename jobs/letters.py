"""From what is owed to what is told: loads the stories behind a delivery, once for many chats."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

import db.chats
import db.folding
import db.stories
from db.engine import Database, Session
from domain.chat import Chat
from domain.correction import Reported, Wrong
from domain.delivery import Delivery, DeliveryKind
from domain.digest import Alert, Bulletin, Letter, Reminder
from domain.follow import News
from domain.notice import Broadcast, Failed, Farewell, Notices
from domain.preferences import Listener
from domain.proposal import Proposal, Suggested, Thanked
from domain.rule import Objection, Sieve, written
from jobs.digest import Contents, contents, digest_of
from jobs.gathering import Gathered, gather
from jobs.listening import listener
from jobs.ports import Rejected
from jobs.reminders import reminder_of

KEPT = timedelta(minutes=1)
"""How long the contents of a window are shared: thousands of chats ask for the same one."""
MOST_WINDOWS = 16
_DIGEST_FIRST = timedelta(minutes=1)


_BY_VALUE: Mapping[
    DeliveryKind,
    type[
        Notices | Farewell | Wrong | Reported | Broadcast | Failed | Proposal | Suggested | Thanked
    ],
] = {
    "notice": Notices,
    "farewell": Farewell,
    "correction": Wrong,
    "report": Reported,
    "broadcast": Broadcast,
    "fault": Failed,
    "proposal": Proposal,
    "suggestion": Suggested,
    "thanks": Thanked,
}
"""What is told as it was when it was owed."""


class Held(Exception):
    """It is for later: quiet hours, or a digest that waits until a chat is muted no more."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"held until {until.isoformat()}")
        self.until = until


class LetGo(Exception):
    """Whom it was for does not want it (any more)."""

    def __init__(self, objection: Objection) -> None:
        super().__init__(written(objection))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter, whom it is for, and what makes it the same as another one."""

    letter: Letter
    chat: Chat
    same: Hashable = None
    """Of digests: what is equal where they say the same in the same words; else None."""
    carries: tuple[int, ...] = ()
    """Other deliveries that it tells as well."""


class Letters:
    """Writes letters."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._windows: OrderedDict[tuple[str, str], tuple[datetime, Contents]] = OrderedDict()

    async def load(self, delivery: Delivery) -> Draft:
        """Return what a delivery tells, and the chat that it is for.

        Raises:
            Rejected: The chat or the story is gone.
            Held: It is for later.
            LetGo: It is not wanted there (any more).
        """
        async with self._database.read() as session:
            chat = await _chat(session, delivery)
            match delivery.kind:
                case "alert" | "news" | "reminder":
                    letter = await self._personal(session, delivery, chat)
                    if found := await self._together(session, delivery):
                        return Draft(letter=found.letter, chat=chat, carries=found.carries)
                    return Draft(letter=letter, chat=chat)
                case "digest":
                    return await self._digest(session, delivery, chat)
                case kind if kind in _BY_VALUE:
                    letter = msgspec.convert(delivery.payload, _BY_VALUE[kind])
                    return Draft(letter=letter, chat=chat)
                case kind:
                    raise Rejected(f"nobody knows how to write a {kind}")

    async def hold(self, delivery: Delivery) -> None:
        """Look once more at the clock of whom something is for that was put into words before.

        Raises:
            Held: It is for later.
        """
        if delivery.kind not in _QUIET and delivery.kind != "digest":
            return
        async with self._database.read() as session:
            chat = await _chat(session, delivery)
            one = await listener(session, delivery.destination, (), chat.timezone)
        if delivery.kind in _QUIET:
            self._wait(one, delivery)
        else:
            self._wait_for_the_mute(one, delivery)

    async def _personal(self, session: Session, delivery: Delivery, chat: Chat) -> Letter:
        """Write what comes by itself between digests, if it is still wanted, and now."""
        number = delivery.story_id
        stories = () if number is None else (number,)
        one = await listener(session, delivery.destination, stories, chat.timezone)
        now, sieve = self._clock(), Sieve()
        letter: Alert | Bulletin | Reminder
        match delivery.kind:
            case "alert":
                letter = await _alert(session, delivery)
                no = one.alert_objection(letter.story, sieve)
            case "news":
                letter = await _bulletin(session, msgspec.convert(delivery.payload, News))
                no = one.news_objection(letter.story, sieve)
            case _:
                letter = await reminder_of(session, delivery, now)
                no = one.verdict_on(number)
        if no is not None:
            raise LetGo(no)
        self._wait(one, delivery)
        return letter

    async def _together(self, session: Session, delivery: Delivery) -> Gathered | None:
        """Gather what waited with an alert or news; a digest that is about to leave goes first."""
        if delivery.kind == "reminder":
            return None
        now, at = self._clock(), delivery.destination
        waiting = await db.folding.waited(session, at, delivery.id, now)
        if not waiting:
            return None
        if await db.folding.digest_waits(session, at, now):
            raise Held(now + _DIGEST_FIRST)
        return await gather(session, delivery, waiting, now)

    def _wait(self, one: Listener, delivery: Delivery) -> None:
        now = self._clock()
        # Reminders were asked for: no mute holds them.
        at = one.spoken(now) if delivery.kind == "reminder" else one.told_at(now)
        if at > now:
            raise Held(at)

    def _wait_for_the_mute(self, one: Listener, delivery: Delivery) -> None:
        """Keep a digest for later: let go it would take what it covers with it."""
        now, until = self._clock(), one.preferences.muted_until
        if delivery.payload["kind"] != "now" and until is not None and now < until:
            raise Held(until)

    async def _digest(self, session: Session, delivery: Delivery, chat: Chat) -> Draft:
        window = delivery.payload
        found = await self._contents(session, window["since"], window["until"])
        one = await listener(session, delivery.destination, found.numbers)
        self._wait_for_the_mute(one, delivery)
        digest = await digest_of(session, one, window["kind"], found)
        if "due" in window:
            digest = replace(digest, due=datetime.fromisoformat(window["due"]))
        if not digest.items and one.preferences.silent and window["kind"] != "now":
            raise LetGo(Objection("nothing_new"))
        items = tuple((item.story.id, item.alerted) for item in digest.items)
        same = (*window.values(), items, chat.language, chat.timezone)
        return Draft(letter=digest, chat=chat, same=same)

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


_QUIET: frozenset[DeliveryKind] = frozenset({"alert", "news", "reminder"})
"""What keeps quiet hours; a digest comes at the hour that was chosen for it."""


async def _chat(session: Session, delivery: Delivery) -> Chat:
    chat = await db.chats.at(session, delivery.destination)
    if chat is None:
        raise Rejected("the chat is not known any more")
    return chat


async def _alert(session: Session, delivery: Delivery) -> Alert:
    story = await db.stories.get(session, delivery.payload["story"])
    if story is None:
        raise Rejected("the story is gone")
    since = delivery.payload.get("since")
    return Alert(story=story, since=datetime.fromisoformat(since) if since else None)


async def _bulletin(session: Session, news: News) -> Bulletin:
    story = await db.stories.get(session, news.story_id or 0)
    coverage = story.coverage if story else ()
    told = next((one for one in coverage if one.article.id == news.article_id), None)
    if story is None or told is None:
        raise Rejected("the article is gone")
    return Bulletin(news=news, story=story, told=told)
