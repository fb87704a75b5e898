"""The outline of a page: under which headings each of its blocks stands."""

import re
from collections.abc import Sequence

from domain.text.blocks import Block

_LEVELS = re.compile(
    r"""\s{0,20}(?:
        (?P<part>第[零一二三四五六七八九十]{1,4}[章编部篇])
      | (?P<section>第[零一二三四五六七八九十]{1,4}节)
      | (?P<number>[零一二三四五六七八九十]{1,3}、) | (?P<bracket>\([零一二三四五六七八九十]{1,3}\))
      | (?P<digit>\d{1,2}[.、)]|\(\d{1,2}\)) | (?P<label>\[)
      | (?P<star>[★☆✦✪◆◇■□●○▍▌▋▎█►▶※]) | (?P<emoji>[\u2600-\u27bf\U0001f300-\U0001faff])
    )""",
    re.VERBOSE,
)
_PLAIN = "plain"
_DEEPEST = 6
"""Levels that are kept: no page has more, and no nonsense costs more."""


def outline(folded: str, blocks: Sequence[Block]) -> tuple[tuple[int, ...], ...]:
    """Return for each block the numbers of the headings it stands under, the nearest first.

    Headings of one form are on one level; the next one of a form closes what stands below it.
    """
    found: list[tuple[int, ...]] = []
    open_: list[tuple[str, int]] = []
    for number, block in enumerate(blocks):
        level = _level(folded, block)
        if block.kind in ("heading", "clause"):
            open_ = _closed(open_, level)
        found.append(tuple(at for _, at in reversed(open_)))
        if block.kind == "heading":
            open_ = [*open_, (level, number)][-_DEEPEST:]
    return tuple(found)


def _closed(open_: list[tuple[str, int]], level: str) -> list[tuple[str, int]]:
    """What stays open where a heading of that level begins."""
    for at, (other, _) in enumerate(open_):
        if other == level and (level != _PLAIN or at == len(open_) - 1):
            return open_[:at]
    return open_


def _level(folded: str, block: Block) -> str:
    found = _LEVELS.match(folded, block.start, block.end)
    return (found.lastgroup or _PLAIN) if found else _PLAIN
