"""How operators' commands name a source, and how they say what was to be typed."""

import re

import db.sources
from bot.command import Ask
from bot.markup import Html, code, escape, join, lines, own
from bot.safe_text import cut, domain, one_line
from domain.message import Message
from domain.source import Source

_NUMBER = re.compile(r"#?(\d{1,18})", re.ASCII)


def number_in(text: str) -> int:
    """Return the source's number that somebody typed or pressed; 0 where it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else 0


async def find(ask: Ask, text: str) -> Source | None:
    """Return the source of a typed number."""
    async with ask.tools.database.read() as session:
        return await db.sources.get(session, number_in(text))


def named(source: Source) -> Html:
    """Name a source with its number, title and host."""
    title = cut(one_line(source.title), 80) or domain(source.url)
    return join(" ", own(f"#{source.id}"), escape(f"{title} ({domain(source.url)})"))


def usage(ask: Ask, hint: str, example: str) -> Message:
    """Say what is missing, with an example."""
    shown = code(own(example))
    return Message(
        html=lines(ask.words.say(hint), ask.words.say("For example: {examples}", examples=shown))
    )
