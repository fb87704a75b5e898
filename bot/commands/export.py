"""/export: what is stored as a file, the newest first, whole or what a search finds."""

import unicodedata
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

import db.export
import db.sources
from bot import callback
from bot.command import Answer, Ask
from bot.commands.search import sources_named, unclear
from bot.files import Row
from bot.language import later
from bot.markup import code, join, lines, own
from bot.render.echo import echo
from bot.render.numbers import plain
from bot.replies import say
from bot.workshop import WorkFailed
from db.engine import Session
from domain.message import Message
from domain.search.query import Query, Unclear, parse

EXAMPLE = "/export xlsx measures 算力 since:365d"
MOST = 20_000
"""Rows of one file; `pilotwatch export` has no such end."""
LARGEST = 49 * 1024 * 1024
"""Bytes; Telegram takes files of at most 50 MB from a bot."""
FORMS = ("xlsx", "csv", "json")
_CALLED = {"excel": "xlsx", "xls": "xlsx", "表格": "xlsx", "电子表格": "xlsx"}
_OTHERS = frozenset({"pdf", "doc", "docx", "word", "txt", "html", "xml", "ods", "zip", "ics"})
"""Formats that somebody may want and does not get: they are no words to be searched for."""

NAMES = {
    "facts": later("Facts"),
    "measures": later("Measures"),
    "deadlines": later("Deadlines"),
    "documents": later("Documents"),
    "articles": later("Articles"),
}
_TABLES = {
    **{name: name for name in NAMES},
    **{name.removesuffix("s"): name for name in NAMES},
    "事实": "facts",
    "措施": "measures",
    "政策措施": "measures",
    "截止": "deadlines",
    "期限": "deadlines",
    "文件": "documents",
    "文章": "articles",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a file is to hold."""

    form: str = "xlsx"
    table: str = "facts"
    text: str = ""
    """Words and filters, as after /search."""


@dataclass(slots=True)
class Tally:
    """How many rows went into a file, and whether there would have been more."""

    rows: int = 0
    cut: bool = False


async def export(ask: Ask) -> Answer:
    """Send a file of what is asked for; without words, offer what there is."""
    if not ask.argument.strip():
        return _offer(ask)
    order = read(ask.argument)
    if order.text.casefold() in _OTHERS:
        said = later("I write no {form}; there are xlsx, csv and json.")
        example = ask.words.say("For example: {example}", example=code(own(EXAMPLE)))
        return Message(html=lines(ask.words.say(said, form=echo(order.text)), example))
    return await _sent(ask, order)


async def pressed(ask: Ask) -> Answer:
    """Send the file of a button."""
    form, _, table = ask.argument.partition(".")
    return await _sent(ask, Order(form=form, table=table))


def read(text: str) -> Order:
    """Read a format, a table and the rest, a search, in any order of the first two."""
    form, table = "xlsx", "facts"
    words = unicodedata.normalize("NFKC", text).split()
    while words:
        first = _CALLED.get(words[0].casefold(), words[0].casefold())
        if first in FORMS:
            form = first
        elif first in _TABLES:
            table = _TABLES[first]
        else:
            break
        words.pop(0)
    return Order(form=form, table=table, text=" ".join(words))


async def _sent(ask: Ask, order: Order) -> Answer:
    zone = ZoneInfo(ask.chat.timezone)
    try:
        query = parse(order.text, ask.now.astimezone(zone)) if order.text else Query()
    except Unclear as error:
        return unclear(ask, error)
    async with ask.tools.database.read() as session:
        named = await sources_named(session, query)
    if named == []:
        return Message(html=ask.words.say("No source is called “{word}”.", word=echo(query.source)))
    # A long file takes its time, and others may be written before it.
    await say(ask.tools, ask.destination, _begun(ask, order))
    return await _written(ask, order, query, None if named is None else [one.id for one in named])


async def _written(
    ask: Ask, order: Order, query: Query, source_ids: Sequence[int] | None
) -> Answer:
    """Write the file and send it; the rows go to the process that writes as they are read."""
    tally = Tally()
    try:
        async with ask.tools.database.read() as session:
            pages = _pages(session, order, query, source_ids, tally)
            content = await ask.tools.clerk.file(order.form, pages)
    except WorkFailed:
        return _too_much(ask)
    if not tally.rows:
        return _nothing(ask, order)
    if len(content) > LARGEST:
        return _too_much(ask)
    day = ask.now.astimezone(ZoneInfo(ask.chat.timezone)).date().isoformat()
    name = f"pilotwatch-{order.table}-{day}.{order.form}"
    await ask.tools.courier.send_file(ask.destination, name, content, _caption(ask, order, tally))
    return None


async def _pages(
    session: Session,
    order: Order,
    query: Query,
    source_ids: Sequence[int] | None,
    tally: Tally,
) -> AsyncIterator[Sequence[Row]]:
    """Yield the rows up to the most that one file holds, and keep count."""
    found = db.export.found(
        session, order.table, query, source_ids=source_ids, words=_words(order.text)
    )
    async for page in found:
        room = MOST - tally.rows
        tally.rows += min(len(page), room)
        tally.cut = len(page) > room
        yield page[:room]
        if tally.cut:
            return


def _words(text: str) -> str:
    """Return the words without the filters, which only articles have."""
    return " ".join(word for word in text.split() if ":" not in word)


def _begun(ask: Ask, order: Order) -> Message:
    """Say at once what is coming, and how much of it at most."""
    words = ask.words
    what = join(" · ", words.say(NAMES[order.table]), own(echo(order.text)) if order.text else "")
    most = words.say("At most {number} rows, the newest.", number=own(plain(Decimal(MOST), words)))
    return Message(html=lines(words.say("⏳ Preparing a file: {what}", what=what), most))


def _caption(ask: Ask, order: Order, tally: Tally) -> str:
    words = ask.words
    count = words.count("{number} row", "{number} rows", tally.rows)
    more = words.say("only the newest; there are more") if tally.cut else ""
    name = words.say(NAMES[order.table])
    return join(" · ", name, own(echo(order.text)) if order.text else "", count, more)


def _offer(ask: Ask) -> Message:
    words = ask.words
    html = lines(
        words.say("Which of these as a spreadsheet file?"),
        words.say("csv and json, or with a search: {example}", example=code(own(EXAMPLE))),
    )
    made = [
        callback.button(words.plain(name), "export", f"xlsx.{table}")
        for table, name in NAMES.items()
    ]
    return Message(html=html, buttons=(tuple(made[:3]), tuple(made[3:])))


def _nothing(ask: Ask, order: Order) -> Message:
    if not order.text:
        return Message(html=ask.words.say("There is nothing of that yet."))
    hint = ask.words.say("Nothing was found for “{word}”.", word=echo(order.text))
    example = ask.words.say("For example: {example}", example=code(own(EXAMPLE)))
    return Message(html=lines(hint, example))


def _too_much(ask: Ask) -> Message:
    text = ask.words.say(
        "That is too much for one file. A search makes it less: {example}",
        example=code(own(EXAMPLE)),
    )
    return Message(html=text)
