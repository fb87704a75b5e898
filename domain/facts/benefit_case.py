"""One sum of a Chinese page to judge, and what rules it out: paid long ago, a fine, an example."""

import re
from dataclasses import dataclass

from domain.facts.amounts import AmountRole
from domain.facts.benefit_places import Place
from domain.facts.benefit_words import Around, Words
from domain.facts.benefit_zh import tells_account
from domain.facts.page import Page
from domain.facts.quantity import Quantity

ISSUES = ("发放", "投放", "核发", "发给", "兑付")
"""To give out, said of what is planned and of what is past alike."""
_REPORTED = re.compile(r"\s?(?:已|全部|均已)(?:发|兑|拨|到|下)")
_TO_COME = re.compile(r"[将拟]|还[可能要会]|再(?=[安给拿])|另(?=[安给拿外])")
_PAID_SUM = re.compile(r"[额款费](?:的|×)?\Z")
"""按实际核销金额的20%: what was paid is only what the rate is of."""
_GOT = re.compile(r"拿到|获得|领到|得到|获各类")
_EXAMPLE = re.compile(r"举例|示例|算例|您这|你这|举个例|例如|比如|假设|譬如")
_CHARGED = re.compile(r"[^,。;]{0,4}(?:收取|缴纳|交纳)")
_FINE = re.compile(r"\s?(?:以[上下])?的?罚")
_NO_BENEFIT = re.compile(
    r"罚|赔偿|没收|处以|并处|面额|定金|押金|保证金|平均|人均|户均|比[^,;]{1,12}[多少增减]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One run of like sums, read: what it is, and where its clause begins."""

    role: AmountRole
    around: Around
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Case:
    """One sum to judge."""

    page: Page
    place: Place
    words: Words
    around: Around
    quantity: Quantity
    last: Read | None
    """The sum before it in the sentence, where that plays a part."""


def is_void(case: Case) -> bool:
    """Return whether a sum is a fine, an example worked out, or history."""
    fined = _NO_BENEFIT.search(case.around.before) or _FINE.match(case.around.after)
    charged = case.quantity.kind == "money" and _CHARGED.match(case.around.after)
    return bool(fined or charged) or _was_done(case) or _is_example(case)


def _is_example(case: Case) -> bool:
    """举例:合同额80万元…: a sum worked out for one of them."""
    start = case.words.part(case.quantity.number_start)
    if _EXAMPLE.search(case.place.label):
        return True
    return bool(_EXAMPLE.search(case.page.folded, start, case.quantity.number_start))


def _was_done(case: Case) -> bool:
    """What was paid out is history."""
    around = case.around
    part = case.words.part(case.quantity.number_start)
    said = [w for w in case.words.words if part <= w.start < case.quantity.number_start]
    done = [word.start for word in said if word.meaning == "done"]
    since = [word.start for word in said if word.meaning in ("cap", "each", "by")]
    if case.quantity.kind == "percent" and _PAID_SUM.search(around.before):
        return False
    if done:
        since += [done[-1]] if _TO_COME.search(case.page.folded, done[-1], around.end) else []
    if done and not (since and since[-1] >= done[-1]) and not _is_running(case, part):
        return True
    if _is_gained(case, part):
        return True
    told = tells_account(case.page, part, case.quantity)
    return told or bool(_REPORTED.match(around.after)) or _long_ago(case)


def _is_running(case: Case, part: int) -> bool:
    """2024年至2026年累计安排2400万元: of a period that is not over."""
    published = case.page.published
    return published is not None and any(
        when.part == "period" and when.first < when.last and when.last > published
        for when in case.page.times_in(part, case.quantity.number_start)
    )


_GAINED = re.compile(
    r"(?:得到|获得|争取到|收到|拿到)(?:了)?[^,。;\d]{0,12}(?:奖补|补助|补贴|资金|支持|奖励)[^,。;\d]{0,3}\Z"
)
_OFFERED = re.compile(r"[可能将]|最高|不超过|每|单|均|的,|凡|对")


def _is_gained(case: Case, part: int) -> bool:
    """得到中央财政奖补1.5亿元: somebody got it, and nobody offers it."""
    before = case.page.folded[part : case.quantity.number_start]
    return bool(_GAINED.search(before)) and not _OFFERED.search(before[-40:])


def _long_ago(case: Case) -> bool:
    """A sum of a year gone by is history, unless the rule itself speaks of giving."""
    page, published = case.page, case.page.published
    if published is None or case.last or case.around.has("by", "each", "cap"):
        return False
    days = page.times_in(case.place.sentence.start, case.quantity.start)
    past = any(
        when.part == "point" and when.last < published and when.last.year < published.year
        for when in days
    )
    given = case.around.nearest("give")
    word = page.folded[given.start : given.end] if given else ""
    got = _GOT.search(page.folded, case.around.start, case.quantity.start)
    return past and (given is None or word in ISSUES or got is not None)
