"""Says something in a chat at once, and takes note of a chat that cannot be told anything."""

import logging

import db.chats
from bot.acquaintance import move
from bot.context import Tools
from domain.chat import Destination
from domain.delivery import Lane
from domain.message import Message
from jobs.ports import DeliveryError, Moved, Unreachable

log = logging.getLogger(__name__)


async def say(tools: Tools, destination: Destination, message: Message) -> None:
    """Answer somebody who waits. What cannot be said now is not kept: he asks again."""
    try:
        await tools.courier.send(destination, message, Lane.INTERACTIVE)
    except Moved as moved:
        await move(tools, destination.chat_id, moved.chat_id)
        there = Destination(chat_id=moved.chat_id, thread_id=destination.thread_id)
        await say(tools, there, message)
    except DeliveryError as error:
        await _take_note(tools, destination, error)


async def replace_message(
    tools: Tools, destination: Destination, message_id: int, message: Message
) -> None:
    """Put a message in the place of another one; the same again is no mistake."""
    try:
        await tools.courier.replace(destination, message_id, message)
    except DeliveryError as error:
        await _take_note(tools, destination, error)


async def _take_note(tools: Tools, destination: Destination, error: DeliveryError) -> None:
    log.warning("chat %d could not be answered: %s", destination.chat_id, error)
    if isinstance(error, Unreachable):
        async with tools.database.write() as session:
            await db.chats.suspend(session, destination.chat_id, str(error), tools.clock())
