"""/measures: what can be had, for whom, how much, from whom, until when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import db.ledger
from bot import callback
from bot.command import Answer, Ask
from bot.markup import bold, code, lines, own
from bot.render import offers as rendered
from bot.render.echo import echo
from bot.render.pack import pack
from bot.render.turning import turning
from domain.deadlines import Window
from domain.ledger.offers import Kin, Offer, UnknownFilter, offers, read
from domain.message import Button, Message
from jobs.reminders import open_windows

PAGE = 3
EXAMPLE = "/measures 算力 type:voucher open"


async def measures(ask: Ask) -> Answer:
    """List measures, the newest first; with words and filters, only those."""
    return await _listed(ask, " ".join(ask.argument.split()), 0)


async def turned(ask: Ask) -> Answer:
    """Show another page of a list in its place."""
    wanted = callback.words_page(ask.argument)
    return await _listed(ask, wanted.words, wanted.offset) if wanted else None


async def _listed(ask: Ask, text: str, offset: int) -> Answer:
    try:
        sought = read(text)
    except UnknownFilter as error:
        return _unclear(ask, error.word)
    async with ask.tools.database.read() as session:
        kin, matched = await db.ledger.measures(session, sought.words)
        stories = {number for one in kin for number in one.story_ids}
        windows = await open_windows(session, ask.now, stories)
    today = ask.now.astimezone(ZoneInfo(ask.chat.timezone)).date()
    found = offers((_with_windows(one, windows) for one in kin), matched, sought, today)
    if not found[offset:]:
        return _nothing(ask, text)
    return _page(ask, text, found, offset, today)


def _page(ask: Ask, text: str, found: Sequence[Offer], offset: int, today: date) -> Answer:
    words, shown = ask.words, found[offset : offset + PAGE]
    head = lines(bold(words.count("{number} measure", "{number} measures", len(found))))
    blocks = [
        rendered.block(number, one, today, words) for number, one in enumerate(shown, offset + 1)
    ]
    rows = (
        rendered.buttons(shown, offset + 1),
        _turning(text, offset, len(found)),
        _filters(ask, text),
    )
    return pack(head, blocks, rows=[row for row in rows if row])


def _turning(text: str, offset: int, count: int) -> tuple[Button, ...]:
    return turning(lambda place: callback.page_of_words("offers", place, text), offset, PAGE, count)


def _filters(ask: Ask, text: str) -> tuple[Button, ...]:
    """Offer to see only what is open, or official; pressed again it is everything."""
    offered = (("open", ask.words.plain("Open now")), ("official", ask.words.plain("Official")))
    row = []
    for word, name in offered:
        had = word in text.split()
        other = [one for one in text.split() if one != word] if had else [*text.split(), word]
        data = callback.page_of_words("offers", 0, " ".join(other))
        if data:
            row.append(Button(text=f"✓ {name}" if had else name, data=data))
    return tuple(row)


def _with_windows(kin: Kin, windows: Sequence[Window]) -> Kin:
    articles = {one.article.id for one in kin.stated}
    own = (
        one for one in windows if one.story_id in kin.story_ids or one.stated.article.id in articles
    )
    return replace(kin, windows=tuple(own))


def _unclear(ask: Ask, word: str) -> Message:
    hint = ask.words.say("“{word}” is no filter that I know.", word=echo(word))
    names = ("voucher", "subsidy", "award", "grant", "loan", "fund", "rent")
    kinds = ask.words.say("type: {kinds}", kinds=ask.words.say(", ").join(names))
    example = ask.words.say("For example: {example}", example=code(own(EXAMPLE)))
    return Message(html=lines(hint, kinds, example))


def _nothing(ask: Ask, text: str) -> Message:
    example = ask.words.say("For example: {example}", example=code(own(EXAMPLE)))
    if not text:
        return Message(html=ask.words.say("No measures have been found yet."))
    hint = ask.words.say("No measure fits “{words}”.", words=echo(text))
    rows = tuple(row for row in (_filters(ask, text),) if row)
    return Message(html=lines(hint, example), buttons=rows)
