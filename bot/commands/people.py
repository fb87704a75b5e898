"""/users, /invite, /admins: who uses the bot, who may, and who runs it."""

import db.audit
import db.chats
import db.invitations
import db.operators
from bot.access import LASTS, new_code
from bot.command import Ask
from bot.commands.naming import usage
from bot.language import NAMES, Words, later
from bot.markup import Html, bold, code, escape, join, lines, own
from bot.render.dates import local_time
from bot.render.labels import CHATS
from bot.safe_text import cut, one_line
from db.engine import Session
from domain.chat import Chat
from domain.message import Message
from domain.operator import Guest, Invited, Role

_SHOWN = 15
_FOR_OWNERS = later("Only an owner can do that.")
_ROLES: dict[Role, str] = {"owner": later("owner"), "admin": later("operator")}


async def users(ask: Ask) -> Message:
    """Say how many use the bot, and who came last; `remove ID` takes an invitation back."""
    if ask.argument:
        return await _uninvite(ask)
    words = ask.words
    async with ask.tools.database.read() as session:
        active, suspended = await db.chats.count(session)
        newest = await db.chats.newest(session, _SHOWN)
        guests = await db.invitations.guests(session)
        known = {one.user_id: await db.chats.get(session, one.user_id) for one in guests[:_SHOWN]}
    counted = words.say(
        "Chats: {active} active, {suspended} suspended.", active=active, suspended=suspended
    )
    return Message(
        html=lines(
            bold(counted),
            *(_chat(one, words) for one in newest),
            words.count("{number} reader by invitation:", "{number} readers by invitation:",
                        len(guests)) if guests else "",
            *(_guest(ask, one, known[one.user_id]) for one in guests[:_SHOWN]),
            words.say("Take an invitation back: {example}", example=code(own("/users remove ID")))
            if guests
            else "",
        )
    )  # fmt: skip


async def invite(ask: Ask) -> Message:
    """Make a code for one person, once: a reader, or by an owner's word an operator."""
    words, wanted = ask.words, ask.argument.strip().lower()
    if wanted not in ("", "reader", "admin"):
        return usage(ask, later("Say nothing for a reader, or admin for an operator."), "/invite")
    role: Invited = "admin" if wanted == "admin" else "reader"
    if role == "admin" and ask.asker.role != "owner":
        return Message(html=words.say(_FOR_OWNERS))
    made = await new_code(ask.tools, role, ask.asker.user_id, ask.now)
    return Message(
        html=lines(
            words.say("An operator may run this bot. For one person, once:")
            if role == "admin"
            else words.say("For one reader, once:"),
            code(own(f"/start {made}")),
            own(f"https://t.me/{ask.bot.username}?start={made}"),
            words.say(
                "It is good until {time}.",
                time=local_time(ask.now + LASTS[role], ask.chat.timezone, words),
            ),
        )
    )


async def admins(ask: Ask) -> Message:
    """List who runs the bot; an owner takes that from somebody with `remove ID`."""
    if ask.argument:
        return await _dismiss(ask)
    async with ask.tools.database.read() as session:
        operators = await db.operators.every(session)
        chats = [await db.chats.get(session, user_id) for user_id, _ in operators]
    named = [
        Html(f"• {_name(chat, user_id)} – {ask.words.say(_ROLES[role])}")
        for (user_id, role), chat in zip(operators, chats, strict=True)
    ]
    hint = ask.words.say(
        "Another one: {invite}. One less: {remove}.",
        invite=code(own("/invite admin")),
        remove=code(own("/admins remove ID")),
    )
    return Message(html=lines(bold(ask.words.say("Who runs this bot")), *named, hint))


async def _uninvite(ask: Ask) -> Message:
    user_id = _number(ask.argument)
    if user_id is None:
        return usage(ask, later("Say whom by the number that /users shows."), "/users remove 123")
    async with ask.tools.database.write() as session:
        gone = await db.invitations.uninvite(session, user_id)
        if gone:
            await _note(ask, session, "invitation.withdrawn", user_id)
            await _tell_no_more(ask, session, user_id)
    if not gone:
        return Message(html=ask.words.say("Nobody with this number came by invitation."))
    return Message(html=ask.words.say("Done: {number} is let in no more.", number=str(user_id)))


async def _tell_no_more(ask: Ask, session: Session, user_id: int) -> None:
    """Who is let in no more is told nothing more either; what he wished is kept for his return."""
    if ask.tools.settings.access == "invite" and not await db.operators.role(session, user_id):
        await db.chats.suspend(session, user_id, "not invited any more", ask.now)


async def _dismiss(ask: Ask) -> Message:
    user_id = _number(ask.argument)
    if user_id is None:
        return usage(ask, later("Say whom by the number that /admins shows."), "/admins remove 123")
    if ask.asker.role != "owner":
        return Message(html=ask.words.say(_FOR_OWNERS))
    async with ask.tools.database.write() as session:
        gone = await db.operators.remove(session, user_id)
        if gone:
            await db.invitations.uninvite(session, user_id)
            await _note(ask, session, "operator.removed", user_id)
    if not gone:
        return Message(
            html=ask.words.say("Nothing was changed: no such operator, or the last owner.")
        )
    named = user_id in ask.tools.settings.admin_ids
    return Message(
        html=lines(
            ask.words.say("Done: {number} runs this bot no more.", number=str(user_id)),
            ask.words.say("ADMIN_IDS names him: after a restart he is back, unless you change it.")
            if named
            else "",
        )
    )


async def _note(ask: Ask, session: Session, action: str, user_id: int) -> None:
    await db.audit.note(
        session,
        actor_id=ask.asker.user_id,
        action=action,
        subject=str(user_id),
        detail={},
        now=ask.now,
    )


def _number(argument: str) -> int | None:
    word, _, number = argument.strip().partition(" ")
    number = number.strip()
    if word.lower() != "remove" or not (number.isascii() and number.isdecimal()):
        return None
    return int(number) if len(number) < 18 else None


def _chat(chat: Chat, words: Words) -> Html:
    paused = " 🔕" if chat.state == "suspended" else ""
    kind, spoken = words.say(CHATS[chat.type]), escape(NAMES[chat.language])
    return Html(f"• {_name(chat, chat.id)} – {join(words.say(', '), kind, spoken)}{paused}")


def _guest(ask: Ask, guest: Guest, chat: Chat | None) -> Html:
    since = local_time(guest.since, ask.chat.timezone, ask.words)
    return Html(f"• {_name(chat, guest.user_id)} – {escape(since)}")


def _name(chat: Chat | None, number: int) -> Html:
    title = escape(cut(one_line(chat.title), 60)) if chat and chat.title else Html("?")
    return Html(f"{title} ({code(own(str(number)))})")
