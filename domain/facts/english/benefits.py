"""English measures: who gets what, from which pot, up to how much. One fact for one benefit."""

import re
from collections.abc import Iterator
from itertools import islice

from domain.facts.amounts import Amount
from domain.facts.english.answering import responsible
from domain.facts.english.bases import rate_base
from domain.facts.english.benefit_groups import benefits_in
from domain.facts.english.benefit_limits import Benefit, with_limits
from domain.facts.english.benefit_words import instrument_of, span_of, status_of, subject_of_benefit
from domain.facts.english.eligible import eligible
from domain.facts.english.giving import (
    BENEFIT,
    GETTING,
    GIVING,
    GIVING_PHRASE,
    HANDING,
    LABEL,
    LIMIT,
    LOAN_RATE,
    THERE_IS,
)
from domain.facts.english.passages import Passage, passages_of
from domain.facts.english.pots import POT, SPENT_ON
from domain.facts.english.questions import ASKED
from domain.facts.english.verbs import verbs
from domain.facts.learnt import verdict
from domain.facts.page import Page
from domain.facts.quantity import Quantity
from domain.facts.statement import Statement
from domain.text.fold import fold
from domain.text.sought import Sought


def benefits(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the measures of an English page."""
    if page.language != "en" or _is_tender(page):
        return
    for benefit in with_limits(page, _benefits(page, taken)):
        if any(one.role != "threshold" for one in benefit.amounts):
            yield _statement(page, benefit.passage, benefit.amounts)


def _benefits(page: Page, taken: frozenset[int]) -> Iterator[Benefit]:
    programme = _is_programme(page)
    for passage in passages_of(page):
        if not _has_amounts(page, passage):
            continue
        told = programme or _speaks_of_giving(page, passage)
        if not (told or _seems_given(page, passage)):
            continue
        for group in benefits_in(page, passage, taken, programme):
            yield Benefit(passage, group)


_TITLE = re.compile(
    rf"{BENEFIT.pattern}|\b(?:measures|polic(?:y|ies)|appl(?:y|ying)|call for|rules|guide"
    r"|applications? (?:for|guide|period|window|notice)"
    r"|fund|incentiv\w+|promot\w+|scheme|programme|program)\b",
    re.IGNORECASE,
)


_FEWEST = 3


_TENDER = re.compile(
    r"\b(?:tenders?|bidding|bidders?|bids?|procurement|purchaser|invitation to bid)\b",
    re.IGNORECASE,
)
_ENOUGH = 3


def _is_tender(page: Page) -> bool:
    """A notice of a purchase: its budget and its rates are no benefits."""
    named = islice(_TENDER.finditer(page.folded, 0, min(len(page.folded), _HEAD)), _ENOUGH)
    return len(list(named)) == _ENOUGH and not _HELPS.search(page.folded)


_HEAD = 3000
_HELPS = re.compile(
    r"\b(?:subsid\w+|grants?\b|rewards?|vouchers?|rebates?|reimburs\w+|start-ups?|applicants?)",
    re.IGNORECASE,
)


def _is_programme(page: Page) -> bool:
    """A page of benefits: so titled, and giving again and again."""
    if not _TITLE.search(fold(page.title)):
        return False
    return sum(1 for _ in BENEFIT.finditer(page.folded)) >= _FEWEST


_PARTS = Sought(r"[Hh]al(?:f|ved)\b|third\b|quarter\b|fifth\b|tenth\b")


def _has_amounts(page: Page, passage: Passage) -> bool:
    """The cheapest look of all: most sentences name neither a sum nor a share."""
    for one in passage.sentences:
        found = page.quantities_in(one.start, one.end)
        if any(each.kind in ("money", "percent") for each in found):
            return True
        if _PARTS.search(page.folded, one.start, one.end):
            return True
    return False


_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def _speaks_of_giving(page: Page, passage: Passage) -> bool:
    """A cheap look before a close one: a word of giving, getting or benefit stands somewhere."""
    if passage.topic and any(one.search(passage.topic) for one in (BENEFIT, POT, ASKED)):
        return True
    return any(_gives(page.folded[one.start : one.end]) for one in passage.sentences) or (
        passage.lines
        and any(
            LABEL.search(page.folded[slice(*page.block_of(one).label)]) for one in passage.sentences
        )
    )


def _seems_given(page: Page, passage: Passage) -> bool:
    """Whether the signs of a number say that somebody gets it, whatever words give it."""
    return any(
        verdict.role(page, quantity, None)
        for one in passage.sentences
        for quantity in page.quantities_in(one.start, one.end)
        if quantity.kind in ("money", "percent")
    )


def _gives(text: str) -> bool:
    if any(one.search(text) for one in (BENEFIT, POT, LIMIT)):
        return True
    if "spend" in text and SPENT_ON.search(text):
        return True
    known = verbs()
    for word in _WORD.findall(text.lower()):
        verb = known.get(word)
        if verb and (verb.lemma in GIVING or verb.lemma in GETTING or verb.lemma in HANDING):
            return True
    return bool(GIVING_PHRASE.search(text) or THERE_IS.search(text))


def _statement(page: Page, passage: Passage, group: list[Amount]) -> Statement:
    start, end = span_of(page, passage, group)
    attributes: dict[str, object] = {"amounts": [one.as_json() for one in group]}
    found = {
        "instrument": instrument_of(page, passage, group, start, end),
        "rate_base": rate_base(page, group, passage.topic),
        "eligible": eligible(page, passage.sentences, group, start, end, passage.topic),
        "responsible": responsible(page, passage.sentences),
    }
    attributes |= {name: value for name, value in found.items() if value}
    subject = subject_of_benefit(page, passage, group, start, end)
    who = str(attributes.get("eligible", ""))
    if who and not passage.lines and who not in subject and who in page.text[start:end]:
        subject = f"{who[:_LONGEST_NAME]}: {subject}"
    return Statement(
        type="measure",
        subject=subject,
        spans=((start, end),),
        rule=f"en.measure.{'lines' if passage.lines else 'sentence'}",
        status=status_of(page, start, end, group[-1].sentence),
        attributes=attributes,
        confidence="high" if len(group) > 1 else "medium",
        uses=frozenset(one.quantity.number_start for one in group) | _bounds(page, group, end),
    )


def _bounds(page: Page, group: list[Amount], end: int) -> frozenset[int]:
    """What bounds a benefit is no figure by itself: "centres of 500P or more", "up to 500 m2"."""
    pooled = any(one.role == "pool" for one in group)
    start = min(one.sentence.start for one in group)
    found = page.quantities_in(start, min(len(page.folded), end + _NEAR))
    return frozenset(
        one.number_start
        for one in found
        if one.kind == "area" or (not pooled and _bounds_it(page, start, one))
    )


def _bounds_it(page: Page, start: int, one: Quantity) -> bool:
    if one.kind == "percent":
        return bool(LOAN_RATE.search(page.folded, max(start, one.start - _NEAR), one.number_start))
    return one.kind not in ("money", "duration") and one.comparator in ("ge", "gt", "le", "lt")


_NEAR = 60
_LONGEST_NAME = 60
