"""What a question or a line above asks: how much, up to what, from which pot."""

import re

ASKED = re.compile(
    r"\bhow (?:much|large|big|high|generous|long is|many vouchers)\b"
    r"|\bwhat (?:do|does|will|can|could|would) (?:\w+ ){1,4}(?:get|receive|claim|obtain|expect)\b"
    r"|\bwhat (?:is|are) (?:the )?(?:\w+ ){0,2}"
    r"(?:amount|rate|level|support|standard|benefit|limit|ceiling|maximum)s?\b"
    r"|\bwhat (?:you|we|they|applicants) (?:get|receive|offer|pay|fund)\b"
    r"|\bwhat (?:share|part|proportion|percentage|portion)\b"
    r"|\bis there (?:an? )?(?:\w+ )?(?:limit|ceiling|cap|maximum|minimum)\b",
    re.IGNORECASE,
)
"""A question that a benefit answers."""


ASKED_BACK = re.compile(
    r"\b(?:spent|spend|costs?|invest\w*|(?<!is )(?<!are )(?<!be )paid|earn\w*|did|has|have|was|were|raised?|worth|revenue)\b",
    re.IGNORECASE,
)
"""What is asked about is no offer."""


ASKED_LIMIT = re.compile(
    r"\b(?:upper|limit|ceiling|cap|maximum|most|max)\b[^?]{0,40}\?", re.IGNORECASE
)


ASKED_POT = re.compile(
    r"\b(?:money|budget|funding|funds|pot|pool)\b[^?]{0,30}"
    r"(?:\bis there|available|earmarked|run out|left|set aside)"
    r"|\bhow (?:big|large) is the (?:\w+ )?(?:budget|pot|pool|fund)",
    re.IGNORECASE,
)
