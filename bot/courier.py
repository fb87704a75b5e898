"""Hands messages over to Telegram, and says what is known when that fails."""

import logging
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.markup import text_of
from bot.pacing import Pacing, seconds
from bot.pictures import Pictures
from bot.render import render
from bot.request import Unsent
from bot.safe_text import cut
from bot.workshop import Workshop
from domain.chat import Chat, Destination
from domain.delivery import Lane
from domain.digest import Letter
from domain.message import Message
from jobs.ports import (
    DeliveryError,
    Moved,
    NotSent,
    OutcomeUnknown,
    Rejected,
    Rest,
    Unreachable,
)

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_SAME = re.compile(r"message is not modified", re.I)
_LOST_MESSAGE = re.compile(r"message to edit not found|message can't be edited", re.I)
_BAD_MARKUP = re.compile(r"can't parse entities|entities?_too_long|entity_", re.I)
_NO_TOPIC = re.compile(r"thread not found|topic_(closed|deleted|id_invalid)|topic .*closed", re.I)
_GONE = re.compile(
    r"chat not found|not enough rights|have no rights|administrator rights|user is deactivated"
    r"|group chat was (upgraded|deactivated)|chat_write_forbidden|chat_restricted"
    r"|chat_admin_required|peer_id_invalid|bot is not a member|user not found|topic_closed",
    re.I,
)


class TelegramCourier:
    """A courier (see `jobs.ports`) that speaks Telegram.

    Without a workshop, the words of a picture go out alone.
    """

    def __init__(self, bot: ExtBot[Lane], workshop: Workshop | None = None) -> None:
        self._bot = bot
        self._pictures = Pictures(workshop)
        limiter = bot.rate_limiter
        self._pacing = limiter if isinstance(limiter, Pacing) else None
        self.results: Counter[str] = Counter()
        """What came of what was to be sent, by the kinds of `jobs.ports.DeliveryError`."""

    def rest(self) -> Rest:
        """Say who has to be left alone at the moment."""
        return self._pacing.rest() if self._pacing else Rest()

    def compose(self, letter: Letter, chat: Chat) -> tuple[Message, ...]:
        """Render a letter in the chat's language, as many messages as it takes."""
        return render(letter, chat)

    async def send(self, destination: Destination, message: Message, lane: Lane) -> int:
        """Hand one message over and return its id.

        A closed or deleted forum topic falls back to the chat itself, and markup that Telegram
        does not accept to plain text: what was owed still arrives.

        Raises:
            DeliveryError: One of its kinds, as `jobs.ports.Courier.send` says.
        """
        try:
            number = await self._arrive(destination, message, lane)
        except DeliveryError as error:
            self.results[type(error).__name__] += 1
            raise
        self.results["Sent"] += 1
        return number

    async def _arrive(self, destination: Destination, message: Message, lane: Lane) -> int:
        try:
            return await self._send(destination.chat_id, destination.thread_id, message, lane)
        except BadRequest as error:
            if destination.thread_id and _NO_TOPIC.search(error.message):
                return await self._arrive(Destination(chat_id=destination.chat_id), message, lane)
            if _BAD_MARKUP.search(error.message):
                return await self._send_plain(destination, message, lane, error)
            raise delivery_error(error) from None
        except TelegramError as error:
            raise delivery_error(error) from None

    async def answer(self, destination: Destination, message_id: int, message: Message) -> None:
        """Hand a message over as the answer to one in the chat; nothing if that is gone.

        Raises:
            DeliveryError: As for `send`.
        """
        try:
            await self._bot.send_message(
                destination.chat_id,
                message.html,
                parse_mode=ParseMode.HTML,
                message_thread_id=destination.thread_id or None,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard(message),
                reply_parameters=ReplyParameters(message_id),
                rate_limit_args=Lane.INTERACTIVE,
            )
        except TelegramError as error:
            raise delivery_error(error) from None

    async def replace(self, destination: Destination, message_id: int, message: Message) -> None:
        """Put a message in the place of one that was sent; the same words again are fine.

        Raises:
            DeliveryError: As for `send`.
        """
        if not await self._edited(destination, message_id, message, Lane.INTERACTIVE):
            await self.send(destination, message, Lane.INTERACTIVE)

    async def edit(self, destination: Destination, message_id: int, message: Message) -> None:
        """Put a message in the place of one that was sent; one that is gone stays gone.

        Raises:
            DeliveryError: As for `send`.
        """
        await self._edited(destination, message_id, message, Lane.BACKFILL)

    async def _edited(
        self, destination: Destination, message_id: int, message: Message, lane: Lane
    ) -> bool:
        """Edit a message; False where it is not there any more. The same words again are fine."""
        try:
            await self._bot.edit_message_text(
                message.html,
                destination.chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard(message),
                rate_limit_args=lane,
            )
        except BadRequest as error:
            if _LOST_MESSAGE.search(error.message):
                return False
            if not _SAME.search(error.message):
                raise delivery_error(error) from None
        except TelegramError as error:
            raise delivery_error(error) from None
        return True

    async def send_file(
        self, destination: Destination, name: str, content: bytes, caption: str | None = None
    ) -> None:
        """Hand a file over to somebody who waits for it, with words of our own below it.

        Raises:
            DeliveryError: As for `send`.
        """
        try:
            await self._bot.send_document(
                destination.chat_id,
                InputFile(content, filename=name),
                caption=caption,
                parse_mode=ParseMode.HTML if caption else None,
                message_thread_id=destination.thread_id or None,
                rate_limit_args=Lane.INTERACTIVE,
            )
        except TelegramError as error:
            raise delivery_error(error) from None

    async def _send_plain(
        self, destination: Destination, message: Message, lane: Lane, error: BadRequest
    ) -> int:
        log.error("our markup was refused (a bug of ours): %s", error.message)
        plain = replace(message, html=text_of(message.html))
        try:
            return await self._send(
                destination.chat_id, destination.thread_id, plain, lane, parse_mode=None
            )
        except TelegramError as further:
            raise delivery_error(further) from None

    async def _send(
        self,
        chat_id: int,
        thread_id: int,
        message: Message,
        lane: Lane,
        parse_mode: str | None = ParseMode.HTML,
    ) -> int:
        common: dict[str, Any] = {
            "parse_mode": parse_mode,
            "message_thread_id": thread_id or None,
            "reply_markup": keyboard(message),
            "allow_paid_broadcast": True if self._pays(lane) else None,
            "rate_limit_args": lane,
        }
        picture = await self._pictures.of(message.chart) if message.chart else None
        if picture is None:
            sent = await self._bot.send_message(
                chat_id, message.html, link_preview_options=NO_PREVIEW, **common
            )
        else:
            sent = await self._bot.send_photo(chat_id, picture, message.html, **common)
            self._pictures.arrived(message.chart, sent)
        return sent.message_id

    def _pays(self, lane: Lane) -> bool:
        """Whoever sends more than what is free has to say that he pays; answers never are more."""
        return self._pacing is not None and self._pacing.is_paid and lane > Lane.INTERACTIVE


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """Return a message's buttons as Telegram takes them; None where it has none."""
    rows = [
        [
            InlineKeyboardButton(
                b.text,
                url=b.url,
                callback_data=b.data,
                copy_text=CopyTextButton(b.copy) if b.copy else None,
                style=b.style,
            )
            for b in row
        ]
        for row in message.buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def delivery_error(error: TelegramError) -> DeliveryError:
    """Say what is known of a request's outcome; the order matters (BadRequest is NetworkError)."""
    match error:
        case RetryAfter():
            wait = seconds(error)
            return NotSent(f"Telegram asks to wait {wait:.0f} s", timedelta(seconds=wait))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Unreachable(error.message)
        case BadRequest() if _GONE.search(error.message) or _NO_TOPIC.search(error.message):
            return Unreachable(error.message)
        case BadRequest():
            return Rejected(error.message)
        case InvalidToken():
            return NotSent("Telegram does not accept the bot's token")
        case Unsent():
            return NotSent(f"Telegram cannot be reached: {error.message}")
        case NetworkError():
            return OutcomeUnknown(cut(error.message, 120))
        case _:
            return OutcomeUnknown("Telegram's answer could not be understood")
