"""What is set for a chat or a topic, in lines and on screens of buttons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import callback
from bot.language import NAMES, Words, later
from bot.markup import NOTHING, Html, bold, code, escape, join, lines, own
from bot.render.dates import clock, local_time, soon, weekday, weekdays
from bot.safe_text import cut, one_line
from domain.calendar import next_digest
from domain.chat import EVERY_DAY, Chat, Destination, Subscription, SubscriptionKind
from domain.highlights import SECTIONS, Section
from domain.message import Button
from domain.preferences import UNSET, Preferences, Quiet
from domain.rule import ArticleLanguage, Level
from domain.source import Tier

SHOWN_WORDS = 12
NONE = later("none")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything that is set here."""

    chat: Chat
    destination: Destination
    standing: tuple[Subscription, ...]
    preferences: Preferences
    words: Words
    now: datetime
    offered: tuple[str, ...] = ()
    """Words of the newest titles that could be excluded."""
    above: Preferences = UNSET
    """What holds where nothing is set: of a topic, what its chat has set."""

    @property
    def in_topic(self) -> bool:
        """Whether this is one forum topic, and not the chat as a whole."""
        return self.destination.thread_id != 0

    def held(self, kind: SubscriptionKind) -> Subscription | None:
        """Return what comes by itself of one kind; None where it does not."""
        return next((one for one in self.standing if one.kind == kind), None)


NAMED: dict[str, tuple[str, str]] = {
    "daily": ("📬", later("Daily digest")),
    "days": ("📅", later("Its days")),
    "weekly": ("🗓", later("Weekly digest")),
    "alerts": ("⚡", later("Alerts")),
    "quiet": ("🌙", later("Quiet hours")),
    "mute": ("🔕", later("Mute")),
    "kinds": ("🗂", later("Kinds")),
    "minimum": ("🎯", later("Relevance")),
    "sources": ("🏛", later("Told by")),
    "articles": ("📰", later("Articles in")),
    "words": ("🔤", later("Words")),
    "silent": ("🤫", later("Nothing new")),
    "zone": ("🌐", later("Time zone")),
    "language": ("🗣", later("Language")),
}
"""Every screen, in the order of the menu."""

KINDS: dict[Section, str] = {
    "documents": later("documents"),
    "deadlines": later("deadlines"),
    "measures": later("measures"),
    "figures": later("targets and figures"),
    "news": later("other news"),
}
LEVELS: dict[Level, str] = {
    "all": later("everything about the topic itself"),
    "firm": later("documents, measures and deadlines only"),
}
SOURCES: dict[Tier, str] = {
    "reprint": later("all"),
    "media": later("all but reprints"),
    "state_media": later("official and state media"),
    "interpretation": later("official only"),
    "official": later("official originals only"),
}
LANGUAGES: dict[tuple[ArticleLanguage, ...], str] = {
    (): later("any language"),
    ("zh",): later("Chinese only"),
    ("en",): later("English only"),
}


def overview(state: State) -> Html:
    """Say everything that is set, a line each."""
    words = state.words
    topic = words.say("Settings of this topic") if state.in_topic else words.say("Settings here")
    return lines(
        bold(topic),
        *(_line(name, state) for name in NAMED if name not in ("days", "words")),
        *_word_lines(state),
        words.say("Press to change what is set."),
        words.say("What this topic does not set is as in the chat.") if state.in_topic else NOTHING,
    )


def menu(state: State) -> tuple[tuple[Button, ...], ...]:
    """Return a button for every screen."""
    each = [
        callback.button(f"{mark} {state.words.plain(label)}", "set", name)
        for name, (mark, label) in NAMED.items()
    ]
    back = later("As in the chat") if state.in_topic else later("Back to the usual")
    reset = callback.button(state.words.plain(back), "set", "reset")
    rows = [tuple(each[at : at + 2]) for at in range(0, len(each), 2)]
    return (*rows, (reset,)) if state.preferences != state.above else tuple(rows)


def current(name: str, state: State) -> Html:
    """Say what is set under one name; nothing for what takes lines of its own."""
    said = _CURRENT.get(name)
    return said(state) if said else NOTHING


def span(quiet: Quiet) -> str:
    """Write hours as they are typed: "22:00-07:00"."""
    return f"{at(quiet.start)}-{at(quiet.until)}"


def at(minute: int) -> str:
    """Write a minute of the day: "09:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def named_days(days: int, words: Words) -> str:
    """Write days of the week, or that it is all of them."""
    return words.plain("every day") if days == EVERY_DAY else weekdays(days, words)


def listed(words_of_rule: Sequence[str], words: Words) -> Html:
    """Write the words of a rule, cut where there are many."""
    shown = [code(escape(cut(one_line(one), 40))) for one in words_of_rule[:SHOWN_WORDS]]
    more = Html("…") if len(words_of_rule) > SHOWN_WORDS else NOTHING
    return join(words.say(", "), *shown, more)


def _line(name: str, state: State) -> Html:
    mark, label = NAMED[name]
    said = state.words.say(
        "{label}: {document}", label=state.words.say(label), document=current(name, state)
    )
    return join(" ", Html(mark), said)


def _word_lines(state: State) -> list[Html]:
    rule, words = state.preferences.rule, state.words
    told = []
    if rule.include:
        told.append(words.say("➕ Only with: {words}", words=listed(rule.include, words)))
    if rule.exclude:
        told.append(words.say("➖ Never with: {words}", words=listed(rule.exclude, words)))
    return told or [words.say("🔤 Words: none")]


def _days(state: State) -> Html:
    daily = state.held("daily")
    return own(named_days(daily.days if daily else EVERY_DAY, state.words))


def _alerts(state: State) -> Html:
    level = state.preferences.rule.level
    return state.words.say(LEVELS[level] if state.held("instant") else NONE)


def _quiet(state: State) -> Html:
    quiet = state.preferences.quiet
    return own(span(quiet)) if quiet else state.words.say(NONE)


def _minimum(state: State) -> Html:
    minimum = state.preferences.rule.minimum
    return own(f"≥ {minimum:.2f}") if minimum else state.words.say("all")


def _silent(state: State) -> Html:
    silent = state.preferences.silent
    return state.words.say("silence") if silent else state.words.say("says so in a line")


def _digest(held: Subscription | None, state: State) -> Html:
    words = state.words
    if held is None:
        return words.say(NONE)
    days = weekday(held.weekday, words)
    if held.kind == "daily":
        days = named_days(held.days, words)
    when = soon(held.next_at or next_digest(held, state.now), held.timezone, words)
    return join(
        words.say("; "),
        own(f"{days} {at(held.minute)}"),
        words.say("next: {time}", time=own(when)),
    )


def _kinds(state: State) -> Html:
    kinds, words = state.preferences.rule.kinds, state.words
    if kinds == SECTIONS:
        return words.say("all")
    return join(words.say(", "), *(words.say(KINDS[one]) for one in kinds))


def _muted(state: State) -> Html:
    until = state.preferences.muted_until
    if until is None or until <= state.now:
        return state.words.say("no")
    time = local_time(until, state.chat.timezone, state.words)
    return state.words.say("until {time}", time=own(time))


def _zone(state: State) -> Html:
    zone = state.chat.timezone
    return _inherited(own(f"{zone} · {clock(state.now, zone)}"), state.preferences.timezone, state)


def _language(state: State) -> Html:
    return _inherited(own(NAMES[state.chat.language]), state.preferences.language, state)


def _inherited(said: Html, own_one: str | None, state: State) -> Html:
    """Say of a topic that it has something from its chat."""
    if own_one or not state.in_topic:
        return said
    return state.words.say("{first} (as in the chat)", first=said)


_CURRENT: Mapping[str, Callable[[State], Html]] = {
    "daily": lambda state: _digest(state.held("daily"), state),
    "days": _days,
    "weekly": lambda state: _digest(state.held("weekly"), state),
    "alerts": _alerts,
    "quiet": _quiet,
    "mute": _muted,
    "kinds": _kinds,
    "minimum": _minimum,
    "sources": lambda state: state.words.say(SOURCES[state.preferences.rule.farthest]),
    "articles": lambda state: state.words.say(LANGUAGES[state.preferences.rule.languages]),
    "silent": _silent,
    "zone": _zone,
    "language": _language,
}
