"""What a policy document is called: by its title, its number, or a short form of either."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from domain.facts.fact import Moment
from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.statement import Span
from domain.facts.titles import Title
from domain.text.fold import fold

KIND_AT_END = re.compile(
    r"(?:通知|公告|通告|公示|意见|办法|方案|规划|计划|措施|细则|规定|函|决定|条例|政策"
    r"|指南|目录|要点)(?:\([^()]{1,20}\))*\Z"
)
WRAPPED = re.compile(r"(?:印发|发布|公布|转发|出台|公开征求)[^《]{0,10}《(?P<name>[^《》]{4,80})》")


@dataclass(slots=True)
class Document:
    """One document, gathered from all its mentions."""

    subject: str
    folded: str
    number: str = ""
    alias: str = ""
    kind: str = ""
    """What a row of titles says that each of them is."""
    spans: list[Span] = field(default_factory=list)
    primary: bool = False
    issued: bool = False
    draft: bool = False
    repealed: bool = False
    revised: bool = False
    issuers: list[str] = field(default_factory=list)
    time: Moment | None = None
    dates: list[Moment] = field(default_factory=list)


_LEAD = re.compile(r"(?:During|In|Under|Since|Throughout|By|For) (?:the )?(?=[A-Z0-9])")
"""A preposition at the head of a sentence is no part of the title behind it."""


def numbered(page: Page, title: Title, found: list[Document]) -> Document | None:
    """文号:… in a line of its own belongs to the document that the page is about."""
    own = fold(page.title)
    about = [one for one in found if not one.number and (one.primary or one.folded in own)]
    at = bisect_right(page.blocks, title.start, key=lambda block: block.start) - 1
    label = page.folded[page.blocks[at].start : title.start]
    if page.language == "en" and at and not about:
        above = page.blocks[at - 1]
        about = [one for one in found[-1:] if one.spans and one.spans[-1][0] >= above.start]
    return about[0] if about and _NUMBER_LABEL.search(label) else None


_NUMBER_LABEL = re.compile(
    r"[文编字]号|\b(?:document|file|reference|ref\.?|doc\.?) ?(?:no\b|number)|\Anumber\Z|\ANo\.?\Z",
    re.IGNORECASE,
)


_CITED = re.compile(
    r"(?:老|旧|原|此前|上一版|前一版)[^,。;]{0,8}\(\Z|(?:根据|依据|按照?|落实|执行|详见)[^,。;]{0,12}\Z"
)


def _is_cited(page: Page, title: Title) -> bool:
    """根据青羊府办发〔2025〕37号文件: a number in running text, or in a card, is another's."""
    if _CITED.search(page.folded, max(0, title.start - 16), title.start):
        return True
    at = bisect_right(page.blocks, title.start, key=lambda block: block.start) - 1
    labelled = bool(re.search(r"[文编]号", page.folded[slice(*page.blocks[at].label)]))
    return labelled and not KIND_AT_END.search(fold(page.title))


def named(page: Page, title: Title) -> tuple[str, str]:
    """A number without a title is the article's own: the title is that of the page."""
    start, end = title.name
    if start < end:
        lead = _LEAD.match(page.folded, start, end)
        start = lead.end() if lead else start
        return page.text[start:end], page.folded[start:end]
    card = _of_card(page, title) if page.language == "zh" else None
    if card:
        return page.text[slice(*card)], page.folded[slice(*card)]
    own = fold(page.title)
    if page.language == "zh" and _is_cited(page, title):
        return title.number, fold(title.number)
    wrapped = WRAPPED.search(own)
    if wrapped:
        return page.title[slice(*wrapped.span("name"))], wrapped["name"]
    kind = rules("documents", page.language).meaning(own, 0, len(own))
    if own and (KIND_AT_END.search(own) or page.language == "zh" or kind):
        return page.title, own
    return title.number, fold(title.number)


_NAME_LABEL = re.compile(r"(?:文件|公文|政策|信息)?(?:名\s?称|标\s?题|题名)")
_CARD = 8


def above_number(page: Page, title: Title, found: list[Document]) -> Document | None:
    """A number in a line of its own, right below the line that hands out a document."""
    at = bisect_right(page.blocks, title.start, key=lambda block: block.start) - 1
    if page.language == "en" or at < 1 or not found or found[-1].number:
        return None
    line, above = page.blocks[at], page.blocks[at - 1]
    alone = page.folded[line.start : title.start].strip() == ""
    handed = found[-1].spans and above.start <= found[-1].spans[-1][0] < above.end
    wraps = re.search(
        r"》\s*的?(?:通知|公告|决定|函|通告|批复)?\s*\Z", page.folded[above.start : above.end]
    )
    return found[-1] if alone and handed and wraps else None


def _of_card(page: Page, title: Title) -> tuple[int, int] | None:
    """发文字号:… in a card whose line 文件名称:… tells what the document is called."""
    at = bisect_right(page.blocks, title.start, key=lambda block: block.start) - 1
    if page.blocks[at].kind != "pair" or not _NUMBER_LABEL.search(
        page.folded[page.blocks[at].start : title.start].rstrip(" :")
    ):
        return None
    for block in page.blocks[max(0, at - _CARD) : at + _CARD]:
        if block.kind == "pair" and _NAME_LABEL.fullmatch(page.folded[slice(*block.label)].strip()):
            words = page.folded[block.body : block.end]
            start = block.body + len(words) - len(words.lstrip(" 《"))
            return start, start + len(words.strip(" 《》"))
    return None


_TRANSLATED = re.compile(r"\s?[\[(](?:[a-z]+ ){0,2}translation[\])]\s*\Z", re.IGNORECASE)
_SPELLED = re.compile(r"\bartificial intelligence\b", re.IGNORECASE)


def _bare(folded: str) -> str:
    """A title without what varies: "[translation]" behind it, AI spelled out."""
    if not folded.isascii() and not _TRANSLATED.search(folded):
        return folded
    return _SPELLED.sub("AI", _TRANSLATED.sub("", folded))


_TRIAL = re.compile(r"\((?:试行|暂行|修订)\)\Z")


def plain_name(folded: str) -> str:
    """Return a title without the note that it is on trial: …办法(试行)."""
    return _TRIAL.sub("", folded)


def same(known: Document, folded: str, number: str) -> bool:
    """Return whether a name or number is that of a known document."""
    if number and known.number:
        return number == known.number
    if folded in (known.folded, known.alias):
        return True
    short, long = sorted((plain_name(_bare(folded)), plain_name(_bare(known.folded))), key=len)
    if (
        len(short) >= 4
        and (long.startswith(short) or long.endswith(short))
        and len(short) >= 0.5 * len(long)
    ):
        return True
    return (
        len(short) <= 14
        and len(short) < 0.7 * len(long)
        and plain_name(folded) == short
        and _subsequence(short, long)
    )


def _subsequence(short: str, long: str) -> bool:
    """算力政策措施 is the short name of a title that holds its characters in that order."""
    letters = iter(long)
    return len(short) >= 4 and all(letter in letters for letter in short)
