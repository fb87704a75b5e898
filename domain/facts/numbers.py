"""Chinese metrics, targets and investments: the numbers an article states about the world."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.facts.about import Subject
from domain.facts.fact import FactType
from domain.facts.indicators import indicator_of, place_of
from domain.facts.invested import investment, is_investment
from domain.facts.learnt import verdict
from domain.facts.learnt.naming import by_opinion
from domain.facts.lists_zh import nth_of_run, of_list
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.scope import Scope, scope
from domain.facts.statement import Statement
from domain.facts.subjects_zh import subject
from domain.facts.wanted import is_wanted


def numbers(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield every number that no measure and no deadline has taken."""
    if page.language != "zh":
        return
    nouns: dict[str, tuple[str, int]] = {}
    said: dict[int, dict[str, Subject]] = {}
    lines: dict[str, Subject] = {}
    for sentence in page.sentences:
        memory: Subject | None = None
        by_counter: dict[str, Subject] = {}
        previous_end = sentence.start
        spoken: list[Subject] = []
        for quantity, wanted in _worth_reading(page, sentence, taken):
            known = by_counter.get(quantity.counter, memory) if quantity.counter else memory
            told = said.get(sentence.block, {})
            about = subject(page, sentence, quantity, previous_end, known) or (
                subject(page, sentence, quantity, previous_end, told.get(_scale(quantity)))
                if known is None
                else None
            )
            if about is None:
                continue
            memory = (
                about if about.counted or not memory else replace(about, counted=memory.counted)
            )
            if quantity.counter:
                by_counter[quantity.counter] = about
            about = _respectively(page, sentence, quantity, about, spoken)
            if quantity.kind not in ("percent", "times"):
                spoken.append(about)
            about = _of_line_above(page, sentence, about, lines.get(_scale(quantity)))
            lines[_scale(quantity)] = about
            about = _of_what_before(about, nouns, sentence.block)
            about = _still(about, quantity, told)
            said.setdefault(sentence.block, {})[_scale(quantity)] = about
            stated = _statement(page, sentence, quantity, about, wanted)
            if stated:
                yield stated
            previous_end = max(quantity.end, about.end)


def _worth_reading(
    page: Page, sentence: Sentence, taken: frozenset[int]
) -> Iterator[tuple[Quantity, bool]]:
    """The numbers that are left, and whether the rules want them; else what was learnt does."""
    for quantity in page.quantities_in(sentence.start, sentence.end):
        if quantity.number_start in taken:
            continue
        wanted = is_wanted(page, sentence, quantity)
        if wanted or verdict.kind(page, quantity, None):
            yield quantity, wanted


def _respectively(
    page: Page, sentence: Sentence, quantity: Quantity, about: Subject, spoken: list[Subject]
) -> Subject:
    """A 7.2亿元,B 4.4亿元,分别增长93%和1.4倍: each rate is of the sum that stands in its place."""
    if quantity.kind not in ("percent", "times") or len(spoken) < _A_FEW:
        return about
    place = nth_of_run(page, sentence, quantity)
    if place is None or place[1] > len(spoken) or of_list(page, sentence, quantity):
        return about
    whose = spoken[place[0] - place[1]]
    return replace(about, text=whose.text, owner=whose.owner)


_A_FEW = 2
_AIM_LABEL = re.compile(
    r"(?:到|至)?(?:20\d\d年|今年|明年|全年|年度|下一步|远期|近期)?(?:底|末)?的?(?:目标|预期|规划|计划)(?:值|数)?"
)


def _of_line_above(
    page: Page, sentence: Sentence, about: Subject, above: Subject | None
) -> Subject:
    """产业规模:1350亿元, and in the line below 2026年目标:1680亿元: of the same thing."""
    block = page.block_of(sentence)
    label = page.folded[slice(*block.label)].strip()
    if above is None or not label or not _AIM_LABEL.fullmatch(label):
        return about
    if page.folded[block.body : about.clause[1]].strip(" :约近超逾达到为力争"):
        return about
    return replace(about, text=above.text, owner=above.owner, counted=above.counted)


def _scale(quantity: Quantity) -> str:
    return quantity.counter or quantity.kind


def _still(about: Subject, quantity: Quantity, said: dict[str, Subject]) -> Subject:
    """今年1-9月完成1035亿元: a sentence without a noun is of what its paragraph measured."""
    if not about.bare:
        return about
    known = said.get(_scale(quantity))
    if known is None and quantity.kind in ("percent", "times") and said:
        known = list(said.values())[-1]
    return replace(about, text=known.text, owner=known.owner) if known else about


def _of_what_before(about: Subject, nouns: dict[str, tuple[str, int]], block: int) -> Subject:
    """按领域分:制造类21个 counts what the same classifier counted a sentence or a line before."""
    if not about.counter or not about.counted:
        return about
    if about.counted != about.counter:
        nouns[about.counter] = about.counted, block
        return about
    noun, at = nouns.get(about.counter, ("", -_NEAR))
    return replace(about, counted=noun) if about.part and block - at < _NEAR else about


_NEAR = 14
"""Lines over which a noun still tells what a bare classifier counts."""


def _statement(
    page: Page, sentence: Sentence, quantity: Quantity, about: Subject, wanted: bool
) -> Statement | None:
    reach = scope(page, sentence, quantity, about.clause)
    ruled = _type(page, sentence, quantity, about, reach)
    kind = verdict.kind(page, quantity, ruled if wanted else None)
    if kind is None:
        return None
    attributes = _attributes(page, sentence, quantity, about, kind)
    stated = Statement(
        type=kind,
        subject=about.text,
        spans=((about.start, max(quantity.end, about.end)),),
        rule=f"zh.{kind}",
        value=-quantity.value if _falls(page, quantity) else quantity.value,
        high=quantity.high,
        unit=quantity.unit,
        counted=about.counted,
        comparator=quantity.comparator,
        status=verdict.status(page, kind, reach.status, reach.moment(page)),
        time=reach.moment(page),
        attributes=attributes,
        confidence="high" if about.certain else "medium",
        uses=frozenset({quantity.number_start}),
    )
    if not wanted:
        return by_opinion(stated)
    return stated if kind == ruled else by_opinion(stated, "medium")


_FALL = re.compile(
    r"(?:萎缩|缩水|缩减|锐减|骤减|骤降|大减|大跌|急跌|递减|裁减|下挫|走低|回调|下降|降低|减少|下滑|回落|缩减|跌|降)(?:了|至|到|约|近|超过|超)?\s*\Z"
)


_MINUS = re.compile(r"(?<=[\u4e00-\u9fff:(|])(?<![年月日号至到])[ ]?-\Z")
"""净利润-0.52亿元; 5-8亿元 and 3月-5月 are ranges."""


def _falls(page: Page, quantity: Quantity) -> bool:
    if quantity.high is None and quantity.kind in ("money", "percent"):
        start = quantity.number_start
        if _MINUS.search(page.folded, max(0, start - 3), start):
            return True
    if quantity.kind != "percent" or quantity.high is not None:
        return False
    head = page.folded[max(0, quantity.start - 8) : quantity.start]
    found = _FALL.search(head)
    return found is not None and not re.search(r"[至到]", found.group())


def _type(
    page: Page, sentence: Sentence, quantity: Quantity, about: Subject, reach: Scope
) -> FactType:
    if quantity.kind == "money" and is_investment(page, sentence, quantity, about):
        return "investment"
    return "target" if reach.status == "target" else "metric"


_AREA = re.compile(
    r"(?!.*(?:园|社|片|全|街|校|示范|试验|功能)[区區])[\u4e00-\u9fff]{2,6}[区區县縣市州]"
)
"""高新区(312.4亿元): what a number is of may be nothing but a place."""


_PART_OF_TOWN = re.compile(r"[\u4e00-\u9fff]{2,5}?(?:片[区區]|组团|組團)")


def _attributes(
    page: Page, sentence: Sentence, quantity: Quantity, about: Subject, kind: FactType
) -> dict[str, object]:
    if kind == "investment":
        return investment(page, sentence, quantity, about)
    attributes: dict[str, object] = {"indicator": indicator_of(page, quantity, about)}
    place = about.text if _AREA.fullmatch(about.text) else place_of(page, sentence, quantity)
    part = _PART_OF_TOWN.match(about.text) if not place else None
    place = part.group() if part else place
    if place:
        attributes["place"] = place
    return attributes
