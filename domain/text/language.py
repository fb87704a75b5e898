"""Which language a text is in, told by its script; no model, no guess at other languages."""

import re
from typing import Literal

from domain.text.fold import traditional as traditional_characters

TextLanguage = Literal["en", "zh-Hans", "zh-Hant", "other"]

_HAN = re.compile(r"[\u3400-\u9fff]+")
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
_TABULAR = frozenset(
    [
        "address",
        "agenda",
        "amount",
        "applicant",
        "applicants",
        "application",
        "applications",
        "apply",
        "area",
        "award",
        "batch",
        "beneficiaries",
        "beneficiary",
        "body",
        "budget",
        "cap",
        "category",
        "ceiling",
        "city",
        "closes",
        "closing",
        "companies",
        "company",
        "completion",
        "computing",
        "conditions",
        "contact",
        "content",
        "core",
        "cost",
        "costs",
        "count",
        "covered",
        "date",
        "deadline",
        "department",
        "description",
        "district",
        "document",
        "documents",
        "duration",
        "eligibility",
        "eligible",
        "end",
        "enterprises",
        "file",
        "funding",
        "grant",
        "grants",
        "growth",
        "host",
        "how",
        "indicator",
        "industry",
        "instrument",
        "investment",
        "issue",
        "item",
        "key",
        "limit",
        "loan",
        "location",
        "max",
        "maximum",
        "method",
        "min",
        "much",
        "name",
        "notice",
        "number",
        "office",
        "opens",
        "organiser",
        "organizer",
        "owner",
        "participants",
        "paying",
        "per",
        "period",
        "phase",
        "plan",
        "price",
        "procurement",
        "program",
        "programme",
        "project",
        "projects",
        "purpose",
        "rate",
        "recipient",
        "recipients",
        "reference",
        "registration",
        "remarks",
        "rent",
        "requirements",
        "responsible",
        "result",
        "revenue",
        "reward",
        "scheme",
        "scope",
        "share",
        "source",
        "status",
        "subject",
        "submission",
        "subsidies",
        "subsidy",
        "supplier",
        "support",
        "target",
        "tender",
        "theme",
        "time",
        "title",
        "total",
        "type",
        "unit",
        "units",
        "up",
        "value",
        "venue",
        "voucher",
        "vouchers",
        "what",
        "when",
        "where",
        "who",
        "window",
        "year",
        "yuan",
    ]
)
"""Words of labels, cards and tables: such a page has few words of the grammar."""
_FOREIGN = frozenset(
    [
        "de",
        "la",
        "le",
        "les",
        "des",
        "du",
        "et",
        "un",
        "une",
        "en",
        "que",
        "el",
        "los",
        "las",
        "del",
        "para",
        "y",
        "der",
        "die",
        "das",
        "und",
        "den",
        "von",
        "mit",
        "ist",
        "zu",
        "il",
        "di",
        "che",
        "per",
        "della",
        "dos",
        "da",
        "em",
        "na",
        "och",
        "att",
        "det",
        "som",
        "je",
        "na",
        "w",
        "z",
        "se",
        "van",
        "het",
        "een",
    ]
)
_TRADITIONAL_SHARE = 0.04
_ENGLISH_SHARE = 0.05
_LOOKED_AT = 20_000


def language_of(text: str) -> TextLanguage:
    """Return the language of `text`; `other` is whatever the rules cannot read."""
    sample = text[:_LOOKED_AT]
    han = "" if sample.isascii() else "".join(_HAN.findall(sample))
    words = _LATIN_WORD.findall(sample)
    other = 0 if sample.isascii() else len(_OTHER.findall(sample))
    # A Latin word weighs about as much as two Han characters.
    if len(han) * 0.5 >= len(words) * 0.5 and len(han) > 3 and other * 8 <= len(han):
        return _chinese(han)
    if other > len(words) or not words:
        return "other"
    return "en" if _reads_as_english(words) else "other"


def _chinese(han: str) -> TextLanguage:
    traditional = sum(map(traditional_characters().__contains__, han))
    return "zh-Hant" if traditional >= _TRADITIONAL_SHARE * len(han) else "zh-Hans"


def _reads_as_english(words: list[str]) -> bool:
    if len(words) < 20 and any(letter >= "\u00c0" for word in words for letter in word):
        return False
    common = sum(1 for word in words if word.lower() in _ENGLISH)
    if common >= _ENGLISH_SHARE * len(words) or len(words) < 12:
        return True
    return _is_a_card(words, common)


def _is_a_card(words: list[str], common: int) -> bool:
    """Labels and values only: the words of labels stand for those of the grammar."""
    lowered = [word.lower() for word in words]
    foreign = sum(1 for word in lowered if word in _FOREIGN)
    labels = sum(1 for word in lowered if word in _TABULAR)
    return labels + common >= 2 * _ENGLISH_SHARE * len(words) and foreign * 4 <= labels
