"""Metrics, targets and investments: the numbers an article states about the world."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.facts.about import Subject
from domain.facts.fact import FactType, Status
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.scope import Scope, scope
from domain.facts.statement import Statement
from domain.facts.subject import subject
from domain.text.fold import fold

_INVESTED = {
    "zh": re.compile(
        r"投资|出资|融资|募资|注资|募集|入股|基金|首期|(?<!研发)(?<!企业)投入(?:资金)?"
        r"|合同(?:总)?(?:金)?额|签约(?!企业|项目|使用)|协议(?:总)?(?:金)?额|概算"
    ),
    "en": re.compile(
        (
            r"\b(?:invest(?:s|ed|ing|ment|ments)?|fund(?:s|ing|-of-funds)?|financing|rais(?:e|es"
            r"|ed|ing)|put (?:in|into)|putting|spend(?:s|ing)?|cost(?:s|ing|ed)?"
            r"|contract value|deals?"
            r"|contribut(?:e|es|ed)|inject(?:s|ed)?|pumped|pour(?:s|ed)|pledg(?:e|es|ed)|stake"
            r"|acqui(?:red|sition)|price tag|financed|venture|phase (?:\d|one|two|three|i{1,3}v?)"
            r"|plant|tranche|secured|funding round|capital)\b"
        ),
        re.IGNORECASE,
    ),
}
_NOT_INVESTED = {
    "zh": re.compile(
        r"产值|营收|收入|规模达|产业规模|产出|增加值|消费|交易额|GDP|生产总值|销售|核发|拨付"
        r"|带动|拉动|市场规模|经济总量|利润|出口|进出口|税收"
    ),
    "en": re.compile(
        (
            r"\b(?:revenue|industry|output|gdp|sales|market|industries|valuing|valuation|turnover"
            r"|mobili[sz]e|exports?)\b"
        ),
        re.IGNORECASE,
    ),
}
_AMOUNT_ONLY = re.compile(r"(?:披露|总|合计|协议|签约)?金额")
_BUILT_THING = re.compile(
    (
        r"(?:\s\([^()\n]{2,30}\))?[\s-](?:(?:in|into|on|for|to build)\s)?(?:[A-Za-z-]+\s){0"
        r",5}?(?:projects?|plant|phase|facility|cent(?:er|re)|park|fund|campus|base|hub|factory"
        r"|complex|scheme|investment|expansion|upgrade|deal|round|order|contract)\b"
    ),
    re.IGNORECASE,
)
_FALL = re.compile(r"(?:下降|降低|减少|下滑|回落|缩减|跌|降)(?:了|至|到|约|近|超过|超)?\s*\Z")
_QUALIFIES = re.compile(
    r"(?:的|以上的)[\u4e00-\u9fff]|(?:项目|企业|单位|工程|平台|产品|载体)(?:\d|[达有共超数])"
)
_BASE_VALUE = re.compile(r"(?P<word>由|从)[^,。;\d]{0,10}\Z")
_CHANGED_TO = re.compile(
    r"[ ]?(?:提高|提升|增加|增长|扩大|上升|下降|降低?|减少|增|升|扩|跃升|更正|调整|上调"
    r"|下调|改)?(?:至|到|为)"
)
_GROWS = re.compile(
    (
        r"(?:增长|提高|提升|增加|扩大|上升|增)(?:了)?(?:约|近|超|超过)?\Z|\b(?:rose|grew"
        r"|increased|up|grown|expanded)\s(?:by\s|about\s|nearly\s)?\Z"
    ),
    re.IGNORECASE,
)
_OFFERED = re.compile(r"免收|免租|租金|补贴|补助|给予|提供.{0,12}办公")
_QUOTA = re.compile(
    r"(?:遴选|评选|支持|限报|推荐|择优|认定|选取)[^,。;]{0,6}\Z|(?:数量|名额)[:]\s?\Z"
)
_WHOSE = re.compile(r"\b(?:exceed\w*|with|whose|worth|valued|having|of)\b[^,.;]*\Z")
_LASTS = re.compile(r"(?:周期|工期|建设期)(?:为|约|仅)?\Z")
_CONDITIONS = re.compile(
    r"(?:申报|申请|准入|入驻|支持|认定|报名|基本|参评|推荐|合同.{0,4})(?:条件|要求|资格"
    r"|门槛)|(?<!有利)(?<!基础)条件\Z|资格|门槛|准入|申报(?:对象|范围|主体|材料|程序|方式|须知)"
    r"|评(?:分|审|价标准)|分值|遴选(?:标准|程序)|支持(?:标准|对象|范围)|资助标准"
    r"|(?i:\b(?:applicants?|eligib\w*|who (?:can|may)|qualif\w*|co-funding|contact)\b)"
)
_APPLICANT = re.compile(
    r"(?:申报|申请|参赛|揭榜|承担|牵头|推荐)(?:单位|主体|企业|项目|人|者|团队|方)|联合体|限报"
    r"|项目负责人|服务机构(?=[须应需])|每个?(?:单位|企业|申报)"
)
_MUST = re.compile(
    r"须|应(?!用|对|急)|需(?!求)|不得|原则上|限报|不超过|不少于|不低于|具有|具备|满足|符合"
)


def _asks(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """Who applies has to have so much: a condition, whatever section it stands in."""
    if page.language == "en":
        return False
    part = page.folded.rfind(";", sentence.start, quantity.start) + 1
    part = max(sentence.start, part, quantity.start - _OF_WHAT)
    who = _APPLICANT.search(page.folded, part, quantity.start)
    return who is not None and bool(_MUST.search(page.folded, who.end(), quantity.number_start))


_GRANTEES = re.compile(r"公示|名单|公布.{0,20}结果|拟(?:支持|资助|补助|兑现|奖励|立项|认定)")
_GRANTEE = re.compile(r"(?:公司|大学|研究院|研究所|医院|学院|集团|中心)(?:[ (|:,]|\s)")


def _is_of_grantee(page: Page, sentence: Sentence) -> bool:
    """A line of a list of grantees tells what one of them got, which is no fact wanted."""
    if page.language == "en" or not _GRANTEES.search(fold(page.title)):
        return False
    block = page.block_of(sentence)
    listed = block.kind in ("item", "pair", "row")
    return listed and bool(_GRANTEE.search(page.folded, block.start, sentence.end))


def numbers(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield every number that no measure and no deadline has taken."""
    memory: Subject | None = None
    block = -1
    for sentence in page.sentences:
        earlier = memory if sentence.block == block and page.language == "en" else None
        memory, block = None, sentence.block
        by_counter: dict[str, Subject] = {}
        previous_end = sentence.start
        for quantity in page.quantities_in(sentence.start, sentence.end):
            if quantity.number_start in taken or not _is_wanted(page, sentence, quantity):
                continue
            known = by_counter.get(quantity.counter, memory) if quantity.counter else memory
            if known is None and _points_back(page, sentence, quantity):
                known = earlier
            about = subject(page, sentence, quantity, previous_end, known)
            if about is None:
                continue
            memory = (
                about if about.counted or not memory else replace(about, counted=memory.counted)
            )
            if quantity.counter and page.language == "zh":
                by_counter[quantity.counter] = about
            yield _statement(page, sentence, quantity, about)
            previous_end = quantity.end


_PRONOUN = re.compile(r"(?:It|They|That|This|The (?:figure|number|total|value)|These)\b")


def _points_back(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """ "It is targeting 260 billion": what "it" is was said in the sentence before."""
    if quantity.kind == "count":
        return not quantity.counter
    return bool(_PRONOUN.match(page.folded, sentence.start))


def _is_wanted(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    if (
        _is_condition(page, sentence)
        or _asks(page, sentence, quantity)
        or _is_of_grantee(page, sentence)
    ):
        return False
    if quantity.kind == "times" and not (
        _GROWS.search(page.folded, sentence.start, quantity.start)
        or re.match(
            r"\sthe (?:level|number|figure|amount)|\s(?:as|that)\b",
            page.folded[quantity.end : quantity.end + 12],
        )
    ):
        return False
    if quantity.kind == "duration" and not _LASTS.search(
        page.folded, sentence.start, quantity.start
    ):
        return False
    after = page.folded[quantity.end : quantity.end + 6]
    if page.language == "zh":
        based = _BASE_VALUE.search(page.folded, sentence.start, quantity.number_start)
        changed = _CHANGED_TO.match(after)
        if based and changed and (based["word"] == "由" or quantity.kind == "percent"):
            return False
        if (
            quantity.kind == "area"
            and quantity.comparator == "le"
            and _OFFERED.search(page.folded, sentence.start, sentence.end)
        ):
            return False
        if (
            quantity.kind == "count"
            and quantity.comparator == "le"
            and _QUOTA.search(page.folded, page.block_of(sentence).start, quantity.start)
        ):
            return False
        return not (
            quantity.comparator in ("gt", "ge", "lt", "le")
            and _QUALIFIES.match(after)
            and quantity.kind == "money"
            and page.quantities_in(quantity.end, _clause_end(page, sentence, quantity))
        )
    return not _is_whose(page, sentence, quantity)


def _is_whose(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """ "ten with annual sales above RMB 1 billion": the sum says which ten."""
    if quantity.kind != "money" or quantity.comparator not in ("gt", "ge", "lt"):
        return False
    before = page.quantities_in(sentence.start, quantity.number_start)
    if not before or before[-1].kind != "count":
        return False
    gap = page.folded[before[-1].end : quantity.number_start]
    return len(gap) < 50 and bool(_WHOSE.search(gap)) and not re.search(r"[,;]", gap)


def _clause_end(page: Page, sentence: Sentence, quantity: Quantity) -> int:
    stop = re.compile(r"[,。;]").search(page.folded, quantity.end, sentence.end)
    return stop.start() if stop else sentence.end


def _is_condition(page: Page, sentence: Sentence) -> bool:
    """What an applicant has to be is no fact about the world."""
    block = page.block_of(sentence)
    if _CONDITIONS.search(page.folded, *block.label):
        return True
    if block.kind not in ("item", "pair", "clause", "paragraph"):
        return False
    for number in range(sentence.block - 1, max(-1, sentence.block - 9), -1):
        above = page.blocks[number]
        if above.kind == "heading":
            return bool(_CONDITIONS.search(page.folded, above.start, above.end))
    return False


def _statement(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> Statement:
    reach = scope(page, sentence, quantity, about.clause)
    kind = _type(page, sentence, quantity, about, reach)
    attributes = _attributes(page, sentence, quantity, about, kind)
    return Statement(
        type=kind,
        subject=about.text,
        spans=((about.start, max(quantity.end, about.end)),),
        rule=f"{page.language}.{kind}",
        value=-quantity.value if _falls(page, quantity) else quantity.value,
        high=quantity.high,
        unit=quantity.unit,
        counted=about.counted,
        comparator=quantity.comparator,
        status=_investment_status(reach) if kind == "investment" else reach.status,
        time=reach.moment(page),
        attributes=attributes,
        confidence="high" if about.certain else "medium",
        uses=frozenset({quantity.number_start}),
    )


def _falls(page: Page, quantity: Quantity) -> bool:
    if quantity.kind != "percent" or quantity.high is not None:
        return False
    if page.language == "zh":
        head = page.folded[max(0, quantity.start - 8) : quantity.start]
        found = _FALL.search(head)
        return found is not None and not re.search(r"[至到]", found.group())
    return quantity.negative


def _type(
    page: Page, sentence: Sentence, quantity: Quantity, about: Subject, reach: Scope
) -> FactType:
    if quantity.kind == "money" and _is_investment(page, sentence, quantity, about):
        return "investment"
    return "target" if reach.status == "target" else "metric"


def _is_investment(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> bool:
    text = page.folded[about.clause[0] : min(len(page.folded), quantity.end + 24)]
    near = re.split(r"[,。;]", text[quantity.end - about.clause[0] :])[0]
    text = text[: quantity.end - about.clause[0]] + near
    wide = page.folded[sentence.start : quantity.end] if _AMOUNT_ONLY.search(text) else text
    if page.language == "en" and _BUILT_THING.match(page.folded, quantity.end):
        return True
    if wide != text and re.search(r"签约|融资|投资|引资", wide):
        return True
    if not _INVESTED[page.language].search(wide + " " + fold(about.text)):
        return False
    return not _NOT_INVESTED[page.language].search(text)


def _investment_status(reach: Scope) -> Status:
    return "planned" if reach.status == "target" else reach.status


def _attributes(
    page: Page, sentence: Sentence, quantity: Quantity, about: Subject, kind: FactType
) -> dict[str, object]:
    if kind == "investment":
        role = _role(page, quantity, about)
        paid = [about.investor] if about.investor else _backers(page, sentence, quantity, role)
        return {"role": role, "investors": paid} if paid else {"role": role}
    attributes: dict[str, object] = {"indicator": _indicator(page, quantity, about)}
    place = _place(page, sentence, quantity)
    if place:
        attributes["place"] = place
    return attributes


_BACKED = re.compile(
    r"\b(?:led by|co-led by|backed by|investors (?:including|such as)|participation (?:from|of|by)"
    r"|contributed by|from|funded by|financed by)\s(?:existing shareholders )?"
    r"(?P<names>[A-Z][\w&.'-]*(?:,? (?:and )?(?:[A-Z][\w&.'-]*|of|the)){0,12})"
)


def _backers(page: Page, sentence: Sentence, quantity: Quantity, role: str) -> list[str]:
    """Who put in what was raised: "from A, B and C", "led by D"."""
    if page.language != "en" or role not in ("raised", "fund_size"):
        return []
    found = _BACKED.search(page.folded, quantity.end, sentence.end)
    if not found:
        return []
    names = page.text[slice(*found.span("names"))]
    return [
        name.strip(" .") for name in re.split(r",\s(?:and\s)?|\sand\s", names) if name.strip(" .")
    ]


def _role(page: Page, quantity: Quantity, about: Subject) -> str:
    text = f"{page.folded[about.clause[0] : quantity.end + 24]} {fold(about.text)}"
    return rules("investments", page.language).meaning(text, 0, len(text)) or "total"


def _indicator(page: Page, quantity: Quantity, about: Subject) -> str:
    lexicon = rules("indicators", page.language)
    if quantity.kind == "area":
        return "area"
    if quantity.kind == "compute":
        return "compute_capacity"
    behind = page.folded[quantity.end : quantity.end + (6 if page.language == "zh" else 24)]
    own = f"{page.folded[about.clause[0] : quantity.number_start]}{behind} {fold(about.text)}"
    if quantity.kind == "count":
        own = fold(f"{about.counted or ''} | {about.text}")
    if (
        quantity.unit == "percent"
        and page.folded[quantity.number_start - 1 : quantity.number_start] in _SIGNS
    ):
        return "growth"
    for hit in lexicon.hits(own, 0, len(own)):
        if _fits(hit.rule.meaning, quantity):
            return hit.rule.meaning
    return _wider_indicator(page, quantity, about) if page.language == "zh" else "other"


_MOVES = re.compile(
    r"(?:升|跌|增|降|减|涨|倒退|下滑|回落|下挫|收窄|扩大|负增长[^。;]{0,8})(?:了|约|近|逾|超)?\s*\Z"
)
_OF_WHAT = 90
"""Characters before a number within which its sentence says what it measures."""


def _wider_indicator(page: Page, quantity: Quantity, about: Subject) -> str:
    """Said earlier in the sentence, for a money or a percentage: 增速前三:甲区(41%)、乙区(33%)."""
    if quantity.kind not in ("percent", "money"):
        return "other"
    start = max(0, quantity.number_start - _OF_WHAT)
    start = max(start, page.folded.rfind("。", start, about.clause[0]) + 1)
    start = max(start, page.folded.rfind("\n", start, about.clause[0]) + 1)
    if quantity.kind == "percent" and _MOVES.search(page.folded, start, quantity.start):
        return "growth"
    hits = list(rules("indicators", "zh").hits(page.folded, start, about.clause[0]))
    fitting = [hit.rule.meaning for hit in hits if _fits(hit.rule.meaning, quantity)]
    return fitting[-1] if fitting else "other"


_SIGNS = ("+", "-")


_SIGNS = ("+", "-")


def _fits(meaning: str, quantity: Quantity) -> bool:
    if meaning in ("growth", "utilisation"):
        return quantity.kind in ("percent", "times")
    if meaning == "industry_scale":
        return quantity.kind == "money"
    return quantity.kind == "count" and meaning not in ("area", "compute_capacity")


_COLLECTIVE = re.compile(
    r"全[省市区县国]|[我本该全][省市区]|\b(?:the province|the city|nationwide|province|citywide)\b",
    re.IGNORECASE,
)


def _place(page: Page, sentence: Sentence, quantity: Quantity) -> str | None:
    found = [
        (name.start, name.end)
        for name in page.names_in(sentence.start, quantity.end)
        if name.entry.kind == "place"
    ]
    found += [
        match.span()
        for match in _COLLECTIVE.finditer(page.folded, sentence.start, quantity.number_start)
    ]
    if not found:
        return None
    start, end = max(found)
    return page.text[start:end]
