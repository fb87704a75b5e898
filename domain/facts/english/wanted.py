"""Which numbers of an English page state something about the world."""

import re

from domain.facts.english.giving import NOT_COVERED, PAID_IN_PARTS
from domain.facts.english.sentence_words import once
from domain.facts.english.tags import Word
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import words as listed
from domain.text.sought import Sought

_CONDITIONS = Sought(
    r"\b(?:applicants?|eligib\w*|who (?:can|may)|qualif\w*"
    r"|(?<!general )(?<!overall )(?<!basic )requirements?|conditions?|co-funding"
    r"|contact|how to (?:read|apply))\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"(?:For (?:example|instance)|Suppose|Imagine|E\.g\.|Say,)\b")
_REQUIRED = Sought(
    r"\b(?:applicants?|companies|enterprises?|firms?|bidders?|candidates?|teams?|projects?|they"
    r"|start-?ups|operators|recipients|tenants|partners|consorti(?:a|um)|universities|institutions)\s"
    r"(?:\w+ ){0,2}(?:must|shall|should|need to|have to|has to|are required to)\s(?:also |not )?"
    r"(?:have|be|employ|hold|show|own|spend|possess|prove|put up|put in|contribute|bring"
    r"|commit|invest|raise|deposit)\b",
    re.IGNORECASE,
)
_GROWS = frozenset(("up", "by", "nearly", "almost", "about"))


def is_wanted(
    page: Page, sentence: Sentence, quantity: Quantity, words: list[Word], at: int
) -> bool:
    """Whether a number is a fact, and no condition, base value, example or mere length of time."""
    if quantity.kind == "duration" or (quantity.kind == "times" and not _is_growth(words, at)):
        return False
    if _is_condition(page, sentence) or _EXAMPLE.match(page.folded, sentence.start):
        return False
    start, end = sentence.start, sentence.end
    required = once(page, "required", start, end, lambda: _REQUIRED.search(page.folded, start, end))
    if required is not None and required.end() <= quantity.start:
        return False
    if quantity.kind == "count" and _is_field(words, at):
        return False
    least = quantity.comparator not in ("eq", "approx", "range")
    if least and NOT_COVERED.match(page.folded, quantity.end, sentence.end):
        return False
    if _is_instalment(page, sentence, quantity) or _is_rule(page, sentence, quantity):
        return False
    if _is_of_a_kind(words, at, quantity):
        return False
    return not (_is_base(words, at, quantity) or _says_which(words, at, quantity))


_INSTALMENT = re.compile(
    r"\b(?:instal+ments?|tranches|in (?:two|three|four|several) (?:steps|stages|parts"
    r"|payments)|upon (?:\w+ )?(?:approval|acceptance|signature|signing|completion"
    r"|delivery)|on (?:approval|acceptance|signature|signing|completion|delivery)"
    r"|after (?:approval|acceptance|signature|signing|delivery))\b",
    re.IGNORECASE,
)


def _is_instalment(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """ "60% upon approval and 40% upon acceptance": in which parts a sum is paid."""
    if quantity.kind != "percent":
        return False
    if PAID_IN_PARTS.match(page.folded, quantity.end, sentence.end):
        return True
    start, end = sentence.start, sentence.end
    found = once(page, "parts", start, end, lambda: _INSTALMENT.search(page.folded, start, end))
    paid = once(page, "paid", start, end, lambda: _PAID.search(page.folded, start, end))
    return found is not None and (paid is not None or 0 <= found.start() - quantity.end < _CLOSE)


_PAID = re.compile(r"\b(?:pa(?:id|y|ys|yable)|disburse\w*|release[sd]?|transfer\w*|remit\w*)\b")
_CLOSE = 12


_RULE = re.compile(
    r"(?:\b(?i:each|every|any|one|a single|an) (?:[\w-]+ ){1,3}(?:may|can|must|shall)\b"
    r"|\b(?:no [\w-]+|nobody) (?:may|can|shall|must)\b"
    r"|\b(?:[Ff]ines?|[Pp]enalt(?:y|ies))\b(?! (?:of|total)[^.;]{0,40}\bw(?:as|ere)\b)"
    r"|\bwithout (?:an? )?(?:tender|licen[cs]e|permit)\b)",
)
_FINED = re.compile(r"\b(?:imposed|paid|fined|totall?ed|totall?ing|collected|levied)\b")


def _is_rule(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """ "Each district may recommend five", "fines range from …": what is allowed, not what is."""
    if quantity.kind not in ("count", "money") or quantity.comparator in ("ge", "gt"):
        return False
    start, end = sentence.start, sentence.end
    found = once(page, "rule", start, end, lambda: _RULE.search(page.folded, start, end))
    if found is None or (found.start() > quantity.start and "without" not in found.group()):
        return False
    return not _FINED.search(page.folded, start, end)


_HAVING = frozenset(("with", "having", "employing", "of", "worth", "for", "above", "below"))
_PAPERS = frozenset(("bonds", "notes", "securities", "shares", "debentures"))
""" "Bonds of up to 1.2 billion" are issued once: no kind of bonds."""
_ANY = frozenset(("any", "each", "every", "no", "all", "other", "those"))


def _is_of_a_kind(words: list[Word], at: int, quantity: Quantity) -> bool:
    """ "Firms with fewer than 200 staff", "teams of up to six": it says which, or what is allowed.

    A bare plural is a kind of things; "two parks with more than 200 firms" are some of them.
    """
    if quantity.comparator not in ("lt", "le", "ge", "gt") or at < 2:
        return False
    if words[at - 1].text not in _HAVING or not _is_bare_plural(words, at - 1):
        return False
    if quantity.kind == "money" and words[at - 2].text in _PAPERS:
        return False
    return quantity.comparator in ("lt", "le") or _is_ruled(words, at)


def _is_bare_plural(words: list[Word], end: int) -> bool:
    """Whether right before a word stands a plural noun without article, number or name."""
    noun = words[end - 1]
    if noun.tag != "noun" or not noun.text.endswith("s") or noun.text.endswith("ss"):
        return noun.text in ("those", "people") and end > 0
    first = end - 1
    while first > 0 and words[first - 1].tag == "noun" and words[first - 1].text.isalpha():
        first -= 1
    if first == 0:
        return True
    before = words[first - 1]
    return before.text in _ANY or before.tag in ("mark", "prep", "to", "rel", "and", "adv", "verb")


def _is_ruled(words: list[Word], at: int) -> bool:
    """Whether a rule is told of it: "must", "may", "shall" stands behind."""
    for word in words[at + 1 : at + 16]:
        if word.text in ("must", "may", "shall", "can", "should", "qualify"):
            return True
        if word.text in (";", ".") or word.tag == "number":
            return False
    return False


_RANKING = frozenset(("rank", "place", "finish", "come", "list"))
_RANKS = re.compile(
    r"\d{1,4}(?:st|nd|rd|th)\Z|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|top)\Z"
)


def _is_field(words: list[Word], at: int) -> bool:
    """ "Ranked 4th among 50 cities": how many were ranked is no fact of its own."""
    if at < 2 or words[at - 1].text not in ("among", "of"):
        return False
    before = words[max(0, at - 6) : at - 1]
    ranked = any(
        word.verb and word.tag != "noun" and word.verb.lemma in _RANKING for word in before
    )
    return ranked and any(_RANKS.match(word.text) for word in before)


def _is_growth(words: list[Word], at: int) -> bool:
    """ "Rose three times", "four times as many": not "three times a week"."""
    following = [word.text for word in words[at + 1 : at + 3]]
    verb = next((w for w in reversed(words[max(0, at - 3) : at]) if w.tag == "verb"), None)
    grows = verb is not None and verb.verb is not None and verb.verb.lemma in _CHANGING
    return grows or following[:1] == ["as"] or following[:1] == ["the"]


_CHANGING = (listed("en", "moving_verbs") | {"increase", "multiply", "improve", "expand"}) - {
    "exceed"
}


_COMPARING = frozenset(("vs", "vs.", "versus", "against"))
_YEAR_AGO = re.compile(r"(?:a|one) year (?:ago|earlier|before|prior)")


def _is_base(words: list[Word], at: int, quantity: Quantity) -> bool:
    """ "From 18 percent to 23 percent", "up from 17": where something came from."""
    left = at - 1
    while left >= 0 and (words[left].tag in ("adv", "det") or words[left].text == "estimated"):
        left -= 1
    compared = left >= 0 and words[left].text in _COMPARING
    if compared and at + 1 < len(words) and _YEAR_AGO.fullmatch(words[at + 1].text):
        return True  # "vs 2.41 billion yuan | a year ago"
    if left < 0 or words[left].text != "from":
        return False
    if left > 0 and words[left - 1].text in ("up", "down"):
        return True
    following = words[at + 1 : at + 8]
    onward = next((n for n, word in enumerate(following) if word.tag == "to"), None)
    changed = onward is not None and any(word.tag == "number" for word in following[onward:])
    earlier = any(word.tag == "number" for word in words[max(0, left - 6) : left])
    of_others = quantity.kind == "count" and bool(quantity.counter)
    return changed or (earlier and not of_others)  # "1,200 guests from 14 countries"


def _is_of_each(words: list[Word], at: int) -> bool:
    """ "36 of which each involve more than 1 billion": it says which ones are counted."""
    for here in range(at - 1, max(0, at - 6), -1):
        if words[here].text == "each":
            return words[here - 1].tag == "number" or words[here - 1].tag == "noun"
        if words[here].tag == "mark":
            return False
    return False


def _says_which(words: list[Word], at: int, quantity: Quantity) -> bool:
    """ "Firms whose revenue exceeds 20 million": the sum says which firms are meant."""
    if quantity.kind not in ("money", "percent") or quantity.comparator not in ("gt", "ge", "lt"):
        return False
    if _is_of_each(words, at):
        return True
    for here in range(at - 1, max(-1, at - 9), -1):
        word = words[here]
        if word.tag in ("verb", "aux") or word.text in (",", ";", ":"):
            return word.tag != "mark" and _under_whose(words, here)
        if word.text in ("whose", "where", "if"):
            return True
        if word.text in ("with", "having", "above", "below") and here:
            return _is_counted(words, here)
    return False


def _under_whose(words: list[Word], verb: int) -> bool:
    return any(word.text in ("whose", "where", "if") for word in words[max(0, verb - 6) : verb])


def _is_counted(words: list[Word], here: int) -> bool:
    """ "Ten with annual sales above", "an enterprise with": a noun or a count right before."""
    before = words[here - 1]
    opened = here < 2 or words[here - 2].tag in ("det", "number", "noun", "adv")
    return before.tag == "number" or (before.tag == "noun" and opened and here < 5)


_OF_RULE = re.compile(
    r"\b(?:who|for whom|quota|prizes?|team size)(?=\s*$|\s*\()",
    re.IGNORECASE | re.MULTILINE,
)
""" "Who: teams of up to six": what a call sets."""


def _is_condition(page: Page, sentence: Sentence) -> bool:
    """What an applicant has to be is no fact about the world."""
    block = page.block_of(sentence)
    if _CONDITIONS.search(page.folded, *block.label) or _OF_RULE.search(page.folded, *block.label):
        return True
    if block.kind not in ("item", "pair", "clause"):
        return False
    for number in range(sentence.block - 1, max(-1, sentence.block - 9), -1):
        above = page.blocks[number]
        if above.kind == "heading":
            return bool(_CONDITIONS.search(page.folded, above.start, above.end))
    return False
