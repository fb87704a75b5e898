"""Fills as few messages as possible; a story is never broken in two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.markup import NOTHING, Html, Size, lines, size
from domain.message import Button, Message

GAP = "\n\n"
_GAP_SIZE = Size(len(GAP), 0, 0)
BUTTONS_IN_ROW = 4
MOST_BUTTONS = 32  # rows beyond eight push the words off a phone's screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stays together: a piece of HTML, the button that belongs to it, what may precede it."""

    html: Html
    button: Button | None = None
    heading: Html = NOTHING
    """Shown above it where the heading before it was another one, and at the top of a message."""

    def under(self, heading: Html) -> Html:
        """Return the block as it stands below what was under another heading, or under none."""
        return self.html if self.heading == heading else lines(self.heading, self.html)


def pack(
    head: Html,
    blocks: Iterable[Block],
    tail: Html = NOTHING,
    rows: Sequence[tuple[Button, ...]] = (),
) -> tuple[Message, ...]:
    """Return the messages that hold everything in order, each within Telegram's limits.

    The head opens the first, the tail closes the last, and the rows stand below the last one.
    """
    pages = [_Page(head)]
    for block in blocks:
        if not pages[-1].takes(block):
            pages.append(_Page())
        pages[-1].add(block)
    if tail and not pages[-1].takes(Block(html=tail)):
        pages.append(_Page())
    pages[-1].add(Block(html=tail, heading=pages[-1].heading))
    return tuple(
        page.message(rows if number == len(pages) else ())
        for number, page in enumerate(pages, start=1)
    )


class _Page:
    def __init__(self, head: Html = NOTHING) -> None:
        self._parts = [head] if head else []
        self._size = size(head)
        self._buttons: list[Button] = []
        self.heading = NOTHING

    def takes(self, block: Block) -> bool:
        if not self._parts:
            return True
        grown = self._size + _GAP_SIZE + size(block.under(self.heading))
        return grown.fits and len(self._buttons) < MOST_BUTTONS

    def add(self, block: Block) -> None:
        html = block.under(self.heading)
        if not html:
            return
        self._size += size(html) + (_GAP_SIZE if self._parts else Size(0, 0, 0))
        self._parts.append(html)
        self.heading = block.heading
        if block.button:
            self._buttons.append(block.button)

    def message(self, rows: Sequence[tuple[Button, ...]]) -> Message:
        numbered = tuple(
            tuple(self._buttons[start : start + BUTTONS_IN_ROW])
            for start in range(0, len(self._buttons), BUTTONS_IN_ROW)
        )
        return Message(html=GAP.join(self._parts), buttons=(*numbered, *rows))
