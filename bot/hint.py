"""What is said to words without a command: what they may mean, as a command and a button."""

import re
import unicodedata
from datetime import datetime

import db.register
from bot import callback
from bot.language import Words, later
from bot.markup import own
from bot.safe_text import cut, one_line
from db.engine import Database
from domain.documents.document import Document
from domain.documents.number import parse as number_in
from domain.message import Button, Message
from domain.search.query import Unclear, parse

_ID = re.compile(r"([asfd])\s?(\d{1,18})", re.ASCII | re.IGNORECASE)
_LED_TO = {
    "s": ("story", later("Story")),
    "f": ("facts", later("Facts")),
    "a": ("why", later("Why?")),
    "d": ("doc", later("Document")),
}
_LABEL = 30
"""Characters of the words on a button."""


async def hint(text: str, near: str | None, words: Words, database: Database) -> Message:
    """Say how to ask for what somebody has written; `near` is a command that it begins with."""
    if near:
        said = words.say("I understand commands. Did you mean /{near}?", near=own(near))
        return Message(html=said)
    plain = one_line(unicodedata.normalize("NFKC", text))
    if found := _ID.fullmatch(plain):
        verb, label = _LED_TO[found[1].lower()]
        return _meant(verb, f"{found[1].lower()}{found[2]}", words.plain(label), words)
    if document := await _document(plain, database):
        label = cut(document.number or document.title, _LABEL)
        return _meant("doc", f"d{document.id}", label, words)
    button = _search(plain)
    html = words.say("I understand commands; /help lists them.")
    return Message(html=html, buttons=((button,),) if button else ())


def _meant(verb: str, argument: str, label: str, words: Words) -> Message:
    command = own(f"{verb} {argument}")
    return Message(
        html=words.say("I understand commands. Did you mean /{near}?", near=command),
        buttons=((callback.button(label, verb, argument),),),
    )


async def _document(plain: str, database: Database) -> Document | None:
    if number_in(plain) is None:
        return None
    async with database.read() as session:
        return next(iter(await db.register.named(session, plain)), None)


def _search(plain: str) -> Button | None:
    """Offer to search for the words; those that no button holds have to be typed."""
    try:
        parse(plain, datetime(2000, 1, 1))  # noqa: DTZ001 - only whether it can be read
    except Unclear:
        return None
    data = callback.page_of_search(None, plain)
    return Button(text=f"🔎 {cut(plain, _LABEL)}", data=data) if data else None
