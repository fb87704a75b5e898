"""What is said of a Chinese benefit beside its amounts: for whom, of what, by whom, how real."""

import re

from domain.facts.amounts import Amount
from domain.facts.benefit_places import Place
from domain.facts.fact import Status
from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.statement import Span, Statement
from domain.facts.terms import rate_base, responsible
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


def described(page: Page, place: Place, group: list[Amount]) -> Statement:
    """Return the measure that a group of amounts makes, with all that is said of it."""
    start, end = _span(page, place, group)
    found = {
        "instrument": _instrument(page, place, start, end),
        "rate_base": rate_base(page, group),
        "eligible": _eligible(page, place, group, start),
        "responsible": _bodies(page, place, group),
    }
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
    spans = clauses(page.folded, part, one.sentence.end, "zh")
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


def _instrument(page: Page, place: Place, start: int, end: int) -> str | None:
    """The telling kinds (a voucher, rent) win wherever they stand, else the nearest to the end."""
    lexicon = rules("instruments", "zh")
    first = min(start, page.blocks[place.sentence.block].start) if place.label else start
    found = [one.rule.meaning for one in lexicon.hits(page.folded, first, end + 2)]
    for above in (place.label, fold(place.topic), _paragraph(page, place, start), fold(page.title)):
        if set(found) - {"grant", "fund"}:
            break
        found += [one.rule.meaning for one in lexicon.hits(above, 0, len(above))]
    telling = [meaning for meaning in found if meaning in _TELLING]
    plain = [meaning for meaning in found if meaning not in ("fund", "grant")]
    return next(iter([*telling, *reversed(plain), *found]), None)


def _paragraph(page: Page, place: Place, start: int) -> str:
    """What its paragraph says before it."""
    block = page.blocks[place.sentence.block]
    return page.folded[max(block.start, start - 120) : start]


# --- for whom ---------------------------------------------------------------------------------


_SIBLING = re.compile(r"对象|主体|适用|面向|谁[能可]|申[报请](?:条件|主体|人)|条件")
_LEADING = re.compile(
    r"^(?:对于?|凡是?|针对|同时|其中|此外|另外|并且?|每年|年度|按照?|给予|再|支持|鼓励|引导"
    r"|第[一二三四五六七八九十]{1,4}[条,、 ]{0,3}|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])+"
)
_TRAILING = re.compile(
    r"(?:[,、:]?(?:给予|予以|按照?|每年|年度|最高|一次性|分别|依次|再|奖励|奖补|补助|补贴|资助|可"
    r"|可获|不超过|的|由|各|另|拟|给|获|按|每|至|共))+$"
)
_MOST_SIBLINGS = 6


def _eligible(page: Page, place: Place, group: list[Amount], start: int) -> str | None:
    """The words that say who gets it: a line of their own, the clause before the sums."""
    beside = _beside(page, place)
    first = min(group, key=lambda amount: amount.quantity.number_start)
    words = page.text[start : first.quantity.start] if not place.row else place.topic
    who = _recipient(words)
    return beside or who or None


def _recipient(words: str) -> str:
    """The clauses before the first sum, without the words that lead to it."""
    trimmed = _TRAILING.sub("", _LEADING.sub("", fold(words).strip(" ,:\n")))
    at = fold(words).find(trimmed) if trimmed else -1
    return words[at : at + len(trimmed)].strip(" ,，、:：")[:60] if at >= 0 else ""


def _beside(page: Page, place: Place) -> str:
    """支持对象:… as a line of its own beside the measure."""
    if not place.label or place.row:
        return ""
    at = place.sentence.block
    for step in (-1, 1):
        for number in range(at + step, at + step * _MOST_SIBLINGS, step):
            if not 0 <= number < len(page.blocks) or page.blocks[number].kind != "pair":
                break
            block = page.blocks[number]
            if _SIBLING.search(page.folded, *block.label):
                return page.text[block.body : block.end].strip(" 。\n")[:80]
    return ""


# --- by whom ----------------------------------------------------------------------------------


_ANSWERS = re.compile(
    r"(?:责任|牵头|配合|主责|主管|实施|承办|执行|受理)(?:单位|部门|主体|处室)?$|^主管|部门|^单位"
)


def _bodies(page: Page, place: Place, group: list[Amount]) -> list[str]:
    if place.row:
        return list(place.bodies)
    return responsible(page, group[-1].sentence) or _beside_bodies(page, place)


def _beside_bodies(page: Page, place: Place) -> list[str]:
    if not place.label:
        return []
    at = place.sentence.block
    for number in range(at + 1, at + _MOST_SIBLINGS):
        if number >= len(page.blocks) or page.blocks[number].kind != "pair":
            return []
        block = page.blocks[number]
        if _ANSWERS.search(page.folded[slice(*block.label)]):
            text = page.text[block.body : block.end].strip(" 。\n")
            return [body for body in re.split(r"[、,，;；]", text) if body]
    return []


# --- what it is about -------------------------------------------------------------------------


_SAYS_ENOUGH = 12
_LONGEST_LEAD = 18
_LONGEST_SUBJECT = 110


def _subject(page: Page, place: Place, group: list[Amount], start: int, end: int) -> str:
    """Who or what is supported: the words before the first amount, below what stands above it."""
    if place.row:
        return f"{place.topic} {page.text[slice(*_label_of(page, place))]}".strip()[
            :_LONGEST_SUBJECT
        ]
    first = min(group, key=lambda amount: amount.quantity.start)
    words = page.text[start : first.quantity.start].strip(" ,，、:：\n")
    words = _TRAILING.sub("", _LEADING.sub("", words)).strip(" ,，、:：\n")
    behind = _noun_behind(page, first, end)
    if place.label or len(words) < _SAYS_ENOUGH:
        label = page.text[slice(*page.blocks[place.sentence.block].label)]
        above = (
            place.topic,
            label or _lead(page, place),
            _earlier(page, place, start),
            words,
            behind,
        )
        words = " ".join(dict.fromkeys(part for part in above if part))
    elif behind:
        words = f"{words} {behind}"
    return (words or page.title or page.text[start:end])[:_LONGEST_SUBJECT]


def _label_of(page: Page, place: Place) -> Span:
    return page.blocks[place.sentence.block].label


_NOUN = re.compile(r"的?(?P<noun>[\u4e00-\u9fffA-Za-z]{2,12})")


def _noun_behind(page: Page, one: Amount, end: int) -> str:
    found = _NOUN.match(page.folded, one.quantity.end, max(end, one.quantity.end))
    return page.text[slice(*found.span("noun"))] if found else ""


def _lead(page: Page, place: Place) -> str:
    """5.鼓励精品。…: the short sentence that opens a block names what follows."""
    first = page.sentences_of(place.sentence.block)[0]
    short = first != place.sentence and first.end - first.start <= _LONGEST_LEAD
    return page.text[first.start : first.end].strip("。 ") if short else ""


def _earlier(page: Page, place: Place, start: int) -> str:
    """The clause before, where a sum says little of its own: 算力券怎么发？今年先行安排8000万元."""
    block = page.blocks[place.sentence.block]
    floor = max(block.start, start - 40)
    text = page.text[floor:start].strip(" ,，。;；\n")
    return re.split(r"[。；;\n]", text)[-1][-30:]


# --- how real it is ---------------------------------------------------------------------------


_DRAFT = re.compile(r"征求意见|意见稿|草案")
_DENIED = re.compile(r"不实|辟谣|谣言|没有这项|并无此")
_TO_COME = re.compile(
    r"(?:还|也|即)?将(?!按|对|给)|拟(?!支持)|准备|计划(?:再|年内|安排)|承诺|届时|草案|建议"
)
_FAR_AHEAD = 80
_HEAD = 300


def _status(page: Page, place: Place, start: int, end: int) -> Status:
    sentence = place.sentence
    if _DENIED.search(page.folded, sentence.start, sentence.end):
        return "negated"
    if _DRAFT.search(page.folded[:_HEAD]) or _DRAFT.search(page.title):
        return "draft"
    block = page.blocks[sentence.block]
    if _DRAFT.search(fold(place.topic)) or _DRAFT.search(page.folded, block.start, start):
        return "draft"
    part = page.folded.rfind(";", sentence.start, start) + 1
    start = max(sentence.start, part, start - _FAR_AHEAD)
    return "planned" if _TO_COME.search(page.folded, start, end) else "in_force"
