"""Policy documents: what the article announces, and what it cites."""

import re
from collections.abc import Iterator
from datetime import timedelta

from domain.facts.document_dates import Dates, dates_of
from domain.facts.document_lists import Shared, shared
from domain.facts.document_names import (
    KIND_AT_END,
    WRAPPED,
    Document,
    above_number,
    named,
    numbered,
    plain_name,
    same,
)
from domain.facts.document_signs import DRAFT, learn
from domain.facts.fact import Moment, Status, TimeRole
from domain.facts.metadata import metadata
from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.table_cells import Row, rows
from domain.facts.titles import Title
from domain.text.fold import fold

_REVISED = re.compile(r"修订|修正|revised|amended", re.IGNORECASE)
_BARE = re.compile(
    r"(?:若干|实施|行动|工作|管理|暂行){0,2}"
    r"(?:方案|办法|措施|意见|通知|规划|计划|细则|规定|条例|政策|指南|通告|公告)"
)


def documents(page: Page, _taken: frozenset[int]) -> Iterator[Statement]:
    """Yield every policy document the article names, with all its mentions."""
    found: list[Document] = []
    rows_of_titles = shared(page)
    table = {row.block: row for row in rows(page)} if page.language == "zh" else {}
    for title in page.titles:
        beside = rows_of_titles.get(title.start)
        document = _document(page, title, found, beside)
        if document is not None:
            learn(page, title, document)
            document.draft |= beside is not None and beside.draft
            sentence = page.sentence_at(title.start)
            if sentence and sentence.block in table:
                document.dates += _dates_in_row(page, table[sentence.block])
                document.issuers += _issuers_in_row(page, table[sentence.block], document)
    _headed(page, found)
    _own(page, found)
    for document in found:
        yield _statement(page, document)


_ROW_DATES: tuple[tuple[TimeRole, re.Pattern[str]], ...] = (
    ("expiry", re.compile(r"有效期|失效|废止|到期")),
    ("effective", re.compile(r"施行|生效|实施")),
)


def _dates_in_row(page: Page, row: Row) -> Iterator[Moment]:
    """文件名称 | 文号 | 有效期至: the date in the row of a document is its own."""
    for head, cell in row.cells:
        for role, pattern in _ROW_DATES:
            days = [when for when in page.times_in(*cell) if when.precision == "day"]
            if days and pattern.search(page.folded, *head):
                yield days[-1].moment(role, page.text)


_ROW_ISSUER = re.compile(r"(?:印发|发布|发文|制定|出台|颁布|牵头)(?:单位|机关|机构|部门)|部门\Z")


def _issuers_in_row(page: Page, row: Row, document: Document) -> Iterator[str]:
    """文件名称 | 文号 | 印发单位: the bodies in the row of a document."""
    for head, cell in row.cells:
        if _ROW_ISSUER.search(page.folded, *head) and not document.issuers:
            yield from (one.strip() for one in re.split(r"[、，,;；]", page.text[slice(*cell)]))


def _document(
    page: Page, title: Title, found: list[Document], beside: Shared | None
) -> Document | None:
    name, folded = named(page, title)
    if not name:
        return None
    kind = rules("documents", page.language).meaning(folded, 0, len(folded))
    shared_kind = beside.kind if beside else None
    if not kind and not title.number and not shared_kind:
        return None
    known = next((one for one in found if same(one, folded, title.number)), None)
    if known is None and title.name[0] == title.name[1]:
        known = numbered(page, title, found) or above_number(page, title, found)
    if known is None and not title.number and _BARE.fullmatch(folded):
        # 《方案》 is short for a plan that was named before; alone it names nothing.
        return next((one for one in reversed(found) if folded in one.folded), None)
    if known is None:
        known = Document(subject=name, folded=folded, kind=shared_kind or "")
        found.append(known)
    elif page.language == "en" and known.subject == page.title and title.name[0] < title.name[1]:
        known.subject = name  # as the text writes it, without what heads a page
    elif len(folded) > len(known.folded) and plain_name(folded).endswith(known.folded):
        known.subject, known.folded = name, folded
    return known


_OF_COMPANY = re.compile(
    r"公司[^,。]{0,12}关于|业绩公告|[:]关于[^。]{2,60}公告\Z|(?:股份|控股|科技)[^,。]{0,10}公告\Z"
)
"""What a company tells its shareholders is no policy."""


def _headed(page: Page, found: list[Document]) -> None:
    """A page whose first lines repeat a document's title is that document."""
    own = fold(page.title).strip()
    if (
        not own
        or _OF_COMPANY.search(own)
        or not KIND_AT_END.search(own)
        or any(one.folded == own for one in found)
    ):
        return
    wrapped = WRAPPED.search(own)
    if wrapped and any(_is_wrapped(one, wrapped["name"]) for one in found):
        return
    for block in page.blocks[:6]:
        line = page.folded[block.start : block.end].strip()
        if line and line in own and len(line) >= 0.6 * len(own) and KIND_AT_END.search(line):
            start = page.folded.index(line, block.start)
            document = Document(subject=page.title, folded=own, primary=True, issued=True)
            document.spans.append((start, start + len(line)))
            found.append(document)
            return


def _is_wrapped(document: Document, name: str) -> bool:
    """关于印发低空智能产业扶持办法的通知 hands out 《双流区低空智能产业扶持办法(试行)》."""
    return bool(name) and plain_name(document.folded).endswith(plain_name(name))


def _own(page: Page, found: list[Document]) -> None:
    """The article's own document: its title says so; what the page dates, dates it."""
    own = fold(page.title)
    wrapped = WRAPPED.search(own)
    inner = wrapped["name"] if wrapped else ""
    titled = [
        one
        for one in found
        if own
        and one.folded
        and (
            own in one.folded
            or _is_wrapped(one, inner)
            or (one.folded in own and not _is_base(one, own))
        )
    ]
    if page.language == "zh" and any(one.folded == own for one in titled):
        for one in found:
            one.primary &= one in titled
    for one in titled:
        one.primary = not one.repealed
        one.issued |= bool(re.search(r"印发|发布|出台|公布", own)) or bool(one.number)
    primary = next((one for one in [*titled, *found] if one.primary), None)
    if primary is None:
        for one in found if len(found) == 1 else ():
            if page.language == "zh" or not one.dates:
                moments = dates_of(page, one.spans).moments
                one.dates += [moment for moment in moments if moment not in one.dates]
        return
    about = metadata(page)
    primary.issuers += [body for body in about.issuers if body not in primary.issuers]
    primary.dates += about.dates
    primary.time = primary.time or about.issued
    primary.issued |= page.language == "en" and about.issued is not None
    if not primary.issuers:
        primary.issuers += _title_issuers(page, own)
    found_dates: Dates = dates_of(page, primary.spans)
    primary.dates += [moment for moment in found_dates.moments if moment not in primary.dates]
    if not primary.draft and DRAFT.search(own):
        primary.draft = True


_APPLIED = re.compile(r"》?的?(?:实施细则|操作|配套|申报|兑现|任务分工|实施办法)")


def _is_base(document: Document, own: str) -> bool:
    """《十条政策》实施细则 is another document than the 十条政策."""
    return bool(_APPLIED.match(own, own.index(document.folded) + len(document.folded)))


_TITLE_ISSUER = re.compile(
    r"\A(?P<issuer>[\u4e00-\u9fff]{2,24}?(?:人民政府|办公厅|办公室|局|委员会|委|部|厅"
    r"|管委会|政府))(?:等.{1,4}部门)?关于"
)


def _title_issuers(page: Page, own: str) -> list[str]:
    match = _TITLE_ISSUER.match(own)
    return [page.title[slice(*match.span("issuer"))]] if match else []


def _statement(page: Page, document: Document) -> Statement:
    kind = _kind(page, document.folded) or document.kind
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
    if last or DRAFT.search(folded):
        return last.rule.meaning if last else None
    return lexicon.meaning(folded, 0, len(folded))


def _stage(document: Document) -> str | None:
    if document.repealed:
        return "repealed"
    if document.draft:
        return "draft"
    if document.revised or _REVISED.search(document.folded):
        return "revised"
    return "issued" if document.issued or document.number else None


def _status(document: Document, stage: str | None) -> Status:
    if stage == "draft":
        return "draft"
    handed_out = stage == "issued" or (stage == "revised" and document.issued)
    return "in_force" if handed_out and document.primary else "unknown"


_OWN_ISSUER = re.compile(
    r"\A(?P<issuer>[\u4e00-\u9fff]{2,16}?(?:国务院|人民政府|办公厅|局|委员会|委|部|厅"
    r"|管委会|政府)|国务院)关于"
)


def _prefixed(document: Document) -> list[str]:
    match = _OWN_ISSUER.match(document.folded)
    return [document.subject[slice(*match.span("issuer"))]] if match else []


def plus_years(moment: Moment, years: int) -> str:
    """Return the last day of a term of years that begins with the moment."""
    year, rest = int(moment.start[:4]) + years, moment.start[4:]
    from datetime import date

    try:
        return (date.fromisoformat(f"{year}{rest}") - timedelta(days=1)).isoformat()
    except ValueError:
        return f"{year}-02-28"
