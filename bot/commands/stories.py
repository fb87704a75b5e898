"""/story, /merge, /split: one story in full, and repairs where the rules went wrong."""

import re

import db.register
import db.revisions
import db.stories
import jobs.repair
from bot import callback
from bot.command import Answer, Ask
from bot.commands import ids
from bot.commands.naming import usage
from bot.language import later
from bot.markup import bold, escape, join, lines, own
from bot.render import tale
from bot.render.columns import LINE, narrow
from bot.safe_text import one_line
from db.engine import Database
from db.repairs import NoSuchStory, NothingToRepair
from domain.documents.document import Document
from domain.message import Button, Message
from domain.story import Story
from domain.tracing import Edit

MOST_CHOICES = 24
_TABLES = (*db.stories.TABLES, "document", "document_mention", "article_revision")
_STORY = re.compile(r"s?\s?(\d{1,18})", re.ASCII)
_TWO = re.compile(r"s?(\d{1,18})[\s,]+s?(\d{1,18})", re.ASCII)
_PARTS = re.compile(r"s?(\d{1,18})((?:[\s,]+a\d{1,18})+)", re.ASCII)
_PAIR = re.compile(r"(\d{1,18})\.(\d{1,18})", re.ASCII)


async def story(ask: Ask) -> Answer:
    """Show a story in full, by its id or that of an article or a fact in it."""
    found = ids.read(ask.argument)
    if found is None:
        hint = later("Say which story by its id; its Story button and /why name it.")
        return usage(ask, hint, "/story s12")
    async with ask.tools.database.read() as session:
        number = await ids.story_of(session, *found)
    return await _shown(ask, number) if number is not None else _in_no_story(ask, *found)


def _in_no_story(ask: Ask, kind: str, number: int) -> Message:
    name = own(f"{kind}{number}")
    text = ask.words.say("{id} is in no story. /why {id} says what became of it.", id=name)
    return Message(html=text)


async def pressed(ask: Ask) -> Answer:
    """Show the story of a button."""
    return await _shown(ask, int(ask.argument[1:]))


async def merge(ask: Ask) -> Answer:
    """Make one story of two, for good."""
    found = _TWO.fullmatch(ask.argument.strip().lower())
    if found is None:
        hint = later("Name two stories: the second becomes part of the first.")
        return usage(ask, hint, "/merge s12 s15")
    return await _merge(ask, int(found[1]), int(found[2]))


async def merged(ask: Ask) -> Answer:
    """Do what a button offers: make one story of two."""
    found = _PAIR.fullmatch(ask.argument)
    return await _merge(ask, int(found[1]), int(found[2])) if found else None


async def split(ask: Ask) -> Answer:
    """Take articles out of a story, into one of their own, for good."""
    wanted = ask.argument.strip().lower()
    found = _PARTS.fullmatch(wanted)
    if found is None:
        known = _STORY.fullmatch(wanted)
        if known:
            return await _which(ask, int(known[1]))
        hint = later("Name a story, and the articles that do not belong to it.")
        return usage(ask, hint, "/split s12 a34 a35")
    articles = [int(one) for one in re.findall(r"a(\d+)", found[2])]
    return await _split(ask, int(found[1]), articles)


async def parted(ask: Ask) -> Answer:
    """Do what a button offers: take one article out of a story."""
    found = _PAIR.fullmatch(ask.argument)
    return await _split(ask, int(found[1]), [int(found[2])]) if found else None


async def _shown(ask: Ask, number: int) -> Message:
    found, about, edits = await _read(ask.tools.database, number)
    if found is None:
        return Message(html=ask.words.say("There is no story s{number}.", number=number))
    told = [tale.edited(one, ask.words, ask.chat.timezone, ask.now) for one in edits]
    html = tale.whole(found, about, told, ask.words, ask.chat.timezone, ask.now)
    rows = tale.buttons(found, about, ask.words)
    return Message(html=html, buttons=(*rows, *_repairs(ask, found)))


async def _read(database: Database, number: int) -> tuple[Story | None, list[Document], list[Edit]]:
    """Read a story with what is known of it: the one of the hour is asked for by many."""

    async def read() -> tuple[Story | None, list[Document], list[Edit]]:
        async with database.read() as session:
            found = await db.stories.get(session, number, facts_of=db.stories.IN_A_LIST)
            if found is None:
                return None, [], []
            about = await db.register.of_story(session, found.id)
            return found, about, await db.revisions.of_story(session, found.id)

    return await database.shared.get(("story", number), _TABLES, read)


def _repairs(ask: Ask, found: Story) -> tuple[tuple[Button, ...], ...]:
    """Offer operators to take a story apart, where there is something to take apart."""
    if not (ask.asker.is_operator and ask.asker.private) or len(found.coverage) < 2:
        return ()
    return ((callback.button(ask.words.plain("Split …"), "split", f"{found.id}.0"),),)


async def _merge(ask: Ask, into: int, other: int) -> Answer:
    try:
        stays = await jobs.repair.merge_stories(
            ask.tools.database, into, other, now=ask.now, actor_id=ask.asker.user_id
        )
    except NoSuchStory as error:
        return Message(html=ask.words.say("There is no story s{number}.", number=error.number))
    except NothingToRepair:
        return Message(html=ask.words.say("They are one story already."))
    said = ask.words.count(
        "s{other} is part of s{story} now, with {number} article in all.",
        "s{other} is part of s{story} now, with {number} articles in all.",
        len(stays.coverage),
        other=other,
        story=stays.id,
    )
    return Message(html=said, buttons=_to((stays,)))


async def _which(ask: Ask, number: int) -> Answer:
    async with ask.tools.database.read() as session:
        found = await db.stories.get(session, number)
    if found is None:
        return Message(html=ask.words.say("There is no story s{number}.", number=number))
    if len(found.coverage) < 2:
        return Message(html=ask.words.say("One article alone tells it: nothing to split."))
    others = [one.article for one in found.coverage if one is not found.lead][:MOST_CHOICES]
    listed = [
        join(" ", own(f"a{one.id}"), escape(narrow(one_line(one.title), LINE))) for one in others
    ]
    html = lines(bold(ask.words.say("Which one does not belong to it?")), *listed)
    each = [callback.button(f"a{one.id}", "split", f"{found.id}.{one.id}") for one in others]
    rows = tuple(tuple(each[at : at + 4]) for at in range(0, len(each), 4))
    return Message(html=html, buttons=rows)


async def _split(ask: Ask, number: int, articles: list[int]) -> Answer:
    if articles == [0]:
        return await _which(ask, number)
    try:
        stays, new = await jobs.repair.split_story(
            ask.tools.database, number, articles, now=ask.now, actor_id=ask.asker.user_id
        )
    except NoSuchStory as error:
        return Message(html=ask.words.say("There is no story s{number}.", number=error.number))
    except NothingToRepair:
        text = later("These articles are not in it, or they are all of it: nothing to split.")
        return Message(html=ask.words.say(text))
    said = ask.words.count(
        "{number} article left s{story}; it is story s{new} now.",
        "{number} articles left s{story}; they are story s{new} now.",
        len(new.coverage),
        story=stays.id,
        new=new.id,
    )
    undo = callback.button(ask.words.plain("Undo"), "merge", f"{stays.id}.{new.id}")
    return Message(html=said, buttons=(*_to((stays, new)), (undo,)))


def _to(stories: tuple[Story, ...]) -> tuple[tuple[Button, ...], ...]:
    return (tuple(callback.button(f"s{one.id}", "story", f"s{one.id}") for one in stories),)
