"""One thing to set: what it means, what is chosen, and every choice as a button."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from babel.dates import get_day_names

from bot import callback
from bot.choices import mark_of
from bot.language import LANGUAGES as SPOKEN
from bot.language import NAMES, Words, later
from bot.markup import NOTHING, Html, bold, code, join, lines, own
from bot.render.columns import narrow
from bot.render.dates import clock
from bot.render.settings import (
    KINDS,
    LANGUAGES,
    LEVELS,
    NAMED,
    SOURCES,
    State,
    at,
    current,
    listed,
    span,
)
from bot.weekdays import bits
from domain.chat import EVERY_DAY, WEEKEND, WORKDAYS
from domain.highlights import SECTIONS
from domain.message import Button

MINUTES = (360, 420, 480, 510, 540, 600, 720, 1020, 1080, 1200)
SPANS = ("21:00-07:00", "22:00-07:00", "22:00-08:00", "23:00-06:00", "18:00-09:00")
ZONES = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Dubai",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Sydney",
    "UTC",
)
MUTES = (1, 3, 7, 14, 30)
MINIMA = (0.0, 0.75, 0.85, 0.95)
REMOVABLE = 16

EXPLAINED: Mapping[str, tuple[str, str]] = {
    "daily": (later("A digest at this hour."), later("daily 08:30")),
    "days": (later("On which days the daily digest comes."), later("days mon-fri")),
    "weekly": (
        later("A digest once a week, also beside the daily one."),
        later("weekly mon 09:00"),
    ),
    "alerts": (later("What is told at once, not only in a digest."), later("alerts firm")),
    "quiet": (
        later(
            "Alerts, news of what is followed and reminders wait until these hours end; several "
            "stories then come as one message."
        ),
        later("quiet 22:00-07:00"),
    ),
    "mute": (
        later(
            "Nothing comes by itself. When it ends, one message tells what was new meanwhile. "
            "Reminders that you asked for still come."
        ),
        later("mute 3 days"),
    ),
    "kinds": (
        later("A story comes if it has something of one of these kinds."),
        later("kinds documents, measures"),
    ),
    "minimum": (
        later("From 0.75 on, a story is about the topic itself; below, near it."),
        later("minimum 0.8"),
    ),
    "sources": (
        later("How near to the original somebody has to stand who tells a story."),
        later("sources official"),
    ),
    "articles": (later("The language of the articles, not of what I say."), later("articles zh")),
    "words": (
        later(
            "Looked for in title and text, in either script. Latin words stand alone; “robot*” is "
            "in “robotics”, too."
        ),
        later("exclude 招聘, robot*"),
    ),
    "silent": (later("What a digest says when there is nothing new."), later("silent on")),
    "zone": (later("Your times are those of this zone."), later("zone Europe/London")),
    "language": (later("Which language I speak here."), later("language zh")),
}


class Option(NamedTuple):
    """One choice: what its button says, what it sets, whether that is so already."""

    text: str
    value: str
    chosen: bool = False


def screen(name: str, state: State, note: Html = NOTHING) -> Html:
    """Say what is set under a name, what that means, and how to type it."""
    words = state.words
    mark, label = NAMED[name]
    what, _ = EXPLAINED[name]
    title = join(" ", Html(mark), bold(words.say(label)))
    now = current(name, state)
    return lines(
        note,
        words.say("{label}: {document}", label=title, document=now) if now else title,
        *(_words_set(state) if name == "words" else ()),
        words.say(what),
        words.say("Or type it: {example}", example=typed(name, words)),
    )


def typed(name: str, words: Words) -> Html:
    """Show how a setting is typed in the reader's language."""
    _, example = EXPLAINED[name]
    return code(own(f"/settings {words.plain(example)}"))


def rows(name: str, state: State) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each choice, and the way back."""
    options, width = OPTIONS[name](state)
    each = [
        callback.button(f"✓ {one.text}" if one.chosen else one.text, "set", _data(name, one.value))
        for one in options
    ]
    back = callback.button(state.words.plain("‹ Settings"), "set")
    return (*(tuple(each[at : at + width]) for at in range(0, len(each), width)), (back,))


def _data(name: str, value: str) -> str:
    return value if name == "words" else f"{name}.{value}"


Options = tuple[Iterable[Option], int]


def _daily(state: State) -> Options:
    held = state.held("daily")
    times = [Option(at(one), at(one), held is not None and held.minute == one) for one in MINUTES]
    return [*times, Option(state.words.plain("None"), "off", held is None)], 4


def _days(state: State) -> Options:
    held = state.held("daily")
    days, words = held.days if held else EVERY_DAY, state.words
    named = [
        Option(words.plain("Every day"), bits(EVERY_DAY), days == EVERY_DAY),
        Option(words.plain("Workdays"), bits(WORKDAYS), days == WORKDAYS),
        Option(words.plain("Weekend"), bits(WEEKEND), days == WEEKEND),
    ]
    names = get_day_names("abbreviated", locale=words.language)
    # A press turns a day over; what it leads to stands in the button, so twice is once.
    each = [
        Option(str(names[day]), bits(days ^ 1 << day or days), bool(days >> day & 1))
        for day in range(7)
    ]
    return [*named, *each], 3


def _weekly(state: State) -> Options:
    held, words = state.held("weekly"), state.words
    english = get_day_names("abbreviated", locale="en")
    names = get_day_names("abbreviated", locale=words.language)
    days = [
        Option(str(names[day]), str(english[day]).lower(), held is not None and held.weekday == day)
        for day in range(7)
    ]
    times = [
        Option(at(one), at(one), held is not None and held.minute == one)
        for one in (480, 540, 1020, 1080)
    ]
    return [*days, Option(words.plain("None"), "off", held is None), *times], 4


def _alerts(state: State) -> Options:
    words, has = state.words, state.held("instant") is not None
    level = state.preferences.rule.level
    return [
        *(
            Option(_first(words.plain(text)), one, has and level == one)
            for one, text in LEVELS.items()
        ),
        Option(words.plain("None"), "off", not has),
    ], 1


def _quiet(state: State) -> Options:
    quiet = state.preferences.quiet
    chosen = span(quiet) if quiet else ""
    spans = [Option(one, one, one == chosen) for one in SPANS]
    return [*spans, Option(state.words.plain("None"), "off", quiet is None)], 2


def _mute(state: State) -> Options:
    words, until = state.words, state.preferences.muted_until
    days = [Option(text_of_days(one, words), str(one)) for one in MUTES]
    off = Option(words.plain("Not muted"), "off", until is None or until <= state.now)
    return [*days, off], 3


def text_of_days(number: int, words: Words) -> str:
    """Write "1 day", "3 days" for a button."""
    return str(words.count("{number} day", "{number} days", number))


def _kinds(state: State) -> Options:
    words, kinds = state.words, state.preferences.rule.kinds
    each = []
    for kind in SECTIONS:
        after = tuple(one for one in SECTIONS if (one in kinds) != (one == kind))
        each.append(
            Option(_first(words.plain(KINDS[kind])), ",".join(after or kinds), kind in kinds)
        )
    return [*each, Option(words.plain("All"), "all", kinds == SECTIONS)], 2


def _minimum(state: State) -> Options:
    words, chosen = state.words, state.preferences.rule.minimum
    each = [Option(f"≥ {one:.2f}", f"{one:.2f}", chosen == one) for one in MINIMA if one]
    return [Option(words.plain("All"), "all", not chosen), *each], 4


def _sources(state: State) -> Options:
    farthest = state.preferences.rule.farthest
    said = {"reprint": "all", "media": "media", "state_media": "state"}
    said |= {"interpretation": "official", "official": "original"}
    return [
        Option(_first(state.words.plain(text)), said[tier], tier == farthest)
        for tier, text in SOURCES.items()
    ], 1


def _articles(state: State) -> Options:
    chosen = state.preferences.rule.languages
    return [
        Option(_first(state.words.plain(text)), "".join(one) or "all", one == chosen)
        for one, text in LANGUAGES.items()
    ], 1


def _words(state: State) -> Options:
    rule = state.preferences.rule
    each = [*(("➕", one) for one in rule.include), *(("➖", one) for one in rule.exclude)]
    gone = [
        Option(f"✕ {mark} {narrow(word, 24)}", f"drop.{mark_of(word)}")
        for mark, word in each[:REMOVABLE]
    ]
    new = [Option(f"➖ {narrow(word, 24)}", f"exclude.{word}") for word in state.offered]
    return [*gone, *new], 2


def _silent(state: State) -> Options:
    words, silent = state.words, state.preferences.silent
    return [
        Option(words.plain("Say so in a line"), "off", not silent),
        Option(words.plain("Say nothing"), "on", silent),
    ], 2


def _zone(state: State) -> Options:
    mine = state.chat.timezone
    zones = ZONES if mine in ZONES else (mine, *ZONES)
    own_one = _is_own(state.preferences.timezone, state)
    each = [
        Option(f"{_city(one)} {clock(state.now, one)}", one, own_one and one == mine)
        for one in zones
    ]
    return [*each, *_as_in_the_chat(own_one, state)], 2


def _language(state: State) -> Options:
    own_one = _is_own(state.preferences.language, state)
    each = [Option(NAMES[one], one, own_one and one == state.chat.language) for one in SPOKEN]
    return [*each, *_as_in_the_chat(own_one, state)], 2


def _is_own(said: str | None, state: State) -> bool:
    """A chat always has a language and a zone of its own, a topic may."""
    return said is not None or not state.in_topic


def _as_in_the_chat(own_one: bool, state: State) -> list[Option]:
    if not state.in_topic:
        return []
    return [Option(state.words.plain("As in the chat"), "chat", not own_one)]


OPTIONS: Mapping[str, Callable[[State], Options]] = {
    "daily": _daily,
    "days": _days,
    "weekly": _weekly,
    "alerts": _alerts,
    "quiet": _quiet,
    "mute": _mute,
    "kinds": _kinds,
    "minimum": _minimum,
    "sources": _sources,
    "articles": _articles,
    "words": _words,
    "silent": _silent,
    "zone": _zone,
    "language": _language,
}


def _words_set(state: State) -> list[Html]:
    rule, words = state.preferences.rule, state.words
    none = words.say("none")
    return [
        words.say("➕ Only with: {words}", words=listed(rule.include, words) or none),
        words.say("➖ Never with: {words}", words=listed(rule.exclude, words) or none),
    ]


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
