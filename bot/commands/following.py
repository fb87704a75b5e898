"""/follow, /following, /unfollow: be told any news of a document, a body, a district or a term."""

import re
from dataclasses import replace

import db.follows
import db.register
from bot import callback
from bot.command import Answer, Ask
from bot.commands.naming import usage
from bot.language import later
from bot.markup import Html, bold, code, escape, join, lines, own
from bot.render import labels
from bot.render.echo import echo
from bot.safe_text import cut, one_line
from db.engine import Session
from domain.documents.document import Document
from domain.documents.number import parse
from domain.documents.title import is_specific
from domain.follow import MOST, Follow, Wish, entry_label, wish
from domain.message import Button, Message

_DOCUMENT = re.compile(r"d(\d{1,18})", re.ASCII)
_FOLLOWED = re.compile(r"[nd](\d{1,18})", re.ASCII)
_EXAMPLE = "/follow 算力券"


async def follow(ask: Ask) -> Answer:
    """Follow a document, a body, a place or a term from now on."""
    wanted = " ".join(ask.argument.split())
    if not wanted:
        hint = later("Say what to follow: a document, a body, a district, a term.")
        return usage(ask, hint, _EXAMPLE)
    return await _follow(ask, wanted)


async def pressed(ask: Ask) -> Answer:
    """Follow what a button names: a document, or an entry of the gazetteer."""
    if ask.argument.startswith("e."):
        return await _follow(ask, entry_label(ask.argument[2:], ask.words.language))
    return await _follow(ask, ask.argument)


async def following(ask: Ask) -> Answer:
    """List what is followed here, with a button to follow each no more."""
    async with ask.tools.database.read() as session:
        every = [
            await _as_it_is_now(session, one)
            for one in await db.follows.of(session, ask.destination)
        ]
    if not every:
        hint = later("Nothing is followed here.")
        return usage(ask, hint, _EXAMPLE)
    html = lines(
        bold(ask.words.say("Followed here")),
        *(_line(at, one, ask) for at, one in enumerate(every, start=1)),
    )
    return Message(html=html, buttons=_endings(every))


async def unfollow(ask: Ask) -> Answer:
    """Follow something no more; without a name, show what could be meant."""
    wanted = " ".join(ask.argument.split())
    if not wanted:
        return await following(ask)
    async with ask.tools.database.read() as session:
        every = await db.follows.of(session, ask.destination)
    found = _meant(wanted, every)
    if found is None:
        text = ask.words.say(
            "“{word}” is not followed here; /following lists what is.", word=echo(wanted)
        )
        return Message(html=text)
    return await _end(ask, found)


async def ended(ask: Ask) -> Answer:
    """Follow no more what a button names; pressed twice it says the same again."""
    found = _FOLLOWED.fullmatch(ask.argument)
    number = int(found[1]) if found else 0
    async with ask.tools.database.read() as session:
        every = await db.follows.of(session, ask.destination)
    kind = ask.argument[:1]
    one = next((one for one in every if _is(one, kind, number)), None)
    if one is None:
        return Message(html=ask.words.say("It is not followed here (any more)."))
    return await _end(ask, one)


async def _follow(ask: Ask, wanted: str) -> Message:
    found = await _wish(ask, wanted)
    if found is None:
        text = later("“{word}” is too little, or too much, to follow. For example: {example}")
        said = ask.words.say(text, word=echo(wanted), example=code(own(_EXAMPLE)))
        return Message(html=said)
    async with ask.tools.database.write() as session:
        if await db.follows.count(session, ask.destination) >= MOST:
            return Message(
                html=ask.words.say("More than {most} cannot be followed here.", most=MOST)
            )
        new = await db.follows.put(session, ask.destination, found, ask.now)
    kind = ask.words.say(labels.FOLLOWS[found.kind])
    text = (
        later("🔔 Followed from now on ({kind}): {name}")
        if new
        else later("It is followed here already ({kind}): {name}")
    )
    said = ask.words.say(text, kind=kind, name=bold(_name(found.label)))
    promise = ask.words.say("You are told any new mention, change or fact, each once.")
    return Message(html=lines(said, promise), buttons=_undo(ask, found))


async def _wish(ask: Ask, wanted: str) -> Wish | None:
    """Return what is meant: a document that is known by this id, number or title, or a name."""
    async with ask.tools.database.read() as session:
        if found := _DOCUMENT.fullmatch(wanted.lower()):
            document = await db.register.get(session, int(found[1]))
            return _of(document) if document else None
        if parse(wanted) or is_specific(wanted):
            exact = await db.register.named(session, wanted)
            if exact:
                return _of(exact[0])
    return wish(wanted)


async def _end(ask: Ask, one: Follow) -> Message:
    async with ask.tools.database.write() as session:
        await db.follows.drop(session, ask.destination, kind=one.kind, key=one.key)
    said = ask.words.say("🔕 Not followed any more: {name}", name=bold(_name(one.label)))
    again: tuple[tuple[Button, ...], ...] = ()
    if one.kind == "document":
        again = ((callback.button(ask.words.plain("Undo"), "follow", f"d{one.key}"),),)
    elif one.kind != "term":
        again = ((callback.button(ask.words.plain("Undo"), "follow", f"e.{one.key}"),),)
    return Message(html=said, buttons=again)


async def _as_it_is_now(session: Session, one: Follow) -> Follow:
    """Name a document by what it is called now: its draft may have been called otherwise."""
    document = await db.register.get(session, int(one.key)) if one.kind == "document" else None
    return replace(one, label=_of(document).label) if document else one


def _of(document: Document) -> Wish:
    label = document.number or document.title
    return Wish(kind="document", key=str(document.id), label=label)


def _meant(wanted: str, every: list[Follow]) -> Follow | None:
    """Return what somebody calls by its label, its name in the other language, or its id."""
    named = wish(wanted)
    same = {wanted.casefold(), f"d{wanted}".casefold()}
    for one in every:
        if one.label.casefold() in same or (one.kind == "document" and f"d{one.key}" in same):
            return one
        if named and (named.kind, named.key) == (one.kind, one.key):
            return one
    return None


def _is(one: Follow, kind: str, number: int) -> bool:
    if kind == "n":
        return one.id == number
    return one.kind == "document" and one.key == str(number)


def _line(at: int, one: Follow, ask: Ask) -> Html:
    kind = ask.words.say(labels.FOLLOWS[one.kind])
    name = bold(_name(one.label))
    number = Html(f"d{one.key}") if one.kind == "document" else ""
    return join(" ", Html(f"{at}."), join(" · ", name, kind, number))


def _endings(every: list[Follow]) -> tuple[tuple[Button, ...], ...]:
    each = [
        callback.button(f"🔕 {at}", "unfollow", f"n{one.id}")
        for at, one in enumerate(every, start=1)
    ]
    return tuple(tuple(each[at : at + 4]) for at in range(0, len(each), 4))


def _undo(ask: Ask, found: Wish) -> tuple[tuple[Button, ...], ...]:
    if found.kind != "document":
        return ()
    return ((callback.button(ask.words.plain("🔕 Unfollow"), "unfollow", f"d{found.key}"),),)


def _name(label: str) -> Html:
    return escape(cut(one_line(label), 60))
