"""The last two weeks of the bot's own work: a picture of two panels, and the sums in words."""

from collections.abc import Mapping
from datetime import date

from bot.language import Words, later
from bot.markup import bold, lines, own
from bot.render.figure_chart import both
from domain.chart import Chart, Label, Panel, Share
from domain.message import Message
from domain.usage import TOLD, Told, Usage

_SENT: Mapping[Told, str] = {
    "alerts": later("alerts"),
    "digests": later("digests"),
    "other": later("other messages"),
}


def told(usage: Usage, words: Words) -> Message:
    """Say it for an operator; the words do without the picture."""
    sent = {one: sum(usage.sent[one]) for one in TOLD}
    return Message(
        html=lines(
            bold(words.say("The last {days} days", days=len(usage.days))),
            words.say(
                "Articles: {read}, about the topic: {topic}.",
                read=number(sum(usage.read)),
                topic=number(sum(usage.on_topic)),
            ),
            words.say(
                "Sent: {alerts} alerts, {digests} digests, {other} other messages; given up: "
                "{failed}.",
                alerts=number(sent["alerts"]),
                digests=number(sent["digests"]),
                other=number(sent["other"]),
                failed=number(usage.given_up),
            ),
            words.say(
                "Chats: {active} active, {suspended} suspended.",
                active=usage.active,
                suspended=usage.suspended,
            ),
            words.count("{number} chat is new.", "{number} chats are new.", usage.new_chats),
            words.say(
                "In all: {facts} facts, {stories} stories; the database takes {size} MB.",
                facts=number(usage.facts),
                stories=number(usage.stories),
                size=number(round(usage.bytes / 1_000_000)),
            ),
        ),
        chart=_chart(usage, words) if any(usage.on_topic) or any(sent.values()) else None,
    )


def number(count: int) -> str:
    """Return a count with its thousands apart, as both languages write it."""
    return own(f"{count:,}")


def _chart(usage: Usage, words: Words) -> Chart:
    # Every other one has its date: fourteen of them would run into one another on a phone.
    days = tuple(_day(day if at % 2 else None) for at, day in enumerate(usage.days))
    articles = Panel(
        heading=both(words, later("Articles about the topic")),
        columns=days,
        shares=(Share(kind=both(words, later("about the topic")), counts=usage.on_topic),),
    )
    sent = Panel(
        heading=both(words, later("Messages sent")),
        columns=days,
        shares=tuple(Share(kind=both(words, _SENT[one]), counts=usage.sent[one]) for one in TOLD),
    )
    return Chart(title=both(words, later("What the bot has done")), panels=(articles, sent))


def _day(day: date | None) -> Label:
    """Return a column's name: short, and alike in both languages."""
    name = f"{day.month}/{day.day}" if day else ""
    return Label(text=name, plain=name)
