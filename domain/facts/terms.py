"""The terms of a benefit: who is eligible, a percentage of what, and who answers for it."""

import re
from bisect import bisect_left

from domain.facts.amounts import Amount
from domain.facts.page import Page, Sentence

_BASE_ZH = re.compile(
    r"(?:按照?|不(?:超过|高于)|最高|给予|以)?(?:不(?:超过|高于))?(?P<base>[^,。;:\n按]{2"
    r",20}?)的?(?:不(?:超过|高于)|最高)?\Z"
)
_BASE_EN = re.compile(
    (
        r"\s?of\s(?:the\s|their\s|its\s)?(?P<base>[a-z][^,.;:\n]{2,60}?)(?=\s(?:and|up|with"
        r"|capped|to|for|on|in|at|per)\b|[,.;:)\n]|$)"
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
_WHO = re.compile(
    r"(?P<who>[^,。;:\n]{0,40}?(?:企业|机构|单位|平台|园区|团队|高校|院所|主体|业者|项目"
    r"|人才|个人|[方者户生]|\)))(?=的?,|的?另?[给再每可最按奖补\d一]|亦|均|享受)"
)
_WHO_EN = re.compile(
    r"(?P<who>(?:[A-Za-z][\w'-]*\s){0,6}?[A-Za-z][\w'-]*)\s(?:can|may|could|would|will|get"
    r"|pay|receive|obtain|claim|are (?:eligible|rewarded|awarded|paid|given|entitled)"
    r"|qualify|must)\b"
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
            r"^(?:.{0,12}?(?:标准|標準|比例|额度|額度)(?:是|为|為)?)?"
            r"(?:照|不超过|不超過|不高于|给予|其|最高|期间)*|(?:的|给予|最高|不超过|不超過"
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
    for pattern in (_FOR, _SUPPORT, _EACH, _WHO):
        found = pattern.search(page.folded, start, end)
        if found:
            return page.text[found.start("who") : found.end("who")]
    return None


_OPEN_TO_EN = re.compile(
    r"\b(?:limit(?:s|ed)? [\w ]{1,30}? to|(?:open|restricted|reserved|available|granted|given"
    r"|awarded|paid|offered) (?:only )?to|per|each|every|for(?! (?:the|each|every|a|an|\d)\b)"
    r"|for (?:each|every|a|an))\s(?P<who>[a-z][^,.;:\n\d]{2,60}?)"
    r"(?=\s(?:that|which|who|is|are|in|at|up|with|on|capped|can|may|will|and)\b|[,.;:\n]|$)",
    re.IGNORECASE,
)
_RECIPIENT = re.compile(
    r"\b(?:compan|enterprise|firm|start-?up|business|sme|applicant|universit|institut|team|lab"
    r"|student|graduate|talent|engineer|researcher|project|unit|supplier|operator|develop|tenant"
    r"|user|customer|consorti|manufactur|bidder|vendor|resident|person|people|household|park"
    r"|incubator|platform|cent(?:er|re)|zone|part(?:y|ies)|newcomer|investor)",
    re.IGNORECASE,
)
_APPLICANT = re.compile(
    r"\b(?:applicants?|eligib\w*|who (?:can|may|qualif)\w*|recipients?|beneficiar\w+"
    r"|target group|for whom|open to)\b",
    re.IGNORECASE,
)


_LONGEST_BENEFIT = 400
"""Characters of a benefit in which its recipient is looked for: time stays bounded."""


def _eligible_en(page: Page, start: int, end: int) -> str | None:
    """Who can get it: the subject of "can claim", whom it is "for", or a line that says so."""
    first = bisect_left(page.blocks, start, key=lambda block: block.start)
    last = bisect_left(page.blocks, end, key=lambda block: block.start)
    for block in page.blocks[first:last]:
        if block.label[1] and _APPLICANT.search(page.folded, *block.label):
            return page.text[block.body : block.end].strip(" .;")
    start = max(start, end - _LONGEST_BENEFIT)
    gets = _WHO_EN.finditer(page.folded, start, end)
    found = next((one for one in gets if not _GIVER.match(one["who"])), None)
    found = found or _TO_EN.search(page.folded, start, end)
    if found and _RECIPIENT.search(found["who"]):
        return page.text[slice(*found.span("who"))]
    for match in _OPEN_TO_EN.finditer(page.folded, start, end):
        if _RECIPIENT.search(match["who"]):
            return page.text[slice(*match.span("who"))]
    return page.text[slice(*found.span("who"))] if found else None


_RESPONSIBLE_EN = re.compile(
    r"\b(?:responsible (?:bod(?:y|ies)|units?|departments?|agenc(?:y|ies)|parties)|lead(?:ing)?"
    r" (?:units?|agency|departments?|body)|responsibility)\s?:\s?(?P<bodies>[^\n();:]{2,160})",
    re.IGNORECASE,
)


def _bodies_en(text: str) -> list[str]:
    return [body.strip(" .]") for body in re.split(r",\s(?:and\s)?", text) if body.strip(" .]")]


def responsible(page: Page, sentence: Sentence) -> list[str]:
    """Return the bodies named in brackets at the end of the clause."""
    block = page.block_of(sentence)
    if page.language == "en":
        named = _RESPONSIBLE_EN.search(page.folded, sentence.start, sentence.end)
        return _bodies_en(page.text[slice(*named.span("bodies"))]) if named else []
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
    if page.language == "en":
        return ""
    for block in page.blocks[sentence.block + 1 : sentence.block + 1 + _MOST_BELOW]:
        if block.kind in ("heading", "clause", "row"):
            return ""
        if _ANSWERS.search(page.folded, *block.label):
            return page.text[block.body : block.end].strip(" 。\n")
        if block.kind != "pair":
            return ""
    return ""


_LEADS = re.compile(r"\A\s+|(?:牵头|負責|负责|配合)?\s*\Z")
