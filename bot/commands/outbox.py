"""/outbox: what waits to be sent, what was given up and why, and what becomes of it."""

import db.audit
import db.dead_letters
import db.deliveries
import db.heard
from bot import callback
from bot.command import Ask
from bot.markup import Html, bold, escape, lines
from bot.safe_text import cut, one_line
from domain.delivery import DeliveryState
from domain.message import Button, Message

MOST_REASONS = 8


async def outbox(ask: Ask) -> Message:
    """Say what waits and what was given up, with a button to try it again."""
    words = ask.words
    async with ask.tools.database.read() as session:
        counts = await db.deliveries.counts(session)
        repeats = await db.deliveries.possible_repeats(session)
        reasons = await db.dead_letters.given_up(session, MOST_REASONS)
        unreadable = await db.heard.unreadable(session)
    return Message(
        html=lines(
            bold(words.say("Outbox")),
            words.say(
                "Waiting: {owed}; on its way: {leased}; sent: {sent}; too late: {expired}.",
                **_only(counts, "owed", "leased", "sent", "expired"),
            ),
            words.say(
                "Possibly sent twice: {repeats}; possibly never arrived: {uncertain}.",
                repeats=repeats,
                uncertain=counts["uncertain"],
            ),
            words.say("Updates that could not be read: {number}.", number=unreadable)
            if unreadable
            else "",
            words.say("Given up: {failed}.", failed=counts["failed"]),
            *(Html(f"• {one.number} × {_reason(one.reason)}") for one in reasons),
        ),
        buttons=(_choices(ask),) if reasons else (),
    )


async def decided(ask: Ask) -> Message:
    """Try what was given up again, or let it go."""
    async with ask.tools.database.write() as session:
        if ask.argument == "retry":
            number = await db.dead_letters.try_again(session, ask.now)
        else:
            number = await db.dead_letters.let_go(session)
        await db.audit.note(
            session,
            actor_id=ask.asker.user_id,
            action=f"outbox.{ask.argument}",
            subject="delivery",
            detail={"number": number},
            now=ask.now,
        )
    return await outbox(ask)


def _only(counts: dict[str, int], *states: DeliveryState) -> dict[str, object]:
    return {state: counts[state] for state in states}


def _reason(reason: str) -> Html:
    return escape(cut(one_line(reason), 150) or "?")


def _choices(ask: Ask) -> tuple[Button, ...]:
    return (
        callback.button(ask.words.plain("Try again"), "outbox", "retry"),
        callback.button(ask.words.plain("Let go"), "outbox", "drop"),
    )
