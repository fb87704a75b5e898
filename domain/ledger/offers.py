"""What can be had: each benefit once, with its document, its window, and who says otherwise."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from domain.deadlines import Window
from domain.documents.document import Document
from domain.facts.stated import Stated
from domain.ledger.entry import Entry
from domain.ledger.likeness import number
from domain.ledger.measures import by_role, join

Instrument = Literal[
    "subsidy", "voucher", "award", "grant", "loan", "fund", "rent", "tax", "service", "other"
]
INSTRUMENTS: dict[str, Instrument] = {
    **dict.fromkeys(("subsidy", "subsidies", "补贴", "补助"), "subsidy"),
    **dict.fromkeys(("voucher", "vouchers", "券", "算力券"), "voucher"),
    **dict.fromkeys(("award", "awards", "prize", "奖励", "奖金", "奖"), "award"),
    **dict.fromkeys(("grant", "grants", "资助", "专项"), "grant"),
    **dict.fromkeys(("loan", "loans", "贷款", "贴息"), "loan"),
    **dict.fromkeys(("fund", "funds", "基金"), "fund"),
    **dict.fromkeys(("rent", "租金", "房租"), "rent"),
    **dict.fromkeys(("tax", "税收", "税"), "tax"),
    **dict.fromkeys(("service", "services", "服务"), "service"),
    **dict.fromkeys(("other", "其他"), "other"),
}
"""What may stand behind type: of a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """Measures that may be the same ones: of one document, or of one story without any."""

    document: Document | None
    story_ids: frozenset[int]
    stated: tuple[Stated, ...]
    windows: tuple[Window, ...] = ()
    """What can still be applied for, by the articles about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One benefit with all that an applicant asks about it."""

    entry: Entry
    document: Document | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a question after /measures asks for."""

    words: str = ""
    instrument: Instrument | None = None
    open: bool = False
    """Only what can still be applied for."""
    official: bool = False
    """Only what an official source states itself."""
    at_least: Decimal | None = None
    """Only what gives one applicant so much: its cap or its set sum, in whatever currency."""


class UnknownFilter(ValueError):
    """A filter that means nothing: `word` is how it was said."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def read(text: str) -> Sought:
    """Read words and filters, in English or Chinese, in any order.

    "算力 type:voucher open official cap:100万": the filters are those of `Sought`.

    Raises:
        UnknownFilter: There is no such kind of benefit, or an amount is none.
    """
    sought, words = Sought(), []
    for word in _COLON.sub(r"\1:", unicodedata.normalize("NFKC", text)).split():
        name, colon, value = word.partition(":")
        if colon and name.casefold() in _TYPE:
            sought = replace(sought, instrument=_instrument(value, word))
        elif colon and name.casefold() in _CAP:
            sought = replace(sought, at_least=_amount(value, word))
        elif word.casefold() in _OPEN:
            sought = replace(sought, open=True)
        elif word.casefold() in _OFFICIAL:
            sought = replace(sought, official=True)
        else:
            words.append(word)
    return replace(sought, words=" ".join(words))


def offers(
    kin: Iterable[Kin], matched: Collection[int], sought: Sought, today: date
) -> tuple[Offer, ...]:
    """Return each benefit once, in the order of `kin`; only those of which a fact has matched."""
    found = []
    for group in kin:
        open_ones = [one for one in group.windows if one.last >= today]
        window = min(open_ones, key=lambda one: one.last, default=None)
        for entry in join(group.stated):
            offer = Offer(entry=entry, document=group.document, window=window)
            if any(one.number in matched for one in entry.every) and passes(offer, sought):
                found.append(offer)
    return tuple(found)


def passes(offer: Offer, sought: Sought) -> bool:
    """Tell whether an offer is one of those that are sought, apart from its words."""
    lead = offer.entry.lead
    if sought.instrument not in (None, lead.fact.attributes.get("instrument")):
        return False
    if sought.open and offer.window is None:
        return False
    if sought.official and not any(one.article.tier == "official" for one in offer.entry.every):
        return False
    return sought.at_least is None or _most(lead) >= sought.at_least


def differing(entry: Entry) -> list[tuple[str, Sequence[Stated]]]:
    """Return the roles of the amounts about which sources differ, and who says otherwise."""
    told = by_role(entry.lead.fact)
    roles: dict[str, list[Stated]] = {}
    for one in entry.disputed:
        for role, amount in by_role(one.fact).items():
            if role in told and amount.get("value") != told[role].get("value"):
                roles.setdefault(role, []).append(one)
    return list(roles.items())


def _most(stated: Stated) -> Decimal:
    amounts = by_role(stated.fact)
    given = (amounts[role] for role in ("cap", "fixed") if role in amounts)
    return max((number(str(one.get("value"))) or Decimal(0) for one in given), default=Decimal(0))


def _instrument(value: str, word: str) -> Instrument:
    found = INSTRUMENTS.get(value.casefold())
    if found is None:
        raise UnknownFilter(word)
    return found


def _amount(value: str, word: str) -> Decimal:
    found = _SUM.fullmatch(value.casefold().replace(",", ""))
    if found is None:
        raise UnknownFilter(word)
    return Decimal(found[1]) * _SCALES[found[2]]


_TYPE = ("type", "kind", "类型")
_CAP = ("cap", "min", "上限", "至少")
_OPEN = ("open", "可申报", "申报中")
_OFFICIAL = ("official", "官方")
_COLON = re.compile(r"(?<!\S)(" + "|".join((*_TYPE, *_CAP)) + r")\s*:\s*", re.IGNORECASE)
_SUM = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,4})?)(万|亿|k|m|b|million|billion|)")
_SCALES = {
    "": Decimal(1),
    "k": Decimal(1_000),
    "万": Decimal(10_000),
    "m": Decimal(10) ** 6,
    "million": Decimal(10) ** 6,
    "亿": Decimal(10) ** 8,
    "b": Decimal(10) ** 9,
    "billion": Decimal(10) ** 9,
}
