"""The amounts of a Chinese benefit: runs of like sums, their comparators and periods."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.facts.amounts import Amount, AmountRole, Period
from domain.facts.benefit_case import Case, Read
from domain.facts.benefit_numbers import unwritten
from domain.facts.benefit_places import Place
from domain.facts.benefit_roles import role_of
from domain.facts.benefit_words import AWARDS, Around, Words
from domain.facts.benefit_zh import is_goal, is_of_survey
from domain.facts.learnt import verdict
from domain.facts.page import Page
from domain.facts.quantity import Quantity

_LISTED = re.compile(
    r"[、,/;]?\s?(?:和|及|与|以及|或|至)?\s?(?:约|最高|不超过|最多)?(?:各)?(?:[\u4e00-\u9fff]{0,1}级)?\s?"
)
_CHANGED = re.compile(
    r"[\"')]{0,2}(?:/[家年])?[,]?\s?(?:统一)?(?:更正|调[整高低减]?|修[改订]|变更|改|提[高升]?|增加|放宽|扩大|上[调浮]|下[调浮]|压减"
    r"|[降减增升调涨加](?:低|少)?|放大|追加|[倍翻激猛]增|翻倍)(?:至|到|为|成)"
)
_OLD = re.compile(r"(?:由|从|原(?:来|先|定|标准)?的?|此前的?|过去的?)[^,。;]{0,14}\Z")
_REACHED = re.compile(r"(?:达到?|满)了?\Z")
_OF_A_YEAR = re.compile(r"今年|本年度?|全年|明年|20\d\d年(?!起)")
_HEAD = 60
_CLOSED = re.compile(r"\s?(?:封顶|为限|以内|为?上限)")
_INCLUDED = re.compile(r"\s?\(含")
_YEARLY = re.compile(r"每年|年度|全年|按年(?!化)|一年(?!内)")
_PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    ("once", re.compile(r"一次性|一次(?=给|发|奖|补)|一次过|一口气|一次发放")),
    (
        "year",
        re.compile(
            r"每年|年度(?!能)|/年|年最高|每户年|元/?年|按年(?!化)|逐年|(?<![\d一二三四五两几近往历上去今明])年(?=[补奖])|(?<![\d三二两四五])年累计|一年(?!内)|一年内(?=[^,;。]{0,14}不)|全年|自然年|当年|年封顶|年限额|年上限"
        ),
    ),
    (
        "project",
        re.compile(r"单个项目|每个项目|每项目|单项|项目(?=最高|资助额度|支持|补助|封顶)|每个课题"),
    ),
    ("total", re.compile(r"累计|合计|总计|总额")),
)


def benefit_amounts(page: Page, place: Place, taken: frozenset[int]) -> Iterator[Amount]:
    """Yield the amounts of a place that play a part in a benefit, in order."""
    sentence = place.sentence
    found = [*page.quantities_in(sentence.start, sentence.end), *unwritten(page, place)]
    wanted = sorted(
        (
            one
            for one in found
            if _counts(one)
            and one.number_start not in taken
            and not is_goal(page, one)
            and not is_of_survey(page, one)
        ),
        key=lambda one: one.number_start,
    )
    if not wanted:
        return
    words = Words(page, sentence.start, sentence.end, place.label)
    told = place.open or words.label or words.any(*AWARDS, "provide", "by")
    if not told and not any(verdict.role(page, one, None) for one in wanted):
        return
    runs = list(_runs(page, wanted))
    last: Read | None = None
    before = sentence.start
    for number, run in enumerate(runs):
        after = runs[number + 1][0].start if number + 1 < len(runs) else sentence.end
        around = words.around(replace(run[0], end=run[-1].end), before, after)
        if _is_old(page, run, around):
            continue
        before = run[-1].end
        role = verdict.role(page, run[0], role_of(Case(page, place, words, around, run[0], last)))
        if role is None:
            last = None if around.has("business") else last
            continue
        last, earlier = Read(role=role, around=around, quantity=run[0]), last
        if role == "fixed" and _is_instalment(around, earlier):
            continue
        for one in run:
            yield Amount(
                role=role,
                quantity=_compared(one, run[0], role, around, earlier),
                period=_period(page, place, around, role),
                start=around.start,
                sentence=sentence,
            )


_EACH_PROJECT = re.compile(r"[每单]项")
_PROJECTS = re.compile(r"(?:支持|立项|部署|设立?|资助|遴选|安排)[^,。;]{0,8}\d{1,3}项")
_INSTALMENT = re.compile(
    r"\A[,、(]?\s?(?:即|其中)?(?:分[一二三四五两]年,?)?(?:每年|每人每年|按年)(?:各|发放|拨付)?\Z"
)


def _is_instalment(around: Around, earlier: Read | None) -> bool:
    """三年给足60万元,每年20万元: the same sum in parts."""
    again = earlier is not None and earlier.role == "fixed"
    return again and bool(_INSTALMENT.match(around.before))


_WIDENED = re.compile(r"(?:放宽|提[高升]|上[浮调]|增加|扩大)(?:到|至|为)\Z")


def _compared(
    one: Quantity, first: Quantity, role: AmountRole, around: Around, earlier: Read | None
) -> Quantity:
    """The comparator of the first holds for the whole list; a condition reached is "at least"."""
    comparator = first.comparator
    if comparator == "eq" and role != "threshold" and _CLOSED.match(around.after):
        comparator = "le"
    raised = earlier and earlier.role == role == "rate" and _WIDENED.search(around.before)
    if raised and earlier and comparator == "eq" and earlier.quantity.comparator == "le":
        comparator = "le"
    if role == "threshold" and comparator == "eq" and _REACHED.search(around.before):
        comparator = "ge"
    if _INCLUDED.match(around.after) and comparator in ("gt", "lt"):
        comparator = "ge" if comparator == "gt" else "le"
        return replace(one, comparator=comparator)
    if (
        role in ("rate", "per_unit")
        and comparator == "eq"
        and around.own
        and around.own[-1].meaning == "cap"
    ):
        comparator = "le"
    return replace(one, comparator=comparator) if one.comparator == "eq" else one


def _counts(quantity: Quantity) -> bool:
    return quantity.kind in ("money", "percent") and quantity.unit != "percentage_point"


def _runs(page: Page, quantities: list[Quantity]) -> Iterator[list[Quantity]]:
    """Sums in a list (A、B和C) are read alike: by the words before the first, behind the last."""
    run: list[Quantity] = []
    for one in quantities:
        if run:
            gap = page.folded[run[-1].end : one.start]
            listed = _LISTED.fullmatch(gap) and gap.strip(" ") not in ("", ",", ";")
            if one.unit != run[-1].unit or not listed:
                yield run
                run = []
        run.append(one)
    if run:
        yield run


def _is_old(page: Page, run: list[Quantity], around: Around) -> bool:
    """由A提高到B, “A”修改为“B”: A is history."""
    if _CHANGED.match(page.folded, run[-1].end):
        return True
    if _OLD.search(around.before) and "改" not in around.before:
        return bool(re.match(r"[^,。;]{0,4}(?:至|到|为|成)", around.after))
    quoted = page.folded.find('"', run[-1].end, around.end + 60)
    opened = page.folded.rfind('"', max(0, run[0].start - 60), run[0].start)
    return (
        quoted >= 0 and opened >= 0 and bool(_CHANGED.match(page.folded, quoted))
    ) and page.folded.count('"', opened, quoted) == 1


def _period(page: Page, place: Place, around: Around, role: AmountRole) -> Period | None:
    if role in ("rate", "threshold"):
        return None
    after = re.split(r"[,。;\n]", around.after)[0]
    head = page.folded[max(place.sentence.start, around.start - _HEAD) : around.start]
    head = head if around.carried or not around.own else ""
    if place.row:
        head = page.folded[slice(*place.row)]
    if role == "pool" and _OF_A_YEAR.search(around.before) and "累计" not in around.before:
        return "year"
    own = page.folded[around.start : around.end - len(around.after)]
    for words in (f"{place.label} {own}{after}", head):
        found = next((period for period, pattern in _PERIODS if pattern.search(words)), None)
        if found is None and role in ("cap", "fixed") and _EACH_PROJECT.search(own):
            found = (
                "project"
                if _PROJECTS.search(page.folded, place.sentence.start, around.start)
                else None
            )
        if found == "total" and "累计" not in own and words != head and _YEARLY.search(head):
            return "year"
        if found:
            return found
    return None
