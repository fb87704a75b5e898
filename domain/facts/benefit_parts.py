"""A pot and its parts: what is set apart of it, and what is paid out of it under the same words."""

import re
from dataclasses import replace

from domain.facts.amounts import Amount
from domain.facts.page import Page

_PART = re.compile(r"其中|:\s?(?=\d)")
_NEXT_PART = re.compile(r"[,、][\u4e00-\u9fff]{2,8}(?:约|不超过)?\d")
_TO_ONE = re.compile(r"单[个家户项]|每|给予|对")


def with_parts(page: Page, found: list[Amount]) -> list[Amount]:
    """Return the amounts, a share of a pot as a pot too."""
    seen: list[Amount] = []
    for one in found:
        seen.append(_as_part(page, seen, one))
    return seen


def _as_part(page: Page, seen: list[Amount], one: Amount) -> Amount:
    """其中: a share of the pot is a pot; 每个智能体不超过10万元 limits the rate before it."""
    if one.role == "per_unit" and seen and seen[-1].role == "rate":
        near = one.sentence.block == seen[-1].sentence.block and one.sentence != seen[-1].sentence
        limits = near and one.comparator in ("le", "lt") and not one.quantity.per
        return replace(one, role="cap") if limits else one
    if one.role not in ("cap", "fixed") or not seen or seen[-1].role != "pool":
        return one
    between = page.folded[seen[-1].quantity.end : one.quantity.end]
    listed = len(seen) > 1 and seen[-2].role == "pool" and _NEXT_PART.match(between)
    shared = _PART.search(between) or listed or _goes_on(page, seen, one)
    shared = shared or _is_allotted(page, seen[-1], one)
    received = _TO_ONE.search(between)
    return replace(one, role="pool") if shared and not received else one


_FOR = re.compile(
    r"(?:专门|专项|全部|主要)?(?:[投用]于|用来|作为|给(?!予)|归|划[给入归]|留给|投向|支持)"
)


_ALLOTS = re.compile(
    r"\s*(?:资金)?(?:主要|将|重点|全部)?(?:用于|用途|投向|包括|分配|安排|切块|构成|其中|具体)"
)


def _is_allotted(page: Page, pool: Amount, one: Amount) -> bool:
    """专项预算3.6亿元。主要用于:算力券1.2亿元;…: the parts of the pot, in the sentence below it."""
    if one.comparator not in ("eq", "approx") or pool.sentence.block != one.sentence.block:
        return False
    return bool(_ALLOTS.match(page.folded, one.sentence.start, one.sentence.end))


_WHOLE_AND_PART = 2
_OPENS = re.compile(r"[^,。;\d]{1,14}[,、]\s?(?:另有?)?\s?")
"""1.5亿元贴息,1亿元买场景: a sum at the head of its clause, like the part before it."""


def _goes_on(page: Page, seen: list[Amount], one: Amount) -> bool:
    """其中5亿元用于算力券,3亿元用于场景: each part is named by what is behind it."""
    last = seen[-1]
    if last.sentence != one.sentence or len(seen) < _WHOLE_AND_PART or seen[-2].role != "pool":
        return False
    if _FOR.match(page.folded, one.quantity.end):
        return bool(_FOR.match(page.folded, last.quantity.end))
    return bool(_OPENS.fullmatch(page.folded, last.quantity.end, one.quantity.start))


# --- what is paid out of it --------------------------------------------------------------------

_EACH = re.compile(r"\A[^,。;]{0,6}[,]\s?(?:每|单)[个家户项]")
_TO_SOMEBODY = re.compile(r"[,;。]\s?(?:对|凡|针对)(?!应|接|[^,。;]{0,8}券)|[,)][^,。;]{2,24}的,")
_CAN_GET = re.compile(r"[,。;\n].{0,20}可(?:获|享|领|抵|申)")
_BY = re.compile(r"按照?(?!年|月|季|期)")
_STOP = re.compile(r"[。;:\n]")


def leaves_pool(page: Page, group: list[Amount], one: Amount, later: list[Amount]) -> bool:
    """Whether a pot is a fact of its own, and what follows it another benefit.

    总额2.5亿元,单家最高800万元 is one; where somebody is named who gets it, or several benefits
    come out of it, there are two.
    """
    last = group[-1]
    between = page.folded[last.quantity.end : one.quantity.start]
    if one.role in ("fixed", "per_unit"):
        return not _EACH.search(between)
    said = between + page.folded[one.quantity.start : one.quantity.number_start]
    if _TO_SOMEBODY.search(said) and not _STOP.search(between):
        return True
    if _CAN_GET.search(said):
        return True
    vouchers = "券" in page.folded[last.start : last.quantity.end] + between[:_NAMED_BEHIND]
    if _STOP.search(between):
        return not (one.role == "rate" and vouchers and _is_only_one(one, later))
    clause = between.rpartition(",")[2]
    by = _BY.search(clause)
    return by is not None and (by.start() > 1 or not vouchers)


_NAMED_BEHIND = 14


def _is_only_one(one: Amount, later: list[Amount]) -> bool:
    """Whether no other share is paid under the same article."""
    return not any(
        other.role == "rate" and other.sentence.block == one.sentence.block for other in later
    )
