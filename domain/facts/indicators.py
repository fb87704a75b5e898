"""What a number measures, in the few terms of the contract, and of which place."""

import re

from domain.facts.about import Subject
from domain.facts.lists_zh import of_list
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.text.fold import fold
from domain.text.lexicon import Hit
from domain.text.sought import Sought

_OF_WHAT = 90
"""Characters before a number within which its sentence says what it measures."""

_MOVES = re.compile(
    r"(?:升|跌|增|降|减|涨|多出|复合|CAGR[^。;,]{0,6}|倒退|下滑|回落|下挫|收窄|扩大|负增长[^。;]{0,8})(?:了|约|近|逾|超)?\s*\Z"
)

_OR = re.compile(r"[ ]?or (?:about |around |nearly |some )?", re.IGNORECASE)
_SIGNS = ("+", "-")
_CLAUSE = re.compile(r"[,。;、:\n]")

_RANKS = re.compile(r"级|第|前[一二三四五六七八九十列茅\d]|领先|首|排名|最|唯一")
"""国家级, 全国第四: no figure is of that place."""
_COLLECTIVE = Sought(
    r"全[省市区县国]|[我本全][省市区]|\b(?:the province|the city|nationwide|province|citywide)\b",
    re.IGNORECASE,
)


def indicator_of(page: Page, quantity: Quantity, about: Subject) -> str:
    """Return the indicator of `docs/facts.md` that a number is of, or "other"."""
    lexicon = rules("indicators", page.language)
    if quantity.kind == "area":
        return "area"
    if quantity.kind == "compute":
        return "compute_capacity"
    if quantity.unit == "percentage_point":
        return "growth"
    behind = page.folded[quantity.end : quantity.end + (6 if page.language == "zh" else 24)]
    behind = _CLAUSE.split(behind)[0] if page.language == "zh" else behind
    start = about.clause[0]
    if page.language == "en" and _OR.fullmatch(page.folded, start, quantity.start):
        start = max(0, start - _OF_WHAT)  # "rose by 420 million yuan, or 14 percent"
    stop = quantity.number_start
    if page.language == "en" and quantity.kind == "percent":
        stop = max(start, quantity.start)  # "more than half" is no growth
    own = f"{page.folded[start:stop]}{behind} {fold(about.text)}"
    if quantity.kind == "count":
        own = fold(f"{about.counted or ''} | {about.text}")
        if page.language == "zh":
            own = fold(f"{about.text} | {about.counted or ''}")
    if (
        quantity.unit == "percent"
        and page.folded[quantity.number_start - 1 : quantity.number_start] in _SIGNS
    ):
        return "growth"
    fitting = [hit for hit in lexicon.hits(own, 0, len(own)) if _fits(hit.rule.meaning, quantity)]
    fitting = _without_steps(page, quantity, start, fitting, len(own) - len(about.text))
    if fitting:
        return fitting[-1 if page.language == "zh" and quantity.kind == "count" else 0].rule.meaning
    return _wider_indicator(page, quantity, about) if page.language == "zh" else "other"


_LEVEL = re.compile(
    r"\b(?:climb|r[io]s|ris|gr[eo]w|increas|fall|fell|drop|declin|jump|surg|mov|edg|inch|advanc)\w*"
    r" (?:\w+ ){0,2}to (?:about |around |nearly |some )?\Z",
    re.IGNORECASE,
)
""" "The share climbed to 68 percent": where it stands, not by how much it grew."""


def _without_steps(
    page: Page, quantity: Quantity, start: int, fitting: list[Hit], named: int
) -> list[Hit]:
    """The hits but those of growth, where a level was reached; the subject begins at `named`."""
    if quantity.kind != "percent" or not _LEVEL.search(page.folded, start, quantity.start):
        return fitting
    return [one for one in fitting if one.rule.meaning != "growth" or one.end > named]


def _wider_indicator(page: Page, quantity: Quantity, about: Subject) -> str:
    """Said earlier in the sentence, for a money or a percentage: 增速前三:甲区(41%)、乙区(33%)."""
    if quantity.kind == "times":
        return "growth"
    if quantity.kind == "count":
        return _counted_indicator(page, quantity, about)
    if quantity.kind not in ("percent", "money") or _SHARE.search(fold(about.text)):
        return "other"
    if quantity.kind == "money" and _NO_SCALE.search(fold(about.text)):
        return "other"
    start = max(0, quantity.number_start - _OF_WHAT)
    if page.folded[quantity.end : quantity.end + 1] == ")":
        start = max(0, quantity.number_start - _PARAGRAPH)
    else:
        start = max(start, page.folded.rfind("。", start, about.clause[0]) + 1)
    start = max(start, page.folded.rfind("\n", start, about.clause[0]) + 1)
    if quantity.kind == "percent" and _MOVES.search(page.folded, start, quantity.start):
        return "growth"
    hits = list(rules("indicators", "zh").hits(page.folded, start, about.clause[0]))
    fitting = [hit.rule.meaning for hit in hits if _fits(hit.rule.meaning, quantity)]
    return fitting[-1] if fitting else "other"


_NO_SCALE = re.compile(r"税|跟投|社会资本|利润|亏损|估值|现金|经费|成本|费用?\Z")
_SHARE = re.compile(r"占|比重|比例|(?<!增长)率\Z")
_BARE = 1
_PARAGRAPH = 240


def _counted_indicator(page: Page, quantity: Quantity, about: Subject) -> str:
    """通过备案的有十一款: a bare classifier counts what the paragraph or the title spoke of."""
    if len(about.counted or "") > _BARE + 1 and about.counted != quantity.counter:
        return "other"
    lexicon = rules("indicators", "zh")
    sentence = page.sentence_at(quantity.number_start)
    start = page.block_of(sentence).start if sentence else 0
    start = max(start, quantity.number_start - _PARAGRAPH)
    title = fold(page.title)
    said = [hit.rule.meaning for hit in lexicon.hits(title, 0, len(title))]
    said += [hit.rule.meaning for hit in lexicon.hits(page.folded, start, quantity.start)]
    fitting = [meaning for meaning in said if _fits(meaning, quantity)]
    return fitting[-1] if fitting and quantity.counter in _CLASSIFIES[fitting[-1]] else "other"


_CLASSIFIES: dict[str, str] = {
    "enterprises": "家户间个",
    "employees": "人名位",
    "scenarios": "个项类",
    "projects": "个项",
    "models": "款个项",
    "patents": "件项个",
    "institutions": "家个所间",
}
"""The classifiers that can count a thing."""


def _fits(meaning: str, quantity: Quantity) -> bool:
    if meaning in ("growth", "utilisation"):
        return quantity.kind in ("percent", "times")
    if meaning == "industry_scale":
        return quantity.kind == "money"
    return quantity.kind == "count" and meaning not in ("area", "compute_capacity")


def _is_measure(page: Page, start: int, end: int) -> bool:
    """占全国比重, 居全国第四: what a figure is compared with is not the place that it is of."""
    before = page.folded[max(0, start - 1) : start]
    return before in ("占", "居") or bool(_RANKS.match(page.folded, end))


def _is_whole(page: Page, quantity: Quantity, end: int) -> bool:
    """集聚了全省八成以上的企业: the share of a place is not of that place."""
    return page.language == "zh" and quantity.kind == "percent" and end == quantity.start


def place_of(page: Page, sentence: Sentence, quantity: Quantity) -> str | None:
    """Return the last place the sentence names before the number."""
    named = of_list(page, sentence, quantity) if page.language == "zh" else None
    own = [one for one in page.names_in(*named) if one.entry.kind == "place"] if named else []
    if own:
        return page.text[own[0].start : own[0].end]
    found = [
        (name.start, name.end)
        for name in page.names_in(sentence.start, quantity.end)
        if name.entry.kind == "place" and not _is_measure(page, name.start, name.end)
    ]
    found = [one for one in found if not _is_whole(page, quantity, one[1])]
    found += [
        match.span()
        for match in _COLLECTIVE.finditer(page.folded, sentence.start, quantity.number_start)
        if not _is_measure(page, *match.span()) and not _is_whole(page, quantity, match.end())
    ]
    if not found:
        return None
    start, end = max(found)
    return page.text[start:end]
