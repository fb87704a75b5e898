"""The head of the column that a place of an English table stands in."""

from domain.facts.english.table_shapes import Span, cell_text, flat, stacked
from domain.facts.page import Page


def head_over(page: Page, position: int) -> str:
    """Return the head above a cell of a row; empty outside of tables with a header."""
    key = ("columns", 0, 0)
    if key not in page.told:
        page.told[key] = _columns(page)
    found: list[tuple[Span, Span]] = page.told[key]
    head = next((head for cell, head in found if cell[0] <= position < cell[1]), None)
    return cell_text(page, head) if head else ""


def _columns(page: Page) -> list[tuple[Span, Span]]:
    return [
        (cell, head)
        for table in (*flat(page), *stacked(page))
        for row in table.rows
        for head, cell in zip(table.header, row, strict=True)
    ]
