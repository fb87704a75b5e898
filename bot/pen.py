"""Puts letters into words without a line to Telegram: for who writes and does not send."""

from bot.render import render
from domain.chat import Chat
from domain.digest import Letter
from domain.message import Message


class Pen:
    """Writes as `bot.courier` does."""

    def compose(self, letter: Letter, chat: Chat) -> tuple[Message, ...]:
        """Render a letter in the chat's language, as many messages as it takes."""
        return render(letter, chat)
