"""/addsource, /removesource and /poll: what operators do about sources."""

import re
from datetime import timedelta

import db.sources
import jobs.poll
import jobs.watch
from bot import callback
from bot.command import Answer, Ask
from bot.language import later
from bot.markup import Html, bold, code, escape, join, lines, own
from bot.safe_text import cut, domain, one_line, plain_host
from db.sources import SourceExists
from domain.message import Message
from domain.source import Source
from jobs.watch import Found, Preview
from sources.errors import SourceError

_NUMBER = re.compile(r"#?(\d{1,18})", re.ASCII)
_BANDS = {"core": "⭐", "adjacent": "☆", "off": "–"}


async def add(ask: Ask) -> Message:
    """Look at an address, watch it if it is a feed, and show what it brings."""
    url = ask.argument.strip()
    if not url:
        hint = later("Send the address of a feed along.")
        return _usage(ask, hint, "/addsource https://example.org/feed.xml")
    try:
        found = await jobs.watch.look(ask.tools.house, url)
        source = await jobs.watch.add(
            ask.tools.house,
            found,
            interval=timedelta(minutes=ask.tools.settings.poll_interval_minutes),
            now=ask.now,
            actor_id=ask.asker.user_id,
        )
    except SourceError as error:
        return Message(html=escape(cut(one_line(str(error)), 500)))
    except SourceExists as error:
        return Message(
            html=ask.words.say("It is watched already, as {source}.", source=_named(error.source))
        )
    undo = callback.button(ask.words.plain("Undo"), "unwatch", source.id)
    return Message(html=_added(source, found, ask), buttons=((undo,),))


async def remove(ask: Ask) -> Message:
    """Ask once more before a source goes, with everything it has brought."""
    number = _number(ask.argument)
    if number is None:
        hint = later("Say which one by its number; /sources lists them.")
        return _usage(ask, hint, "/removesource 3")
    source = await _find(ask, number)
    if source is None:
        return _no_such(ask, number)
    yes = callback.button(ask.words.plain("Remove it"), "unwatch", source.id)
    no = callback.button(ask.words.plain("Keep it"), "keep", source.id)
    html = ask.words.say("Remove {source}, with its articles and facts?", source=_named(source))
    return Message(html=html, buttons=((yes, no),))


async def removed(ask: Ask) -> Message:
    """Remove the source of the button; a second press finds it gone."""
    source = await jobs.watch.remove(
        ask.tools.database, _number(ask.argument) or 0, now=ask.now, actor_id=ask.asker.user_id
    )
    if source is None:
        return Message(html=ask.words.say("It is not watched (any more)."))
    return Message(html=ask.words.say("Removed: {source}.", source=_named(source)))


async def kept(ask: Ask) -> Message:
    """Leave the source as it is."""
    source = await _find(ask, _number(ask.argument) or 0)
    if source is None:
        return Message(html=ask.words.say("It is not watched (any more)."))
    return Message(html=ask.words.say("Kept: {source}.", source=_named(source)))


async def poll(ask: Ask) -> Answer:
    """Read every source now, and say what came of it."""
    report = await jobs.poll.poll(ask.tools.house, ask.now, everything=True)
    words = ask.words
    said = words.say(
        "Sources: {read} read, {unchanged} unchanged, {failed} failed. "
        "New: {articles} articles, {relevant} of them relevant, {facts} facts.",
        read=report.read,
        unchanged=report.unchanged,
        failed=report.failed,
        articles=report.articles,
        relevant=report.relevant,
        facts=report.facts,
    )
    failures = [
        own(f"#{one.id} ") + escape(f"{domain(one.url)}: {cut(one_line(one.error), 200)}")
        for one in report.sources
        if one.error
    ]
    return Message(html=lines(said, *(Html(f"⚠️ {line}") for line in failures[:10])))


async def _find(ask: Ask, number: int) -> Source | None:
    async with ask.tools.database.read() as session:
        return await db.sources.get(session, number)


def _number(text: str) -> int | None:
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def _no_such(ask: Ask, number: int) -> Message:
    text = ask.words.say("There is no source #{number}; /sources lists them.", number=number)
    return Message(html=text)


def _added(source: Source, found: Found, ask: Ask) -> Html:
    words = ask.words
    return lines(
        bold(words.say("✅ Watched from now on: {source}", source=_named(source))),
        words.count(
            "It holds {number} article; what is there already is kept, not broadcast.",
            "It holds {number} articles; what is there already is kept, not broadcast.",
            found.entries,
        ),
        *(_preview(preview, ask) for preview in found.previews),
        _warning(source, ask),
    )


def _preview(preview: Preview, ask: Ask) -> Html:
    title = cut(one_line(preview.entry.title), 120)
    reading = preview.reading
    if reading is None:
        return Html(f"• {escape(title)}")
    band = next((one.band for one in reading.relevance), "off")
    facts = ask.words.count("{number} fact", "{number} facts", len(reading.facts))
    return Html(f"{_BANDS[band]} {escape(title)} ({facts})")


def _warning(source: Source, ask: Ask) -> Html | str:
    host = domain(source.url)
    if not host.startswith("xn--") and ".xn--" not in host:
        return ""
    return ask.words.say("Mind the host’s real name: {host}", host=plain_host(host))


def _named(source: Source) -> Html:
    title = cut(one_line(source.title), 80) or domain(source.url)
    return join(" ", own(f"#{source.id}"), escape(f"{title} ({domain(source.url)})"))


def _usage(ask: Ask, hint: str, example: str) -> Message:
    shown = code(own(example))
    return Message(
        html=lines(ask.words.say(hint), ask.words.say("For example: {examples}", examples=shown))
    )
