"""What is due on a Chinese day: the act in its own words, in its label, or above it."""

import re
from dataclasses import dataclass

from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.when import When
from domain.text.fold import fold
from domain.text.lexicon import Hit

WEAK, PLAIN, EXPLICIT = 1, 2, 3
"""How plainly the words say that something closes: by place alone, by 前, by 截止."""
_HAPPENS = re.compile(
    r"施行|生效|挂网|实施|建成|投用|投产|开[幕工园业]|举[行办]|召开|竣工|成立|注册(?=的)|签订日|有效期|公布|发布(?!之日)|出台|印发|启动(?!申)"
    r"|完工|交付|上线|公告(?!期)|拨付|拨款|兑付到位"
)
_WEAK_ACT = re.compile(r"受理|完成|推荐|提供|登记|注册|备案|验收|兑付")
_ACTS = ("objection", "comment", "review", "application", "submission")
_NEAR = 30
FARTHEST = 8
"""Blocks above a line that can still head it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day in its clause; offsets into the text."""

    when: When
    start: int
    end: int
    label: str


def kind_of(page: Page, sentence: Sentence, one: Due, strength: int) -> str | None:
    """The act of its own words, of its label, its sentence, or of what stands above it."""
    if _ASKED_ABOUT.search(page.folded, one.start, one.end):
        return None
    if re.search(r"异议", page.folded[sentence.start : sentence.end]):
        return "objection"
    own = _act(page, min(one.start, one.when.start), one.end, one.when)
    if own and not (strength < EXPLICIT and _happens(page, one)):
        wide = _act(page, *_around(sentence, one), one.when)
        return "comment" if (own, wide) == ("submission", "comment") else own
    if own is None and strength < EXPLICIT and _happens(page, one):
        return None
    lexicon = rules("deadlines", "zh")
    label = one.label or page.folded[page.block_of(sentence).start : sentence.start]
    named = lexicon.meaning(label, 0, len(label))
    if named:
        gathers = named == "application" and label.startswith("征集")
        return "comment" if gathers and _COMMENTED.search(fold(page.title)) else named
    if re.search(r"公示", one.label or page.folded[one.start : one.end]):
        return "objection"
    wide = _act(page, *_part(page, sentence, one), one.when)
    wide = wide or _act(page, *_around(sentence, one), one.when)
    if wide and (strength >= PLAIN):
        return wide
    if strength >= PLAIN and "公示" in page.folded[sentence.start : sentence.end]:
        return "objection"
    return _from_above(page, sentence, one, strength)


_ASKED_ABOUT = re.compile(r"咨询|查询|致电")
"""申报咨询截至3月28日: nobody has to ask."""
_REACH = 300
"""Characters around a day in which its sentence says what is due."""


def _around(sentence: Sentence, one: Due) -> tuple[int, int]:
    start = max(sentence.start, one.when.start - _REACH)
    return start, min(sentence.end, one.when.end + _REACH)


def _part(page: Page, sentence: Sentence, one: Due) -> tuple[int, int]:
    """The part of the sentence between semicolons."""
    start, end = _around(sentence, one)
    stop = page.folded.find(";", one.when.end, end)
    return max(start, page.folded.rfind(";", start, one.when.start) + 1), stop if stop >= 0 else end


def _happens(page: Page, one: Due) -> bool:
    return bool(_HAPPENS.search(page.folded, one.when.end, one.end))


def _from_above(page: Page, sentence: Sentence, one: Due, strength: int) -> str | None:
    """首批什么时候可以申报?, 报名: the heading, else the title, for a day that plainly closes."""
    lexicon = rules("deadlines", "zh")
    for number in range(sentence.block - 1, max(-1, sentence.block - FARTHEST), -1):
        block = page.blocks[number]
        if block.kind == "heading":
            found = lexicon.meaning(
                page.folded[block.start : block.end], 0, block.end - block.start
            )
            if found:
                return found
    if strength < EXPLICIT:
        return None
    title = fold(page.title)
    titled = [hit.rule.meaning for hit in lexicon.hits(title, 0, len(title))]
    named = next((meaning for meaning in titled if meaning in _TITLED), None)
    return named or ("application" if one.label else None)


_APPLIES = re.compile(
    r"(?:提交|递交|完成|办理|提出)(?:[\u4e00-\u9fff]{0,4})(?:申请|申报|报名|填报|登记|揭榜)(?!材料|书|表)"
)
_COMMENTED = re.compile(r"意见")
_TITLED = ("application", "comment", "objection")


def _act(page: Page, start: int, end: int, when: When) -> str | None:
    """What somebody does: comments and applications before the steps on their way."""
    hits = list(rules("deadlines", "zh").hits(page.folded, start, end))
    if not hits:
        return None
    words = {hit: page.folded[hit.start : hit.end] for hit in hits}
    for strong in ("objection", "comment"):
        if any(hit.rule.meaning == strong for hit in hits):
            return strong
    doing = [hit for hit in hits if not _WEAK_ACT.fullmatch(words[hit])] or hits
    near = [
        hit for hit in doing if min(abs(hit.start - when.end), abs(when.start - hit.end)) < _NEAR
    ]
    behind = [hit for hit in near if hit.start >= when.end]
    chosen = behind or near or doing
    by_rank = {meaning: number for number, meaning in enumerate(_ACTS)}
    if not behind:
        return max(chosen, key=lambda hit: hit.start).rule.meaning
    first = behind[0]
    if first.rule.meaning == "submission" and _APPLIES.match(page.folded, first.start, end):
        return "application"
    return min(behind, key=lambda hit: (hit.start, by_rank[hit.rule.meaning])).rule.meaning


def _distance(hit: Hit, when: When) -> int:
    return min(abs(hit.start - when.end), abs(when.start - hit.end))
