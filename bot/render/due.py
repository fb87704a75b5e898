"""What a deadline is for, in few words: its day stands beside it already."""

import re

from domain.facts.fact import Fact

_LABEL = re.compile(r"^\S{0,8}(?:时间|日期|期限|時間)[\s:：]+(?=\S)")
"""Of a line "申报时间 网上申报…": what the line itself says is more."""
_ENDS = re.compile(
    r"(?:(?:受理|接收)?(?:截止|截至)?(?:时间|日期|期限|時間)"
    r"|为|為|是|至|到|于|於|在|须|須|应|應|(?<!申)请|(?<!申)請|可|需|截止|截至|延长至|顺延至"
    r"|\b(?:by|on|until|before|at|is|are|or|no later than|not later than|due)\b)\s*$",
    re.IGNORECASE,
)
_LIMITS = " ,;:.，；：。、—-"
_HAN = re.compile("[\u3400-\u9fff]")
_SHORTEST = 2


def what_is_due(fact: Fact) -> str:
    """Return a deadline's subject without its day; the whole subject where nothing else is said."""
    said = fact.time.text if fact.time else ""
    if not said or said not in fact.subject:
        return _without_end(_LABEL.sub("", fact.subject)) or fact.subject
    clause = _clause(fact.subject, said)
    return _without(clause, said) or _without(fact.subject, said) or fact.subject


def _clause(subject: str, said: str) -> str:
    """Of Chinese words with their context before them: the part in which the day stands."""
    if not _HAN.search(subject):
        return subject
    first = subject.index(said)
    begin = subject.rfind(" ", 0, first) + 1
    return subject[begin:]


def _without(words: str, said: str) -> str:
    before, _, after = words.partition(said)
    kept, rest = _without_end(_LABEL.sub("", before)), after.strip(_LIMITS)
    if len(rest) < _SHORTEST:
        return kept if len(kept) >= _SHORTEST else ""
    gap = "" if _HAN.match(rest) else " "
    return f"{kept}{gap}{rest}".strip()


def _without_end(words: str) -> str:
    before, shorter = "", words
    while shorter != before:
        before, shorter = shorter, _ENDS.sub("", shorter.strip(_LIMITS)).strip(_LIMITS)
    return shorter
