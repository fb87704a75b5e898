"""A story in a few lines: headline, where it is from, what matters, and the words that say it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.callback import data, facts_of_story
from bot.language import Words
from bot.markup import NOTHING, Html, Size, bold, escape, join, lines, link, moment, size, text_of
from bot.render import labels
from bot.render.columns import LINE, columns, narrow
from bot.render.dates import local_time, short_time
from bot.render.facts import brief_line, fact_line, quote
from bot.render.pack import Block
from bot.safe_text import cut, domain, one_line, web_address
from domain.article import Article
from domain.facts.fact import Evidence, Fact
from domain.highlights import facts_of, highlights, ordered
from domain.message import Button
from domain.story import Story

TITLE_LENGTH = 200
SOURCE_LENGTH = 60
FACTS = Size(1900, 20, 500)
"""The room for the facts that are shown: with headline and folded quotes it fits a message."""
HEADLINE_IN_LIST = 2 * LINE - 8
"""Columns: two lines, together with number and marks."""
SHORTEST_NAME = 10
"""Columns of a source's name that a narrow line leaves at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """For whom stories are told one below the other, when, and how many there are."""

    words: Words
    timezone: str
    now: datetime
    stories: int

    @property
    def facts(self) -> int:
        """How many facts of each are shown: four stories are to fit a phone's screen."""
        return 2 if self.stories <= 2 else 1

    @property
    def room(self) -> Size:
        """The room for what is folded away of each: it shrinks before a message is split."""
        return Size(max(400, min(1500, 3600 // max(1, self.stories) - 260)), 14, 300)


def block(
    number: int,
    story: Story,
    telling: Telling,
    mark: str = "",
    label: Html = NOTHING,
    *,
    known: bool = False,
) -> Block:
    """Tell a story as one of several: what matters most of it, and a button for the rest.

    The mark stands before the headline; the label says in the evidence what the mark means. Of
    one that is known already only the headline is told, its facts are below the fold.
    """
    words, facts = telling.words, facts_of(story)
    shown = () if known else highlights(facts, telling.facts)
    rest = [fact for fact in ordered(facts) if fact not in shown]
    exact = evidence(shown, rest, words, telling.room)
    text = words.plain("Facts {number}", number=number)
    return Block(
        html=lines(
            join(" ", Html(f"{number}."), Html(mark), headline(story, HEADLINE_IN_LIST)),
            short_origin(story, telling),
            *fit(bullets(shown, words, story.lead.article.title), FACTS),
        ),
        button=Button(text=text, data=facts_of_story(story.id)) if facts else None,
        evidence=lines(_whose(number, story, words, label), exact) if exact else NOTHING,
    )


def headline(story: Story, room: int = TITLE_LENGTH) -> Html:
    """Return the leading article's title in so many columns, linked to it."""
    return bold(link(_title(story, room), story.lead.article.url))


def unlinked_headline(story: Story, room: int) -> Html:
    """Return the title alone: for a list whose links would fill the message."""
    return bold(_title(story, room))


def _title(story: Story, room: int) -> str:
    article = story.lead.article
    return narrow(one_line(article.title), room) or domain(article.url) or f"s{story.id}"


def origin(story: Story, words: Words, timezone: str) -> Html:
    """Say who tells it, how near to the original they stand, and when it came out."""
    article = story.lead.article
    return join(
        " · ",
        _source(article),
        words.say(labels.TIERS[article.tier]),
        moment(local_time(article.when, timezone, words), int(article.when.timestamp())),
        _further_sources(story, words),
    )


def short_origin(story: Story, telling: Telling) -> Html:
    """Say the same in one line of a phone; a host that may pass for another stands there itself."""
    article, words = story.lead.article, telling.words
    host, others = domain(article.url), _others(story)
    name = one_line(article.source_title) or host
    time = short_time(article.when, telling.now, telling.timezone, words)
    rest = join(
        " · ",
        Html(f"+{others}" if others else ""),
        words.say(labels.TIERS[article.tier]),
        Html(time),
    )
    room = max(SHORTEST_NAME, LINE - columns(text_of(rest)) - len(" · "))
    return join(" · ", escape(host if "xn--" in host else narrow(name, room)), rest)


def bullets(facts: Iterable[Fact], words: Words, headline: str = "") -> list[Html]:
    """Put each fact on two lines at most, below a headline that needs no repeating."""
    return [join(" ", Html("•"), brief_line(fact, words, headline)) for fact in facts]


def evidence(shown: Sequence[Fact], rest: Sequence[Fact], words: Words, room: Size) -> Html:
    """Give the exact words of the facts shown, then further facts with theirs: to be folded."""
    quotes = [quote(passage) for passage in _distinct(shown)]
    further = [_further(fact, words) for fact in rest]
    fitting = fit([*quotes, *further], room)
    left = len(rest) - max(0, len(fitting) - len(quotes))
    more = words.count("… and {number} more fact", "… and {number} more facts", left)
    return lines(*fitting, more if left else "") if fitting else NOTHING


def _further(fact: Fact, words: Words) -> Html:
    said = join(" ", Html("•"), fact_line(fact, words))
    return lines(said, *(quote(passage) for passage in _distinct([fact])))


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
    """Offer every fact, the article itself, who else tells it, and to say what is wrong."""
    row = []
    if facts_of(story):
        every = facts_of_story(story.id)
        row.append(Button(text=words.plain("All facts"), data=every, style="primary"))
    if url := web_address(story.lead.article.url):
        row.append(Button(text=words.plain("Open article"), url=url))
    rows = (
        tuple(row),
        copying(facts_of(story)),
        further_buttons(story, words),
        marks(story, words),
    )
    return tuple(one for one in rows if one)


def marks(story: Story, words: Words) -> tuple[Button, ...]:
    """Offer to say what is thought of a story."""
    number = f"s{story.id}"
    return (
        Button(text=words.plain("👍 Relevant"), data=data("relevant", number)),
        Button(text=words.plain("👎 Not relevant"), data=data("irrelevant", number)),
    )


def save(story: Story, words: Words) -> Button:
    """Offer to keep a story for later."""
    return Button(text=words.plain("🔖 Save"), data=data("save", f"s{story.id}"))


def copying(facts: Iterable[Fact]) -> tuple[Button, ...]:
    """Offer the numbers of the documents that are announced, to be put on the clipboard."""
    numbers = dict.fromkeys(
        one_line(str(fact.attributes["number"]))
        for fact in facts
        if fact.type == "policy_document"
        and fact.attributes.get("role") == "primary"
        and fact.attributes.get("number")
    )
    return tuple(copy_button(number) for number in list(numbers)[:2])


def copy_button(number: str) -> Button:
    """Return a button that puts a document's number on the clipboard."""
    return Button(text=f"📋 {cut(number, 24)}", copy=cut(number, 200))


def further_buttons(story: Story, words: Words) -> tuple[Button, ...]:
    """Offer who else tells it, to say what is wrong, and to keep it."""
    number = f"s{story.id}"
    row = [Button(text=words.plain("Story"), data=data("story", number))]
    if facts_of(story):
        row.append(Button(text=words.plain("Wrong fact"), data=data("wrong", number)))
    return (*row, save(story, words))


def _whose(number: int, story: Story, words: Words, label: Html) -> Html:
    host = escape(domain(story.lead.article.url))
    about = join(" · ", bold(label), host, _further_sources(story, words))
    return join(" ", bold(f"{number}."), about)


def _further_sources(story: Story, words: Words) -> Html:
    others = _others(story)
    said = words.count("and {number} more source", "and {number} more sources", others)
    return said if others else NOTHING


def _others(story: Story) -> int:
    return len({coverage.article.source_id for coverage in story.coverage}) - 1


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
