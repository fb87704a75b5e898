"""Names of benefits that name nothing: a bare "support", or only whom it is for once more."""

import re

_BARE = re.compile(
    r"(?:给予|予以|给与|给|可|将|按规定|相应|一定|适当|一次性|最高|资金|财政|支持|扶持|补贴|补助|奖励|奖补|资助"
    r"|給予|補貼|補助|獎勵|資助|\b(?:the|an?|will|give|giv(?:es|ing)|provide[sd]?|providing|financial"
    r"|one-off|grants?|subsid(?:y|ies)|support|funding|awards?|rewards?)\b|[\s的,，、.。:：])+",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:for|to|the|an?|对于|对|向|给)\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"\s(?:can|may|will|shall|are|is|gets?|receives?)\b")
"""Behind the people: "companies that rent computing power | can have up to 40%" is no name."""
_ALIKE = 0.6
"""Of the longer text; a name that is so much of the people repeats them."""


def names_nothing(name: str, people: str) -> bool:
    """Tell whether a benefit's name says no more than that it is one, and whom it is for."""
    if _BARE.fullmatch(name):
        return True
    plain, whom = _plain(name), _plain(people)
    if not whom:
        return False
    short, long = sorted((plain, whom), key=len)
    if long == whom:
        return long.startswith(short) and len(short) >= _ALIKE * len(long)
    rest = long[len(short) :]
    return long.startswith(short) and bool(_BARE.fullmatch(rest) or _SENTENCE.match(rest))


def _plain(text: str) -> str:
    plain = " ".join(text.split()).casefold().rstrip("….。,，;； ")
    return plain[found.end() :] if (found := _BEFORE.match(plain)) else plain
