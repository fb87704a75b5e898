"""/metric: a figure as a picture and as dated values, targets beside what came true."""

import unicodedata
from collections.abc import Sequence

import db.facts
import db.ledger
from bot.command import Answer, Ask
from bot.markup import code, lines, own
from bot.render import metric as rendered
from bot.render.echo import echo
from domain.facts.stated import Stated
from domain.ledger import wanted as ledger
from domain.ledger.metrics import Series, series
from domain.message import Message

EXAMPLE = "/metric compute"


async def metric(ask: Ask) -> Answer:
    """Show the figure that the words ask for; without words, which ones there are."""
    words = unicodedata.normalize("NFKC", ask.argument).strip()
    question = ledger.read(words)
    async with ask.tools.database.read() as session:
        stated = await db.ledger.figures(session, question)
    found = ledger.ranked(series(stated), question)
    if not found:
        return _nothing(ask, words)
    if not words:
        return rendered.overview(found, ask.words, code(own(EXAMPLE)))
    return _told(ask, found)


async def pressed(ask: Ask) -> Answer:
    """Show the figure that a button's fact is a value of."""
    async with ask.tools.database.read() as session:
        stated = await db.facts.get(session, int(ask.argument.removeprefix("f")))
        around = await db.ledger.around(session, stated) if stated else []
    figures = [one for one in around if one.fact.value]
    found = [one for one in series(figures) if stated and _holds(one, stated)]
    if not found:
        return Message(html=ask.words.say("There is no such fact (any more)."))
    return _told(ask, found)


def _told(ask: Ask, found: Sequence[Series]) -> Answer:
    return rendered.told(found, found[1:], ask.words, ask.chat.timezone)


def _holds(figure: Series, stated: Stated) -> bool:
    every = (one for point in figure.points for one in point.entry.every)
    return any(one.number == stated.number for one in every)


def _nothing(ask: Ask, words: str) -> Message:
    example = ask.words.say("For example: {example}", example=code(own(EXAMPLE)))
    if not words:
        return Message(html=ask.words.say("No figures have been found yet."))
    hint = ask.words.say("No figure of “{words}” is known.", words=echo(words))
    return Message(html=lines(hint, example))
