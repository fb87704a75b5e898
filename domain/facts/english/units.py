"""Numerals, scales and units as English writes them: one pattern for a number with its unit."""

import re
from decimal import Decimal

from domain.facts.numerals import ENGLISH_SCALES, ENGLISH_WORD, digits, english
from domain.facts.quantity import QuantityKind

_DIGITS = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,8})?"


_AND = rf"(?:\sand(?=\s(?:{ENGLISH_WORD})\b))?"
_WORDS = (
    rf"(?:{ENGLISH_WORD})(?:[\s-](?:{ENGLISH_WORD}|hundred{_AND}|thousand{_AND})){{0,6}}"
    rf"(?:\spoint(?:\s(?:{ENGLISH_WORD})\b){{1,4}})?"
    rf"|an?\shundred\sand\s(?:{ENGLISH_WORD})(?:[\s-](?:{ENGLISH_WORD}))?"
    r"|a\s(?=hundred|thousand|million|billion|trillion|dozen\s)"
)


SCALE = (
    r"ten\sthousand|hundred|dozen|thousand|million|billion|trillion|mln|bln|bn|mn|trln|tn|crore|lakh"
    r"|[MBk](?![\w])"
)


_ATTACHED = r"(?:bn|mn|mln|bln|tn|[mbk])\b"
"""What may stand right behind a range: "2.25-2.35bn"."""

_SHARE = (
    r"(?:\A|(?<=[.!?,;:]\s)|(?<=\n)|(?<=\band\s)|(?<=\bthat\s)|(?<=\bwhile\s))(?:half|(?:a|one)[\s-](?:third|quarter|fifth|tenth))"
    r"(?=\sof\s(?:the|its|their|all|our|these|those|them)\b(?!\s(?:year|month|week|time|day)))"
    r"|(?<=\bby\s)(?:half|(?:a|one)\s(?:third|quarter|fifth|tenth))(?=[,.;]|\s(?!of\b|in\s\d))"
)
"""Half of the firms, a third of the space as subjects; up by a quarter."""
_PARTS = {
    "half": Decimal(50),
    "third": Decimal("33.33"),
    "quarter": Decimal(25),
    "fifth": Decimal(20),
    "tenth": Decimal(10),
}
_SYMBOLS = {
    "RMB": "CNY",
    "CNY": "CNY",
    "CN¥": "CNY",
    "¥": "CNY",
    "￥": "CNY",
    "US$": "USD",
    "USD": "USD",
    "U.S.$": "USD",
    "HK$": "HKD",
    "HKD": "HKD",
    "$": "USD",
    "€": "EUR",
    "EUR": "EUR",
    "£": "GBP",
    "GBP": "GBP",
    "S$": "SGD",
    "INR": "INR",
    "₹": "INR",
    "JPY": "JPY",
    "NT$": "TWD",
}


_NAMES = (
    ("CNY", r"(?:chinese\s)?(?:yuan|renminbi|rmb|cny)"),
    ("USD", r"(?:u\.?s\.?\s)?dollars?|usd"),
    ("HKD", r"(?:hong\skong|hk)\sdollars?|hkd"),
    ("EUR", r"euros?|eur"),
    ("GBP", r"pounds?(?:\ssterling)?"),
    ("JPY", r"yen"),
    ("INR", r"rupees?"),
)


_AREA = (
    (10**6, r"(?:sq(?:uare)?\.?[\s-]?(?:kilomet(?:er|re)s?|km)|km2|km²|sq\s?km)"),
    (1, r"(?:sq(?:uare)?\.?[\s-]?(?:met(?:er|re)s?|m)\b|m2|m²|sqm)"),
    (10**4, r"hectares?"),
    (Decimal("666.67"), r"mu\b"),
    (Decimal("4046.86"), r"acres?"),
)


_COMPUTE = (
    (Decimal(1), r"(?:petaflops?|pflops?|peta[\s-]?flops?|petaflop/s|peta\b|(?-i:P)\b(?!/))"),
    (Decimal(1000), r"(?:exaflops?|eflops?|exa[\s-]?flops?)"),
    (
        Decimal(1) / 10**15,
        (
            r"(?:(?:floating[\s-]point\s)?(?:calculations|operations|computations)\s(?:per|a"
            r"|every)\ssecond|flops\b)"
        ),
    ),
)


_BYTES = (
    (10**15, r"(?:petabytes?|pb\b)"),
    (10**12, r"(?:terabytes?|tb\b)"),
    (10**18, r"(?:exabytes?|eb\b)"),
    (10**9, r"(?:gigabytes?|gb\b)"),
)


_DURATION = {"year": "year", "month": "month", "day": "day", "week": "day"}


def _any(pairs: tuple[tuple[object, str], ...], prefix: str) -> str:
    return "|".join(f"(?P<{prefix}{number}>{words})" for number, (_, words) in enumerate(pairs))


_SYMBOL = "|".join(re.escape(symbol) for symbol in sorted(_SYMBOLS, key=lambda word: -len(word)))


QUANTITY = re.compile(
    rf"""(?:\b|(?=[$¥€£₹￥]))(?:(?<![A-Za-z])(?P<symbol>{_SYMBOL})[\s-]?|(?<![\w.]))
        (?P<number>{_DIGITS}|{_SHARE}|(?:{_WORDS})(?:\b|(?=fold\b)))(?!\d|:\S)(?P<plus>\+|-plus\b)?
        (?:(?:(?<=\d)(?:[ ]?-[ ]?|\sto\s|\sand\s(?=\d{{1,3}}\s?(?:percent|per\scent|%)))
            |(?<=[a-z])\s(?:to|and)\s(?=(?:{ENGLISH_WORD})\b))(?:
            (?:{_SYMBOL})\s?)?(?P<high>{_DIGITS}|(?:{ENGLISH_WORD})\b)(?!(?!{_ATTACHED})\w|[.,]\d))?
        (?:[\s-]?(?P<scale>{SCALE})\b(?:[\s-](?P<scale2>{SCALE})\b)?)?
        (?P<plus2>\+)?[\s-]?
        (?:(?P<money>{"|".join(f"(?P<{code}>{words})" for code, words in _NAMES)})\b
          |(?P<point>percentage[\s-]points?|pp\b)
          |(?P<percent>%|percent\b|per\scent\b|pct\b)
          |(?P<fraction>(?<=[a-z][\s-])(?:fifths|thirds|quarters|tenths)\b(?=\sof\b)|(?<=-)(?:fifth|third|quarter|tenth)\b)
          |(?P<compute>{_any(_COMPUTE, "c")})
          |(?P<bytes>{_any(_BYTES, "b")})
          |(?P<area>{_any(_AREA, "a")})
          |(?P<times>times\b|-?fold\b)
          |(?:working\s|business\s|calendar\s)?(?P<duration>years?|months?|days?|weeks?)\b(?!-old)
        )?
        (?P<after>(?:\s|(?<=\s))(?:\(inclusive\)\s)?
            (?:or\s(?:more|above|over|higher)|and\s(?:above|over|more)|or\s(?:less|below|under|fewer)|or\sso\b))?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def kind_of(match: re.Match[str]) -> tuple[QuantityKind | None, str]:
    """Return the sort of quantity a match is, and its unit."""
    if match["money"]:
        return "money", next(code for code, _ in _NAMES if match[code])
    if match["symbol"]:
        return "money", _SYMBOLS[match["symbol"].upper()]
    if match["point"]:
        return "percent", "percentage_point"
    if match["percent"] or match["fraction"] or _part(match["number"]):
        return "percent", "percent"
    if match["compute"]:
        return "compute", "PFLOPS"
    if match["bytes"]:
        return "bytes", "byte"
    if match["area"]:
        return "area", "m2"
    if match["times"]:
        return "times", "times"
    if match["duration"]:
        return "duration", _DURATION[match["duration"].lower().rstrip("s")]
    return None, ""


def _part(number: str) -> Decimal | None:
    return _PARTS.get(re.split(r"[\s-]", number.lower())[-1])


def value_of(number: str) -> Decimal:
    """Return the value of a numeral in digits or words, of a share in percent."""
    part = _part(number)
    if part is not None:
        return part
    if number[0].isdigit():
        return digits(number)
    alone = number.lower() in ("a", "a ")
    return Decimal(1) if alone else english(number)


def factor_of(match: re.Match[str], kind: QuantityKind) -> Decimal:
    """Return what scale and unit multiply a numeral by."""
    factor = Decimal(1)
    for scale in (match["scale"], match["scale2"]):
        factor *= ENGLISH_SCALES[scale.lower()] if scale else 1
    if match["fraction"]:
        parts = {"fi": 5, "th": 3, "qu": 4, "te": 10}[match["fraction"][:2].lower()]
        factor *= Decimal(100) / parts if parts != 3 else Decimal("33.33")
        factor = Decimal("33.335") if parts == 3 and match["number"].lower() == "two" else factor
    groups = {"area": ("a", _AREA), "compute": ("c", _COMPUTE), "bytes": ("b", _BYTES)}.get(kind)
    if groups:
        prefix, pairs = groups
        factor *= next(Decimal(pairs[n][0]) for n in range(len(pairs)) if match[f"{prefix}{n}"])
    if match["duration"] and match["duration"].lower().startswith("week"):
        factor *= 7
    return factor
