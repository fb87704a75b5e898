"""What is said of a Chinese benefit beside its amounts: for whom, of what, by whom, how real."""

import re

from domain.facts.amounts import Amount
from domain.facts.benefit_places import Place
from domain.facts.fact import Status
from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.sections import looks
from domain.facts.statement import Span, Statement
from domain.facts.terms import eligible, rate_base, responsible
from domain.text.fold import fold
from domain.text.sentences import clauses

_STOP = re.compile(r"[,;。\n]|$")
_OPENS = re.compile(
    r"[ ]?(?:\(.{1,3}\)|\d[.、])?"
    r"(?:对(?!外|接|应)|支持|鼓励|引导|凡|针对|市级财政|财政|新|首次|设立|符合|入驻)"
)
_GOES_ON = re.compile(
    r"[ ]?(?:每|给予|按|单|最高|且|并|年度|一次性|予以|分别|依次|同一|可|对应|另|再|其|标准|比例"
    r"|金额|额度|至多|不超过|补|奖|获|上限|国[家际]级|省级|市级|\d|一[家户人个])"
)
_FARTHEST = 3
_REACH = 240
"""Characters before a sum in which its benefit can begin."""


def described(page: Page, place: Place, group: list[Amount]) -> Statement:
    """Return the measure that a group of amounts makes, with all that is said of it."""
    start, end = _span(page, place, group)
    found = {
        "instrument": _named_behind(page, group) or _instrument(page, place, start, end),
        "rate_base": rate_base(page, group, (start, end)),
        "eligible": eligible(page, place, group, (start, end)),
        "responsible": responsible(page, place, group),
    }
    if not found["instrument"] and any(one.role != "pool" for one in group):
        found["instrument"] = "subsidy"
    amounts: dict[str, object] = {"amounts": [one.as_json() for one in group]}
    return Statement(
        type="measure",
        subject=_subject(page, place, group, start, end),
        spans=((start, end),),
        rule=f"zh.measure.{'lines' if place.label else 'sentence'}",
        status=_status(page, place, start, end),
        attributes=amounts | {name: value for name, value in found.items() if value},
        confidence="high" if len(group) > 1 else "medium",
        uses=frozenset(one.quantity.number_start for one in group),
    )


# --- where it stands --------------------------------------------------------------------------


def _span(page: Page, place: Place, group: list[Amount]) -> Span:
    """From where the first amount's benefit begins to the end of the last one's clause."""
    if place.row:
        return place.row
    one = min(group, key=lambda amount: amount.start)
    last = max(group, key=lambda amount: amount.quantity.end)
    start = _opening(page, one)
    stop = _STOP.search(page.folded, last.quantity.end, last.sentence.end)
    end = stop.start() if stop else last.sentence.end
    while start < end and page.folded[start] in " \t\n,;":
        start += 1
    return start, end


def _opening(page: Page, one: Amount) -> int:
    """Where the words of a benefit begin: at "对…的企业", at most three clauses before its sum."""
    part = max(one.sentence.start, page.folded.rfind(";", one.sentence.start, one.start) + 1)
    part = max(part, one.start - _REACH)
    spans = clauses(page.folded, part, min(one.sentence.end, one.start + 2), "zh")
    starts = [start for start, _ in spans if start <= one.start][-_FARTHEST - 1 :]
    for start in reversed(starts):
        if _OPENS.match(page.folded, start):
            return start
    for start in reversed(starts):
        if not _GOES_ON.match(page.folded, start):
            return start
    return starts[0] if starts else part


# --- what kind of help ------------------------------------------------------------------------


_TELLING = ("voucher", "rent", "loan", "tax")
_PARAGRAPH = 120
_LONGEST = 600
"""Characters of a benefit that are looked at; more is no one sentence."""


_NAMED = re.compile(r"资助|经费支持|资金支持")
"""Words that name the help themselves, whatever the title speaks of."""
_OWN_NOUN = re.compile(r"的(?P<noun>[\u4e00-\u9fff]{2,8})")


def _named_behind(page: Page, group: list[Amount]) -> str | None:
    """…20%的叠加补贴: what the sum itself is called, whatever else its sentence speaks of."""
    for one in group:
        noun = _OWN_NOUN.match(page.folded, one.quantity.end)
        found = (
            [*rules("instruments", "zh").hits(noun["noun"], 0, len(noun["noun"]))] if noun else []
        )
        if found and found[-1].rule.meaning not in ("fund", "grant"):
            return found[-1].rule.meaning
    return None


def _instrument(page: Page, place: Place, start: int, end: int) -> str | None:
    """The telling kinds (a voucher, rent) win wherever they stand, else the nearest to the end."""
    lexicon = rules("instruments", "zh")
    block = page.blocks[place.sentence.block]
    first = max(start, end - _LONGEST)
    found = [one.rule.meaning for one in lexicon.hits(page.folded, first, end + 2)]
    paragraph = page.folded[max(block.start, start - _PARAGRAPH) : start]
    names = fold(" ".join(_beside(page, place)))
    named = _NAMED.search(page.folded, first, end + 2) is not None
    titles = () if named else (fold(page.title),)
    for above in (place.label, fold(place.topic), names, paragraph, *titles):
        if set(found) - {"grant", "fund"}:
            break
        found += [one.rule.meaning for one in lexicon.hits(above, 0, len(above))]
    telling = [meaning for meaning in found if meaning in _TELLING]
    plain = [meaning for meaning in found if meaning not in ("fund", "grant")]
    return next(iter([*telling, *reversed(plain), *found]), None)


_NAMES = re.compile(r"名称|事项|项目|方式|类型|类别|奖项|政策")
_MOST_ABOVE = 6


def _beside(page: Page, place: Place) -> list[str]:
    """What the lines above in the same card name: 名称 省级场景补助, 支持方式 事后补助."""
    found: list[str] = []
    if place.row:
        return found
    at = place.sentence.block
    for number in range(at - 1, max(-1, at - _MOST_ABOVE), -1):
        block = page.blocks[number]
        if block.kind != "pair":
            break
        if _NAMES.search(page.folded, *block.label):
            found.append(page.text[block.body : block.end].strip()[:_LONGEST_TOPIC])
    return found


# --- what it is about -------------------------------------------------------------------------


_SAYS_ENOUGH = 12
_LONGEST_LEAD = 18
_LONGEST_TOPIC = 30
_LONGEST_SUBJECT = 90
_LEADING = re.compile(
    r"^(?:对于?|同时|其中|此外|另外|并且?|每年|年度|按照?|给予|再)+",
)
_TRAILING = re.compile(
    r"(?:[,，]?(?:给予|予以|按照?|每年|年度|最高|一次性|分别|依次|再|奖励|补助|补贴|资助|可获|不超过|的))+$"
)


def _subject(page: Page, place: Place, group: list[Amount], start: int, end: int) -> str:
    """Who or what is supported: the words before the first amount, below what stands above it."""
    first = min(group, key=lambda amount: amount.quantity.start)
    words = page.text[start : first.quantity.start].strip(" ,，、:：\n|")
    words = _TRAILING.sub("", _LEADING.sub("", words)).strip(" ,，、:：\n|")
    said = f"{words} {_noun_behind(page, first, end)}".strip()
    if len(group) == 1 and first.role == "pool":
        said = f"{said} {_paid_for(page, first)}".strip()
    if place.row:
        return place.topic[:_LONGEST_SUBJECT]
    above = [*_clauses_before(page, place, start), said]
    if place.label or len(words) < _SAYS_ENOUGH:
        names = dict.fromkeys([place.topic[:_LONGEST_TOPIC], *_beside(page, place)])
        label = page.text[slice(*page.blocks[place.sentence.block].label)]
        above = [*names, label, _lead(page, place), _title(page, place), *above]
    named = " ".join(dict.fromkeys(part for part in above if part))
    return (named or page.text[start:end].strip())[:_LONGEST_SUBJECT]


def _title(page: Page, place: Place) -> str:
    """The title, where neither a heading nor the paragraph says what a bare sum is for."""
    return "" if place.topic else page.title[:_LONGEST_TOPIC]


def _clauses_before(page: Page, place: Place, start: int) -> list[str]:
    """The first clause of the sentence and the one right before, where a benefit goes on."""
    floor = place.sentence.start
    block = page.blocks[place.sentence.block]
    if start <= floor:
        floor = max(block.body or block.start, start - _PARAGRAPH)
    floor = max(floor, start - _REACH)
    spans = [span for span in clauses(page.folded, floor, start, "zh") if span[1] - span[0] > 1]
    chosen = dict.fromkeys([*spans[:2], *spans[-1:]])
    return [page.text[low:high].strip()[:_LONGEST_TOPIC] for low, high in chosen]


_NOUN = re.compile(r"的?(?P<noun>[\u4e00-\u9fffA-Za-z]{2,12})")


def _noun_behind(page: Page, one: Amount, end: int) -> str:
    found = _NOUN.match(page.folded, one.quantity.end, max(end, one.quantity.end))
    return page.text[slice(*found.span("noun"))] if found else ""


def _paid_for(page: Page, one: Amount) -> str:
    """拿出3000万元,对通过备案的大模型…: what a pot is for stands behind it."""
    stop = _STOP.search(page.folded, one.quantity.end + 1, one.sentence.end)
    end = stop.start() if stop else one.sentence.end
    return page.text[one.quantity.end : end].strip(" ,，、")[:_LONGEST_TOPIC]


def _lead(page: Page, place: Place) -> str:
    """5.鼓励精品。…: the short sentence that opens a block names what follows."""
    first = page.sentences_of(place.sentence.block)[0]
    short = first != place.sentence and first.end - first.start <= _LONGEST_LEAD
    return page.text[first.start : first.end].strip("。 ") if short else ""


# --- how real it is ---------------------------------------------------------------------------


_DRAFT = re.compile(r"征求意见|意见稿|草案")
_DENIED = re.compile(r"不实|辟谣|谣[言传]|没有这[项样]|并无此|网传")
_PLANS = re.compile(r"打算|下一步|思路|展望|明年")
_TO_COME = re.compile(
    r"(?:还|也|即)?将(?!按|对|给)|拟(?!支持)|准备|计划(?:再|年内|安排)|承诺|届时|草案|建议"
)
_REPORTS = re.compile(r"报告|讲话|致辞|要点|打算")
_FAR_AHEAD = 80
_HEAD = 300


def _status(page: Page, place: Place, start: int, end: int) -> Status:
    sentence = place.sentence
    if _DENIED.search(page.folded, sentence.start, sentence.end):
        return "negated"
    if _DRAFT.search(page.folded[:_HEAD]) or _DRAFT.search(page.title):
        return "draft"
    block = page.blocks[sentence.block]
    if _DRAFT.search(fold(place.topic)) or _DRAFT.search(
        page.folded, max(block.start, start - _HEAD), start
    ):
        return "draft"
    part = page.folded.rfind(";", sentence.start, start) + 1
    start = max(sentence.start, part, start - _FAR_AHEAD)
    if _REPORTS.search(fold(page.title)) and looks(page, sentence) == "ahead":
        return "planned"
    to_come = _TO_COME.search(page.folded, start, end) or _PLANS.search(fold(place.topic))
    return "planned" if to_come or _begins_later(page, start, end) else "in_force"


def _begins_later(page: Page, start: int, end: int) -> bool:
    """2026年不少于1.5亿元: of a year that has not begun."""
    if page.published is None:
        return False
    times = page.times_in(max(0, start - _YEAR_BEFORE), end)
    years = [when for when in times if when.precision == "year" and when.part == "point"]
    return any(when.first > page.published for when in years)


_YEAR_BEFORE = 8
