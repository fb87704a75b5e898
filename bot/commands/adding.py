"""/addsource: look at any address, show what it brings, and watch it after a yes."""

import re
from datetime import timedelta

import db.looks
import jobs.watch
from bot import callback
from bot.command import Answer, Ask
from bot.commands.naming import named, usage
from bot.edits import Mistake, how
from bot.language import later
from bot.markup import Html, bold, escape, join, lines
from bot.render import labels
from bot.render.dates import local_time
from bot.render.trouble import said
from bot.safe_text import cut, domain, one_line, plain_host
from db.sources import SourceExists
from domain.message import Button, Message
from domain.source import ReadingOptions, Source
from jobs.watch import Found, Preview
from sources.errors import SourceError

_BANDS = {"core": "⭐", "adjacent": "☆", "off": "–"}
_LOOK = re.compile(r"(\d{1,18})(?:\.(\d))?", re.ASCII)
_NEWEST = 3
_GONE = later("This look has expired. Send the address once more.")


async def add(ask: Ask) -> Answer:
    """Look at an address and ask whether to watch what is there."""
    url, _, rest = ask.argument.strip().partition(" ")
    if not url:
        hint = later("Send the address of a feed, or of a page that lists publications, along.")
        return usage(ask, hint, "/addsource https://example.org/news/")
    try:
        options = how(rest, ask.now)
    except Mistake as mistake:
        return Message(html=ask.words.say(mistake.text, **mistake.values))
    return await look(ask, url, options)


async def confirmed(ask: Ask) -> Message:
    """Watch what was looked at; pressed twice it says the same again."""
    number, newest = _pressed(ask)
    try:
        done = await jobs.watch.confirm(
            ask.tools.database,
            number,
            interval=timedelta(minutes=ask.tools.settings.poll_interval_minutes),
            actor_id=ask.asker.user_id or 0,
            now=ask.now,
            announce=newest,
        )
    except SourceExists as error:
        return _known(ask, error.source)
    if done is None:
        return Message(html=ask.words.say(_GONE))
    _, source = done
    undo = callback.button(ask.words.plain("Undo"), "unwatch", source.id)
    return Message(html=_added(source, newest, ask), buttons=((undo,),))


async def cancelled(ask: Ask) -> Message:
    """Forget the look."""
    number, _ = _pressed(ask)
    async with ask.tools.database.write() as session:
        await db.looks.drop(session, number, actor_id=ask.asker.user_id or 0)
    return Message(html=ask.words.say("Nothing was added."))


async def another(ask: Ask) -> Message:
    """Look at another of the addresses that were found."""
    number, which = _pressed(ask)
    async with ask.tools.database.write() as session:
        pending = await db.looks.take(session, number, actor_id=ask.asker.user_id or 0, now=ask.now)
    if pending is None or which >= len(pending.others):
        return Message(html=ask.words.say(_GONE))
    other = pending.others[which].url
    return await look(ask, other, suggestion_id=pending.suggestion_id)


async def look(
    ask: Ask,
    url: str,
    options: ReadingOptions | None = None,
    *,
    suggestion_id: int | None = None,
) -> Message:
    """Look at an address, and ask whether to watch what is there."""
    try:
        found = await jobs.watch.look(ask.tools.house, url, options=options)
    except SourceError as error:
        return Message(html=said(error, ask.words))
    except SourceExists as error:
        return _known(ask, error.source)
    number = await jobs.watch.ask(
        ask.tools.house,
        found,
        actor_id=ask.asker.user_id or 0,
        now=ask.now,
        suggestion_id=suggestion_id,
    )
    return Message(html=_shown(found, ask), buttons=_choices(number, found, ask))


def _pressed(ask: Ask) -> tuple[int, int]:
    found = _LOOK.fullmatch(ask.argument)
    return (int(found[1]), int(found[2] or 0)) if found else (0, 0)


def _choices(number: int, found: Found, ask: Ask) -> tuple[tuple[Button, ...], ...]:
    words = ask.words
    yes = callback.button(words.plain("Watch it"), "watch", number)
    no = callback.button(words.plain("Leave it"), "unlook", number)
    others = (
        (callback.button(_label(one.title or one.url, ask), "lookat", f"{number}.{at}"),)
        for at, one in enumerate(found.others)
    )
    newest = words.plain("Watch it, and send the newest {number}", number=_NEWEST)
    with_news = callback.button(newest, "watch", f"{number}.{_NEWEST}")
    return ((yes, no), (with_news,), *others)


def _label(title: str, ask: Ask) -> str:
    return ask.words.plain("Look at: {title}", title=cut(one_line(title), 40))


def _shown(found: Found, ask: Ask) -> Html:
    words, candidate = ask.words, found.candidate
    title = cut(one_line(candidate.title), 80) or domain(candidate.url)
    about = join(
        " · ",
        escape(domain(candidate.url)),
        words.say(labels.KINDS[candidate.kind]),
        words.say(labels.TIERS[candidate.tier]),
    )
    return lines(
        bold(escape(title)),
        about,
        words.count("It holds {number} article.", "It holds {number} articles.", found.entries),
        *(preview_line(preview, ask) for preview in found.previews),
        words.say("The articles’ own pages are read, too.") if candidate.full_text else "",
        words.say("⚠️ The text may be garbled; /source changes the encoding.")
        if found.doubtful
        else "",
        _warning(candidate.url, ask),
        words.say("Watch it? What is there already is kept; it is sent only if you ask for it."),
    )


def preview_line(preview: Preview, ask: Ask) -> Html:
    """Show an entry with its date, how relevant it is and how many facts it holds."""
    title = cut(one_line(preview.entry.title), 120)
    reading, published = preview.reading, preview.entry.published
    when = local_time(published, ask.chat.timezone, ask.words) if published else ""
    if reading is None:
        return join(" · ", Html(f"• {escape(title)}"), when)
    band = next((one.band for one in reading.relevance), "off")
    facts = ask.words.count("{number} fact", "{number} facts", len(reading.facts))
    return join(" · ", Html(f"{_BANDS[band]} {escape(title)}"), when, facts)


def _added(source: Source, newest: int, ask: Ask) -> Html:
    words = ask.words
    kept = words.say("What is there already is kept, not broadcast.")
    sent = words.say("The newest about the topic go out now; the rest is kept, not broadcast.")
    return lines(
        bold(words.say("✅ Watched from now on: {source}", source=named(source))),
        sent if newest else kept,
    )


def _known(ask: Ask, source: Source) -> Message:
    return Message(html=ask.words.say("It is watched already, as {source}.", source=named(source)))


def _warning(url: str, ask: Ask) -> Html | str:
    host = domain(url)
    if not host.startswith("xn--") and ".xn--" not in host:
        return ""
    return ask.words.say("Mind the host’s real name: {host}", host=plain_host(host))
