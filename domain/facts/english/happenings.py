"""Which word of an English sentence a date belongs to."""

import re

from domain.facts.english.occasions import occasion
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.when import When
from domain.text.lexicon import Hit

REACH = 130
"""Characters between a date and what happened on it."""


NOTHING_NEW = frozenset(("held", "announced", "issued", "took_effect"))
"""Kinds that need a day or month: "in 2024 the city held 67 exhibitions" is a count."""


_SAID = re.compile(r"\b(?:said|says|told|reported|according)\b[^,.;]{0,30}\Z")


_MARK = re.compile(r"[;:]|, (?:and|but|while|which|of which)\b|\band\b(?= \w+ (?:is|was|will))")


def happenings(page: Page, start: int, end: int, used: set[int]) -> list[Hit]:
    """Return the words of happening within [start, end) that no date has used."""
    found = rules("events", "en").hits(page.folded, start, end)
    return [hit for hit in found if hit.start not in used and _is_one(page, start, hit)]


_DUE = re.compile(
    r"(?:slated|scheduled|planned|due|set|expected) for|clos(?:ed|es)|ended", re.IGNORECASE
)


def _is_one(page: Page, start: int, hit: Hit) -> bool:
    """ "Is planned for May", "closed on Friday": an event only of what is held, as a forum is."""
    if not _DUE.fullmatch(page.folded, hit.start, hit.end):
        return True
    if _CLOSES_ONE.match(page.folded, hit.end):
        return False
    begin = max(0, min(start, hit.start) - _LEAD, page.folded.rfind("\n", 0, hit.start))
    return bool(GATHERING.search(page.folded, begin, hit.start))


_CLOSES_ONE = re.compile(r" (?:an?|the|its|their|another|\d)\b")
""" "Closed an A round", "ended the week": nothing that was held."""
_LEAD = 60


GATHERING = re.compile(
    r"\b(?:forum|expo|conference|summit|fair|congress|symposium|demo day|seminar|workshop|roadshow"
    r"|contest|competition|marathon|festival|week|webinar|exhibition|edition|meeting|ceremony|session|assembly)\b",
    re.IGNORECASE,
)


def happening(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """The verb before "on 5 May", or behind it where the sentence begins with the date."""
    labelled = _of_label(page, sentence, when, used)
    if labelled:
        return labelled
    lead = page.folded[sentence.start : when.start].rstrip(' "')
    behind = happenings(page, when.end, min(sentence.end, when.end + REACH), used)
    comma = page.folded[when.end : when.end + 1] == ","
    opened = lead.endswith((",", ";", " and", " -", ":")) and comma
    told = lead.endswith(" that")
    if told:
        behind = happenings(page, when.end, min(sentence.end, when.end + 3 * REACH), used)
    if len(lead) < SHORT or opened or (told and behind):
        return _of_main_clause(page, when, behind)
    others = [
        one.end
        for one in page.times_in(sentence.start, when.start)
        if one.part == "point" and not _names(page, one)
    ]
    begin = max([sentence.start, when.start - REACH, *others])
    before = happenings(page, begin, when.end, used)
    said = _SAID.search(lead)
    if said and not (before and _is_dated_itself(page, sentence, before[-1], when, said)):
        return None
    if before and page.folded[before[-1].end : when.start].strip() == ":":
        return before[-1]  # "To be completed: December 2026"
    if before and not _MARK.search(page.folded, before[-1].end, when.start):
        return before[-1]
    near = behind and behind[0].start - when.end < _CLOSE and not before
    near = near and not _PARTED.search(page.folded, when.end, behind[0].start)
    return behind[0] if near else None


_PARTED = re.compile(r"[:;,]|\b(?:says?|said|intends?|plans?|wants?|aims?|hopes?)\b")
""" "The report delivered on 20 January | says that the city intends to host": another's deed."""


def _of_main_clause(page: Page, when: When, behind: list[Hit]) -> Hit | None:
    """ "In April, two months after it had been named a zone, Pidu | put out its measures"."""
    behind = [hit for hit in behind if ";" not in page.folded[when.end : hit.start]]
    for hit in behind:
        gap = page.folded[when.end : hit.start]
        led = _SUBORDINATE.search(gap)
        if led is None or "," in gap[led.end() :]:
            return hit
    return behind[0] if behind else None


_SUBORDINATE = re.compile(r"\b(?:after|before|since|when|as|once|while|where)\s")


def _names(page: Page, when: When) -> bool:
    """ "Its 2025 white paper": a year before a noun is part of a name."""
    lead = page.folded[max(0, when.start - 6) : when.start].lower()
    named = lead.endswith(("its ", "the ", "their ", " a "))
    return (
        named
        and when.precision == "year"
        and page.folded[when.end : when.end + 2].strip().isalpha()
    )


def _is_dated_itself(
    page: Page, sentence: Sentence, hit: Hit, when: When, said: re.Match[str]
) -> bool:
    """ "Said in a statement on Friday"; "according to an agreement signed on Friday"."""
    if _SAID_AT.search(_text(page, hit)):
        return True
    beside = not page.folded[hit.end : when.start].strip()
    return beside and hit.start - sentence.start > said.start()


_SAID_AT = re.compile(r"conference|in an? (?:statement|filing|notice|press release)")
SHORT = 4


_CLOSE = 110


def _text(page: Page, hit: Hit) -> str:
    return page.folded[hit.start : hit.end].lower()


def _of_label(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """ "Opening: 3 June 2025": the label says what happens on the day."""
    label = page.block_of(sentence).label
    if not label[1] or page.folded[sentence.start : when.start].strip():
        return None
    if _TENDERED.search(page.folded, *label):
        return None
    found = [hit for hit in happenings(page, *label, used) if hit.rule.meaning not in NOTHING_NEW]
    gathered = None if found else _GATHERED.search(page.folded, *label)
    if not found and _WHEN.fullmatch(page.folded[slice(*label)].strip()):
        gathered = _HELD.search(page.title) and _ALL.search(page.folded, *label)
    if gathered:
        held = next(rule for rule in rules("events", "en").rules if rule.meaning == "held")
        return Hit(gathered.start(), gathered.end(), held)
    if not found and _STARTED.fullmatch(page.folded[slice(*label)].strip()):
        begun = next(r for r in rules("events", "en").rules if r.meaning == "construction_started")
        return Hit(*label, begun) if _is_of_building(page, sentence) else None
    if not found and when.precision in ("day", "month"):
        return occasion(page, *label)
    return found[-1] if found else None


_STARTED = re.compile(
    r"(?:(?:planned|expected|project|actual) )?(?:start(?:ed)?|commencement|begin(?:s"
    r"|ning)?)(?: date)?",
    re.IGNORECASE,
)
_BUILT = re.compile(
    r"(?:\w+ ){0,2}(?:land|site(?: area)?|floor (?:area|space)|builder|contractor|developer"
    r"|plot)\b",
    re.IGNORECASE,
)
_FEW_LINES = 8


def _is_of_building(page: Page, sentence: Sentence) -> bool:
    """Whether the lines around speak of land and builders: "Start" is that of the works."""
    near = page.blocks[max(0, sentence.block - _FEW_LINES) : sentence.block + _FEW_LINES]
    return any(block.label[1] and _BUILT.match(page.folded, *block.label) for block in near)


_WHEN = re.compile(r"(?:date|time|date and (?:time|place)|when)", re.IGNORECASE)
_HELD = re.compile(
    r"\b(?:press|news) (?:conference|briefing)\b|\b(?:transcript|minutes)\b|\b(?:forum|hearing"
    r"|seminar"
    r"|webinar|workshop|summit|briefing)\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"\w+")
""" "Date: 23 July" at the head of what was said on a press conference."""
_TENDERED = re.compile(r"\b(?:bids?|tenders?|envelopes?|documents?)\b", re.IGNORECASE)
""" "Bid opening": a step of a tender."""
_GATHERED = re.compile(
    r"(?:Grand |Award |Prize |Opening |Closing )?(?:Finals?|Ceremony|[Cc]eremony|Pitch day|Demo day"
    r"|Conference|Forum|Summit|Workshop|Briefing|Hearing)(?=\s*(?:\(|$))"
)
""" "Final: 12 December": the label names what is held."""
