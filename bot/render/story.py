"""A story in a few lines: headline, where it is from, what matters, and the words that say it."""

from collections.abc import Iterable, Sequence

from bot.callback import facts_of_story
from bot.language import Words
from bot.markup import NOTHING, Html, Size, bold, escape, folded, join, lines, link, size
from bot.render import labels
from bot.render.dates import local_time
from bot.render.facts import fact_line, quote
from bot.render.pack import Block
from bot.safe_text import cut, domain, one_line, web_address
from domain.article import Article
from domain.facts.fact import Evidence, Fact
from domain.highlights import facts_of, highlights
from domain.message import Button
from domain.story import Story

TITLE_LENGTH = 200
SOURCE_LENGTH = 60
FACTS = Size(1900, 20, 500)
"""The room for the facts that are shown: with headline and folded quotes it fits a message."""
IN_LIST = 3
QUOTES = Size(1000, 0, 0)
"""The room for the exact words of a story in a list."""


def block(number: int, story: Story, words: Words, timezone: str, mark: str = "") -> Block:
    """Tell a story as one of several, with a button that shows the rest of it."""
    shown = highlights(facts_of(story), IN_LIST)
    return Block(
        html=lines(
            join(" ", Html(f"{number}."), Html(mark), headline(story)),
            origin(story, words, timezone),
            *fit(bullets(shown, words, story.lead.article.title), FACTS),
            evidence(shown, (), words, QUOTES),
        ),
        button=Button(
            text=words.plain("Facts {number}", number=number), data=facts_of_story(story.id)
        ),
    )


def headline(story: Story) -> Html:
    """Return the leading article's title, linked to it."""
    article = story.lead.article
    title = cut(one_line(article.title), TITLE_LENGTH) or domain(article.url) or f"s{story.id}"
    return bold(link(title, article.url))


def origin(story: Story, words: Words, timezone: str) -> Html:
    """Say who tells it, how near to the original they stand, and when it came out."""
    article = story.lead.article
    others = len({coverage.article.source_id for coverage in story.coverage}) - 1
    more = words.count("and {number} more source", "and {number} more sources", others)
    return join(
        " · ",
        _source(article),
        words.say(labels.TIERS[article.tier]),
        Html(local_time(article.when, timezone, words)),
        more if others else "",
    )


def bullets(facts: Iterable[Fact], words: Words, headline: str = "") -> list[Html]:
    """Put each fact on a line of its own, below a headline that needs no repeating."""
    return [join(" ", Html("•"), fact_line(fact, words, headline)) for fact in facts]


def evidence(shown: Sequence[Fact], rest: Sequence[Fact], words: Words, room: Size) -> Html:
    """Fold away the exact words of the facts shown, then further facts with theirs."""
    quotes = [quote(passage) for passage in _distinct(shown)]
    further = [lines(*bullets([fact], words), quote(fact.evidence[0])) for fact in rest]
    fitting = fit([*quotes, *further], room)
    left = len(rest) - max(0, len(fitting) - len(quotes))
    more = words.count("… and {number} more fact", "… and {number} more facts", left)
    return folded(lines(*fitting, more if left else "")) if fitting else NOTHING


def fit(parts: Iterable[Html], room: Size) -> list[Html]:
    """Return the first parts that fit into the room, each on a line of its own."""
    used, fitting = Size(0, 0, 0), []
    for part in parts:
        used += size(part) + Size(1, 0, 0)
        if not used.within(room):
            break
        fitting.append(part)
    return fitting


def buttons(story: Story, words: Words) -> tuple[tuple[Button, ...], ...]:
    """Offer every fact, and the article itself."""
    row = [Button(text=words.plain("All facts"), data=facts_of_story(story.id))]
    if url := web_address(story.lead.article.url):
        row.append(Button(text=words.plain("Open article"), url=url))
    return (tuple(row),)


def _source(article: Article) -> Html:
    name = cut(one_line(article.source_title), SOURCE_LENGTH)
    host = domain(article.url)
    return escape(f"{name} ({host})" if name and host and name != host else name or host)


def _distinct(facts: Iterable[Fact]) -> list[Evidence]:
    """Return the passages that state the facts, each once, also where one holds another."""
    first = [fact.evidence[0] for fact in facts]
    further = [passage for fact in facts for passage in fact.evidence[1:]]
    found = {passage.quote: passage for passage in (*first, *further)}
    return [
        passage
        for said, passage in found.items()
        if not any(said in other and said != other for other in found)
    ]
