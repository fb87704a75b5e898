"""When a document takes effect and expires."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.facts.english import paper_dates
from domain.facts.fact import Moment
from domain.facts.numerals import han
from domain.facts.page import Page, Sentence
from domain.facts.titles import Title
from domain.facts.when import When, plus_months
from domain.text.fold import fold

_EFFECT = re.compile(r"\s?(?:起)?(?:正式)?(?:施行|生效|实施|执行)|\s?\Z")
_TERM = re.compile(
    r"(?:有效期(?:为|至|限)?|管|试行期?|执行期)\s?(?P<count>\d{1,2}|[一二两三四五六七八九十])\s?(?P<unit>年"
    r"|个月)|有效期(?:截?至|到)(?P<until>)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates a page gives for the document it is about."""

    moments: tuple[Moment, ...]


def dates_of(page: Page, spans: Sequence[tuple[int, int]]) -> Dates:
    """Return the dates of the page's own document: "本办法自…起施行，有效期3年".

    `spans`: where the page names it.
    """
    if page.language == "en":
        return Dates(moments=tuple(paper_dates.of_page(page, spans)))
    for sentence in page.sentences:
        for when in page.times_in(sentence.start, sentence.end):
            if when.precision != "day" or not _takes_effect(page, sentence, when):
                continue
            if page.language == "zh" and _is_of_another(page, sentence, when):
                continue
            effective = when.moment("effective", page.text)
            expiry = _expiry(page, sentence, when)
            return Dates(moments=(effective, expiry) if expiry else (effective,))
    return Dates(moments=())


_NAMED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,24}?(?P<kind>办法|措施|细则|条例|规定|意见|方案|规划|计划))[^,。;《》]{0,8}\Z"
)
_OWN = re.compile(r"[本该此新]|上述")


def _is_of_another(page: Page, sentence: Sentence, when: When) -> bool:
    """全国首部人工智能促进条例将于5月1日起实施: a document that the page's title does not name."""
    found = _NAMED.search(page.folded[max(sentence.start, when.start - _FAR) : when.start])
    if found is None or _OWN.match(found["name"]) or found["kind"] == found["name"]:
        return False
    title = fold(page.title)
    return bool(title) and found["kind"] not in title and "《" not in found.group()


_FAR = 40


def dates_behind(page: Page, sentence: Sentence, title: Title) -> list[Moment]:
    """Return what a sentence says of the very document it names: "which expire on …"."""
    if page.language == "zh":
        return _chinese_dates(page, sentence, title)
    return paper_dates.behind(page, sentence, title.end)


_STARTS = re.compile(r"\s?起?(?:开始|正式|全面)?(?:施行|生效|实施|执行)(?!方案|细则|意见|办法)")
_STARTS_BEHIND = re.compile(
    r"》?(?:\([^()\n]{0,40}\))?(?:已|将|正式|开始|起){0,3}(?:施行|生效|实施|执行|上路)"
)
_LASTS = re.compile(r"(?:有效期(?:延长|顺延|延续)?(?:截?至|到)|管[到至]|适用[至到]|[,起]至)\Z")
_ENDS = re.compile(r"\s?(?:止|为止|失效|废止|到期)")
_LEAD = re.compile(r"[至到自从于截]{0,3}")
_CLOSE = 24
_NEAR = 60


def _chinese_dates(page: Page, sentence: Sentence, title: Title) -> list[Moment]:
    """《…》自10月1日起施行,至2026年底止; 8月1日,《…》开始执行."""
    found: list[Moment] = []
    before = [when for when in page.times_in(sentence.start, title.start) if _dated(when)]
    if before and title.start - before[-1].end < _CLOSE:
        gap = page.folded[before[-1].end : title.start]
        attributed = _STARTS.match(page.folded, before[-1].end, title.start) and "的" in gap
        if attributed or (len(gap) <= 2 and _STARTS_BEHIND.match(page.folded, title.name[1])):
            found.append(before[-1].moment("effective", page.text))
    first: When | None = None
    for when in page.times_in(title.end, sentence.end):
        if not _dated(when) or "《" in page.folded[title.end : when.start]:
            continue
        lead = _LEAD.match(page.folded, when.start, when.end)
        left = page.folded[title.end : lead.end() if lead else when.start]
        if _STARTS.match(page.folded, when.end) or left.endswith(("施行日期为", "实施日期为")):
            first = when
            found.append(when.moment("effective", page.text))
        elif _LASTS.search(left) or (first and _ENDS.match(page.folded, when.end)):
            found.append(when.moment("expiry", page.text))
    expiry = _expiry(page, sentence, first) if first else None
    known = {moment.role for moment in found}
    return [*found, expiry] if expiry and "expiry" not in known else found


def _dated(when: When) -> bool:
    return when.precision in ("day", "month")


def _takes_effect(page: Page, sentence: Sentence, when: When) -> bool:
    lead = page.folded[max(sentence.start, when.start - 6) : when.start + 1]
    if re.search(r"(?:施行|实施|生效)(?:日期|时间)(?:为|是|:)", lead):
        return True
    return when.part == "since" and bool(_STARTS.match(page.folded, when.end, when.end + 8))


_TO_THE_END = re.compile(r"[至到].{4,16}(?:止|为止|失效|废止)")


def _expiry(page: Page, sentence: Sentence, when: When) -> Moment | None:
    term = _TERM.search(page.folded, sentence.start, sentence.end)
    if not term or not term["count"]:
        until = [
            other for other in page.times_in(when.end, sentence.end) if other.precision == "day"
        ]
        valid = until and re.search(
            r"有效期|[试执]行期", page.folded[when.end : until[0].start + 3]
        )
        ends = until and _TO_THE_END.fullmatch(page.folded, until[0].start, until[0].end)
        return until[0].moment("expiry", page.text) if valid or ends else None
    count = _count(term["count"])
    by_year = term["unit"].startswith("年")
    last = plus_months(when.first, count * (12 if by_year else 1)) - timedelta(days=1)
    return _moment(last, page.text[term.start() : term.end()])


def _moment(last: date, text: str) -> Moment:
    return Moment(
        role="expiry", start=last.isoformat(), end=last.isoformat(), precision="day", text=text
    )


def _count(word: str) -> int:
    if word.isdigit():
        return int(word)
    return int(han(word))
