"""Chinese lists that share one verb: A、B、C分别为1、2、3 gives each number its own name."""

import re
from itertools import pairwise

from domain.facts import phrases_zh
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity

_SHARED = re.compile(r"(?:则|共|已|有)?(?:分别|依次|各自?)(?!类|地|级|方|界|项|种|行|区|个|单位)")
_PARTED = re.compile(r"[、]|以及|和(?!谐|平)|与|及(?!其)")
_SUM_UP = re.compile(
    r"(?:[一二两三四五六七八九十\d]{1,3}[个大类地家市区方块]|等)[\u4e00-\u9fff]{0,4}"
    r"(?P<tail>[^、]{0,16})\Z"
)
_LEAD = re.compile(r".*?(?:来自|涉及|覆盖|包括|涵盖|其中|由)(?=[^、]{2,})")
_MEANS = re.compile(r"(?:今年|明年|去年|年内|计划|拟|将|预计|力争|已经?|目前|本[月年季])+\Z")
_GAP = re.compile(r"[、,和与及以或 约近超逾]{0,4}")
_LONGEST = 90


def of_list(page: Page, sentence: Sentence, quantity: Quantity) -> tuple[int, int] | None:
    """Return where the name stands that a number of such a list belongs to."""
    run = _run(page, sentence, quantity)
    if len(run) < _FEWEST:
        return None
    start = max(sentence.start, run[0].start - _LONGEST)
    lead = max(start, run[0].start - _LONGEST_OBJECT)
    shared = _SHARED.search(page.folded, lead, run[0].start)
    if shared is None:
        return None
    at = next(n for n, one in enumerate(run) if one.number_start == quantity.number_start)
    for low, high in _clauses_before(page, start, shared.start()):
        listed = _SHARED.search(page.folded, low, high)
        names = _names(page, low, listed.start() if listed else high)
        if len(names) != len(run) or any(page.quantities_in(*name) for name in names):
            continue
        years = any(page.times_in(first, last) for first, last in names[:-1])
        return None if years else names[at]
    return None


_TOGETHER = re.compile(
    r"(?:[一二两三四五六七八九十\d]{1,3}[大个]?(?:地|市区?|[家区县]|城市?|方|类|项)|等地?)(?:的|各自)?(?P<tail>[^、\d]{2,10})\Z"
)


def summed_up(page: Page, quantity: Quantity, first: int) -> tuple[int, int] | None:
    """Return what is measured of the names of a list: 绵阳、宜宾两市 + 企业数量.

    `first`: where the name of the number begins.
    """
    shared = _shared_verb(page, quantity, first)
    found = _TOGETHER.search(page.folded, first, shared.start()) if shared else None
    return found.span("tail") if found else None


def _shared_verb(page: Page, quantity: Quantity, behind: int) -> re.Match[str] | None:
    sentence = page.sentence_at(quantity.number_start)
    run = _run(page, sentence, quantity) if sentence else []
    if not run:
        return None
    first = run[0].start
    return _SHARED.search(page.folded, max(behind, first - _LONGEST_OBJECT), first)


def object_of_list(page: Page, quantity: Quantity, behind: int) -> tuple[int, int] | None:
    """Return the noun that the shared verb of a list has: A、B分别新建标准厂房1、2万平方米."""
    shared = _shared_verb(page, quantity, behind)
    sentence = page.sentence_at(quantity.number_start)
    if shared is None or sentence is None:
        return None
    end = _run(page, sentence, quantity)[0].start
    start = phrases_zh.verb_at(page.folded, shared.end(), end)
    if start is None:
        return None
    noun = page.folded[start:end].rstrip("约近超逾 ")
    return (start, start + len(noun)) if len(noun) > 1 else None


def nth_of_run(page: Page, sentence: Sentence, quantity: Quantity) -> tuple[int, int] | None:
    """Return which number of a list that says 分别 it is, from 0, and of how many.

    对东盟出口7.2亿元,对欧盟4.4亿元,分别增长93%和1.4倍: the list has no names of its own.
    """
    run = _run(page, sentence, quantity)
    if len(run) < _FEWEST:
        return None
    first = run[0].start
    shared = _SHARED.search(page.folded, max(sentence.start, first - _CLOSE), first)
    if shared is None or page.folded.find(",", shared.start(), first) >= 0:
        return None
    at = next(n for n, one in enumerate(run) if one.number_start == quantity.number_start)
    return at, len(run)


_CLOSE = 14
_LONGEST_OBJECT = 24
_FEWEST = 2


def _run(page: Page, sentence: Sentence, quantity: Quantity) -> list[Quantity]:
    """The numbers of one list: nothing but marks and "and" between them."""
    found = list(page.quantities_in(sentence.start, sentence.end))
    at = next(n for n, one in enumerate(found) if one.number_start == quantity.number_start)
    first = last = at
    while first and _joined(page, found[first - 1], found[first]):
        first -= 1
    while last + 1 < len(found) and _joined(page, found[last], found[last + 1]):
        last += 1
    return found[first : last + 1]


def _joined(page: Page, one: Quantity, other: Quantity) -> bool:
    alike = one.unit == other.unit or {one.unit, other.unit} == {"percent", "times"}
    return alike and bool(_GAP.fullmatch(page.folded[one.end : other.number_start]))


def _clauses_before(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """The clause before the shared verb, then the one before that."""
    marks = [found.start() for found in re.finditer(r"[,;。:]", page.folded[start:end])]
    cuts = [start, *(start + mark + 1 for mark in marks), end]
    spans = [(low, high) for low, high in pairwise(cuts) if high - low > 1]
    return spans[::-1][:2]


def _names(page: Page, low: int, high: int) -> list[tuple[int, int]]:
    """The parts of a list of names, without what leads to it and what sums it up."""
    text = page.folded[low:high]
    led = _LEAD.match(text)
    at = led.end() if led else 0
    names = []
    for mark in [*_PARTED.finditer(text, at), None]:
        end = mark.start() if mark else len(text)
        summed = _SUM_UP.search(text, at, end) if mark is None else None
        names.append((low + at, low + (summed.start() if summed else end)))
        at = mark.end() if mark else end
    if names:
        low, high = names[-1]
        means = _MEANS.search(page.folded, low + 2, high)
        names[-1] = (low, means.start() if means else high)
    return [(first, last) for first, last in names if last - first > 1]
