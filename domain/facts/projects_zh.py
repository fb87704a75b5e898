"""Chinese: projects that are not built yet, and what they will hold and make."""

import re
from datetime import date

from domain.facts.page import Page, Sentence
from domain.facts.plans import of_plan_at_all
from domain.facts.prospect_zh import is_extent
from domain.facts.quantity import Quantity
from domain.facts.sections import in_goals
from domain.facts.when import When

_CAPACITY = re.compile(r"[年月日]产(?!业|值)|产能")


def is_capacity(
    page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int]
) -> bool:
    """2027年量产,月产能提高为30万组: what a factory will make, and nobody's aim."""
    if in_goals(page, sentence) or of_plan_at_all(page, sentence):
        return False
    return bool(_CAPACITY.search(page.folded, clause[0], quantity.start))


def is_of_opening(page: Page, sentence: Sentence, quantity: Quantity, when: When) -> bool:
    """明年二季度投产,年产能3万台: how large the thing is that opens then."""
    if page.published is None or when.end > quantity.start:
        return False
    return _opens(page, when, page.published) and is_extent(page, sentence, quantity)


_STATIC = re.compile(
    r"同比|环比|增长|下降|占(?!地)|已|现有|目前|上年|去年|累计|实现|达|为|获批|签下|签约|拥有|集聚|聚集"
    r"|汇聚|共有|了"
)


def is_to_be_built(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """What a project holds is planned where its lines or its sentence open in time to come."""
    if page.published is None or quantity.kind == "percent":
        return False
    if _STATIC.search(page.folded, sentence.start, quantity.start):
        return False
    if quantity.kind == "count" and _OF_PEOPLE.match(page.folded, quantity.end - 1):
        return False
    block = page.block_of(sentence)
    start, end = sentence.start, sentence.end
    if block.kind == "pair":
        start, end = _lines(page, sentence.block)
    else:
        start = max(start, page.folded.rfind(";", start, quantity.start) + 1)
        stop = page.folded.find(";", quantity.end, end)
        end = stop if stop > 0 else end
    opens = any(_opens(page, when, page.published) for when in page.times_in(start, end))
    opens |= block.kind == "pair" and bool(_BUILDING_TIME.search(page.folded, start, end))
    return opens or (block.kind != "pair" and of_plan_at_all(page, sentence))


_BUILDING_TIME = re.compile(r"(?:^|\n)(?:项目)?(?:预计|计划)?(?:建设|施工)(?:周期|工期|期限?)\s?:")
_OF_PEOPLE = re.compile(r"(?:家|名|位|户)|[个项](?:企业|项目|单位)")


def _lines(page: Page, number: int) -> tuple[int, int]:
    """The run of pairs that a pair stands in, as offsets; it looks no further than a few lines."""
    first = last = number
    while first > max(0, number - _FEW) and page.blocks[first - 1].kind == "pair":
        first -= 1
    while last + 1 < min(len(page.blocks), number + _FEW) and page.blocks[last + 1].kind == "pair":
        last += 1
    return page.blocks[first].start, page.blocks[last].end


_FEW = 6


_OPENS = re.compile(
    r"[^,。;\n]{0,12}(?:开工|动工|开建|建成|投产|投用|投运|竣工|交付|开园|启用|上线|达产|运行|点亮|完工|落成|运营|开业)"
)


def _opens(page: Page, when: When, published: date) -> bool:
    """Whether something is begun or opened at a time to come."""
    if not _OPENS.match(page.folded, when.end):
        return False
    if when.precision == "plan":
        return False
    due = when.part in ("before", "horizon") and when.last >= published
    return when.first > published or (due and when.precision != "day")
