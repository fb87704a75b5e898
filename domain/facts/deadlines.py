"""Chinese deadlines: a last day that is named, or so many days from publication."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from domain.facts.due_zh import due
from domain.facts.fact import Moment
from domain.facts.numerals import han
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.when import plus_months
from domain.text.fold import fold
from domain.text.sought import Sought

_AFTER_DAYS = Sought(
    r"(?:自?即日起|自?(?:本)?(?:公告|通知|通告|公示|意见稿|方案|办法|政策|征求意见稿)?"
    r"(?:发布|公布|印发|公告|公示|刊登|公开|发出|通知)(?:之日)?(?:起|后)?)(?:至|的)?\s?"
    r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})\s?"
    r"(?P<unit>个工作日|个自然日|日|天|个月)(?:之?内|(?=[,。;]|\Z|\n))"
)
_TAKES_EFFECT = re.compile(r"\s?(?:后|起)?\s?(?:施行|生效|实施)")


def deadlines(page: Page, _taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the deadlines of a Chinese page."""
    if page.language != "zh":
        return
    yield from due(page)
    for sentence in page.sentences:
        yield from _relative(page, sentence)


def _objection(page: Page, sentence: Sentence) -> str | None:
    """Where somebody may object, the window is for that, whatever the line is called."""
    found = re.search(r"异议", page.folded[sentence.start : sentence.end])
    return "objection" if found else None


def _statement(
    page: Page,
    sentence: Sentence,
    span: tuple[int, int],
    moment: Moment,
    kind: str,
) -> Statement:
    start, end = span
    block = page.block_of(sentence)
    if block.label[1] and block.body >= start - 40:
        start = block.label[0]
    text = page.text[start:end].strip(" ,，。；;\n")
    start = page.text.index(text, start)
    lead = _lead(page, sentence)
    return Statement(
        type="deadline",
        subject=_subject(page, f"{lead}{text}"),
        spans=((start, start + len(text)),),
        rule=f"zh.deadline.{kind}",
        time=moment,
        attributes={"kind": kind},
        confidence="high",
    )


_BARE_LABEL = re.compile(r"(?:截止|结束|到期)(?:时间|日期)")


def _subject(page: Page, words: str) -> str:
    return f"{page.title} {words}"[:90] if _BARE_LABEL.match(words) and page.title else words[:90]


def _lead(page: Page, sentence: Sentence) -> str:
    """(一)网上申报。… : the short sentence at the head of the block names what follows."""
    first = page.sentences_of(sentence.block)[0]
    if first == sentence or first.end - first.start > 14:
        return ""
    return page.text[first.start : first.end]


def _relative(page: Page, sentence: Sentence) -> Iterator[Statement]:
    """Within so many days of publication: resolved against the day of publication."""
    if page.published is None:
        return
    for match in _AFTER_DAYS.finditer(page.folded, sentence.start, sentence.end):
        received = page.folded[max(0, match.start() - 2) : match.start()] in ("收到", "接到")
        if (
            received
            or _is_of_another(page, match.start(), match.group())
            or _TAKES_EFFECT.match(page.folded, match.end())
        ):
            continue
        lexicon = rules("deadlines", "zh")
        labelled = page.block_of(sentence).label
        first = labelled[0] if labelled[1] else sentence.start
        kind = _objection(page, sentence) or lexicon.meaning(page.folded, first, sentence.end)
        if kind is None:
            continue
        count = _count(match["count"])
        last = (
            plus_months(page.published, count)
            if "月" in match["unit"]
            else _days_on(page.published, count, match["unit"])
        )
        moment = Moment(
            role="deadline",
            start=page.published.isoformat(),
            end=last.isoformat(),
            precision="day",
            text=page.text[match.start() : match.end()],
        )
        yield _statement(page, sentence, (sentence.start, sentence.end), moment, kind)


_OWN_HEAD = re.compile(r"(?:[自于在从请可应须需将为是起]|公众|时间|期限|日期|[^\u4e00-\u9fff])\Z")
_OF_PAGE = re.compile(
    r"自?即日|自?本|(?:自)?(?:公告|通知|通告|公示|意见稿|方案|办法|政策|征求意见稿)(?:发布|公布|印发|刊登|之日|发出|公开)"
)
_DISPLAY = re.compile(r"公示")


def _is_of_another(page: Page, start: int, words: str) -> bool:
    """结论公布之日起7日, 拟兑付名单公示5个工作日: counted from what is still to come."""
    if words.startswith("公示") and "起" not in words and not _DISPLAY.search(fold(page.title)):
        return True
    before = page.folded[max(0, start - 2) : start]
    return bool(before) and not (_OWN_HEAD.search(before) or _OF_PAGE.match(words))


def _days_on(first: date, count: int, unit: str) -> date:
    """So many days on; working days leave out Saturdays and Sundays, holidays are not known."""
    if "工作日" not in unit:
        return first + timedelta(days=count)
    last = first
    while count:
        last += timedelta(days=1)
        count -= last.weekday() < _SATURDAY
    return last


_SATURDAY = 5


def _count(word: str) -> int:
    return int(word) if word.isdigit() else int(han(word))
