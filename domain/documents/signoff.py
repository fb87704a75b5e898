"""Who signs a document and when: the last lines of an act, a body and below it a day."""

import re
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from domain.facts.numerals import han
from domain.text.fold import fold

_LONGEST = 60
"""Characters of a line that signs; longer ones are sentences."""
_BODY = re.compile(
    r"[\u4e00-\u9fff()]{2,30}?(?:局|委员会|管委会|办公厅|办公室|人民政府|政府|厅|部|中心|院|领导小组|网信办)"
    r"(?:[\s、]+[\u4e00-\u9fff()]{2,30}?(?:局|委员会|管委会|办公厅|办公室|人民政府|政府|厅|部))*\Z"
)
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d|[二][零一二三四五六七八九]{3})年(?P<month>[\d一二三四五六七八九十]{1,2})月"
    r"(?P<day>[\d一二三四五六七八九十]{1,3})日\Z"
)


class SignOff(NamedTuple):
    """What stands below an act."""

    issuers: tuple[str, ...]
    day: date


def signed(text: str) -> SignOff | None:
    """Return the last body of a text that stands alone above a day; None where none does."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for above, below in reversed(list(pairwise(lines))):
        if max(len(above), len(below)) > _LONGEST:
            continue
        day = _day(fold(below))
        if day and _BODY.match(fold(above)):
            return SignOff(issuers=tuple(re.split(r"[\s、]+", above)), day=day)
    return None


def _day(line: str) -> date | None:
    found = _DAY.match("".join(line.split()))
    if found is None:
        return None
    year, month, day = (_number(found[part]) for part in ("year", "month", "day"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and written.isascii() else int(han(written))
