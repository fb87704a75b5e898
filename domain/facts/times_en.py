"""Times in English text, with what comes before and behind them, resolved to days."""

import re
from dataclasses import replace
from datetime import date, timedelta

from domain.facts.fact import Precision
from domain.facts.when import Part, When, day, months, quarter, years

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b))"
)
_WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}
_WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_PRE = (
    r"(?:(?:at\s|by\s)?(?P<hour0>[01]?\d|2[0-4])(?:(?::(?P<minute0>[0-5]\d))(?!\d)"
    r"|(?=\s?[ap]\.?m))\s?(?P<noon0>[ap]\.?m\b\.?)?(?:\s(?:noon|midnight|sharp|Beijing\stime"
    r"|\(Beijing\stime\)))?,?\s(?=on\s|by\s|[A-Z]))?(?:(?P<twelve>noon|midnight)\s(?=on\s|of\s))?"
    r"(?:(?<![A-Za-z])(?P<pre>(?i:by|in|on|at|since|from|until|till|through|to|before"
    r"|after|as\s(?:of|at)|than|during|this|last|next|over|for|between|of|within|no\slater\sthan"
    r"|not\slater\sthan|prior\sto|ahead\sof|starting|effective|dated|up\sto))\s)?"
    r"(?:the\s)?(?P<edge>(?i:(?:end|close|beginning|start|middle|first\sday)(?:\sof\s|-)"
    r"|year-end\s|mid-|early\s|late\s|end-))?(?:the\s)?(?:(?:afternoon|morning"
    r"|evening)\sof\s)?"
)
_YEAR = r"(?:19|20)\d\d(?!\d|,\d|%|\.\d)"
_SMALL = "two|three|four|five|six|seven|eight|nine|ten|twelve|\\d{1,2}"
_DATE = re.compile(
    rf"""\b{_PRE}(?:
        (?P<iso>(?:19|20)\d\d(?P<dot>[-/.])(?:1[0-2]|0?[1-9])(?P=dot)(?:3[01]|[12]\d|0?[1-9])(?!\d))
      | (?P<frommonth>{_MONTH})\s?(?:-|to|through|(?<=\s)and)\s?
          (?P<tomonth>{_MONTH})(?!\s?\d{{1,2}}\b)
          (?:,?\s(?:of\s)?(?P<year5>{_YEAR}))?
      | (?:(?P<term>[1-4])(?P<kind>[QH])\s?(?:20|')?(?P<short>\d\d)(?!\d|,\d)
          |FY\s?(?P<fiscal>20\d\d))
      | (?<![\d.\-/])(?P<isomonth>(?:19|20)\d\d[-/.](?:1[0-2]|0[1-9]))(?![\d./%-])
      | (?:(?:{_WEEKDAY}),?\s)?(?P<month>{_MONTH})(?:\s?(?P<day>3[01]|[12]\d|0?[1-9])
          (?:st|nd|rd|th)?(?:(?:\s?-\s?|\sto\s|\sand\s)(?P<dayto>3[01]|[12]\d|0?[1-9])(?!\d))?
            (?![\d%,]\d|\s(?:percent|million|billion|yuan)))?
            (?:,?\s(?P<year>{_YEAR}))?
      | (?:the\s)?(?:(?:{_WEEKDAY}),?\s(?:the\s)?)?(?:
          (?P<day2from>3[01]|[12]\d|0?[1-9])\s?(?:-|\sto\s|\sand\s|to\s|and\s)\s?)?(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[\s-](?:of\s)?(?P<month2>{_MONTH})
          (?:,?[\s-](?P<year2>{_YEAR}))?
      | the\s(?P<day3>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)(?:\sof\s(?:this|the)\smonth|(?=[,.;]))
      | (?:the\s)?(?:(?i:(?P<half>first|second)[\s-]half)|(?i:
          (?P<quarter>first|second|third|fourth)[\s-]quarter)|[QH](?P<q>[1-4])
            |(?i:first)\s(?P<firstmonths>{_SMALL})\smonths|
                (?i:first\s(?P<firstquarters>two|three)\squarters)|(?P<spanned>[QH]1\s?(?:-|to)\s?[QH](?P<upto>[2-4])))(?:\s(?:of|in))?(?:\s
                (?P<year3>{_YEAR})|\s(?P<rel3>(?i:this\syear|last\syear|next\syear|the\syear)))?
      | (?P<fromyear>{_YEAR})(?:-|\sto\s|\sthrough\s|\sand\s(?=\d{{4}}))(?P<toyear>
          (?:19|20)\d\d)(?!\d)
      | (?P<year4>{_YEAR})(?!\s(?:yuan|RMB|people|companies|enterprises|sq))
      | (?P<back>(?i:then|(?:the\s)?same\speriod|that\s(?:same\s)?year|the\ssame\syear|(?:a|one)\syear\slater
          |the\sfollowing\syear))\b
      | (?P<ago>{_SMALL}|(?i:two|three|four|five|six|ten))\s(?i:years\sago)\b
      | (?P<rel>(?i:last|this|next|the\ssame|the\sprevious|a|the(?:\sfull|\swhole|\sentire)?)\s
          (?:year(?!-)|month|week)(?:\s(?:earlier|ago|before))?\b|(?i:year-end)\b)
      | (?P<plan>1[345]th\sFive-Year\sPlan(?:\s(?:period|\())?)
      | (?:(?P<rday>(?i:last|this|next))\s)?(?P<weekday>{_WEEKDAY})\b
      | (?P<near>(?i:today|yesterday|tomorrow))\b
      | (?P<span>next|coming|past|last|within)\s(?P<count>{_SMALL})\s(?P<unit>years|months)
      | (?P<count2>{_SMALL})\s(?P<unit2>years|months)(?=[\s.,;])
    )(?:\s?(?:at|,)?\s\(?(?P<hour>[01]?\d|2[0-4])(?:(?::(?P<minute>[0-5]\d))(?!\d)|
        (?=\s?[ap]\.?m))\s?(?P<noon>[ap]\.?m\b\.?)?)?""",
    re.VERBOSE,
)
_BEFORE = frozenset(
    (
        "until",
        "till",
        "before",
        "no later than",
        "not later than",
        "prior to",
        "ahead of",
        "through",
        "up to",
    )
)
_PARTS: dict[str, Part] = {
    "by": "horizon",
    "to": "horizon",
    "as of": "as_of",
    "as at": "as_of",
    "since": "since",
    "from": "since",
    "starting": "since",
    "effective": "since",
    "than": "base",
    "within": "ahead",
    "after": "since",
}
_COUNTS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
_COMPARED = re.compile(
    r"(?:percent|%|times|higher|lower|more|up|down|rise|increase|growth|compared"
    r"|versus)\b[^.;]{0,30}\Z"
)
_FUTURE = re.compile(
    r"\b(?:will|to|would|until|by|before|set|due|must|expected|planned|scheduled|deadline|starts"
    r"|opens|begins|launches|takes place"
    r"|close[sd]?|no later than)\b[^.;]{0,40}\Z"
)
_DATELINE = re.compile(
    r"\s?(?:\([^()\n]{2,40}\)\s?)?-{1,2}\s(?!\d{1,2}\s|Jan|Feb|Mar|Apr|May|Ju|Aug|Sep|Oct|Nov|Dec)|\s?\([A-Z][^()\n]{2,40}\)\s"
)
_SLACK = timedelta(days=62)


MOST = 2_000
"""Times of an article that are looked at."""


def times(folded: str, published: date | None) -> tuple[When, ...]:
    """Return the times of an English text in order; relative ones need `published`."""
    found: list[When] = []
    for match in _DATE.finditer(folded):
        if len(found) >= MOST:
            break
        when = _when(folded, match, published, found[-1] if found else None)
        if when is None:
            continue
        last = found[-1] if found else None
        if last and _is_range(folded, last, when) and last.first <= when.last:
            found.pop()
            when = replace(
                when,
                start=last.start,
                first=last.first,
                part="before" if when.precision == "day" else "period",
            )
        found.append(when)
    return tuple(found)


def _is_range(folded: str, last: When, when: When) -> bool:
    """ "From 1 May to 3 June", "between 1 May and 3 June"."""
    gap = folded[last.end : when.start].strip()
    between = folded[last.start : last.end].lower().startswith("between")
    begun = gap in ("-", "to", "until") or (gap == "" and folded[when.start :].startswith("to "))
    return begun or (between and gap == "and")


def _when(
    folded: str, match: re.Match[str], published: date | None, last_seen: When | None
) -> When | None:
    pre = (match["pre"] or "").lower()
    edge = (match["edge"] or "").strip().lower()
    if _is_dateline(folded, match):
        return None
    if match["month"] and not (pre or edge or match["day"] or match["year"] or edge):
        return None
    if match["month"] == "May" and not (
        match["day"]
        or match["year"]
        or edge
        or pre in ("in", "by", "since", "of", "until", "from", "last", "next", "this")
    ):
        return None
    if pre in ("this", "last", "next") and not match["month"]:
        return None
    if match["count2"] and pre not in ("over", "for", "within", "in"):
        return None
    days = _year_meant(match, published, last_seen) or _days(folded, match, published)
    if days is None:
        return None
    first, last, precision, explicit = days
    part = _part(folded, match, pre, precision)
    return When(
        start=match.start(),
        end=match.end(),
        first=first,
        last=last,
        precision=precision,
        part=part,
        clock=_clock(match),
        explicit=explicit,
    )


def _is_dateline(folded: str, match: re.Match[str]) -> bool:
    """ "CHENGDU, May 5 (Xinhua) --": a place before it; a bare date begins a chronicle's line."""
    line = folded.rfind("\n", 0, match.start()) + 1
    begins = match.start() - line < _DATELINE_WITHIN and bool(folded[line : match.start()].strip())
    return begins and bool(_DATELINE.match(folded, match.end()))


_DATELINE_WITHIN = 40
_Days = tuple[date, date, Precision, bool]
_WHOLE_YEAR = re.compile(r"year-end|the (?:full |whole |entire )?year", re.IGNORECASE)


def _year_meant(
    match: re.Match[str], published: date | None, last_seen: When | None
) -> _Days | None:
    """ "At year-end", "by the end of the year": of the year that was spoken of last."""
    if match["back"]:
        return _back(match, last_seen)
    if match["ago"] and published:
        year = published.year - _count(match["ago"].lower())
        return _with(years(year, year), "year", False)
    if not match["rel"] or not _WHOLE_YEAR.fullmatch(match["rel"]):
        return None
    if match["rel"].lower() == "the year" and not match["edge"]:
        return None
    named = last_seen.last.year if last_seen and last_seen.explicit else None
    year = named or (published.year if published else None)
    return _with(years(year, year), "year", False) if year else None


def _back(match: re.Match[str], seen: When | None) -> _Days | None:
    """ "By then", "the same period", "a year later": told by the time before it."""
    said = match["back"].lower()
    if seen is None or (said == "then" and (match["pre"] or "").lower() != "by"):
        return None
    if said == "then" or said.endswith("period"):
        return seen.first, seen.last, seen.precision, seen.explicit
    year = seen.last.year + (1 if said.endswith(("later", "following year")) else 0)
    return _with(years(year, year), "year", seen.explicit)


def _days(folded: str, match: re.Match[str], published: date | None) -> _Days | None:
    if match["iso"]:
        year, month, number = (int(part) for part in re.split(r"[-/.]", match["iso"]))
        return _with(day(year, month, number), "day", True)
    if match["isomonth"]:
        year, month = (int(part) for part in re.split(r"[-/.]", match["isomonth"]))
        return _with(months(year, month, month), "month", True)
    if match["fromyear"]:
        first, last = int(match["fromyear"]), int(match["toyear"])
        return _with(years(first, last), "plan", True) if first <= last else None
    if match["year4"]:
        year = int(match["year4"])
        return _with(years(year, year), "year", True)
    if match["plan"]:
        first = {"3": 2016, "4": 2021, "5": 2026}[match["plan"][1]]
        return _with(years(first, first + 4), "plan", True)
    if match["frommonth"] or match["term"] or match["fiscal"]:
        return _account(match, published)
    if match["month"] or match["month2"]:
        return _month_day(folded, match, published)
    if (
        match["half"]
        or match["quarter"]
        or match["q"]
        or match["firstmonths"]
        or match["firstquarters"]
        or match["spanned"]
    ):
        return _part_of_year(match, published)
    if published is None or match["back"] or match["ago"]:
        return None
    return _relative(folded, match, published)


def _with(days: tuple[date, date] | None, precision: Precision, explicit: bool) -> _Days | None:
    return (*days, precision, explicit) if days else None


def _account(match: re.Match[str], published: date | None) -> _Days | None:
    """ "January-September 2025", "3Q25", "1H 2026", "FY2025"."""
    if match["fiscal"]:
        return _with(years(int(match["fiscal"]), int(match["fiscal"])), "year", True)
    if match["term"]:
        year, number = 2000 + int(match["short"]), int(match["term"])
        if match["kind"] == "Q":
            return _with(quarter(year, number), "quarter", True)
        return _with(months(year, 6 * number - 5, 6 * number), "half", True) if number < 3 else None
    first, last = (_MONTHS[match[name][:3].lower()] for name in ("frommonth", "tomonth"))
    year = int(match["year5"]) if match["year5"] else published.year if published else 0
    if not year or last <= first:
        return None
    if not match["year5"] and published and months(year, first, last)[0] > published:
        year -= 1
    return _with(months(year, first, last), "month", bool(match["year5"]))


def _month_day(folded: str, match: re.Match[str], published: date | None) -> _Days | None:
    month = _MONTHS[(match["month"] or match["month2"])[:3].lower()]
    number, year = match["dayto"] or match["day"] or match["day2"], match["year"] or match["year2"]
    if year:
        return _month(int(year), month, number, True)
    if published is None:
        return None
    here = _month(published.year, month, number, False)
    if here is None:
        return None
    pre = (match["pre"] or "").lower()
    if pre == "last" and here[0] > published:
        return _month(published.year - 1, month, number, False)
    if pre == "next" and here[1] < published:
        return _month(published.year + 1, month, number, False)
    if pre in ("this", "last", "next"):
        return here
    ahead = bool(
        _FUTURE.search(folded, max(0, match.start() - 60), match.start() + len(match["pre"] or ""))
    )
    if ahead and here[1] < published - 2 * _SLACK:
        return _month(published.year + 1, month, number, False)
    if not ahead and here[0] > published + _SLACK:
        return _month(published.year - 1, month, number, False)
    return here


def _month(year: int, month: int, number: str | None, explicit: bool) -> _Days | None:
    if number:
        return _with(day(year, month, int(number)), "day", explicit)
    return _with(months(year, month, month), "month", explicit)


def _part_of_year(match: re.Match[str], published: date | None) -> _Days | None:
    year = int(match["year3"]) if match["year3"] else published.year if published else 0
    if not year:
        return None
    if match["rel3"] and published:
        year += {"this": 0, "last": -1, "next": 1, "the": 0}[match["rel3"].lower().split()[0]]
    explicit = bool(match["year3"])
    if match["half"]:
        return _with(
            months(year, *((1, 6) if match["half"].lower() == "first" else (7, 12))),
            "half",
            explicit,
        )
    if match["firstmonths"]:
        last = _count(match["firstmonths"])
        return _with(months(year, 1, last), "month", explicit) if 1 <= last <= 12 else None
    if match["spanned"]:
        each = 6 if "H" in match["spanned"] else 3
        last = min(12, each * int(match["upto"]))
        return _with(months(year, 1, last), "quarter", explicit)
    if match["firstquarters"]:
        return _with(months(year, 1, 3 * _count(match["firstquarters"])), "quarter", explicit)
    if match["q"] and match.group().strip().upper()[-7:].find("H") >= 0 and int(match["q"]) <= 2:
        return _with(months(year, 6 * int(match["q"]) - 5, 6 * int(match["q"])), "half", explicit)
    names = ("first", "second", "third", "fourth")
    number = int(match["q"]) if match["q"] else names.index(match["quarter"].lower()) + 1
    return _with(quarter(year, number), "quarter", explicit)


def _relative(folded: str, match: re.Match[str], published: date) -> _Days | None:
    if match["near"]:
        the_day = published + timedelta(
            days={"today": 0, "yesterday": -1, "tomorrow": 1}[match["near"].lower()]
        )
        return the_day, the_day, "day", False
    if match["weekday"]:
        return _weekday(folded, match, published)
    if match["day3"]:
        return _day_of_month(int(match["day3"]), published)
    if match["rel"]:
        return _named(match["rel"].lower(), published)
    count = _count(match["count"] or match["count2"])
    if (match["unit"] or match["unit2"]) == "months" or count > 30:
        return None
    if match["span"] in ("past", "last"):
        return _with(years(published.year - count + 1, published.year), "plan", False)
    return _with(years(published.year, published.year + count), "plan", False)


_DUE = re.compile(
    r"\b(?:until|till|by|before|due|deadline|closes?|close|must|will|through|next)\b[^.;]{0,40}\Z",
    re.IGNORECASE,
)


def _weekday(folded: str, match: re.Match[str], published: date) -> _Days:
    """The last such day, or the next one where something is still to come by then."""
    back = (published.weekday() - _WEEKDAYS[match["weekday"].lower()]) % 7
    due = _DUE.search(folded, max(0, match.start() - 50), match.start("weekday"))
    if due or (match["rday"] or "").lower() == "next":
        the_day = published + timedelta(days=(-back) % 7 or 7)
    else:
        the_day = published - timedelta(days=back)
    return the_day, the_day, "day", False


def _day_of_month(number: int, published: date) -> _Days | None:
    here = day(published.year, published.month, number)
    if here is None or here[0] > published:
        before = published.replace(day=1) - timedelta(days=1)
        here = day(before.year, before.month, number)
    return _with(here, "day", False)


def _named(words: str, published: date) -> _Days | None:
    if "week" in words:
        return None
    shift = {
        "last": -1,
        "next": 1,
        "this": 0,
        "the": -1 if "previous" in words or "earlier" in words else 0,
        "a": -1,
    }
    by = shift[words.split()[0]]
    if "year" in words:
        if words == "a year" or words == "the year":
            return None
        return _with(years(published.year + by, published.year + by), "year", False)
    if not words.startswith(("last", "next", "this")):
        return None
    total = published.year * 12 + published.month - 1 + by
    return _with(months(total // 12, total % 12 + 1, total % 12 + 1), "month", False)


_WAS = re.compile(r"\b(?:up|down) from (?:[a-z]+ ){0,3}[^\s,.;]{0,3}\d[\d,.]{0,12}[^;,\n]{0,24}\Z")
"""What a value is compared with: its date is not the value's."""
_WAS_WITHIN = 48


def _is_base(folded: str, match: re.Match[str], pre: str) -> bool:
    """ "Higher than in 2024", "up from 1,100 today": the time of what a value is compared with."""
    relative = (match["rel"] or "").lower()
    if match["back"] and folded.startswith((" of ", " last", " a year"), match.end()):
        return True  # "12 percent over the same period of last year"
    if relative.endswith(("earlier", "ago", "before")) or relative.startswith(
        ("the previous", "the same")
    ):
        return True
    if pre == "from" and _COMPARED.search(folded, max(0, match.start() - 40), match.start()):
        return True
    if folded[max(0, match.start() - 5) : match.start()].lower() == "than ":
        return True
    return bool(_WAS.search(folded, max(0, match.start() - _WAS_WITHIN), match.start()))


_LENGTH = re.compile(r"\b(?:months|year|quarters?|half|weeks) \Z")


def _part(folded: str, match: re.Match[str], pre: str, precision: Precision) -> Part:
    if _is_base(folded, match, pre):
        return "base"
    if match["dayto"] or match["day2from"]:
        return "before"
    if match["span"] or match["count2"]:
        return "period" if match["span"] in ("past", "last") else "ahead"
    if match["frommonth"]:
        return "period"
    if pre == "to" and _LENGTH.search(folded, max(0, match.start() - 24), match.start()):
        return "period"
    if match["fromyear"]:
        return "period"
    if pre in _BEFORE:
        return "before"
    if pre == "by" and precision == "day":
        return "before"
    if pre in _PARTS:
        return _PARTS[pre]
    return "period" if precision == "plan" else "point"


def _clock(match: re.Match[str]) -> str | None:
    if match["twelve"]:
        return "12:00" if match["twelve"] == "noon" else "24:00"
    tail = "" if match["hour"] else "0"
    if not match["hour" + tail]:
        return None
    hour, noon = int(match["hour" + tail]), match["noon" + tail]
    if noon and noon[0] == "p" and hour < 12:
        hour += 12
    return f"{hour:02d}:{match['minute' + tail] or '00'}" if hour <= 24 else None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word]
