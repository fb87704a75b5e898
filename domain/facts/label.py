"""A short name for what a fact is about: subjects carry their context, messages have no room."""

import re

from domain.facts.fact import Fact

LONG = 24
"""Han characters, or twice as many letters, beyond which a measure's subject is a story."""

_PART = re.compile(
    r"\s+(?=[\u3400-\u9fff“《（(])|(?<=[\u3400-\u9fff”》）)%])\s+|[。！；;\n]|(?<=[a-z0-9)])[.:] "
)
_BARE = 8
"""Columns; "补助" and "grant" alone name nothing."""
_GOES_ON = re.compile(
    r"(?:of|for|by|in|and|or|to|on|with|which|that|at)\b|其中|以及|并|的|与|和", re.IGNORECASE
)
_HEADING = re.compile(r".{0,4}(?:标准|標準|对象|對象|方式|条件|條件|范围|範圍|额度|額度|内容|內容)")
_CLAUSE = re.compile(r"[，,：:]\s*")
_BENEFIT = re.compile(
    r"补贴|补助|奖励|奖补|资助|贴息|津贴|减免|免租|优惠|返还|[券金]|支持|補貼|補助|獎勵|獎補|資助|貼息|津貼|減免|優惠|返還"
    r"|\b(?:voucher|grant|subsid\w+|bonus|reward|award|prize|fund|rebate|refund|relief|credit"
    r"|allowance|stipend|loan|rent|reimburse\w*|support)s?\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"\d")
_WIDE = re.compile(r"[\u2e80-\uffff]")


def label(fact: Fact) -> str:
    """Return a fact's subject, of a measure only the part that names the benefit.

    The quotes say the rest word for word.
    """
    subject = " ".join(fact.subject.split())
    if fact.type != "measure" or _width(subject) <= 2 * LONG:
        return subject
    parts = [part.strip(" ：:，,") for part in _PART.split(fact.subject) if part and part.strip()]
    naming = [part for part in parts if _BENEFIT.search(part)]
    best = min(naming or parts, key=_dearness, default=subject)
    if _width(best) < _BARE:
        best = min(parts, key=_dearness)
    return _clause(best)


def _clause(part: str) -> str:
    """Return the clause of a sentence that names the benefit; a short sentence as it is."""
    if _width(part) <= 2 * LONG:
        return part
    clauses = [one for one in _CLAUSE.split(part) if _BENEFIT.search(one)]
    return min(clauses, key=_dearness) if clauses else part


def _dearness(part: str) -> tuple[bool, bool, bool, int]:
    """Words before sums, names before bare words and what only goes on, short before long."""
    width = _width(part)
    bare = width < _BARE or _HEADING.fullmatch(part) is not None
    return _SUM.search(part) is not None, bare, _GOES_ON.match(part) is not None, width


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))
