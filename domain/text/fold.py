"""One view of Chinese for the rules: simplified, half-width, and exactly as long as the text."""

from functools import cache
from importlib.resources import files

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
    return text.translate(_table())


@cache
def traditional() -> frozenset[str]:
    """Return the Han characters that the fold changes."""
    return frozenset(chr(code) for code in _table() if 0x3400 <= code <= 0x9FFF)
