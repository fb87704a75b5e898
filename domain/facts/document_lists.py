"""Chinese documents named in a row share what stands behind: 《A》《B》2项行业标准(征求意见稿)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.titles import Title

_JOINED = re.compile(r"[、,和与及以 ]{0,3}")
_BEHIND = re.compile(
    r"(?:等)?(?:共|计)?[\d一二两三四五六七八九十]{1,3}[项个件部份篇](?P<kind>[\u4e00-\u9fff]{2,14})"
    r"(?P<stage>\([^()\n]{1,12}\))?"
)
_DRAFT = re.compile(r"征求意见|草案|送审|讨论稿")
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the words behind a row of titles say of each of them."""

    kind: str | None
    draft: bool


def shared(page: Page) -> dict[int, Shared]:
    """Return what each title of a row shares with its neighbours, by where it begins."""
    found: dict[int, Shared] = {}
    if page.language != "zh":
        return found
    for row in _rows(page):
        behind = _BEHIND.match(page.folded, row[-1].end)
        kind = behind and rules("documents", "zh").last(page.folded, *behind.span("kind"))
        named = [one for title in row if (one := _kind(page, title))]
        said = kind.rule.meaning if kind else named[-1] if len(named) > len(row) / 2 else None
        names = "".join(page.folded[slice(*title.name)] for title in row[:1])
        draft = bool(behind and _DRAFT.search(behind.group())) or bool(_DRAFT.search(names))
        found |= {title.start: Shared(kind=said, draft=draft) for title in row}
    return found


def _kind(page: Page, title: Title) -> str | None:
    return rules("documents", "zh").meaning(page.folded, *title.name)


def _rows(page: Page) -> Iterator[list[Title]]:
    """The runs of titles with nothing but marks between them."""
    row: list[Title] = []
    for title in page.titles:
        if row and not _JOINED.fullmatch(page.folded[row[-1].end : title.start]):
            if len(row) >= _FEWEST:
                yield row
            row = []
        row.append(title)
    if len(row) >= _FEWEST:
        yield row
