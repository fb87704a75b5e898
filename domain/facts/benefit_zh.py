"""Chinese: sums and rates that somebody can get. What no measure has taken of them is no figure."""

import re

from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.text.fold import fold
from domain.text.sought import Sought

_GIVES = re.compile(
    r"(?<![供补自配])给(?!排|水|力)|补(?!充|缺|短|足|齐|位|丁|链|强|给|选|课)|奖(?!项|牌|得|杯)|资助|抵(?!达|制|押|御|抗|近|触)|返(?!回|程|乡|工|投|聘|岗|修|厂|校)|(?<![纲占白要蓝])领(?!先|域|军|导|头|袖|投|跑|衔|事|馆|地|涨|跌|克|英)"
    r"|封顶|最高(?!峰|端|级|层|法)|至多|顶格|(?<![骤锐大递缩裁])减(?!少|碳|排|至|为|速|震|持|资|缓|弱|产|员|幅|薪|仓|值|压|重)|(?<![避难不])免(?!疫|得|检)|优惠|上浮|另加|额外|扶持|放宽|折(?!旧|射|叠|合|中|线|返)|垫付|负担"
    r"|按(?![年季月期时]|计划|规划|进度)[^,。;:]{1,24}\Z|按(?=\d)|发(?=\d|给)|拨(?!款)|贴(?!近|合|片|身|牌|现)|每(?:家|人|位|户|项|个|单)[^,。;]{0,8}(?:不超过|限)"
)
_ACCOUNTS = re.compile(
    r"已(?!定|经认定)|累计(?!最高|不超过|封顶|奖|补|给)|核发|核销|兑现|兑付(?!上限|标准|比例)|收到|同比|环比|去年|上年|截至|今年以来|上半年|至今"
    r"|共(?!同|建|享|性|计不超过)[^,。;]{0,6}(?:发放|支持|拨付|服务|惠及)|惠及|覆盖(?:了)|带动|撬动|预计|实际|平均"
)
_MEASURES_WORLD = re.compile(
    r"产业|产值|营收|收入|规模|投资|增加值|总量|GDP|生产总值|占比|比重|份额|[率度](?![要不须需])|增长|增幅|下降|提升|同比|成交|交易|融资|基金"
    r"|利润|税收|市场|出口|进口|估值|市值|占|预算|资金池|价格|电价|租金(?!补)|订单|缺口|盘子|支出"
)
_SUPPOSED = re.compile(
    r"比如|例如|举例|举个例子|假设|假如|如果|要是|譬如|打个比方|[×=]|网传|谣言|帖子"
)
_OFFERS = re.compile(
    r"措施|政策|办法|细则|指南|申报|补贴|补助|奖补|奖励|扶持|资助|券|若干|[一二三四五六七八九十]条|兑现|申领|揭榜|大礼包|红包"
)
_GETS = re.compile(r"可(?:享受|获|领|得|拿)|能(?:拿|领|享)|补贴|奖励")
_LEAD = 36
_INTO_FUND = re.compile(r"[^。;]{0,30}(?:成立|设立|组建|发起)[^,。;]{0,14}基金")
"""另拨5000万元,与某公司成立联合基金: it is put in, and nobody gets it."""


def is_benefit(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a sum or rate is what somebody can get under a rule, or only an example of it."""
    if quantity.kind not in ("money", "percent") or quantity.unit == "percentage_point":
        return False
    if is_of_survey(page, quantity):
        return False
    start = max(sentence.start, page.folded.rfind(";", sentence.start, quantity.start) + 1)
    if _SUPPOSED.search(page.folded, start, min(sentence.end, quantity.end + 4)):
        return _is_of_offers(page) or bool(_GETS.search(page.folded, start, sentence.end))
    if _is_account(page, start, quantity):
        return False
    own = max(start, quantity.number_start - _LEAD)
    clause = max(own, page.folded.rfind(",", own, quantity.start) + 1)
    behind = re.split(r"[,。;:\n]", page.folded[quantity.end : quantity.end + 16])[0]
    if _MEASURES_WORLD.search(page.folded[clause : quantity.start]):
        return False
    if _INTO_FUND.match(page.folded, quantity.end, sentence.end):
        return False
    words = page.folded[own : quantity.number_start]
    return bool(_GIVES.search(words) or _GIVES.search(behind)) and (
        _is_of_offers(page) or bool(_GIVES.search(page.folded[clause : quantity.number_start]))
    )


_SAID = re.compile(
    r"(?:以上|左右)?的?[^,。;\d]{0,10}(?:表示|认为|反映|希望|反馈|选择|计划|打算|坦言|满意)"
)
"""有47%的企业表示最需要支持: how many said so."""


def is_of_survey(page: Page, quantity: Quantity) -> bool:
    """Return whether a percentage tells how many of those asked said something."""
    return quantity.kind == "percent" and bool(_SAID.match(page.folded, quantity.end))


def _is_account(page: Page, start: int, quantity: Quantity) -> bool:
    """Whether the words tell what was paid out, by a day gone by."""
    if _ACCOUNTS.search(page.folded, start, quantity.end + 6):
        return True
    return any(
        page.published is not None
        and when.last <= page.published
        and when.part in ("point", "as_of", "period")
        for when in page.times_in(start, quantity.start)
    )


def _is_of_offers(page: Page) -> bool:
    return bool(_OFFERS.search(fold(page.title)))


_ONLY_IF = re.compile(r"[^,。;:\n]{0,30}?(?:的|者|时|后)(?=[,;。:\n]|\Z)")
_WHICH = re.compile(
    r"(?:的|及以上的?)?[^,。;:、\n\d]{0,10}?(?:企业|单位|机构|团队|人才|个人|主体|公司|高校|院所|客户|业者|项目|平台|园区|数据集|用人单位)"
)
_TELLS = Sought(r"其中|已|累计|截至|目前|同比|去年|上年|共有|现有|实现|完成了|增长|下降|是\Z|占")


def is_condition(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """年产5000台以上的企业, 装车量达到1万片的: how much it takes, not how much there is."""
    start = max(sentence.start, quantity.start - _LEAD)
    start = max(start, page.folded.rfind(";", start, quantity.start) + 1)
    if quantity.value == 1 and _EACH_ONE.search(page.folded, start, quantity.number_start):
        return True
    stepped = _STEPS.match(page.folded, quantity.end) and _is_of_offers(page)
    if stepped or _is_tier(page, quantity) or _is_kind_of(page, quantity):
        return True
    if quantity.kind == "area" or _TELLS.search(page.folded, start, quantity.start):
        return False
    only = _ONLY_IF.match(page.folded, quantity.end, sentence.end)
    if only and only.group()[-1] in "的者" and quantity.kind != "percent":
        return True
    bound = quantity.comparator in ("ge", "gt", "le", "lt")
    which = bound and page.folded[quantity.end : quantity.end + 1] == "的"
    return which and bool(_WHICH.match(page.folded, quantity.end)) and _is_of_offers(page)


_STEPS = re.compile(r"[、和及或\d.,万亿元]{0,24}(?:台阶|大关|门槛)的")
"""首次跨上5亿、10亿台阶的企业: what each grade asks for."""
_SMALL = re.compile(
    r"的(?:中?小微?|初创|大型|龙头|头部|微型|规上)?(?:企业|公司|单位|机构|团队|用户|客户)(?=[,。;]|\Z)"
)
_SORT = re.compile(
    r"(?:是|为|属于?|面向|以)[^,。;\d]{0,8}(?:超过?|不足|少于|多于|低于|高于|小于|大于)\Z"
)


def _is_kind_of(page: Page, quantity: Quantity) -> bool:
    """九成以上是员工不足50人的小企业: how large they are, and not how many people there are."""
    bound = quantity.comparator in ("ge", "gt", "le", "lt") and quantity.kind != "percent"
    start = max(0, quantity.number_start - _LEAD)
    return bound and bool(
        _SMALL.match(page.folded, quantity.end)
        and _SORT.search(page.folded, start, quantity.number_start)
    )


_IN_BRACKETS = re.compile(r"\([^()\n\d]{0,8}\Z")


def _is_tier(page: Page, quantity: Quantity) -> bool:
    """二档(总投资1000万元至3000万元): which size of thing is meant, on a page of offers."""
    if quantity.high is None or quantity.kind != "money":
        return False
    opened = _IN_BRACKETS.search(page.folded, max(0, quantity.start - 12), quantity.start)
    closed = page.folded[quantity.end : quantity.end + 1] == ")"
    return bool(opened) and closed and _is_of_offers(page)


_EACH_ONE = re.compile(r"每[^,。;每年月日]{0,10}\Z")
_PAID = re.compile(
    r"兑[现付](?!上限|标准|比例|额度|期|条件|方式|金额不)|拨付(?!比例|方式)|核[发销](?!比例|方式)|使用(?!费)|投入|批[了出]|支付了|到账|下达|收到"
    r"|发放(?!标准|额度|总额|总量|规模)|到手"
)
_BY_NOW = re.compile(
    r"已|[年月]来(?=,)|共(?!同|建|享|性)|累计|合计|仅|了|去年|上年|今年以来|以来|截至|全年|实际|(?:19|20)\d\d年"
)
_UNDER_A_RULE = re.compile(
    r"现(?=下达|拨付|安排|将)|最高|不超过|每(?!年共)|将|可(?!比)|按|给予|上限|封顶|标准|比例|拟|计划|予以|须|应|申请|凡|对(?!比|接)|的,"
)


_NEAR_HEAD = 160


def tells_account(page: Page, start: int, quantity: Quantity) -> bool:
    """Whether a sum was paid out, says its part of the sentence: 全年兑付扶持资金7320万元."""
    words = page.folded[max(start, quantity.number_start - _LEAD) : quantity.end + 2]
    if not _PAID.search(words) or _UNDER_A_RULE.search(words):
        return False
    sentence = page.sentence_at(quantity.number_start)
    first = max(sentence.start, start - _NEAR_HEAD) if sentence else start
    return bool(_BY_NOW.search(page.folded, start, quantity.end + 2)) or any(
        page.published is not None and when.last <= page.published and when.part != "horizon"
        for when in page.times_in(first, quantity.start)
    )


_GROWN = re.compile(
    r"(?:产业规模|产值|营收|收入|增加值|生产总值|总量|产业)[^,。;\d]{0,6}(?:突破|达到?|超过?|迈[上过]|跨[上越]|站上|翻番)?[^,。;\d]{0,2}\Z"
    r"|(?:\A|[,。;:])(?:力争)?(?:突破|达到|超过|迈[上过]|站上)\Z"
)
_BY_THEN = re.compile(
    r"(?:到|至|力争|目标|争取)[^。;]{0,40}(?:产业规模|产值|营收|收入|增加值|生产总值)"
)
_ENDS = re.compile(r"(?:以上|左右)?\s?(?:[,。;)]|\Z|\n)")


def is_goal(page: Page, quantity: Quantity) -> bool:
    """到2028年产业规模突破6000亿元,每年安排…: the sum of an aim is paid to nobody."""
    if quantity.kind != "money" or not _ENDS.match(page.folded, quantity.end):
        return False
    start = max(0, quantity.start - _HORIZON)
    before = page.folded[
        max(start, page.folded.rfind("。", start, quantity.start) + 1) : quantity.number_start
    ]
    own = before[before.rfind(",") + 1 :]
    return "首" not in own and bool(_BY_THEN.search(before) and _GROWN.search(before))


_HORIZON = 50
