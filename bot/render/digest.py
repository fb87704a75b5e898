"""A digest: documents, deadlines, measures, figures, news; each story once."""

from bot.language import Words, later, words_for
from bot.markup import NOTHING, Html, bold, italic, join, lines
from bot.render import week
from bot.render.dates import soon
from bot.render.labels import SECTION_MARKS
from bot.render.pack import Block, pack
from bot.render.story import Telling, block
from bot.safe_text import cut, one_line
from domain.chat import Chat
from domain.digest import Digest, Item, SourceHealth
from domain.highlights import SECTIONS, Section, section
from domain.message import Message

NAMED = 5
"""How many failing sources the last line names."""

TITLES = {
    "daily": later("Daily digest"),
    "weekly": later("Weekly digest"),
    "now": later("Digest"),
}
LABELS: dict[Section, str] = {
    "documents": later("Policy document"),
    "deadlines": later("Deadline"),
    "measures": later("Measures"),
    "figures": later("Targets and figures"),
    "news": later("News"),
}


def render(digest: Digest, chat: Chat) -> tuple[Message, ...]:
    """Tell everything new since the last one, in one message where it fits.

    Before a week's there is a picture of it.
    """
    words, timezone = words_for(chat.language), chat.timezone
    coverage = coverage_line(digest.health, words)
    if not digest.items:
        return (Message(html=lines(_nothing(digest, words, timezone), coverage)),)
    parts = pack(_head(digest, words, timezone), _blocks(digest, words, timezone), coverage)
    return (week.picture(digest, words, timezone), *parts) if week.shown(digest) else parts


def coverage_line(health: SourceHealth, words: Words) -> Html:
    """Say how much of what is watched could be read: silence must not look like calm."""
    if not health.watched:
        return italic(words.say("No sources are watched yet."))
    return italic(lines(_read(health, words), _quiet(health, words)))


def _read(health: SourceHealth, words: Words) -> Html:
    failing = len(health.failing)
    read = health.watched - failing - health.waiting
    if read == health.watched:
        return words.count("{number} source read.", "{number} sources read.", read)
    said = words.say("{read} of {watched} sources read", read=read, watched=health.watched)
    if health.waiting:
        late = words.count("{number} not read lately", "{number} not read lately", health.waiting)
        said = words.say("{first}, {second}", first=said, second=late)
    if failing:
        said = words.say("{first}, {second}", first=said, second=_failing(health, words))
    return said


def _failing(health: SourceHealth, words: Words) -> Html:
    failing = len(health.failing)
    names = words.say(", ").join(cut(one_line(name), 40) for name in health.failing[:NAMED])
    more = "…" if failing > NAMED else ""
    return words.say("{failing} failing: {names}", failing=failing, names=names + more)


def _quiet(health: SourceHealth, words: Words) -> Html:
    told = (
        words.count(
            "Nothing new from {name} for {number} day.",
            "Nothing new from {name} for {number} days.",
            days,
            name=cut(one_line(name), 40),
        )
        for name, days in health.quiet[:NAMED]
    )
    return join(" ", *told)


def _head(digest: Digest, words: Words, timezone: str) -> Html:
    head = join(
        " · ",
        bold(words.say(TITLES[digest.kind])),
        Html(soon(digest.until, timezone, words)),
        words.count("{number} story", "{number} stories", len(digest.items)),
    )
    return lines(head, _late(digest, words, timezone))


def _late(digest: Digest, words: Words, timezone: str) -> Html:
    """Say when it should have come."""
    if digest.due is None:
        return NOTHING
    due = Html(soon(digest.due, timezone, words))
    return italic(words.say("It comes late: it was due {time}.", time=due))


def _nothing(digest: Digest, words: Words, timezone: str) -> Html:
    since = Html(soon(digest.since, timezone, words))
    title = bold(words.say(TITLES[digest.kind]))
    said = words.say("{title}: nothing new since {time}.", title=title, time=since)
    return lines(said, _late(digest, words, timezone))


def _blocks(digest: Digest, words: Words, timezone: str) -> list[Block]:
    placed = sorted(digest.items, key=lambda item: SECTIONS.index(section(item.story)))
    telling = Telling(words=words, timezone=timezone, now=digest.until, stories=len(placed))
    return [_block(number, item, telling) for number, item in enumerate(placed, start=1)]


def _block(number: int, item: Item, telling: Telling) -> Block:
    kind = section(item.story)
    words, mark = telling.words, SECTION_MARKS[kind]
    alerted = words.say("⚡ sent as an alert") if item.alerted else ""
    label = join(" · ", join(" ", Html(mark), words.say(LABELS[kind])), alerted)
    shown = mark + ("⚡" if item.alerted else "")
    return block(number, item.story, telling, mark=shown, label=label, known=item.alerted)
