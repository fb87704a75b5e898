"""/search: every article that was read, by words and filters, newest first, a page at a time."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import db.facts
import db.search
import db.sources
from bot import callback
from bot.command import Answer, Ask
from bot.language import later
from bot.markup import Html, code, lines, own
from bot.render.echo import echo
from bot.render.search import Reader, Result, found
from bot.safe_text import one_line
from db.engine import Session
from db.search import Answers
from domain.facts.stated import Stated
from domain.message import Button, Message
from domain.search.query import ON_TOPIC, Query, Unclear, parse
from domain.source import Source, called

PAGE = 5
EXAMPLE = "/search 成都 算力 since:30d type:measure"
_EVERYTHING = "band:all"

_UNCLEAR = {
    "words": later("Say which words to look for."),
    "since": later("“{word}” is no time to look back to."),
    "type": later("“{word}” is not a type of facts."),
    "band": later("“{word}” is not a range: there are on, all, core, adjacent, off."),
    "source": later("Say which source: its number, or a part of its name or address."),
}
_EXAMPLES = {
    "since": "/search 算力 since:30d",
    "type": "/search 算力 type:measure",
    "band": "/search 算力 band:all",
    "source": "/search 算力 source:chengdu.gov.cn",
}


async def search(ask: Ask) -> Answer:
    """Show the newest articles with these words."""
    return await _page(ask, one_line(ask.argument), None)


async def pressed(ask: Ask) -> Answer:
    """Show another page of what was looked for."""
    wanted = callback.page_searched(ask.argument)
    return await _page(ask, wanted.words, wanted.before) if wanted else None


async def _page(ask: Ask, text: str, before: int | None) -> Answer:
    try:
        query = parse(text, ask.now.astimezone(ZoneInfo(ask.chat.timezone)))
    except Unclear as error:
        return unclear(ask, error)
    async with ask.tools.database.read() as session:
        sources = await sources_named(session, query)
        if sources == []:
            hint = ask.words.say("No source is called “{word}”.", word=echo(query.source))
            return Message(html=lines(hint, ask.words.say("/sources lists what is watched.")))
        ids = None if sources is None else [one.id for one in sources]
        answers = await db.search.find(
            session, query, source_ids=ids, before=before, limit=PAGE * 3
        )
        results, rest = _by_story(answers)
        stated = await _stated(session, query, results)
    if not results and rest is None and before is None:
        return _nothing(ask, text, query)
    reader = Reader(words=ask.words, timezone=ask.chat.timezone, now=ask.now)
    rows = _rows(ask, text, before, rest)
    messages = found(text, query, results, stated, reader, rows, more=rest is not None)
    # One message can take the place of the page before.
    return messages[0] if len(messages) == 1 else messages


async def sources_named(session: Session, query: Query) -> list[Source] | None:
    """Return the sources that are meant; None where no source is named."""
    if not query.source:
        return None
    return [one for one in await db.sources.every(session) if called(one, query.source)]


def _by_story(answers: Answers) -> tuple[list[Result], int | None]:
    """Tell what many report once, with how many they are; return also where to go on."""
    results: dict[int, Result] = {}
    last = None
    for one in answers.found:
        # An article without a story stands for itself.
        which = one.story_id or -one.article.id
        if which not in results and len(results) == PAGE:
            return list(results.values()), last
        results.setdefault(which, Result(one)).count += 1
        last = one.key
    return list(results.values()), answers.before


async def _stated(
    session: Session, query: Query, results: Sequence[Result]
) -> Mapping[int, list[Stated]]:
    """Return the facts of the types asked for, by article."""
    facts: dict[int, list[Stated]] = {one.found.article.id: [] for one in results}
    if query.types:
        for fact in await db.facts.stated_by(session, list(facts), types=query.types):
            facts[fact.article.id].append(fact)
    return facts


def _rows(
    ask: Ask, text: str, before: int | None, rest: int | None
) -> tuple[tuple[Button, ...], ...]:
    row = []
    if before is not None:
        row += _button(ask.words.plain("‹ Newest"), text, None)
    if rest is not None:
        row += _button(ask.words.plain("Older ›"), text, rest)
    return (tuple(row),) if row else ()


def _button(label: str, text: str, before: int | None) -> list[Button]:
    data = callback.page_of_search(before, text)
    return [Button(text=label, data=data)] if data else []


def unclear(ask: Ask, error: Unclear) -> Message:
    """Say what of a question cannot be understood, with an example."""
    hint = ask.words.plain(_UNCLEAR[error.what], word=echo(error.word))
    return Message(html=lines(hint, _example(ask, _EXAMPLES.get(error.what, EXAMPLE))))


def _example(ask: Ask, example: str) -> Html:
    return ask.words.say("For example: {examples}", examples=code(own(example)))


def _nothing(ask: Ask, text: str, query: Query) -> Message:
    words = ask.words
    html = words.say("Nothing was found for “{word}”.", word=echo(text))
    if query.bands != ON_TOPIC:
        return Message(html=lines(html, _example(ask, EXAMPLE)))
    everywhere = _button(words.plain("Search off topic, too"), f"{text} {_EVERYTHING}", None)
    hint = words.say(
        "Only what is on topic was searched; {filter} searches everything.",
        filter=code(own(_EVERYTHING)),
    )
    return Message(html=lines(html, hint), buttons=(tuple(everywhere),) if everywhere else ())
