"""What people call a type of facts, in both languages, one or many."""

from difflib import get_close_matches

from domain.facts.fact import FACT_TYPES, FactType

PLURALS: dict[FactType, str] = {
    "policy_document": "documents",
    "measure": "measures",
    "target": "targets",
    "metric": "metrics",
    "investment": "investments",
    "event": "events",
    "deadline": "deadlines",
}
"""How a type is written behind a command."""

_NAMES: dict[str, FactType] = {
    **{name: name for name in FACT_TYPES},
    **{plural: name for name, plural in PLURALS.items()},
    **dict.fromkeys(
        ("document", "policy", "policies", "文件", "政策", "政策文件"), "policy_document"
    ),
    **dict.fromkeys(("措施", "政策措施", "支持措施"), "measure"),
    "目标": "target",
    **dict.fromkeys(("figure", "figures", "指标"), "metric"),
    "投资": "investment",
    "事件": "event",
    **dict.fromkeys(("截止", "期限", "截止日期", "截止时间"), "deadline"),
}
_SHORTEST = 4
"""Letters; shorter words are near too many others."""


def type_named(word: str) -> FactType | None:
    """Return the type that a word names."""
    return _NAMES.get(word.casefold())


def type_near(word: str) -> FactType | None:
    """Return the type that somebody who mistyped may mean."""
    plain = word.casefold()
    if len(plain) < _SHORTEST or not plain.isascii():
        return None
    close = get_close_matches(plain, _NAMES, n=1, cutoff=0.8)
    return _NAMES[close[0]] if close else None
