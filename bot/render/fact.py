"""One fact in full: its words, who confirms or contradicts it, and its figure over time."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot import callback
from bot.language import Words
from bot.markup import MESSAGE, NOTHING, Html, Size, bold, escape, folded, join, lines, link, own
from bot.markup import size as measured
from bot.render import labels
from bot.render.columns import LINE, narrow
from bot.render.dates import local_time, month, span
from bot.render.facts import compared_value, fact_line, quote
from bot.render.measures import confirmed, passages
from bot.render.story import fit
from bot.safe_text import domain, one_line
from domain.facts.stated import Stated
from domain.ledger import measures as measured_by
from domain.ledger.entry import Entry
from domain.ledger.metrics import Point, Series, series
from domain.message import Button

POINTS = 8


def whole(stated: Stated, around: Sequence[Stated], words: Words, timezone: str) -> Html:
    """Show a fact, where it is stated, and what others state of the same thing."""
    entry, figure = _ledger(stated, around)
    article = stated.article
    title = link(narrow(one_line(article.title), 2 * LINE) or domain(article.url), article.url)
    when = escape(local_time(article.when, timezone, words))
    top = lines(
        join(" ", bold(own(f"f{stated.number}")), fact_line(stated.fact, words)),
        quote(stated.fact.evidence[0]),
        title,
        join(" · ", escape(domain(article.url)), words.say(labels.TIERS[article.tier]), when),
        confirmed(entry, words) if entry else NOTHING,
        *(_series(figure, words) if figure else ()),
    )
    room = (MESSAGE - measured(top) - Size(40, 1, 60)).least(Size(2200, 40, 3000))
    exact = fit(_others(entry, words), room) if entry else []
    return lines(top, folded(lines(*exact)) if exact else NOTHING)


def buttons(stated: Stated, story_id: int | None, words: Words) -> tuple[tuple[Button, ...], ...]:
    """Offer why it is there, to call it wrong, and its story."""
    number = f"f{stated.number}"
    row = [
        callback.button(words.plain("Why?"), "why", number),
        callback.button(words.plain("Wrong fact"), "wrong", number),
    ]
    if story_id is not None:
        row.append(callback.button(words.plain("Story"), "story", f"s{story_id}"))
    return (tuple(row),)


def _ledger(stated: Stated, around: Sequence[Stated]) -> tuple[Entry | None, Series | None]:
    """Return the row of the ledger that holds a fact, and the series it is a point of."""
    if stated.fact.type == "measure":
        return _holding(measured_by.join(around), stated), None
    for figure in series(around) if stated.fact.type in ("metric", "target") else ():
        entry = _holding((point.entry for point in figure.points), stated)
        if entry is not None:
            return entry, figure
    return None, None


def _holding(entries: Iterable[Entry], stated: Stated) -> Entry | None:
    return next(
        (entry for entry in entries if any(one.number == stated.number for one in entry.every)),
        None,
    )


def _others(entry: Entry, words: Words) -> list[Html]:
    return [passages(entry, words)] if len(entry.every) > 1 else []


def _series(figure: Series, words: Words) -> list[Html]:
    """Show the figure over time; one point is no series."""
    if len(figure.points) < 2:
        return []
    shown = [_point(point, words) for point in figure.points[-POINTS:]]
    return [bold(words.say("Over time")), *shown]


def _point(point: Point, words: Words) -> Html:
    lead = point.entry.lead
    when = (
        span(lead.fact.time, words) if lead.fact.time else _month(lead.article.when.date(), words)
    )
    kind = labels.POINTS.get(point.kind)
    label = join("", when, words.say(" ({notes})", notes=words.say(kind)) if kind else NOTHING)
    value = bold(compared_value(lead.fact, words))
    said = words.say("{label}: {document}", label=label, document=value)
    return join(" · ", join(" ", Html("•"), said), confirmed(point.entry, words))


def _month(day: date, words: Words) -> Html:
    return words.say("told {month}", month=month(day, words))
