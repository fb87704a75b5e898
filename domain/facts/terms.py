"""The terms of a benefit: who is eligible, a percentage of what, and who answers for it."""

import re

from domain.facts.amounts import Amount
from domain.facts.page import Page, Sentence

_BASE_ZH = re.compile(
    r"(?:按照?|不(?:超过|高于)|最高|给予|以)?(?:不(?:超过|高于))?(?P<base>[^,。;:\n按]{2"
    r",20}?)的?(?:不(?:超过|高于)|最高)?\Z"
)
_BASE_EN = re.compile(
    (
        r"\s?of\s(?:the\s|their\s|its\s)?(?P<base>[a-z][^,.;:]{2,60}?)(?=\s(?:and|up|with"
        r"|capped|to|for|on|in|at|per)\b|[,.;:)]|$)"
    ),
    re.IGNORECASE,
)
_FOR = re.compile(
    r"对(?!外|接|应|于|标|口|照)(?P<who>[^,。;:\n]{2,60}?)(?=的?[,;]|另行|给予|补贴|补助"
    r"|奖励|一次性|按|分别|最高|每年|予以|,|发放)"
)
_SUPPORT = re.compile(
    r"(?:支持|鼓励|引导)(?P<who>[^,。;:\n]{2,24}?)(?=开展|使用|研制|应用|围绕|联合|通过"
    r"|建设|入驻|购买|牵头|参与|采购|租用|,|开放)"
)
_EACH = re.compile(
    r"(?P<who>(?:单个|每个|每家|每户|单户|同一)?[\u4e00-\u9fff]{0,8}(?:企业|机构|单位"
    r"|平台|园区|团队|高校|院所|主体|业者|项目|人才))(?=[^,。;]{0,12}(?:最高|不超过|按"
    r"|每年|租用|可获))"
)
_WHO_EN = re.compile(
    r"(?P<who>(?:[A-Za-z][\w'-]*\s){0,6}?[A-Za-z][\w'-]*)\s(?:can|may|could|would|will|get"
    r"|pay|receive|are eligible|must)\b"
)
_GIVER = re.compile(
    r"(?:.*\b)?(?:city|district|zone|area|province|county|town|government|authorit(?:y|ies)|bureau"
    r"|commission|committee|administration|ministry|department|state|it|they|which|that|and|there"
    r"|fund|plan|polic(?:y|ies)|measures?|scheme|program(?:me)?|subsid(?:y|ies)|grants?|vouchers?"
    r"|applications?|chengdu|sichuan)\Z",
    re.IGNORECASE,
)
_TO_EN = re.compile(
    r"\b(?:to|for|gives?|offers?|pays?)\s(?P<who>(?:[A-Za-z][\w'-]*\s){0,4}(?:companies|firms"
    r"|enterprises|start-?ups|teams|institut(?:ions|es)|projects|platforms|developers"
    r"|business(?:es)?|researchers|graduates|entrepreneurs|lab(?:oratorie)?s|universities|users"
    r"|buyers|makers|manufacturers|hospitals|schools|company|firm|enterprise|team))\b"
)
_RESPONSIBLE = re.compile(
    (
        r"\((?:责任(?:单位|部门)|牵头(?:单位|部门)|责任分工|配合单位)\s?:(?P<bodies>[^\n]{2"
        r",160}?)\)(?=\s*(?:$|\n))"
    ),
    re.MULTILINE,
)


def rate_base(page: Page, group: list[Amount]) -> str | None:
    """Return what a rate is a percentage of."""
    rate = next((one for one in group if one.role == "rate"), None)
    if rate is None:
        return None
    if page.language == "en":
        found = _BASE_EN.match(
            page.folded, rate.quantity.end, min(len(page.folded), rate.quantity.end + 90)
        )
        return page.text[found.start("base") : found.end("base")] if found else None
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
            r"^(?:照|不超过|不超過|不高于|给予|其|最高|期间)+|(?:的|给予|最高|不超过|不超過"
            r"|補助|补助|补贴)+$"
        ),
        "",
        text,
    )
    return cleaned[-24:] or None


def eligible(page: Page, start: int, end: int) -> str | None:
    """Return the shortest phrase that says who can get it."""
    if page.language == "en":
        return _eligible_en(page, start, end)
    for pattern in (_FOR, _SUPPORT, _EACH):
        found = pattern.search(page.folded, start, end)
        if found:
            return page.text[found.start("who") : found.end("who")]
    return None


def _eligible_en(page: Page, start: int, end: int) -> str | None:
    """Who can, may, will get it, unless that is who gives it; else for whom it is."""
    gets = _WHO_EN.finditer(page.folded, start, end)
    found = next((one for one in gets if not _GIVER.match(one["who"])), None)
    found = found or _TO_EN.search(page.folded, start, end)
    return page.text[found.start("who") : found.end("who")] if found else None


def responsible(page: Page, sentence: Sentence) -> list[str]:
    """Return the bodies named in brackets at the end of the clause."""
    block = page.block_of(sentence)
    found = _RESPONSIBLE.search(page.folded, sentence.start, block.end)
    if not found:
        return []
    text = page.text[found.start("bodies") : found.end("bodies")]
    return [body.strip() for body in re.split(r"[、,，;；]", text) if body.strip()]
