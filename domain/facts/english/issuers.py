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
    rf"\b(?:issued|published|released|adopted|drafted|promulgated|approved"
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
        passive = any(
            word.text in ("was", "were", "is", "are", "been") for word in words[at - 2 : at]
        )
        found = None if passive else subject_of(words, at)
        if found is None:
            continue
        start, end = words[found[0]].start, words[found[1] - 1].end
        if not (title.start <= start < title.end or start <= title.start < end):
            return _parted(page.text[start:end])
    return []


def _parted(text: str) -> list[str]:
    """The bodies of a list, without articles and what no body is."""
    found = (part.strip(" ,.") for part in _SPLIT.split(text))
    parts = (re.sub(r"^(?:[Tt]he|both|jointly)\s", "", part) for part in found)
    return [part for part in parts if part[:1].isupper()]


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
