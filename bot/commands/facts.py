"""/latest and /facts: the newest stories, and every fact with its exact words."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import db.facts
import db.judgements
import db.ledger
import db.stories
from bot import callback
from bot.command import Answer, Ask
from bot.commands import ids
from bot.language import Words
from bot.markup import NOTHING, Html, bold, code, folded, italic, join, lines, link, own
from bot.render import fact as one_fact
from bot.render import labels
from bot.render.columns import LINE, narrow
from bot.render.dates import local_time
from bot.render.echo import echo
from bot.render.facts import fact_line, quote
from bot.render.pack import Block, pack
from bot.render.story import (
    Telling,
    block,
    buttons,
    further_buttons,
    headline,
    marks,
    origin,
)
from bot.render.turning import turning
from bot.safe_text import cut, domain, one_line
from db.engine import Database
from db.stories import TABLES
from domain.article import Article
from domain.facts.fact import Fact, FactType
from domain.facts.named import PLURALS, type_named, type_near
from domain.facts.stated import Stated
from domain.message import Button, Message
from domain.story import Story
from domain.told_facts import told_facts
from jobs.newest import newest

STORIES = 5
MOST_STORIES = 20
PAGE = 8
LONGEST_MEANT = 80
"""Characters of a command that somebody may mean."""

_EXAMPLE = code(own("/facts measures 算力"))
_FACT = re.compile(r"f(\d{1,18})", re.ASCII)
_ARTICLE = re.compile(r"a(\d{1,18})", re.ASCII)
_STORY = re.compile(r"s(\d{1,18})(?:\.(\d{1,6}))?", re.ASCII)


async def latest(ask: Ask) -> Answer:
    """Show the newest stories with their key facts."""
    wanted = unicodedata.normalize("NFKC", ask.argument).strip() or str(STORIES)
    if not re.fullmatch(r"\d{1,3}", wanted, re.ASCII) or not 1 <= int(wanted) <= MOST_STORIES:
        return Message(
            html=ask.words.say(
                "“{word}” is not a number from 1 to {most}. For example: {example}",
                word=echo(wanted),
                most=MOST_STORIES,
                example=code(own("/latest 5")),
            )
        )
    return await _newest(ask, 0, int(wanted))


async def further(ask: Ask) -> Answer:
    """Show other ones of the newest stories in their place."""
    offset, _, page = ask.argument.partition(".")
    return await _newest(ask, int(offset), max(1, min(MOST_STORIES, int(page))))


async def _newest(ask: Ask, offset: int, page: int) -> Answer:
    found = await newest(ask.tools.database, ask.destination, offset + page + 1)
    stories = found.stories[offset : offset + page]
    if not stories and not found.left_out:
        return Message(
            html=ask.words.say("Nothing has been found yet. /sources says what is read.")
        )
    more = len(found.stories) > offset + page

    async def told() -> tuple[Message, ...]:
        return _told(ask, stories, _Place(offset, page, more), found.left_out)

    # Most people want the same: it is put into words once for all who read a language in a zone.
    numbers = tuple(story.id for story in stories)
    alike = (offset, page, more, found.left_out, ask.words.language, ask.chat.timezone)
    return await ask.tools.database.shared.get(("latest", numbers, *alike), TABLES, told)


class _Place(NamedTuple):
    """Where a page of a list is."""

    offset: int
    page: int
    more: bool


def _told(ask: Ask, stories: Sequence[Story], place: _Place, left_out: int) -> tuple[Message, ...]:
    telling = Telling(
        words=ask.words, timezone=ask.chat.timezone, now=ask.now, stories=len(stories)
    )
    offset, page, more = place
    blocks = [block(at, story, telling) for at, story in enumerate(stories, start=offset + 1)]
    count = None if more else offset + len(stories)
    row = turning(lambda at: callback.data("latest", f"{at}.{page}"), offset, page, count)
    tail = _left_out(left_out, ask.words)
    return pack(bold(ask.words.say("The latest")), blocks, tail, (row,) if row else ())


def _left_out(number: int, words: Words) -> Html:
    """Say that others are not wanted here: a short list must not look like calm."""
    if not number:
        return NOTHING
    return italic(
        words.count(
            "{number} story is left out by what is set here; /settings changes that.",
            "{number} stories are left out by what is set here; /settings changes that.",
            number,
        )
    )


async def facts(ask: Ask) -> Answer:
    """Show facts: one (f12), of a story (s12, a12), of a type, with given words, or the newest."""
    if one := _FACT.fullmatch(ask.argument.strip().lower()):
        return await _one(ask, int(one[1]))
    if found := _STORY.fullmatch(ask.argument.strip().lower()):
        return await _of_story(ask, int(found[1]), int(found[2] or 0))
    if found := _ARTICLE.fullmatch(ask.argument.strip().lower()):
        return await _of_article(ask, int(found[1]))
    return await _found(ask, _query(ask.argument))


async def pressed(ask: Ask) -> Answer:
    """Show the facts of a button: one, or those of a story."""
    return await facts(ask)


async def turned(ask: Ask) -> Answer:
    """Show another page of what was found in its place."""
    wanted = callback.page(ask.argument)
    return await _found(ask, wanted) if wanted else None


async def _one(ask: Ask, number: int) -> Answer:
    async with ask.tools.database.read() as session:
        stated = await db.facts.get(session, number)
        around = await db.ledger.around(session, stated) if stated else []
        judged = await db.judgements.get(session, stated.article.id) if stated else None
    if stated is None or judged is None:
        return Message(html=ask.words.say("There is no such fact (any more)."))
    return Message(
        html=one_fact.whole(stated, around, ask.words, ask.chat.timezone),
        buttons=one_fact.buttons(stated, judged.story_id, ask.words),
    )


async def _found(ask: Ask, wanted: callback.Page) -> Answer:
    stated = await _searched(ask.tools.database, wanted)
    if not stated:
        return _nothing(ask, wanted)
    blocks = [_stated(one, ask) for one in stated[:PAGE]]
    title = bold(_title(wanted.type, ask.words))
    count = None if len(stated) > PAGE else wanted.offset + len(stated)
    return pack(title, blocks, *_turned(ask, wanted, count))


async def _searched(database: Database, wanted: callback.Page) -> list[Stated]:
    """Look for facts; the newest ones, which need no words, are the same for everybody."""
    types = (wanted.type,) if wanted.type else ()

    async def read() -> list[Stated]:
        async with database.read() as session:
            return await db.facts.search(
                session, types=types, words=wanted.words, limit=PAGE + 1, offset=wanted.offset
            )

    return await database.shared.get(("facts", wanted), TABLES, read)


def _turned(
    ask: Ask, wanted: callback.Page, count: int | None
) -> tuple[Html, tuple[tuple[Button, ...], ...]]:
    """Offer the other pages; words too many for a button have to be made fewer by typing."""

    def data(at: int) -> str | None:
        return callback.page_of_facts(wanted._replace(offset=at))

    row = turning(data, wanted.offset, PAGE, count)
    if count is None and data(wanted.offset + PAGE) is None:
        more = ask.words.say("There are more: use fewer words, such as {example}", example=_EXAMPLE)
        return more, ()
    return NOTHING, ((row,) if row else ())


async def _of_article(ask: Ask, number: int) -> Answer:
    async with ask.tools.database.read() as session:
        story_id = await ids.story_of(session, "a", number)
    if story_id is not None:
        return await _of_story(ask, story_id, 0)
    name = own(f"a{number}")
    text = ask.words.say("{id} is in no story. /why {id} says what became of it.", id=name)
    return Message(html=text)


async def _of_story(ask: Ask, story_id: int, offset: int) -> Answer:
    async with ask.tools.database.read() as session:
        story = await db.stories.get(session, story_id)
    if story is None:
        return Message(html=ask.words.say("There is no story s{number}.", number=story_id))
    known = told_facts(story)
    shown = known[offset : offset + PAGE]
    head = lines(headline(story), origin(story, ask.words, ask.chat.timezone))
    tail = NOTHING if shown else ask.words.say("No facts were found in it.")
    blocks = [
        Block(heading=_further(one.article, story), html=_fact(one.fact, ask.words))
        for one in shown
    ]
    rest = len(known) - offset - PAGE
    return pack(head, blocks, tail, rows=_rows(story, offset + PAGE, rest, ask.words))


def _further(article: Article, story: Story) -> Html:
    """Name an article below which facts stand that the leading one does not state."""
    if article.id == story.lead.article.id:
        return NOTHING
    title = link(narrow(one_line(article.title), LINE), article.url)
    return join(" · ", join(" ", Html("▸"), title), domain(article.url), Html(f"a{article.id}"))


def _rows(
    story: Story, next_offset: int, rest: int, words: Words
) -> tuple[tuple[Button, ...], ...]:
    row = tuple(button for row in buttons(story, words) for button in row if button.url)
    if rest > 0:
        text = words.plain("{number} more", number=rest)
        row = (callback.button(text, "facts", f"s{story.id}.{next_offset}"), *row)
    return tuple(one for one in (row, further_buttons(story, words), marks(story, words)) if one)


def _fact(fact: Fact, words: Words, number: str = "") -> Html:
    passages = list({passage.quote: passage for passage in fact.evidence}.values())[:2]
    said = join(" ", Html("•"), join(" · ", fact_line(fact, words), number))
    return lines(said, folded(lines(*map(quote, passages))))


def _stated(stated: Stated, ask: Ask) -> Block:
    """Show a fact below its article, which is named once for all of its facts."""
    article = stated.article
    when = local_time(article.when, ask.chat.timezone, ask.words)
    source = bold(link(cut(one_line(article.title), 100), article.url))
    return Block(
        heading=join(" · ", source, domain(article.url), when),
        html=_fact(stated.fact, ask.words, f"f{stated.number}"),
    )


def _query(text: str) -> callback.Page:
    first, _, rest = unicodedata.normalize("NFKC", text).strip().partition(" ")
    named = type_named(first)
    return callback.Page(0, named, rest.strip() if named else f"{first} {rest}".strip())


def _title(wanted: FactType | None, words: Words) -> Html:
    return words.say(labels.TYPES[wanted]) if wanted else words.say("Facts")


def _nothing(ask: Ask, wanted: callback.Page) -> Message:
    first, _, rest = wanted.words.partition(" ")
    near = type_near(first) if wanted.type is None else None
    if near is None:
        text = ask.words.say("No such facts yet. For example: {example}", example=_EXAMPLE)
        return Message(html=text)
    meant = f"/facts {PLURALS[near]} {rest}".strip()
    text = ask.words.say(
        "No facts with “{word}”. Did you mean {command}?",
        word=echo(wanted.words),
        command=code(own(cut(meant, LONGEST_MEANT))),
    )
    data = callback.page_of_facts(callback.Page(0, near, rest))
    row = (Button(text=ask.words.plain(labels.TYPES[near]), data=data),) if data else ()
    return Message(html=text, buttons=(row,) if row else ())
