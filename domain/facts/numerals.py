"""Numerals in words and digits, Chinese and English, as exact decimals."""

import re
from decimal import Decimal

_HAN_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "〇": 0,
}
_HAN_SMALL = {"十": 10, "百": 100, "千": 1000}
_HAN_LARGE = {"万": 10**4, "亿": 10**8}
SCALES = _HAN_SMALL | _HAN_LARGE | {"": 1, "兆": 10**12}

_ENGLISH_UNITS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
ENGLISH_SCALES = {
    "ten thousand": 10**4,
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "mln": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bln": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "trln": 10**12,
    "tn": 10**12,
    "k": 10**3,
    "crore": 10**7,
    "lakh": 10**5,
    "dozen": 12,
}
ENGLISH_WORD = "|".join(sorted(_ENGLISH_UNITS, key=lambda word: -len(word)))

_SEPARATORS = re.compile(r"[, ']")


def plain(value: Decimal) -> str:
    """Return a decimal as the contract writes it: no exponent, no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def digits(text: str) -> Decimal:
    """Return the value of Arabic digits with separators."""
    return Decimal(text if text.isdigit() else _SEPARATORS.sub("", text))


def han(run: str) -> Decimal:
    """Return the value of a Chinese numeral: 一千二百, 三点五, 二〇二五, 十万, 两百."""
    whole, _, part = run.partition("点")
    if not any(character in SCALES for character in whole):
        total = Decimal("".join(str(_HAN_DIGITS[character]) for character in whole) or "0")
    else:
        total = Decimal(_positional(whole))
    if part:
        total += Decimal("0." + "".join(str(_HAN_DIGITS.get(character, 0)) for character in part))
    return total


def _positional(run: str) -> int:
    total, section, digit = 0, 0, -1
    for character in run:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in _HAN_SMALL:
            section += (1 if digit < 0 else digit) * _HAN_SMALL[character]
            digit = -1
        else:
            here = section + max(digit, 0)
            total = (total + here or 1) * _HAN_LARGE[character]
            section, digit = 0, -1
    return total + section + max(digit, 0)


def scale(characters: str) -> int:
    """Return what a run of scale characters multiplies by: 万 10⁴, 千万 10⁷, 万亿 10¹²."""
    factor = 1
    for character in characters:
        factor *= SCALES.get(character, 1)
    return factor


def english(words: str) -> Decimal:
    """Return the value of English number words: "two hundred and five", "two point four"."""
    whole, _, part = words.lower().partition(" point ")
    if part:
        decimals = "".join(str(_ENGLISH_UNITS[word]) for word in part.split())
        return english(whole) + Decimal(f"0.{decimals}")
    total, current = 0, 0
    for word in re.split(r"[\s-]+", whole):
        if word in _ENGLISH_UNITS:
            current += _ENGLISH_UNITS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in ENGLISH_SCALES:
            total += max(current, 1) * ENGLISH_SCALES[word]
            current = 0
    return Decimal(total + current)
