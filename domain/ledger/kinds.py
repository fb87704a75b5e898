"""What facts are of a kind: a voucher, a figure of compute, a plan, whatever language states it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache

from domain.facts.fact import Fact, FactType
from domain.ledger.offers import INSTRUMENTS
from domain.ledger.wanted import indicators
from domain.search.phrase import Phrase, phrase


@dataclass(frozen=True, slots=True)
class Kind:
    """One value of an attribute, and what leads to the articles that state it."""

    attribute: str
    value: str
    names: tuple[str, ...]
    """Any of them asks for it."""
    signs: tuple[str, ...] = ()
    """Further beginnings of words by which the rules know it (`domain/facts/rules`)."""


def widened(wanted: Phrase, types: Collection[FactType] = ()) -> Phrase:
    """Return a phrase with what else leads to facts of the kind that it names, if it names one.

    `types`: only kinds that facts of one of these can be of; none named: of any.
    """
    found = [
        kind
        for kind in _by_name().get(wanted.runs, ())
        if not types or not _OF[kind.attribute].isdisjoint(types)
    ]
    words = (word for kind in found for word in (*kind.names, *kind.signs))
    others = (one for word in words if (one := phrase(word, begins=True)))
    return replace(wanted, others=tuple(dict.fromkeys(others)))


def is_of(fact: Fact, wanted: Phrase) -> bool:
    """Tell whether a fact is of a kind that a widened phrase names, whatever its words are."""
    if not wanted.others:
        return False
    return any(
        fact.type in _OF[kind.attribute] and fact.attributes.get(kind.attribute) == kind.value
        for kind in _by_name().get(wanted.runs, ())
    )


_OF: Mapping[str, frozenset[FactType]] = {
    "instrument": frozenset({"measure"}),
    "indicator": frozenset({"metric", "target"}),
    "kind": frozenset({"policy_document"}),
}
"""Facts of which types have an attribute."""


@cache
def _by_name() -> Mapping[tuple[str, ...], tuple[Kind, ...]]:
    found: dict[tuple[str, ...], list[Kind]] = defaultdict(list)
    for kind in (*_instruments(), *_indicators(), *_DOCUMENTS):
        for runs in {one.runs for name in kind.names if (one := phrase(name))}:
            found[runs].append(kind)
    return {runs: tuple(kinds) for runs, kinds in found.items()}


def _instruments() -> list[Kind]:
    # "Service" and "other" are words of everything else, too.
    return [Kind("instrument", value, _names(value), signs) for value, signs in _SIGNS.items()]


def _names(instrument: str) -> tuple[str, ...]:
    # 算力券 is a voucher for one thing: who asks for it does not ask for every voucher.
    return tuple(name for name, of in INSTRUMENTS.items() if of == instrument and name != "算力券")


def _indicators() -> list[Kind]:
    return [Kind("indicator", one.id, one.names) for one in indicators()]


_SIGNS: Mapping[str, tuple[str, ...]] = {
    "voucher": (
        *("抵扣", "抵用", "算力包", "算力券", "训力券", "模型券", "数据券", "服务券", "创新券"),
        *("代金券", "消费券", "优惠券"),
    ),
    "subsidy": ("subsid", "reimburs", "allowance", "rebate", "补偿", "津贴", "配套"),
    "award": ("reward", "bonus", "奖补", "奖励"),
    "grant": ("经费", "支持", "扶持"),
    "loan": ("信贷", "授信"),
    "fund": ("资金",),
    "rent": ("免租", "租赁"),
    "tax": ("所得税", "增值税"),
}
_DOCUMENTS = (
    Kind(
        "kind",
        "plan",
        ("plan", "plans", "规划", "方案", "计划"),
        ("行动", "blueprint", "outline", "scheme", "roadmap", "strategy", "program", "initiative"),
    ),
    Kind("kind", "notice", ("notice", "notices", "circular", "通知", "公告", "通告"), ("公示",)),
    Kind("kind", "rules", ("rules", "guidelines", "细则", "规定", "指南"), ("规则", "guidance")),
    Kind("kind", "opinions", ("opinion", "opinions", "意见")),
    Kind("kind", "law", ("law", "laws", "regulation", "regulations", "法律", "条例"), ("法",)),
    Kind("kind", "measures", ("办法", "举措"), ("措施", "measures", "policies")),
    Kind("kind", "standard", ("standard", "standards", "标准", "规范")),
    Kind("kind", "interpretation", ("interpretation", "解读"), ("问答", "explanation")),
)
