"""One view of Chinese for the rules: simplified, half-width, and exactly as long as the text."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

_PUNCTUATION = {
    "　": " ",
    "，": ",",
    "﹐": ",",
    "：": ":",
    "﹕": ":",
    "︰": ":",
    "∶": ":",
    "；": ";",
    "﹔": ";",
    "！": "!",
    "？": "?",
    "（": "(",
    "）": ")",
    "﹙": "(",
    "﹚": ")",
    "〔": "[",
    "〕": "]",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "％": "%",
    "﹪": "%",
    "—": "-",
    "–": "-",
    "－": "-",
    "―": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "～": "~",
    "〜": "~",
    "∼": "~",
    "“": '"',
    "”": '"',
    "「": '"',
    "」": '"',
    "『": '"',
    "』": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "〈": "《",
    "〉": "》",
    "＜": "《",
    "＞": "》",
    "｡": "。",
    "．": ".",
    "〇": "零",
    "○": "零",
    "臺": "台",
    "｜": "|",
    "│": "|",
    "┃": "|",
    "┆": "|",
    "¦": "|",
    "丨": "|",
    "・": "·",
    "•": "·",
    "●": "·",
}


@cache
def _table() -> dict[int, str]:
    lines = files("domain.text").joinpath("fold.txt").read_text("utf-8").splitlines()
    pairs = "".join(line for line in lines if not line.startswith("#"))
    table = {ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs), 2)}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return table | {ord(character): plain for character, plain in _PUNCTUATION.items()}


def fold(text: str) -> str:
    """Return `text` in simplified characters and plain punctuation; offsets stay what they were."""
    return _folded(text) if len(text) <= _SHORT else _translated(text)


_SHORT = 80
"""Titles and subjects are folded again and again, an article by everybody who reads it."""


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return text.translate(_table())


_SAMPLE = 200
_MANY = 50
"""Of a sample's characters: from so many on, a table for all is faster than looking for some."""


@lru_cache(maxsize=2)
def _translated(text: str) -> str:
    pattern, plain = _folds()
    if len(pattern.findall(text, 0, _SAMPLE)) > _MANY:
        return text.translate(_table())
    return pattern.sub(lambda found: plain[found[0]], text)


@cache
def _folds() -> tuple[re.Pattern[str], dict[str, str]]:
    plain = {chr(code): to for code, to in _table().items()}
    return re.compile(f"[{re.escape(''.join(plain))}]"), plain


@cache
def traditional() -> frozenset[str]:
    """Return the Han characters that the fold changes."""
    return frozenset(chr(code) for code in _table() if 0x3400 <= code <= 0x9FFF)


@cache
def _written_as() -> dict[str, str]:
    """Every simplified Han character with all the characters that are folded into it."""
    ways: dict[str, str] = {}
    for code, plain in _table().items():
        if 0x3400 <= code <= 0x9FFF:
            ways[plain] = ways.get(plain, plain) + chr(code)
    return ways


def unfolded(folded: str) -> tuple[str, ...]:
    """Return every spelling, in either script, whose fold is this (short) one."""
    ways = _written_as()
    return tuple(map("".join, product(*(ways.get(one, one) for one in folded))))
