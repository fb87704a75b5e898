"""Chinese: money that is put into something, judged by its own noun, else by what is spoken of."""

import re

from domain.facts.about import Subject
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.text.fold import fold
from domain.text.matching import last_match

ROUND = r"(?:[首两二三四五六]|最近一|新一|本|上一?|天使|种子|战略|首|[A-FS]\+?|Pre-?[A-C]\+?)轮"
_PUT_IN = re.compile(
    r"投资|出资|融资|募资|注资|增资|涉资|总经费|造价|认购|股份|砸下|协议资金|拟投(?=\d|资|\s)|(?:再|共|追加|新增|已|累计)投(?=\d|出|入|了|\s)|募集|集资|引资|斥资|耗资|入股|跟投|领投|加码|首关|认缴|实缴|自筹|概算|投出去"
    rf"|{ROUND}|(?<!研发)(?<!企业)投入(?:资金)?|拿出(?=[^,。;]{{0,12}}建)"
    r"|签约(?:总)?(?:金)?额|签约(?=\d)|签下总额|协议(?:总)?(?:金)?额|合作协议|资金池"
)
_FUND = re.compile(r"基金(?!会|公司)")
_EARNED = re.compile(
    r"产值|营收|收入|(?<![总金理标])规模达|产业规模|产出|增加值|消费|交易额|成交额|GDP|生产总值|销售|核发|拨付|发放|兑付|兑现"
    r"|带动|拉动|撬动|市场规模|经济总量|利润|出口|进口|税收|估值|市值|注册资本|订单|中标|合同(?:总)?额|采购"
)
_GENERIC = re.compile(
    r"(?:总|合计|披露|涉及|目标|管理|认缴)?(?:金额|总额|规模)|首期|[一二三四]期|其中|单笔|一笔|总投入|合计|合共|共计"
    r"|到账|到位(?!率)|[一首本]轮|\A[\s\x00、]*(?:达到?|为|是|约|近|超|逾|共|有|高达|多达){0,3}[\s]*\Z"
)
"""Nouns of money that take their meaning from what is spoken of; or no noun at all."""
_PHASE = re.compile(r"[首一二三四]期|其中")
_TOPIC = re.compile(
    rf"(?P<fund_size>基金(?!会|公司)|认缴|实缴)|(?P<raised>融资|集资|募资|{ROUND})"
    r"|(?P<completed>投出|返投|已投)|(?P<signed>签约|签下|引进[^,。;]{0,8}项目)|(?P<total>总投资|总经费|投资额|(?<!固定资产)投资(?!促进|机构|经理|人))"
)
_INTO_FUND = re.compile(r"[^。;]{0,30}(?:成立|设立|组建|发起)[^,。;]{0,14}基金")
_SPENT = re.compile(r"拿出|拨|划拨|筹集|花|掏|安排|砸")
_BUILT = re.compile(
    r"(?:建起|建成|新建|建了|兴建|盖起|打造|扩建)[^。;]{2,50}[,](?:共|总共|一共)?[^,。;]{0,4}\Z"
)
_BUILT_BEFORE = 60
"""建起一座储能站,花了3.8亿元."""
_FOR_BUILDING = re.compile(r"(?:用于|以|来)?(?:建|打造|新建|扩建|改建|兴建|改造)")


def is_investment(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> bool:
    """Whether a sum is put into something, and not earned, paid out or made."""
    own = _own(page, sentence, quantity, about)
    if _EARNED.search(own):
        return False
    named = f"{own} {fold(about.text)}"
    if _PUT_IN.search(named) or _FUND.search(named):
        return True
    behind = page.folded[quantity.end : min(sentence.end, quantity.end + _BUILT_BEFORE)]
    if _SPENT.search(own) and (_FOR_BUILDING.match(behind) or _INTO_FUND.match(behind)):
        return True
    before = page.folded[max(sentence.start, quantity.start - _BUILT_BEFORE) : quantity.start]
    if _SPENT.search(own) and _BUILT.search(before):
        return True
    if _SOURCE.search(own) and _topic(page, sentence, quantity) == "total":
        return True
    if not _GENERIC.search(own):
        return False
    topic = _topic(page, sentence, quantity)
    if topic == "signed" and "规模" in own:
        return False
    return topic in ("fund_size", "raised", "signed", "completed") or (
        topic == "total" and bool(_PHASE.search(own))
    )


_SOURCE = re.compile(
    r"(?:自有|自筹|流动|财政|社会|政府|专项|配套|预算内|债券|募集|企业|政策性)资?金?资金|自有资金|流动资金|资本金|银行贷款|项目贷款|专项债|中央财政|省级财政|市级财政|[省市区县]财政|自筹"
)
"""总投资10亿元,其中银行贷款4亿元: where the money comes from."""


_FIRST_PART = re.compile(r"首期[^,。;\n]{0,14}\d[^,。;\n]{0,10}(?:到账|到位)")
"""首期2亿元已到账: how large the first part of a fund is."""


def role_of(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> str:
    """Return the part an invested sum plays."""
    own = _own(page, sentence, quantity, about)
    found = _said(own)
    if found == "completed" and _FIRST_PART.search(page.folded, about.clause[0], quantity.end + 10):
        found = "fund_size" if _topic(page, sentence, quantity) == "fund_size" else found
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
