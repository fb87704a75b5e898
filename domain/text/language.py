"""Which language a text is in, told by its script; no model, no guess at other languages."""

import re
from typing import Literal

from domain.text.fold import traditional as traditional_characters

TextLanguage = Literal["en", "zh-Hans", "zh-Hant", "other"]

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_OTHER = re.compile(
    r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f\u0900-\u097f]"
)
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "for",
        "is",
        "on",
        "with",
        "by",
        "as",
        "at",
        "from",
        "its",
        "that",
        "will",
        "has",
        "have",
        "an",
        "be",
        "are",
        "was",
        "were",
        "said",
        "or",
        "this",
        "which",
        "their",
        "who",
        "can",
        "each",
        "shall",
        "may",
        "not",
    ]
)
_TRADITIONAL_SHARE = 0.04
_ENGLISH_SHARE = 0.05
_LOOKED_AT = 20_000


def language_of(text: str) -> TextLanguage:
    """Return the language of `text`; `other` is whatever the rules cannot read."""
    sample = text[:_LOOKED_AT]
    han = [] if sample.isascii() else _HAN.findall(sample)
    words = _LATIN_WORD.findall(sample)
    other = 0 if sample.isascii() else len(_OTHER.findall(sample))
    # A Latin word weighs about as much as two Han characters.
    if len(han) * 0.5 >= len(words) * 0.5 and len(han) > 3 and other * 8 <= len(han):
        return _chinese(han)
    if other > len(words) or not words:
        return "other"
    return "en" if _reads_as_english(words) else "other"


def _chinese(han: list[str]) -> TextLanguage:
    known = traditional_characters()
    traditional = sum(1 for character in han if character in known)
    return "zh-Hant" if traditional >= _TRADITIONAL_SHARE * len(han) else "zh-Hans"


def _reads_as_english(words: list[str]) -> bool:
    if len(words) < 20 and any(letter >= "\u00c0" for word in words for letter in word):
        return False
    common = sum(1 for word in words if word.lower() in _ENGLISH)
    return common >= _ENGLISH_SHARE * len(words) or len(words) < 12
