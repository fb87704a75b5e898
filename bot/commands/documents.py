"""/documents and /doc: the register of policy documents, and one of them in full."""

import re
import unicodedata

import db.follows
import db.register
from bot import callback
from bot.command import Answer, Ask
from bot.commands.naming import usage
from bot.language import later
from bot.markup import bold, code, own
from bot.render import document as rendered
from bot.render.echo import echo
from bot.render.measures import compared, measures
from bot.render.pack import pack
from bot.render.turning import turning
from domain.documents.document import Document
from domain.ledger import measures as ledger
from domain.message import Button, Message

PAGE = 5
_ID = re.compile(r"d(\d{1,18})", re.ASCII)
_EXAMPLE = "/doc 成办发〔2020〕97号"
_LIST_EXAMPLE = "/documents 算力"


async def documents(ask: Ask) -> Answer:
    """List the documents of the register, those announced last first, or those with given words."""
    words = unicodedata.normalize("NFKC", ask.argument).strip()
    return await _listed(ask, words, 0)


async def further(ask: Ask) -> Answer:
    """Show the next documents of a list."""
    wanted = callback.words_page(ask.argument)
    return await _listed(ask, wanted.words, wanted.offset) if wanted else None


async def doc(ask: Ask) -> Answer:
    """Show one document, by its id, its number in any spelling, or its title."""
    wanted = ask.argument.strip()
    if not wanted:
        hint = later("Say which document: by its number, its title or its id.")
        return usage(ask, hint, _EXAMPLE)
    found = await _found(ask, wanted)
    if len(found) == 1:
        return await _shown(ask, found[0].id)
    return await _listed(ask, wanted, 0)


async def pressed(ask: Ask) -> Answer:
    """Show the document of a button."""
    return await _shown(ask, _number(ask.argument))


async def measures_of(ask: Ask) -> Answer:
    """Show every measure of a document, each once with who confirms and who contradicts it."""
    async with ask.tools.database.read() as session:
        record = await db.register.record(session, _number(ask.argument))
    if record is None:
        return _gone(ask)
    head = bold(rendered.named(record.document, ask.words, 60))
    return pack(head, measures(ledger.join(record.current), ask.words))


async def comparison(ask: Ask) -> Answer:
    """Compare two versions of a document, or a draft and what became of it, measure by measure."""
    old, _, new = ask.argument.partition(".")
    async with ask.tools.database.read() as session:
        before = await db.register.record(session, int(old))
        after = await db.register.record(session, int(new))
    if before is None or after is None:
        return _gone(ask)
    return compared(before, after, ask.words)


async def _found(ask: Ask, wanted: str) -> list[Document]:
    async with ask.tools.database.read() as session:
        if found := _ID.fullmatch(wanted.lower()):
            one = await db.register.get(session, int(found[1]))
            return [one] if one else []
        exact = await db.register.named(session, wanted)
        if exact:
            return exact[:1]
        return [one.document for one in await db.register.search(session, wanted, limit=2)]


async def _listed(ask: Ask, words: str, offset: int) -> Answer:
    async with ask.tools.database.read() as session:
        found = await db.register.search(session, words, limit=PAGE + 1, offset=offset)
    if not found:
        return _nothing(ask, words)
    blocks = [
        rendered.block(offset + at, one, ask.words, ask.chat.timezone, ask.now)
        for at, one in enumerate(found[:PAGE], start=1)
    ]
    title = bold(ask.words.say("Policy documents"))
    return pack(title, blocks, rows=_more(words, offset, len(found)))


def _more(words: str, offset: int, found: int) -> tuple[tuple[Button, ...], ...]:
    count = None if found > PAGE else offset + found
    row = turning(lambda at: callback.page_of_words("docs", at, words), offset, PAGE, count)
    return (row,) if row else ()


async def _shown(ask: Ask, number: int) -> Answer:
    async with ask.tools.database.read() as session:
        record = await db.register.record(session, number)
        following = await db.follows.of(session, ask.destination)
    if record is None:
        return _gone(ask)
    followed = any(one.kind == "document" and one.key == str(number) for one in following)
    return Message(
        html=rendered.whole(record, ask.words, ask.chat.timezone, ask.now),
        buttons=rendered.buttons(record, ask.words, following=followed),
    )


def _number(argument: str) -> int:
    found = _ID.fullmatch(argument.strip().lower())
    return int(found[1]) if found else 0


def _gone(ask: Ask) -> Message:
    text = ask.words.say("There is no such document (any more). /documents lists what there is.")
    return Message(html=text)


def _nothing(ask: Ask, words: str) -> Message:
    example = code(own(_LIST_EXAMPLE))
    if not words:
        return Message(html=ask.words.say("No policy documents have been found yet."))
    text = ask.words.say(
        "No document with “{words}” is known. For example: {example}",
        words=echo(words),
        example=example,
    )
    return Message(html=text)
