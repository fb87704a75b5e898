"""The words before an English number that compare: at most, at least, more than, about."""

import re

from domain.facts.fact import Comparator
from domain.facts.quantity import SIGN, SIGNS, QuantityKind
from domain.text.sought import Sought

_NOT = (
    r"(?:not|cannot|n't|never|neither|nor|without)(?: (?:to|be|go|hold|rise|get|stand|cost"
    r"|pay|have))?"
)


_PARTICLE = (
    r"(?<!turned )(?<!spread )(?<!handed )(?<!taken )(?<!takes )(?<!take )(?<!taking )(?<!took )"
    r"(?<!carried )(?<!stretches )"
)
"""Before "over" that belongs to its verb and compares nothing."""


_RAISED = re.compile(
    r"\b(?:br(?:ing|ings|inging|ought)|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|push(?:es|ed|ing)?"
    r"|increas(?:e|es|ed|ing)|took|takes?|scal(?:e|es|ed|ing)|grow(?:s|n|ing)?|grew|go(?:es|ing)?"
    r"|went|came|edg(?:e|es|ed|ing)|climb(?:s|ed)?|ris(?:e|es|en|ing)|rose|mov(?:e|es|ed))\b"
    r"[^,.;]{0,90}\Z",
    re.IGNORECASE,
)


_WORDS_OF: tuple[tuple[Comparator, str], ...] = (
    (
        "le",
        rf"no more than|not more than|{_NOT} (?!only|just|merely|simply|yet)(?:[a-z]+ ){{1,3}}"
        rf"(?:more|higher|greater|larger) than|{_NOT} (?:exceed(?:s|ing)?|surpass(?:ing)?|above"
        r"|over|more than"
        r"|higher than|top(?:ping)?|pass(?:ing)?|past|beyond)|up to|at (?:the )?most|as (?:much"
        r"|many|high) as"
        r"|(?:a )?maxim(?:um|al)(?: \w+){0,3} of|maximum|capp?ed at|cap of|(?<=hard )cap|ceiling of"
        r"|no (?:[a-z]+ ){1,5}(?:more|higher|greater|larger) than"
        r"|limit(?:ed)? (?:to|of)|no (?:larger|higher|greater|bigger) than|to a maximum of|within",
    ),
    (
        "ge",
        rf"at least|no (?:less|fewer|lower|smaller) than|{_NOT} (?:less|fewer|lower) than"
        rf"|{_NOT} (?!only|just|merely|simply|yet)(?:[a-z]+ ){{1,3}}(?:less|fewer|lower) than"
        rf"|{_NOT} (?:below|under|fall below|drop below)|a minimum of"
        r"|minimum(?: \w+){0,2} of|minimum|min\.",
    ),
    (
        "gt",
        r"(?:well |far )?(?:more|greater|higher|larger|bigger) than"
        rf"|{_PARTICLE}over|exceed(?:s|ed|ing)?"
        r"|surpass(?:es|ed|ing)?|above|in excess of"
        r"|(?<!the )(?<!its )(?<!their )topp?(?:s|ed|ing)?|pass(?:es|ed|ing)?"
        r"|break(?:s|ing)? through|broke through"
        r"|past|upwards? of|break(?:s|ing)?|crossed|beyond|north of|outstrip(?:s|ped|ping)?",
    ),
    (
        "lt",
        r"(?:less|fewer|lower|smaller) than|under|below|short of"
        r"|not (?:yet |quite )?(?:reach(?:ed)?)",
    ),
    (
        "approx",
        r"about|around|approximately|approx\.?|roughly|some|nearly|almost|closer? to"
        r"|an estimated|estimated at|circa|near(?:ing)?|or so",
    ),
)


_FOLLOWED = r"(?:\s(?:the|its|a|an|their|his|of|to|by|total|around|RMB))?[\s(]{0,2}\Z"


_COMPARATORS = tuple(
    (name, Sought(rf"(?:(?<![A-Za-z])|(?=n't))(?:{pattern}){_FOLLOWED}", re.IGNORECASE))
    for name, pattern in _WORDS_OF
)


_AFTER = re.compile(r"or (?P<down>less|below|under|fewer)", re.IGNORECASE)


_REACH = 40


_PEAK = re.compile(r"\b(?:maximum|highest|peak|top)\b[^.;]{0,40}\Z", re.IGNORECASE)


_OF = re.compile(r"\bof \Z")


def _is_level(folded: str, hit: re.Match[str]) -> bool:
    """ "Bring the rate up to 65%": the level that is reached, not a limit."""
    upward = hit.group().lower().startswith("up to")
    if _OF.search(folded[max(0, hit.start() - 3) : hit.start()]):
        return False
    return upward and bool(_RAISED.search(folded, max(0, hit.start() - 110), hit.start()))


_TURNED: dict[Comparator, Comparator] = {"gt": "le", "lt": "ge"}
_DENIABLE = (
    *("exceed", "surpass", "top", "pass", "below", "under", "above", "in excess", "beyond"),
    *("more", "greater", "higher", "larger", "bigger", "less", "fewer", "lower", "smaller"),
)
_DENIED = re.compile(
    r"\b(?:no(?! (?:longer|doubt|less|fewer|sooner))|neither|none|never|nor|nobody|nothing)\b"
    r"(?:(?!\b(?:and|but|with|while)\b)[^,.;:\d]){0,48}\Z",
    re.IGNORECASE,
)


_NO_CASE = re.compile(
    r"\b(?:in no (?:case|event)|under no circumstances|on no account|at no time|never)\b"
    r"[^,.;:\d]{0,24}\Z",
    re.IGNORECASE,
)


def _is_denied(folded: str, hit: re.Match[str]) -> bool:
    """ "Shall in no case | exceed", "no single grant shall be | larger than": no more than that."""
    said = hit.group().lower()
    if said.startswith("over"):
        return bool(_NO_CASE.search(folded, max(0, hit.start() - 60), hit.start()))
    if not said.startswith(_DENIABLE):
        return False
    return bool(_DENIED.search(folded, max(0, hit.start() - 60), hit.start()))


def comparator_of(folded: str, match: re.Match[str], kind: QuantityKind) -> tuple[Comparator, int]:
    """Return how a number is meant, and where the words that say so begin."""
    begin = max(0, match.start() - _REACH)
    if match["after"]:
        if match["after"].lower().endswith("so"):
            return "approx", match.start()
        down = _AFTER.search(match["after"])
        return ("le" if down else "ge"), match.start()
    sign = SIGN.search(folded, max(0, match.start() - 3), match.start())
    if sign:
        return SIGNS[sign["sign"]], sign.start()
    for name, pattern in _COMPARATORS:
        hit = pattern.search(folded, begin, match.start())
        if hit and not _is_level(folded, hit):
            return _TURNED.get(name, name) if _is_denied(folded, hit) else name, hit.start()
    if match["plus"] or match["plus2"]:
        return "gt", match.start()
    if (
        kind == "compute"
        and match["scale2"]
        and _PEAK.search(folded, begin - 20 if begin > 20 else 0, match.start())
    ):
        return "le", match.start()
    return "eq", match.start()
