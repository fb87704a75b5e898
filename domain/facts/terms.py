"""The terms of a Chinese benefit: a percentage of what, and who answers for it."""

import re

from domain.facts.amounts import Amount
from domain.facts.page import Page, Sentence

_RESPONSIBLE = re.compile(
    (
        r"[(\[【〔](?:责任(?:单位|部门|主体)|牵头(?:单位|部门)|责任分工|配合(?:单位|部门)|主责"
        r"单位)\s?:(?P<bodies>[^\n]{2,160}?)[)\]】〕](?=\s*(?:$|\n))"
    ),
    re.MULTILINE,
)


def rate_base(page: Page, group: list[Amount]) -> str | None:
    """Return what a rate is a percentage of."""
    rate = next((one for one in group if one.role == "rate"), None)
    if rate is None:
        return None
    start = rate.start
    number = rate.quantity.number_start
    marks = [
        page.folded.rfind("按", start, number),
        page.folded.rfind("不超过", start, number) + 2
        if "不超过" in page.folded[start:number]
        else -1,
        page.folded.rfind("不高于", start, number) + 2
        if "不高于" in page.folded[start:number]
        else -1,
    ]
    begin = max(marks) + 1 if max(marks) >= 0 else start
    begin = max([begin, *(when.end for when in page.times_in(start, number))])
    text = page.text[begin:number].strip(" :：")
    cleaned = re.sub(
        (
            r"^(?:.{0,12}?(?:标准|標準|比例|额度|額度)(?:是|为|為)?)?"
            r"(?:照|不超过|不超過|不高于|给予|其|最高|期间)*|(?:的|给予|最高|不超过|不超過"
            r"|補助|补助|补贴)+$"
        ),
        "",
        text,
    )
    return cleaned[-24:] or None


def responsible(page: Page, sentence: Sentence) -> list[str]:
    """Return the bodies named in brackets at the end of the clause."""
    block = page.block_of(sentence)
    found = _RESPONSIBLE.search(page.folded, sentence.start, block.end) or _NAMED.search(
        page.folded, sentence.start, block.end
    )
    text = page.text[slice(*found.span("bodies"))] if found else _below(page, sentence)
    bodies = (_LEADS.sub("", body) for body in re.split(r"[、,，;；]", text))
    return [body for body in bodies if body]


_BODY = r"[\u4e00-\u9fff]{2,20}(?:局|委|办|部|厅|中心|政府|集团|公司|街道|院|会)"
_NAMED = re.compile(
    rf"[(\[【〔](?P<bodies>{_BODY}(?:牵头|负责)?(?:[、,]{_BODY}(?:配合|负责)?){{0,9}})[)\]】〕]"
    r"[。]?(?=\s*(?:$|\n))"
)
_ANSWERS = re.compile(r"(?:责任|牵头|配合|主责|主管|实施|承办)(?:单位|部门|主体|处室)")
_MOST_BELOW = 4


def _below(page: Page, sentence: Sentence) -> str:
    """责任单位:A、B as a line of its own, below the measure it answers for."""
    for block in page.blocks[sentence.block + 1 : sentence.block + 1 + _MOST_BELOW]:
        if block.kind in ("heading", "clause", "row"):
            return ""
        if _ANSWERS.search(page.folded, *block.label):
            return page.text[block.body : block.end].strip(" 。\n")
        if block.kind != "pair":
            return ""
    return ""


_LEADS = re.compile(r"\A\s+|(?:牵头|負責|负责|配合)?\s*\Z")
