"""Says something in a chat at once, and takes note of a chat that cannot be told anything."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import db.chats
from bot.acquaintance import move
from bot.context import Tools
from bot.markup import CAPTION, MARKUP, UNITS, own, size, text_of
from domain.chat import Destination
from domain.delivery import Lane
from domain.message import Message
from jobs.ports import DeliveryError, Moved, NotSent, Unreachable

log = logging.getLogger(__name__)

_TRIES = 2
_PATIENCE = timedelta(seconds=30)
"""So long somebody who asked is still looking."""


async def say(tools: Tools, destination: Destination, message: Message) -> None:
    """Answer somebody who waits; what Telegram puts off for a little comes a little later.

    What cannot be said for longer is not kept: he asks again.
    """
    try:
        await _sent(tools, destination, within_limits(message))
    except Moved as moved:
        await move(tools, destination.chat_id, moved.chat_id)
        there = Destination(chat_id=moved.chat_id, thread_id=destination.thread_id)
        await say(tools, there, message)
    except DeliveryError as error:
        await _take_note(tools, destination, error)


async def _sent(tools: Tools, destination: Destination, message: Message) -> None:
    for _ in range(_TRIES):
        try:
            await tools.courier.send(destination, message, Lane.INTERACTIVE)
        except NotSent as error:
            if error.retry_after is None or error.retry_after > _PATIENCE:
                raise
            await asyncio.sleep(error.retry_after.total_seconds())
        else:
            return
    await tools.courier.send(destination, message, Lane.INTERACTIVE)


async def replace_message(
    tools: Tools, destination: Destination, message_id: int, message: Message
) -> None:
    """Put a message in the place of another one; the same again is no mistake."""
    try:
        await tools.courier.replace(destination, message_id, within_limits(message))
    except DeliveryError as error:
        await _take_note(tools, destination, error)


def within_limits(message: Message) -> Message:
    """Return a message that Telegram does not refuse for its length.

    Whoever composes one keeps to the limits; if one does not, its first words, without their
    markup, are better than silence.
    """
    units = CAPTION.units if message.chart else UNITS
    taken = size(message.html)
    if taken.units <= units and taken.markup <= MARKUP:
        return message
    log.error("an answer of %d units was cut (a bug of ours)", taken.units)
    plain = text_of(message.html)
    if size(own(plain)).units > units:
        # The halves of characters beyond the first 65,536 are two units: none is cut in two.
        head = plain.encode("utf-16-le", "replace")[: 2 * (units - 1)]
        plain = head.decode("utf-16-le", "ignore") + "…"
    return replace(message, html=str(own(plain)))


async def _take_note(tools: Tools, destination: Destination, error: DeliveryError) -> None:
    log.warning("chat %d could not be answered: %s", destination.chat_id, error)
    if isinstance(error, Unreachable):
        async with tools.database.write() as session:
            await db.chats.suspend(session, destination.chat_id, str(error), tools.clock())
