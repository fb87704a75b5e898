"""The amounts of an English passage, cut into benefits."""

import re
from collections.abc import Iterator

from domain.facts.amounts import Amount, AmountRole
from domain.facts.english.benefit_runs import runs_of
from domain.facts.english.giving import (
    BENEFIT,
    LIMIT,
    NAMED_BEHIND,
    PER_ONE,
)
from domain.facts.english.parties import RECIPIENT
from domain.facts.english.passages import OF_ALL, Passage
from domain.facts.page import Page


def benefits_in(
    page: Page, passage: Passage, taken: frozenset[int], programme: bool
) -> Iterator[list[Amount]]:
    """Cut the run of amounts into benefits."""
    groups: list[list[Amount]] = [[]]
    tiers = 0
    for run in runs_of(page, passage, taken, programme):
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
            of_all = one.role == "cap" and (_is_for_all(page, one) or _ends_list(page, groups, one))
            if of_all and _shared(groups, one):
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


_NEITHER = re.compile(
    r"\b(?:neither|none of them|both|either|all of them"
    r"|each of them) [^,.;]{0,50}\Z"
)
_FOR_EITHER = re.compile(r"[^,.;]{0,30}\bfor (?:either|both|each|all)(?: of them)?(?=[.,;]|$)")


def _is_for_all(page: Page, one: Amount) -> bool:
    """ "Both are capped at", "with 1 million as the limit for either"."""
    ahead = page.folded[
        max(one.sentence.start, one.quantity.start - 60) : one.quantity.number_start
    ]
    if _NEITHER.search(ahead):
        return True
    behind = _FOR_EITHER.match(page.folded, one.quantity.end, one.sentence.end)
    return bool(behind or OF_ALL.match(page.folded, one.sentence.start))


_NEVER = re.compile(r"\b(?:never|in (?:total|all)|altogether|together|overall)\b", re.IGNORECASE)


def _ends_list(page: Page, groups: list[list[Amount]], one: Amount) -> bool:
    """ "A for each doctor, B for each master, and never more than C per firm": a limit of both."""
    listed = [group[-1] for group in groups[-2:] if group]
    if len(listed) < len(groups[-2:]) or len(listed) < _BOTH:
        return False
    alike = all(each.role == "per_unit" and each.sentence == one.sentence for each in listed)
    before = page.folded[listed[-1].quantity.end : one.quantity.number_start]
    return alike and bool(PER_ONE.match(page.folded, one.quantity.end) or _NEVER.search(before))


_BOTH = 2


def _shared(groups: list[list[Amount]], limit: Amount) -> bool:
    """ "Both are capped at": the limit of every benefit before it that has none, if any has."""
    free = [group for group in groups if group and all(one.role != "cap" for one in group)]
    for group in free:
        group.append(limit)
    return bool(free)


def _tiers(conditions: list[Amount], run: list[Amount]) -> Iterator[list[Amount]]:
    """National, provincial and municipal get A, B and C: a benefit for each."""
    for number, one in enumerate(run):
        paired = [conditions[number]] if len(conditions) == len(run) else []
        yield [*paired, one]


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
    if one.role == "threshold" and last.sentence != one.sentence:
        return False
    if one.role == "threshold":
        return bool(roles - {"threshold", "pool"}) and not passage.lines
    if roles == {"pool"}:
        own = (
            (";" in between and BENEFIT.search(between.split(";", 1)[1]))
            or "including" in between
            or _is_discount(page, one)
        )
        own = own or (one.role != "cap" and bool(_OTHER_CLAUSE.search(between)))
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


_DISCOUNT = re.compile(r"\s(?:discounts?|rebates?|reductions?|refunds?|subsid(?:y|ies)|relief)\b")


def _is_discount(page: Page, one: Amount) -> bool:
    """ "250 million a year in vouchers, 15 per cent | discount at the city's centre"."""
    return one.role == "rate" and bool(_DISCOUNT.match(page.folded, one.quantity.end))


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
_ALSO_WORTH = re.compile(r"\band (?:[\w-]+ ){1,4}(?:worth|of) \Z")
""" "200,000 yuan in cash and cloud credits worth | up to 1 million"."""
_PER_THING = re.compile(r"\s?(?:per|a|an|for each|/) ")
_OTHERS = re.compile(r",? (?:and|while)\b|, (?:for )?[\w' -]{3,50}\Z", re.IGNORECASE)
_BOTH_TOLD = re.compile(
    r"\b(?:shall|will|is|are|can|may|must)(?: be)? \w+(?:ed|en|id|ne)\b[^.;]{0,60},? (?:and"
    r"|while) \Z"
)
""" "1% of the loan shall be awarded to the bank, and | 30% of the loss shall be compensated"."""
"""Behind it somebody else gets the next rate."""


def _doubles(page: Page, roles: set[AmountRole], between: str, one: Amount) -> bool:
    """A second sum of the same part belongs to the next benefit; a second rate is a tier."""
    if one.role == "rate":
        if "rate" not in roles and "cap" in roles and _GOES_ON.fullmatch(between):
            return False
        if roles == {"cap"} and one.quantity.comparator == "le":
            return bool(RECIPIENT.search(between) or BENEFIT.search(between))
        others = "rate" in roles and _OTHERS.match(between) and RECIPIENT.search(between)
        others = others or ("rate" in roles and _BOTH_TOLD.search(between))
        return bool(roles & {"cap", "fixed", "per_unit"} or others)
    if one.role == "cap":
        total = re.search(r"\b(?:total|altogether|combined|overall)\b", between)
        if roles == {"fixed"} and _ALSO_WORTH.search(between):
            return True
        total = total or (
            _PER_THING.match(between) and PER_ONE.match(page.folded, one.quantity.end)
        )
        return "cap" in roles and not (total or _OF_ONE.search(between))
    return bool(roles & {"fixed", "per_unit", "cap"}) or (
        "rate" in roles and not re.search(r"\bplus\b", between)
    )
