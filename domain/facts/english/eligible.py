"""Who an English benefit is for."""

import re

from domain.facts.amounts import Amount
from domain.facts.english.bases import BASE, BASE_BEFORE, WHAT_THEY_PAY
from domain.facts.english.giving import BENEFIT, GETTING, GIVING, HANDING
from domain.facts.english.parties import FIRST, GIVER, RECIPIENT, anybody, name_of, party
from domain.facts.english.phrases import object_of, phrase_before, subject_of
from domain.facts.english.sentence_words import place_of, words_of
from domain.facts.english.tags import Word
from domain.facts.english.verbs import verbs
from domain.facts.page import Page, Sentence

_APPLICANT = re.compile(
    r"\b(?:applicants?|eligib\w*|who (?:can|may|qualif)\w*|recipients?|beneficiar\w+"
    r"|target group|for whom|open to|users?|participants?"
    r"|(?:objects?|targets?|scope) of (?:the )?(?:\w+ )?(?:reward|award|support|subsid\w+"
    r"|grant|aid)"
    r"|(?:reward|award|support(?:ed)?|subsid\w+) (?:objects?|targets?|parties))\b"
    r"|\A(?:For|Who|Whom|Objects?|Scope|Targets?)\Z",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\b(?:to|for|per|each|every)\s(?P<who>(?:each |every |a |an |the )?[a-z][^,.;:\n\d()]{2,90}?)"
    r"(?=\s(?:that|which|who|whose|free|entitled|using|shall|must|should|cannot|has|have|had|is|are|in|at|up|with|on|capped|can|may|will|from|per|for|to"
    r"|by|of the|(?:and\s[a-z]+\s)?\d[\d,.]*|the|before|until|under|located|registered|moving"
    r"|receives?|gets?)\b|[,.;:()\n]|$)",
    re.IGNORECASE,
)


def eligible(
    page: Page,
    sentences: tuple[Sentence, ...],
    group: list[Amount],
    start: int,
    end: int,
    topic: str = "",
) -> str | None:
    """Return who can get it: a line that says so, who gets, to whom it is given, for whom."""
    for sentence in sentences:
        block = page.block_of(sentence)
        if block.label[1] and _APPLICANT.search(page.folded[slice(*block.label)]):
            return page.text[block.body : block.end].strip(" .;")
    found = _own(page, group) or _who_pays(page, group) or _who_gets(page, group)
    found = found or _given_to(page, group, start, end) or _who_does(page, group)
    found = (
        found
        or _whose_costs(page, group)
        or _asked_for(topic)
        or _before_colon(page, group)
        or _answered(page, group, topic)
    )
    return _which(page, sentences, found) if found else None


_WHICH = re.compile(
    r"\s(?:that|which|who|whose)\s[^,.;:()\n]{3,90}?"
    r"(?=\s(?:can|may|will|shall|must|should|could|would|gets?|receives?|obtains?|qualif(?:y|ies)"
    r"|is entitled|are entitled|is eligible|are eligible)\b)"
)


def _which(page: Page, sentences: tuple[Sentence, ...], who: str) -> str:
    """ "Companies | that rent computing power in the city | can have 40%": not all of them."""
    for sentence in sentences:
        at = page.text.find(who, sentence.start, sentence.end)
        clause = _WHICH.match(page.folded, at + len(who), sentence.end) if at >= 0 else None
        if clause:
            return page.text[at : clause.end()]
    return who


_WHO_CAN = re.compile(
    r"\bwho (?:can|may|is|are|qualif\w+|could)\b[^?]{0,40}\?|\b(?:is|are) (?:we|you"
    r"|i) eligible\?",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\s*(?:A(?:nswer)?\d{0,2}\s?[:.]\s?)?(?P<who>(?:All |Any |Every )?[A-Za-z][^,.;:\n]{3,60}?)"
    r"(?=\s(?:that|which|who|with|registered|located|in|from|of|may|can)\b|[,.;\n]|$)"
)
_QUESTIONS_BACK = 8


def _answered(page: Page, group: list[Amount], topic: str) -> str | None:
    """ "Who can apply? | Any AI company that …": an earlier answer among the same questions."""
    if not topic.endswith("?"):
        return None
    block = group[0].sentence.block
    for number in range(block - 1, max(0, block - _QUESTIONS_BACK), -1):
        asked = page.blocks[number - 1]
        if _WHO_CAN.search(page.folded, asked.start, asked.end):
            found = _SOMEBODY.match(page.folded, page.blocks[number].start, page.blocks[number].end)
            named = found is not None and RECIPIENT.search(found["who"])
            return FIRST.sub("", page.text[slice(*found.span("who"))]) if found and named else None
    return None


_LEADS = re.compile(
    r"(?:\([a-z\d]\)\s|\d{1,2}[.)]\s|[-*\u2022]\s)?(?P<who>[A-Z][\w' -]{3,60}?)"
    r"(?=:\s|\s(?:which|that|who|whose|with|without|of|in|from|located|registered)\b[^:.;]{0,120}:\s)"
)


def _before_colon(page: Page, group: list[Amount]) -> str | None:
    """ "Component enterprises which enter the supply chain: | RMB 600,000 each"."""
    first = min(one.quantity.start for one in group)
    block = page.block_of(group[0].sentence)
    found = _LEADS.match(page.folded, block.start, first)
    if found is None or not RECIPIENT.search(found["who"]) or BENEFIT.search(found["who"]):
        return None
    return page.text[slice(*found.span("who"))]


_ASKED_FOR = re.compile(
    r"\b(?:can|could|do|does|will|may|most|should) (?:an? |the |our "
    r"|my )?(?P<who>[a-z][\w -]{2,30}?)"
    r" (?:can |may |could |expect to )?(?:get|receive|claim|obtain|apply|draw|ask|expect|have)\b",
    re.IGNORECASE,
)


def _asked_for(topic: str) -> str | None:
    """ "What is the most | a company | can get?": the question says who."""
    found = _ASKED_FOR.search(topic)
    return found["who"] if found and RECIPIENT.search(found["who"]) else None


_OWNER = re.compile(
    r"\s(?:of|by)\s(?P<who>(?:the |their |all |any )?[A-Za-z][\w&'-]*(?: [\w&'-]+){0,3}?)"
    r"(?=\s(?:that|which|who|using|with|in|at|for|on|and|is|are|to|up|located|registered)\b"
    r"|[,.;:()\n]|$)"
)


def _whose_costs(page: Page, group: list[Amount]) -> str | None:
    """ "Half of the electricity bills | of data centres": whose costs are borne."""
    rate = next((one for one in group if one.role == "rate"), None)
    if rate is None:
        return None
    base = BASE.match(page.folded, rate.quantity.end, rate.sentence.end)
    base = base or BASE_BEFORE.search(page.folded, rate.sentence.start, rate.quantity.start)
    if base is None:
        return None
    found = _OWNER.search(page.folded, base.start("base"), rate.sentence.end)
    near = found is not None and found.start() <= base.end("base")
    if not found or not near or not RECIPIENT.search(found["who"]):
        return None
    return FIRST.sub("", page.text[slice(*found.span("who"))])


def _who_pays(page: Page, group: list[Amount]) -> str | None:
    """ "Half of what local firms pay": whose expense it is gets a part of it back."""
    for one in group:
        paid = WHAT_THEY_PAY.match(page.folded, one.quantity.end, one.sentence.end)
        if paid and one.role == "rate" and RECIPIENT.search(paid["who"]):
            return page.text[slice(*paid.span("who"))].strip()
    return None


def _who_does(page: Page, group: list[Amount]) -> str | None:
    """ "Where an enterprise trains a model, 30% shall be subsidised": who meets the condition."""
    words = words_of(page, group[0].sentence)
    for at, word in enumerate(words):
        if word.tag == "if" and word.text in ("where", "if", "when"):
            end = at + 1
            while end < len(words) and (
                words[end].tag in ("noun", "det") or words[end].text == "of"
            ):
                end += 1
            return _what_it_is(page, words, end) or party(page, words, (at + 1, end), given=True)
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
    return party(page, words, (at + 1, end), given=True) if named else ""


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
    who = party(page, words, _last_part(words, here))
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
            who = party(page, words, subject_of(words, at))  # "have 40% of the cost reimbursed"
            if who:
                return who
        if word.tag not in ("verb", "part") or word.verb is None:
            continue
        passive = "ing" not in word.verb.forms and any(
            one.text in ("is", "are", "be", "been", "was", "were")
            for one in words[max(0, at - 3) : at]
        )
        gives = word.verb.lemma in GIVING | HANDING
        hopes = word.verb.lemma in _HOPING and words[at - 1].text in ("can", "may", "could", "will")
        if word.verb.lemma not in GETTING and not (gives or hopes):
            continue
        active = gives and not passive
        found = object_of(words, at, last or len(words)) if active else subject_of(words, at)
        served = passive and word.verb.lemma in _SERVING
        gets = hopes or (
            word.verb.lemma in GETTING and (not passive or word.verb.lemma == "entitle")
        )
        who = party(page, words, found, given=active or served or word.verb.lemma in GETTING)
        who = who or (anybody(page, words, found) if gets else "")
        who = who or (name_of(page, words, found) if gets or served else "")
        if not who and active and word.verb.lemma in ("pay", "deduct", "offset"):
            who = party(page, words, subject_of(words, at))  # "tenants pay 30% of the rent"
        if who:
            return who
    return _whose(page, words)


def _whose(page: Page, words: list[Word]) -> str | None:
    """ "An enterprise | whose revenue first exceeds 100 million is rewarded"."""
    at = next((n for n, word in enumerate(words) if word.text == "whose"), 0)
    return party(page, words, phrase_before(words, at), given=True) or None if at else None


_HOPING = frozenset(("count", "expect", "bank", "reckon", "ask"))
""" "Bases on the list can | count on 50 million"."""
_SERVING = frozenset(
    ("compensate", "reimburse", "reward", "refund", "entitle", "exempt", "support", "pay", "give")
)
"""Whoever has this done to him gets something, be he a bank or a zone."""
_HAVE = 2
"""Words before an amount within which "have" means that it is had paid."""


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
    if not RECIPIENT.search(who.split(" of ")[0]) or GIVER.match(who):
        return None
    return FIRST.sub("", page.text[start:end])
