"""The key: value lines in which a page describes its own document."""

import re
from dataclasses import dataclass, field

from domain.facts.english.issuers import of_page
from domain.facts.fact import Moment, TimeRole
from domain.facts.page import Page
from domain.facts.when import When
from domain.text.blocks import Block

_ISSUER = re.compile(
    r"(?:发文|发布|制定|印发|颁布|主办|起草)[ ]?(?:机关|机构|单位|部门)|索引机关"
    r"|[Ii]ssu(?:er|ed by|ing (?:body|authority))|[Aa]uthority"
)
_DATES: tuple[tuple[TimeRole, re.Pattern[str]], ...] = (
    (
        "event",
        re.compile(
            r"(?:成文|发文|印发|发布|公布|签发)[ ]?(?:日期|时间)|(?:Issued|Issue date"
            r"|Published|Date of issue)"
        ),
    ),
    (
        "effective",
        re.compile(r"(?:施行|生效|实施|执行)[ ]?(?:日期|时间)|(?:Effective(?: date| from)?)"),
    ),
    (
        "expiry",
        re.compile(
            r"(?:失效|废止|截止|到期)[ ]?(?:日期|时间)|有[ ]?效[ ]?期|(?:Expir(?:y|es)|Valid until)"
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page says of its own document."""

    issuers: tuple[str, ...] = ()
    issued: Moment | None = None
    dates: list[Moment] = field(default_factory=list)


def metadata(page: Page) -> Metadata:
    """Return issuer and dates from the labelled lines of the page."""
    issuers: list[str] = []
    dates: dict[TimeRole, Moment] = {}
    for number, block in enumerate(page.blocks):
        if block.kind != "pair" or block.label == (0, 0):
            continue
        label = page.folded[slice(*block.label)]
        if _ISSUER.search(label) and not issuers:
            issuers = [
                body.strip()
                for body in re.split(r"[、,，;；]", _value(page, block))
                if body.strip()
            ]
        for role, pattern in _DATES:
            when = _day(page, number)
            if pattern.search(label) and when and role not in dates:
                dates[role] = when.moment(role, page.text)
    issuers = issuers or (_signed(page) if page.language == "zh" else of_page(page))
    rest = [dates[role] for role in ("effective", "expiry") if role in dates]
    return Metadata(issuers=tuple(issuers), issued=dates.get("event"), dates=rest)


_SIGNATURE = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:人民政府|办公[室厅]|局|委员会|委|厅|部|管委会)"
    r"(?:[ 、]{1,4}[\u4e00-\u9fff]{2,20}(?:人民政府|办公[室厅]|局|委员会|委|厅|部|管委会)){0,9}"
)
_MOST_SIGNED = 3


def _signed(page: Page) -> list[str]:
    """Who signs: the bodies in the lines above the date at the foot of the page."""
    at = next((number for number, one in enumerate(page.blocks) if one.kind == "signature"), 0)
    found: list[str] = []
    for block in reversed(page.blocks[max(0, at - _MOST_SIGNED) : at]):
        line = page.text[block.start : block.end].strip()
        if not _SIGNATURE.fullmatch(page.folded[block.start : block.end].strip()):
            break
        found = [*re.split(r"[ 、\u3000]+", line), *found]
    return found


def _value(page: Page, block: Block) -> str:
    return page.text[block.body : block.end].strip()


def _day(page: Page, number: int) -> When | None:
    block = page.blocks[number]
    days = [when for when in page.times_in(block.start, block.end) if when.precision == "day"]
    return days[-1] if days else None
