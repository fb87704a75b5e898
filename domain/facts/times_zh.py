"""Times in Chinese text, with what comes before and behind them, resolved to days."""

import re
from dataclasses import replace
from datetime import date, timedelta

from domain.facts.dates_zh import DECEMBER, days_of, part_of_year, small
from domain.facts.fact import Precision
from domain.facts.time_words_zh import DATE
from domain.facts.when import Part, When, months, plus_months, years

_RANGE_GAP = re.compile(r"[ ]?(?:\([^()]{1,4}\))?[ ]?(?:-{1,2}|至|到|~)[ ]?\Z")

_IN_FORCE = re.compile(r"施行|生效|实施|执行|有效期")
"""自A起施行,有效期至B: two days, not a window."""
_DATELINE = re.compile(r"[ ]?(?:电|讯(?!息)|消息)(?=[\s(:,)]|\Z)")

_PARTS: dict[str, Part] = {
    "力争": "horizon",
    "争取": "horizon",
    "到": "horizon",
    "至": "horizon",
    "预计到": "horizon",
    "预计至": "horizon",
    "计划到": "horizon",
    "截": "as_of",
    "比": "base",
    "较": "base",
    "相": "base",
    "与": "base",
    "自": "since",
    "从": "since",
    "即日": "before",
    "直到": "before",
}

MOST = 2_000
"""Times of an article that are looked at."""

_REPORT = re.compile(
    r"公报|月报|季报|年报|半年报|报告|通报|简报|快报|周报|数据|统计|成绩单|业绩|财报|指数"
    r"|运行|情况|分析|回顾|盘点|总结|监测|[一二三四五六七八九十百千万亿]+[家个元]"
    r"|营收|产值|增长|\d亿|\d%"
)


def reported(title: str, published: date | None) -> When | None:
    """Return the month, quarter or year that a folded title says its page reports on.

    It is over on the day of publication, or nearly: 2024年统计公报, 9月月报.
    """
    if published is None:
        return None
    if _REVIEW.search(title):
        year = published.year - (published.month < _LATE)
        first, last = years(year, year)
        return When(start=0, end=0, first=first, last=last, precision="year", titled=True)
    if not _REPORT.search(title):
        return None
    to = _MONTHS_TO.search(title)
    if to and (found := _months_to(title, to, published)):
        return found
    for when in times(title, published):
        whole = when.precision in ("month", "quarter", "half", "year")
        recent = timedelta(0) <= published - when.last < _LONG_OVER
        if whole and when.part in ("point", "period") and recent:
            return replace(when, titled=True)
    return None


_MONTHS_TO = re.compile(r"止(?:(?P<count>[三六九]|十二|\d{1,2})个月|年度)")


def _months_to(title: str, to: re.Match[str], published: date) -> When | None:
    """截至2026年6月30日止六个月之中期业绩: the months up to that day."""
    ends = [when for when in times(title, published) if when.precision == "day"]
    if not ends or not to:
        return None
    last = ends[0].last
    count = small(to["count"]) if to["count"] else 12
    first = plus_months(last.replace(day=1), 1 - count)
    precision: Precision = "half" if count == HALF else "year" if count == YEAR else "quarter"
    return When(
        start=ends[0].start,
        end=ends[0].end,
        first=first,
        last=last,
        precision=precision,
        titled=True,
    )


HALF, YEAR = 6, 12
_REVIEW = re.compile(r"年[终末底]?(?:度)?(?:盘点|回顾|总结|综述|特稿)|这一年")

_LATE = 11
"""The month from which a review is of its own year."""

_LONG_OVER = timedelta(days=400)


def times(folded: str, published: date | None, report: When | None = None) -> tuple[When, ...]:
    """Return the times of a folded Chinese text in order; relative ones need `published`.

    `report` is the period that the page reports on: its 当月, 全年, 期末 are of that period.
    """
    found: list[When] = []
    for match in DATE.finditer(folded):
        if len(found) >= MOST:
            break
        last = found[-1] if found and match.start() - found[-1].end < 8 else None
        basis = _basis(folded, match, published, found, last)
        when = _of_report(match, report) or _when(folded, match, published, basis)
        if when is None:
            continue
        when = _months_up_to(folded, match.end(), when) or when
        if _IS_BASE.match(folded, match.end()):
            when = replace(when, part="base")
        if _SAME_PERIOD.match(folded, match.start()) and found:
            when = _year_before(found[-1], when)
        if last and _RANGE_GAP.fullmatch(
            folded, last.end, match.start("pre") if match["pre"] else match.start()
        ):
            when = replace(when, part="before" if when.precision == "day" else when.part)
            when = _joined(last, when)
            found.pop()
        elif (
            last
            and match["pre"] in ("至", "到")
            and last.precision == when.precision == "day"
            and not _IN_FORCE.search(folded, last.end, match.start())
        ):
            found.pop()
            when = _joined(last, when)
        found.append(when)
    return tuple(found)


_IS_BASE = re.compile(
    r"(?:全年|同期|水平|总量)?的(?:约|近|逾|超过?)?(?:[\d.]{1,6}[倍%]|[一二两三四五六七八九十]{1,2}[倍成])"
)
"""是去年全年的2.7倍: what is compared with."""
_UP_TO = re.compile(r"止(?:之)?(?:(?P<count>[三六九]|十二|\d{1,2})个月|年度)")


def _months_up_to(folded: str, end: int, when: When) -> When | None:
    """截至6月30日止六个月: a period, and not the day at its end."""
    to = _UP_TO.match(folded, end - 1) or _UP_TO.match(folded, end)
    if to is None or when.precision != "day" or when.part not in ("as_of", "before"):
        return None
    count = small(to["count"]) if to["count"] else YEAR
    return replace(
        when,
        end=to.end(),
        first=plus_months(when.last.replace(day=1), 1 - count),
        precision="half" if count == HALF else "year" if count == YEAR else "quarter",
        part="period",
    )


def _basis(
    folded: str,
    match: re.Match[str],
    published: date | None,
    found: list[When],
    last: When | None,
) -> When | None:
    """The time named before that a relative one counts from: 当年, 全年, a month's day."""
    if match["relative"] == "当年" and found:
        return found[-1]
    if match["bare"] == "全年" and found and _same_sentence(folded, found[-1], match):
        return _whole_year(found[-1])
    if match["bare"] == "全年" and published and published.month <= _SPRING:
        return _year_told_of(folded, match, published, found[-1] if found else None)
    return last


_SENTENCE = 120


def _same_sentence(folded: str, last: When, match: re.Match[str]) -> bool:
    """成都去年…,全年吸引投资96亿元: the year that the sentence began with."""
    gap = folded[last.end : match.start()]
    return len(gap) < _SENTENCE and not re.search(r"[。!?\n]", gap)


_SPRING = 4
"""Up to this month 全年 in an account is the year before."""
_ACCOUNTS = re.compile(r"[^。\n]{0,60}(?:同比|[比较](?:上|去)年)")
_AHEAD = re.compile(r"[^。,;\n]{0,24}(?:力争|预计|目标|计划|将|拟|确保|安排)")


def _year_told_of(
    folded: str, match: re.Match[str], published: date, last: When | None
) -> When | None:
    """2025年末…。全年产业营收1352亿元, told of in March 2026: the year that is over."""
    if _AHEAD.match(folded, match.end()):
        return None
    near = last is not None and "\n" not in folded[last.end : match.start()]
    told = near and last is not None and last.last == date(published.year - 1, DECEMBER, 31)
    if not told and not _ACCOUNTS.match(folded, match.end()):
        return None
    first, end = years(published.year - 1, published.year - 1)
    return When(start=match.start(), end=match.end(), first=first, last=end, precision="year")


def _whole_year(last: When) -> When | None:
    return last if last.precision == "year" and last.part in ("point", "as_of") else None


_SAME_PERIOD = re.compile(r"(?:去年|上年)同期(?=[为是有达仅约的,共]|\d)")


def _year_before(basis: When, when: When) -> When:
    """当月…,去年同期为11起: the same months a year before, with a number of their own."""
    if basis.precision not in ("month", "quarter", "half"):
        return replace(when, part="point")
    first, last = months(basis.first.year - 1, basis.first.month, basis.last.month)
    return replace(when, first=first, last=last, precision=basis.precision, part="point")


def _of_report(match: re.Match[str], report: When | None) -> When | None:
    """全年, 年末, 当月, 期内 in a report: of the period that it reports on."""
    if report is None or match["pre"]:
        return None
    year = report.last.year
    if match["term"]:
        if match.start() and "\u4e00" <= match.string[match.start() - 1] <= "\u9fff":
            return None  # 公示期内, 申报期内
        first, last, precision = report.first, report.last, report.precision
    elif (match["bare"] or "").startswith("全年") or match["relative"] == "年":
        if report.last.month != DECEMBER:
            return None
        (first, last), precision = years(year, year), "year"
    elif match["bare"] and report.precision == "year":
        precision, low, high = part_of_year(match["bare"])
        first, last = months(year, low, high)
    elif match["monthrel"] in ("当月", "月") and report.precision == "month":
        first, last, precision = report.first, report.last, report.precision
    else:
        return None
    return When(start=match.start(), end=match.end(), first=first, last=last, precision=precision)


def _joined(first: When, second: When) -> When:
    if second.first < first.first:
        return second
    return replace(
        second,
        start=first.start,
        first=first.first,
        part="period" if second.precision != "day" else "before",
    )


def _is_said_again(match: re.Match[str], last: When | None) -> bool:
    """9月当月: the month just named."""
    if match["monthrel"] != "当月" or last is None:
        return False
    return last.precision == "month" and last.end == match.start()


def _when(
    folded: str, match: re.Match[str], published: date | None, last: When | None
) -> When | None:
    if _DATELINE.match(folded, match.end()) or match.end() == match.start():
        return None
    days = days_of(folded, match, published, last)
    if days is None or _is_said_again(match, last):
        return None
    first, end, precision, explicit = days
    return When(
        start=match.start(),
        end=match.end(),
        first=first,
        last=end,
        precision=precision,
        part=_part(match, precision),
        clock=_clock(match),
        explicit=explicit,
    )


def _part(match: re.Match[str], precision: Precision) -> Part:
    pre, post = match["pre"] or "", (match["post"] or "").strip()
    if match["span"] or match["within"]:
        return "period" if match["span"] and match["span"][0] in "近过最连" else "ahead"
    if post.startswith(("之前", "以前", "前", "止", "为止", "截止")) or match["edge"] == "内":
        return "before" if not pre.startswith(("自", "从")) else "since"
    if post == "以来" and (match["relative"] or "").startswith(("今", "本")):
        return "period"
    if post in ("以来", "起"):
        return "since"
    if post in ("同期", "相比"):
        return "base"
    for word, part in _PARTS.items():
        if pre.startswith(word):
            return _checked(part, pre, post, precision)
    if (
        match["fromyear"]
        or match["frommonth"]
        or match["firstmonths"]
        or match["baremonths"]
        or match["frommonth2"]
        or precision == "plan"
    ):
        return "period"
    return "point"


def _checked(part: Part, pre: str, post: str, precision: Precision) -> Part:
    if pre in ("与",) and post not in ("相比", "同期"):
        return "point"
    if part == "horizon" and precision == "day":
        return "before"
    return part


_NOON = 12


def _clock(match: re.Match[str]) -> str | None:
    if not match["hour"]:
        return None
    hour, minute = small(match["hour"]), int(match["minute"] or (30 if match["halfhour"] else 0))
    if match["noon"] and match["noon"][0] in "下晚" and hour < 12:
        hour += 12
    if match["noon"] and match["noon"][0] == "晚" and hour == _NOON:
        hour = 2 * _NOON
    return f"{hour:02d}:{minute:02d}" if hour <= 24 else None
