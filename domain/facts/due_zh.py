"""Chinese deadlines: a day, a word that closes, and something that somebody has to do by then."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.facts.acts_zh import EXPLICIT, HAPPENS, OFFERS, PLAIN, WEAK, Due, kind_of
from domain.facts.due_hours_zh import at_hour, common_hour, with_hour
from domain.facts.due_subjects_zh import SAYS_ENOUGH, subject_of
from domain.facts.learnt import verdict
from domain.facts.learnt.naming import by_opinion
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.table_cells import Row, rows
from domain.facts.when import When
from domain.text.fold import fold

_MARK = re.compile(r"[,;。!?\n]|[→➡⇒]")
_BRACKETS = re.compile(r"\([^()\n]{0,30}\)")
_CLOSES_BEHIND = re.compile(
    r"\s*(?:\([^()\n]{1,16}\))?\s*(?:\(?含\)?)?(?:下班|当日|零点|或)?"
    r"(?:之?前(?!后|往|来|期|景|沿)|以前|为?止|截[止稿单]|关[闭门]|结束|收[单口件]|关(?=[,。;!]|\Z)|打烊|停止|到期|封闭"
    r"|[\u4e00-\u9fff]{0,6}(?:停止(?:接收|受理|申[报领]|填报)|关闭(?:系统|通道|入口|端口)|(?:系统|通道|入口|端口|平台|窗口)(?:自动)?(?:关闭|关停))"
    r"|后(?:[^,。]{0,10}?)(?:不再|不予|恕不|概不|视[为同]|无法|不得))"
)
_CLOSES_AHEAD = re.compile(
    r"(?:即日起[-~]{1,2}|截[止至稿](?:时间|日期|日)?|延(?:长|期|迟)?[至到]|顺延[至到]?|改[为到]|调整[为到至]"
    r"|推迟[至到]|仍[然旧]?[为是]|维持[在为]?|保持[在为]?|收[到至]|最[迟晚]|不[晚迟]于|止于|期限|结束时间|关闭时间|逾期)"
    r"(?:为|是|:|在|于|统一|应|须|需|请|\(|[ ])*\Z"
)
_CLOSING_LABEL = re.compile(
    r"截[止稿]|期限|关[闭门]|结束|止$|最[迟晚]|时限|到期|收口|deadline", re.IGNORECASE
)
_OPENING_LABEL = re.compile(r"开始|开放|启动|发布|公布|起$|印发|成文|更新")
_WINDOW_LABEL = re.compile(r"时间|日期|时段|期$|周期|窗口|阶段|通道")
_LEAD = re.compile(r"[到至于在截止自从]{1,3}")
_DUE = re.compile(r"须|应(?!用|对)|请|需(?!求)|务必|要求|逾期")
_PAST = re.compile(r"(?:原定|原来|原为|原本|由|已于|原通知|曾|不再接受)(?:的|于|在|为)?\s*\Z")
_VALID = re.compile(
    r"(?:管|有效期?|适用|执行)(?:延长|顺延|展期)?(?:到|至)\Z"
    r"|(?:投[运产用]|开工|竣工|交付|建成|开园|启用|上线|发射|上市|通车)[^,。;]{0,6}(?:推迟|延期?|改|调整|顺延|提前)[到至为]\Z"
)
_TAKES_PLACE = re.compile(r"[ ]?(?:[上下]午|在[^,。;]{1,16})?(?:举[行办]|召开|开[幕赛庭]|揭[幕牌])")
"""延期至7月9日至11日举行: a day on which something is held."""
_CAME_BEFORE = re.compile(r"[ ]?(?:已|发生|产生)")
_OPENS = re.compile(
    r"[ ]?(?:[上下]午)?(?:正式)?(?:开(?:放|启|始|通|抢|[,。;])|启动|上线|起(?=[,。;]))"
)
_CHANGED = re.compile(
    r"\s*(?:\([^()]{1,12}\))?(?:\d{1,2}[:时点][\d分]{0,3})?(?:截?止|前)?的?[\"')\]]?[^,。;]{0,8}"
    r"(?:[,]?(?:改[为到至]|延(?:[至到]|[长期后](?:[至到为]|\d))|(?:调整|修改|修订|更正|变更|勘误|更改|顺延|推迟|提前)[为至到]?[\"'(\[]?(?=[^,。;]{0,12}\d|[^,。;]{0,6}月)|顺延|推迟))"
)
_LONGEST = 90
_REACH = 200
"""Characters around a day in which its clause ends."""
_NEAR = 30


def due(page: Page) -> Iterator[Statement]:
    """Yield the deadlines of a Chinese page: of its sentences and of its tables."""
    hour = common_hour(page)
    for found in _due(page):
        yield at_hour(found, hour) if hour else found


def _due(page: Page) -> Iterator[Statement]:
    in_rows: set[int] = set()
    for row in rows(page):
        in_rows.update(range(row.block, row.block + row.lines))
        yield from _of_row(page, row)
    for sentence in page.sentences:
        if sentence.block in in_rows:
            continue
        block = page.block_of(sentence)
        paired = block.label[1] and block.body >= sentence.start
        first = block.label[0] if paired else sentence.start
        for when in page.times_in(first, sentence.end):
            found = _deadline(page, sentence, when)
            if verdict.day(page, when, "deadline" if found else None) == "deadline":
                yield found or _unruled(page, sentence, when)


def _deadline(page: Page, sentence: Sentence, when: When) -> Statement | None:
    if when.precision not in ("day", "month") or when.part in ("base", "since"):
        return None
    label = page.folded[slice(*page.block_of(sentence).label)]
    when = with_hour(page, sentence, _to_come(page, when))
    one = _clause(page, sentence, when, label)
    lead = _LEAD.match(page.folded, when.start, when.end)
    head = page.folded[one.start : lead.end() if lead else when.start]
    before = _BRACKETS.sub("", head)
    after = page.folded[when.end : one.end]
    apart = when.first == when.last
    if _VALID.search(before) or _TAKES_PLACE.match(after) or (apart and _OPENS.match(after)):
        return None
    if _CAME_BEFORE.match(after):
        return None
    if (apart and _PAST.search(before)) or _is_superseded(page, sentence, when):
        return None
    told = when.part == "as_of" and _TOLD.match(page.folded, when.end)
    strength = 0 if told else _closing(page, sentence, one, before, after)
    kind = kind_of(page, sentence, one, strength) if strength else None
    if kind is None or _is_condition(page, one, strength, after):
        return None
    if kind == "submission" and _is_of_calendar(page, sentence, one):
        kind = "application"
    whole_month = one.when.precision == "month" and strength < EXPLICIT
    if whole_month and kind == "submission" and not _DUE.search(page.folded, one.start, one.end):
        return None
    return _statement(page, sentence, one, kind)


def _unruled(page: Page, sentence: Sentence, when: When) -> Statement:
    """A last day that no rule knows for one, and the signs do."""
    label = page.folded[slice(*page.block_of(sentence).label)]
    one = _clause(page, sentence, _to_come(page, when), label)
    kind = verdict.due_kind(page, when, kind_of(page, sentence, one, PLAIN))
    return by_opinion(_statement(page, sentence, one, kind or "application"))


_MOVED = re.compile(r"延|改[为至到]|调整|推迟")


_CALENDAR = re.compile(
    r"(?:申报|申领|截止|征集|报名)[^,。]{0,10}(?:日历|月历|时间表|日程|提醒|倒计时|一览)|倒计时"
)
_TELLS = re.compile(r"[ ]?[\u4e00-\u9fff\"\[(★]")


def _is_of_calendar(page: Page, sentence: Sentence, one: Due) -> bool:
    """10月28日18:00 算力券第四批: a line of a page that lists what closes when."""
    block = page.block_of(sentence)
    if one.when.start != block.body or not _CALENDAR.search(fold(page.title)):
        return False
    told = page.folded[one.when.end : block.end]
    return len(told.strip()) > SAYS_ENOUGH and not HAPPENS.search(told) and not _OPENS.match(told)


_ASKED = re.compile(r"截止|截至|最[迟晚]|期限|到(?:什么时候|何时|几[号时])|几[号时]前|还来得及")


def _asked_until(page: Page, sentence: Sentence) -> bool:
    """何时截止报名? 答:五月二十三日…: a day alone that answers until when."""
    if not sentence.block:
        return False
    above = page.blocks[sentence.block - 1]
    asks = above.kind == "heading" and page.folded[above.end - 1] == "?"
    return asks and bool(_ASKED.search(page.folded, above.start, above.end))


def _closing(page: Page, sentence: Sentence, one: Due, before: str, after: str) -> int:
    """How plainly the words say that something closes then; 0 where they do not."""
    when = one.when
    answers = not before.strip(" 答:AQ") and _asked_until(page, sentence)
    if answers or _is_of_calendar(page, sentence, one) or _CLOSING_LABEL.search(one.label):
        return EXPLICIT
    if _CLOSES_AHEAD.search(before):
        return EXPLICIT if when.part != "as_of" or _is_ahead(page, when) else 0
    written = page.folded[when.start : when.end]
    if when.first != when.last and _MOVED.search(written):
        return EXPLICIT
    behind = _CLOSES_BEHIND.match(after)
    if (
        written.endswith(("止", "截止"))
        or written.startswith("即日起")
        or (behind and not behind.group().strip().endswith("前"))
    ):
        return EXPLICIT if when.part != "as_of" or _is_ahead(page, when) else 0
    if when.part == "as_of":
        return EXPLICIT if _is_ahead(page, when) else 0
    if behind or written.endswith(("前", "之前", "以前")):
        return PLAIN
    if when.part in ("before", "horizon") and when.precision == "day":
        return PLAIN
    if _is_window(page, one.when, before):
        return WEAK
    if before.strip(" 于在至到") or not one.label or _OPENING_LABEL.search(one.label):
        return 0
    acts = rules("deadlines", "zh").meaning(one.label, 0, len(one.label))
    return WEAK if acts or when.clock is not None else 0


_TOLD = re.compile(r"[,\s]*(?:已|共|累计|全[市区省]|仅|尚|平台|我[市区])")
"""截至6月16日,已申领…: a day of account, also where it is today."""
_WINDOW = re.compile(
    r"\s*(?:\[[^\[\]\n]{1,12}\]|【[^】\n]{1,12}】)?\s*(?:(?:全年|[上下]半年|第?[一二三四五]{1,2}[批季轮期]度?|本[批轮期])"
    r"(?:为|是|[:])?)?\s*(?:集中|安排)?[在于自从]?\s*"
)


def _is_window(page: Page, when: When, before: str) -> bool:
    """下半年为10月8日至11月7日: days that stand for a period in which something is open."""
    if when.first == when.last or when.precision != "day" or when.part == "as_of":
        return False
    ahead = page.published is not None and when.last >= page.published
    return ahead and bool(_WINDOW.fullmatch(before))


def _is_ahead(page: Page, when: When) -> bool:
    """截至9月20日 is a deadline where it lies ahead, and a date of account where not."""
    return when.precision == "day" and page.published is not None and when.last >= page.published


def _is_superseded(page: Page, sentence: Sentence, when: When) -> bool:
    """9月10日截止,延长至9月30日: the first one no longer holds."""
    return bool(_CHANGED.match(page.folded, when.end, sentence.end))


def _is_condition(page: Page, one: Due, strength: int, after: str) -> bool:
    """2024年12月31日前注册的企业: a day gone by is no deadline, unless it is so called."""
    gone = page.published is not None and (page.published - one.when.last).days > 0
    closes = strength == EXPLICIT
    return (gone and not closes) or (bool(re.match(r"[^,。;]{0,12}之间", after)) and not closes)


def _to_come(page: Page, when: When) -> When:
    """A day without a year that something closes on is the next one, not the last one."""
    if _YEAR.search(page.folded, when.start, when.end):
        return when
    if page.published is None or when.explicit or when.titled or _LEAP in _days(when):
        return when
    gone = (page.published - when.last).days
    if gone <= (0 if when.first == when.last else _LONG_GONE):
        return when
    last = when.last.replace(year=when.last.year + 1)
    soon = 0 <= (last - page.published).days <= _SOON
    first = when.first.replace(year=when.first.year + 1)
    return replace(when, first=first, last=last) if soon else when


_YEAR = re.compile(r"20\d\d")


def _days(when: When) -> tuple[int, int]:
    return when.first.day, when.last.day


_LEAP = 29
_SOON = 300
_LONG_GONE = 100
"""Days after which a period without a year is the next one: of a window that is announced."""


# --- where it stands --------------------------------------------------------------------------


def _clause(page: Page, sentence: Sentence, when: When, label: str) -> Due:
    """The clause of a day, up to the days beside it."""
    start, end = sentence.start, sentence.end
    low, high = max(start, when.start - _REACH), min(end, when.end + _REACH)
    for mark in _MARK.finditer(page.folded, low, high):
        if _in_brackets(page, mark.start(), sentence):
            continue
        if mark.end() <= when.start:
            start = mark.end()
        elif mark.start() >= when.end:
            end = mark.start()
            break
    for other in page.times_in(sentence.start, sentence.end):
        if other.precision == "day" and start <= other.start and other.end <= when.start:
            start = other.end
    return Due(when=when, start=min(start, when.start), end=max(end, when.end), label=label)


def _in_brackets(page: Page, position: int, sentence: Sentence) -> bool:
    opened = page.folded.rfind("(", sentence.start, position)
    return opened >= 0 and page.folded.find(")", opened, position) < 0


def _statement(page: Page, sentence: Sentence, one: Due, kind: str) -> Statement:
    block = page.block_of(sentence)
    start, end = one.start, one.end
    first_clause = one.start == sentence.start
    if block.label[1] and first_clause:
        start = block.label[0]
    while start < end and page.text[start] in " ,，、;；\u3000":
        start += 1
    while end > start and page.text[end - 1] in " 。；;\n":
        end -= 1
    words = page.text[start:end]
    if len(words) - (one.when.end - one.when.start) < SAYS_ENOUGH and not one.label:
        stop = _MARK.search(page.folded, end + 1, sentence.end)
        end = stop.start() if stop else sentence.end
        words = page.text[start:end]
    return Statement(
        type="deadline",
        subject=subject_of(page, sentence, one, words),
        spans=((start, end),),
        rule=f"zh.deadline.{kind}",
        time=one.when.moment("deadline", page.text),
        attributes={"kind": kind},
        confidence="high",
        uses=frozenset({one.when.start}),
    )


# --- tables -----------------------------------------------------------------------------------


def _of_row(page: Page, row: Row) -> Iterator[Statement]:
    """网上填报 | 1月19日 | 2月27日24:00: the cell below "止" is due for what the row names."""
    named = " ".join(page.text[slice(*cell)] for _, cell in row.cells)
    for head, cell in row.cells:
        label = page.folded[slice(*head)].strip(" |")
        times = page.times_in(*cell)
        if not times or not (_CLOSING_LABEL.search(label) or _WINDOW_LABEL.search(label)):
            continue
        when = _to_come(page, times[-1])
        closes = _CLOSING_LABEL.search(label) or when.part == "before"
        folded = fold(named)
        kind = rules("deadlines", "zh").meaning(folded, 0, len(folded))
        kind = kind or rules("deadlines", "zh").meaning(label, 0, len(label))
        if kind is None and OFFERS.search(fold(page.title)):
            kind = "application"
        if closes and kind and when.precision == "day":
            span = (row.cells[0][1][0], row.cells[-1][1][1])
            yield Statement(
                type="deadline",
                subject=named[:_LONGEST],
                spans=(span,),
                rule=f"zh.deadline.{kind}.row",
                time=when.moment("deadline", page.text),
                attributes={"kind": kind},
                confidence="high",
                uses=frozenset({when.start}),
            )
