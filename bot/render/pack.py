"""Fills as few messages as possible; a story is never broken in two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.markup import NOTHING, Html, Size, folded, lines, size
from domain.message import Button, Message

GAP = "\n\n"
_GAP_SIZE = Size(len(GAP), 0, 0)
_LINE_SIZE = Size(1, 0, 0)
_FOLD_SIZE = size(folded(NOTHING))
BUTTONS_IN_ROW = 4
MOST_BUTTONS = 32  # rows beyond eight push the words off a phone's screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stays together: a piece of HTML, its button and evidence, what may precede it."""

    html: Html
    button: Button | None = None
    heading: Html = NOTHING
    """Shown above it where the heading before it was another one, and at the top of a message."""
    evidence: Html = NOTHING
    """Folded away at the end of the message that holds the block, with that of its neighbours."""

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
    Each message ends with the evidence of its own blocks, in one piece that a tap unfolds.
    """
    pages = [_Page(head)]
    for block in blocks:
        if not pages[-1].takes(block):
            pages.append(_Page())
        pages[-1].add(block)
    if tail and not pages[-1].takes(Block(html=tail, heading=pages[-1].heading)):
        pages.append(_Page())
    pages[-1].tail = tail
    return tuple(
        page.message(rows if number == len(pages) else ())
        for number, page in enumerate(pages, start=1)
    )


class _Page:
    def __init__(self, head: Html = NOTHING) -> None:
        self._parts = [head] if head else []
        self._size = size(head)
        self._evidence: list[Html] = []
        self._buttons: list[Button] = []
        self.heading = NOTHING
        self.tail = NOTHING

    def takes(self, block: Block) -> bool:
        if not self._parts:
            return True
        grown = self._size + _GAP_SIZE + size(block.under(self.heading)) + self._folding(block)
        return grown.fits and len(self._buttons) < MOST_BUTTONS

    def add(self, block: Block) -> None:
        html = block.under(self.heading)
        if not html:
            return
        self._size += size(html) + (_GAP_SIZE if self._parts else Size(0, 0, 0))
        self._size += self._folding(block)
        self._parts.append(html)
        self.heading = block.heading
        if block.evidence:
            self._evidence.append(block.evidence)
        if block.button:
            self._buttons.append(block.button)

    def _folding(self, block: Block) -> Size:
        if not block.evidence:
            return Size(0, 0, 0)
        first = Size(0, 0, 0) if self._evidence else _FOLD_SIZE
        return first + _LINE_SIZE + size(block.evidence)

    def message(self, rows: Sequence[tuple[Button, ...]]) -> Message:
        numbered = tuple(
            tuple(self._buttons[start : start + BUTTONS_IN_ROW])
            for start in range(0, len(self._buttons), BUTTONS_IN_ROW)
        )
        evidence = folded(lines(*self._evidence)) if self._evidence else NOTHING
        html = lines(Html(GAP.join(self._parts)), self.tail, evidence)
        return Message(html=html, buttons=(*numbered, *rows))
