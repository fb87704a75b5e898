"""How much of a line a text takes: a Chinese character takes two columns, a letter one."""

import re
import unicodedata

LINE = 40
"""Columns of a line on a phone of 390 points."""
_NUMBER_AT_END = re.compile(r"[\d.,%~〇零一二三四五六七八九十百千万亿]*\d[\d.,]*[百千万亿]*\Z")


def columns(text: str) -> int:
    """Count the columns of a text that is shown in one line."""
    return sum(_width(character) for character in text)


def narrow(text: str, room: int) -> str:
    """Shorten to so many columns; what is cut ends with an ellipsis, which takes one of them.

    A number is never cut off from its other digits or its unit: it would be another number.
    """
    if columns(text) <= room:
        return text
    taken = fitting = 0
    for character in text:
        taken += _width(character)
        if taken >= room:
            break
        fitting += 1
    return _NUMBER_AT_END.sub("", text[:fitting]).rstrip() + "…"


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
