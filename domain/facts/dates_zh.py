"""Which days a Chinese time means: of this year, of the last one, of the time named before it."""

import re
from datetime import date, timedelta

from domain.facts.fact import Precision
from domain.facts.numerals import han
from domain.facts.when import When, day, months, quarter, years

_CONTINUES = re.compile(r"[ ]?(?:\([^()]{1,4}\))?[ ]?(?:-{1,2}|至|到|~|、|和|及|,)?[ ]?")

_BARE_DAY_FOLLOWS = re.compile(
    r"[,在从对率赴抵访封投竣动奠挂登亮落公宣举召向发印获揭正开启签上下晚成落联共同就由与]"
    r"|[ ]?(?:电|讯|前|起|至|上午|下午|晚|\()"
)

_LEAD_OUT = re.compile(
    r"(?:计划|将|预[计定]|拟|力争|争取|须|应|请|需|料|可望|有望|目标|(?<![规决制确固指])定[于在])[^,。;\n]{0,12}\Z|(?:截止|延长至|顺延至)\Z"
)

_WILL = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:将|拟|计划|预计|力争|有望|可望)|[ ,]?(?:再|要|起|前|内|全面)"
)

_TO_COME = re.compile(r"(?:预[计定]|拟|将|有望|可望|力争|计划|最快|料)[于在到至]?\Z")

_RELATIVE = {
    "今": 0,
    "本": 0,
    "去": -1,
    "上": -1,
    "明": 1,
    "翌": 1,
    "次": 1,
    "前": -2,
    "后": 2,
    "当": 0,
    "年": 0,
}

_NEAR = {"昨": -1, "今": 0, "前": -2, "明": 1}

_PLANS = {"三": (2016, 2020), "四": (2021, 2025), "五": (2026, 2030), "六": (2031, 2035)}

_SLACK = timedelta(days=62)

DECEMBER = 12
_EARLY = 3
"""Up to this month 过去一年 is the year before."""

Days = tuple[date, date, Precision, bool]


def days_of(
    folded: str, match: re.Match[str], published: date | None, last: When | None
) -> Days | None:
    """Return the days a match of DATE means; `last` is the time named before it, if it is near."""
    if match["iso"]:
        year, month, number = (int(part) for part in re.split(r"[-/.]", match["iso"]))
        return _with(day(year, month, number), "day", True)
    if match["isomonth"]:
        year, month = (int(part) for part in re.split(r"[-/.]", match["isomonth"]))
        return _with(months(year, month, month), "month", True)
    if match["fromyear"]:
        first, final = int(match["fromyear"]), int(match["toyear"])
        return _with(years(first, final), "plan", True) if first <= final else None
    if match["year"]:
        digits = match["year"]
        year = int(digits) if digits.isdigit() else int(han(digits))
        return _in_year(match, year, True)
    if match["plan"]:
        return _plan(match)
    if match["month2"] and last and last.explicit and not published:
        return _month_day(match, last.first.year)
    if published is None or match["term"]:
        return None
    if match["relative"]:
        return _in_year(match, _year_meant(match["relative"], published, last), False)
    return _relative(folded, match, published, last)


def _year_meant(words: str, published: date, last: When | None) -> int:
    """当年, and 年内 behind a year to come (2026年3月动工、年内投用), are of the time before."""
    if last and (words == "当年" or (words[0] == "年" and last.first.year > published.year)):
        return last.first.year
    return published.year + _RELATIVE[words[0]]


def _with(days: tuple[date, date] | None, precision: Precision, explicit: bool) -> Days | None:
    return (*days, precision, explicit) if days else None


def _in_year(match: re.Match[str], year: int, explicit: bool) -> Days | None:
    if match["half"]:
        return _with(
            months(year, *((1, 6) if match["half"][0] == "上" else (7, 12))), "half", explicit
        )
    if match["quarter"]:
        return _with(quarter(year, small(match["quarter"])), "quarter", explicit)
    if match["quarters"]:
        return _with(months(year, 1, 3 * small(match["quarters"][1])), "quarter", explicit)
    if match["firstmonths"]:
        return _first_months(year, match["firstmonths"], explicit)
    if match["frommonth"]:
        return _with(_months_between(year, match["frommonth"], match["tomonth"]), "month", explicit)
    if match["month"]:
        return _month(year, match["month"], match["day"], explicit)
    return _with(years(year, year), "year", explicit)


def _first_months(year: int, count: str, explicit: bool) -> Days | None:
    """今年前10个月: from January on."""
    last = small(count)
    return _with(months(year, 1, last), "month", explicit) if 1 <= last <= DECEMBER else None


def _months_between(year: int, first: str, last: str) -> tuple[date, date] | None:
    if not 1 <= int(first) <= int(last) <= 12:
        return None
    return months(year, int(first), int(last))


def _month(year: int, month: str, number: str | None, explicit: bool) -> Days | None:
    if not 1 <= small(month) <= 12:
        return None
    if number:
        return _with(day(year, small(month), small(number)), "day", explicit)
    return _with(months(year, small(month), small(month)), "month", explicit)


def _month_day(match: re.Match[str], year: int) -> Days | None:
    return _month(year, match["month2"], match["day2"], False)


def _plan(match: re.Match[str]) -> Days | None:
    first, last = _PLANS[match["plan"].strip("\"'")[1]]
    if match["planpart"] == "末":
        return _with(years(last, last), "year", True)
    return _with(years(first, last), "plan", True)


def _relative(folded: str, match: re.Match[str], published: date, last: When | None) -> Days | None:
    if match["bare"]:
        ahead = bool(re.match(r"将|预计|计划|拟", match["pre"] or "")) or bool(
            _WILL.match(folded, match.end())
            or _TO_COME.search(folded, max(0, match.start() - 6), match.start())
        )
        return _bare_part(match["bare"], published, last, ahead)
    if match["baremonths"]:
        return _months_of_some_year(match["baremonths"], published, last)
    if match["untilday"]:
        return _until_day(int(match["untilday"]), last)
    if match["monthrel"]:
        return _month_relative(match, published)
    if match["frommonth2"]:
        return _with(
            _months_between(published.year, match["frommonth2"], match["tomonth2"]), "month", False
        )
    if match["month2"]:
        return _this_or_next(folded, match, published, last)
    if match["near"]:
        return _near_day(match["near"][0], published)
    if match["week"] or match["dow"]:
        return _weekday(folded, match, published)
    if match["day3"]:
        return _bare_day(folded, match, published)
    return _span(match, published)


def _until_day(number: int, last: When | None) -> Days | None:
    """10月8日至12日: of the month just named."""
    if last is None or last.precision != "day":
        return None
    return _with(day(last.first.year, last.first.month, number), "day", False)


def _near_day(word: str, published: date) -> Days | None:
    """昨日, 今天; 同日 and 当日 are of no day known here."""
    if word in "同当":
        return None
    the_day = published + timedelta(days=_NEAR[word])
    return the_day, the_day, "day", False


def _months_of_some_year(count: str, published: date, last: When | None) -> Days | None:
    """前11个月 without a year: of the year just named, or the latest one in which they are over."""
    if last is not None and last.precision == "year":
        return _first_months(last.first.year, count, False)
    late = months(published.year, 1, min(small(count), DECEMBER))[1] > published + _SLACK
    return _first_months(published.year - late, count, False)


def _bare_part(words: str, published: date, last: When | None, ahead: bool) -> Days | None:
    """上半年 without a year: of the year just named, or the latest one that has begun."""
    year = last.first.year if last and last.precision == "year" else published.year
    if words.startswith("全年"):
        return _with(years(year, year), "year", False)
    precision, first, final = part_of_year(words)
    if not ahead and date(year, first, 1) > published + _SLACK:
        year -= 1
    return _with(months(year, first, final), precision, False)


def part_of_year(words: str) -> tuple[Precision, int, int]:
    """The first and last month of 上半年, 二季度, 前三季度."""
    if "半年" in words:
        return ("half", 1, 6) if words[0] == "上" else ("half", 7, 12)
    if words.startswith(("前", "首")) and words[1] not in "季":
        return "quarter", 1, 3 * small(words[1])
    if words[0] == "Q":
        return "quarter", 3 * int(words[1]) - 2, 3 * int(words[1])
    number = 4 if words[0] == "末" else small(words.strip("第")[0])
    return "quarter", 3 * number - 2, 3 * number


def _month_relative(match: re.Match[str], published: date) -> Days | None:
    shift = {"本": 0, "月": 0, "当": 0, "上": -1, "下": 1, "次": 1}[match["monthrel"][0]]
    total = published.year * 12 + published.month - 1 + shift
    year, month = total // 12, total % 12 + 1
    if match["mday"]:
        return _with(day(year, month, small(match["mday"])), "day", False)
    return _with(months(year, month, month), "month", False)


def _this_or_next(
    folded: str, match: re.Match[str], published: date, last: When | None
) -> Days | None:
    """A month without a year: the year of the time before it, or the one nearest to publication."""
    if last is not None and _CONTINUES.fullmatch(folded[last.end : match.start()]):
        here = _month_day(match, last.last.year)
        if here and here[0] < last.first:
            here = _month_day(match, last.last.year + 1)
        return here
    here = _month_day(match, published.year)
    if here is None:
        return None
    ahead = bool(re.search("前|止", match["post"] or "")) or bool(
        _LEAD_OUT.search(
            folded, max(0, match.start() - 16), match.start() + len(match["pre"] or "")
        )
    )
    if ahead and here[1] < published - _SLACK * 2:
        return _month_day(match, published.year + 1)
    if not ahead and here[0] > published + _SLACK:
        gone = here[0].month - published.month > _SOON or _GONE.match(folded, match.end())
        return _month_day(match, published.year - 1) if gone else here
    return here


_SOON = 5
"""Months ahead up to which a bare month without a word of what is over is to come."""
_GONE = re.compile(
    r"[^。;\n]{0,24}(?:了|已|曾|获(?!得者)|以来|当时|期间|同比|环比|增至|增长|下降|达)|[^,。;]{0,3}(?:印发|出台|宣布|披露|拿到|拿下)"
)


def _weekday(folded: str, match: re.Match[str], published: date) -> Days:
    """本周三, 下周二: of the week of publication, which begins on Monday, or one beside it."""
    if match["dow"]:
        return _last_weekday(folded, match, published)
    weeks = {"上": -1, "上上": -2, "下": 1}.get(match["week"], 0)
    monday = published - timedelta(days=published.weekday())
    the_day = monday + timedelta(days=7 * weeks + "一二三四五六日天".index(match["weekday"]))
    if match["weekday"] == "天":
        the_day -= timedelta(days=1)
    return the_day, the_day, "day", False


def _last_weekday(folded: str, match: re.Match[str], published: date) -> Days:
    """华为周一与成都签约: the last one in the news; 将于周五举行: the next one."""
    weekday = "一二三四五六日".index(match["dow"])
    gone = (published.weekday() - weekday) % 7
    ahead = bool(_WILL.match(folded, match.end())) or bool(
        _TO_COME.search(folded, max(0, match.start() - 6), match.start())
        or re.match(r"将|预计|计划|拟", match["pre"] or "")
    )
    the_day = published - timedelta(days=gone)
    if ahead and gone:
        the_day += timedelta(days=7)
    return the_day, the_day, "day", False


def _bare_day(folded: str, match: re.Match[str], published: date) -> Days | None:
    """9日 of a news item: of this month, or of the last one if it lies ahead."""
    if not (match["post"] or _BARE_DAY_FOLLOWS.match(folded, match.end())):
        return None
    number = int(match["day3"])
    here = day(published.year, published.month, number)
    ahead = bool(match["post"] and "前" in match["post"])
    if here is None or (here[0] > published and not ahead):
        before = published.replace(day=1) - timedelta(days=1)
        here = day(before.year, before.month, number)
    return _with(here, "day", False)


def _span(match: re.Match[str], published: date) -> Days | None:
    count = small(match["count"] or match["within"])
    in_years = (match["unit"] or match["withinunit"]) == "年"
    if not in_years or count > 30:
        return None
    if match["span"] and match["span"][0] in "近过最连":
        year = published.year - (match["span"][0] in "过" and published.month <= _EARLY)
        return _with(years(year - count + 1, year), "plan" if count > 1 else "year", False)
    return _with(years(published.year, published.year + count), "plan", False)


def small(numeral: str) -> int:
    """Return the value of a small numeral: 12, 十二, 首."""
    if numeral == "首":
        return 1
    return int(numeral) if numeral.isdigit() else int(han(numeral))
