"""Who issues a document, as an English sentence or the foot of the page says."""

import re

from domain.facts.english.phrases import subject_of
from domain.facts.english.sentence_words import words_of
from domain.facts.page import Page, Sentence
from domain.facts.rules import words as listed
from domain.facts.titles import Title

_ISSUING = listed("en", "issuing_verbs")
_BODY = (
    r"[A-Z][\w&'.-]*(?:\s(?:of|and|for|the|on|[A-Z][\w&'.-]*))*"
    r"(?:,?\sand\s(?:the\s)?[A-Z][\w&'.-]*(?:\s(?:of|and|for|the|[A-Z][\w&'.-]*))*)?"
)
_BY = re.compile(
    rf"\b(?i:issued|published|released|adopted|drafted|promulgated|approved"
    rf"|formulated)(?:\sjointly)?"
    rf"\sby\s(?:the\s)?(?P<body>{_BODY})",
)
_OWNER = re.compile(r"(?P<body>(?:[A-Z][\w.&-]*\s){0,6}[A-Z][\w.&-]*)'s\s\"?\Z")
_AUTHORITY = re.compile(
    r"\b(?:Bureau|Office|Committee|Government|Commission|Administration|Department|Ministry|Council"
    r"|Congress|Court|Authority|Zone)\b"
)
_DATE_LINE = re.compile(
    r"\s*(?:\(Seal\)\s*)?(?:[A-Z][a-z]{2,8}\.? \d{1,2},? (?:19|20)\d\d|\d{1,2} [A-Z][a-z]{2,8}"
    r" (?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\s*"
)
_SPLIT = re.compile(
    r",?\s(?:together|jointly|along)\swith\s(?:the\s)?"
    r"|,\s(?:and\s)?(?:the\s)?|\sand\s(?:the\s)(?=[A-Z])"
)
_HEAD = 800


def issuers(page: Page, sentence: Sentence, title: Title) -> list[str]:
    """Return the issuing bodies that the sentence of a title names."""
    owner = _OWNER.search(page.folded, max(sentence.start, title.name[0] - 80), title.name[0])
    if owner and _AUTHORITY.search(owner["body"]):
        return [page.text[slice(*owner.span("body"))]]
    behind = _BY.search(page.folded, title.end, sentence.end)
    if behind:
        return _parted(page.text[slice(*behind.span("body"))])
    return _who_issued(page, sentence, title)


def _who_issued(page: Page, sentence: Sentence, title: Title) -> list[str]:
    """The subject of the verb of issuing nearest to the title."""
    words = words_of(page, sentence)
    verbs = [
        at
        for at, word in enumerate(words)
        if word.tag in ("verb", "part") and word.verb and word.verb.lemma in _ISSUING
    ]
    for at in sorted(verbs, key=lambda one: abs(words[one].start - title.start)):
        verb = words[at].verb
        passive = not (verb and "ing" in verb.forms) and any(
            word.text in ("was", "were", "is", "are", "been") for word in words[at - 2 : at]
        )
        found = None if passive else subject_of(words, at)
        if found is None:
            continue
        start, end = words[found[0]].start, words[found[1] - 1].end
        if not (title.start <= start < title.end or start <= title.start < end):
            parts = _parted(page.text[start:end])
            return (
                [*parts, *_together(page, end, words[at].start)]
                if parts
                else _led(page, sentence, words[at].start)
            )
    return []


_TOGETHER = re.compile(
    rf",?\s(?:together|jointly|along|in (?:conjunction|concert))\swith\s(?:the\s)?(?P<body>{_BODY})"
)
_LED = re.compile(
    r"(?:^|[,:]\s|\b[Tt]he\s)(?P<body>[A-Z][\w&'.-]*(?:\s(?:of|and|for|the|[A-Z&][\w&'.-]*)){1,12})"
    r"(?:\s\([A-Z][A-Za-z&]{1,12}\))?,?\s(?:and|together with|along with|jointly with)\s"
    r"(?:[a-z-]+\s){1,4}?(?:departments?|agencies|ministries|bureaus?|bodies|units|authorities"
    r"|commissions|regulators)\b[^.;]{0,30}\Z"
)


def _together(page: Page, end: int, verb: int) -> list[str]:
    """ "The Data Bureau, together with the Cyberspace Administration, released"."""
    found = _TOGETHER.match(page.folded, end, verb)
    return _parted(page.text[slice(*found.span("body"))]) if found else []


def _led(page: Page, sentence: Sentence, verb: int) -> list[str]:
    """ "The Ministry (MIIT) and seven other departments | released": the one with a name."""
    found = _LED.search(page.folded[sentence.start : verb])
    start = sentence.start
    return [page.text[start + found.start("body") : start + found.end("body")]] if found else []


def _parted(text: str) -> list[str]:
    """The bodies of a list, without articles and what no body is."""
    found = (part.strip(" ,.") for part in _SPLIT.split(text))
    parts = (re.sub(r"^(?:[Tt]he|both|jointly)\s", "", part) for part in found)
    return [part for part in parts if part[:1].isupper() or _HOUSE.match(part)]


_HOUSE = re.compile(r"(?:standing |general |executive )?(?:committee|office|meeting) of the [A-Z]")


def of_page(page: Page) -> list[str]:
    """Who the page itself is issued by: said at its head, or signed at its foot above the date."""
    said = _BY.search(page.folded, 0, min(len(page.folded), _HEAD))
    if said:
        return _parted(page.text[slice(*said.span("body"))])
    for number in range(len(page.blocks) - 1, max(0, len(page.blocks) - _FOOT), -1):
        block, above = page.blocks[number], page.blocks[number - 1]
        line = page.text[above.start : above.end].strip()
        dated = _DATE_LINE.fullmatch(page.folded, block.start, block.end)
        if dated and len(line) <= _LONGEST and _AUTHORITY.search(line) and line[:1].isupper():
            return [line]
    return []


_FOOT = 8
_LONGEST = 110
