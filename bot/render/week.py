"""A week as a picture: what came on which day, and which figures have moved."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.language import Words, later, words_for
from bot.markup import CAPTION, Html, bold, escape, join, lines, text_of
from bot.render.columns import LINE, narrow
from bot.render.dates import day_and_month, day_of_year
from bot.render.facts import compared_value
from bot.render.figure_chart import both, name_of
from bot.render.labels import SECTION_MARKS, SECTIONS_MANY
from bot.render.numbers import plain
from bot.render.story import fit
from bot.safe_text import one_line
from domain.chart import Bar, Chart, Label, Panel, Share
from domain.digest import Digest, Item
from domain.highlights import SECTIONS, Section, section
from domain.ledger.moves import Move
from domain.message import Message

NAMES: dict[Section, str] = {
    "documents": later("Documents"),
    "deadlines": later("Deadlines"),
    "measures": later("Measures"),
    "figures": later("Targets and figures"),
    "news": later("News"),
}
COLUMNS = 8
"""Days that stand beside each other; a longer time is told in as many equal parts."""
LEAST_STORIES = 3
"""Fewer are read faster than a picture of them."""
LONG = timedelta(days=6)
"""From here on a digest on demand covers what a weekly one does."""
_LONGEST_BAR = 250.0


def shown(digest: Digest) -> bool:
    """Tell whether a digest has a picture: one of a week with enough in it."""
    covers_a_week = digest.kind == "weekly" or digest.until - digest.since >= LONG
    return covers_a_week and len(digest.items) >= LEAST_STORIES


def picture(digest: Digest, words: Words, timezone: str) -> Message:
    """Show the week; the caption says what the picture shows."""
    caption = fit(_caption(digest, words, timezone), CAPTION)
    return Message(html=lines(*caption), chart=_chart(digest, words, timezone))


def _caption(digest: Digest, words: Words, timezone: str) -> list[Html]:
    counts = Counter(section(item.story) for item in digest.items)
    told = [
        join(" ", Html(SECTION_MARKS[kind]), words.count(*SECTIONS_MANY[kind], counts[kind]))
        for kind in SECTIONS
        if counts[kind]
    ]
    head = join(" ", Html("📊"), bold(_title(digest, words, timezone)))
    return [head, join(" · ", *told), *(_moved(move, words) for move in digest.moves)]


def _title(digest: Digest, words: Words, timezone: str) -> str:
    first, last = _days(digest, timezone)
    return words.plain(
        "The week {first} – {last}",
        first=day_of_year(first, words),
        last=day_of_year(last, words),
    )


def _moved(move: Move, words: Words) -> Html:
    name = escape(narrow(one_line(move.after.fact.subject), LINE))
    said = words.say(
        "{what}: {before} → {after}",
        what=name,
        before=compared_value(move.before.fact, words),
        after=bold(compared_value(move.after.fact, words)),
    )
    return join(" ", said, Html(_percent(move, words)))


def _percent(move: Move, words: Words) -> str:
    change = (move.change * 100).quantize(Decimal("0.1"))
    return f"{'▲' if change > 0 else '▼'}{plain(abs(change), words)}%"


def _days(digest: Digest, timezone: str) -> tuple[date, date]:
    zone = ZoneInfo(timezone)
    # A digest that goes out at nine tells of the morning, too; midnight itself begins a new day.
    first = (digest.since + timedelta(seconds=1)).astimezone(zone).date()
    return first, digest.until.astimezone(zone).date()


def _chart(digest: Digest, words: Words, timezone: str) -> Chart:
    english = words_for("en")
    title = Label(text=_title(digest, words, timezone), plain=_title(digest, english, timezone))
    panels = [_daily(digest, words, timezone)]
    if digest.moves:
        bars = tuple(_bar(move, words) for move in digest.moves)
        panels.append(Panel(heading=both(words, later("What has moved")), bars=bars))
    note = later("The upright line is what it was before.")
    return Chart(
        title=title,
        panels=tuple(panels),
        note=both(words, note) if digest.moves else None,
    )


def _daily(digest: Digest, words: Words, timezone: str) -> Panel:
    first, last = _days(digest, timezone)
    span = (last - first).days + 1
    width = -(-span // COLUMNS)
    starts = [first + timedelta(days=at) for at in range(0, span, width)]
    counts: Counter[tuple[Section, int]] = Counter()
    for item in digest.items:
        told = _told(item, digest, timezone)
        counts[section(item.story), max(0, (told - first).days // width)] += 1
    present = [kind for kind in SECTIONS if any(counts[kind, at] for at in range(len(starts)))]
    return Panel(
        heading=both(words, later("Stories a day") if width == 1 else later("Stories")),
        columns=tuple(_column(start, words) for start in starts),
        shares=tuple(
            Share(
                kind=both(words, NAMES[kind]),
                counts=tuple(counts[kind, at] for at in range(len(starts))),
            )
            for kind in present
        ),
    )


def _told(item: Item, digest: Digest, timezone: str) -> date:
    """Return the day on which it became news within the time that the digest covers."""
    within = [at for at in item.story.news_at if digest.since < at <= digest.until]
    at: datetime = min(within, default=digest.until)
    return at.astimezone(ZoneInfo(timezone)).date()


def _column(start: date, words: Words) -> Label:
    """Write the day above its month: eight of them stand beside each other on a phone."""
    english = words_for("en")
    return Label(
        text="\n".join(day_and_month(start, words)),
        plain="\n".join(day_and_month(start, english)),
    )


def _bar(move: Move, words: Words) -> Bar:
    """Draw what it is as a part of what it was: figures of all units side by side."""
    reached = float(100 * (1 + move.change))
    return Bar(
        name=name_of(move.after.fact.subject, move.after.fact, 56),
        value=max(-_LONGEST_BAR, min(_LONGEST_BAR, reached)),
        before=100.0,
        label=_labelled(move, words),
    )


def _labelled(move: Move, words: Words) -> Label:
    def said(these: Words) -> str:
        return f"{text_of(compared_value(move.after.fact, these))}  {_percent(move, these)}"

    return Label(text=said(words), plain=said(words_for("en")))
