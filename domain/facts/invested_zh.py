"""Chinese: money that is put into something, judged by its own noun, else by what is spoken of."""

import re

from domain.facts.about import Subject
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.text.fold import fold
from domain.text.matching import last_match

_ROUND = r"(?:天使|种子|战略|首|[A-FS]\+?|Pre-?[A-C]\+?)轮"
_PUT_IN = re.compile(
    r"投资|出资|融资|募资|注资|造价|认购|股份|砸下|协议资金|拟投(?=\d|资|\s)|(?:再|共|追加|新增|已|累计)投(?=\d|出|入|了|\s)|募集|集资|引资|斥资|耗资|入股|跟投|领投|加码|首关|认缴|实缴|自筹|概算|投出去"
    rf"|{_ROUND}|(?<!研发)(?<!企业)投入(?:资金)?|拿出(?=[^,。;]{{0,12}}建)"
    r"|签约(?:总)?(?:金)?额|签约(?=\d)|签下总额|协议(?:总)?(?:金)?额|合作协议|资金池"
)
_FUND = re.compile(r"基金(?!会|公司)")
_EARNED = re.compile(
    r"产值|营收|收入|(?<![总金理标])规模达|产业规模|产出|增加值|消费|交易额|成交额|GDP|生产总值|销售|核发|拨付|发放|兑付|兑现"
    r"|带动|拉动|撬动|市场规模|经济总量|利润|出口|进口|税收|估值|市值|注册资本|订单|中标|合同(?:总)?额|采购"
)
_GENERIC = re.compile(
    r"(?:总|合计|披露|涉及|目标|管理|认缴)?(?:金额|总额|规模)|首期|[一二三四]期|其中|单笔|一笔|总投入|合计|合共|共计"
    r"|到账|到位(?!率)|\A[\s\x00、]*(?:达到?|为|是|约|近|超|逾|共|有|高达|多达){0,3}[\s]*\Z"
)
"""Nouns of money that take their meaning from what is spoken of; or no noun at all."""
_PHASE = re.compile(r"[首一二三四]期|其中")
_TOPIC = re.compile(
    rf"(?P<fund_size>基金(?!会|公司)|认缴|实缴)|(?P<raised>融资|集资|募资|{_ROUND})"
    r"|(?P<signed>签约|签下|引进[^,。;]{0,8}项目)|(?P<total>总投资|投资额|(?<!固定资产)投资(?!促进|机构|经理|人))"
)
_SPENT = re.compile(r"拿出|拨款|划拨|筹集|花|掏|安排|砸")
_FOR_BUILDING = re.compile(r"(?:用于|以|来)?(?:建|打造|新建|扩建|改建|兴建|改造)")


def is_investment(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> bool:
    """Whether a sum is put into something, and not earned, paid out or made."""
    own = _own(page, sentence, quantity, about)
    if _EARNED.search(own):
        return False
    named = f"{own} {fold(about.text)}"
    if _PUT_IN.search(named) or _FUND.search(named):
        return True
    if _SPENT.search(own) and _FOR_BUILDING.match(page.folded, quantity.end):
        return True
    if not _GENERIC.search(own):
        return False
    topic = _topic(page, sentence, quantity)
    if topic == "signed" and "规模" in own:
        return False
    return topic in ("fund_size", "raised", "signed") or (
        topic == "total" and bool(_PHASE.search(own))
    )


def role_of(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> str:
    """Return the part an invested sum plays."""
    own = _own(page, sentence, quantity, about)
    found = _said(own)
    if found == "total" and _COMPLETED.search(page.folded, sentence.start, quantity.start):
        return "completed"
    if found:
        return found
    topic = _topic(page, sentence, quantity)
    return topic or _said(fold(about.text)) or "total"


def _said(words: str) -> str | None:
    """The part that the first rule met gives, whatever stands before: 完成投资 is above 投资."""
    patterns = rules("investments", "zh").each
    return next((rule.meaning for rule, pattern in patterns if pattern.search(words)), None)


_COMPLETED = re.compile(r"完成[^,。;\d]{0,12}投资[^;。]{0,30}其中")


def _own(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> str:
    """The words of the clause before the number, and the object right behind it."""
    near = re.split(r"[,。;、\n]", page.folded[quantity.end : quantity.end + 24])[0]
    block = page.block_of(sentence)
    label = page.folded[slice(*block.label)] if about.start <= block.body else ""
    before = page.quantities_in(about.clause[0], quantity.number_start)
    start = before[-1].end if before else about.clause[0]
    if _LISTED.fullmatch(page.folded[start : quantity.start]):
        start = about.clause[0]
    return f"{label} {page.folded[start : quantity.number_start]} {near}"


_LISTED = re.compile(r"[、和与及以约近 ]{1,3}")
_FAR = 3
_NEXT = 220
"""Characters behind raised money in which the sentences of its paragraph name who gave it."""


def _topic(page: Page, sentence: Sentence, quantity: Quantity) -> str | None:
    """What money was last spoken of: in the sentence, the ones before, the lines above."""
    found = last_match(_TOPIC, page.folded, sentence.start, quantity.start)
    block = page.block_of(sentence)
    if found is None:
        found = last_match(_TOPIC, page.folded, *block.label)
    if found is None:
        start = max(block.start, sentence.start - 120)
        found = last_match(_TOPIC, page.folded, start, sentence.start)
    for number in range(sentence.block - 1, max(-1, sentence.block - _FAR), -1):
        if found or page.block_of(sentence).kind != "pair":
            break
        above = page.blocks[number]
        found = last_match(_TOPIC, page.folded, above.start, above.end)
    return found.lastgroup if found else None


_RAISING = re.compile(rf"融资|{_ROUND}")
_BY = re.compile(
    r"由(?P<names>[^,。;:由\d]{2,60}?)(?:等(?:\d{1,2}家|多家)?[^,。;]{0,6}?)?(?:共同|联合|合资|分别|各)?"
    r"(?:领投|投资|出资|发起|注资|建设|认缴|合建|共建|承建|组建|设立)"
)
_FOLLOW = re.compile(
    r"(?:^|[,;。]|本轮(?:融资)?由|(?:老|新)股东)(?P<names>[^,。;:\d]{2,50}?)(?:等(?:机构|跟投方)?)?(?:继续)?(?:跟投|领投|参投|加码)"
)
_GIVER = re.compile(
    r"(?:^|[,;、:]|其中|由)(?P<names>[^,。;:、\d]{2,24}?)(?:各|分别)?(?:认缴|出资|加码|领投)\Z"
)
_NOBODY = re.compile(
    r"^[某一两二三几多\d].*家|家(?:央企|企业|机构|单位)$|^(?:其|它|本轮|本次|社会资本)"
)


def backers(page: Page, sentence: Sentence, quantity: Quantity) -> list[str]:
    """Return who puts money in: 由A与B出资, A领投、B跟投, 其中A认缴5亿元."""
    start = max(sentence.start, quantity.start - 80)
    own = _GIVER.search(page.folded[start : quantity.number_start].rstrip("约超近逾不 "))
    if own:
        return names_in(page.text[start + own.start("names") : start + own.end("names")])
    until = min(sentence.end, quantity.end + 90)
    following = page.quantities_in(sentence.end, page.block_of(sentence).end)
    if _RAISING.search(page.folded, start, until):
        stop = following[0].start if following else page.block_of(sentence).end
        until = min(stop, quantity.end + _NEXT)
    names = _of_fields(page, sentence)
    for pattern in (_BY, _FOLLOW):
        for found in pattern.finditer(page.folded, start, until):
            names += names_in(page.text[slice(*found.span("names"))])
    return list(dict.fromkeys(names))


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
    plain = (re.sub(r"^(?:其中|由|老股东|新股东|老股東)|等$", "", part.strip()) for part in parts)
    return [part for part in plain if len(part) > 1 and not _NOBODY.search(fold(part))]
