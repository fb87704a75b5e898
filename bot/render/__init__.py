"""Words and markup. Pure: what is to be told in, Telegram messages out."""

from dataclasses import replace

from bot.render import (
    alert,
    announcement,
    deadlines,
    digest,
    farewell,
    news,
    rereading,
    trouble,
    wrong,
)
from domain.chat import Chat
from domain.correction import Reported, Wrong
from domain.digest import Alert, Bulletin, Letter, Reminder
from domain.message import Message
from domain.notice import Broadcast, Failed, Farewell, Notices
from domain.rereading import Progress


def render(letter: Letter, chat: Chat) -> tuple[Message, ...]:
    """Put a letter into the chat's language and time zone, in as few messages as possible."""
    return tuple(_plain(message) for message in _parts(letter, chat))


def _parts(letter: Letter, chat: Chat) -> tuple[Message, ...]:
    match letter:
        case Alert():
            return (alert.render(letter, chat),)
        case Reminder():
            return (deadlines.render(letter, chat),)
        case Bulletin():
            return (news.render(letter, chat),)
        case Wrong():
            return (wrong.told(letter, chat),)
        case Reported():
            return (wrong.reported(letter, chat),)
        case Broadcast() | Failed():
            return (announcement.render(letter, chat),)
        case Farewell():
            return (farewell.render(letter, chat),)
        case Progress():
            return (rereading.render(letter, chat),)
        case Notices():
            return trouble.render(letter, chat)
        case _:
            return digest.render(letter, chat)


def _plain(message: Message) -> Message:
    # Outside of this room nobody knows `Html`: what is kept in the outbox is a string.
    return replace(message, html=str(message.html))
