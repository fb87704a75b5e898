"""What can still be done and until when: one below the other, and as a reminder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import callback
from bot.language import Words, words_for
from bot.markup import NOTHING, Html, bold, folded, join, lines, link
from bot.render.columns import LINE, narrow
from bot.render.dates import day
from bot.render.facts import brief_line, quote
from bot.render.pack import Block, pack
from bot.render.turning import turning
from bot.safe_text import domain, one_line
from domain.chat import Chat
from domain.deadlines import Window
from domain.digest import Reminder
from domain.message import Button, Message

PAGE = 4
"""Windows that stand on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of what is open: how many are before it, and whether there are more."""

    windows: Sequence[Window]
    offset: int
    more: bool


def listed(page: Page, today: date, words: Words) -> tuple[Message, ...]:
    """Tell what is open, the soonest first, each with its buttons."""
    numbered = list(enumerate(page.windows, start=page.offset + 1))
    blocks = [
        Block(
            html=join(" ", Html(f"{number}."), _told(one, today, words)),
            evidence=join(" ", bold(f"{number}."), quote(one.stated.fact.evidence[0])),
        )
        for number, one in numbered
    ]
    remind = tuple(
        callback.button(f"🔔 {number}", "remind", f"f{one.stated.number}")
        for number, one in numbered
        if one.story_id is not None
    )
    files = tuple(
        callback.button(f"📅 {number}", "ics", f"f{one.stated.number}") for number, one in numbered
    )
    count = None if page.more else page.offset + len(page.windows)
    turn = turning(lambda at: callback.data("due", at), page.offset, PAGE, count)
    rows = (remind, files, turn)
    hint = words.say("🔔 reminds you 14, 7, 3, 1 and 0 days before; 📅 is for your calendar.")
    return pack(
        bold(words.say("Open now")), blocks, Html(f"\n{hint}"), rows=[row for row in rows if row]
    )


def render(reminder: Reminder, chat: Chat) -> Message:
    """Tell how long something can still be done, or that its last day is another one now."""
    words, window = words_for(chat.language), reminder.window
    today = reminder.at.astimezone(ZoneInfo(chat.timezone)).date()
    head = join(" ", Html("⏰"), bold(left(window.last, today, words)))
    moved = NOTHING
    if reminder.moved_from is not None:
        head = join(" ", Html("⏰"), bold(words.say("The last day has changed")))
        moved = words.say(
            "{before} → {now}", before=day(reminder.moved_from, words), now=day(window.last, words)
        )
    html = lines(head, moved, _what(window, words), folded(quote(window.stated.fact.evidence[0])))
    return Message(html=html, buttons=(_buttons(window, words),))


def left(last: date, today: date, words: Words) -> str:
    """Say how many days are left."""
    days = (last - today).days
    if days < 0:
        return words.say("over")
    if days == 0:
        return words.say("today is the last day")
    return words.count("{number} day left", "{number} days left", days)


def _told(window: Window, today: date, words: Words) -> Html:
    before = NOTHING
    if window.before is not None:
        before = words.say("was {date}", date=day(window.before, words))
    return lines(join(" · ", bold(left(window.last, today, words)), before), _what(window, words))


def _what(window: Window, words: Words) -> Html:
    article = window.stated.article
    title = narrow(one_line(article.title), LINE - 4) or domain(article.url)
    return lines(brief_line(window.stated.fact, words), link(title, article.url))


def _buttons(window: Window, words: Words) -> tuple[Button, ...]:
    number = f"f{window.stated.number}"
    calendar = callback.button(words.plain("📅 Calendar file"), "ics", number)
    if window.story_id is None:
        return (calendar,)
    return calendar, callback.button(words.plain("Story"), "story", f"s{window.story_id}")


def promised(window: Window, days: Sequence[int], first: datetime, words: Words) -> Html:
    """Say when reminders will come."""
    when = words.say(", ").join(str(number) for number in days)
    return lines(
        words.say("You will be reminded {days} days before.", days=when),
        words.say("The first one comes on {date}.", date=day(first.date(), words)),
        _what(window, words),
    )
