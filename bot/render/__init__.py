"""Words and markup. Pure: what is to be told in, Telegram messages out."""

from dataclasses import replace

from bot.render import alert, digest, trouble
from domain.chat import Chat
from domain.digest import Alert, Letter
from domain.message import Message
from domain.notice import Notices


def render(letter: Letter, chat: Chat) -> tuple[Message, ...]:
    """Put a letter into the chat's language and time zone, in as few messages as possible."""
    if isinstance(letter, Alert):
        return (_plain(alert.render(letter, chat)),)
    parts = (
        trouble.render(letter, chat) if isinstance(letter, Notices) else digest.render(letter, chat)
    )
    return tuple(_plain(message) for message in parts)


def _plain(message: Message) -> Message:
    # Outside of this room nobody knows `Html`: what is kept in the outbox is a string.
    return replace(message, html=str(message.html))
