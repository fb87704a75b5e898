"""/deadlines: what can still be applied for, with reminders and calendar files."""

import unicodedata
from zoneinfo import ZoneInfo

from bot import callback
from bot.command import Answer, Ask
from bot.markup import lines
from bot.render.calendar import calendar_file
from bot.render.deadlines import PAGE, Page, listed, promised
from bot.render.echo import echo
from domain.deadlines import Window, reminders
from domain.message import Message
from domain.search.phrase import occur_in
from domain.search.query import phrases_of
from jobs.reminders import forget, open_now, remind, window_of


async def deadlines(ask: Ask) -> Answer:
    """List what is open, the soonest first; with words, only what holds them."""
    words = unicodedata.normalize("NFKC", ask.argument).strip()
    return await _listed(ask, 0, words)


async def further(ask: Ask) -> Answer:
    """Show the next of what is open."""
    return await _listed(ask, int(ask.argument), "")


async def reminded(ask: Ask) -> Answer:
    """Remind of what a button names: 14, 7, 3, 1 and 0 days before."""
    window = await _window(ask)
    if window is None:
        return _gone(ask)
    times = reminders(window.last, ask.chat.timezone, ask.now)
    if not times or window.story_id is None:
        return Message(html=ask.words.say("Its last day is too near for a reminder."))
    new = await remind(ask.tools.database, ask.chat, ask.destination, window, ask.now)
    stop = (callback.button(ask.words.plain("Do not remind"), "unremind", ask.argument),)
    if not new:
        html = ask.words.say("You are reminded of it already.")
        return Message(html=html, buttons=(stop,))
    first = times[0][1].astimezone(ZoneInfo(ask.chat.timezone))
    html = promised(window, [days for days, _ in times], first, ask.words)
    return Message(html=html, buttons=(stop,))


async def let_be(ask: Ask) -> Answer:
    """Remind of what a button names no more."""
    window = await _window(ask)
    if window is None:
        return _gone(ask)
    if await forget(ask.tools.database, ask.destination, window):
        return Message(html=ask.words.say("You will not be reminded of it."))
    return Message(html=ask.words.say("You were not to be reminded of it."))


async def calendar(ask: Ask) -> Answer:
    """Send the calendar file of what a button names."""
    window = await _window(ask)
    if window is None:
        return _gone(ask)
    content = calendar_file(window, ask.now)
    name = f"deadline-{window.last.isoformat()}.ics"
    await ask.tools.courier.send_file(ask.destination, name, content)
    return None


async def _listed(ask: Ask, offset: int, words: str) -> Answer:
    today = ask.now.astimezone(ZoneInfo(ask.chat.timezone)).date()
    every = [one for one in await open_now(ask.tools.database, ask.now) if one.last >= today]
    if words:
        every = [one for one in every if _holds(one, words)]
    shown = every[offset : offset + PAGE]
    if not shown:
        return _nothing(ask, words)
    page = Page(windows=shown, offset=offset, more=not words and len(every) > offset + PAGE)
    return listed(page, today, ask.words)


def _holds(window: Window, words: str) -> bool:
    fact, article = window.stated.fact, window.stated.article
    texts = (fact.subject, article.title, *(passage.quote for passage in fact.evidence))
    return occur_in(phrases_of(words, begins=True), texts)


def _nothing(ask: Ask, words: str) -> Message:
    if not words:
        return Message(html=ask.words.say("Nothing is open just now, as far as is known."))
    hint = ask.words.say("Nothing open holds “{word}”.", word=echo(words))
    return Message(html=lines(hint, ask.words.say("/deadlines lists everything.")))


async def _window(ask: Ask) -> Window | None:
    async with ask.tools.database.read() as session:
        return await window_of(session, int(ask.argument.removeprefix("f")), ask.now)


def _gone(ask: Ask) -> Message:
    return Message(
        html=ask.words.say("That is over, or not there any more. /deadlines lists the rest.")
    )
