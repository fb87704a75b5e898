"""What stands around an amount: its clause, its verb, whether under an "if", whether past."""

import re
from dataclasses import dataclass

from domain.facts.english.giving import GETTING, GIVING, HANDING, STILL
from domain.facts.english.sentence_words import place_of, words_of
from domain.facts.english.tags import Word
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import words as listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around an amount."""

    label: str
    """Of its line, where that is a pair."""
    topic: str
    """Of the lines above it."""
    before: str
    """Of its clause, before it."""
    after: str
    """Of its sentence, behind it."""
    lead: str
    """Of its sentence, before its clause."""
    verb: Word | None
    """The verb that governs it."""
    conditional: bool
    """Between its verb of giving and itself stands an "if" or a "whose"."""
    past: bool
    least: bool = False
    """It is a least: "no less than"."""
    told: str = ""
    """What its paragraph said before its sentence."""
    later: str = ""
    """What its paragraph says behind its sentence."""
    gapped: bool = False
    """It goes on from the sum before it without a verb: "experts get A, graduates B"."""

    @property
    def lemma(self) -> str:
        """The base form of the verb that governs the amount; empty where none does."""
        return self.verb.verb.lemma if self.verb and self.verb.verb else ""


_CLAUSE = re.compile(r"(?<!max)(?<!min)[,;:.(]\s|\n|\(|\s-{1,2}\s")


_SHOWN = 90
_TOLD = 300
_LATER = 160


def around(page: Page, sentence: Sentence, quantity: Quantity, topic: str) -> Around:
    """Return the surroundings of an amount."""
    block = page.block_of(sentence)
    left = page.folded[sentence.start : quantity.start]
    cut = max((found.end() for found in _CLAUSE.finditer(left)), default=0)
    words = words_of(page, sentence)
    at = place_of(words, quantity)
    verb, conditional, past = _governing(words, at) if at is not None else (None, False, False)
    label = page.folded[slice(*block.label)]
    ahead = page.quantities_in(sentence.start, sentence.start + cut)
    named = all(one.kind != "money" for one in ahead)
    if left[:cut].rstrip().endswith(":") and named:
        label = f"{label} {left[:cut]}"
    return Around(
        label=label,
        topic=topic,
        before=left[cut:] + page.folded[quantity.start : quantity.number_start],
        after=page.folded[quantity.end : min(sentence.end, quantity.end + _SHOWN)],
        lead=left[:cut],
        verb=verb,
        conditional=conditional,
        past=past,
        least=quantity.comparator in ("ge", "gt"),
        later=page.folded[sentence.end : min(block.end, sentence.end + _LATER)],
        told=page.folded[max(block.start, sentence.start - _TOLD) : sentence.start],
        gapped=at is not None and _goes_on(words, at),
    )


_SUM = re.compile(r"yuan|rmb|cny|[$%]|percent|usd|dollar")


def _goes_on(words: list[Word], at: int) -> bool:
    """Whether nothing but nouns stands between the sum before and this one."""
    if _is_next_party(words, at):
        return True
    for here in range(at - 1, max(-1, at - 20), -1):
        word = words[here]
        if word.tag == "number" and _SUM.search(word.text):
            return True
        if (
            word.text == ";"
        ):  # "at national level, 5 million is given; at provincial level, 2 million"
            earlier = words[max(0, here - 30) : here]
            return any(one.tag == "number" and _SUM.search(one.text) for one in earlier)
        if word.tag in ("verb", "aux", "rel") or word.text == ":":
            return _is_next_case(words, here, at)
    return False


_NEAR_SUM = 16
_LONGEST_PARTY = 5


def _is_next_party(words: list[Word], at: int) -> bool:
    """ "Small ones get 40 percent of what they spend, large ones | 20 percent"."""
    comma = at - 1
    while comma > 0 and words[comma].tag in ("noun", "det", "pron", "adv"):
        comma -= 1
    if not 0 < at - 1 - comma <= _LONGEST_PARTY or words[comma].text != ",":
        return False
    earlier = words[max(0, comma - _NEAR_SUM) : comma]
    return any(one.tag == "number" and _SUM.search(one.text) for one in earlier)


def _is_next_case(words: list[Word], verb: int, at: int) -> bool:
    """ "For each standard 1 million; where it leads a national one, | 500,000": the next case."""
    if words[at - 1].text != ",":
        return False
    for here in range(verb, max(0, verb - 16), -1):
        if words[here].tag in ("if", "prep") and words[here - 1].text == ";":
            earlier = words[max(0, here - 30) : here]
            return any(one.tag == "number" and _SUM.search(one.text) for one in earlier)
    return False


def _governing(words: list[Word], at: int) -> tuple[Word | None, bool, bool]:
    """The verb before an amount (else the one behind it), whether under an "if", whether past."""
    conditional = crossed = False
    for here in range(at - 1, max(-1, at - 40), -1):
        word = words[here]
        if word.text in (";", ":"):
            break
        crossed = crossed or word.text == ","
        if word.tag == "rel" and words[here - 1].text == "of":
            break  # "of which 200 million yuan is reserved"
        if word.tag == "rel" and _is_said(words, here):
            break  # "added that 1.2 billion yuan had been set aside"
        if word.tag in ("if", "rel") and not crossed:
            conditional = True
            break
        if word.tag == "aux" and word.text in ("have", "has", "get") and here >= at - 2:
            return None, False, False  # "factories have 40% of the rent paid"
        if word.tag == "aux" and word.text in ("is", "are", "be") and _is_copula(words, here):
            return None, not crossed and _under_if(words, here), False
        if _is_passed(words, here, at, crossed):
            continue
        if word.tag in ("verb", "part", "ing") and word.verb and _governs(word):
            gives = word.verb.lemma in GIVING | HANDING | GETTING
            asked = not crossed and not gives and _under_if(words, here)
            return word, asked, _is_past(words, here)
    behind = _verb_behind(words, at)
    return (
        (words[behind], conditional, _is_past(words, behind))
        if behind
        else (None, conditional, False)
    )


def _is_passed(words: list[Word], here: int, at: int, crossed: bool) -> bool:
    """Whether a verb between the sum and its own is that of an inserted clause."""
    word = words[here]
    if word.verb and word.verb.lemma == "apply" and words[here + 1].tag == "to":
        return True  # "450 million will be applied | to the purchase"
    if not crossed or word.tag != "verb":
        return False
    if _closes_case(words, here, at):
        return True  # "where an enterprise rents a workplace, | 40 yuan shall be subsidized"
    # "the party that built it at 25 percent, | with 1 million as the limit"
    return here > 0 and words[here - 1].tag == "rel"


def _closes_case(words: list[Word], verb: int, at: int) -> bool:
    """Whether a verb belongs to an "if" before the comma, and another stands behind the sum."""
    return _under_if(words, verb) and _verb_behind(words, at) is not None


_SAYING = listed("en", "saying_verbs")


def _is_said(words: list[Word], that: int) -> bool:
    before = words[that - 1] if that else None
    known = before.verb if before is not None and before.tag != "noun" else None
    return known is not None and known.lemma in _SAYING


def _is_copula(words: list[Word], at: int) -> bool:
    """ "Will be eligible for", and no auxiliary of another verb."""
    behind = next((one for one in words[at + 1 : at + 4] if one.tag not in ("adv", "not")), None)
    return behind is not None and behind.tag == "noun"


def _verb_behind(words: list[Word], at: int) -> int | None:
    """ "2 million yuan | will be paid": a verb with its auxiliary."""
    for here in range(at + 1, min(len(words), at + 30)):
        word = words[here]
        if word.text in (";", ".") or word.tag in ("rel", "if"):
            return None
        if word.verb and word.verb.lemma == "apply":
            continue
        if word.tag == "verb" and word.verb and any(w.tag == "aux" for w in words[here - 3 : here]):
            return here
    return None


def _governs(word: Word) -> bool:
    """A participle inside a noun phrase ("laboratories working on") takes no amount of its own."""
    return word.tag == "verb" or (word.verb is not None and word.verb.lemma in GIVING | HANDING)


def _under_if(words: list[Word], verb: int) -> bool:
    """Whether a verb stands in a clause with "if", "where", "whose", "that"."""
    for here in range(verb - 1, max(-1, verb - 24), -1):
        if words[here].text in (",", ";", ":") or words[here].tag == "verb":
            return False
        if words[here].tag in ("if", "rel"):
            return True
    return False


def _helping(words: list[Word], verb: int) -> int | None:
    """ "Has helped | 61,000 firms secure loans": the verb whose time a bare one shares."""
    if words[verb - 1].tag not in ("noun", "pron", "number"):
        return None
    for here in range(verb - 1, max(-1, verb - 14), -1):
        word = words[here]
        if word.text in (",", ";", ":") or word.tag in ("rel", "if", "aux"):
            return None
        if word.tag in ("verb", "part", "ing") and word.verb:
            return here if word.verb.lemma in ("help", "let", "make", "see") else None
    return None


def _is_past(words: list[Word], verb: int) -> bool:
    """Told of the past: "paid", "was redeemed", "has received"."""
    own = words[verb].verb
    if own is None or own.lemma in STILL or (verb and words[verb - 1].text in (",", "(")):
        return False
    before = [
        one.text for one in words[max(0, verb - 4) : verb] if one.tag in ("aux", "not", "adv")
    ]
    helped = None if before or "base" not in own.forms else _helping(words, verb)
    if helped is not None:
        return _is_past(words, helped)
    if before:
        return any(text in ("was", "were", "had", "has", "have", "did") for text in before)
    return words[verb].tag == "verb" and "past" in own.forms and "base" not in own.forms
