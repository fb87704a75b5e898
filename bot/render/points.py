"""One value of a figure in words: how much, of what kind, of when, stated by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.language import Words
from bot.markup import Html, bold, join
from bot.render import labels
from bot.render.dates import month, span
from bot.render.facts import compared_value
from domain.facts.stated import Stated
from domain.ledger.metrics import Point, Series

MARKS = {"actual": "•", "target": "🎯", "forecast": "🔮", "planned": "🏗"}


@dataclass(frozen=True, slots=True)
class Numbered:
    """The articles that state the values, by the numbers under which they are named."""

    articles: dict[int, tuple[int, Stated]]

    def of(self, told: Iterable[Stated]) -> str:
        """Return the numbers of those who state it: "1 3"."""
        numbers = {self.articles[one.article.id][0] for one in told}
        return " ".join(map(str, sorted(numbers)))


def day_of(point: Point) -> date:
    """Return the day that stands for the time of a value: its last, or that of its article."""
    return point.end or point.entry.lead.article.when.date()


def numbered(points: Iterable[Point]) -> Numbered:
    """Number the articles that state these values, in the order in which they are told."""
    found: dict[int, tuple[int, Stated]] = {}
    for point in points:
        for one in point.entry.every:
            found.setdefault(one.article.id, (len(found) + 1, one))
    return Numbered(found)


def value_line(point: Point, words: Words) -> Html:
    """Say a value and its time: "1,780 PFLOPS (Jun 2026)", "at least 3,000 (target, 2027)"."""
    notes = [words.say(labels.POINTS[point.kind])] if point.kind != "actual" else []
    inside = join(words.say(", "), *notes, when(point, words))
    value = bold(compared_value(point.entry.lead.fact, words))
    return join("", value, words.say(" ({notes})", notes=inside))


def when(point: Point, words: Words) -> Html:
    """Say the time of a value; of one without, when it was told."""
    lead = point.entry.lead
    if lead.fact.time:
        return span(lead.fact.time, words)
    return words.say("told {month}", month=month(lead.article.when.date(), words))


def newest(one: Series) -> Point:
    """Return what is known last to be so; without any such value the last of all."""
    actual = [point for point in one.points if point.kind == "actual"]
    return actual[-1] if actual else one.points[-1]
