"""The hour of a Chinese deadline where it does not stand beside its day."""

import re
from dataclasses import replace

from domain.facts.page import Page, Sentence
from domain.facts.statement import Statement
from domain.facts.when import When

_COMMON_HOUR = re.compile(
    r"(?:截止|受理|申报|报送)[^,。;\n]{0,8}(?:均|统一|都)[为是以至]?(?:当[日天])?的?(?:[上下]午)?(?P<hour>\d{1,2})[:时点](?P<minute>[0-5]\d)?"
)


def common_hour(page: Page) -> str:
    """截止时点均为当日17:30: the hour of every deadline of the page."""
    found = _COMMON_HOUR.search(page.folded)
    return f"{int(found['hour']):02d}:{found['minute'] or '00'}" if found else ""


_SAME_DAY_HOUR = re.compile(
    r"[,;]?[^,。;\d]{0,8}(?:当[日天]|该日)(?P<hour>\d{1,2})(?:[:时点](?P<minute>[0-5]\d)?)"
)


def with_hour(page: Page, sentence: Sentence, when: When) -> When:
    """顺延到10月12日,系统当天24点自动关闭: the hour stands in the next clause."""
    found = None if when.clock else _SAME_DAY_HOUR.match(page.folded, when.end, sentence.end)
    if not found:
        return when
    return replace(when, clock=f"{int(found['hour']):02d}:{found['minute'] or '00'}")


def at_hour(told: Statement, hour: str) -> Statement:
    """Return a deadline with an hour, where it has none of its own."""
    if told.time is None or told.time.clock:
        return told
    return replace(told, time=replace(told.time, clock=hour))
