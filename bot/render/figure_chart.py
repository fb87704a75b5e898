"""A figure as a chart: dots over time, or several figures side by side."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.language import Words, later, words_for
from bot.markup import Html, text_of
from bot.render import labels
from bot.render.columns import narrow
from bot.render.numbers import axis, plain
from bot.render.points import Numbered, day_of, newest, value_line, when
from bot.safe_text import one_line
from domain.chart import MARKS, Bar, Chart, Dot, Label, Mark, Panel
from domain.facts.fact import Fact
from domain.facts.stated import Stated
from domain.ledger.likeness import number
from domain.ledger.metrics import Point, Series

SIGNS = {"gt": "> ", "ge": "≥ ", "lt": "< ", "le": "≤ ", "approx": "≈ "}
KINDS: dict[Mark, str] = {
    "actual": later("actual"),
    "target": later("target"),
    "forecast": later("forecast"),
    "planned": later("planned"),
}


def chart_of(
    figure: Series,
    points: Sequence[Point],
    compared: Sequence[Series],
    sources: Numbered,
    words: Words,
) -> Chart:
    """Draw a figure over time; one of a single time beside those that it is compared with."""
    if len({day_of(point) for point in points}) > 1:
        panel = _over_time(points, sources, words)
    else:
        beside = [(figure.subject, one) for one in points]
        beside += [(one.subject, newest(one)) for one in compared]
        panel = Panel(bars=tuple(_bar(name, one, words) for name, one in beside))
    kinds = {point.kind for point in points} | {newest(one).kind for one in compared}
    differ = bool(panel.dots) and any(point.entry.disputed for point in points)
    return Chart(
        title=name_of(figure.subject, points[0].entry.lead.fact, 62),
        panels=(panel,),
        marks=tuple((kind, both(words, KINDS[kind])) for kind in MARKS if kind in kinds),
        disputed=both(words, later("sources differ")) if differ else None,
        note=both(words, later("[n]: the source of that number, named below"))
        if panel.dots
        else None,
    )


def both(words: Words, text: str, **values: object) -> Label:
    """Return a text of ours as a label: in the reader's language, else in English."""
    english = words_for("en").plain(text, **values)
    return Label(text=words.plain(text, **values), plain=english)


def name_of(subject: str, fact: Fact, room: int) -> Label:
    """Return what a figure is called in its article, else what kind of figure it is."""
    indicator = labels.INDICATORS.get(str(fact.attributes.get("indicator")), later("Figure"))
    return Label(text=narrow(one_line(subject), room), plain=words_for("en").plain(indicator))


def _over_time(points: Sequence[Point], sources: Numbered, words: Words) -> Panel:
    stated = [one for point in points for one in (point.entry.lead, *point.entry.disputed)]
    values = [value for one in stated for value in _values(one.fact)]
    unit = points[0].entry.lead.fact.unit
    factor, name = axis(values, unit, words)
    _, english = axis(values, unit, words_for("en"))
    counted = one_line(points[0].entry.lead.fact.counted or "")
    mixed = len({point.is_partial for point in points}) > 1
    dots = [
        replace(dot, partial=mixed and point.is_partial)
        for point in points
        for dot in _dots(point, factor, sources, words)
    ]
    return Panel(
        unit=Label(text=name or counted, plain=english if name else ""),
        dots=tuple(sorted(dots, key=lambda dot: dot.at)),
    )


def _dots(point: Point, factor: Decimal, sources: Numbered, words: Words) -> list[Dot]:
    """Draw what the leading source says, and what the others say otherwise."""
    entry, told = point.entry, (point.entry.lead, *point.entry.confirmed)
    differ = bool(entry.disputed)
    others = (
        _dot(point, other, factor, sources.of([other]), words, differ=True)
        for other in _distinct(entry.disputed)
    )
    return [_dot(point, entry.lead, factor, sources.of(told), words, differ=differ), *others]


def _distinct(stated: Sequence[Stated]) -> list[Stated]:
    return list({(one.fact.value, one.fact.value_high): one for one in stated}.values())


def _dot(
    point: Point, one: Stated, factor: Decimal, numbers: str, words: Words, *, differ: bool
) -> Dot:
    low, *rest = _values(one.fact)
    label = "–".join(plain(value / factor, words) for value in (low, *rest))
    return Dot(
        at=day_of(point),
        when=_written(lambda said: when(point, said), words),
        value=float(low / factor),
        label=SIGNS.get(str(one.fact.comparator), "") + label,
        high=float(rest[0] / factor) if rest else None,
        mark=point.kind,
        disputed=differ,
        sources=numbers,
    )


def _bar(subject: str, point: Point, words: Words) -> Bar:
    lead = point.entry.lead.fact
    return Bar(
        name=name_of(subject, lead, 56),
        value=float(_values(lead)[0]),
        label=_written(lambda said: value_line(point, said), words),
        mark=point.kind,
    )


def _written(say: Callable[[Words], Html], words: Words) -> Label:
    return Label(text=text_of(say(words)), plain=text_of(say(words_for("en"))))


def _values(fact: Fact) -> list[Decimal]:
    values = (number(fact.value), number(fact.value_high))
    return [value for value in values if value is not None] or [Decimal(0)]
