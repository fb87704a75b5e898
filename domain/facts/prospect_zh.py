"""Chinese: what is still to be. Projects that are only begun, analysts' pieces, aims in prose."""

import re
from functools import lru_cache

from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.plans import of_plan_at_all
from domain.facts.quantity import Quantity
from domain.facts.when import When
from domain.text.fold import fold
from domain.text.matching import last_match

_MARK = re.compile(
    r"(?P<begun>开工(?!率|项目|面积|数)|动工|奠基|破土|打桩|拟建|将建|开建|建设工期|计划总投资|改造厂房)"
    r"|(?P<done>建成|投用|投产|竣工|落成|启用|投运|交付|开园|已|现有|拥有|目前|运营|累计|截至|实现|完成)"
)
_EXTENT = re.compile(
    r"面积|用地|占地|地[上下]|机柜|机架|算力|[Pp]|产能|工位|就业|年产|产值|工期|装机|厂房|载体|床位|楼宇|生产线|产线"
)
_OF_PEOPLE = re.compile(r"企业|项目|单位|\d家")
_OPEN = re.compile(r"[^,。;:\n]{0,12}(?:启用|投用|投运|交付|竣工|建成(?!后)|开园|用完)")
_LONGEST_LEAD = 160


_TO_BE_BUILT = re.compile(
    r"(?<![一二三四]期)(?:建设|施工)(?:期|周期|工期)|(?<![一二三四]期)(?<!全部)(?:建成|投产|达产|竣工|投运|交付)(?:之)?后"
)
"""用地150亩,建设期24个月: the words behind tell that it is not built."""


def is_extent_of_begun(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """本次开工的…,总建筑面积26.8万平方米: how large a thing will be that is only begun."""
    if not is_extent(page, sentence, quantity):
        return False
    before = page.folded[max(sentence.start, quantity.start - _LONGEST_LEAD) : quantity.start]
    if _TO_BE_BUILT.search(page.folded, quantity.end, sentence.end) and not _MARK.search(before):
        return True
    if _OPEN.match(page.folded, quantity.end):
        return False
    block = page.block_of(sentence)
    start = max(block.start, quantity.start - _LONGEST_LEAD)
    mark = last_match(_MARK, page.folded, start, quantity.start)
    return mark is not None and mark.lastgroup == "begun"


def is_extent(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number says how large a thing is: its area, its racks, what it makes a year."""
    if quantity.kind in ("area", "compute"):
        return True
    near = page.folded[max(sentence.start, quantity.start - 10) : quantity.end + 6]
    sized = quantity.kind in ("count", "money", "duration") and bool(_EXTENT.search(near))
    return sized and not _OF_PEOPLE.search(near)


_VOICE = re.compile(
    r"研报|预测|预估|分析师|(?:报告|机构|券商|投行|大行|智库|研究所|研究院|研究中心|协会|商会|咨询)[^。\n]{0,24}"
    r"(?:指出|估计|预计|认为|显示|预期|判断|称)"
)
_LEAD = 260


def is_analysts_piece(page: Page) -> bool:
    """Whether the page tells what somebody outside of the administration reckons with."""
    return _has_voice(page.title, page.folded[:_LEAD])


@lru_cache(maxsize=64)
def _has_voice(title: str, lead: str) -> bool:
    return bool(_VOICE.search(fold(title)) or _VOICE.search(lead))


_AIM = re.compile(
    r"达到|达|突破|建成|打造|培育|集聚|引育|引进|新增|建设|形成|实现|布局|落地|开放|推出|超过?|提升|提高|新建|招引"
    r"|孵化|认定|推广|覆盖|不少于|不低于|增长|下降|降低|发布|遴选|支持|组建|以上|力争|争取|确保|目标|将|计划|拟|要"
)
_STANDS = re.compile(
    r"只有|仅|已|现有|目前|占|有(?:\d|[一二三四五六七八九十])|同比|环比|了|完成|累计|成交|落定|登记|收到"
)


def aims(page: Page, clause: tuple[int, int], quantity: Quantity) -> bool:
    """Whether a clause of prose can be a goal of a horizon named earlier: 建成…, 不少于…"""
    words = page.folded[clause[0] : quantity.end + 2]
    return bool(_AIM.search(words)) and not _STANDS.search(words)


def is_running(page: Page, cue: str | None, when: When | None) -> bool:
    """2026年…将达到, in a text of September 2026: the year is not over."""
    if page.language == "en" or when is None or page.published is None:
        return False
    whole = when.precision == "year" and when.part in ("point", "period")
    return whole and when.last.year == page.published.year and cue in ("planned", "forecast")


_HOPES = re.compile(r"有望|可望|或(?:将|会|可|达|超|突破)|料(?!理|到)|上看|看好")


_HOPES_HIGH = re.compile(r"(?:有望|可望|料)[^,。;]{0,6}(?:挑战|冲击|冲刺|叩关|上攻)")


def is_hoped(
    page: Page,
    quantity: Quantity,
    clause: tuple[int, int],
    cue: str | None,
    when: When | None,
) -> bool:
    """到年底有望突破2.8万P: whoever hopes aims at nothing, whatever day he names."""
    if cue == "target" and _HOPES_HIGH.search(page.folded, clause[0], quantity.number_start):
        return True
    if cue != "forecast":
        return False
    if _HOPES.search(page.folded, clause[0], quantity.number_start):
        return True
    if is_when_built(page, quantity, clause):
        return False
    return when is not None and when.part in ("point", "before", "period")


_LAID_OUT = re.compile(r"安排|支出|开支|列支|拨付|筹措|投入")


def is_outlay(
    page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int], cue: str | None
) -> bool:
    """2027年拟安排科技支出185亿元,其中市本级42亿元: a budget is laid out, and aims at no sum."""
    if quantity.kind != "money" or cue not in ("planned", None):
        return False
    if _LAID_OUT.search(page.folded, clause[0], quantity.start):
        return True
    start = max(sentence.start, quantity.start - _LEAD)
    arranged = "安排" in page.folded[start : quantity.start]
    return arranged and not _MADE.search(page.folded, clause[0], quantity.start)


_MADE = re.compile(r"产值|规模|营收|收入|增加值|销售|出口|交易")


_BUILDING = re.compile(r"(?:建设|施工|工程)?(?:周期|工期|期限|期)[为约:是需]{0,2}\Z")
_PAST = re.compile(r"已|历时|实际|缩短|仅用|只用|压缩")


def is_time_of_building(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """建设期24个月: of a project told of before it is built."""
    if quantity.kind != "duration":
        return False
    block = page.block_of(sentence)
    first = block.label[0] if block.label[1] else max(sentence.start, quantity.start - 12)
    words = page.folded[first : quantity.start].rstrip(" 约")
    return bool(_BUILDING.search(words)) and not _PAST.search(words)


_STAKE = re.compile(r"出资|持股|占股|股权|控股|认缴")


def is_stake(page: Page, quantity: Quantity, clause: tuple[int, int]) -> bool:
    """一期由区属国企出资60%: a share of ownership, and no aim."""
    return quantity.kind == "percent" and bool(
        _STAKE.search(page.folded, clause[0], quantity.start)
    )


_NORM = re.compile(r"不(?:得|应)?(?:低于|少于|超过|高于)|控制在")


def is_norm(page: Page, quantity: Quantity, when: When | None) -> bool:
    """绿电直供比例2025年不低于60%: what is asked of a year that is not over."""
    bound = quantity.comparator in ("ge", "le") and quantity.kind != "money"
    if when is None or page.published is None or not bound:
        return False
    running = when.precision == "year" and when.last.year >= page.published.year
    start = max(0, quantity.start - 2)
    return running and bool(_NORM.search(page.folded, start, quantity.number_start))


def is_when_built(page: Page, quantity: Quantity, clause: tuple[int, int]) -> bool:
    """届时可容纳企业200家: of a project, and no goal of anybody."""
    return bool(_WHEN_BUILT.search(page.folded, clause[0], quantity.start))


_WHEN_BUILT = re.compile(r"届时|(?:建成|达产|投产|投用|投运|竣工|交付|满产)(?:之)?后")


def of_its_kind(
    page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int], when: When | None
) -> Status | None:
    """What some kinds of numbers are, whatever the words around them say."""
    if is_time_of_building(page, sentence, quantity):
        return "planned"
    if is_stake(page, quantity, clause):
        return "planned" if of_plan_at_all(page, sentence) else "achieved"
    return "target" if is_norm(page, quantity, when) else None


def no_aim(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    clause: tuple[int, int],
    cue: str | None,
    ahead: When | None,
) -> Status | None:
    """What is hoped for or laid out is no aim; `ahead` is the time to come that reaches it."""
    if is_hoped(page, quantity, clause, cue, ahead):
        return "forecast"
    laid_out = ahead is not None and is_outlay(page, sentence, quantity, clause, cue)
    return "planned" if laid_out else None
