"""Words and markup. Pure: what is to be told in, Telegram messages out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.render import (
    alert,
    announcement,
    deadlines,
    digest,
    farewell,
    news,
    proposal,
    rereading,
    round_up,
    trouble,
    wrong,
)
from domain.chat import Chat
from domain.correction import Reported, Wrong
from domain.digest import Alert, Bulletin, Digest, Letter, Reminder, RoundUp
from domain.message import Message
from domain.notice import Broadcast, Failed, Farewell, Notices
from domain.proposal import Proposal, Suggested, Thanked
from domain.rereading import Progress


def render(letter: Letter, chat: Chat) -> tuple[Message, ...]:
    """Put a letter into the chat's language and time zone, in as few messages as possible."""
    return tuple(_plain(message) for message in _parts(letter, chat))


def _parts(letter: Letter, chat: Chat) -> tuple[Message, ...]:
    match letter:
        case Digest():
            return digest.render(letter, chat)
        case Notices():
            return trouble.render(letter, chat)
        case _:
            return (_RENDERERS[type(letter)](letter, chat),)


_RENDERERS: Mapping[type, Callable[[Any, Chat], Message]] = {
    Alert: alert.render,
    RoundUp: round_up.render,
    Reminder: deadlines.render,
    Bulletin: news.render,
    Wrong: wrong.told,
    Reported: wrong.reported,
    Broadcast: announcement.render,
    Failed: announcement.render,
    Farewell: farewell.render,
    Progress: rereading.render,
    Proposal: proposal.render,
    Suggested: proposal.suggested,
    Thanked: proposal.thanked,
}
"""What is told in one message."""


def _plain(message: Message) -> Message:
    # Outside of this room nobody knows `Html`: what is kept in the outbox is a string.
    return replace(message, html=str(message.html))
