"""The days that an English time covers; relative ones are told by the day of publication."""

import re
from datetime import date, timedelta

from domain.facts.english.dates import MONTHS, ORDINALS, WEEKDAYS, Days, count_of, with_precision
from domain.facts.when import When, day, months, quarter, years

_FUTURE = re.compile(
    r"\b(?:will|to|would|until|by|before|set|due|must|expected|planned|scheduled|deadline|should|slated|likely|starts"
    r"|opens|begins|launches|takes place"
    r"|close[sd]?|no later than)\b[^.;]{0,40}\Z"
)


_SLACK = timedelta(days=62)


_WHOLE_YEAR = re.compile(r"year-end|the (?:full |whole |entire )?year", re.IGNORECASE)


def year_meant(match: re.Match[str], published: date | None, last_seen: When | None) -> Days | None:
    """ "At year-end", "by the end of the year": of the year that was spoken of last."""
    if match["back"]:
        return _back(match, last_seen)
    if match["rel4"] and match["rel4"].lower() in _SAME and last_seen:
        month = MONTHS[match["month"][:3].lower()]
        return _month(last_seen.last.year, month, match["dayto"] or match["day"], True)
    if match["ago"] and published:
        if match.string.startswith(" today", match.end()):
            return with_precision(_years_before(published, match["ago"]), "day", False)
        gone_by = published.year - count_of(match["ago"].lower())
        return with_precision(years(gone_by, gone_by), "year", False)
    if not match["rel"] or not _WHOLE_YEAR.fullmatch(match["rel"]):
        return None
    if match["rel"].lower() == "the year" and not match["edge"]:
        return None
    named = last_seen.last.year if last_seen and last_seen.explicit else None
    year = named or (published.year if published else None)
    return with_precision(years(year, year), "year", False) if year else None


_SAME = ("that", "the same")
""" "On Dec. 20 the same year": of the year spoken of last."""


def _years_before(published: date, count: str) -> tuple[date, date] | None:
    """ "Five years ago today"."""
    return day(published.year - count_of(count.lower()), published.month, published.day)


def _back(match: re.Match[str], seen: When | None) -> Days | None:
    """ "By then", "the same period", "a year later": told by the time before it."""
    said = match["back"].lower()
    if seen is None or (said == "then" and (match["pre"] or "").lower() != "by"):
        return None
    if said == "then" or said.endswith("period"):
        return seen.first, seen.last, seen.precision, seen.explicit
    year = seen.last.year + (1 if said.endswith(("later", "following year")) else 0)
    return with_precision(years(year, year), "year", seen.explicit)


def days_of(folded: str, match: re.Match[str], published: date | None) -> Days | None:
    """Return the days that a match of the pattern covers, None where they cannot be told."""
    if match["iso"]:
        year, month, number = (int(part) for part in re.split(r"[-/.]", match["iso"]))
        return with_precision(day(year, month, number), "day", True)
    if match["isomonth"]:
        year, month = (int(part) for part in re.split(r"[-/.]", match["isomonth"]))
        return with_precision(months(year, month, month), "month", True)
    if match["fromyear"] or match["fromshort"]:
        return _years_named(match)
    if match["year4"]:
        year = int(match["year4"])
        return with_precision(years(year, year), "year", True)
    if match["plan"]:
        first = {"3": 2016, "4": 2021, "5": 2026}[match["plan"][1]]
        return with_precision(years(first, first + 4), "plan", True)
    if match["frommonth"] or match["term"] or match["fiscal"]:
        return _account(match, published)
    if match["month"] or match["month2"] or match["month3"]:
        return _month_day(folded, match, published)
    if (
        match["half"]
        or match["quarter"]
        or match["q"]
        or match["firstmonths"]
        or match["firstquarters"]
        or match["spanned"]
        or match["qyear"]
    ):
        return _part_of_year(match, published)
    if published is None or match["back"] or match["ago"]:
        return None
    return _relative(folded, match, published)


def _part_named(match: re.Match[str]) -> Days | None:
    """ "2027 Q1", "2026H2"."""
    year, number = int(match["qyear"]), int(match["qnum"])
    if match["qkind"] == "Q":
        return with_precision(quarter(year, number), "quarter", True)
    whole = months(year, 6 * number - 5, 6 * number) if number < 3 else None
    return with_precision(whole, "half", True)


def _years_named(match: re.Match[str]) -> Days | None:
    """ "2024-2028", "2024-28"."""
    first = int(match["fromyear"] or match["fromshort"])
    last = int(match["toyear"]) if match["toyear"] else 2000 + int(match["toshort"])
    return with_precision(years(first, last), "plan", True) if first <= last else None


def _account(match: re.Match[str], published: date | None) -> Days | None:
    """ "January-September 2025", "3Q25", "1H 2026", "FY2025"."""
    if match["fiscal"]:
        return with_precision(years(int(match["fiscal"]), int(match["fiscal"])), "year", True)
    if match["term"]:
        year, number = 2000 + int(match["short"]), int(match["term"])
        if match["kind"] == "Q":
            return with_precision(quarter(year, number), "quarter", True)
        return (
            with_precision(months(year, 6 * number - 5, 6 * number), "half", True)
            if number < 3
            else None
        )
    first, last = (MONTHS[match[name][:3].lower()] for name in ("frommonth", "tomonth"))
    year = int(match["year5"]) if match["year5"] else published.year if published else 0
    if not year or last <= first:
        return None
    if not match["year5"] and published and months(year, first, last)[0] > published:
        year -= 1
    return with_precision(months(year, first, last), "month", bool(match["year5"]))


def _month_day(folded: str, match: re.Match[str], published: date | None) -> Days | None:
    month = MONTHS[(match["month"] or match["month2"] or match["month3"])[:3].lower()]
    number = match["dayto"] or match["day"] or match["day2"]
    number = str(ORDINALS.index(match["ordinal"]) + 1) if match["ordinal"] else number
    year = match["year"] or match["year2"] or match["year6"]
    if match["rel4"] and match["rel4"].lower() not in _SAME and published:
        shift = {"last": -1, "this": 0, "next": 1}[match["rel4"].lower()]
        return _month(published.year + shift, month, number, False)
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


def _month(year: int, month: int, number: str | None, explicit: bool) -> Days | None:
    if number:
        return with_precision(day(year, month, int(number)), "day", explicit)
    return with_precision(months(year, month, month), "month", explicit)


def _part_of_year(match: re.Match[str], published: date | None) -> Days | None:
    if match["qyear"]:
        return _part_named(match)
    year = int(match["year3"]) if match["year3"] else published.year if published else 0
    if not year:
        return None
    if match["rel3"] and published:
        year += {"this": 0, "last": -1, "next": 1, "the": 0}[match["rel3"].lower().split()[0]]
    explicit = bool(match["year3"])
    if match["half"]:
        return with_precision(
            months(year, *((1, 6) if match["half"].lower() == "first" else (7, 12))),
            "half",
            explicit,
        )
    if match["firstmonths"]:
        last = count_of(match["firstmonths"])
        return with_precision(months(year, 1, last), "month", explicit) if 1 <= last <= 12 else None
    if match["spanned"]:
        each = 6 if "H" in match["spanned"] else 3
        last = min(12, each * int(match["upto"]))
        return with_precision(months(year, 1, last), "quarter", explicit)
    if match["firstquarters"]:
        return with_precision(
            months(year, 1, 3 * count_of(match["firstquarters"])), "quarter", explicit
        )
    if match["q"] and match.group().strip().upper()[-7:].find("H") >= 0 and int(match["q"]) <= 2:
        return with_precision(
            months(year, 6 * int(match["q"]) - 5, 6 * int(match["q"])), "half", explicit
        )
    names = ("first", "second", "third", "fourth")
    number = int(match["q"]) if match["q"] else names.index(match["quarter"].lower()) + 1
    if (match["edge"] or "").lower().startswith("end"):
        return with_precision(months(year, 3 * number, 3 * number), "month", explicit)
    return with_precision(quarter(year, number), "quarter", explicit)


def _relative(folded: str, match: re.Match[str], published: date) -> Days | None:
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
    count = count_of(match["count"] or match["count2"])
    if (match["unit"] or match["unit2"]) == "months" or count > 30:
        return None
    if match["span"] in ("past", "last"):
        return with_precision(years(published.year - count + 1, published.year), "plan", False)
    return with_precision(years(published.year, published.year + count), "plan", False)


_DUE = re.compile(
    r"\b(?:until|till|by|before|due|deadline|closes?|close|must|will|through|next)\b[^.;]{0,40}\Z",
    re.IGNORECASE,
)


_TOLD = re.compile(
    r",\s[^,.;]{0,60}(?<!\bbe )(?<!\bis )(?<!\bare )\b(?:said|told|wrote"
    r"|[a-z]{3,12}ed)\b[^,.;]{0,30}\Z"
)
""" "It will invest 4 billion, the company | announced | on Thursday"."""


def _weekday(folded: str, match: re.Match[str], published: date) -> Days:
    """The last such day, or the next one where something is still to come by then."""
    back = (published.weekday() - WEEKDAYS[match["weekday"].lower()]) % 7
    due = _DUE.search(folded, max(0, match.start() - 50), match.start("weekday"))
    told = due and _TOLD.search(folded, due.start(), match.start("weekday"))
    named = (match["rday"] or match["pre"] or "").lower()
    back = 7 if named == "last" and not back else back
    if (due and not told and named != "last") or named == "next":
        the_day = published + timedelta(days=(-back) % 7 or 7)
    else:
        the_day = published - timedelta(days=back)
    return the_day, the_day, "day", False


def _day_of_month(number: int, published: date) -> Days | None:
    here = day(published.year, published.month, number)
    if here is None or here[0] > published:
        before = published.replace(day=1) - timedelta(days=1)
        here = day(before.year, before.month, number)
    return with_precision(here, "day", False)


def _named(words: str, published: date) -> Days | None:
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
        return with_precision(years(published.year + by, published.year + by), "year", False)
    if not words.startswith(("last", "next", "this")):
        return None
    total = published.year * 12 + published.month - 1 + by
    return with_precision(months(total // 12, total % 12 + 1, total % 12 + 1), "month", False)
