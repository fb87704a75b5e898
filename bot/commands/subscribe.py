"""/subscribe and /unsubscribe: what a chat or a topic gets by itself, and when."""

from collections.abc import Sequence
from datetime import datetime

import db.chats
import db.subscriptions
from bot import callback
from bot.command import Ask
from bot.language import Words, later
from bot.markup import Html, bold, code, join, lines, own
from bot.render.dates import clock, soon, weekday
from bot.render.echo import echo
from bot.wishes import USUAL, Mistake, Wish, Wishes, kind_of, read
from db.engine import Session
from domain.calendar import next_digest
from domain.chat import Subscription, SubscriptionKind
from domain.message import Message
from jobs.digest import FIRST_WINDOW

EXAMPLES = (
    "/subscribe daily 09:00",
    "/subscribe weekly mon 09:00",
    "/subscribe instant",
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
        return _explain(ask.words.say(mistake.text, word=echo(mistake.word)), ask.words)


async def offered(ask: Ask) -> Message | None:
    """Give this chat or topic what a button of /start says: that, and nothing besides."""
    wishes = _OFFERED.get(ask.argument)
    return await _exchange(ask, {wish.kind: wish for wish in wishes}) if wishes else None


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
    words = ask.words
    async with ask.tools.database.write() as session:
        timezone = wishes.timezone or ask.chat.timezone
        if wishes.timezone:
            await db.chats.set_timezone(session, ask.chat.id, timezone, ask.now)
        held = await _held(session, ask)
        wanted = {wish.kind: wish for wish in wishes.wishes}
        # A new time zone is the chat's: what was there before moves along.
        kept = {kind: _wish(one) for kind, one in held.items()} if wishes.timezone else {}
        for wish in (kept | wanted).values():
            await _put(session, ask, wish, timezone, held.get(wish.kind))
        standing = await db.subscriptions.of(session, ask.destination)
    return _confirm(ask, words.say("✅ This comes here by itself:"), standing, timezone)


async def _exchange(ask: Ask, wanted: dict[SubscriptionKind, Wish]) -> Message:
    """Replace what comes here; a digest that goes on keeps its time."""
    async with ask.tools.database.write() as session:
        held = await _held(session, ask)
        ended = [kind for kind in held if kind not in wanted]
        for kind in ended:
            await db.subscriptions.remove(session, ask.destination, kind)
        for kind, wish in wanted.items():
            if kind not in held:
                await _put(session, ask, wish, ask.chat.timezone, None)
        standing = await db.subscriptions.of(session, ask.destination)
    title = ask.words.say("✅ Only this comes here by itself:")
    stopped = [ask.words.say(_GIVEN_UP[kind]) for kind in ended]
    return _confirm(ask, title, standing, ask.chat.timezone, stopped)


async def _held(session: Session, ask: Ask) -> dict[SubscriptionKind, Subscription]:
    return {one.kind: one for one in await db.subscriptions.of(session, ask.destination)}


def _wish(held: Subscription) -> Wish:
    return Wish(held.kind, held.minute, held.weekday)


async def _put(
    session: Session, ask: Ask, wish: Wish, timezone: str, held: Subscription | None
) -> None:
    wanted = Subscription(
        id=0,
        destination=ask.destination,
        kind=wish.kind,
        minute=wish.minute,
        weekday=wish.weekday,
        timezone=timezone,
        # The first digest tells of what was new lately, not only of what comes from now on.
        covered_until=ask.now - FIRST_WINDOW,
        last_date=held.last_date if held else None,
    )
    await db.subscriptions.put(
        session,
        destination=wanted.destination,
        kind=wanted.kind,
        minute=wanted.minute,
        weekday=wanted.weekday,
        timezone=wanted.timezone,
        next_at=None if wish.kind == "instant" else next_digest(wanted, ask.now),
        covered_until=wanted.covered_until,
        now=ask.now,
    )


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
    return Message(html=html)


def _standing(subscription: Subscription, ask: Ask) -> Html:
    return Html(f"• {describe(subscription, ask.words, ask.now)}")


def describe(subscription: Subscription, words: Words, now: datetime) -> Html:
    """Say in one line what comes and when it comes next."""
    if subscription.kind == "instant":
        return words.say("Alerts, as soon as something important appears.")
    time = f"{subscription.minute // 60:02}:{subscription.minute % 60:02}"
    if subscription.kind == "daily":
        what = words.say("A digest every day at {time}", time=own(time))
    else:
        day = weekday(subscription.weekday, words)
        what = words.say("A digest every {day} at {time}", day=own(day), time=own(time))
    at = subscription.next_at or next_digest(subscription, now)
    when = soon(at, subscription.timezone, words)
    return join(words.say("; "), what, words.say("next: {time}", time=own(when)))


def _explain(text: Html, words: Words, examples: tuple[str, ...] = EXAMPLES[:3]) -> Message:
    shown = join(words.say(", "), *(code(own(example)) for example in examples))
    return Message(html=lines(text, words.say("For example: {examples}", examples=shown)))
