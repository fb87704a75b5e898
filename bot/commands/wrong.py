"""Wrong facts: a reader points at one; operators hide it, put it right, or say that it is right."""

import re

import db.facts
import db.stories
import jobs.correct
from bot import callback
from bot.command import Answer, Ask
from bot.commands.naming import usage
from bot.language import Words, later
from bot.markup import Html, bold, code, escape, join, lines, own
from bot.render.facts import brief_line, fact_line, quote
from bot.render.pack import Block, pack
from bot.render.wrong import choices, example
from domain.correction import FIELDS, ROLES, NoSuchField, NotInTheQuote
from domain.facts.stated import Stated
from domain.message import Button, Message

PAGE = 8
_FACT = re.compile(r"f(\d{1,18})(?:\.\d{1,6})?", re.ASCII)
_STORY = re.compile(r"s(\d{1,18})(?:\.(\d{1,6}))?", re.ASCII)
_CORRECTION = re.compile(r"f?(\d{1,18})\s+([a-z_]{2,12})\s+(.+)", re.ASCII | re.S)


async def pressed(ask: Ask) -> Answer:
    """Ask which fact of a story is wrong, or take the report on one."""
    if found := _FACT.fullmatch(ask.argument):
        return await _report(ask, int(found[1]))
    wanted = _STORY.fullmatch(ask.argument)
    return await _which(ask, int(wanted[1]), int(wanted[2] or 0)) if wanted else None


async def hide(ask: Ask) -> Answer:
    """Take a fact out of sight, and tell those who were told."""
    done = await jobs.correct.hide(
        ask.tools.database, _number(ask), actor_id=ask.asker.user_id, now=ask.now
    )
    return (
        _gone(ask)
        if not done
        else _decided(ask, later("f{number} is hidden now; who was told it is told so."))
    )


async def right(ask: Ask) -> Answer:
    """Leave a fact as it is."""
    done = await jobs.correct.keep(
        ask.tools.database, _number(ask), actor_id=ask.asker.user_id, now=ask.now
    )
    return _gone(ask) if not done else _decided(ask, later("f{number} stays as it is."))


async def correct(ask: Ask) -> Answer:
    """Put one field of a fact right; its own words have to say so."""
    found = _CORRECTION.fullmatch(ask.argument.strip())
    if found is None:
        known = _FACT.fullmatch(ask.argument.strip().lower())
        if known:
            return await _shown(ask, int(known[1]))
        hint = later("Name a fact, a field and what it should be.")
        return usage(ask, hint, "/correct f12 value 500万")
    number, name, text = int(found[1]), found[2], found[3].strip()
    try:
        done = await jobs.correct.correct(
            ask.tools.database, number, name, text, actor_id=ask.asker.user_id, now=ask.now
        )
    except NoSuchField:
        return _no_such_field(ask, name)
    except NotInTheQuote:
        return _not_said(ask)
    return await _shown(ask, number) if done else _gone(ask)


async def _report(ask: Ask, number: int) -> Answer:
    stated = await jobs.correct.report(
        ask.tools.database, number, reported_by=ask.asker.user_id, now=ask.now
    )
    if stated is None:
        return _gone(ask)
    said = ask.words.say("Thank you. The operators are asked about f{number}:", number=number)
    return Message(html=lines(said, fact_line(stated.fact, ask.words)))


async def _which(ask: Ask, number: int, offset: int) -> Answer:
    async with ask.tools.database.read() as session:
        story = await db.stories.get(session, number)
        articles = [one.article.id for one in story.coverage] if story else []
        every = await db.facts.stated_by(session, articles)
    shown = every[offset : offset + PAGE]
    if not shown:
        return Message(html=ask.words.say("No facts were found in it."))
    blocks = [_choice(at, one, ask.words) for at, one in enumerate(shown, start=offset + 1)]
    rows: tuple[tuple[Button, ...], ...] = ()
    if len(every) > offset + PAGE:
        more = ask.words.plain("{number} more", number=len(every) - offset - PAGE)
        rows = ((callback.button(more, "wrong", f"s{number}.{offset + PAGE}"),),)
    return pack(bold(ask.words.say("Which of these is wrong?")), blocks, rows=rows)


def _choice(at: int, stated: Stated, words: Words) -> Block:
    html = join(" ", Html(f"{at}."), brief_line(stated.fact, words))
    return Block(html=html, button=callback.button(f"⚑ {at}", "wrong", f"f{stated.number}"))


async def _shown(ask: Ask, number: int) -> Message:
    async with ask.tools.database.read() as session:
        stated = await db.facts.get(session, number, hidden=True)
    if stated is None:
        return _gone(ask)
    html = lines(
        bold(own(f"f{number}")),
        fact_line(stated.fact, ask.words),
        quote(stated.fact.evidence[0]),
        example(number, ask.words),
    )
    return Message(html=html, buttons=choices(number, ask.words))


def _number(ask: Ask) -> int:
    found = _FACT.fullmatch(ask.argument)
    return int(found[1]) if found else 0


def _decided(ask: Ask, text: str) -> Message:
    return Message(html=ask.words.say(text, number=_number(ask)))


def _gone(ask: Ask) -> Message:
    return Message(html=ask.words.say("There is no such fact (any more)."))


def _no_such_field(ask: Ask, name: str) -> Message:
    names = join(ask.words.say(", "), *(code(own(one)) for one in (*FIELDS, *ROLES)))
    text = ask.words.say(
        "This fact has no “{name}” that could be that. Fields: {names}",
        name=escape(name),
        names=names,
    )
    return Message(html=text)


def _not_said(ask: Ask) -> Message:
    return Message(
        html=ask.words.say("Its own words do not say that. Hide it instead: no quote, no fact.")
    )
