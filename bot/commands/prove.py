"""Anonymous administrators prove themselves by a press: Telegram then says who it is."""

from dataclasses import replace

from bot.command import Answer, Ask
from bot.language import later
from bot.spoken import spoken
from domain.message import Message

GONE = later("This button is no longer valid.")


async def proved(ask: Ask) -> Answer:
    """Carry out the command that the pressed message answers; the rights are the presser's."""
    original = ask.original
    anonymous = original is not None and original.sender_chat is not None
    heard = spoken(original.text or "", ask.bot.username) if original and anonymous else None
    command = next((one for one in ask.commands if heard and one.name == heard.name), None)
    if heard is None or command is None or command.who != "chat_admin":
        return Message(html=ask.words.say(GONE))
    return await command.run(replace(ask, argument=heard.argument))
