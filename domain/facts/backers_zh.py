"""Chinese: who puts money in, as the sentence of the sum says, or the ones beside it."""

import re

from domain.facts.invested_zh import ROUND
from domain.facts.lists_zh import of_list
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.text.fold import fold

_RAISING = re.compile(rf"融资|{ROUND}")
_NO_NAME = r"(?!集团|公司|基金|控股|机构|中心|促进|管理|银行|局|有限|股份|平台|资本|厅|委)"
"""Behind a verb: 成都产业投资集团 is a name, and nobody invests there."""
_BY = re.compile(
    r"由(?P<names>[^,。;:由\d]{2,60}?)(?:等(?:\d{1,2}家|多家)?[^,。;]{0,6}?)?(?:共同|联合|合资|分别|各|全资|独资|单独|负责|牵头)?"
    rf"(?:领投|投资|出资|发起|注资|建设|认缴|合建|共建|承建|组建|设立|投建|兴建|打造|开发|实施|牵头|主导){_NO_NAME}"
)
_FOLLOW = re.compile(
    r"(?:^|[,;。]|本轮(?:融资)?由|(?:老|新)股东)(?P<names>[^,。;:\d]{2,50}?)(?:等(?:机构|跟投方)?)?(?:继续|联合|共同)?(?:跟投|领投|参投|加码)"
)
_GIVER = re.compile(
    r"(?:^|[;、:]|其中|由)(?P<names>[^,。;:、\d]{2,24}?)(?:各|分别)?(?:认缴|出资|投资|注资|增资|加码|领投)\Z"
)
_HOW = (
    r"(?:计划|拟|将|宣布|已经?|再次?|共同|联合|合计|累计|正式|首期|一期|还|决定|承诺|预计|打算|准备|明确|日前|近日|近期|当[日天]"
    r"|今年|去年|明年|共|总共|一次性|先期|同步|在[^,。;\d]{2,14}?)"
)
_PAYS = re.compile(
    rf"(?:^|[,;。:\n])(?P<names>[^,。;:\n\d]{{2,24}}?){_HOW}{{0,3}}"
    rf"(?:投资|斥资|砸下|豪掷|注资|增资|出资|投入|拿出|花费?了?)(?:约|近|逾|超过?|不低于|不少于)?\Z"
)
_SETTLES = re.compile(
    rf"(?:^|[,;。:\n])(?P<names>[^,。;:\n\d]{{2,24}}?){_HOW}{{0,2}}"
    r"(?:设厂|建厂|落户|布局|设立|建设|建起|兴建|扩建|扩产)[^,。;\n]{0,24},"
    r"(?:首期|一期|总共|共|合计|累计|计划|拟|将)*(?:砸下|投资|投入|斥资|花费?了?)(?:约|近|逾|超过?)?\Z"
)
_ACQUIRES = re.compile(
    rf"(?:^|[,;。:\n])(?P<names>[^,。;:\n\d]{{2,24}}?){_HOW}{{0,2}}(?:以[^,。;]{{0,14}}?)?"
    r"(?:受让|收购|认购|入股|增持|并购)[^。;\n]{0,60},(?:合计|共|总|预计|约)*(?:耗资|斥资|作价|交易金额|对价|涉资)(?:为|约|近|逾|超过?)?\Z"
)
_TOGETHER = re.compile(
    rf"(?:^|[,;。:\n])(?P<names>[^,。;:\n\d]{{2,24}}?(?:[、和与及][^,。;:\n\d、和与及]{{2,24}}?){{1,4}}){_HOW}{{0,2}}"
    rf"(?:共同|联合|合作|合资|携手)(?:发起|成立|设立|组建|出资|投资|建设|兴建){_NO_NAME}"
)
_NOBODY = re.compile(
    r"^[某一两二三几多\d].*家|家(?:央企|企业|机构|单位)$|^(?:其|它|本轮|本次|社会资本|双方|三方|各方|该公司|公司|我们|我[市区省县])"
    r"|^(?:目前|截至|其中|同时|此外|另外|项目|该项目|工程|一期|二期|总|计划|累计|全年|上半年|年度|预计|固定资产|工业|民间|产业|完成|今年|去年|明年)"
    r"|(?:项目|工程|基地|产业园|园区|总|计划|累计|完成|固定资产|工业|民间|技改|期|设备|股权|产业|对外|研发)$"
)
_LEADING = re.compile(
    r"^(?:其中|由|老股东|新股东|老股東|日前|近日|昨[日天]|今[日天]|当[日天]|据悉|对此|而|并|随后|此前|同[日期]|会上|现场|\d{1,2}[月日年])+|等$|(?:日前|近日|昨日)$"
)
_BEFORE = 80
_BEHIND = 90
_FAR = 3
_NEXT = 220
"""Characters behind a sum in which the sentences of its paragraph name who gives it."""


def backers(page: Page, sentence: Sentence, quantity: Quantity) -> list[str]:
    """Return who puts money in: 由A与B出资, A领投、B跟投, 其中A认缴5亿元, C拟投资6亿元."""
    start = max(sentence.start, quantity.start - _BEFORE)
    own = _giver(page, sentence, quantity, start)
    if own:
        return own
    names = _of_fields(page, sentence)
    before = page.folded[start : quantity.start].rstrip("约超近逾不 ")
    for pattern in (_PAYS, _SETTLES, _ACQUIRES, _TOGETHER):
        found = pattern.search(before) if not names else None
        if found:
            names += names_in(page.text[start + found.start("names") : start + found.end("names")])
    if not names and _OWN.search(before):
        names += _announcer(page, sentence, quantity)
    raised = _RAISING.search(page.folded, start, min(sentence.end, quantity.end + _BEHIND))
    until = _until(page, sentence, quantity)
    for pattern in (_BY, _FOLLOW) if raised else (_BY,):
        for match in pattern.finditer(page.folded, start, until):
            names += names_in(page.text[slice(*match.span("names"))])
    return list(dict.fromkeys(names))


def _giver(page: Page, sentence: Sentence, quantity: Quantity, start: int) -> list[str]:
    """Whose part of a sum it is: 其中A认缴5亿元, 由A、B分别认缴5亿元和3亿元."""
    listed = of_list(page, sentence, quantity)
    if listed and _GIVES.search(page.folded, listed[1], quantity.start):
        return names_in(page.text[slice(*listed)])
    own = _GIVER.search(page.folded[start : quantity.number_start].rstrip("约超近逾不 "))
    return names_in(page.text[start + own.start("names") : start + own.end("names")]) if own else []


_OWN = re.compile(
    r"(?:^|[,;。:\n\"])(?:该|本)?(?:公司|集团|企业)(?:董事会)?[^,。;]{0,30}(?:投资|斥资|增资|出资|投入|注资)(?:约|近|逾|超过?|不超过)?\Z"
)
_ANNOUNCER = re.compile(
    r"(?:^|[。\n\s|])(?P<org>[\u4e00-\u9fffA-Za-z]{2,16})(?:\([^()\n]{2,24}\))?(?:[昨今]?[日天晚]|近日|日前|[\d月日]{2,6})?(?:发布)?(?:公告|宣布|披露|表示|透露|称)"
)
_MOST_ABOVE = 240


def _announcer(page: Page, sentence: Sentence, quantity: Quantity) -> list[str]:
    """某公司公告称,公司拟投资…: the company that the paragraph began with."""
    start = max(page.block_of(sentence).start, quantity.start - _MOST_ABOVE)
    found = _ANNOUNCER.search(page.folded, start, quantity.start)
    return names_in(page.text[slice(*found.span("org"))]) if found else []


_GIVES = re.compile(r"(?:认缴|出资|投资|注资|领投|跟投|增资|投入)")


def _until(page: Page, sentence: Sentence, quantity: Quantity) -> int:
    """Where the next sum of the paragraph begins, whose givers would be others."""
    following = [
        one
        for one in page.quantities_in(sentence.end, page.block_of(sentence).end)
        if one.kind == "money"
    ]
    stop = following[0].start if following else page.block_of(sentence).end
    return max(min(stop, quantity.end + _NEXT), min(sentence.end, quantity.end + _BEHIND))


_INVESTOR = re.compile(r"(?:投资|出资|发起|领投|认缴)(?:方|主体|单位|人|机构|企业)|业主(?:单位)?")


def _of_fields(page: Page, sentence: Sentence) -> list[str]:
    """投资方:A、B in the lines beside: the fields of one project."""
    if page.block_of(sentence).kind != "pair":
        return []
    for step in (-1, 1):
        for number in range(sentence.block + step, sentence.block + step * _FAR, step):
            block = page.blocks[number] if 0 <= number < len(page.blocks) else None
            if block is None or block.kind != "pair":
                break
            if _INVESTOR.fullmatch(page.folded[slice(*block.label)].strip()):
                return names_in(page.text[block.body : block.end].strip())
    return []


def names_in(words: str) -> list[str]:
    """Return the names of a list of investors: A、B和C."""
    parts = re.split(r"[、，]|和(?!谐|平)|与|與|及", words)
    plain = (_LEADING.sub("", part.strip()) for part in parts)
    return [part for part in plain if len(part) > 1 and not _NOBODY.search(fold(part))]
