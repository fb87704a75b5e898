"""The amounts of an English passage in their order, each with its part in a benefit."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.facts.amounts import Amount
from domain.facts.english.former import is_former
from domain.facts.english.giving import (
    BENEFIT,
    LIMIT_MOVED,
    PARALLEL,
)
from domain.facts.english.halves import halves, listed, period_of
from domain.facts.english.offers import is_certain, role_of
from domain.facts.english.passages import Passage
from domain.facts.english.pots import OF_IT
from domain.facts.english.questions import ASKED
from domain.facts.english.surroundings import around
from domain.facts.learnt import verdict
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity

_GRANTED = re.compile(
    r"\b(?:be|is|are|get|gets|receives?) (?:\w+ )?(?:awarded|granted|rewarded|reimbursed"
    r"|subsidi[sz]ed|refunded|paid|given|waived|compensated"
    r"|(?:supported|funded|backed|helped|assisted) (?:with|by|to the tune))\b"
    r"|\bhave \d[\w% ]{1,40} (?:paid|refunded|reimbursed|covered"
    r"|compensated|borne|waived|subsidi[sz]ed|met|returned)\b"
    r"|\b(?:exempt(?:ed)? from|rent[- ]free|free of charge|pays? no)\b"
    r"|\b(?:can|may) (?:\w+ )?(?:claim|receive|obtain|apply for|get)\b|\breceives?\b",
    re.IGNORECASE,
)


def runs_of(
    page: Page, passage: Passage, taken: frozenset[int], programme: bool
) -> Iterator[list[Amount]]:
    """Yield the amounts in order; sums in one list (A, B and C) come together."""
    before: list[Amount] = []
    listed_ones = passage.lines and _are_benefits(page, passage)
    for sentence in passage.sentences:
        offered = programme or bool(
            passage.topic and (BENEFIT.search(passage.topic) or ASKED.search(passage.topic))
        )
        offered = offered or (passage.lines and (_is_card(page, passage) or listed_ones))
        offered = offered or bool(_RATE_AND_CAP.search(page.folded, sentence.start, sentence.end))
        offered = offered or any(
            pattern.search(page.folded, sentence.start, sentence.end)
            for pattern in (BENEFIT, _GRANTED)
        )
        offered = offered or _is_limit_of_it(page, sentence)
        offered = offered or bool(_FOR_EACH_RANK.search(page.folded, sentence.start, sentence.end))
        continued = bool(before) and not passage.lines and sentence != passage.sentences[0]
        offered = offered or continued
        found = [*page.quantities_in(sentence.start, sentence.end), *halves(page, sentence)]
        wanted = [
            one
            for one in sorted(found, key=lambda one: one.number_start)
            if one.kind in ("money", "percent") and one.number_start not in taken
        ]
        wanted = [one for one in wanted if not is_former(page, wanted, one)]
        own = False
        for run in _lists(page, wanted):
            amounts = _read(
                page,
                sentence,
                passage,
                run,
                offered or own,
                before if own or continued or _of_it(page, run) else [],
            )
            before = amounts or before
            own = own or bool(amounts)
            if amounts:
                yield amounts


_RATE_AND_CAP = re.compile(
    r"%\s(?:of|off|on) [^.;\n]{3,60}?(?:capped|up to|max\b|maximum|ceiling|limit|no more than"
    r"|at most)",
    re.IGNORECASE,
)
""" "15% of clinical trial cost, capped at 3 million"."""
_FEWEST = 2


def _are_benefits(page: Page, passage: Passage) -> bool:
    """ "Qingyang: rent-free first year / Wenjiang: 15% of trial cost, capped at": a roundup."""
    spans = [(one.start, one.end) for one in passage.sentences]
    told = sum(
        1
        for start, end in spans
        if BENEFIT.search(page.folded, start, end) or _RATE_AND_CAP.search(page.folded, start, end)
    )
    return told >= _FEWEST


_FOR_EACH_RANK = re.compile(
    r"\b(?:[Ff]or|[Tt]o) (?:[a-z-]+ ){1,4}(?:RMB |CNY )?\d[\d,.]* ?(?:thousand "
    r"|million )?(?:yuan)?,? "
    r"(?:and )?(?:for|to) (?:[a-z-]+ ){1,4}(?:RMB |CNY )?\d"
)
""" "For gazelles 200,000 yuan, for unicorns 5 million yuan"."""
_LIMIT_AGAIN = re.compile(
    r"(?:But )?(?:[Tt]he|Its|[Aa]) (?:[a-z]+ ){0,2}(?:ceiling|cap|maximum|limit) "
    r"(?:is|was|has|now|will|stands|remains|stays|per|for|of|amounts)\b"
)


def _is_limit_of_it(page: Page, sentence: Sentence) -> bool:
    """ "Start-ups could receive help. … The correct ceiling is 2 million": of what was told."""
    if not _LIMIT_AGAIN.match(page.folded, sentence.start):
        return False
    told = page.block_of(sentence).start
    return any(one.search(page.folded, told, sentence.start) for one in (BENEFIT, _GRANTED))


def _is_card(page: Page, passage: Passage) -> bool:
    """ "Subsidy rate: 30%": pairs of which one is labelled as a benefit."""
    labels = (page.block_of(one).label for one in passage.sentences)
    return any(
        BENEFIT.search(page.folded[slice(*label)]) or _OF_CARD.search(page.folded[slice(*label)])
        for label in labels
    )


_OF_CARD = re.compile(
    r"\b(?:eligible (?:costs?|expens\w+|applicants?)|(?:share|costs|rate) (?:covered|borne"
    r"|refunded)"
    r"|(?:co-?)?funding (?:rate|share|quota)|aid intensity|how much|who (?:can|may) apply"
    r"|applicants?|beneficiar(?:y|ies)|paying (?:body|office)|own contribution|what you get)\b",
    re.IGNORECASE,
)


def _of_it(page: Page, run: list[Quantity]) -> bool:
    """ "The first batch takes 30 million of it": of the sum that the sentence before told."""
    return bool(OF_IT.match(page.folded, run[-1].end))


GAP = re.compile(r"\s?,?\s?(?:and|or)?\s?")


def _lists(page: Page, found: list[Quantity]) -> Iterator[list[Quantity]]:
    run: list[Quantity] = []
    for one in found:
        gap = page.folded[run[-1].end : one.start] if run else ""
        if run and (one.unit != run[-1].unit or not GAP.fullmatch(gap) or not gap.strip()):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


_OF_THAT = re.compile(
    r"(?:[A-Z][\w ,.]{2,60}: )?(?:Of|Out of) (?:that|this|it|the total|these|them)\b"
)


def _read(
    page: Page,
    sentence: Sentence,
    passage: Passage,
    run: list[Quantity],
    offered: bool,
    before: list[Amount],
) -> list[Amount]:
    here = around(page, sentence, run[0], passage.topic)
    last = around(page, sentence, run[-1], passage.topic) if len(run) > 1 else here
    here = replace(here, after=last.after)
    role = role_of(here, run[0], offered, before[-1].role if before else None)
    told = here.verb is None and _OF_THAT.match(page.folded, sentence.start)
    goes_on = PARALLEL.match(here.before) or (before and before[-1].sentence == sentence)
    past = here.past and not (goes_on or LIMIT_MOVED.search(here.before))
    if role and (told or (past and not _still_offered(page, sentence, role))):
        role = None
    role = role if is_certain(here, run[0], role) else verdict.role(page, run[0], role)
    if role is None:
        return []
    amounts = [
        Amount(
            role=role,
            quantity=one,
            period=period_of(here, role),
            start=one.start - len(here.before),
            sentence=sentence,
        )
        for one in run
    ]
    return listed(amounts)


_RULE = re.compile(
    r"(?<!\bwas )(?<!\bwere )\b(?:subsidi[sz]ed|reimbursed|refunded|compensated|rewarded)"
    r" (?:by|at|with)\s"
    r"|\b(?:one-off|one-time|of (?:our|their|the|its) (?:\w+ ){0,2}(?:bill|cost|fee|rent))",
    re.I,
)


def _still_offered(page: Page, sentence: Sentence, role: str) -> bool:
    """What was paid is history, unless told as a rule: a rate, a one-off sum, a raised pot."""
    if role == "pool":
        return bool(
            re.search(
                r"\b(?:has|have) (?:raised|set|put|laid|earmarked|allocated|pencill?ed"
                r"|budgeted|voted|approved)"
                r"|\b(?:a|per|each|every) year\b"
                r"|\bbudget of\b|\bhad\b"
                r"|\b(?:doubl|tripl|quadrupl|rais|increas|lift|boost|expand|enlarg|cut|halv|trimm"
                r"|slash|reduc)\w{0,3} (?:[\w-]+ ){0,4}?(?:budget|pot|pool|envelope|kitty)\b",
                page.folded[sentence.start : sentence.end],
            )
        )
    return bool(_RULE.search(page.folded, sentence.start, sentence.end))
