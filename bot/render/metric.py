"""A figure over time: its picture, what the picture shows in words, and every value dated."""

from collections.abc import Sequence
from itertools import islice

from bot import callback
from bot.language import Words
from bot.markup import (
    CAPTION,
    MESSAGE,
    NOTHING,
    Html,
    Size,
    bold,
    escape,
    italic,
    join,
    lines,
    link,
    size,
)
from bot.render import labels
from bot.render.columns import LINE, narrow
from bot.render.dates import local_day
from bot.render.facts import compared_value, quote
from bot.render.figure_chart import chart_of
from bot.render.gloss import glossed
from bot.render.pack import Block, pack
from bot.render.points import MARKS, Numbered, day_of, newest, numbered, value_line, when
from bot.render.story import fit
from bot.safe_text import domain, one_line
from domain.facts.stated import Stated
from domain.gazetteer import entries
from domain.ledger.figure import HOME, in_words, meaning
from domain.ledger.likeness import key
from domain.ledger.metrics import Point, Series
from domain.message import Button, Message

POINTS = 10
"""Values of one figure that are told; the newest ones."""
OTHERS = 6
"""Further figures that are named, each with a button."""
_FOLDED = Size(1500, 30, 2500)


def told(
    found: Sequence[Series], others: Sequence[Series], words: Words, zone: str
) -> tuple[Message, ...]:
    """Show the first figure as picture and words; `others` are named below.

    With further ones of its unit in `found`, one that has a single time is compared with them.
    """
    figure = found[0]
    points = figure.points[-POINTS:]
    compared = [] if _moves(points) else [one for one in found[1:6] if one.unit == figure.unit]
    shown = [*points, *(newest(one) for one in compared)]
    sources = numbered([*reversed(points), *shown])
    chart = chart_of(figure, points, compared, sources, words)
    caption = _caption(figure, points, compared, words)
    picture = Message(html=lines(*fit(caption, CAPTION)), chart=chart)
    return (picture, *_values(figure, shown, sources, others, words, zone))


def _moves(points: Sequence[Point]) -> bool:
    return len({day_of(point) for point in points}) > 1


def _caption(
    figure: Series, points: Sequence[Point], compared: Sequence[Series], words: Words
) -> list[Html]:
    """Say what the picture shows: without it the same is known."""
    actual = [one for one in points if one.kind == "actual"]
    ahead = [one for one in points if one.kind != "actual"]
    latest = actual[-1] if actual else points[-1]
    subject = escape(narrow(one_line(figure.subject), 2 * LINE))
    head = words.say("{label}: {document}", label=subject, document=value_line(latest, words))
    said = [join(" ", Html("📈"), head), _gloss(figure, words)]
    said += [join(" ", Html(MARKS[one.kind]), value_line(one, words)) for one in ahead[-3:]]
    if len(points) > 1:
        said.append(_range(points, words))
    for one in compared:
        name = escape(narrow(one_line(one.subject), LINE))
        value = value_line(one.points[-1], words)
        line = words.say("{label}: {document}", label=name, document=value)
        said.append(join(" ", Html(MARKS[one.points[-1].kind]), line))
    if any(one.entry.disputed for one in points):
        said.append(join(" ", Html("⚠️"), words.say("Sources differ; both are shown.")))
    return [one for one in said if one]


def _gloss(figure: Series, words: Words) -> Html:
    """Say in the reader's language what a figure is of, where its words are in another one."""
    foreign = key(figure.subject).isascii() == (words.language == "zh")
    said = in_words(figure.figure, words.language) if foreign else ""
    return italic(escape(said)) if said else glossed(figure.subject, words)


def _range(points: Sequence[Point], words: Words) -> Html:
    return words.count(
        "The picture: {number} value from {first} to {last}.",
        "The picture: {number} values, {first} to {last}.",
        len(points),
        first=when(points[0], words),
        last=when(points[-1], words),
    )


def _values(
    figure: Series,
    points: Sequence[Point],
    sources: Numbered,
    others: Sequence[Series],
    words: Words,
    zone: str,
) -> tuple[Message, ...]:
    """Give every value with the numbers of its sources, then the sources with their words."""
    own, rest = points[: len(figure.points)], points[len(figure.points) :]
    dated = [_dated(point, sources, words) for point in reversed(own)]
    dated += [_compared(point, sources, words) for point in rest]
    top = lines(bold(words.say("Dated values")), *fit(dated, Size(1400, 40, 1500)))
    named = [_source(number, one, words, zone) for number, one in sources.articles.values()]
    below = lines(bold(words.say("Stated by")), *fit(named, Size(900, 14, 3000)))
    room = (MESSAGE - size(top) - size(below) - Size(700, 14, 200)).least(_FOLDED)
    quotes = fit(_quotes(sources), room)
    html = lines(top, NOTHING, below)
    blocks = [Block(html=html, evidence=lines(*quotes))]
    if others:
        blocks.append(Block(html=lines(bold(words.say("Further figures")), *_named(others, words))))
    return pack(NOTHING, blocks, rows=buttons(others, figure, words))


def _dated(point: Point, sources: Numbered, words: Words) -> Html:
    entry = point.entry
    agreed = Html(f"[{sources.of((entry.lead, *entry.confirmed))}]")
    value = bold(compared_value(entry.lead.fact, words))
    kind = labels.POINTS.get(point.kind)
    notes = words.say(" ({notes})", notes=words.say(kind)) if kind else NOTHING
    label = join("", when(point, words), notes)
    said = words.say("{label}: {document}", label=label, document=value)
    other = [
        join(" ", compared_value(one.fact, words), Html(f"[{sources.of([one])}]"))
        for one in entry.disputed
    ]
    differ = join(" ", Html("⚠️"), join(words.say(", "), *other)) if other else NOTHING
    return join(" · ", join(" ", Html(MARKS[point.kind]), said, agreed), differ)


def _compared(point: Point, sources: Numbered, words: Words) -> Html:
    name = escape(narrow(one_line(point.entry.lead.fact.subject), LINE))
    said = words.say("{label}: {document}", label=name, document=value_line(point, words))
    return join(" ", Html(MARKS[point.kind]), said, Html(f"[{sources.of(point.entry.every)}]"))


def _source(number: int, stated: Stated, words: Words, zone: str) -> Html:
    article = stated.article
    name = narrow(one_line(article.source_title), 24) or domain(article.url)
    tier = words.say(labels.TIERS[article.tier])
    day = escape(local_day(article.when, zone, words))
    whose = join(" · ", link(name, article.url), tier, day, Html(f"f{stated.number}"))
    return join(" ", Html(f"[{number}]"), whose)


def _quotes(sources: Numbered) -> list[Html]:
    return [
        join(" ", Html(f"[{number}]"), quote(one.fact.evidence[0]))
        for number, one in sources.articles.values()
    ]


def _named(others: Sequence[Series], words: Words) -> list[Html]:
    said = []
    for number, one in enumerate(islice(others, OTHERS), start=1):
        name = escape(narrow(one_line(one.subject), LINE))
        name = join("", name, _apart(one, words))
        value = value_line(newest(one), words)
        line = words.say("{label}: {document}", label=name, document=value)
        count = words.count("{number} value", "{number} values", len(one.points))
        more = count if len(one.points) > 1 else NOTHING
        said.append(join(" ", Html(f"{number}."), join(" · ", line, more)))
    return said


def _apart(one: Series, words: Words) -> Html:
    """Say what sets a figure apart from one that is called the same."""
    figure, lead = one.figure, one.points[-1].entry.lead
    notes = [_place(figure.place, one.subject, words)]
    if "new" in figure.things and "new" not in meaning(one.subject)[0]:
        notes.append(words.say("added"))
    elif "part" in figure.things or figure.by.startswith("f"):
        notes.append(words.say("a part"))
    elif figure.by:
        notes.append(escape(narrow(one_line(lead.article.source_title), LINE // 2)))
    said = [note for note in notes if note]
    return words.say(" ({notes})", notes=join(words.say(", "), *said)) if said else NOTHING


def _place(place: str, subject: str, words: Words) -> Html:
    """Name a place that the subject does not name, as the reader calls it."""
    if place == HOME:
        return NOTHING
    entry = entries().get(place)
    if entry is None:
        return NOTHING if place in key(subject) else escape(place)
    if any(name.casefold() in subject.casefold() for name in (*entry.zh, *entry.en)):
        return NOTHING
    return escape((entry.zh if words.language == "zh" else entry.en or entry.zh)[0])


def buttons(
    others: Sequence[Series], figure: Series | None, words: Words
) -> tuple[tuple[Button, ...], ...]:
    """Offer the picture of each further figure, and what is behind the first one."""
    numbers = tuple(
        callback.button(f"📈 {number}", "metric", f"f{newest(one).entry.lead.number}")
        for number, one in enumerate(islice(others, OTHERS), start=1)
    )
    rows = [numbers[:3], numbers[3:]]
    if figure is not None:
        lead = newest(figure).entry.lead
        rows.append(
            (
                callback.button(words.plain("The newest in full"), "facts", f"f{lead.number}"),
                callback.button(words.plain("Wrong fact"), "wrong", f"f{lead.number}"),
            )
        )
    return tuple(row for row in rows if row)


def overview(found: Sequence[Series], words: Words, example: Html) -> tuple[Message, ...]:
    """Name the figures that there is most to tell of, each with a button."""
    head = lines(bold(words.say("Figures")), words.say("Ask for one: {example}", example=example))
    blocks = [Block(html=lines(*_named(found, words)))]
    return pack(head, blocks, rows=buttons(found, None, words))
