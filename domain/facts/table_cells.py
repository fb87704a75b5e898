"""The rows of a table set in plain text, each cell with the head of its column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.facts.page import Page
from domain.facts.table_stacked import stacked_rows
from domain.text.blocks import Block

Span = tuple[int, int]

_BAR = re.compile(r"[ ]?\|[ ]?")
_GAP = re.compile(r"[ ]{2,}|\t+|[ ]?\|[ ]?|[ ]/[ ]")
_OR = re.compile(r"\s?/\s|\s/\s?|;")
_RULE = re.compile(r"[\s|:+-]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row below a header: pairs of a column's head and the cell below it."""

    block: int
    cells: tuple[tuple[Span, Span], ...]
    lines: int = 1
    """How many blocks the row takes: more than one where each cell is a line."""

    def variants(self, page: Page) -> Iterator[tuple[tuple[Span, Span], ...]]:
        """Yield the row, or one row for each alternative where two cells list as many of them."""
        parts = [tuple(_alternatives(page, cell)) for _, cell in self.cells]
        many = max(len(one) for one in parts)
        if many < 2 or sum(1 for one in parts if len(one) == many) < 2:
            yield self.cells
            return
        for number in range(many):
            yield tuple(
                (head, one[number] if len(one) == many else cell)
                for (head, cell), one in zip(self.cells, parts, strict=True)
            )


def rows(page: Page) -> tuple[Row, ...]:
    """Return the rows of the tables of a page that have a header above them."""
    key = ("rows", 0, 0)
    if key not in page.told:
        stacked = (Row(block=at, cells=cells, lines=n) for at, n, cells in stacked_rows(page))
        page.told[key] = (*_barred(page), *stacked)
    found: tuple[Row, ...] = page.told[key]
    return found


def _barred(page: Page) -> Iterator[Row]:
    header: list[Span] = []
    for number, block in enumerate(page.blocks):
        if block.kind != "row":
            header = []
            continue
        found = list(cells(page.folded, block))
        if _RULE.fullmatch(page.folded, block.start, block.end):
            continue
        if not header:
            header = found if _is_header(page, found) else []
            continue
        if len(found) != len(header):
            found = list(_typeset(page, block))
        if len(found) == len(header):
            yield Row(block=number, cells=tuple(zip(header, found, strict=True)))


def cells(folded: str, block: Block) -> Iterator[Span]:
    """Yield the cells of a row, without their blanks; bars divide where there are any."""
    line = folded[block.start : block.end]
    gap = _BAR if "|" in line else _GAP
    at = block.start
    for found in [*gap.finditer(folded, block.start, block.end), None]:
        end = found.start() if found else block.end
        first, last = at, end
        while first < last and folded[first] in " \t|":
            first += 1
        while last > first and folded[last - 1] in " \t|":
            last -= 1
        if first < last:
            yield first, last
        at = found.end() if found else end


_TYPESET = re.compile(r"\u3000+| {2,}|\t+")


def _typeset(page: Page, block: Block) -> Iterator[Span]:
    """The cells of a row set with full-width blanks, one of which is enough to part two."""
    at = block.start
    for gap in [*_TYPESET.finditer(page.text, block.start, block.end), None]:
        end = gap.start() if gap else block.end
        if page.text[at:end].strip():
            yield at, end
        at = gap.end() if gap else end


def _is_header(page: Page, found: list[Span]) -> bool:
    return len(found) > 1 and not any(_DIGIT.search(page.folded[a:b]) for a, b in found)


def _alternatives(page: Page, cell: Span) -> Iterator[Span]:
    at = cell[0]
    for gap in [*_OR.finditer(page.folded, *cell), None]:
        end = gap.start() if gap else cell[1]
        if at < end:
            yield at, end
        at = gap.end() if gap else end
