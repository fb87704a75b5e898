"""/suggest: a reader misses a source; operators look at it, and he is told when it is watched."""

import db.suggestions
import jobs.suggesting
from bot.command import Answer, Ask
from bot.commands import adding
from bot.commands.naming import usage
from bot.language import later
from bot.markup import escape, lines
from bot.render.echo import echo
from bot.safe_text import cut, web_address
from domain.message import Message
from jobs.suggesting import Outcome

LONGEST = 500
EXAMPLE = "/suggest https://example.org/news/"

_SAID: dict[Outcome, str] = {
    "asked": later("💡 Thank you. The operators are asked; you are told when it is watched."),
    "known": later("It is watched already; /sources lists what is."),
    "suggested": later("It was suggested before; the operators know of it."),
    "enough": later("Five of your suggestions wait for the operators; first those, please."),
}


async def suggest(ask: Ask) -> Answer:
    """Ask operators to watch an address."""
    said = ask.argument.strip()
    if not said:
        return usage(ask, later("Say which page or feed should be watched."), EXAMPLE)
    url = web_address(said if "://" in said else f"https://{said}")
    if not url or len(url) > LONGEST or "." not in url:
        text = ask.words.say("“{word}” is no web address.", word=echo(said))
        return Message(html=lines(text, usage(ask, later("Send it whole."), EXAMPLE).html))
    outcome = await jobs.suggesting.suggest(ask.tools.database, ask.chat.id, url, ask.now)
    return Message(html=ask.words.say(_SAID[outcome]))


async def looked_into(ask: Ask) -> Answer:
    """Look at what a reader suggests, as /addsource does."""
    async with ask.tools.database.read() as session:
        found = await db.suggestions.get(session, int(ask.argument))
    if found is None:
        return Message(html=ask.words.say("This suggestion is not there (any more)."))
    return await adding.look(ask, found.suggested.url, suggestion_id=found.suggested.number)


async def declined(ask: Ask) -> Answer:
    """Decide against a suggestion; pressed twice it says the same again."""
    found = await jobs.suggesting.decline(
        ask.tools.database, int(ask.argument), actor_id=ask.asker.user_id, now=ask.now
    )
    if found is None:
        return Message(html=ask.words.say("This suggestion is not there (any more)."))
    url = escape(cut(found.suggested.url, 200))
    if found.state == "accepted":
        return Message(html=ask.words.say("It is watched already: {source}", source=url))
    return Message(html=ask.words.say("Not watched: {source}", source=url))
