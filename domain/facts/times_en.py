"""Times in English text, with what comes before and behind them, resolved to days."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.facts.english.dates import DATE
from domain.facts.english.days import days_of, year_meant
from domain.facts.fact import Precision
from domain.facts.when import Part, When

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


_COMPARED = re.compile(
    r"(?:percent|%|times|higher|lower|more|up|down|rise|increase|growth|compared"
    r"|versus)\b[^.;]{0,30}\Z"
)


_DATELINE = re.compile(
    r"[ ]?(?:\([^()\n]{2,40}\)[ ]?)?-{1,2}\s"
    r"(?!\d{1,2}\s|Jan|Feb|Mar|Apr|May|Ju|Aug|Sep|Oct|Nov|Dec)"
    r"|[ ]?\([A-Z][^()\n]{2,40}\)[ ]"
)


MOST = 2_000
"""Times of an article that are looked at."""


_WEEKDAY_BEFORE = re.compile(r"day\b\s?\(\Z")


def _is_told_again(folded: str, last: When, when: When) -> bool:
    """ "By Tuesday (23 September)": the day in brackets says which Tuesday."""
    if when.precision != "day" or folded[last.end : when.start].strip() != "(":
        return False
    return last.precision == "day" and bool(_WEEKDAY_BEFORE.search(folded, last.start, when.start))


_BROKEN = re.compile(r"\d\n[ ]{0,8}[A-Z]|[a-z]\n\d{1,2}(?:\s{2}|\Z)|\d\n[ ]{0,8}\d{1,2}:\d")


def _in_one_line(folded: str) -> Iterator[re.Match[str]]:
    """ "Items 1 and 3 | February 24": the end of one line and the beginning of the next."""
    match = DATE.search(folded)
    while match:
        broken = "\n" in match.group() and _BROKEN.search(match.group())
        if broken:
            end = match.start() + match.group().index("\n")
            match = DATE.search(folded, match.start(), end) or DATE.search(folded, end)
        else:
            yield match
            match = DATE.search(folded, match.end())


def times(folded: str, published: date | None) -> tuple[When, ...]:
    """Return the times of an English text in order; relative ones need `published`."""
    found: list[When] = []
    for match in _in_one_line(folded):
        if len(found) >= MOST:
            break
        when = _when(folded, match, published, found[-1] if found else None)
        if when is None:
            continue
        last = found[-1] if found else None
        if last and _is_told_again(folded, last, when):
            found.pop()
            when = replace(when, start=last.start, part=last.part, clock=when.clock or last.clock)
            found.append(when)
            continue
        when = _running_to(folded, when)
        if last and _is_years_to(folded, last, when):
            found.pop()
            years = last.last.year - last.first.year
            first = when.last.replace(year=when.last.year - years + 1, month=1, day=1)
            when = replace(when, start=last.start, first=first, part="period", precision="plan")
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


def _is_years_to(folded: str, last: When, when: When) -> bool:
    """ "In the three years to 2024": years that end with one that is named."""
    told = last.part == "ahead" and when.precision == "year"
    gap = folded[last.end : when.start].strip()
    return told and (gap, folded[when.start : when.start + 3]) in (("", "to "), ("to", "20"))


_ACCOUNT = re.compile(
    r"\b(?:(?P<count>three|six|nine|twelve|3|6|9|12) months|(?P<year>(?:fiscal |financial )?year)"
    r"|(?P<quarter>quarter)) (?:ended|ending|to)\s(?:on\s)?\Z",
    re.IGNORECASE,
)
_MONTHS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}


def _running_to(folded: str, when: When) -> When:
    """ "The six months ended | 30 June 2025": the period that an account is of."""
    if when.precision != "day":
        return when
    begin = when.start + (3 if folded.startswith("to ", when.start) else 0)
    told = _ACCOUNT.search(folded, max(0, begin - 32), begin)
    if not told:
        return when
    count = 12 if told["year"] else 3 if told["quarter"] else 0
    count = count or _MONTHS.get(told["count"].lower()) or int(told["count"])
    back = when.last.year * 12 + when.last.month - count
    first = when.last.replace(year=back // 12, month=back % 12 + 1, day=1)
    named: dict[int, Precision] = {12: "year", 6: "half", 3: "quarter"}
    return replace(when, first=first, precision=named.get(count, "month"), part="period")


def _is_range(folded: str, last: When, when: When) -> bool:
    """ "From 1 May to 3 June", "between 1 May and 3 June"."""
    gap = folded[last.end : when.start].strip(" ")
    between = folded[last.start : last.end].lower().startswith("between")
    begun = gap in ("-", "to", "until") or (gap == "" and folded[when.start :].startswith("to "))
    return begun or (between and gap == "and")


def _when(
    folded: str, match: re.Match[str], published: date | None, last_seen: When | None
) -> When | None:
    pre = _leading(folded, match)
    edge = (match["edge"] or "").strip().lower()
    if _is_dateline(folded, match):
        return None
    dated = pre or edge or match["day"] or match["year"] or match["rel4"]
    dated = dated or _heads_a_line(folded, match)
    if match["month"] and not dated:
        return None
    if match["month"] == "May" and not (
        _heads_a_line(folded, match)
        or match["day"]
        or match["year"]
        or edge
        or pre in ("in", "by", "since", "of", "until", "from", "last", "next", "this")
    ):
        return None
    if pre in ("this", "last", "next") and not (match["month"] or match["weekday"]):
        return None
    if match["year4"] and _is_of_a_name(folded, match, pre):
        return None
    if match["weekday"] and _is_open_hours(folded, match):
        return None
    if match["count2"] and pre not in ("over", "for", "within", "in"):
        return None
    days = year_meant(match, published, last_seen) or days_of(folded, match, published)
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


_NAMED = re.compile(r"(?:the|its|their|a) \Z", re.IGNORECASE)
_NAME = re.compile(r" (?:[A-Z][a-z]+|[A-Z]{2,}) (?:[A-Z]|Conference|Expo)")


def _is_of_a_name(folded: str, match: re.Match[str], pre: str) -> bool:
    """ "The 2026 World AI Conference": no day of anything."""
    led = match.group().lower().startswith("the ") or _NAMED.search(
        folded, max(0, match.start() - 6), match.start()
    )
    return not pre and bool(led) and bool(_NAME.match(folded, match.end()))


_WEEK = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WEEK_BEHIND = re.compile(rf"\s?(?:to|through|-)\s?{_WEEK}")
_WEEK_BEFORE = re.compile(rf"{_WEEK}\s?(?:to|through|-)\s?\Z")


def _is_open_hours(folded: str, match: re.Match[str]) -> bool:
    """ "Monday to Friday": the days on which somebody is there."""
    start = match.start("weekday")
    return bool(
        _WEEK_BEHIND.match(folded, match.end("weekday"))
        or _WEEK_BEFORE.search(folded, max(0, start - 20), start)
    )


_LEADING = re.compile(r"\b(until|till|before|by|no later than|not later than|from|since)\s\Z", re.I)


def _leading(folded: str, match: re.Match[str]) -> str:
    """ "Before | 17:00 on September 24": what leads to the hour leads to the day."""
    pre = (match["pre"] or "").lower()
    if pre in ("", "on") and (match["hour0"] or match["twelve"]):
        led = _LEADING.search(folded, max(0, match.start() - 20), match.start())
        return led[1].lower() if led else pre
    return pre


def _is_dateline(folded: str, match: re.Match[str]) -> bool:
    """ "CHENGDU, May 5 (Xinhua) --": a place before it; a bare date begins a chronicle's line."""
    line = folded.rfind("\n", 0, match.start()) + 1
    begins = match.start() - line < _DATELINE_WITHIN and bool(
        re.search(r"[A-Za-z]", folded[line : match.start()])
    )
    return begins and bool(_DATELINE.match(folded, match.end()))


def _heads_a_line(folded: str, match: re.Match[str]) -> bool:
    """ "- February: zone approved": a bare month that a line of a chronicle begins with."""
    line = folded.rfind("\n", 0, match.start()) + 1
    led = folded[line : match.start()].strip(" -*")
    near = match.start() - line < _DATELINE_WITHIN
    return near and not led and folded.startswith(":", match.end())


_DATELINE_WITHIN = 40


_WAS = re.compile(r"\b(?:up|down) from (?:[a-z]+ ){0,3}[^\s,.;]{0,3}\d[\d,.]{0,12}[^;,\n]{0,24}\Z")
"""What a value is compared with: its date is not the value's."""


_THAN = re.compile(r"\bthan (?:in |for |during |the |all |whole |entire |of ){1,6}?\w{0,2}\Z")
""" "More than in the whole | of the first quarter"."""
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
    before = folded[max(0, match.start() - 11) : match.start()].lower()
    compared = before.endswith(("than ", "many as ", "much as ", "high as "))
    compared = compared or bool(
        _THAN.search(folded, max(0, match.start() - 40), match.start() + len(match["pre"] or ""))
    )
    if compared and not before.endswith("later than "):
        return True
    return bool(_WAS.search(folded, max(0, match.start() - _WAS_WITHIN), match.start()))


_MOVED = re.compile(
    r"\b(?:extended|postponed|pushed|moved|delayed|deferred|prolonged|put back|brought forward)\b"
    r"[^.;\n]{0,40}\Z"
)


_LENGTH = re.compile(r"\b(?:months|years?|quarters?|half|weeks) \Z")


def _part(folded: str, match: re.Match[str], pre: str, precision: Precision) -> Part:
    if _is_base(folded, match, pre):
        return "base"
    if match["dayto"] or match["day2from"]:
        return "before"
    if match["span"] or match["count2"]:
        return "period" if match["span"] in ("past", "last") else "ahead"
    if pre == "to" and _MOVED.search(folded, max(0, match.start() - 60), match.start()):
        return "before"
    if pre == "to" and _LENGTH.search(folded, max(0, match.start() - 24), match.start()):
        return "period"
    if match["frommonth"] or match["fromyear"]:
        return "period"
    if pre in _BEFORE or (pre == "by" and precision == "day"):
        return "before"
    if pre == "within" and not match["span"] and precision in ("year", "month", "quarter"):
        return "horizon"
    if pre in _PARTS:
        return _PARTS[pre]
    return "period" if precision == "plan" else "point"


def _clock(match: re.Match[str]) -> str | None:
    twelve = match["twelve"] or match["twelve2"]
    if twelve:
        return "12:00" if twelve == "noon" else "24:00"
    tail = "" if match["hour"] else "0"
    if not match["hour" + tail]:
        return None
    hour, noon = int(match["hour" + tail]), match["noon" + tail]
    if noon and noon[0] == "p" and hour < 12:
        hour += 12
    return f"{hour:02d}:{match['minute' + tail] or '00'}" if hour <= 24 else None
