"""Which bodies answer for an English benefit: in its own lines, or by its article."""

import re

from domain.facts.english.sentence_words import once
from domain.facts.page import Page, Sentence
from domain.text.sought import Sought

_RESPONSIBLE = Sought(
    r"\b(?:(?:responsible|paying|handling|competent|accepting|managing|implementing|supervising)"
    r" (?:bod(?:y|ies)|units?|departments?|agenc(?:y|ies)|authorit(?:y|ies)|parties|offices?)"
    r"|lead(?:ing|er)?"
    r"(?: (?:units?|agency|departments?|body|bureau|office))?|responsib(?:le|ility)|in charge"
    r"|implement(?:ed by|ing (?:bod(?:y|ies)|units?))|administered by|managed by"
    r"|handled by|led by|(?:run|overseen|accepted) by|organi[sz]er)"
    r"\s?(?::|(?<=by))\s?(?:the )?"
    r"(?P<bodies>[^\n();:]{2,160})",
    re.IGNORECASE,
)


_BODY = (
    r"(?:[A-Z][\w&'-]*\s(?:(?:of|and|for|the|[A-Z&][\w&'-]*)\s){0,10})?"
    r"(?:Bureau|Commission|Office|Department|Committee|Administration|Ministry|Authority|Centre|Center)"
    r"(?:\s(?:of|for)(?:\s(?:and|of|the|[A-Z&][\w&'-]*)){1,8})?"
)
_IN_CHARGE = Sought(
    rf"\b(?P<bodies>{_BODY}(?:,? and (?:the )?{_BODY})?) (?:is|are|will be|shall be) "
    r"(?:responsible|in charge)\b"
)
_BRACKETED = re.compile(
    rf"[(\[](?P<bodies>{_BODY}(?:,\s(?:and\s)?{_BODY}){{0,5}})[)\]]\.?\s*(?=\n|\Z|$)"
)


def responsible(page: Page, sentences: tuple[Sentence, ...]) -> list[str]:
    """Return the bodies that answer for it: in its own line, or right below it."""
    last = sentences[-1]
    start = page.block_of(sentences[0]).start
    end = page.block_of(last).end
    following = page.blocks[last.block + 1 : last.block + 2]
    end = following[0].end if following and following[0].kind in ("pair", "item") else end
    own = once(page, "responsible", start, end, lambda: _bodies(page, start, end))
    return own or _by_article(page, sentences[0].block) or _giving(page, sentences)


_GIVES = Sought(
    rf"\b(?P<bodies>{_BODY}) "
    r"(?:(?:will|shall|is to|may|can|also|every year|annually|now|each year) ){0,3}"
    r"(?:set(?:s)? aside|allocates?|earmarks?|gives?|grants?|pays?|reserves?|refunds?|reimburses?"
    r"|subsidi[sz]es?|provides?|offers?|covers?|issues?|arranges?|bears?|awards?)\b"
    rf"|\b(?:borne|paid|granted|covered|provided|refunded|issued|given|subsidi[sz]ed) by (?:the )?"
    rf"(?P<bodies2>{_BODY}|[a-z]+ (?:bureau|committee|department|office|administration|ministry))\b"
    r"|\b[Tt]he (?P<bodies3>(?:[a-z]+ ){1,3}(?:bureau|department|office|commission|committee)) "
    r"(?:(?:will|shall|is to|may|can|also|then) ){0,2}"
    r"(?:allocates?|grants?|pays?|refunds?|reimburses?|subsidi[sz]es?|covers?|bears?|awards?)\b"
)


def _giving(page: Page, sentences: tuple[Sentence, ...]) -> list[str]:
    """Who gives answers for it: "the Committee shall earmark", "borne by the finance bureau"."""
    found = _GIVES.search(page.folded, sentences[0].start, sentences[-1].end)
    if not found:
        return []
    body = page.text[slice(*found.span(found.lastgroup or 0))]
    return [body.removeprefix("The ")]


def _bodies(page: Page, start: int, end: int) -> list[str]:
    found = (
        _RESPONSIBLE.search(page.folded, start, end)
        or _IN_CHARGE.search(page.folded, start, end)
        or _BRACKETED.search(page.folded, start, end)
    )
    if not found:
        return []
    text = page.text[slice(*found.span("bodies"))]
    return [
        body.strip(" .])").removeprefix("The ")
        for body in re.split(r"\s?,\s(?:and\s)?", text)
        if body.strip(" .])")
    ]


_ARTICLES = Sought(
    r"\bArticles? (?P<numbers>\d{1,2}(?:(?:,? and |, | to |-)\d{1,2}){0,6})"
    r"(?: (?:is|are|shall be|will be) (?:carried out|implemented|handled|administered|executed"
    rf"|interpreted and implemented|overseen|run))? by (?:the )?(?P<bodies>{_BODY})"
)
_ARTICLE = re.compile(r"\s*Article (?P<number>\d{1,2})\b")
_FARTHEST = 12


def _by_article(page: Page, block: int) -> list[str]:
    """ "Articles 4 to 6 by the Bureau of …": told once on the page, for the articles it names."""
    charged = once(page, "charged", 0, len(page.folded), lambda: _charged(page))
    if not charged:
        return []
    for number in range(block, max(-1, block - _FARTHEST), -1):
        found = _ARTICLE.match(page.folded, page.blocks[number].start, page.blocks[number].end)
        if found:
            return charged.get(int(found["number"]), [])
    return []


def _charged(page: Page) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for match in _ARTICLES.finditer(page.folded):
        bodies = page.text[slice(*match.span("bodies"))]
        for number in _listed(match["numbers"]):
            found.setdefault(number, []).append(bodies)
    return found


def _listed(numbers: str) -> list[int]:
    """ "3, 5 to 7 and 9" as numbers."""
    found: list[int] = []
    for part in re.split(r",? and |, ", numbers):
        ends = [int(one) for one in re.split(r" to |-", part)]
        found += range(ends[0], ends[-1] + 1)
    return found
