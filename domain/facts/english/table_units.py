"""The units of an English table: in a cell, in its head, in the name of its row, in a column."""

import re
from decimal import Decimal

_MONEY = re.compile(
    r"(?:(?P<code>RMB|CNY|yuan|US\$|USD|\$|¥) ?)?(?P<many>\d{1,3}(?:,000)? )?"
    r"(?P<scale>million|billion|trillion|mn|bn|m\b)?\s?(?P<unit>yuan|RMB|CNY|USD|dollars)?",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"[(\[,]\s?(?P<unit>[^()\[\]]{1,30})[)\]]?\s*\Z")
_SHARE = re.compile(r"%|\bper ?cent\b|\brate\b|\bshare\b|\bpct\b", re.IGNORECASE)
_PERCENT = re.compile(r"%|per ?cent|pct", re.IGNORECASE)
_BARE = re.compile(r"\b(?P<unit>[PE]FLOPS)\b")
_SCALES = {"million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12}
_UNITS: dict[str, tuple[str, Decimal]] = {
    "pflops": ("PFLOPS", Decimal(1)),
    "petaflops": ("PFLOPS", Decimal(1)),
    "p": ("PFLOPS", Decimal(1)),
    "eflops": ("PFLOPS", Decimal(1000)),
    "sq km": ("m2", Decimal(10**6)),
    "km2": ("m2", Decimal(10**6)),
    "sq m": ("m2", Decimal(1)),
    "m2": ("m2", Decimal(1)),
    "pp": ("percentage_point", Decimal(1)),
    "percentage points": ("percentage_point", Decimal(1)),
}
_COUNTED = re.compile(
    r"(?P<many>\d{1,3}(?:,\d{3})?|thousand|million)?\s?"
    r"(?P<noun>units?|persons?|people|firms|companies|enterprises|projects|items|number|pcs|sets"
    r"|models|patents|racks|no\.)?",
    re.IGNORECASE,
)
COLUMN = re.compile(r"units?(?: of measure(?:ment)?)?", re.IGNORECASE)
"""The head of a column of units."""
VALUES = re.compile(r"(?:values?|amounts?|figures?|numbers?|totals?|data|results?)", re.IGNORECASE)
"""The head of a column that says nothing of what it holds."""


def unit_of(head: str, row: str, percent: bool, column: str) -> tuple[str, Decimal]:
    """Return unit and factor of a cell.

    `percent` tells whether the cell itself has a sign, `column` is the row's cell of units.
    """
    if percent or _SHARE.search(head):
        return "percent", Decimal(1)
    for words in (head, row):
        written = _WRITTEN.search(words)
        unit = written["unit"].strip() if written else ""
        found = ("percent", Decimal(1)) if _PERCENT.fullmatch(unit) else _named(unit)
        if found:
            return found
    if column:
        return _of_column(column)
    bare = _BARE.search(head)
    return _UNITS[bare["unit"].lower()] if bare else ("count", Decimal(1))


def is_unit(text: str) -> bool:
    """Whether a cell holds a unit and nothing else."""
    counted = _COUNTED.fullmatch(text)
    return bool(text) and bool(_named(text) or text == "%" or counted)


def _named(unit: str) -> tuple[str, Decimal] | None:
    money = _MONEY.fullmatch(unit)
    if money and (money["code"] or money["unit"]):
        return _sum(money)
    return _UNITS.get(unit.lower())


def _of_column(unit: str) -> tuple[str, Decimal]:
    if _SHARE.search(unit):
        return "percent", Decimal(1)
    found = _named(unit)
    if found:
        return found
    counted = _COUNTED.fullmatch(unit)
    return "count", _many(counted["many"]) if counted else Decimal(1)


def _many(written: str | None) -> Decimal:
    """ "10,000 persons", "thousand": by how much the numbers of a column count."""
    if not written:
        return Decimal(1)
    words = {"thousand": Decimal(1000), "million": Decimal(10**6)}
    return words.get(written.lower()) or Decimal(written.replace(",", ""))


def _sum(money: re.Match[str]) -> tuple[str, Decimal]:
    named = (money["code"] or money["unit"] or "").upper()
    code = "USD" if named in ("US$", "USD", "$", "DOLLARS") else "CNY"
    factor = Decimal(10) ** _SCALES.get((money["scale"] or "").lower(), 0)
    many = Decimal(money["many"].strip().replace(",", "")) if money["many"] else Decimal(1)
    return code, factor * many
