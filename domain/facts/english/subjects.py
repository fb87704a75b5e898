"""What a number is about in English: the noun behind it, or what its verb is said of."""

import re

from domain.facts.about import Subject
from domain.facts.english.behind import COMPARED
from domain.facts.english.labelled import LONGEST, behind_marks, clause_start, of_label
from domain.facts.english.measured import (
    MOVED,
    OPENING,
    distributed,
    measured_by,
    said_of,
    word_before,
)
from domain.facts.english.phrases import (
    chain,
    shown,
    verb_before,
)
from domain.facts.english.questions import asked_of
from domain.facts.english.sentence_words import place_of, words_of
from domain.facts.english.tags import Word
from domain.facts.english.topics import done_with_it, spoken_of
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import words as listed_words

_LONGEST_OWNER = 60


_LONGEST_CLAUSE = 400
"""Characters before a number in which its clause begins: time stays bounded."""


_CHANGE = listed_words("en", "nouns_of_change")


_GENERIC = listed_words("en", "generic_nouns")


def subject(
    page: Page, sentence: Sentence, quantity: Quantity, floor: int, memory: Subject | None
) -> Subject | None:
    """Return the subject of a quantity of an English sentence, or None where nothing says it."""
    labelled = of_label(page, sentence, quantity)
    if labelled:
        return labelled
    words = words_of(page, sentence)
    at = place_of(words, quantity)
    if at is None:
        return None
    begin = max(sentence.start, quantity.start - _LONGEST_CLAUSE)
    clause = clause_start(page.folded, begin, floor, quantity.start)
    if quantity.kind == "count" and quantity.counter:
        return _counting(page, words, at, quantity, clause, memory)
    owner, measure, end = measured_by(page, words, at, quantity)
    if memory is not None and _changes(words, at, quantity, measure):
        owner, measure = "", memory.text
    owned = gapped(page, words, at) if memory is not None else ""
    if memory is not None and owned and measure.endswith(("'s", owned)):
        owner, measure = owned, memory.text.partition(": ")[2] or _without_owner(memory.text)
    text = _composed(owner, measure) or _carried_on(page, words, at, quantity, memory)
    text = text or asked_of(page, sentence) or spoken_of(page, sentence, words, at)
    if not text:
        return None
    return Subject(
        text=text[:LONGEST],
        owner=(owner or text)[:LONGEST],
        counted=_counted(measure or text, memory, words, at) if quantity.kind == "count" else None,
        start=behind_marks(page.folded, clause),
        end=max(end, quantity.end),
        clause=(clause, quantity.start),
        certain=bool(measure),
        investor=_payer(page, words, at),
        kind=quantity.kind,
    )


def _carried_on(
    page: Page, words: list[Word], at: int, quantity: Quantity, memory: Subject | None
) -> str:
    """Of what was spoken of before; a sum that is a subject itself is what was done with it."""
    if _is_own_deed(words, at):
        return ""
    own = done_with_it(page, words, at)
    if own and quantity.kind == "money" and (memory is None or memory.kind != "money"):
        return own
    return memory.text if memory else own


_DEEDS = listed_words("en", "own_deeds")


def _is_own_deed(words: list[Word], at: int) -> bool:
    """ "It lost 214 million": of whom the sentence before speaks, not of its figure."""
    verb = verb_before(words, at)
    known = words[verb].verb if verb is not None else None
    pronoun = verb is not None and words[chain(words, verb) - 1].text in ("it", "they", "he", "she")
    return pronoun and known is not None and known.lemma in _DEEDS


def _changes(words: list[Word], at: int, quantity: Quantity, measure: str) -> bool:
    """ "Up 12 percent", "an increase of", "12 percent higher": said of the figure before it."""
    if quantity.kind not in ("percent", "times", "money", "count"):
        return False
    left = word_before(words, at)
    if left >= 0 and words[left].text in MOVED:
        return left == 0 or words[left - 1].text in OPENING or words[left - 1].tag == "aux"
    named = left > 0 and words[left].text == "of" and words[left - 1].text in _CHANGE
    ahead = words[at + 1].text if at + 1 < len(words) else ""
    return named or (quantity.kind == "percent" and ahead in COMPARED and not measure)


def _composed(owner: str, measure: str) -> str:
    """The thing and what is measured of it: "second phase: floor area"."""
    if not owner or owner.lower() in measure.lower():
        return measure
    if not measure or measure.lower() in owner.lower():
        return owner
    return f"{owner[:_LONGEST_OWNER]}: {measure}"


def _counting(
    page: Page,
    words: list[Word],
    at: int,
    quantity: Quantity,
    clause: int,
    memory: Subject | None,
) -> Subject:
    text = quantity.counter
    shared = distributed(page, words, at)[0]
    if shared:
        text = _composed(shared, text)
    elif text.split()[-1].lower() in _GENERIC or _is_carried(page, quantity):
        verb = verb_before(words, at)
        owner = said_of(page, words, verb) if verb is not None else ""
        owner = gapped(page, words, at) or owner
        text = _composed(owner or (memory.text if memory else ""), text)
    return Subject(
        text=text[:LONGEST],
        owner=text[:LONGEST],
        counted=quantity.counter,
        start=behind_marks(page.folded, clause),
        end=quantity.end,
        clause=(clause, quantity.start),
        certain=True,
    )


def _without_owner(text: str) -> str:
    """ "Xi'an's AI industry" without whose it is; nothing of a mere name."""
    return text.rpartition("'s ")[2] if "'s " in text else ""


def gapped(page: Page, words: list[Word], at: int) -> str:
    """ "Xi'an has 312 firms, | Chengdu | 921": whose it is, where the verb is left out."""
    first = at
    while first > 0 and (words[first - 1].tag == "noun" or words[first - 1].text == "'s"):
        first -= 1
    opens = 0 < first < at and words[first - 1].text in (",", "and", ";")
    named = opens and page.text[words[first].start].isupper()
    return shown(page.text, words, first, at).removesuffix("'s") if named else ""


def _is_carried(page: Page, quantity: Quantity) -> bool:
    """Whether what is counted was said before, and not right at the number."""
    return quantity.counter not in page.folded[quantity.number_start : quantity.end + _BESIDE]


_BESIDE = 12
_OWN_COUNT = re.compile(
    r"\b(?:employment|workforce|head ?count|membership|enrol?ment|fleet|output|production"
    r"|attendance"
    r"|capacity|population|traffic)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\b(?:[A-Za-z]+[a-z](?<!s)s|people|staff)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\b(?:number|total|count|tally) of (?P<noun>.+)\Z", re.IGNORECASE)


def _counted(text: str, memory: Subject | None, words: list[Word], at: int) -> str | None:
    """What a bare number counts: "the number of | AI firms", those of before, else its subject."""
    found = _NUMBER_OF.search(text)
    if found:
        return found["noun"]
    of_them = at + 1 < len(words) and words[at + 1].text == "of"
    part = at > 0 and words[at - 1].text in ("including", "of", "which", ",", "and")
    if memory and memory.counted and (of_them or part):
        return memory.counted
    if _OWN_COUNT.search(text):
        return text  # "employment in the sector exceeded 680,000"
    if memory and memory.counted and not _PLURAL.search(text):
        return memory.counted  # "Hangzhou counts 2,100"
    telling = re.search(r"[a-z]{2,}", text) and not text.lower().endswith(("total", "number"))
    return text if telling or not (memory and memory.counted) else memory.counted


def _payer(page: Page, words: list[Word], at: int) -> str:
    """Who puts the money in: the subject of a verb of paying."""
    verb = verb_before(words, at)
    return said_of(page, words, verb) if verb is not None and _pays(words, verb) else ""


def _pays(words: list[Word], verb: int) -> bool:
    known = words[verb].verb
    lemma = known.lemma if known else ""
    passive = not (known and "ing" in known.forms) and any(
        word.text in ("is", "are", "was", "were", "been", "be")
        for word in words[chain(words, verb) : verb]
    )
    return not passive and lemma in _PAYING


_PAYING = listed_words("en", "paying_verbs")
