"""Chinese: what is still to be. Projects that are only begun, analysts' pieces, aims in prose."""

import re
from functools import lru_cache

from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.when import When
from domain.text.fold import fold
from domain.text.matching import last_match

_MARK = re.compile(
    r"(?P<begun>开工|动工|奠基|破土|打桩|拟建|将建|开建|建设工期|计划总投资|改造厂房)"
    r"|(?P<done>建成|投用|投产|竣工|落成|启用|投运|交付|开园|已|现有|拥有|目前|运营|累计|截至|实现|完成)"
)
_EXTENT = re.compile(
    r"面积|用地|占地|地[上下]|机柜|机架|算力|[Pp]|产能|工位|就业|年产|产值|工期|装机|厂房|载体|床位|楼宇|生产线|产线"
)
_OF_PEOPLE = re.compile(r"企业|项目|单位|\d家")
_OPEN = re.compile(r"[^,。;:\n]{0,12}(?:启用|投用|投运|交付|竣工|建成(?!后)|开园|用完)")
_LONGEST_LEAD = 160


def is_extent_of_begun(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """本次开工的…,总建筑面积26.8万平方米: how large a thing will be that is only begun."""
    if not is_extent(page, sentence, quantity):
        return False
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


def is_hoped(
    page: Page,
    quantity: Quantity,
    clause: tuple[int, int],
    cue: str | None,
    when: When | None,
) -> bool:
    """到年底有望突破2.8万P: whoever hopes aims at nothing, whatever day he names."""
    if cue != "forecast":
        return False
    if _HOPES.search(page.folded, clause[0], quantity.number_start):
        return True
    if is_when_built(page, quantity, clause):
        return False
    return when is not None and when.part in ("point", "before", "period")


_LAID_OUT = re.compile(r"安排|支出|列支|拨付|筹措|投入")


def is_outlay(page: Page, quantity: Quantity, clause: tuple[int, int], cue: str | None) -> bool:
    """2027年拟安排科技支出185亿元: a budget is laid out, and aims at no sum."""
    if quantity.kind != "money" or cue not in ("planned", None):
        return False
    return bool(_LAID_OUT.search(page.folded, clause[0], quantity.start))


def is_when_built(page: Page, quantity: Quantity, clause: tuple[int, int]) -> bool:
    """届时可容纳企业200家: of a project, and no goal of anybody."""
    return bool(_WHEN_BUILT.search(page.folded, clause[0], quantity.start))


_WHEN_BUILT = re.compile(r"届时|(?:建成|达产|投产|投用|投运|竣工|交付|满产)(?:之)?后")
