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
        heads = _heads(folded, block, level)
        if heads or block.kind == "clause":
            open_ = _closed(open_, level)
        found.append(tuple(at for _, at in reversed(open_)))
        if heads:
            open_ = [*open_, (level, number)][-_DEEPEST:]
    return tuple(found)


_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_STARRED = 16


def _heads(folded: str, block: Block, level: str) -> bool:
    """A heading without figures; ★ 目标 heads as well, as short as it is."""
    words = _YEAR.sub("", folded[block.body : block.end])
    if block.kind == "heading":
        return level != _PLAIN or not any(sign.isdigit() for sign in words)
    starred = block.kind == "item" and level in ("star", "emoji")
    return starred and len(words) <= _LONGEST_STARRED and not re.search(r"[\d:,。;]", words)


def _closed(open_: list[tuple[str, int]], level: str) -> list[tuple[str, int]]:
    """What stays open where a heading of that level begins."""
    for at, (other, _) in enumerate(open_):
        if other == level and (level != _PLAIN or at == len(open_) - 1):
            return open_[:at]
    return open_


def _level(folded: str, block: Block) -> str:
    found = _LEVELS.match(folded, block.start, block.end)
    return (found.lastgroup or _PLAIN) if found else _PLAIN
