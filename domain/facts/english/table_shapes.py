"""English tables found in plain text: rows of cells, or cells one below the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.facts.english.table_units import COLUMN, is_unit
from domain.facts.page import Page
from domain.facts.table_cells import cells as cells_of

Span = tuple[int, int]


NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<before>[>≥<≤~]{0,2}|about |over |more than )\s?"
    r"(?P<number>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)\s?(?P<percent>%)?"
)


_EMPTY = ("-", "--", "/", "n/a", "n.a.", "na", "")


YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)")


_LONGEST_CELL = 60


_FEWEST_CELLS = 8


_WIDEST = 8


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it, as spans of the text."""

    header: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]


def cell_text(page: Page, cell: Span) -> str:
    """Return the folded words of a cell."""
    return page.folded[slice(*cell)].strip()


def flat(page: Page) -> Iterator[Table]:
    """Rows of cells, divided by bars, tabs or slashes."""
    run: list[tuple[Span, ...]] = []
    header: tuple[Span, ...] = ()
    for block in [*page.blocks, None]:
        if block is not None and block.kind == "row":
            found = tuple(cells_of(page.folded, block))
            if len(found) > 1:
                run.append(found)
            continue
        if len(run) > 1 and not any(_is_number(page, cell) for cell in run[0]):
            header = run[0]
            yield Table(run[0], tuple(row for row in run[1:] if len(row) == len(run[0])))
        yield from _headless(page, header, run)
        run = []


def _headless(page: Page, header: tuple[Span, ...], run: list[tuple[Span, ...]]) -> Iterator[Table]:
    """A second table leaves its head out, or its last columns: told by its column of units."""
    heads = (cell_text(page, head) for head in header[1:])
    column = next((n for n, head in enumerate(heads, 1) if COLUMN.fullmatch(head)), 0)
    if not column:
        return
    for width in range(column + 2, len(header) + 1):
        rows = tuple(
            row for row in run if len(row) == width and is_unit(cell_text(page, row[column]))
        )
        if rows and (width < len(header) or run[0] is not header):
            yield Table(header[:width], rows)


def stacked(page: Page) -> Iterator[Table]:
    """Cells that came one below the other: a header, then rows of as many lines."""
    run: list[Span] = []
    for block in [*page.blocks, None]:
        if block is not None and _is_cell(page, block.start, block.end, block.kind):
            run.append((block.start, block.end))
            continue
        if len(run) >= _FEWEST_CELLS:
            table = (
                _counted(page, run)
                or _parted(page, run)
                or _shaped(page, run)
                or _of_amounts(page, run)
            )
            if table:
                yield table
        run = []


_FEWEST_GROUPS = 3


def _counted(page: Page, run: Sequence[Span]) -> Table | None:
    """Rows that begin with 1, 2, 3 at even distances, below as many heads."""
    texts = [cell_text(page, cell).rstrip(".") for cell in run]
    if "1" not in texts or "2" not in texts:
        return None
    first = texts.index("1")
    width = texts.index("2") - first
    if not 2 < width <= _WIDEST or first < width - 1:
        return None
    count = 1
    while texts[first + count * width : first + count * width + 1] == [str(count + 1)]:
        count += 1
    rows = [tuple(run[first + n * width : first + (n + 1) * width]) for n in range(count)]
    rows = [row[1:] for row in rows if len(row) == width]
    header = tuple(run[first - width + 1 : first])
    if count < _FEWEST_GROUPS or any(_has_amount(page, head) for head in header):
        return None
    return Table(header, tuple(rows))


def _parted(page: Page, run: Sequence[Span]) -> Table | None:
    """Cells of one row stand together, an empty line between the rows."""
    groups: list[list[Span]] = []
    for cell in run:
        gap = page.folded[groups[-1][-1][1] : cell[0]] if groups else "\n\n"
        if gap.count("\n") > 1:
            groups.append([])
        groups[-1].append(cell)
    width = len(groups[-1])
    while groups and len(groups[0]) != width:
        groups = groups[1:]  # the caption of the table
    if not 1 < width <= _WIDEST or len(groups) < _FEWEST_GROUPS:
        return None
    even = all(len(group) == width for group in groups)
    headed = not any(_has_amount(page, cell) for cell in groups[0])
    filled = any(_has_amount(page, cell) for group in groups[1:] for cell in group)
    if not (even and headed and filled):
        return None
    return Table(tuple(groups[0]), tuple(tuple(group) for group in groups[1:]))


_HEAD = re.compile(
    r"\b(?:items?|programmes?|programs?|polic(?:y|ies)|measures?|instruments?|support|types?|who"
    r"|what|eligib\w*|applicants?|recipients?|target|rates?|levels?|amounts?|maximum|max|ceilings?"
    r"|caps?|limits?|standards?|subsid(?:y|ies)|awards?|rewards?|grants?|incentives?|conditions?"
    r"|benefits?|category|tier|stage|per year|no|number|contact|body|department|office|bureau|base"
    r"|responsible|window|deadline|validity|remarks?|notes?)\b",
    re.IGNORECASE,
)


def _of_amounts(page: Page, run: Sequence[Span]) -> Table | None:
    """Known words head the columns, and amounts keep to theirs: the width tells itself."""
    for skip in range(3):
        for width in range(_WIDEST, 1, -1):
            cells = run[skip:]
            count, rest = divmod(len(cells), width)
            if rest or count < _FEWEST_GROUPS:
                continue
            rows = [tuple(cells[width * n : width * (n + 1)]) for n in range(count)]
            if _heads(page, rows[0]) and _keeps_to_columns(page, rows[1:]):
                return Table(rows[0], tuple(rows[1:]))
    return None


def _heads(page: Page, row: tuple[Span, ...]) -> bool:
    named = sum(1 for cell in row if _HEAD.search(cell_text(page, cell)))
    return named >= len(row) - 1 and not any(_has_amount(page, cell) for cell in row)


def _keeps_to_columns(page: Page, rows: Sequence[tuple[Span, ...]]) -> bool:
    """No amount in the first column, and a column most of whose cells hold one."""
    columns = list(zip(*rows, strict=True))
    columns = columns[1:] if _is_numbered(page, columns[0]) else columns
    filled = [sum(1 for cell in column if _has_amount(page, cell)) for column in columns]
    return not filled[0] and any(2 * count > len(rows) for count in filled)


def _is_numbered(page: Page, column: Sequence[Span]) -> bool:
    """1, 2, 3: a column that only counts the rows."""
    found = [cell_text(page, cell).rstrip(".") for cell in column]
    return found == [str(number) for number in range(1, len(found) + 1)]


def _has_amount(page: Page, cell: Span) -> bool:
    return bool(page.quantities_in(*cell)) or _is_number(page, cell)


def _is_cell(page: Page, start: int, end: int, kind: str) -> bool:
    line = page.folded[start:end].strip()
    ended = line.endswith((".", ";", ":", "?", "!")) and not line.endswith("p.a.")
    return kind in ("heading", "row", "item") and len(line) <= _LONGEST_CELL and not ended


def _shaped(page: Page, run: Sequence[Span]) -> Table | None:
    """The width and the first row at which every column holds one sort of cell."""
    for skip in range(4):
        for width in range(_WIDEST, 1, -1):
            table = _cut(page, run[skip:], width)
            if table:
                return table
    return None


def _cut(page: Page, run: Sequence[Span], width: int) -> Table | None:
    count = len(run) // width - 1
    if count < 2 or len(run) % width > 1 or any(_is_number(page, cell) for cell in run[:width]):
        return None
    rows = [tuple(run[width * n : width * (n + 1)]) for n in range(1, count + 1)]
    sorts = [{_sort(page, row[column]) for row in rows} - {"empty"} for column in range(width)]
    uniform = all(len(sort) <= 1 for sort in sorts)
    counted = sum(1 for sort in sorts if sort & {"number", "amount"})
    if not uniform or not counted or sorts[0] != {"text"}:
        return None
    return Table(tuple(run[:width]), tuple(rows))


def _sort(page: Page, cell: Span) -> str:
    text = cell_text(page, cell).lower()
    if text in _EMPTY:
        return "empty"
    if _is_number(page, cell):
        return "number"
    return "text"


def _is_number(page: Page, cell: Span) -> bool:
    text = cell_text(page, cell)
    return bool(NUMBER.fullmatch(text)) and not YEAR.fullmatch(text)
