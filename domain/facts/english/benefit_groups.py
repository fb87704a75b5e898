"""The amounts of an English passage, cut into benefits."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.facts.amounts import Amount, AmountRole
from domain.facts.english.former import is_former
from domain.facts.english.giving import (
    BENEFIT,
    LIMIT,
    NAMED_BEHIND,
    PARALLEL,
    PER_ONE,
)
from domain.facts.english.halves import halves, listed, period_of
from domain.facts.english.offers import role_of
from domain.facts.english.passages import OF_ALL, Passage
from domain.facts.english.pots import OF_IT
from domain.facts.english.questions import ASKED
from domain.facts.english.surroundings import around
from domain.facts.english.terms import RECIPIENT
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


def benefits_in(
    page: Page, passage: Passage, taken: frozenset[int], programme: bool
) -> Iterator[list[Amount]]:
    """Cut the run of amounts into benefits."""
    groups: list[list[Amount]] = [[]]
    tiers = 0
    for run in _runs(page, passage, taken, programme):
        if len(run) > 1 and run[0].role in ("fixed", "cap", "per_unit", "rate"):
            conditions = [one for one in groups[-1] if one.role == "threshold"]
            groups[-1] = [one for one in groups[-1] if one.role != "threshold"]
            shared = groups.pop() if _limits_what_was(page, groups[-1], run) else []
            split = [[*shared, *tier] for tier in _tiers(conditions, run)]
            groups += [*split, []]
            tiers = len(split)
            continue
        if tiers and _limits_all(page, groups[-2][-1], run):
            for group in groups[-1 - tiers : -1]:
                group.append(run[0])
            continue
        tiers = 0
        for one in run:
            if one.role == "cap" and _is_for_all(page, one):
                _shared(groups, one)
                continue
            if groups[-1] and _begins(page, passage, groups[-1], one):
                groups.append(_of_next_tier(page, groups[-1], one))
            groups[-1].append(one)
    yield from (group for group in groups if group)


def _limits_what_was(page: Page, group: list[Amount], run: list[Amount]) -> bool:
    """ "A rate of 50%. The cap is 2 million for large firms and 1 million for small ones"."""
    if (
        not group
        or run[0].role != "cap"
        or any(one.role not in ("rate", "per_unit") for one in group)
    ):
        return False
    between = page.folded[group[-1].quantity.end : run[0].quantity.start]
    return len(between) < _NEAR_BY and not BENEFIT.search(between)


def _limits_all(page: Page, last: Amount, run: list[Amount]) -> bool:
    """ "Receive A and B respectively, and not more than C in a single year": a limit of both."""
    if (
        len(run) > 1
        or run[0].role != "cap"
        or last.role == "cap"
        or last.sentence != run[0].sentence
    ):
        return False
    between = page.folded[last.quantity.end : run[0].quantity.start]
    return len(between) < _NEAR_BY and not (";" in between or BENEFIT.search(between))


_NEXT_TIER = re.compile(
    r"\s(?:[\w-]+ ){0,2}?for (?:an? |the )?[^,;.]{2,40}(?: and|,(?: and)?| or) \Z", re.IGNORECASE
)


def _of_next_tier(page: Page, group: list[Amount], one: Amount) -> list[Amount]:
    """ "50%, at most 2 million for a large firm and 1 million for a small one"."""
    between = page.folded[group[-1].quantity.end : one.quantity.start]
    if one.role != "cap" or group[-1].role != "cap" or not _NEXT_TIER.fullmatch(between):
        return []
    return [other for other in group if other.role == "rate"]


_NEAR_BY = 70


_FOR_EITHER = re.compile(r"[^,.;]{0,30}\bfor (?:either|both|each|all)(?: of them)?(?=[.,;]|$)")


def _is_for_all(page: Page, one: Amount) -> bool:
    """ "Both are capped at", "with 1 million as the limit for either"."""
    behind = _FOR_EITHER.match(page.folded, one.quantity.end, one.sentence.end)
    return bool(behind or OF_ALL.match(page.folded, one.sentence.start))


def _shared(groups: list[list[Amount]], limit: Amount) -> None:
    """ "Both are capped at": the limit of every benefit before it that has none."""
    for group in groups:
        if group and not any(one.role == "cap" for one in group):
            group.append(limit)


def _tiers(conditions: list[Amount], run: list[Amount]) -> Iterator[list[Amount]]:
    """National, provincial and municipal get A, B and C: a benefit for each."""
    for number, one in enumerate(run):
        paired = [conditions[number]] if len(conditions) == len(run) else []
        yield [*paired, one]


def _runs(
    page: Page, passage: Passage, taken: frozenset[int], programme: bool
) -> Iterator[list[Amount]]:
    """The amounts in order; sums in one list (A, B and C) together, read by their surroundings."""
    before: list[Amount] = []
    for sentence in passage.sentences:
        offered = programme or bool(
            passage.topic and (BENEFIT.search(passage.topic) or ASKED.search(passage.topic))
        )
        offered = offered or (passage.lines and _is_card(page, passage))
        offered = offered or any(
            pattern.search(page.folded, sentence.start, sentence.end)
            for pattern in (BENEFIT, _GRANTED)
        )
        offered = offered or _is_limit_of_it(page, sentence)
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
    return any(BENEFIT.search(page.folded[slice(*label)]) for label in labels)


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
    past = here.past and not goes_on
    if role is None or told or (past and not _still_offered(page, sentence, role)):
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
                r"\b(?:has|have) (?:raised|set|put|laid|earmarked|allocated|pencill?ed|budgeted)"
                r"|\bbudget of\b|\bhad\b"
                r"|\b(?:doubl|tripl|quadrupl|rais|increas|lift|boost|expand|enlarg|cut|halv|trimm"
                r"|slash|reduc)\w{0,3} (?:[\w-]+ ){0,4}?(?:budget|pot|pool|envelope|kitty)\b",
                page.folded[sentence.start : sentence.end],
            )
        )
    return bool(_RULE.search(page.folded, sentence.start, sentence.end))


def _begins(page: Page, passage: Passage, group: list[Amount], one: Amount) -> bool:
    """Whether an amount belongs to another benefit than those before it."""
    roles = {other.role for other in group}
    last = group[-1]
    between = page.folded[last.quantity.end : one.quantity.start]
    if one.role == "pool":
        return not (
            last.sentence == one.sentence
            and _FOR_THIS.search(page.folded, one.quantity.end, one.sentence.end)
        )
    if one.role == "threshold":
        return bool(roles - {"threshold", "pool"}) and not passage.lines
    if roles == {"pool"}:
        own = (
            ";" in between and BENEFIT.search(between.split(";", 1)[1])
        ) or "including" in between
        own = own or (one.role != "cap" and _OTHER_CLAUSE.search(between))
        return bool(own) or (last.sentence != one.sentence and one.role != "rate")
    limits = one.role == "cap" and "cap" not in roles and _own_limit(page, passage, roles, one)
    if passage.lines and last.sentence.block != one.sentence.block:
        return not limits and not roles <= {"threshold"}
    if last.sentence != one.sentence:
        return not limits
    named = BENEFIT.search(between) or NAMED_BEHIND.match(page.folded, one.quantity.end)
    if (";" in between or _OWN.search(between)) and (not limits or named):
        return True
    return _doubles(page, roles, between, one)


_OTHER_CLAUSE = re.compile(
    r",? (?:and|while) (?:[\w&'-]+ ){1,9}?(?:are|is|will|can|may|gets?|receives?|shall) "
)
""" "A budget of 200 million, and buyers are | reimbursed 60 percent"."""
_OWN = re.compile(
    r"\band (?:\w+ )?(?:can|may|could|will|pays?|offers?|gives|provides?|rewards?|grants?)\b"
)
"""Behind it somebody gets something else."""


_FOR_THIS = re.compile(r"[^.;]{0,40}\bfor this (?:purpose|item|end)", re.IGNORECASE)


def _own_limit(page: Page, passage: Passage, roles: set[AmountRole], one: Amount) -> bool:
    """A limit goes with what it limits: a rate, so much for each."""
    block = page.block_of(one.sentence)
    label = page.folded[slice(*block.label)]
    if passage.lines and _BULLET.match(page.folded, block.start) and BENEFIT.search(label):
        return bool(LIMIT.search(label))
    if roles & {"rate", "per_unit"}:
        return True
    return bool(passage.lines and LIMIT.search(label))


_BULLET = re.compile(r"\s*[\u2022\u00b7*\u25cf\u25aa-]\s")
""" "• Scenario grants: up to 5 million" begins a benefit, "Grant ceiling: 5 million" does not."""
_OF_ONE = re.compile(
    r"\b(?:one|an?|a single|any one|the same|each|per) (?:[\w-]+ )?(?:enterprise|company|firm"
    r"|applicant"
    r"|institution|entity|unit|organi[sz]ation)\b(?:(?!\band\b)[^.;]){0,30}\Z",
    re.IGNORECASE,
)
""" "At most 1 million for a unit and for one enterprise at most 5 million": both of one benefit."""
_GOES_ON = re.compile(
    r"(?:[^,.;\d]{0,28})?(?:, (?:or |but )?|\s\()(?:at |covering |equal to |worth |being )?"
    r"(?:not more than |no more than |up to |at most )?"
)
""" "Up to 5 million yuan per scenario, | 30% of the cost": one sum, told twice."""
_PER_THING = re.compile(r"\s?(?:per|a|an|for each|/) ")
_OTHERS = re.compile(r",? (?:and|while)\b", re.IGNORECASE)
"""Behind it somebody else gets the next rate."""


def _doubles(page: Page, roles: set[AmountRole], between: str, one: Amount) -> bool:
    """A second sum of the same part belongs to the next benefit; a second rate is a tier."""
    if one.role == "rate":
        if "rate" not in roles and "cap" in roles and _GOES_ON.fullmatch(between):
            return False
        if roles == {"cap"} and one.quantity.comparator == "le":
            return bool(RECIPIENT.search(between) or BENEFIT.search(between))
        others = "rate" in roles and _OTHERS.match(between) and RECIPIENT.search(between)
        return bool(roles & {"cap", "fixed", "per_unit"} or others)
    if one.role == "cap":
        total = re.search(r"\b(?:total|altogether|combined|overall)\b", between)
        total = total or (
            _PER_THING.match(between) and PER_ONE.match(page.folded, one.quantity.end)
        )
        return "cap" in roles and not (total or _OF_ONE.search(between))
    return bool(roles & {"fixed", "per_unit", "cap"}) or (
        "rate" in roles and not re.search(r"\bplus\b", between)
    )
