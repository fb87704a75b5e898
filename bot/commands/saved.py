"""/saved: stories that a chat keeps for later."""

import db.saved
import db.stories
from bot import callback
from bot.command import Answer, Ask
from bot.commands import ids
from bot.commands.naming import usage
from bot.language import later
from bot.markup import bold
from bot.render.pack import pack
from bot.render.story import Telling, block, headline
from domain.message import Button, Message
from domain.story import Story

PAGE = 5
MOST = 200
_EXAMPLE = "/saved s12"


async def saved(ask: Ask) -> Answer:
    """List what is saved here, or save the story of an id."""
    if not ask.argument.strip():
        return await _page(ask, 0)
    found = ids.read(ask.argument)
    if found is None:
        return usage(ask, later("Say which story by its id, or press 🔖 below one."), _EXAMPLE)
    async with ask.tools.database.read() as session:
        number = await ids.story_of(session, *found)
    return await _save(ask, number or 0)


async def further(ask: Ask) -> Answer:
    """Show the next ones."""
    return await _page(ask, int(ask.argument))


async def kept(ask: Ask) -> Answer:
    """Save the story of a button; pressed twice it says the same again."""
    return await _save(ask, int(ask.argument[1:]))


async def let_go(ask: Ask) -> Answer:
    """Save the story of a button no more."""
    number = int(ask.argument[1:])
    async with ask.tools.database.write() as session:
        await db.saved.drop(session, ask.destination, number)
    again = callback.button(ask.words.plain("Undo"), "save", f"s{number}")
    said = ask.words.say("s{number} is not saved here any more.", number=number)
    return Message(html=said, buttons=((again,),))


async def _save(ask: Ask, number: int) -> Answer:
    async with ask.tools.database.write() as session:
        story = await db.stories.get(session, number)
        if story is not None and await db.saved.count(session, ask.destination) >= MOST:
            text = ask.words.say("More than {most} cannot be saved here.", most=MOST)
            return Message(html=text)
        if story is not None:
            await db.saved.put(session, ask.destination, story.id, ask.now)
    if story is None:
        return Message(html=ask.words.say("There is no story s{number}.", number=number))
    said = ask.words.say("🔖 Saved; /saved lists it: {title}", title=headline(story, 60))
    undo = callback.button(ask.words.plain("Undo"), "unsave", f"s{story.id}")
    return Message(html=said, buttons=((undo,),))


async def _page(ask: Ask, offset: int) -> Answer:
    async with ask.tools.database.read() as session:
        numbers = await db.saved.of(session, ask.destination, PAGE, offset)
        stories = await db.stories.by_ids(session, numbers)
        count = await db.saved.count(session, ask.destination)
    if not stories:
        hint = later("Nothing is saved here; press 🔖 below a story, or name it.")
        return usage(ask, hint, _EXAMPLE)
    telling = Telling(
        words=ask.words, timezone=ask.chat.timezone, now=ask.now, stories=len(stories)
    )
    blocks = [block(at, one, telling) for at, one in enumerate(stories, start=offset + 1)]
    title = ask.words.say("Saved here")
    return pack(bold(title), blocks, rows=_rows(ask, stories, offset, count))


def _rows(
    ask: Ask, stories: list[Story], offset: int, count: int
) -> tuple[tuple[Button, ...], ...]:
    gone = tuple(
        callback.button(f"✕ {at}", "unsave", f"s{one.id}")
        for at, one in enumerate(stories, start=offset + 1)
    )
    rest = count - offset - PAGE
    if rest <= 0:
        return (gone,)
    more = callback.button(ask.words.plain("{number} more", number=rest), "saved", offset + PAGE)
    return (gone, (more,))
