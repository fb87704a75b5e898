"""What the words around a document say of it: announced, cited, drafted, revised, repealed."""

import re
from bisect import bisect_right

from domain.facts.document_dates import dates_behind
from domain.facts.document_names import Document
from domain.facts.fact import Moment
from domain.facts.issuers import issuers
from domain.facts.page import Page, Sentence
from domain.facts.titles import Title

DRAFT = re.compile(r"征求意见|草案|公开稿|送审稿|\bdraft\b", re.IGNORECASE)
_ISSUED = {
    "zh": re.compile(
        r"(?:印发|发布|出台|公布|颁布|下发|推出|制定|通过|发出|出炉|发文"
        r"|实施)(?:了|的)?(?:关于)?[\"(]?\Z"
    ),
    "en": re.compile(
        (
            r"\b(?:issued?|issues|published?|publishes|released?|releases|unveil(?:s|ed)"
            r"|adopt(?:s|ed)|rolled out|announced?|launched|approved|passed|introduced|jointly "
            r"issued)\s(?:the|a|an|its|their|new|draft|three|two|of|consultation|for|public|comment"
            r"|revised|final|version|jointly|,|and|\"|\s)*\Z"
        ),
        re.IGNORECASE,
    ),
}
_ISSUED_BEHIND = {
    "zh": re.compile(
        r"[\"》]?(?:\([^()]{0,40}\))?(?:日前|近日|今日|今天|正式|于[^,。]{2,12}日|已|全文"
        r"|的通知|开始|业经[^,。]{0,24})*[,]?(?:印发|发布|出台|公布|颁布|施行|执行|实施|出炉|审议通过"
        r"|对外公布|公开)"
    ),
    "en": re.compile(
        (
            r"[\"]?(?:\s\([^()]{0,60}\))?,?\s(?:(?:was|were|has been|is|which "
            r"was)\s)?(?:\w+\s)?(?:issued|published|released|unveiled|adopted|announced|approved)"
        ),
        re.IGNORECASE,
    ),
}
_BASIS = {
    "zh": re.compile(
        r"(?:根据|依据|按照|贯彻|落实|按|遵照|依照|执行|结合|参照|为落实|深入实施|围绕|对照"
        r"|符合)[^。;]{0,40}\Z"
    ),
    "en": re.compile(
        (
            r"\b(?:under|in line with|pursuant to|according to|in accordance with"
            r"|based on|builds? on"
            r"|replace|following|implement(?:ing)?|legal basis:|basis:"
            r"|alongside)\s(?:the|its|a)?\s*\"?\Z"
        ),
        re.IGNORECASE,
    ),
}
_SPEAKS = {
    "zh": re.compile(
        r"[》\"](?:\([^()]{0,40}\))*(?:提出|明确|指出|要求|规定|强调|部署|显示|聚焦|围绕|从"
        r"|共|包括|涵盖|图解|解读)"
    ),
    "en": re.compile(
        (
            r"[\"]?(?:\s\([^()]{0,60}\))?,?\s(?:calls? for|says|lists|sets|covers|envisages|aims"
            r"|offers|outlines|proposes|provides|states|requires|includes|designat)"
        ),
        re.IGNORECASE,
    ),
}
_DRAFTING = re.compile(
    (
        r"(?:正在|抓紧|牵头)?(?:编制|起草|草拟|加快|拟定|制定中|研究制定|酝酿)[^,。]{0,6}\Z"
        r"|\b(?:drafting|drafted|draft|consultation draft|exposure draft)(?: version)?(?: of)?"
        r"(?: the| its)?\s?\"?\Z|\bfor (?:public )?(?:consultation|comment)\b[^.]{0,12}\Z"
    ),
    re.IGNORECASE,
)
_REPEALED = re.compile(
    r"[^,。;]{0,20}(?<!同步)(?:同时)?(?:予以)?(?:废止|失效|停止(?:执行|施行)|不再(?:执行|施行))|[^.;]{0,60}\b(?:repealed|abolished|annulled|revoked|superseded"
    r"|cease[sd]? to apply|no longer appl(?:y|ies))\b",
    re.IGNORECASE,
)


_REPEALS = re.compile(
    r"(?:废止|停止执行|停止施行|取代|替代|代替)(?:了)?(?:原|原有的)?[^,。;:]{0,12}\Z"
    r"|(?<!\bwould )(?<!\bcould )(?<!\bmay )(?<!\bmight )(?<!\bto )"
    r"\b(?:repeal(?:s|ed)?|replace[sd]?|supersede[sd]?|abolish(?:e[sd])?|revoke[sd]?)\s"
    r"(?:both\s)?(?:the|its|their)?\s*\"?\Z",
    re.IGNORECASE,
)
"""Before the title; what a draft would replace is in force."""


def learn(page: Page, title: Title, document: Document) -> None:
    """Add to a document what one mention of it says."""
    sentence = page.sentence_at(title.start)
    start = sentence.start if sentence else title.start
    before = page.folded[start : title.start]
    behind = page.folded[title.name[1] : title.name[1] + 100]
    document.spans.append((title.start, title.end))
    document.number = document.number or title.number
    document.alias = document.alias or title.alias
    folded = page.folded[slice(*title.name)]
    document.draft |= bool(DRAFT.search(folded)) or bool(_DRAFTING.search(before))
    document.repealed |= bool(
        _REPEALED.match(page.folded, title.end) or _REPEALS.search(before[-60:])
    )
    issued = bool(_ISSUED[page.language].search(before[-60:])) or bool(
        _ISSUED_BEHIND[page.language].match(behind)
    )
    basis = bool(_BASIS[page.language].search(before[-50:]))
    document.issued |= issued and (not basis or page.language == "zh")
    early = page.language == "en" or sentence is None or sentence.block <= _LEADS
    if not document.repealed and not basis:
        announced = issued and not before.rstrip().endswith("的")
        document.primary |= announced or (early and bool(_SPEAKS[page.language].match(behind)))
    if page.language == "zh":
        _learn_fate(page, title, document)
    cited = page.language == "zh" and document.subject == title.number
    if title.name[0] == title.name[1] and not basis and not cited:
        document.primary = document.issued = True
    if sentence:
        document.issuers += [
            one for one in issuers(page, sentence, title) if one not in document.issuers
        ]
        learnt = dates_behind(page, sentence, title)
        document.dates += learnt
        if issued and document.time is None:
            document.time = _issue_day(page, sentence, title)


_LEADS = 6
"""Blocks at the head of an article, in which what a document says makes it the article's own."""
_ENDED = re.compile(r"废止|失效|停止执行")
_AMENDED = re.compile(r"修改|修订")


def _learn_fate(page: Page, title: Title, document: Document) -> None:
    """一、废止以下文件: the heading or the line above a list says what becomes of it."""
    behind = page.folded[title.end : title.end + 12]
    if re.match(r"(?:作如下|作出如下|进行|予以)?(?:修改|修订)", behind):
        document.revised = True
    at = bisect_right(page.blocks, title.start, key=lambda block: block.start) - 1
    for block in reversed(page.blocks[max(0, at - _LEADS) : at]):
        if block.kind != "heading" and not page.folded[block.start : block.end].rstrip().endswith(
            ":"
        ):
            continue
        words = page.folded[block.start : block.end]
        document.repealed |= bool(_ENDED.search(words)) and not _AMENDED.search(words)
        return


def _issue_day(page: Page, sentence: Sentence, title: Title) -> Moment | None:
    days = [
        when
        for when in page.times_in(sentence.start, title.start)
        if when.part == "point"
        and (when.precision == "day" or (when.precision == "month" and page.language == "zh"))
    ]
    return days[-1].moment("event", page.text) if days else None
