"""What a search found: headlines, where they are from, and the words in their midst."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.callback import facts_of_story
from bot.language import Words
from bot.markup import NOTHING, Html, bold, code, escape, join, lines, link, own, text_of
from bot.render import labels
from bot.render.columns import LINE, columns, narrow
from bot.render.dates import short_time
from bot.render.echo import echo
from bot.render.facts import brief_line
from bot.render.pack import Block, pack
from bot.render.story import HEADLINE_IN_LIST, SHORTEST_NAME
from bot.safe_text import clean, domain, one_line
from db.search import Found
from domain.facts.stated import Stated
from domain.message import Button, Message
from domain.search.excerpt import Piece, excerpt
from domain.search.phrase import Phrase, occur_in
from domain.search.query import Query

EXCERPT = 2 * LINE - 6
"""Columns: two lines of a phone, less what wrapping and bold type take."""
FACTS = 2


@dataclass(slots=True)
class Result:
    """An article that was found, and how many tell the same story on the same page."""

    found: Found
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom results are told, and when."""

    words: Words
    timezone: str
    now: datetime


def found(
    text: str,
    query: Query,
    results: Sequence[Result],
    stated: Mapping[int, Sequence[Stated]],
    reader: Reader,
    rows: Sequence[tuple[Button, ...]],
    *,
    more: bool = False,
) -> tuple[Message, ...]:
    """Tell a page of results; `more` of them may follow although no button leads there."""
    head = bold(reader.words.say("Search: {words}", words=echo(text)))
    blocks = [
        _block(number, one, query, stated.get(one.found.article.id, ()), reader)
        for number, one in enumerate(results, start=1)
    ]
    return pack(head, blocks, _tail(results, reader.words, more=more, rows=rows), rows=rows)


def _tail(results: Sequence[Result], words: Words, *, more: bool, rows: Sequence[object]) -> Html:
    if more and not rows:
        example = code(own("/search 算力 since:30d"))
        return words.say("There are more: use fewer words, such as {example}", example=example)
    return NOTHING if results else words.say("Nothing on this page; older ones may follow.")


def _block(
    number: int, result: Result, query: Query, stated: Sequence[Stated], reader: Reader
) -> Block:
    article, story = result.found.article, result.found.story_id
    title = narrow(one_line(article.title), HEADLINE_IN_LIST) or domain(article.url)
    text = reader.words.plain("Facts {number}", number=number)
    button = Button(text=text, data=facts_of_story(story)) if story else None
    return Block(
        html=lines(
            join(" ", Html(f"{number}."), bold(link(title or f"a{article.id}", article.url))),
            _origin(result, reader),
            *_facts(stated, query.phrases, reader.words),
            emphasised(excerpt(clean(article.text), query.phrases, EXCERPT)),
        ),
        button=button if result.found.states_facts else None,
    )


def emphasised(pieces: Sequence[Piece]) -> Html:
    """Put the words that were looked for in bold."""
    return Html("".join(bold(one.text) if one.found else escape(one.text) for one in pieces))


def _origin(result: Result, reader: Reader) -> Html:
    article, words = result.found.article, reader.words
    host, others = domain(article.url), result.count - 1
    rest = join(
        " · ",
        Html(f"+{others}" if others > 0 else ""),
        words.say(labels.TIERS[article.tier]),
        Html(short_time(article.when, reader.now, reader.timezone, words)),
    )
    room = max(SHORTEST_NAME, LINE - columns(text_of(rest)) - len(" · "))
    name = one_line(article.source_title) or host
    return join(" · ", escape(host if "xn--" in host else narrow(name, room)), rest)


def _facts(stated: Sequence[Stated], phrases: Sequence[Phrase], words: Words) -> list[Html]:
    """Give the facts that were asked for, those first that hold most of the words."""

    def held(one: Stated) -> int:
        texts = (one.fact.subject, *(passage.quote for passage in one.fact.evidence))
        return sum(occur_in([phrase], texts) for phrase in phrases)

    chosen = sorted(stated, key=held, reverse=True)[:FACTS]
    return [join(" ", Html("•"), brief_line(one.fact, words)) for one in chosen]
