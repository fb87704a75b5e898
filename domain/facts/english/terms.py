"""The terms of an English benefit: who is eligible, a percentage of what, who answers for it."""

import re

from domain.facts.amounts import Amount
from domain.facts.english.giving import BENEFIT, GETTING, GIVING, HANDING
from domain.facts.english.phrases import head_of, object_of, shown, subject_of
from domain.facts.english.sentence_words import place_of, words_of
from domain.facts.english.tags import Word
from domain.facts.english.verbs import verbs
from domain.facts.page import Page, Sentence

_BASE = re.compile(
    r"\s?,?\s?(?:back\s)?(?:of|off|on)\s(?:the\s|their\s|its\s|our\s|those\s|actual\s)?(?P<base>[a-z][^,.;:\n()]{2,60}?)"
    r"(?=\s(?:and|up|with|capped|to|for|on|in|at|per|is|are|will|shall|subject|limited|but|though"
    r"|paid|compensated|borne|met|by|reimbursed|refunded|covered|returned|waived|subsidi[sz]ed|which|that|from|over"
    r"|until)\b|[,.;:()\n]|$)",
    re.IGNORECASE,
)
_HALF_OF = re.compile(
    r"\s(?:of\s)?(?:the|their|its|our|your|his|any|all)\s(?P<base>[a-z][^,.;:\n()]{2,60}?)"
    r"(?=\s(?:and|for|on|in|at|up|with|to|over|during|until|is|are|will|shall|but|within)\b"
    r"|[,.;:()\n]|$)",
    re.IGNORECASE,
)
""" "Half | the interest for the first two years"."""
_WHAT_THEY_PAY = re.compile(
    r"\s?(?:of|off)\s(?P<base>what\s(?P<who>(?:[\w&'-]+\s){1,6}?)"
    r"(?:pay|pays|paid|spend|spends|spent|invest|invests|invested|lay out|put in)\b"
    r"(?:\s(?:for|on|in|to|into)\s(?:[\w&'-]+\s?){1,6})?)",
    re.IGNORECASE,
)
""" "Half of | what local firms pay for cloud computing"."""
_BASE_BEFORE = re.compile(
    r"\b(?P<base>(?:[a-z&-]+\s){0,3}(?:rents?|costs?|fees?|prices?|bills?|premiums?|salary|interest|spending|expenditure|outlays?|wages?|expenses"
    r"|tuition|invoice|loans?))\s(?:\w+\s){0,5}\Z",
    re.IGNORECASE,
)
_LONGEST = 90


_ASKED_BASE = re.compile(
    r"\b(?:share|part|proportion|percentage|portion|much) of (?:my|our|the|your|their|a) "
    r"(?P<base>(?:\w+ ){0,3}?\w+)(?= (?:is|are|will|can|does|do|gets?)\b|\?)"
)


def rate_base(page: Page, group: list[Amount], topic: str = "") -> str | None:
    """Return what a rate is a percentage of; `topic`: the question or heading above may say it."""
    rate = next((one for one in group if one.role == "rate"), None)
    if rate is None:
        return None
    at = rate.quantity.end
    paid = _WHAT_THEY_PAY.match(page.folded, at, rate.sentence.end)
    if paid:
        return page.text[slice(*paid.span("base"))].strip()
    following = page.quantities_in(at, min(at + _LONGEST, rate.sentence.end))
    if rate.quantity.written:
        half = _HALF_OF.match(page.folded, at, rate.sentence.end)
        if half:
            return page.text[slice(*half.span("base"))]
    for end in (at, *(one.end for one in following[:1] if one.kind == "percent")):
        found = _BASE.match(page.folded, end, min(len(page.folded), end + _LONGEST))
        if found:
            stop = _longer(page, found.end("base"), rate.sentence.end)
            return page.text[found.start("base") : stop]
    before = _BASE_BEFORE.search(
        page.folded, max(rate.sentence.start, at - _LONGEST), rate.quantity.start
    )
    if before:
        return page.text[slice(*before.span("base"))].strip()
    asked = _ASKED_BASE.search(topic)
    return asked["base"] if asked else None


_OF_COST = re.compile(
    r"\b(?:increase|growth|rise|investment|spending|expenditures?|outlays?|invested|spent|inputs?)\Z",
    re.IGNORECASE,
)
_IN_WHAT = re.compile(
    r"\s(?:in|on|for)\s(?:the\s|their\s|its\s)?(?!(?:the |each |a |one |any )?(?:first"
    r"|second|third|next|year|month|period|up|firms?|compan|enterpris|start-?ups?|SMEs?|project|applicant|total|full"
    r"|cash|question)\b)[A-Za-z][\w&'-]*(?:\s(?:and\s)?[a-z][\w-]*){0,2}?"
    r"(?=\s(?:and|up|with|capped|to|for|on|in|at|per|is|are|will|shall|subject|of|by|that)\b"
    r"|[,.;:()\n]|$)"
)
""" "The actual investment | in equipment", "the yearly increase | in R&D spending"."""


def _longer(page: Page, end: int, stop: int) -> int:
    """Where a base ends that says what the money is spent on."""
    if not _OF_COST.search(page.folded, max(0, end - 16), end):
        return end
    found = _IN_WHAT.match(page.folded, end, stop)
    return found.end() if found else end


_APPLICANT = re.compile(
    r"\b(?:applicants?|eligib\w*|who (?:can|may|qualif)\w*|recipients?|beneficiar\w+"
    r"|target group|for whom|open to|users?|participants?)\b|\A(?:For|Who|Whom)\Z",
    re.IGNORECASE,
)
RECIPIENT = re.compile(
    r"\b(?:compan|enterprise|firm|start-?up|business|sme|applicant|universit|institut|team|lab"
    r"|student|graduate|talent|engineer|expert|researcher|project|unit|supplier|operator|develop"
    r"|tenant|user|customer|consorti|manufactur|bidder|vendor|resident|person|people|household|park"
    r"|specialist|innovator|scientist|inventor|founder|entrepreneur|borrower|seller|teacher|scholar"
    r"|factor(?:y|ies)\b|headquarters|shop|school|clinic|organi[sz]ation|filer|entrant|finalist|phd"
    r"|postdoc|doctor|holder|maker|provider|lender|member|tester|farm|unicorn|giants?\b"
    r"|incubator|platform|ones\b|cent(?:er|re)|zone|part(?:y|ies)|newcomer|investor|master|professor|fellow|intern\b|interns\b|worker|staff|winner|insurer|entit"
    r"|buyer|carmaker|designer|lessee|lessor|bank\b|banks\b|landlord|hospital|school|employer|builder|unicorn|trainee|owner)",
    re.IGNORECASE,
)
_GIVER = re.compile(
    r"(?:.*\b)?(?:city|district|zone|area|province|county|town|governments?|authorit(?:y|ies)|bureau"
    r"|commission|committee|administration|ministry|department|state|fund|plan|polic(?:y|ies)"
    r"|measures?|scheme|program(?:me)?|chengdu|sichuan|budget|bank)\Z",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\b(?:to|for|per|each|every)\s(?P<who>(?:each |every |a |an |the )?[a-z][^,.;:\n\d()]{2,90}?)"
    r"(?=\s(?:that|which|who|whose|free|entitled|using|shall|must|should|cannot|has|have|had|is|are|in|at|up|with|on|capped|can|may|will|from|per|for|to"
    r"|by|of the|the|before|until|under|located|registered|moving|receives?|gets?)\b|[,.;:()\n]|$)",
    re.IGNORECASE,
)


def eligible(
    page: Page, sentences: tuple[Sentence, ...], group: list[Amount], start: int, end: int
) -> str | None:
    """Return who can get it: a line that says so, who gets, to whom it is given, for whom."""
    for sentence in sentences:
        block = page.block_of(sentence)
        if block.label[1] and _APPLICANT.search(page.folded[slice(*block.label)]):
            return page.text[block.body : block.end].strip(" .;")
    found = _own(page, group) or _who_pays(page, group) or _who_gets(page, group)
    found = found or _given_to(page, group, start, end) or _who_does(page, group)
    return found or _whose_costs(page, group)


_OWNER = re.compile(
    r"\s(?:of|by)\s(?P<who>(?:the |their |all |any )?[A-Za-z][\w&'-]*(?: [\w&'-]+){0,3}?)"
    r"(?=\s(?:that|which|who|using|with|in|at|for|on|and|is|are|to|up|located|registered)\b"
    r"|[,.;:()\n]|$)"
)


def _whose_costs(page: Page, group: list[Amount]) -> str | None:
    """ "Half of the electricity bills | of data centres": whose costs are borne."""
    rate = next((one for one in group if one.role == "rate"), None)
    base = _BASE.match(page.folded, rate.quantity.end, rate.sentence.end) if rate else None
    if base is None or rate is None:
        return None
    found = _OWNER.search(page.folded, base.start("base"), rate.sentence.end)
    near = found is not None and found.start() <= base.end("base")
    if not found or not near or not RECIPIENT.search(found["who"]):
        return None
    return _FIRST.sub("", page.text[slice(*found.span("who"))])


def _who_pays(page: Page, group: list[Amount]) -> str | None:
    """ "Half of what local firms pay": whose expense it is gets a part of it back."""
    for one in group:
        paid = _WHAT_THEY_PAY.match(page.folded, one.quantity.end, one.sentence.end)
        if paid and one.role == "rate" and RECIPIENT.search(paid["who"]):
            return page.text[slice(*paid.span("who"))].strip()
    return None


def _who_does(page: Page, group: list[Amount]) -> str | None:
    """ "Where an enterprise trains a model, 30% shall be subsidised": who meets the condition."""
    words = words_of(page, group[0].sentence)
    for at, word in enumerate(words):
        if word.tag == "if" and word.text in ("where", "if", "when"):
            end = at + 1
            while end < len(words) and words[end].tag in ("noun", "det"):
                end += 1
            return _what_it_is(page, words, end) or _party(page, words, (at + 1, end), given=True)
    return None


_ANYBODY = frozenset(("applicant", "recipient", "beneficiary", "party", "unit", "entity"))


def _what_it_is(page: Page, words: list[Word], at: int) -> str:
    """ "Where the applicant | is a hospital or university": who that somebody has to be."""
    if not (0 < at < len(words) and words[at].text in ("is", "are")):
        return ""
    end = at + 1
    while end < len(words) and words[end].tag in ("noun", "det", "and"):
        end += 1
    named = words[at - 1].text.rstrip("s") in _ANYBODY
    return _party(page, words, (at + 1, end), given=True) if named else ""


def _own(page: Page, group: list[Amount]) -> str | None:
    """ "Experts get A, graduates B", "A for experts and B for graduates": who gets the later one.

    The words for it stand between the sums on either side.
    """
    sentence = group[0].sentence
    first = min(one.quantity.start for one in group)
    last = max(one.quantity.end for one in group)
    sums = [
        one
        for one in page.quantities_in(sentence.start, sentence.end)
        if one.kind in ("money", "percent")
    ]
    before = max((one.end for one in sums if one.end <= first), default=None)
    if before is None:
        return None
    behind = min((one.start for one in sums if one.start >= last), default=sentence.end)
    words = words_of(page, sentence)
    parted = page.folded.rfind(";", before, first) + 1
    here = [at for at, word in enumerate(words) if max(before, parted) <= word.start < first]
    if any(words[at].tag in ("verb", "aux", "rel", "if") for at in here):
        return None
    who = _party(page, words, _last_part(words, here))
    found = _TO.match(page.folded, last + 1, behind)
    return who or (_named(page, found) if found else None)


def _last_part(words: list[Word], here: list[int]) -> tuple[int, int] | None:
    """The words between the last two marks: "; for provincial platforms, |", ", graduates |"."""
    end = len(here)
    while end and words[here[end - 1]].tag in ("mark", "and", "adv"):
        end -= 1
    first = end
    while first and words[here[first - 1]].tag not in ("mark", "and"):
        first -= 1
    while first < end and words[here[first]].tag in ("det", "adv"):
        first += 1
    if first < end and words[here[first]].tag == "prep":
        first = first + 1 if words[here[first]].text in ("for", "to") else end
    return (here[first], here[end - 1] + 1) if first < end else None


def _who_gets(page: Page, group: list[Amount]) -> str | None:
    """The subject of "receive", or of "are paid"."""
    sentence = group[0].sentence
    words = words_of(page, sentence)
    given = next((one for one in group if one.role != "threshold"), group[0])
    last = place_of(words, given.quantity)
    for at in reversed(range(min(len(words), (last or len(words)) + 1))):
        word = words[at]
        if last and at >= last - _HAVE and word.text in ("have", "has", "get", "gets"):
            who = _party(page, words, subject_of(words, at))  # "have 40% of the cost reimbursed"
            if who:
                return who
        if word.tag not in ("verb", "part") or word.verb is None:
            continue
        passive = "ing" not in word.verb.forms and any(
            one.text in ("is", "are", "be", "been", "was", "were")
            for one in words[max(0, at - 3) : at]
        )
        gives = word.verb.lemma in GIVING | HANDING
        if word.verb.lemma not in GETTING and not gives:
            continue
        active = gives and not passive
        found = object_of(words, at, last or len(words)) if active else subject_of(words, at)
        served = passive and word.verb.lemma in _SERVING
        gets = word.verb.lemma in GETTING and (not passive or word.verb.lemma == "entitle")
        who = _party(page, words, found, given=active or served or word.verb.lemma in GETTING)
        who = who or (_name(page, words, found) if gets or served else "")
        if not who and active and word.verb.lemma == "pay":
            who = _party(page, words, subject_of(words, at))  # "tenants pay 30% of the rent"
        if who:
            return who
    return None


_SERVING = frozenset(
    ("compensate", "reimburse", "reward", "refund", "entitle", "exempt", "support", "pay", "give")
)
"""Whoever has this done to him gets something, be he a bank or a zone."""
_HAVE = 2
"""Words before an amount within which "have" means that it is had paid."""


def _party(
    page: Page, words: list[Word], found: tuple[int, int] | None, *, given: bool = False
) -> str:
    """The head of a phrase where it names somebody who may get something, else nothing.

    `given`: to whom a verb of giving gives, which may be a zone or a county.
    """
    if found is None:
        return ""
    head = shown(page.text, words, found[0], head_of(words, *found))
    if not RECIPIENT.search(head) or (_GIVER.match(head) and not given):
        return ""
    who = shown(page.text, words, found[0], _with_of(words, *found))
    who = who if "(" in who else who.rpartition(") ")[2]  # "(Corpora) Entities that"
    return _FIRST.sub("", who)


def _name(page: Page, words: list[Word], found: tuple[int, int] | None) -> str:
    """ "Tianhe | is entitled to": somebody who gets something is one also by a mere name."""
    if found is None:
        return ""
    head = _CAPITALS.search(shown(page.text, words, found[0], head_of(words, *found)))
    if head is None or _GIVER.match(head[0]) or BENEFIT.search(head[0]):
        return ""
    return head[0]


_CAPITALS = re.compile(r"(?:[A-Z][\w&'.-]*\s)*[A-Z][\w&'-]*\Z")


def _with_of(words: list[Word], first: int, last: int) -> int:
    """Where somebody's name ends: "buyers of domestic chips | with", "sellers | in the city"."""
    end = head_of(words, first, last)
    if end < last and words[end].text == "of":
        end += 1
        while end < last and words[end].tag in ("noun", "det", "and"):
            end += 1
    return end


_REACH = 60


def _given_to(page: Page, group: list[Amount], start: int, end: int) -> str | None:
    """To or for whom: the nearest before the sum, else the first behind it; "per …" comes last."""
    first = min(one.quantity.start for one in group)
    before: list[str] = []
    behind: list[str] = []
    each: list[str] = []
    stop = page.folded.find(";", end, end + _REACH)
    stop = stop if stop > 0 else min(len(page.folded), end + 2 * _REACH)
    for match in _TO.finditer(page.folded, start, stop):
        who = _named(page, match) if match.start() < end + _REACH else None
        if who:
            counted = page.folded[match.start() : match.start() + 3].lower() in (
                "per",
                "eac",
                "eve",
            )
            (each if counted else before if match.end() <= first else behind).append(who)
    return next(iter([*before[::-1], *behind, *each]), None)


_AND = re.compile(r"\s(?:and|or)\s")
_FEW = 3
"""Words behind an "and" that are one more of those who get it: "doctors and nurses"."""
_FIRST = re.compile(r"\A(?:each|every|an?|the|any|no|one) |\s+(?:annually|yearly|each|once)\Z")


def _named(page: Page, match: re.Match[str]) -> str | None:
    """Who a preposition leads to: up to the first "and" that somebody stands before."""
    start, end = match.span("who")
    for joint in _AND.finditer(page.folded, start, end):
        behind = page.folded[joint.end() : end].split()
        others = len(behind) <= _FEW and verbs().get(behind[0]) is None if behind else False
        if not others and RECIPIENT.search(page.folded, start, joint.start()):
            end = joint.start()
            break
    who = page.folded[start:end]
    if not RECIPIENT.search(who.split(" of ")[0]) or _GIVER.match(who):
        return None
    return _FIRST.sub("", page.text[start:end])
