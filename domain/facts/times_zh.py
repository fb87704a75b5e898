"""Times in Chinese text, with what comes before and behind them, resolved to days."""

import re
from dataclasses import replace
from datetime import date, timedelta

from domain.facts.fact import Precision
from domain.facts.numerals import han
from domain.facts.when import Part, When, day, months, quarter, years

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_PRE = (
    r"(?:(?P<pre>力争(?:到|在|于)?|(?<![达得调提增升减降签遇找感受收送])[到至]|截至目前"
    r"|截[至止]到?|(?<![占对同环])比|较|相较于?|相比于?|与|"
    r"自从|自|从|于|在|争取(?:到|在)?|预计(?:到|在|至)?|计划(?:到|在|于)?|拟于?|将于"
    r"|即日起至|直到|止于)[ ]?)?"
)
_POST = (
    r"(?P<post>\(含\)|[ ]?(?:之前|以前|前(?!后|[一二三四五六七八九\d两几]|十|海|沿|景|往"
    r"|来|期)|以来|(?<!发)起(?!步|草|动|飞|来|诉|源|点)|期间|止|为止|"
    r"截止|左右|同期|相比))?"
)
_MODIFIER = (
    r"(?:年?(?P<half>[上下]半年)|第?(?P<quarter>[首一二三四1-4])季度?(?!节|风|后)"
    r"|(?P<quarters>前[一二三两1-3]个?季度?(?!节|风|月))"
    r"|[ ]?前[ ]?(?P<firstmonths>\d{1,2}|[一二两三四五六七八九十]{1,2})[ ]?个?月"
    r"|(?P<frommonth>\d{1,2})[ ]?[-至到~][ ]?(?P<tomonth>\d{1,2})月(?!\d{1,2}日)"
    rf"|(?P<month>{_NUMBER})[ ]?月份?(?:(?P<part>底|末|初|中旬|上旬|下旬|中)|[ "
    rf"]?(?P<day>{_NUMBER})[ ]?[日号])?"
    r"|年?(?P<edge>底|末|初|中(?![国央心小西东部医])|内))?"
)
_WEEKDAY = r"(?:[ ]?\((?:星期|周)?[一二三四五六日天]\)|[ ]?(?:星期|周)[一二三四五六日天])?"
_CLOCK = (
    r"(?:[ ]?(?P<noon>上午|下午|晚上?|中午|凌晨|早上?)?[ ]?(?P<hour>\d{1,2}"
    r"|[一二三四五六七八九十]{1,2})"
    r"[ ]?(?:[:时点](?P<minute>[0-5]\d)?分?(?P<halfhour>半)?整?(?!\d)))?"
)
_YEAR = (
    r"(?P<year>(?:19|20)\d\d|二[零一二三四五六七八九]{3})[ ]?年度?|(?P<relative>今年|去年"
    r"|明年|前年(?!度)|上年度?|上一年度?|本年度?|(?<![产成用运投营])后年(?!产|均|收|营)|翌年|次年|当年|年(?=[底内末]))"
)
_DATE = re.compile(
    rf"""(?=[\d到至截比较相与自从于在争预计拟将即直止力今去明前上本后翌次当年十下第全同昨近过最连报期未接一二两三四五六七八九"'])
    {_PRE}(?:
        (?P<iso>(?:19|20)\d\d(?P<sep>[-/.])(?:1[0-2]|0?[1-9])(?P=sep)(?:3[01]|[12]\d|0?[1-9])(?!\d))
      | (?<![\d.\-/])(?P<isomonth>(?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9]))
          (?![\d./\-%万亿]|[ ]?[万亿元家个])
      | (?P<fromyear>(?:19|20)\d\d)[ ]?年?[ ]?(?:-{{1,2}}|至|到|~)[ ]?(?P<toyear>
          (?:19|20)\d\d)[ ]?年(?![ ]?\d{{1,2}}[ ]?月)
      | (?:{_YEAR}){_MODIFIER}
      | (?<![年\d第])(?P<bare>[上下]半年|第?[一二三四1-4]季度|第[一二三四]季
          |前[一二三两1-3]个?季度|全年(?!龄))
      | (?P<plan>["']?十[三四五六]五["']?)(?P<planpart>期间|末|时期|规划期|以来|初)?
      | (?P<monthrel>本月|(?<![\d一二三四五六七八九十年])月(?=底|内)|上月|上个月|下月
          |下个月|当月|次月)(?:
          (?P<mpart>底|末|初|中旬|上旬|下旬|内)|(?P<mday>{_NUMBER})[日号])?
      | (?<![\d.])(?P<frommonth2>\d{{1,2}})[ ]?[-至到~][ ]?(?P<tomonth2>\d{{1,2}})月(?!\d{{1,2}}日)
      | (?<![\d.年几多数每个])
          (?P<month2>1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])[ ]?月份?
          (?!球|亮|薪|均|租|度|产|饼|活|销|嫂|光)
           (?:(?P<part2>底|末|初|中旬|上旬|下旬|中(?!国))|[ ]?(?P<day2>{_NUMBER})[ ]?[日号])?
      | (?P<term>(?:本|报告)?期(?:内|末)|报告期)
      | (?P<near>昨[日天晚]|今[日天晚早]|前[日天](?!津)|明[日天]|同日|当[日天](?!气))
      | (?<=[至到\-~])(?P<untilday>3[01]|[12]\d|[1-9])日
      | (?<![\d月年.\-至到个])(?P<day3>3[01]|[12]\d|[1-9])日(?![均活本程内])
      | (?P<span>近|过去|最近|连续|未来|今后|接下来的?)
          (?P<count>[一二两三四五六七八九十]|\d{{1,2}})(?:个)?(?P<unit>年|月)(?:内|间|来)?
      | (?P<within>[一二两三四五六七八九十]|\d{{1,2}})(?P<withinunit>年|个月)
          (?:之?内|期间|建成|入库)
    ){_WEEKDAY}{_CLOCK}{_POST}""",
    re.VERBOSE,
)
_RANGE_GAP = re.compile(r"[ ]?(?:\([^()]{1,4}\))?[ ]?(?:-{1,2}|至|到|~)[ ]?\Z")
_CONTINUES = re.compile(r"[ ]?(?:\([^()]{1,4}\))?[ ]?(?:-{1,2}|至|到|~|、|和|及|,)?[ ]?")
_DATELINE = re.compile(r"[ ]?(?:电|讯(?!息)|消息)(?=[\s(:,]|\Z)")
_BARE_DAY_FOLLOWS = re.compile(
    r"[,在从对公宣举召向发印获揭正开启签上下晚成落]|[ ]?(?:电|讯|前|起|至|上午|下午|晚|\()"
)
_LEAD_OUT = re.compile(
    r"(?:计划|将|预计|拟|力争|争取|须|应|请|需)[^,。;]{0,12}\Z|(?:截止|延长至|顺延至)\Z"
)
_WILL = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:将|拟|计划|预计|力争|有望|可望)|[ ,]?(?:再|要|起|前|内|全面)"
)
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
    for when in times(title, published):
        whole = when.precision in ("month", "quarter", "half", "year")
        recent = timedelta(0) <= published - when.last < _LONG_OVER
        if whole and when.part in ("point", "period") and recent:
            return replace(when, titled=True)
    return None


_REVIEW = re.compile(r"年[终末底]?(?:度)?(?:盘点|回顾|总结|综述|特稿)|这一年")
_LATE = 11
"""The month from which a review is of its own year."""
_LONG_OVER = timedelta(days=400)


def times(folded: str, published: date | None, report: When | None = None) -> tuple[When, ...]:
    """Return the times of a folded Chinese text in order; relative ones need `published`.

    `report` is the period that the page reports on: its 当月, 全年, 期末 are of that period.
    """
    found: list[When] = []
    for match in _DATE.finditer(folded):
        if len(found) >= MOST:
            break
        last = found[-1] if found and match.start() - found[-1].end < 8 else None
        basis = found[-1] if found and match["relative"] == "当年" else last
        when = _of_report(match, report) or _when(folded, match, published, basis)
        if when is None:
            continue
        if last and _RANGE_GAP.search(
            folded, last.end, match.start("pre") if match["pre"] else match.start()
        ):
            when = replace(when, part="before" if when.precision == "day" else when.part)
            when = _joined(last, when)
            found.pop()
        elif last and match["pre"] in ("至", "到") and last.precision == when.precision == "day":
            found.pop()
            when = _joined(last, when)
        found.append(when)
    return tuple(found)


def _of_report(match: re.Match[str], report: When | None) -> When | None:
    """全年, 年末, 当月, 期内 in a report: of the period that it reports on."""
    if report is None or match["pre"]:
        return None
    year = report.last.year
    if match["term"]:
        first, last, precision = report.first, report.last, report.precision
    elif (match["bare"] or "").startswith("全年") or match["relative"] == "年":
        if report.last.month != _DECEMBER:
            return None
        (first, last), precision = years(year, year), "year"
    elif match["bare"] and report.precision == "year":
        precision, low, high = _part_of_year(match["bare"])
        first, last = months(year, low, high)
    elif match["monthrel"] in ("当月", "月") and report.precision == "month":
        first, last, precision = report.first, report.last, report.precision
    else:
        return None
    return When(start=match.start(), end=match.end(), first=first, last=last, precision=precision)


_DECEMBER = 12


def _joined(first: When, second: When) -> When:
    if second.first < first.first:
        return second
    return replace(
        second,
        start=first.start,
        first=first.first,
        part="period" if second.precision != "day" else "before",
    )


def _when(
    folded: str, match: re.Match[str], published: date | None, last: When | None
) -> When | None:
    if _DATELINE.match(folded, match.end()) or match.end() == match.start():
        return None
    days = _days(folded, match, published, last)
    if days is None:
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


_Days = tuple[date, date, Precision, bool]


def _days(
    folded: str, match: re.Match[str], published: date | None, last: When | None
) -> _Days | None:
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
        if match["relative"] == "当年" and last:
            return _in_year(match, last.first.year, False)
        return _in_year(match, published.year + _RELATIVE[match["relative"][0]], False)
    return _relative(folded, match, published, last)


def _with(days: tuple[date, date] | None, precision: Precision, explicit: bool) -> _Days | None:
    return (*days, precision, explicit) if days else None


def _in_year(match: re.Match[str], year: int, explicit: bool) -> _Days | None:
    if match["half"]:
        return _with(
            months(year, *((1, 6) if match["half"][0] == "上" else (7, 12))), "half", explicit
        )
    if match["quarter"]:
        return _with(quarter(year, _small(match["quarter"])), "quarter", explicit)
    if match["quarters"]:
        return _with(months(year, 1, 3 * _small(match["quarters"][1])), "quarter", explicit)
    if match["firstmonths"]:
        return _first_months(year, match["firstmonths"], explicit)
    if match["frommonth"]:
        return _with(_months_between(year, match["frommonth"], match["tomonth"]), "month", explicit)
    if match["month"]:
        return _month(year, match["month"], match["day"], explicit)
    return _with(years(year, year), "year", explicit)


def _first_months(year: int, count: str, explicit: bool) -> _Days | None:
    """今年前10个月: from January on."""
    last = _small(count)
    return _with(months(year, 1, last), "month", explicit) if 1 <= last <= _DECEMBER else None


def _months_between(year: int, first: str, last: str) -> tuple[date, date] | None:
    if not 1 <= int(first) <= int(last) <= 12:
        return None
    return months(year, int(first), int(last))


def _month(year: int, month: str, number: str | None, explicit: bool) -> _Days | None:
    if not 1 <= _small(month) <= 12:
        return None
    if number:
        return _with(day(year, _small(month), _small(number)), "day", explicit)
    return _with(months(year, _small(month), _small(month)), "month", explicit)


def _month_day(match: re.Match[str], year: int) -> _Days | None:
    return _month(year, match["month2"], match["day2"], False)


def _plan(match: re.Match[str]) -> _Days | None:
    first, last = _PLANS[match["plan"].strip("\"'")[1]]
    if match["planpart"] == "末":
        return _with(years(last, last), "year", True)
    return _with(years(first, last), "plan", True)


def _relative(
    folded: str, match: re.Match[str], published: date, last: When | None
) -> _Days | None:
    if match["bare"]:
        ahead = bool(re.match(r"将|预计|计划|拟", match["pre"] or "")) or bool(
            _WILL.match(folded, match.end())
        )
        return _bare_part(match["bare"], published, last, ahead)
    if match["untilday"]:
        here = (
            day(last.first.year, last.first.month, int(match["untilday"]))
            if last and last.precision == "day"
            else None
        )
        return _with(here, "day", False)
    if match["monthrel"]:
        return _month_relative(match, published)
    if match["frommonth2"]:
        return _with(
            _months_between(published.year, match["frommonth2"], match["tomonth2"]), "month", False
        )
    if match["month2"]:
        return _this_or_next(folded, match, published, last)
    if match["near"]:
        if match["near"][0] in "同当":
            return None
        the_day = published + timedelta(days=_NEAR[match["near"][0]])
        return the_day, the_day, "day", False
    if match["day3"]:
        return _bare_day(folded, match, published)
    return _span(match, published)


def _bare_part(words: str, published: date, last: When | None, ahead: bool) -> _Days | None:
    """上半年 without a year: of the year just named, or the latest one that has begun."""
    year = last.first.year if last and last.precision == "year" else published.year
    if words.startswith("全年"):
        return _with(years(year, year), "year", False)
    precision, first, final = _part_of_year(words)
    if not ahead and date(year, first, 1) > published + _SLACK:
        year -= 1
    return _with(months(year, first, final), precision, False)


def _part_of_year(words: str) -> tuple[Precision, int, int]:
    """The first and last month of 上半年, 二季度, 前三季度."""
    if "半年" in words:
        return ("half", 1, 6) if words[0] == "上" else ("half", 7, 12)
    if words.startswith("前"):
        return "quarter", 1, 3 * _small(words[1])
    number = _small(words.strip("第")[0])
    return "quarter", 3 * number - 2, 3 * number


def _month_relative(match: re.Match[str], published: date) -> _Days | None:
    shift = {"本": 0, "月": 0, "当": 0, "上": -1, "下": 1, "次": 1}[match["monthrel"][0]]
    total = published.year * 12 + published.month - 1 + shift
    year, month = total // 12, total % 12 + 1
    if match["mday"]:
        return _with(day(year, month, _small(match["mday"])), "day", False)
    return _with(months(year, month, month), "month", False)


def _this_or_next(
    folded: str, match: re.Match[str], published: date, last: When | None
) -> _Days | None:
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
        return _month_day(match, published.year - 1)
    return here


def _bare_day(folded: str, match: re.Match[str], published: date) -> _Days | None:
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


def _span(match: re.Match[str], published: date) -> _Days | None:
    count = _small(match["count"] or match["within"])
    in_years = (match["unit"] or match["withinunit"]) == "年"
    if not in_years or count > 30:
        return None
    if match["span"] and match["span"][0] in "近过最连":
        return _with(years(published.year - count + 1, published.year), "plan", False)
    return _with(years(published.year, published.year + count), "plan", False)


def _part(match: re.Match[str], precision: Precision) -> Part:
    pre, post = match["pre"] or "", (match["post"] or "").strip()
    if match["span"] or match["within"]:
        return "period" if match["span"] and match["span"][0] in "近过最连" else "ahead"
    if post.startswith(("之前", "以前", "前", "止", "为止", "截止")) or match["edge"] == "内":
        return "before" if not pre.startswith(("自", "从")) else "since"
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


def _clock(match: re.Match[str]) -> str | None:
    if not match["hour"]:
        return None
    hour, minute = _small(match["hour"]), int(match["minute"] or (30 if match["halfhour"] else 0))
    if match["noon"] and match["noon"][0] in "下晚" and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour <= 24 else None


def _small(numeral: str) -> int:
    if numeral == "首":
        return 1
    return int(numeral) if numeral.isdigit() else int(han(numeral))
