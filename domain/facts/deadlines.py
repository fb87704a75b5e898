"""Deadlines: the last moment for somebody to do something."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from domain.facts.due_zh import due
from domain.facts.fact import Moment
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.sections import headings
from domain.facts.statement import Statement
from domain.facts.when import When, plus_months
from domain.text.fold import fold

_CLOSES = re.compile(
    r"截止|截至|为止|最[迟晚]|不晚于|\([^()\n]{1,16}\)前"
    r"|关闭|顺延至|延长至|延期至|调整为|延至|不迟于|前(?:完成|提交|报送)|之前"
    r"|\b(?:deadline|close[sd]?|closing|shuts?|cut-?off|expires?|latest"
    r"|last day|until|till|before|no later than|not later than|by"
    r"|due|ends?|extended to)\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    (
        r"须|应(?!用)|请|需|可在|逾期|务必|要求|\b(?:must|should|may|can|shall|have to"
        r"|required|urged|need)\b"
    ),
    re.IGNORECASE,
)
_PAST = re.compile(r"(?:原定|不再接受|已于|原通知|曾)")
_AFTER_DAYS = re.compile(
    r"(?:自?即日起|自?(?:本)?(?:公告|通知|通告|公示|意见稿|方案|办法|政策|征求意见稿)?"
    r"(?:发布|公布|印发|公告|公示|刊登|公开|发出|通知)(?:之日)?(?:起|后)?)(?:至|的)?\s?"
    r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})\s?"
    r"(?P<unit>个工作日|个自然日|日|天|个月)(?:之?内)"
)
_AFTER_DAYS_EN = re.compile(
    (
        r"within (?P<count>\d{1,3}|ten|fifteen|twenty|thirty) (?P<unit>(?:working |calendar "
        r"|business )?days|months?) (?:of|from|after) (?:the )?(?:date of )?(?:publication"
        r"|issue|issuance|this notice|announcement)"
    ),
    re.IGNORECASE,
)
_TAKES_EFFECT = re.compile(r"\s?(?:后|起)?\s?(?:施行|生效|实施)")
_WORDS = {"ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30}
_REACH = {"zh": 40, "en": 90}


def deadlines(page: Page, _taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the deadlines of every sentence."""
    if page.language == "zh":
        yield from due(page)
        for sentence in page.sentences:
            yield from _relative(page, sentence)
        return
    for sentence in page.sentences:
        for when in page.times_in(sentence.start, sentence.end):
            statement = _deadline(page, sentence, when)
            if statement:
                yield statement
        yield from _relative(page, sentence)


def _deadline(page: Page, sentence: Sentence, when: When) -> Statement | None:
    if when.precision not in ("day", "month") or when.part in ("base", "since", "ahead"):
        return None
    when = _to_come(page, when)
    if when.part == "as_of" and not _is_ahead(page, when):
        return None
    start, end = _surroundings(page, sentence, when)
    lexicon = rules("deadlines", page.language)
    label = _label(page, sentence)
    around = page.folded[start:end]
    if _PAST.search(page.folded, max(sentence.start, when.start - 8), min(when.end + 4, end)):
        return None
    closes = when.part in ("before", "horizon", "as_of") or bool(
        _CLOSES.search(f"{around} {label}")
    )
    kind = (
        _objection(page, sentence)
        or lexicon.meaning(label, 0, len(label))
        or _nearest(page, start, end, when)
        or _nearest(page, sentence.start, sentence.end, when)
        or _headed(page, sentence, when)
        or (
            _of_title(page)
            if _CLOSES_NAMELY.search(f"{label} {page.folded[sentence.start : sentence.end]}")
            else None
        )
    )
    if not closes or kind is None:
        return None
    if when.precision == "month" and not (
        _DUE.search(around) or kind in ("application", "comment", "objection")
    ):
        return None
    if when.part == "point" and not _CLOSES.search(f"{page.folded[start : when.end + 8]} {label}"):
        return None
    return _statement(
        page,
        sentence,
        (start, end),
        when.moment("deadline", page.text),
        kind,
        frozenset({when.start}),
    )


def _to_come(page: Page, when: When) -> When:
    """A day without a year that something closes on is the next one, not the last one."""
    if page.published is None or when.explicit or when.first != when.last or when.titled:
        return when
    if not (page.published - when.last).days > 0 or when.last.day == _LEAP:
        return when
    last = when.last.replace(year=when.last.year + 1)
    soon = 0 <= (last - page.published).days <= _SOON
    return replace(when, first=last, last=last) if soon else when


_LEAP = 29
_SOON = 200


def _is_ahead(page: Page, when: When) -> bool:
    """截至9月20日 is a deadline where it lies ahead, and a date of account where not."""
    return when.precision == "day" and page.published is not None and when.last >= page.published


_CLOSES_NAMELY = re.compile(
    r"截止|延期|延长|顺延|\b(?:deadline|closes?|closing|window|round)\b", re.IGNORECASE
)


def _objection(page: Page, sentence: Sentence) -> str | None:
    """Where somebody may object, the window is for that, whatever the line is called."""
    found = re.search(r"异议", page.folded[sentence.start : sentence.end])
    return "objection" if found else None


def _headed(page: Page, sentence: Sentence, when: When) -> str | None:
    """Below "By when must I apply?" a window needs no verb of its own."""
    if page.language == "zh" or when.part != "before":
        return None
    lexicon = rules("deadlines", "en")
    found = (lexicon.meaning(above, 0, len(above)) for above in headings(page, sentence))
    return next((kind for kind in found if kind), None)


def _of_title(page: Page) -> str | None:
    """A bare "closing date" closes what the article is about."""
    folded = fold(page.title)
    return rules("deadlines", page.language).meaning(folded, 0, len(folded))


def _nearest(page: Page, start: int, end: int, when: When) -> str | None:
    hits = list(rules("deadlines", page.language).hits(page.folded, start, end))
    if not hits:
        return None
    order = ("objection", "comment", "review", "application", "submission")
    if page.language == "en":
        return min((hit.rule.meaning for hit in hits), key=order.index)
    strong = [hit for hit in hits if hit.rule.meaning in order[:2]]
    doing = [hit for hit in hits if page.folded[hit.start : hit.end] != "完成"]
    chosen = strong or doing or hits
    return min(
        chosen, key=lambda hit: min(abs(hit.start - when.end), abs(when.start - hit.end))
    ).rule.meaning


def _label(page: Page, sentence: Sentence) -> str:
    block = page.block_of(sentence)
    return page.folded[slice(*block.label)]


def _surroundings(page: Page, sentence: Sentence, when: When) -> tuple[int, int]:
    """The clauses around a date: its own and its neighbours in the same sentence."""
    reach = _REACH[page.language]
    start, end = max(sentence.start, when.start - reach), min(sentence.end, when.end + reach)
    others = [
        other for other in page.times_in(sentence.start, sentence.end) if other.precision == "day"
    ]
    start = _clause_head(page, sentence, start, when)
    for other in others:
        if other.end <= when.start:
            start = max(start, other.end)
        elif other.start >= when.end:
            end = min(end, other.start)
    return start, end


def _clause_head(page: Page, sentence: Sentence, start: int, when: When) -> int:
    """No word is cut in two: begin at the first mark within reach."""
    if start == sentence.start:
        return start
    mark = re.compile(r"[,;:。]").search(page.folded, start, when.start)
    return mark.end() if mark else start


def _statement(
    page: Page,
    sentence: Sentence,
    span: tuple[int, int],
    moment: Moment,
    kind: str,
    uses: frozenset[int],
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
        subject=_subject(page, sentence, f"{lead}{text}", start + len(text)),
        spans=((start, start + len(text)),),
        rule=f"{page.language}.deadline.{kind}",
        time=moment,
        attributes={"kind": kind},
        confidence="high",
        uses=uses,
    )


_BARE_LABEL = re.compile(r"(?:截止|结束|到期)(?:时间|日期)|[Dd]eadline\s?:|[Cc]losing date\s?:")


def _subject(page: Page, sentence: Sentence, words: str, end: int) -> str:
    if _BARE_LABEL.match(words) and page.title:
        return f"{page.title} {words}"[:90]
    if page.language == "zh":
        return words[:90]
    block = page.block_of(sentence)
    begin = block.label[0] if block.label[1] and block.body >= sentence.start else sentence.start
    return page.text[begin:end].strip(" ,;.")[:120]


def _lead(page: Page, sentence: Sentence) -> str:
    """(一)网上申报。… : the short sentence at the head of the block names what follows."""
    first = page.sentences_of(sentence.block)[0]
    if first == sentence or first.end - first.start > 14 or page.language == "en":
        return ""
    return page.text[first.start : first.end]


def _relative(page: Page, sentence: Sentence) -> Iterator[Statement]:
    """Within so many days of publication: resolved against the day of publication."""
    if page.published is None:
        return
    pattern = _AFTER_DAYS if page.language == "zh" else _AFTER_DAYS_EN
    for match in pattern.finditer(page.folded, sentence.start, sentence.end):
        if _TAKES_EFFECT.match(page.folded, match.end()):
            continue
        lexicon = rules("deadlines", page.language)
        kind = _objection(page, sentence) or lexicon.meaning(
            page.folded, sentence.start, sentence.end
        )
        if kind is None:
            continue
        count = _count(match["count"])
        last = (
            plus_months(page.published, count)
            if "月" in match["unit"] or "month" in match["unit"]
            else _days_on(page.published, count, match["unit"])
        )
        moment = Moment(
            role="deadline",
            start=page.published.isoformat(),
            end=last.isoformat(),
            precision="day",
            text=page.text[match.start() : match.end()],
        )
        yield _statement(page, sentence, (sentence.start, sentence.end), moment, kind, frozenset())


def _days_on(first: date, count: int, unit: str) -> date:
    """So many days on; working days leave out Saturdays and Sundays, holidays are not known."""
    if "工作日" not in unit and not re.match(r"working|business", unit, re.IGNORECASE):
        return first + timedelta(days=count)
    last = first
    while count:
        last += timedelta(days=1)
        count -= last.weekday() < _SATURDAY
    return last


_SATURDAY = 5


def _count(word: str) -> int:
    from domain.facts.numerals import han

    if word.isdigit():
        return int(word)
    return _WORDS.get(word.lower()) or int(han(word))
