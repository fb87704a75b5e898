"""English measures: who gets what, from which pot, up to how much. One fact for one benefit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.facts.amounts import Amount, AmountRole
from domain.facts.english import terms
from domain.facts.english.offers import (
    BENEFIT,
    GETTING,
    GIVING,
    HANDING,
    LABEL,
    LIMIT,
    NAMED_BEHIND,
    POT,
    around,
    halves,
    listed,
    period_of,
    role_of,
)
from domain.facts.english.verbs import verbs
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.sections import headings
from domain.facts.statement import Statement
from domain.text.fold import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences that may speak of one benefit together."""

    sentences: tuple[Sentence, ...]
    topic: str
    """What heads them."""
    lines: bool
    """Pairs below one another rather than running text."""


def benefits(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the measures of an English page."""
    if page.language != "en":
        return
    programme = _is_programme(page)
    for passage in _passages(page):
        if not _speaks_of_giving(page, passage):
            continue
        for group in _groups(page, passage, taken, programme):
            if any(one.role != "threshold" for one in group):
                yield _statement(page, passage, group)


_TITLE = re.compile(
    rf"{BENEFIT.pattern}|\b(?:measures|polic(?:y|ies)|appl(?:y|ying|ications?)|call for|rules|guide"
    r"|fund|incentiv\w+|promot\w+|scheme|programme|program)\b",
    re.IGNORECASE,
)
_FEWEST = 3


def _is_programme(page: Page) -> bool:
    """A page of benefits: so titled, and giving again and again."""
    if not _TITLE.search(fold(page.title)):
        return False
    return sum(1 for _ in BENEFIT.finditer(page.folded)) >= _FEWEST


_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def _speaks_of_giving(page: Page, passage: Passage) -> bool:
    """A cheap look before a close one: a word of giving, getting or benefit stands somewhere."""
    if passage.topic and (BENEFIT.search(passage.topic) or POT.search(passage.topic)):
        return True
    return any(_gives(page.folded[one.start : one.end]) for one in passage.sentences) or (
        passage.lines
        and any(
            LABEL.search(page.folded[slice(*page.block_of(one).label)]) for one in passage.sentences
        )
    )


def _gives(text: str) -> bool:
    if BENEFIT.search(text) or POT.search(text) or LIMIT.search(text):
        return True
    known = verbs()
    for word in _WORD.findall(text.lower()):
        verb = known.get(word)
        if verb and (verb.lemma in GIVING or verb.lemma in GETTING or verb.lemma in HANDING):
            return True
    return bool(_ASIDE.search(text))


_ASIDE = re.compile(r"\b(?:aside|take(?:s|n)? (?:over|home)|pencil\w* in)\b")
_GRANTED = re.compile(
    r"\b(?:be|is|are|get|gets|receives?) (?:\w+ )?(?:awarded|granted|rewarded|reimbursed"
    r"|subsidi[sz]ed|refunded|paid|given|waived|compensated)\b"
    r"|\bhave \d[\w% ]{1,40} (?:paid|refunded|reimbursed|covered)\b"
    r"|\b(?:can|may) (?:\w+ )?(?:claim|receive|obtain|apply for|get)\b|\breceives?\b",
    re.IGNORECASE,
)


# --- passages ---------------------------------------------------------------------------------

_MOST_LINES = 24


def _passages(page: Page) -> Iterator[Passage]:
    """Pairs below one another belong together; other blocks are read sentence by sentence."""
    lines: list[Sentence] = []
    topic = ""
    for number, block in enumerate(page.blocks):
        if lines and (block.kind != "pair" or len(lines) >= _MOST_LINES or _opens(page, number)):
            yield Passage(sentences=tuple(lines), topic=topic, lines=True)
            lines = []
        if block.kind in ("heading", "item") and _names(page, number):
            topic = page.text[block.body : block.end].strip()
        if block.kind == "pair":
            lines += page.sentences_of(number)
        elif block.kind not in ("furniture", "signature", "heading"):
            yield from _running(page, number, topic)
    if lines:
        yield Passage(sentences=tuple(lines), topic=topic, lines=True)


_LONGEST_NAME = 70


def _names(page: Page, number: int) -> bool:
    """A short line that ends in no stop and says no number names what follows."""
    block = page.blocks[number]
    words = page.folded[block.body : block.end].strip()
    return (
        len(words) <= _LONGEST_NAME
        and not words.endswith((".", ";"))
        and not page.quantities_in(block.body, block.end)
    )


def _opens(page: Page, number: int) -> bool:
    """ "STREAM B: …" and "2. Rent: …" begin something new among the pairs."""
    block = page.blocks[number]
    return bool(_NUMBERED.match(page.folded, block.start, block.end))


_NUMBERED = re.compile(
    r"\s*(?:\d{1,2}[.)]\s|\(?[a-h]\)\s|(?:STREAM|Stream|Track|Item|Part|Option) [A-Z\d])"
)


def _running(page: Page, number: int, topic: str) -> Iterator[Passage]:
    """Sentence by sentence, those that go on about the same benefit together."""
    waiting: list[Sentence] = []
    for sentence in page.sentences_of(number):
        if waiting and not _goes_on(page, waiting, sentence):
            yield Passage(sentences=tuple(waiting), topic=topic, lines=False)
            waiting = []
        waiting.append(sentence)
    if waiting:
        yield Passage(sentences=tuple(waiting), topic=topic, lines=False)


_CONTINUES = re.compile(
    r"(?:The |Its |Their |This |These |Each |An? |All |Both )?(?:overall |annual |single |total )?"
    r"(?:maximum|ceiling|cap|limit|upper limit|amount|sum|subsid\w+|both|figure|grants?|awards?"
    r"|payments?|Both|Vouchers?|They|It|coupons?)\b",
)


def _goes_on(page: Page, waiting: list[Sentence], sentence: Sentence) -> bool:
    """ "The maximum is …" belongs to the rate before it; "Vouchers can offset …" to the pot."""
    before = page.quantities_in(waiting[0].start, waiting[-1].end)
    kinds = {one.kind for one in before} & {"money", "percent"}
    own = page.quantities_in(sentence.start, sentence.end)
    if not kinds or not own or not _CONTINUES.match(page.folded, sentence.start):
        return False
    limited = LIMIT.search(page.folded, sentence.start, sentence.end)
    rated = any(one.kind == "percent" for one in own)
    return bool(limited and kinds == {"percent"}) or (kinds == {"money"} and rated)


# --- groups -----------------------------------------------------------------------------------


def _groups(
    page: Page, passage: Passage, taken: frozenset[int], programme: bool
) -> Iterator[list[Amount]]:
    """Cut the run of amounts into benefits."""
    groups: list[list[Amount]] = [[]]
    for run in _runs(page, passage, taken, programme):
        if len(run) > 1 and run[0].role in ("fixed", "cap", "per_unit", "rate"):
            conditions = [one for one in groups[-1] if one.role == "threshold"]
            groups[-1] = [one for one in groups[-1] if one.role != "threshold"]
            groups += [*_tiers(conditions, run), []]
            continue
        for one in run:
            if one.role == "cap" and _OF_ALL.match(page.folded, one.sentence.start):
                _shared(groups, one)
                continue
            if groups[-1] and _begins(page, passage, groups[-1], one):
                groups.append([])
            groups[-1].append(one)
    yield from (group for group in groups if group)


_OF_ALL = re.compile(r"(?:Both|All|They|These|Each)\b(?: \w+)? (?:is|are|will be|cannot|may not)\b")


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
    for sentence in passage.sentences:
        offered = programme or bool(passage.topic and BENEFIT.search(passage.topic))
        offered = offered or any(
            pattern.search(page.folded, sentence.start, sentence.end)
            for pattern in (BENEFIT, _GRANTED)
        )
        found = [*page.quantities_in(sentence.start, sentence.end), *halves(page, sentence)]
        wanted = [
            one
            for one in sorted(found, key=lambda one: one.number_start)
            if one.kind in ("money", "percent") and one.number_start not in taken
        ]
        before: list[Amount] = []
        for run in _lists(page, wanted):
            amounts = _read(page, sentence, passage, run, offered or bool(before), before)
            before = amounts or before
            if amounts:
                yield amounts


_GAP = re.compile(r"\s?,?\s?(?:and|or)?\s?")


def _lists(page: Page, found: list[Quantity]) -> Iterator[list[Quantity]]:
    run: list[Quantity] = []
    for one in found:
        gap = page.folded[run[-1].end : one.start] if run else ""
        if run and (one.unit != run[-1].unit or not _GAP.fullmatch(gap) or not gap.strip()):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


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
    if role is None or (here.past and not _still_offered(page, sentence, role)):
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
    r"\b(?:one-off|one-time|of (?:our|their|the|its) (?:\w+ ){0,2}(?:bill|cost|fee|rent))", re.I
)


def _still_offered(page: Page, sentence: Sentence, role: str) -> bool:
    """What was paid is history, unless told as a rule: a rate, a one-off sum, a raised pot."""
    if role == "pool":
        return bool(
            re.search(
                r"\b(?:has|have) (?:raised|set|earmarked|allocated|pencill?ed|budgeted)"
                r"|\bbudget of\b|\bhad\b",
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
        own = (";" in between and BENEFIT.search(between)) or "including" in between
        return bool(own) or (last.sentence != one.sentence and one.role != "rate")
    limits = one.role == "cap" and "cap" not in roles and _own_limit(page, passage, roles, one)
    if passage.lines and last.sentence.block != one.sentence.block:
        return not limits and not roles <= {"threshold"}
    if last.sentence != one.sentence:
        return not limits
    named = BENEFIT.search(between) or NAMED_BEHIND.match(page.folded, one.quantity.end)
    if (";" in between or _OWN.search(between)) and (not limits or named):
        return True
    return _doubles(roles, between, one)


_OWN = re.compile(
    r"\band (?:\w+ )?(?:can|may|could|will|pays?|offers?|gives|provides?|rewards?|grants?)\b"
)
"""Behind it somebody gets something else."""
_FOR_THIS = re.compile(r"[^.;]{0,40}\bfor this (?:purpose|item|end)", re.IGNORECASE)


def _own_limit(page: Page, passage: Passage, roles: set[AmountRole], one: Amount) -> bool:
    """A limit goes with what it limits: a rate, so much for each."""
    if roles & {"rate", "per_unit"}:
        return True
    label = page.folded[slice(*page.block_of(one.sentence).label)]
    return bool(passage.lines and LIMIT.search(label))


def _doubles(roles: set[AmountRole], between: str, one: Amount) -> bool:
    """A second sum of the same part belongs to the next benefit; a second rate is a tier."""
    if one.role == "rate":
        return bool(roles & {"cap", "fixed", "per_unit"})
    if one.role == "cap":
        total = re.search(r"\b(?:total|altogether|combined|overall)\b", between)
        return "cap" in roles and not total
    return bool(roles & {"fixed", "per_unit", "cap"}) or (
        "rate" in roles and not re.search(r"\bplus\b", between)
    )


# --- statements -------------------------------------------------------------------------------


def _statement(page: Page, passage: Passage, group: list[Amount]) -> Statement:
    start, end = _span(page, passage, group)
    attributes: dict[str, object] = {"amounts": [one.as_json() for one in group]}
    found = {
        "instrument": _instrument(page, passage, start, end),
        "rate_base": terms.rate_base(page, group),
        "eligible": terms.eligible(page, passage.sentences, group, start, end),
        "responsible": terms.responsible(page, passage.sentences),
    }
    attributes |= {name: value for name, value in found.items() if value}
    return Statement(
        type="measure",
        subject=_subject(page, passage, group, start, end),
        spans=((start, end),),
        rule=f"en.measure.{'lines' if passage.lines else 'sentence'}",
        status=_status(page, start, end, group[-1].sentence),
        attributes=attributes,
        confidence="high" if len(group) > 1 else "medium",
        uses=frozenset(one.quantity.number_start for one in group),
    )


_STOP = re.compile(r"[,;.](?=\s|$)|\n|$")


def _span(page: Page, passage: Passage, group: list[Amount]) -> tuple[int, int]:
    """From the beginning of the first amount's part of the sentence to the end of the last's."""
    first = min(group, key=lambda one: one.quantity.start)
    last = max(group, key=lambda one: one.quantity.end)
    block = page.block_of(first.sentence)
    start = first.sentence.start
    if passage.lines and block.label[1] and block.body >= start - 40:
        start = block.label[0]
    part = page.folded.rfind(";", start, first.quantity.start) + 1
    start = max(start, part)
    stop = _STOP.search(page.folded, last.quantity.end, last.sentence.end)
    end = stop.start() if stop else last.sentence.end
    while start < end and page.folded[start] in " \t\n,;":
        start += 1
    return start, max(end, last.quantity.end)


def _instrument(page: Page, passage: Passage, start: int, end: int) -> str | None:
    """The telling kinds (a voucher, rent) win wherever they stand, else the first that is said."""
    lexicon = rules("instruments", "en")
    own = [
        hit.rule.meaning
        for hit in lexicon.hits(page.folded, start, min(len(page.folded), end + 40))
    ]
    topic = fold(passage.topic)
    above = [hit.rule.meaning for hit in lexicon.hits(topic, 0, len(topic))]
    if not set(own) - {"grant", "fund"} and not above:
        title = fold(page.title)
        above = [hit.rule.meaning for hit in lexicon.hits(title, 0, len(title))]
        above = [meaning for meaning in above if meaning == "voucher"]
    found = [*own, *above]
    telling = [meaning for meaning in found if meaning in ("voucher", "rent", "loan", "tax")]
    plain = [meaning for meaning in found if meaning not in ("fund", "grant")]
    return next(iter([*telling, *plain, *found]), None)


_LONGEST = 110


def _subject(page: Page, passage: Passage, group: list[Amount], start: int, end: int) -> str:
    """The words of the benefit, below what heads them."""
    first = min(group, key=lambda one: one.quantity.start)
    begin = max(start, _before_list(page, start, first.quantity.start))
    if first.quantity.start - begin > _FAR:
        marks = [mark.end() for mark in _PART.finditer(page.folded, begin, first.quantity.start)]
        begin = next((at for at in marks if first.quantity.start - at <= _FAR), begin)
    words = page.text[begin : max(end, first.quantity.end)].strip(" ,;:")
    heads = passage.topic if passage.lines or len(words) < _SAYS_ENOUGH else ""
    if not heads and not passage.lines and page.block_of(first.sentence).kind == "item":
        heads = next(iter(headings(page, first.sentence)), "")
    room = _LONGEST - min(len(heads), 50)
    return f"{heads[:50]}: {words[:room]}" if heads else words[:_LONGEST]


_FAR = 90
"""Characters before an amount from which its subject may begin."""
_PART = re.compile(r"[,;]\s|\s-{1,2}\s|\band\s")


def _before_list(page: Page, start: int, position: int) -> int:
    """Where the amount before ends that does not stand in one list with this one."""
    at = position
    for one in reversed(page.quantities_in(start, position)):
        if one.kind not in ("money", "percent"):
            continue
        if not _GAP.fullmatch(page.folded, one.end, at):
            return one.end
        at = one.start
    return start


_SAYS_ENOUGH = 40
_DRAFT = re.compile(r"\bdraft\b", re.IGNORECASE)
_BEING_DRAFTED = re.compile(r"\b(?:being|is|are) (?:drafted|prepared|planned)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:denied|no such|false|rumou?r)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:would|plans? to|is preparing to|will|is to|are to|budgeted|pencill?ed in)\b"
    r"(?: \w+){0,2}? (?:allocate|spend|set aside|open applications|keep|draft|for)\b"
)


def _status(page: Page, start: int, end: int, sentence: Sentence) -> Status:
    if _DENIED.search(page.folded, sentence.start, sentence.end):
        return "negated"
    if _BEING_DRAFTED.search(page.folded, sentence.start, sentence.end):
        return "planned"
    if _DRAFT.search(page.folded[:300]) or _DRAFT.search(page.title):
        return "draft"
    return "planned" if _TO_COME.search(page.folded, start, end) else "in_force"
