"""Numbers, money and units as each language writes them; never rounded."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from bot.language import Words, later_plural
from bot.markup import Html, escape, text_of
from bot.safe_text import cut, one_line


class Scale(NamedTuple):
    """A word that stands for a power of ten, and how many decimals it bears before it."""

    factor: Decimal
    word: str
    decimals: int


_SCALES = {
    "en": (
        Scale(Decimal(10) ** 12, " trillion", 3),
        Scale(Decimal(10) ** 9, " billion", 3),
        Scale(Decimal(10) ** 6, " million", 3),
    ),
    "zh": (
        Scale(Decimal(10) ** 12, "万亿", 4),
        Scale(Decimal(10) ** 8, "亿", 4),
        Scale(Decimal(10) ** 4, "万", 4),
    ),
}
_SIGNS = {"CNY": "¥", "USD": "US$", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "JP¥"}
_NAMES = {
    "CNY": "元",
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "HKD": "港元",
    "JPY": "日元",
    "TWD": "新台币",
    "SGD": "新加坡元",
}
_PLURALS = {
    "percentage_point": later_plural("{n} percentage point", "{n} percentage points"),
    "day": later_plural("{n} day", "{n} days"),
    "month": later_plural("{n} month", "{n} months"),
    "year": later_plural("{n} year", "{n} years"),
    "times": later_plural("{n} time", "{n} times"),
}
_BYTES = (("EB", 18), ("PB", 15), ("TB", 12), ("GB", 9), ("MB", 6))


def amount(value: str, unit: str | None, words: Words) -> Html:
    """Write a value of the facts contract with its unit: "¥100 million", "1亿元", "30%"."""
    number = decimal(value)
    if number is None:
        return escape(cut(one_line(f"{value} {unit or ''}"), 40))
    if unit in _PLURALS:
        return _counted(words, *_PLURALS[unit], number)
    match unit:
        case None | "count":
            return Html(scaled(number, words))
        case "percent":
            return Html(f"{plain(number, words)}%")
        case "m2":
            return words.say("{n} m²", n=Html(scaled(number, words)))
        case "byte":
            return Html(_bytes(number, words))
        case str() if _is_currency(unit):
            return money(number, unit, words)
        case _:
            return escape(cut(one_line(f"{plain(number, words)} {unit}"), 60))


def axis(values: Iterable[Decimal], unit: str | None, words: Words) -> tuple[Decimal, str]:
    """Return by what an axis divides these values, and what it counts in: "¥ billion", "亿元"."""
    most = max(map(abs, values), default=Decimal(0))
    fitting = (one.factor for one in _SCALES[words.language] if most >= one.factor)
    scales = unit in (None, "count", "m2") or _is_currency(unit)
    factor = next(fitting, Decimal(1)) if scales else Decimal(1)
    if unit == "byte":
        power = next((power for _, power in _BYTES if most >= Decimal(10) ** power), 0)
        factor = Decimal(10) ** power
    one = text_of(amount(format(factor, "f"), unit, words))
    return factor, one.replace("1", "", 1).strip()


def _is_currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def money(number: Decimal, currency: str, words: Words) -> Html:
    """Write a sum of money: "¥2.6 billion", "26亿元"."""
    if words.language == "zh":
        return Html(scaled(number, words) + _NAMES.get(currency, f" {currency}"))
    sign = _SIGNS.get(currency, f"{currency} ")
    return Html(("-" if number < 0 else "") + sign + scaled(abs(number), words))


def scaled(number: Decimal, words: Words) -> str:
    """Write a number with million, 亿 and the like where that says it exactly."""
    for factor, word, decimals in _SCALES[words.language]:
        if abs(number) >= factor and _decimals(number / factor) <= decimals:
            return plain(number / factor, words) + word
    return plain(number, words)


def plain(number: Decimal, words: Words) -> str:
    """Write a number in digits; English groups them by three."""
    digits = format(number.normalize(), "f")
    whole, point, fraction = digits.partition(".")
    if words.language == "zh" or whole in ("0", "-0"):
        return digits
    return f"{int(whole):,}{point}{fraction}"


def decimal(value: str) -> Decimal | None:
    """Read a decimal string of the facts contract; None if it is none."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _counted(words: Words, one: str, many: str, number: Decimal) -> Html:
    # A fraction takes the plural in English: 1.5 years.
    size = int(number) if number == int(number) else 2
    return words.count(one, many, abs(size), n=Html(plain(number, words)))


def _bytes(number: Decimal, words: Words) -> str:
    for name, power in _BYTES:
        if abs(number) >= Decimal(10) ** power:
            return f"{plain(number / Decimal(10) ** power, words)} {name}"
    return f"{plain(number, words)} B"
