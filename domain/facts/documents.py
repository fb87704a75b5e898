"""Policy documents: what the article announces, and what it cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from domain.facts.document_dates import Dates, dates_behind, dates_of
from domain.facts.fact import Moment, Status
from domain.facts.issuers import issuers
from domain.facts.metadata import metadata
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.statement import Span, Statement
from domain.facts.titles import Title
from domain.text.fold import fold

_ISSUED = {
    "zh": re.compile(
        r"(?:印发|发布|出台|公布|颁布|下发|推出|制定|通过|发出|出炉|发文"
        r"|实施)了?(?:关于)?[\"(]?\Z"
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
        r"|的通知|业经[^,。]{0,24})*[,]?(?:印发|发布|出台|公布|颁布|施行|出炉|审议通过"
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
        r"|共|包括|涵盖)"
    ),
    "en": re.compile(
        (
            r"[\"]?(?:\s\([^()]{0,60}\))?,?\s(?:calls? for|says|lists|sets|covers|envisages|aims"
            r"|offers|outlines|proposes|provides|states|requires|includes|designat)"
        ),
        re.IGNORECASE,
    ),
}
_DRAFT = re.compile(r"征求意见|草案|公开稿|送审稿|\bdraft\b", re.IGNORECASE)
_DRAFTING = re.compile(
    (
        r"(?:正在|抓紧|牵头)?(?:编制|起草|拟定|制定中|研究制定|酝酿)[^,。]{0,6}\Z"
        r"|\b(?:drafting|drafted|draft|consultation draft|exposure draft)(?: version)?(?: of)?"
        r"(?: the| its)?\s?\"?\Z|\bfor (?:public )?(?:consultation|comment)\b[^.]{0,12}\Z"
    ),
    re.IGNORECASE,
)
_REPEALED = re.compile(
    r"[^,。;]{0,20}(?:同时)?(?:予以)?(?:废止|失效|停止(?:执行|施行)|不再(?:执行|施行))"
    r"|[^.;]{0,60}\b(?:repealed|abolished|annulled|revoked|superseded"
    r"|cease[sd]? to apply|no longer appl(?:y|ies))\b",
    re.IGNORECASE,
)
_REVISED = re.compile(r"修订|修正|revised|amended", re.IGNORECASE)
_KIND_AT_END = re.compile(
    r"(?:通知|公告|通告|公示|意见|办法|方案|规划|计划|措施|细则|规定|函|决定|条例|政策"
    r"|指南|目录|要点)(?:\([^()]{1,20}\))*\Z"
)
_WRAPPED = re.compile(
    r"(?:印发|发布|公布|转发|出台|公开征求)[^《]{0,10}《(?P<name>[^《》]{4,80})》"
)


@dataclass(slots=True)
class _Document:
    """One document, gathered from all its mentions."""

    subject: str
    folded: str
    number: str = ""
    alias: str = ""
    spans: list[Span] = field(default_factory=list)
    primary: bool = False
    issued: bool = False
    draft: bool = False
    repealed: bool = False
    issuers: list[str] = field(default_factory=list)
    time: Moment | None = None
    dates: list[Moment] = field(default_factory=list)


_BARE = re.compile(
    r"(?:若干|实施|行动|工作|管理|暂行){0,2}"
    r"(?:方案|办法|措施|意见|通知|规划|计划|细则|规定|条例|政策|指南|通告|公告)"
)
_LEAD = re.compile(r"(?:During|In|Under|Since|Throughout|By|For) (?:the )?(?=[A-Z0-9])")
"""A preposition at the head of a sentence is no part of the title behind it."""


def documents(page: Page, _taken: frozenset[int]) -> Iterator[Statement]:
    """Yield every policy document the article names, with all its mentions."""
    found: list[_Document] = []
    for title in page.titles:
        document = _document(page, title, found)
        if document is not None:
            _learn(page, title, document)
    _headed(page, found)
    _own(page, found)
    for document in found:
        yield _statement(page, document)


def _document(page: Page, title: Title, found: list[_Document]) -> _Document | None:
    name, folded = _named(page, title)
    if not name:
        return None
    kind = rules("documents", page.language).meaning(folded, 0, len(folded))
    if not kind and not title.number:
        return None
    known = next((one for one in found if _same(one, folded, title.number)), None)
    if known is None and not title.number and _BARE.fullmatch(folded):
        # 《方案》 is short for a plan that was named before; alone it names nothing.
        return next((one for one in reversed(found) if folded in one.folded), None)
    if known is None:
        known = _Document(subject=name, folded=folded)
        found.append(known)
    return known


def _named(page: Page, title: Title) -> tuple[str, str]:
    """A number without a title is the article's own: the title is that of the page."""
    start, end = title.name
    if start < end:
        lead = _LEAD.match(page.folded, start, end)
        start = lead.end() if lead else start
        return page.text[start:end], page.folded[start:end]
    own = fold(page.title)
    wrapped = _WRAPPED.search(own)
    if wrapped:
        return page.title[slice(*wrapped.span("name"))], wrapped["name"]
    kind = rules("documents", page.language).meaning(own, 0, len(own))
    if own and (_KIND_AT_END.search(own) or page.language == "zh" or kind):
        return page.title, own
    return title.number, fold(title.number)


def _same(known: _Document, folded: str, number: str) -> bool:
    if number and known.number:
        return number == known.number
    if folded in (known.folded, known.alias):
        return True
    short, long = sorted((folded, known.folded), key=len)
    if (
        len(short) >= 4
        and (long.startswith(short) or long.endswith(short))
        and len(short) >= 0.5 * len(long)
    ):
        return True
    return (
        len(short) <= 14
        and len(short) < 0.7 * len(long)
        and folded == short
        and _subsequence(short, long)
    )


def _subsequence(short: str, long: str) -> bool:
    """算力政策措施 is the short name of a title that holds its characters in that order."""
    letters = iter(long)
    return len(short) >= 4 and all(letter in letters for letter in short)


def _learn(page: Page, title: Title, document: _Document) -> None:
    sentence = _sentence(page, title)
    start = sentence.start if sentence else title.start
    before = page.folded[start : title.start]
    behind = page.folded[title.name[1] : title.name[1] + 100]
    document.spans.append((title.start, title.end))
    document.number = document.number or title.number
    document.alias = document.alias or title.alias
    folded = page.folded[slice(*title.name)]
    document.draft |= bool(_DRAFT.search(folded)) or bool(_DRAFTING.search(before))
    document.repealed |= bool(_REPEALED.match(page.folded, title.end))
    issued = bool(_ISSUED[page.language].search(before[-60:])) or bool(
        _ISSUED_BEHIND[page.language].match(behind)
    )
    basis = bool(_BASIS[page.language].search(before[-50:]))
    document.issued |= issued and not basis
    if not document.repealed and not basis:
        document.primary |= issued or bool(_SPEAKS[page.language].match(behind))
    if title.name[0] == title.name[1] and not basis:
        document.primary = document.issued = True
    if sentence:
        document.issuers += [
            one for one in issuers(page, sentence, title) if one not in document.issuers
        ]
        learnt = dates_behind(page, sentence, title)
        document.dates += learnt
        if issued and document.time is None:
            document.time = _issue_day(page, sentence, title)


def _issue_day(page: Page, sentence: Sentence, title: Title) -> Moment | None:
    days = [
        when
        for when in page.times_in(sentence.start, title.start)
        if when.precision == "day" and when.part == "point"
    ]
    return days[-1].moment("event", page.text) if days else None


def _headed(page: Page, found: list[_Document]) -> None:
    """A page whose first lines repeat a document's title is that document."""
    own = fold(page.title).strip()
    if not own or not _KIND_AT_END.search(own) or any(one.folded == own for one in found):
        return
    wrapped = _WRAPPED.search(own)
    if wrapped and any(one.folded == wrapped["name"] for one in found):
        return
    for block in page.blocks[:6]:
        line = page.folded[block.start : block.end].strip()
        if line and line in own and len(line) >= 0.6 * len(own) and _KIND_AT_END.search(line):
            start = page.folded.index(line, block.start)
            document = _Document(subject=page.title, folded=own, primary=True, issued=True)
            document.spans.append((start, start + len(line)))
            found.append(document)
            return


def _own(page: Page, found: list[_Document]) -> None:
    """The article's own document: its title says so; what the page dates, dates it."""
    own = fold(page.title)
    titled = [one for one in found if one.folded and (one.folded in own or own in one.folded)]
    for one in titled:
        one.primary = not one.repealed
        one.issued |= bool(re.search(r"印发|发布|出台|公布", own)) or bool(one.number)
    primary = next((one for one in [*titled, *found] if one.primary), None)
    if primary is None:
        return
    about = metadata(page)
    primary.issuers += [body for body in about.issuers if body not in primary.issuers]
    primary.dates += about.dates
    primary.time = primary.time or about.issued
    if not primary.issuers:
        primary.issuers += _title_issuers(page, own)
    found_dates: Dates = dates_of(page)
    primary.dates += [moment for moment in found_dates.moments if moment not in primary.dates]
    if not primary.draft and _DRAFT.search(own):
        primary.draft = True


_TITLE_ISSUER = re.compile(
    r"\A(?P<issuer>[\u4e00-\u9fff]{2,24}?(?:人民政府|办公厅|办公室|局|委员会|委|部|厅"
    r"|管委会|政府))(?:等.{1,4}部门)?关于"
)


def _title_issuers(page: Page, own: str) -> list[str]:
    match = _TITLE_ISSUER.match(own)
    return [page.title[slice(*match.span("issuer"))]] if match else []


def _statement(page: Page, document: _Document) -> Statement:
    kind = _kind(page, document.folded)
    attributes: dict[str, object] = {
        "kind": kind or "other",
        "role": "primary" if document.primary else "cited",
    }
    stage = _stage(document)
    optional = {
        "number": document.number,
        "issuers": document.issuers or _prefixed(document),
        "stage": stage,
        "alias": document.alias,
        "dates": document.dates,
    }
    attributes |= {name: value for name, value in optional.items() if value}
    return Statement(
        type="policy_document",
        subject=document.subject,
        spans=tuple(document.spans),
        rule=f"{page.language}.document",
        status=_status(document, stage),
        time=document.time,
        attributes=attributes,
        confidence="high",
    )


_IN_BRACKETS = re.compile(r"\([^()]{1,20}\)\s*\Z")


def _kind(page: Page, folded: str) -> str | None:
    """A Chinese title says at its end what it is: …计划项目管理办法 are measures."""
    lexicon = rules("documents", page.language)
    if page.language == "en":
        return lexicon.meaning(folded, 0, len(folded))
    plain = _IN_BRACKETS.sub("", folded)
    last = lexicon.last(plain, 0, len(plain))
    return last.rule.meaning if last else lexicon.meaning(folded, 0, len(folded))


def _stage(document: _Document) -> str | None:
    if document.repealed:
        return "repealed"
    if document.draft:
        return "draft"
    if _REVISED.search(document.folded):
        return "revised"
    return "issued" if document.issued or document.number else None


def _status(document: _Document, stage: str | None) -> Status:
    if stage == "draft":
        return "draft"
    return "in_force" if stage == "issued" and document.primary else "unknown"


_OWN_ISSUER = re.compile(
    r"\A(?P<issuer>[\u4e00-\u9fff]{2,16}?(?:国务院|人民政府|办公厅|局|委员会|委|部|厅"
    r"|管委会|政府)|国务院)关于"
)


def _prefixed(document: _Document) -> list[str]:
    match = _OWN_ISSUER.match(document.folded)
    return [document.subject[slice(*match.span("issuer"))]] if match else []


def _sentence(page: Page, title: Title) -> Sentence | None:
    return page.sentence_at(title.start)


def plus_years(moment: Moment, years: int) -> str:
    """Return the last day of a term of years that begins with the moment."""
    year, rest = int(moment.start[:4]) + years, moment.start[4:]
    from datetime import date

    try:
        return (date.fromisoformat(f"{year}{rest}") - timedelta(days=1)).isoformat()
    except ValueError:
        return f"{year}-02-28"
