"""English tables of benefits: one row, one benefit."""

import re
from collections.abc import Iterator

from domain.facts.amounts import Amount
from domain.facts.english.giving import BENEFIT, LIMIT
from domain.facts.english.halves import period_of
from domain.facts.english.offers import role_of
from domain.facts.english.surroundings import Around
from domain.facts.english.table_shapes import Span, Table, cell_text
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.text.fold import fold

_WHO = re.compile(
    r"\b(?:who|eligib\w*|target(?: group)?|users?|applicants?|recipients?|for whom"
    r"|beneficiar\w+)\b",
    re.I,
)


_BODY = re.compile(
    r"\b(?:contact|body|department|office|bureau|responsible|in charge|agency|unit|run by)\b", re.I
)
"""The head of a column of bodies that answer for it."""


def of_header(table: Table) -> frozenset[int]:
    """No number of a header is one: "(100 million yuan)" is the unit of its column."""
    return frozenset(at for head in table.header for at in range(*head))


def is_of_benefits(page: Page, table: Table) -> bool:
    """Return whether a table, or the page it stands in, speaks of benefits."""
    words = " ".join(cell_text(page, cell) for row in table.rows for cell in row)
    words = f"{words} {' '.join(cell_text(page, head) for head in table.header)} {fold(page.title)}"
    return bool(BENEFIT.search(words))


def benefit(page: Page, table: Table, row: tuple[Span, ...]) -> Iterator[Statement]:
    """One row, one benefit: its rate, its limit, who can have it."""
    sentence = page.sentence_at(row[0][0])
    if sentence is None:
        return
    amounts: list[Amount] = []
    who = None
    body = None
    for head, cell in zip(table.header[1:], row[1:], strict=True):
        label = cell_text(page, head)
        if _BODY.search(label) and not page.quantities_in(*cell):
            body = page.text[slice(*cell)].strip()
        if _WHO.search(label):
            who = page.text[slice(*cell)].strip()
        amounts += [
            amount
            for quantity in page.quantities_in(*cell)
            if (amount := _amount(page, row, sentence, quantity, label, cell)) is not None
        ]
    if not amounts:
        return
    attributes: dict[str, object] = {"amounts": [one.as_json() for one in amounts]}
    found: dict[str, object] = {
        "eligible": who,
        "instrument": _instrument(page, row),
        "rate_base": _base(page, row),
    }
    found["responsible"] = [body] if body else None
    attributes |= {name: value for name, value in found.items() if value}
    yield Statement(
        type="measure",
        subject=page.text[slice(*row[0])].strip(),
        spans=((row[0][0], row[-1][1]),),
        rule="en.measure.table",
        status="in_force",
        attributes=attributes,
        confidence="medium",
        uses=frozenset(range(row[0][0], row[-1][1])) | of_header(table),
    )


_FLAT = re.compile(r"\b(?:lump sum|flat|one-?(?:off|time) (?:payment|award|grant|reward))\b", re.I)
"""The sum is what everybody gets, also where its column is headed "ceiling"."""


def _amount(
    page: Page,
    row: tuple[Span, ...],
    sentence: Sentence,
    quantity: Quantity,
    label: str,
    cell: Span,
) -> Amount | None:
    here = Around(
        label=label,
        topic="",
        before=page.folded[cell[0] : quantity.number_start],
        after=page.folded[quantity.end : cell[1]],
        lead="",
        verb=None,
        conditional=False,
        past=False,
    )
    role = role_of(here, quantity, True, None)
    flat = quantity.comparator == "eq" and _FLAT.search(page.folded, row[0][0], row[-1][1])
    if role in ("cap", "fixed"):
        role = "fixed" if flat else "cap" if LIMIT.search(label) else role
    if role is None:
        return None
    period = period_of(here, role)
    return Amount(role=role, quantity=quantity, period=period, start=cell[0], sentence=sentence)


def _instrument(page: Page, row: tuple[Span, ...]) -> str | None:
    words = " ".join(cell_text(page, cell) for cell in row)
    return rules("instruments", "en").meaning(words, 0, len(words))


_BASE = re.compile(r"%\s(?:of|off)\s(?:the\s)?(?P<base>[^|\n]{3,50})")


def _base(page: Page, row: tuple[Span, ...]) -> str | None:
    found = _BASE.search(page.folded, row[0][0], row[-1][1])
    return page.text[slice(*found.span("base"))].strip(" |") if found else None
