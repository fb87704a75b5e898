"""What a question or a line above asks: how much, up to what, from which pot."""

import re

from domain.facts.page import Page, Sentence

ASKED = re.compile(
    r"\bhow (?:much|large|big|high|generous|long is|many vouchers)\b"
    r"|\bwhat (?:do|does|will|can|could|would) (?:\w+ ){1,4}(?:get|receive|claim|obtain|expect)\b"
    r"|\bwhat (?:is|are) (?:the )?(?:\w+ ){0,2}"
    r"(?:amount|rate|level|support|standard|benefit|limit|ceiling|maximum)s?\b"
    r"|\bwhat (?:you|we|they|applicants) (?:get|receive|offer|pay|fund)\b"
    r"|\bwhat (?:share|part|proportion|percentage|portion)\b"
    r"|\bwhat (?:do|does|will|would|can) (?:you|they|we|the \w+) (?:give|pay|offer|cover"
    r"|refund|contribute"
    r"|return|fund|add|chip in)\b|\bcan (?:you|they|the \w+) (?:help|support)\b"
    r"|\bis there (?:an? )?(?:\w+ )?(?:limit|ceiling|cap|maximum|minimum)\b",
    re.IGNORECASE,
)
"""A question that a benefit answers."""


ASKED_BACK = re.compile(
    r"\b(?:spent|spend|costs?|invest\w*|(?<!is )(?<!are )(?<!be )paid|earn\w*|did"
    r"|has|have|was|were|raised?|worth|revenue)\b",
    re.IGNORECASE,
)
"""What is asked about is no offer."""


ASKED_LIMIT = re.compile(
    r"\b(?:upper|limit|ceiling|cap|maximum|most|max)\b[^?]{0,40}\?", re.IGNORECASE
)


ASKED_POT = re.compile(
    r"\b(?:money|budget|funding|funds|pot|pool)\b[^?]{0,30}"
    r"(?:\bis there|available|earmarked|run out|left|set aside)"
    r"|\bhow (?:big|large) is the (?:\w+ )?(?:budget|pot|pool|fund)"
    r"|\bhow much (?:money )?is (?:there |left )?in (?:the )?(?:\w+ )?(?:pot|kitty|budget"
    r"|fund|purse)\b"
    r"|\bcosts? (?:the )?(?:taxpayers?|city|district|state|treasury|public|government|budget)\b",
    re.IGNORECASE,
)


_ASKS = (
    re.compile(r"\bhow many (?P<noun>(?:[\w'-]+ ){0,3}?[\w-]+s)\b", re.IGNORECASE),
    re.compile(
        r"\bhow much (?P<noun>(?!is|are|does|do|did|will|has|of|was)[\w' -]{3,40}?)"
        r" (?:do|does|did|is|are|was|has|have|will|can)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:how (?:big|large|high|low|full|strong) (?:is|are|was)|what (?:about|of|is|was|are))"
        r" (?:the |your |its |their )?(?P<noun>[\w' -]{3,40}?)(?: now| today)?\?",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:And|But) (?:the |your |its )?(?P<noun>[a-z][\w' -]{2,40})\?"),
)
"""What a question asks the number of."""
_BACK = 160


def asked_of(page: Page, sentence: Sentence) -> str:
    """ "How many companies have moved in? | At present eighty": what the answer counts."""
    first = page.blocks[sentence.block].start
    if page.folded.rfind("?", max(0, first - 3), sentence.start) < 0:
        return ""
    begin = max(0, sentence.start - _BACK)
    end = page.folded.rfind("?", begin, sentence.start) + 1
    for pattern in _ASKS:
        found = [*pattern.finditer(page.folded, begin, end)]
        if found and "?" not in page.folded[found[-1].end() : end - 1]:
            return page.text[slice(*found[-1].span("noun"))]
    return ""
