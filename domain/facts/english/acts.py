"""What is due on an English day: an application, comments, objections, a review, papers."""

import re

from domain.facts.english.columns import head_over
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.sections import headings
from domain.facts.when import When
from domain.text.fold import fold

_ORDER = ("objection", "comment", "review", "application", "submission")


_BARE = re.compile(r"[\s.,()\[\]*-]*")
_LONGEST_LABEL = 60


def line_above(page: Page, sentence: Sentence) -> str:
    """ "Application deadline" over a line that holds nothing but a day."""
    block = page.block_of(sentence)
    found = page.times_in(block.start, block.end)
    if not found or not sentence.block:
        return ""
    rest = page.folded[block.start : found[0].start] + page.folded[found[-1].end : block.end]
    above = page.blocks[sentence.block - 1]
    label = page.folded[above.start : above.end].strip()
    if len(found) > 2 or not _BARE.fullmatch(rest) or len(label) > _LONGEST_LABEL:
        return ""
    return label if above.kind == "heading" and not page.times_in(above.start, above.end) else ""


def kind_of(page: Page, sentence: Sentence, when: When) -> str | None:
    """What is due: by its label, its part of the sentence, the sentence, what heads it."""
    block = page.block_of(sentence)
    found = named(page.folded, *block.label) or _by_line_above(page, sentence)
    if block.kind in ("row", "heading", "item"):
        head = head_over(page, when.start)
        found = (
            found or named(head, 0, len(head)) or ("application" if _NAMELY.search(head) else None)
        )
    found = found or _to_do(page, sentence, when) or _by_part(page, sentence, when)
    if found and not (found == "submission" and _only_files(page, sentence, when)):
        return found
    found = _closing_part(page, sentence, when) or named(page.folded, sentence.start, sentence.end)
    if found is None and ORDERED.search(page.folded, sentence.start, when.start):
        return "submission"  # "each hospital shall set up a committee by the end of October"
    if found in (None, "submission"):
        above = kind_above(page, sentence)
        found = above if above and (found is None or above in STRONGER) else found
    spoken = f"{page.folded[slice(*block.label)]} {page.folded[sentence.start : sentence.end]}"
    if found is None and _JOINS.search(spoken):
        return "application"
    if found is None and (_OBLIGED.search(spoken) or _GIVEN_UNTIL.search(spoken)):
        return "submission"  # "each zone shall name three industries by the end of March"
    return found or ("application" if _NAMELY.search(spoken) else None)


_OBLIGED = re.compile(
    r"\b(?:must|shall|is to|are to|(?:is|are) required to|has to|have to)\s(?:each |all |also )?"
    r"(?:name|designate|appoint|identify|prepare|formulate|draw up|draft|publish|work out|report"
    r"|nominate|recommend)\b",
    re.IGNORECASE,
)
ORDERED = re.compile(
    r"\b(?:must|shall|ha(?:s|ve) to|(?:ordered|required|instructed|told|obliged|directed) "
    r"(?:[\w-]+ )?to)\s(?!be\b|not\b|have\b)(?:\w+ly )?[a-z]+\b[^.;]{0,80}\Z",
    re.IGNORECASE,
)
""" "State-owned firms have to table plans by 15 December": what somebody is to do by then."""
_JOINS = re.compile(
    r"\b(?:attend(?:ance|ing)?|participat\w+|take part|taking part|rsvp|reserve (?:a "
    r"|their )?(?:seats?|places?))\b",
    re.IGNORECASE,
)
_GIVEN_UNTIL = re.compile(
    r"\b(?:gives?|gave|allow(?:s|ed)?|grant(?:s|ed)?|ha(?:ve|s)|asks?|asked)\b[^.;]{1,80}?"
    r"\b(?:until|till|no later than|not later than|by)\b",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"\b(?:cop(?:y|ies)|papers?|materials?|documents?|reports?|forms?|lists?|letters?|questionnaires?"
    r"|summar\w+|sheets?|evidence)\b",
    re.IGNORECASE,
)


def _only_files(page: Page, sentence: Sentence, when: When) -> bool:
    """ "You can file online": what is filed, the question or the heading says."""
    start, end = _part_of(page, sentence, when)
    files = re.search(r"\bfil(?:e|ing|ed)\b", page.folded[start:end])
    return bool(files) and not _PAPERS.search(page.folded, start, end)


def _closing_part(page: Page, sentence: Sentence, when: When) -> str | None:
    """ "The form closes on 15 October; districts review by 18": its own part says no more."""
    start, end = _part_of(page, sentence, when)
    alone = (start, end) != (sentence.start, sentence.end)
    closes = (
        alone and _NAMELY.search(page.folded, start, end) and not named(page.folded, start, end)
    )
    return (kind_above(page, sentence) or "application") if closes else None


def _part_of(page: Page, sentence: Sentence, when: When) -> tuple[int, int]:
    """The words between the semicolons on either side of a day."""
    start = max(sentence.start, page.folded.rfind(";", sentence.start, when.start) + 1)
    stop = page.folded.find(";", when.end, sentence.end)
    return start, stop if stop > 0 else sentence.end


def _by_line_above(page: Page, sentence: Sentence) -> str | None:
    above = line_above(page, sentence)
    return named(above, 0, len(above)) if above else None


def _by_part(page: Page, sentence: Sentence, when: When) -> str | None:
    """What the words say between the day before and this one, else between the semicolons."""
    start, stop = _part_of(page, sentence, when)
    since = [one.end for one in page.times_in(start, when.start) if one.precision == "day"]
    others = since or len(page.times_in(when.end, stop)) > 0
    own = named(page.folded, since[-1] if since else start, when.start) if others else None
    return own or named(page.folded, start, stop)


_PURPOSE = re.compile(r",?\s(?:to|for)\s[^,;.]{3,60}?(?=,|;|\.|\sand\s|$)")


def _to_do(page: Page, sentence: Sentence, when: When) -> str | None:
    """ "Until 15 October | to review them": what the time is given for."""
    given = re.search(r"\buntil\b", page.folded[max(0, when.start - 8) : when.start + 6])
    found = _PURPOSE.match(page.folded, when.end, sentence.end) if given else None
    return named(page.folded, *found.span()) if found else None


_NAMELY = re.compile(
    r"\b(?:deadline|closing date|cut-?off|shuts?|clos(?:e|es|ed|ing))\b", re.IGNORECASE
)
STRONGER = ("application", "comment", "objection", "review")


def kind_above(page: Page, sentence: Sentence) -> str | None:
    """Return what the sentences before, the headings or the title say is due."""
    for earlier in reversed(page.sentences_before(sentence, 2)):
        found = named(page.folded, earlier.start, earlier.end)
        if found:
            return found
    asked = page.blocks[sentence.block - 1] if sentence.block else None
    if asked and page.folded[asked.start : asked.end].rstrip().endswith("?"):
        found = named(page.folded, asked.start, asked.end)
        if found:
            return found
    for heading in [*headings(page, sentence), fold(page.title)]:
        found = named(heading, 0, len(heading))
        if found:
            return found
    return None


def named(text: str, start: int, end: int) -> str | None:
    """Return the most telling kind that the words of a stretch name."""
    found = {hit.rule.meaning for hit in rules("deadlines", "en").hits(text, start, end)}
    return next((kind for kind in _ORDER if kind in found), None)
