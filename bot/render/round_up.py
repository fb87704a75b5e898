"""What waited while it was quiet: one message, one phone screen before it is unfolded."""

from collections.abc import Callable, Sequence

from bot import callback
from bot.language import Words, words_for
from bot.markup import MESSAGE, NOTHING, Html, Size, bold, escape, folded, join, lines, size
from bot.render.labels import SECTION_MARKS
from bot.render.pack import BUTTONS_IN_ROW
from bot.render.story import (
    HEADLINE_IN_LIST,
    Telling,
    block,
    fit,
    headline,
    short_origin,
    unlinked_headline,
)
from bot.safe_text import cut, one_line
from domain.chat import Chat
from domain.digest import RoundUp, Waited
from domain.highlights import section
from domain.message import Button, Message
from domain.story import Story

SHOWN = 3
"""Stories that are told before the fold."""
LABELS = 3


def render(letter: RoundUp, chat: Chat) -> Message:
    """Tell what matters most; below the fold the other stories, and the exact words."""
    words = words_for(chat.language)
    telling = Telling(words=words, timezone=chat.timezone, now=letter.at, stories=len(letter.items))
    blocks = [
        block(number, item.story, telling, mark=_mark(item), label=_followed(item, words))
        for number, item in enumerate(letter.items[:SHOWN], start=1)
    ]
    top = lines(_head(letter, words), *(Html(f"\n{one.html}") for one in blocks))
    room = MESSAGE - size(top) - Size(100, 1, 50)
    below = [*_rest(letter, telling, room), *(one.evidence for one in blocks if one.evidence)]
    told = fit(below, room)
    html = lines(top, folded(lines(*told)) if told else NOTHING)
    return Message(html=html, buttons=_buttons(letter, words))


def _head(letter: RoundUp, words: Words) -> Html:
    number = len(letter.items)
    said = words.count(
        "While it was quiet: {number} story", "While it was quiet: {number} stories", number
    )
    return join(" ", Html("🌙"), bold(said))


def _numbered(letter: RoundUp) -> Sequence[tuple[int, Waited]]:
    return list(enumerate(letter.items, start=1))


def _rest(letter: RoundUp, telling: Telling, room: Size) -> Sequence[Html]:
    """Name every other story; when their links are too long for that, the buttons lead there."""
    numbered = _numbered(letter)[SHOWN:]
    linked = [_line(number, item, telling, headline) for number, item in numbered]
    if len(fit(linked, room)) == len(linked):
        return linked
    return [_line(number, item, telling, unlinked_headline) for number, item in numbered]


def _line(number: int, item: Waited, telling: Telling, title: Callable[[Story, int], Html]) -> Html:
    named = title(item.story, HEADLINE_IN_LIST)
    origin = join(" · ", _followed(item, telling.words), short_origin(item.story, telling))
    return lines(join(" ", Html(f"{number}."), Html(_mark(item)), named), origin)


def _mark(item: Waited) -> str:
    return SECTION_MARKS[section(item.story)] + ("🔔" if item.labels else "")


def _followed(item: Waited, words: Words) -> Html:
    shown = (escape(cut(one_line(one), 30)) for one in item.labels[:LABELS])
    return join(words.say(", "), *shown)


def _buttons(letter: RoundUp, words: Words) -> tuple[tuple[Button, ...], ...]:
    each = [
        callback.button(words.plain("Story {number}", number=number), "story", f"s{item.story.id}")
        for number, item in _numbered(letter)
    ]
    return tuple(
        tuple(each[at : at + BUTTONS_IN_ROW]) for at in range(0, len(each), BUTTONS_IN_ROW)
    )
