"""/broadcast: an operator's words to everybody; shown first, sent once, and accounted for."""

import db.broadcasts
import jobs.broadcast
from bot import callback
from bot.command import Ask
from bot.commands.naming import usage
from bot.language import later
from bot.markup import bold, escape, lines
from domain.message import Message

LONGEST = 3500
"""Characters: with every one of them two units wide it may be cut, never refused."""
_EXAMPLE = later("/broadcast The bot rests tonight from 22:00 to 22:15.")


async def broadcast(ask: Ask) -> Message:
    """Show the words as they would arrive, and ask; without words, how the last ones went."""
    words, text = ask.words, ask.argument.strip()
    if not text:
        return await _last(ask)
    if len(text) > LONGEST:
        return Message(
            html=words.say("That is too long; {most} characters are the most.", most=LONGEST)
        )
    async with ask.tools.database.write() as session:
        number = await db.broadcasts.draft(session, text, ask.asker.user_id, ask.now)
        chats = len(await db.broadcasts.recipients(session))
    return Message(
        html=lines(
            bold(words.count("To {number} chat:", "To {number} chats:", chats)), escape(text)
        ),
        buttons=(
            (
                callback.button(words.plain("Send it"), "say", number),
                callback.button(words.plain("Drop it"), "unsay", number),
            ),
        ),
    )


async def confirmed(ask: Ask) -> Message:
    """Send it; a second press finds it sent."""
    number = int(ask.argument)
    chats = await jobs.broadcast.send(ask.tools.database, number, ask.asker.user_id, ask.now)
    if chats is None:
        return Message(html=ask.words.say("It is sent, or dropped, already."))
    said = ask.words.count(
        "It goes out to {number} chat; /broadcast says how far it has got.",
        "It goes out to {number} chats; /broadcast says how far it has got.",
        chats,
    )
    return Message(html=said)


async def dropped(ask: Ask) -> Message:
    """Send nothing."""
    async with ask.tools.database.write() as session:
        await db.broadcasts.drop(session, int(ask.argument), ask.asker.user_id)
    return Message(html=ask.words.say("Nothing was sent."))


async def _last(ask: Ask) -> Message:
    async with ask.tools.database.read() as session:
        number = await db.broadcasts.last_sent(session)
        states = await db.broadcasts.states(session, number) if number else {}
    if number is None:
        hint = later("Say what everybody is to be told; you see it first.")
        return usage(ask, hint, ask.words.plain(_EXAMPLE))
    return Message(
        html=ask.words.say(
            "The last one: {sent} arrived, {waiting} to be sent, {uncertain} may have arrived and "
            "are not repeated, {failed} refused, {expired} too late.",
            sent=states.get("sent", 0),
            waiting=states.get("owed", 0) + states.get("leased", 0),
            uncertain=states.get("uncertain", 0),
            failed=states.get("failed", 0),
            expired=states.get("expired", 0),
        )
    )
