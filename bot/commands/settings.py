"""/settings: everything that a chat or a topic can have its own way, typed or pressed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import db.chats
import db.preferences
import db.subscriptions
import jobs.preferences
from bot.choices import LONGEST_IN_BUTTON, Choice, Digest, Incomplete, named, near, read
from bot.command import Answer, Ask
from bot.language import language_of, later, words_for
from bot.markup import NOTHING, Html, join, lines
from bot.render import screens
from bot.render import settings as rendered
from bot.render.echo import echo
from bot.render.settings import State
from bot.wishes import Mistake
from db.engine import Database, Session
from domain.chat import Chat, Destination, Subscription, SubscriptionKind
from domain.message import Message
from domain.preferences import Preferences, Quiet
from domain.rule import Level
from jobs.subscribing import keep, wished

_SCREENS = {"include": "words", "exclude": "words", "drop": "words"}
"""Where something is shown that has no screen of its own."""

OFFERED = 6
"""Words of the newest titles that can be excluded by a press."""

RULED = ("kinds", "minimum", "sources", "articles", "include", "exclude", "drop")
"""What changes which stories come: for these it is said how many would have."""

Change = Callable[[Preferences], Preferences]


async def settings(ask: Ask) -> Answer:
    """Show what is set, or set what the words after the command say."""
    return await (_set(ask, ask.argument) if ask.argument.strip() else _menu(ask))


async def pressed(ask: Ask) -> Answer:
    """Show a screen, or set what a button says: it says what could be typed."""
    name, _, value = ask.argument.partition(".")
    return await (_set(ask, f"{name} {value}") if name else _menu(ask))


async def _set(ask: Ask, text: str) -> Answer:
    try:
        choice = read(text)
        ask = await _apply(ask, choice)
    except Incomplete as incomplete:
        return await _screen(ask, _SCREENS.get(incomplete.name, incomplete.name))
    except Mistake as mistake:
        said = ask.words.say(mistake.text, word=echo(mistake.word), near=mistake.near)
        return Message(html=lines(said, _for_example(ask, text)))
    if choice.name == "reset":
        return await _menu(ask, _as_usual(ask))
    return await _screen(ask, _SCREENS.get(choice.name, choice.name), await _saved(ask, choice))


async def _apply(ask: Ask, choice: Choice) -> Ask:
    """Put a choice into effect; return the ask as it stands then (its chat may have changed).

    Raises:
        Mistake: It is for topics only.
    """
    match choice.name:
        case "zone" | "language" if choice.value is None and not ask.destination.thread_id:
            raise Mistake(later("Only a topic of a forum can have it as in the “{word}”."), "chat")
        case "daily" | "weekly" | "days":
            await _digest(ask, choice.name, choice.value)
        case "zone":
            zone = None if choice.value is None else str(choice.value)
            return _there(ask, await jobs.preferences.live_in(*_where(ask), zone, ask.now))
        case "language":
            spoken = None if choice.value is None else language_of(str(choice.value))
            return _there(ask, await jobs.preferences.speak(*_where(ask), spoken, ask.now))
        case "reset":
            await jobs.preferences.reset(*_where(ask), ask.now)
            async with ask.tools.database.read() as session:
                return _there(ask, await db.chats.at(session, ask.destination))
        case _:
            if choice.name == "alerts":
                await _alerts(ask, wanted=choice.value is not None)
            changed = _change(choice, ask)
            await jobs.preferences.change(*_where(ask), changed, ask.now)
    return ask


def _where(ask: Ask) -> tuple[Database, Destination]:
    return ask.tools.database, ask.destination


def _there(ask: Ask, chat: Chat | None) -> Ask:
    """Return the ask as it stands once the chat is spoken to otherwise."""
    return replace(ask, chat=chat, words=words_for(chat.language)) if chat else ask


def _change(choice: Choice, ask: Ask) -> Change:
    """Return what a choice makes of the preferences."""
    name, value = choice
    match value:
        case _ if name == "quiet":
            return lambda now: replace(now, quiet=value if isinstance(value, Quiet) else None)
        case _ if name == "alerts":
            level: Level = "firm" if value == "firm" else "all"
            return lambda now: replace(now, rule=replace(now.rule, level=level))
        case bool():
            return lambda now: replace(now, silent=value)
        case int():
            until = ask.now + timedelta(days=value) if value else None
            return lambda now: replace(now, muted_until=until)
        case _ if callable(value):
            return lambda now: replace(now, rule=value(now.rule))
        case _:
            return lambda now: now


async def _digest(ask: Ask, name: str, value: object) -> None:
    kind: SubscriptionKind = "weekly" if name == "weekly" else "daily"
    async with ask.tools.database.write() as session:
        if not isinstance(value, Digest):
            await db.subscriptions.remove(session, ask.destination, kind)
            return
        held = await _held(session, ask, kind)
        now = held or wished(ask.destination, kind, ask.chat.timezone, ask.now)
        said = {part: new for part, new in value._asdict().items() if new is not None}
        await keep(session, replace(now, **said), ask.now)


async def _alerts(ask: Ask, *, wanted: bool) -> None:
    async with ask.tools.database.write() as session:
        if not wanted:
            await db.subscriptions.remove(session, ask.destination, "instant")
        elif await _held(session, ask, "instant") is None:
            new = wished(ask.destination, "instant", ask.chat.timezone, ask.now)
            await keep(session, new, ask.now)


async def _held(session: Session, ask: Ask, kind: SubscriptionKind) -> Subscription | None:
    standing = await db.subscriptions.of(session, ask.destination)
    return next((one for one in standing if one.kind == kind), None)


def _as_usual(ask: Ask) -> Html:
    if ask.destination.thread_id:
        return ask.words.say("✅ Everything in this topic is as in the chat again.")
    return ask.words.say("✅ Everything is as usual again.")


async def _saved(ask: Ask, choice: Choice) -> Html:
    """Say that it is kept and, of a rule, what it would have let through."""
    topic = ask.words.say("✅ Saved, for this topic.")
    saved = topic if ask.destination.thread_id else ask.words.say("✅ Saved.")
    if choice.name not in RULED:
        return saved
    async with ask.tools.database.read() as session:
        rule = (await db.preferences.of(session, ask.destination)).rule
    trial = await jobs.preferences.try_on(ask.tools.database, rule)
    if not trial.of:
        return saved
    told = ask.words.count(
        "{admitted} of the last {number} article would have matched.",
        "{admitted} of the last {number} articles would have matched.",
        trial.of,
        admitted=trial.admitted,
    )
    empty = ask.words.say("⚠️ So strict a rule may leave you without news.")
    return lines(saved, told, NOTHING if trial.admitted else empty)


async def state_of(ask: Ask) -> State:
    """Return everything that is set here."""
    async with ask.tools.database.read() as session:
        standing = await db.subscriptions.of(session, ask.destination)
        preferences = await db.preferences.of(session, ask.destination)
        above = await db.preferences.above(session, ask.destination)
    return State(
        chat=ask.chat,
        destination=ask.destination,
        standing=tuple(standing),
        preferences=preferences,
        words=ask.words,
        now=ask.now,
        above=above,
    )


async def _offered(ask: Ask, state: State) -> tuple[str, ...]:
    """Return words of the newest titles that a press could exclude."""
    words = await jobs.preferences.tellable(ask.tools.database)
    rule = state.preferences.rule
    new = (word for word in words if word not in (*rule.include, *rule.exclude))
    return tuple(word for word in new if len(word.encode()) <= LONGEST_IN_BUTTON)[:OFFERED]


async def _menu(ask: Ask, note: Html = NOTHING) -> Message:
    state = await state_of(ask)
    return Message(html=lines(note, rendered.overview(state)), buttons=rendered.menu(state))


async def _screen(ask: Ask, name: str, note: Html = NOTHING) -> Message:
    state = await state_of(ask)
    if name == "words":
        state = replace(state, offered=await _offered(ask, state))
    return Message(html=screens.screen(name, state, note), buttons=screens.rows(name, state))


def _for_example(ask: Ask, text: str) -> Html:
    """Show how what was meant is typed; where that is not known, how this and that is."""
    meant = named(text) or near(text)
    names = (_SCREENS.get(meant, meant),) if meant else ("quiet", "words", "sources")
    shown = join(ask.words.say(", "), *(screens.typed(name, ask.words) for name in names))
    return ask.words.say("For example: {examples}", examples=shown)
