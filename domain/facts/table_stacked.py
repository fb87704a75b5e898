"""Tables whose cells came one below the other, as copied pages give them: a line for each cell."""

import re
from collections.abc import Iterator

from domain.facts.page import Page
from domain.text.blocks import Block

Span = tuple[int, int]

_LONGEST_CELL = 60
_FEWEST_LINES = 6
_WIDTHS = range(2, 7)
_MOST_BEFORE = 3
"""Short lines, as headings, that may stand between the text and the head of the table."""
_MOST_LINES = 160
_OF_SUMS = re.compile(r"比例|标准|额度|金额|限额|上限|补[贴助]|奖|资助|力度|最高|封顶")
_SUM = re.compile(r"\d|[一二三四五六七八九]成|[不无未]|-|/|全免|减半")
_DIGIT = re.compile(r"\d")
_SAYS = re.compile(r"[。!?]|:(?!\d)")


def stacked_rows(page: Page) -> Iterator[tuple[int, int, tuple[tuple[Span, Span], ...]]]:
    """Yield the rows: number of the first line, of lines, and (head, cell) pairs."""
    for first, lines in _runs(page):
        shape = _shape(page, lines)
        if shape is None:
            continue
        at, width = shape
        heads = lines[at : at + width]
        for row in range(at + width, len(lines) - width + 1, width):
            cells = lines[row : row + width]
            if _fits(page, heads, cells):
                yield first + row, width, tuple(zip(heads, cells, strict=True))


Table = tuple[list[Span], list[list[Span]]]


def stacked_tables(page: Page) -> list[Table]:
    """Return the other tables of a line for each cell: heads, and rows with figures in them."""
    key = ("stacked", 0, 0)
    if key not in page.told:
        page.told[key] = list(_tables(page))
    found: list[Table] = page.told[key]
    return found


def _tables(page: Page) -> Iterator[Table]:
    for _, lines in _runs(page):
        best: tuple[int, list[Span], list[list[Span]]] = (0, [], [])
        for at in range(min(_MOST_BEFORE, len(lines))):
            for width in _WIDTHS:
                heads, found = lines[at : at + width], _figured(page, lines, at, width)
                if len(found) * width > best[0]:
                    best = (len(found) * width, heads, found)
        if best[1]:
            yield best[1], best[2]


_FIGURE = re.compile(r"[≥>约近超]?\s?\d[\d,.]*\s?(?:%|[\u4e00-\u9fffA-Za-z]{0,6})")
_FEWEST_ROWS = 2


def _figured(page: Page, lines: list[Span], at: int, width: int) -> list[list[Span]]:
    """The rows below a head, as far as one column holds a figure and the first a name each time."""
    heads = lines[at : at + width]
    if len(heads) < width or any(_DIGIT.search(page.folded, *head) for head in heads):
        return []
    rows: list[list[Span]] = []
    columns = set(range(1, width))
    for row in range(at + width, len(lines) - width + 1, width):
        cells = lines[row : row + width]
        kept = {n for n in columns if _FIGURE.fullmatch(page.folded, *cells[n])}
        if not kept or _FIGURE.fullmatch(page.folded, *cells[0]):
            break
        columns = kept
        rows.append(cells)
    return rows if len(rows) >= _FEWEST_ROWS else []


def _runs(page: Page) -> Iterator[tuple[int, list[Span]]]:
    """Every run of short lines that are no sentences."""
    run: list[Span] = []
    for number, block in enumerate([*page.blocks, None]):
        if block and len(run) < _MOST_LINES and _is_cell(page, block):
            run.append((block.start, block.end))
            continue
        if len(run) >= _FEWEST_LINES:
            yield number - len(run), run
        run = []


def _is_cell(page: Page, block: Block) -> bool:
    short = block.end - block.start <= _LONGEST_CELL
    plain = block.kind in ("heading", "item", "paragraph", "clause", "signature")
    return short and plain and not _SAYS.search(page.folded, block.start, block.end)


def _shape(page: Page, lines: list[Span]) -> tuple[int, int] | None:
    """Where the head begins and how wide it is: what makes the most lines rows, of two at least."""
    best, found = 1, None
    for at in range(min(_MOST_BEFORE, len(lines))):
        for width in _WIDTHS:
            heads = lines[at : at + width]
            if len(heads) < width or not _is_head(page, heads):
                continue
            rows = 0
            for row in range(at + width, len(lines) - width + 1, width):
                if not _fits(page, heads, lines[row : row + width]):
                    break
                rows += 1
            if rows > best:
                best, found = rows, (at, width)
    return found


def _is_head(page: Page, heads: list[Span]) -> bool:
    names = any(_OF_SUMS.search(page.folded, *head) for head in heads[1:])
    return names and not any(_DIGIT.search(page.folded, *head) for head in heads)


def _fits(page: Page, heads: list[Span], cells: list[Span]) -> bool:
    """Whether each cell below a head of sums holds one, or says that there is none."""
    sums = [
        cell for head, cell in zip(heads, cells, strict=True) if _OF_SUMS.search(page.folded, *head)
    ]
    told = [cell for cell in sums if _SUM.search(page.folded, *cell)]
    return len(told) == len(sums) and any(_DIGIT.search(page.folded, *cell) for cell in told)
