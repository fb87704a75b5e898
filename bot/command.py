"""A request, and the lines of the tables of commands and buttons that answer it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import telegram
from telegram import Document
from telegram.ext import ExtBot

from bot.context import Tools
from bot.language import Words
from bot.rights import Asker, Where, Who
from domain.chat import Chat, Destination
from domain.delivery import Lane
from domain.message import Message

Answer = Message | tuple[Message, ...] | None
"""What is said in return; None where the outbox, or nobody, says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Everything that a command or a button may need to know; its rights are checked already."""

    tools: Tools
    bot: ExtBot[Lane]
    asker: Asker
    chat: Chat
    destination: Destination
    argument: str
    """What followed the command, or the argument of the button."""
    words: Words
    now: datetime
    commands: tuple["Command", ...]
    """Those that this asker may use here, in the order of the menu."""
    document: Document | None = None
    """A file that came along."""
    original: telegram.Message | None = None
    """What the message answers under which a button was pressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something to ask for with a slash; handler, menus, /help and rights all come from it."""

    name: str
    summary: str
    """One short line for menus and /help, in the source language."""
    run: Callable[[Ask], Awaitable[Answer]]
    who: Who = "everyone"
    where: Where = "everywhere"
    example: str = ""
    """One with arguments, as it is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """Something to press: the verb of its data, and what it does."""

    verb: str
    run: Callable[[Ask], Awaitable[Answer]]
    who: Who = "everyone"
    where: Where = "everywhere"
    replaces: bool = False
    """The answer replaces the message that the button stands under."""
