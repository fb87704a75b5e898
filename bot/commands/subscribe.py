"""/subscribe and /unsubscribe: what a chat or a topic gets by itself, and when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import db.subscriptions
from bot import callback
from bot.command import Ask
from bot.language import Words, later
from bot.markup import Html, bold, code, join, lines, own
from bot.render.dates import clock, soon, weekday, weekdays
from bot.render.echo import echo
from bot.wishes import USUAL, Mistake, Wish, Wishes, kind_of, read
from db.engine import Session
from domain.calendar import next_digest
from domain.chat import EVERY_DAY, Subscription, SubscriptionKind
from domain.message import Message
from jobs.subscribing import keep, move_to_zone, wished

EXAMPLES = (
    "/subscribe daily 09:00",
    "/subscribe weekly mon 09:00",
    "/subscribe instant",
    "/subscribe weekdays 08:30",
    "/subscribe daily 08:30 Europe/London",
)

_OFFERED: dict[str, tuple[Wish, ...]] = {
    "both": USUAL.wishes,
    "daily": (Wish("daily"),),
    "instant": (Wish("instant"),),
}
_GIVEN_UP: dict[SubscriptionKind, str] = {
    "daily": later("The daily digest has stopped here."),
    "weekly": later("The weekly digest has stopped here."),
    "instant": later("Alerts have stopped here."),
}


async def subscribe(ask: Ask) -> Message:
    """Subscribe this chat or topic to what the words after the command say."""
    try:
        return await _take(ask, read(ask.argument))
    except Mistake as mistake:
        return _explain(
            ask.words.say(mistake.text, word=echo(mistake.word), near=mistake.near), ask.words
        )


async def offered(ask: Ask) -> Message | None:
    """Give this chat or topic what a button of /start says: that, and nothing besides."""
    name, _, minute = ask.argument.partition(".")
    wishes = _OFFERED.get(name)
    if wishes is None:
        return None
    at = int(minute) if minute else None
    if at is not None and at >= 24 * 60:
        return None
    named = (wish if at is None else wish._replace(minute=at) for wish in wishes)
    return await _exchange(ask, {wish.kind: wish for wish in named}, at)


async def unsubscribe(ask: Ask) -> Message:
    """End one kind of subscription, or all of them."""
    words, word = ask.words, ask.argument.strip()
    kind = kind_of(word)
    if word and kind is None:
        text = words.say("“{word}” is not a kind of subscription here.", word=echo(word))
        return _explain(text, words, ("/unsubscribe", "/unsubscribe daily"))
    async with ask.tools.database.write() as session:
        ended = await db.subscriptions.remove(session, ask.destination, kind)
        rest = await db.subscriptions.of(session, ask.destination)
    if not ended:
        return Message(html=words.say("There is nothing to stop here; /subscribe starts it."))
    said = words.say(_GIVEN_UP[kind]) if kind else words.say("Nothing more comes here by itself.")
    again = callback.button(words.plain("Subscribe again"), "sub", "both")
    return Message(
        html=lines(said, *(_standing(one, ask) for one in rest)),
        buttons=() if rest else ((again,),),
    )


async def _take(ask: Ask, wishes: Wishes) -> Message:
    timezone = wishes.timezone or ask.chat.timezone
    async with ask.tools.database.write() as session:
        if wishes.timezone:
            await move_to_zone(session, ask.destination, timezone, ask.now)
        held = await _held(session, ask)
        for wish in wishes.wishes:
            await _put(session, ask, wish, timezone, held.get(wish.kind))
        standing = await db.subscriptions.of(session, ask.destination)
    return _confirm(ask, ask.words.say("✅ This comes here by itself:"), standing, timezone)


async def _exchange(ask: Ask, wanted: dict[SubscriptionKind, Wish], minute: int | None) -> Message:
    """Replace what comes here; a digest that goes on keeps its time, unless one is named."""
    async with ask.tools.database.write() as session:
        held = await _held(session, ask)
        ended = [kind for kind in held if kind not in wanted]
        for kind in ended:
            await db.subscriptions.remove(session, ask.destination, kind)
        for kind, wish in wanted.items():
            if kind not in held or (minute is not None and kind == "daily"):
                await _put(session, ask, wish, ask.chat.timezone, held.get(kind))
        standing = await db.subscriptions.of(session, ask.destination)
    title = ask.words.say("✅ Only this comes here by itself:")
    stopped = [ask.words.say(_GIVEN_UP[kind]) for kind in ended]
    return _confirm(ask, title, standing, ask.chat.timezone, stopped)


async def _held(session: Session, ask: Ask) -> dict[SubscriptionKind, Subscription]:
    return {one.kind: one for one in await db.subscriptions.of(session, ask.destination)}


async def _put(
    session: Session, ask: Ask, wish: Wish, timezone: str, held: Subscription | None
) -> None:
    wanted = wished(
        ask.destination,
        wish.kind,
        timezone,
        ask.now,
        minute=wish.minute,
        weekday=wish.weekday,
        days=wish.days,
    )
    await keep(session, replace(wanted, last_date=held.last_date if held else None), ask.now)


def _confirm(
    ask: Ask,
    title: Html,
    standing: list[Subscription],
    timezone: str,
    stopped: Sequence[Html] = (),
) -> Message:
    words = ask.words
    html = lines(
        bold(title),
        *(_standing(one, ask) for one in standing),
        *stopped,
        words.say(
            "Times are those of {zone}, where it is {time} now. Another time or zone: {example}",
            zone=own(timezone),
            time=clock(ask.now, timezone),
            example=code(own(EXAMPLES[-1])),
        ),
    )
    settings = callback.button(words.plain("⚙️ Settings"), "set")
    zone = callback.button(words.plain("🌐 Time zone"), "set", "zone")
    return Message(html=html, buttons=((settings, zone),))


def _standing(subscription: Subscription, ask: Ask) -> Html:
    return Html(f"• {describe(subscription, ask.words, ask.now)}")


def describe(subscription: Subscription, words: Words, now: datetime) -> Html:
    """Say in one line what comes and when it comes next."""
    if subscription.kind == "instant":
        return words.say("Alerts, as soon as something important appears.")
    time = f"{subscription.minute // 60:02}:{subscription.minute % 60:02}"
    if subscription.kind == "daily" and subscription.days == EVERY_DAY:
        what = words.say("A digest every day at {time}", time=own(time))
    elif subscription.kind == "daily":
        days = weekdays(subscription.days, words)
        what = words.say("A digest on {days} at {time}", days=own(days), time=own(time))
    else:
        day = weekday(subscription.weekday, words)
        what = words.say("A digest every {day} at {time}", day=own(day), time=own(time))
    at = subscription.next_at or next_digest(subscription, now)
    when = soon(at, subscription.timezone, words)
    return join(words.say("; "), what, words.say("next: {time}", time=own(when)))


def _explain(text: Html, words: Words, examples: tuple[str, ...] = EXAMPLES[:3]) -> Message:
    shown = join(words.say(", "), *(code(own(example)) for example in examples))
    return Message(html=lines(text, words.say("For example: {examples}", examples=shown)))
