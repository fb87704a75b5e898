"""The time of day of an English deadline where it does not stand beside its day."""

import re
from dataclasses import replace

from domain.facts.fact import Moment
from domain.facts.page import Page, Sentence

_CLOCK = re.compile(
    r"\b(?:locks?|clos(?:es|ing|ed)|shuts?|ends?|cut-?off|deadline|expires?|no later than"
    r"|until|by|before"
    r"|offline|stops?|goes down|taken down)\b[^.;\n]{0,24}?"
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d))?\s?(?P<noon>[ap]\.?m\b\.?)?"
    r"(?![\d%,])(?: sharp)?",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)\s?(?P<noon>[ap]\.?m\b\.?)?"
    r"\s(?:in each case|each time|on each day|on both days|respectively)",
    re.IGNORECASE,
)


def with_clock(page: Page, sentence: Sentence, moment: Moment) -> Moment:
    """ "Until 28 November; the form locks at 5 p.m.": give a day the hour told in its sentence."""
    if moment.clock is not None:
        return moment
    found = _EACH.search(page.folded, sentence.start, sentence.end) or _closing(page, sentence)
    clock = _read(found) if found else None
    return replace(moment, clock=clock) if clock else moment


def _closing(page: Page, sentence: Sentence) -> re.Match[str] | None:
    """Return the only hour of a sentence at which something closes, outside of its days."""
    days = page.times_in(sentence.start, sentence.end)
    if any(day.clock for day in days):
        return None
    found = [
        one
        for one in _CLOCK.finditer(page.folded, sentence.start, sentence.end)
        if (one["minute"] or one["noon"])
        and not any(d.start <= one.start("hour") < d.end for d in days)
    ]
    return found[0] if len(found) == 1 else None


_NOON = 12
_MIDNIGHT = 24


def _read(found: re.Match[str]) -> str | None:
    hour, half = int(found["hour"]), (found["noon"] or "")[:1].lower()
    if half and hour > _NOON:
        return None
    if half == "p" and hour < _NOON:
        hour += _NOON
    minute = found["minute"] or "00"
    return f"{hour:02d}:{minute}" if hour < _MIDNIGHT or minute == "00" else None
