"""Chinese phrases that say nothing alone: places, and what leans on the thing it belongs to."""

import re

from domain.facts import phrases_zh
from domain.facts.page import Page
from domain.gazetteer import names
from domain.text.fold import fold

_OF_PLACE = re.compile(r"^(?:全[省市区县国]|[我本该][省市区]|各[省市区])")


def is_place(page: Page, span: tuple[int, int], text: str) -> bool:
    """Return whether a phrase is nothing but places: 成都, 全省, 绵阳、德阳."""
    if not text or span[0] >= span[1]:
        return False
    rest = page.folded[slice(*span)]
    for name in page.names_in(*span):
        if name.entry.kind == "place":
            rest = rest.replace(page.folded[name.start : name.end], "")
    if rest == page.folded[slice(*span)] and not _OF_PLACE.match(rest):
        return False
    rest = _OF_PLACE.sub("", rest).strip(" 、和与及市区县省")
    return not rest or (len(rest) <= _DOING and phrases_zh.says_nothing(rest))


_DOING = 4
"""郫都区已建成: a place, and what it did."""


def placeless(thing: str) -> str:
    """Return the thing without the place it was said of before, when another's is spoken of."""
    folded = fold(thing)
    for name in names(folded):
        if name.entry.kind == "place" and name.start == 0:
            thing, folded = thing[name.end :], folded[name.end :]
            break
    return _OF_PLACE.sub("", thing).removesuffix("方面").strip(" ，,、的")


def leans(page: Page, found: phrases_zh.Phrase, text: str) -> bool:
    """Return whether a phrase needs the thing it belongs to: 总投资, 国家级, a place alone."""
    own = text == page.text[slice(*found.before)]
    folded = page.folded[slice(*found.before)] if own else fold(text)
    return not text or phrases_zh.is_weak(folded) or is_place(page, found.before, text)
