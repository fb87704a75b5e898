"""The signals of an article that count: without those of menus, of links and of mistaken words."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.signals import REGIONS, Signal, signals

# One class first: it is found several times faster than one of two forms.
SENTENCE_END = re.compile(r"[。!?;\n.](?:(?<!\.)|(?=\s))")

# Lines that lead elsewhere: their words are not the article's.
_ELSEWHERE = re.compile(
    r"\s*(?:相关(?:阅读|链接|新闻|推荐|报道|文章)|推荐阅读|延伸阅读|热点|热门|猜你喜欢|更多|首页"
    r"|您的位置|您?当前(?:的)?位置|上一篇|下一篇"
    r"|read more|related|see also|more\s?:|most (?:read|popular)|home\s?\||news from)",
    re.IGNORECASE,
)
_MENU_PLACES = 3
_MENU_SHARE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The signals that count, from left to right."""

    title: tuple[Signal, ...]
    text: tuple[Signal, ...]
    elsewhere: tuple[tuple[int, int], ...] = ()
    """Start and end of the lines that are not the article's own."""


def evidence(title: str, text: str, topic_id: str) -> Evidence:
    """Return the signals of a folded title and text, without those of menus and mistakes."""
    found, elsewhere = _without_menus(signals(text, topic_id), text)
    titled = signals(title, topic_id)
    mistaken = {one.key for one in (*titled, *found) if one.group == "beside"}
    return Evidence(
        title=_meant(titled, mistaken), text=_meant(found, mistaken), elsewhere=tuple(elsewhere)
    )


def own_text(text: str, given: Evidence) -> tuple[str, Evidence]:
    """Return the text without the lines that lead elsewhere, and the evidence at its places in it.

    How late something is said, and among how much, is counted in what the article itself says.
    """
    if not given.elsewhere:
        return text, given
    parts, moved, at = [], [], 0
    left = iter(given.elsewhere)
    start, end = next(left)
    gone = 0
    for one in given.text:
        while one.start >= end:
            gone += end - start
            start, end = next(left, (len(text), len(text) + 1))
        moved.append(Signal(one.start - gone, one.end - gone, one.group, one.weight, one.key))
    for start, end in given.elsewhere:
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]]), Evidence(title=given.title, text=tuple(moved))


def _meant(found: Sequence[Signal], mistaken: set[str]) -> tuple[Signal, ...]:
    if not mistaken:
        return tuple(found)
    return tuple(
        one
        for one in found
        if one.group != "beside" and not (one.group == "subject" and one.key in mistaken)
    )


def _without_menus(found: list[Signal], text: str) -> tuple[list[Signal], list[tuple[int, int]]]:
    """Leave out lines that lead to other pages, and lines that are little but names of places."""
    if "\n" not in text:
        return found, []
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    kept: list[Signal] = []
    elsewhere = []
    for line, held in _by_line(found, starts):
        start, end = starts[line], starts[line + 1]
        if _leads_elsewhere(text, start, end, held):
            elsewhere.append((start, end))
        else:
            kept += held
    return kept, elsewhere


def _by_line(
    found: Sequence[Signal], starts: Sequence[int]
) -> Iterator[tuple[int, Sequence[Signal]]]:
    """Yield the number of each line that holds signals, with these."""
    first = line = 0
    for at, one in enumerate(found):
        if one.start >= starts[line + 1]:
            if at > first:
                yield line, found[first:at]
            first, line = at, bisect_right(starts, one.start, line, len(starts) - 1) - 1
    if first < len(found):
        yield line, found[first:]


def _leads_elsewhere(text: str, start: int, end: int, held: Sequence[Signal]) -> bool:
    if _ELSEWHERE.match(text, start, end):
        return True
    if len(held) < _MENU_PLACES:
        return False
    regions = [one for one in held if one.group in REGIONS]
    line = text[start:end].rstrip()
    if len(regions) < _MENU_PLACES or SENTENCE_END.search(line):
        return False
    named = sum(one.end - one.start for one in regions)
    return named >= _MENU_SHARE * len(line.replace(" ", ""))
