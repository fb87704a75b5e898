"""The outer edge, faked: a courier that keeps what it was given, a clock that a test turns."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.chat import Chat, Destination
from domain.correction import Reported, Wrong
from domain.delivery import Lane
from domain.digest import Alert, Bulletin, Digest, Letter, Reminder, RoundUp
from domain.message import Message
from domain.notice import Broadcast, Failed, Farewell, Notices
from domain.proposal import Proposal, Suggested, Thanked
from domain.rereading import Progress
from jobs.ports import Rest


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self, at: datetime = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **delta: float) -> datetime:
        self.at += timedelta(**delta)
        return self.at


@dataclass
class RecordingCourier:
    """Keeps what it was given; raises what a test has put into `troubles`, one for each call."""

    sent: list[tuple[Destination, Message]] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    troubles: list[Exception | None] = field(default_factory=list)
    parts: int = 1
    resting: Rest = field(default_factory=Rest)
    edits: list[tuple[int, str]] = field(default_factory=list)

    def compose(self, letter: Letter, chat: Chat) -> tuple[Message, ...]:
        self.letters.append(letter)
        if isinstance(letter, Notices):
            told = [
                f"{one.trouble}{' over' if one.over else ''} #{one.source_id}"
                for one in letter.notices
            ]
            return (Message(html=f"notice: {'; '.join(told)}"),)
        if isinstance(letter, Progress):
            return (Message(html=f"{letter.done} of {letter.total}, {letter.changed} changed"),)
        if isinstance(letter, Bulletin):
            return (Message(html=_bulletin(letter)),)
        if isinstance(letter, Wrong | Reported):
            return (Message(html=f"{type(letter).__name__.lower()} f{letter.number}"),)
        if isinstance(letter, Proposal | Suggested | Thanked):
            return (Message(html=f"{type(letter).__name__.lower()} {letter}"),)
        if isinstance(letter, Broadcast | Failed):
            return (Message(html=f"{type(letter).__name__.lower()} {letter}"),)
        if isinstance(letter, Farewell):
            return (Message(html=f"farewell {letter.title}: {letter.reason}"),)
        if isinstance(letter, Reminder):
            moved = f" moved from {letter.moved_from}" if letter.moved_from else ""
            return (Message(html=f"reminder {letter.window.last}{moved}"),)
        titles = [story.lead.article.title for story in _stories(letter)]
        head = f"digest {letter.kind}" if isinstance(letter, Digest) else type(letter).__name__
        head = head.lower()
        return tuple(
            Message(html=f"{head} {part} [{chat.language}]: {'; '.join(titles)}")
            for part in range(1, self.parts + 1)
        )

    def rest(self) -> Rest:
        return self.resting

    async def send(self, destination: Destination, message: Message, lane: Lane) -> int:
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble
        self.sent.append((destination, message))
        self.lanes.append(lane)
        return len(self.sent)

    async def edit(self, destination: Destination, message_id: int, message: Message) -> None:
        self.edits.append((message_id, message.html))

    @property
    def texts(self) -> list[str]:
        return [message.html for _, message in self.sent]


def _stories(letter: Alert | Digest | RoundUp):
    return [letter.story] if isinstance(letter, Alert) else [item.story for item in letter.items]


def _bulletin(letter: Bulletin) -> str:
    changes = [f"{one.field} {one.before}→{one.after}" for one in letter.news.developments]
    facts = f"{len(letter.news.facts)} facts" if letter.news.facts else ""
    told = [letter.told.article.title, *changes, facts]
    return f"news {', '.join(letter.news.labels)}: {'; '.join(one for one in told if one)}"
