"""Chinese tables: a column headed 投用时间 tells of an event for each row."""

import re
from collections.abc import Iterator

from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.statement import Span, Statement
from domain.facts.table_cells import rows
from domain.facts.table_stacked import stacked_tables
from domain.facts.when import When

_DAY = re.compile(r"(?:时间|日期|节点|进度|年月|年度)?(?:\([^()]{0,8}\))?\Z")
_NO_EVENT = re.compile(r"申[报请领]|报名|截止|受理|公示|印发|成文|发布")
_NUMBERED = re.compile(r"[\d.、()]{1,5}|[一二三四五六七八九十]{1,3}")
_SLACK = 2


def table_events(page: Page) -> Iterator[Statement]:
    """Yield an event for each date below a head that says what happens then."""
    for row in _rows(page):
        name = _name(page, row)
        for head, cell in row:
            words = page.folded[slice(*head)].strip(" |")
            if name is None or cell == name or _NO_EVENT.search(words):
                continue
            hits = list(rules("events", "zh").hits(words, 0, len(words)))
            when = _when(page, cell)
            if when and hits and _DAY.match(words, hits[-1].end):
                span = (min(name[0], cell[0]), max(name[1], cell[1]))
                yield _statement(page, name, when, hits[-1].rule.meaning, span)


def _rows(page: Page) -> Iterator[tuple[tuple[Span, Span], ...]]:
    for row in rows(page):
        yield row.cells
    for heads, found in stacked_tables(page):
        for cells in found:
            yield tuple(zip(heads, cells, strict=True))


def _name(page: Page, row: tuple[tuple[Span, Span], ...]) -> Span | None:
    """The first cell that is neither a number nor a day."""
    for _, cell in row:
        text = page.folded[slice(*cell)].strip(" |")
        if text and not _NUMBERED.fullmatch(text) and not _when(page, cell):
            return cell
    return None


def _when(page: Page, cell: Span) -> When | None:
    found = page.times_in(*cell)
    length = len(page.folded[slice(*cell)].strip(" |"))
    return found[0] if found and length <= found[0].end - found[0].start + _SLACK else None


def _statement(page: Page, name: Span, when: When, kind: str, span: Span) -> Statement:
    later = page.published is not None and when.first > page.published
    over = page.published is None or when.last <= page.published
    return Statement(
        type="event",
        subject=page.text[slice(*name)].strip(" |\u3000"),
        spans=(span,),
        rule=f"zh.event.{kind}.table",
        status="planned" if later or not over else "achieved",
        time=when.moment("event", page.text),
        attributes={"kind": kind},
        confidence="medium",
        uses=frozenset({when.start}),
    )
