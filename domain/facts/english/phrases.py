"""Noun phrases and verbs of an English sentence: who does what, seen from a word of it."""

import re

from domain.facts.english.tags import Word
from domain.facts.rules import words as listed_words

_IN_PHRASE = ("noun", "det", "number", "prep", "adv", "part", "ing", "and", "pron")
_FARTHEST = 40
"""Words over which a phrase or a verb is looked for: the work for a number is bounded."""
_JOINING = ('"', "-", "'", "'s", "/", "&")


def verb_before(words: list[Word], at: int) -> int | None:
    """Return the verb (or participle) that governs a word, None where there is none."""
    for here in range(at - 1, max(-1, at - _FARTHEST), -1):
        word = words[here]
        if word.tag in ("verb", "aux", "part", "ing"):
            return here
        if word.text in (";", ":", "(", "--") or word.tag in ("rel", "if"):
            return None
    return None


def chain(words: list[Word], verb: int) -> int:
    """Return where the verb's chain begins: "is expected to | reach", "plans to | build"."""
    at = verb
    while at > 0 and words[at - 1].tag in ("aux", "adv", "not", "to", "verb"):
        at -= 1
    while at < verb and words[at].tag == "adv":
        at += 1
    return at


def subject_of(words: list[Word], verb: int) -> tuple[int, int] | None:
    """Return the words [first, last) of the noun phrase that a verb belongs to."""
    at = chain(words, verb)
    for _ in range(_FARTHEST):
        if at <= 0:
            return _following(words, verb) if words[verb].tag in ("part", "ing") else None
        before = words[at - 1]
        if before.text == "," and words[verb].tag in ("part", "ing") and _opens(words, at - 1):
            return phrase_before(words, at - 1)
        if before.text == "," and words[verb].tag in ("part", "ing") and _is_aside(words, verb):
            return phrase_before(words, at - 1)
        if before.tag in ("and", "to"):
            return _earlier(words, at - 1, verb)
        further = _skipped(words, at)
        if further is None:
            return _earlier(words, at - 1, verb)
        if further == at:
            break
        at = further
    outer = _outer(words, at)
    if outer is not None:
        return subject_of(words, outer)
    found = phrase_before(words, at)
    if found is None:
        return _earlier(words, at, verb)
    return _antecedent(words, found[0]) or found


def _outer(words: list[Word], at: int) -> int | None:
    """The verb whose subject does what stands behind a "to"."""
    if words[at].tag != "to":
        return None
    earlier = and_to(words, at)
    return earlier if earlier is not None else _agent(words, at) or _of_deed(words, at)


def and_to(words: list[Word], to: int) -> int | None:
    """ "Intends to gather 1,000 firms …, and | to keep": the verb of the "to" before."""
    if to == 0 or words[to - 1].tag != "and":
        return None
    for here in range(to - 2, max(0, to - _FARTHEST), -1):
        if words[here].text in (";", ":"):
            return None
        if words[here].tag == "to" and words[here + 1].tag == "verb":
            return here + 1
    return None


def _of_deed(words: list[Word], to: int) -> int | None:
    """ "Moonshot is in talks | to raise": who does the deed whose noun stands before."""
    if to == 0 or words[to - 1].text not in _DEEDS:
        return None
    outer = verb_before(words, to)
    return outer if outer is not None and outer > to - _LONGEST_ASIDE else None


_DEEDS = listed_words("en", "deed_nouns")


def _opens(words: list[Word], comma: int) -> bool:
    """ "The base, | built with …": nothing but a noun phrase stands before."""
    return not _verbal(words, max(0, comma - 12), comma) and comma < 12


def _is_aside(words: list[Word], verb: int) -> bool:
    """ "The first fines, | totalling 1.4 million, | were": the finite verb is still to come."""
    for at in range(verb + 1, min(len(words) - 1, verb + _LONGEST_ASIDE)):
        if words[at].tag in ("verb", "aux"):
            return False
        if words[at].text == "," and words[at + 1].tag in ("verb", "aux"):
            return True
    return False


_LONGEST_ASIDE = 16


def _agent(words: list[Word], to: int) -> int | None:
    """ "Output is forecast | by the association | to reach": the passive verb before its agent."""
    for here in range(to - 1, max(0, to - _LONGEST_ASIDE), -1):
        if words[here].text == "by":
            return here - 1 if words[here - 1].tag == "verb" else None
        if words[here].tag not in ("noun", "det", "prep", "and"):
            return None
    return None


def _skipped(words: list[Word], at: int) -> int | None:
    """Where the subject may end before a time, an adverb, an insertion, a "that"; None: nowhere."""
    before = words[at - 1]
    if before.tag == "time" or (before.tag == "adv" and before.text != "home"):
        return at - 1
    if before.text == ",":
        return _inserted(words, at - 1)
    if before.text == ")":
        return _opening(words, at - 1)
    if before.tag == "rel":
        return at - 2 if at > 1 and words[at - 2].text == "," else at - 1
    return at


def _antecedent(words: list[Word], first: int) -> tuple[int, int] | None:
    """ "Firms that buy computing power | are": the subject stands before the relative clause."""
    verbal = False
    for here in range(first - 1, max(-1, first - 30), -1):
        word = words[here]
        if word.text in (",", ";", ":", "("):
            return None
        if word.tag == "rel" or word.text == "whose":
            said = verbal or (word.text == "who" and here + 1 < first)
            return phrase_before(words, here) if said else None
        verbal = verbal or word.tag in ("verb", "aux")
        if word.tag == "if":
            return None
    return None


def _earlier(words: list[Word], at: int, verb: int) -> tuple[int, int] | None:
    """ "Output rose and | exceeded", "the goal is | to reach": the subject of the verb before."""
    for here in range(at - 1, max(-1, at - _FARTHEST), -1):
        if words[here].text in (";", ":"):
            return None
        if words[here].tag in ("verb", "aux") and here != verb:
            return subject_of(words, here)
    return _following(words, verb) if words[verb].tag in ("part", "ing") else None


def _following(words: list[Word], verb: int) -> tuple[int, int] | None:
    """ "Covering 60 hectares, | the park | is …": the subject stands behind the comma."""
    comma = next((at for at in range(verb, len(words)) if words[at].text == ","), None)
    if comma is None:
        return None
    last = comma + 1
    while last < len(words) and words[last].tag in ("noun", "det", "number", "and", "time"):
        last += 1
    last = min(last, comma + 12)
    return (comma + 1, last) if last > comma + 1 else None


def _inserted(words: list[Word], comma: int) -> int | None:
    """Where a phrase between two commas begins: "the zone, | founded in 2019, | has"."""
    for at in range(comma - 1, max(-1, comma - 30), -1):
        if words[at].text == ",":
            opens = words[at + 1]
            inside = opens.tag in ("part", "ing", "rel", "prep", "time", "adv") or (
                opens.tag in ("det", "noun", "pron")
                and (not _verbal(words, at, comma) or _tells(words, at, comma))
            )
            return at if inside and at else None
        if words[at].text in (";", ":"):
            return None
    return None


def _tells(words: list[Word], first: int, last: int) -> bool:
    """ "The rate of return, | Shen says after a pause, | is 6 percent"."""
    known = [word.verb for word in words[first:last] if word.tag == "verb"]
    return len(known) == 1 and known[0] is not None and known[0].lemma in _SAYING


_SAYING = listed_words("en", "saying_verbs") | listed_words("en", "guessing_verbs")


def _verbal(words: list[Word], first: int, last: int) -> bool:
    return any(word.tag in ("verb", "aux") for word in words[first:last])


def _opening(words: list[Word], closing: int) -> int:
    for at in range(closing - 1, max(-1, closing - _FARTHEST), -1):
        if words[at].text == "(":
            return at
    return closing


def phrase_before(words: list[Word], at: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends right before a word."""
    last = at
    while last > 0 and words[last - 1].tag in ("adv", "time"):
        last -= 1
    first = last
    while first > 0 and last - first < _FARTHEST:
        if words[first - 1].text == ")" and _is_number_mark(words, first - 1):
            break
        if words[first - 1].text == ")" and first - _opening(words, first - 1) <= _ASIDE:
            first = _opening(words, first - 1)
        elif _belongs(words, first - 1):
            first -= 1
            if words[first].text in _SUBJECTS:
                break  # "in comparable prices | this | was"
        else:
            break
    first = _without_lead(words, first, last)
    return (
        (first, last)
        if any(w.tag in ("noun", "pron", "number") for w in words[first:last])
        else None
    )


def _is_number_mark(words: list[Word], closing: int) -> bool:
    """ "(2) the Data Exchange Building": the mark of a list."""
    inner = words[closing - 1].text if closing else ""
    if not ((inner.isdigit() and len(inner) <= 2) or inner in _MARKS):
        return False
    return closing < 2 or (
        words[closing - 2].text == "("
        and (closing < 3 or words[closing - 3].tag in ("mark", "and"))
    )


_MARKS = frozenset(("a", "b", "c", "d", "e", "i", "ii", "iii", "iv", "v"))
_SUBJECTS = frozenset(("it", "this", "they", "we", "he", "she"))
_ASIDE = 5
"""Words of a bracket that a phrase goes on around: "artificial intelligence (AI) industry"."""


_IN_OBJECT = ("noun", "det", "pron", "part", "ing", "and", "prep", "time")


def object_of(words: list[Word], verb: int, until: int) -> tuple[int, int] | None:
    """Return what a verb changes, behind it: "cut | training costs | by", "put | it | at"."""
    first = verb + 1
    while first < until and (words[first].tag in ("adv", "not", "prep")):
        first += 1
    last = first
    while last < until and (words[last].tag in _IN_OBJECT or words[last].text == '"'):
        if words[last].tag == "prep" and words[last].text in ("by", "to", "from", "at"):
            break
        last += 1
    while last > first and words[last - 1].tag in ("prep", "and", "adv"):
        last -= 1
    named = any(w.tag == "noun" and w.text[:1].isalpha() for w in words[first:last])
    return (first, last) if named else None


def _belongs(words: list[Word], at: int) -> bool:
    """Whether a noun phrase goes on to the left with this word."""
    word = words[at]
    if word.text == "worth":
        return False
    if word.tag == "to":  # "loans to AI companies"
        return at > 0 and words[at - 1].tag == "noun" and words[at + 1].tag in ("noun", "det")
    if word.tag == "and" and at and words[at - 1].tag == "prep" and words[at + 1].tag == "prep":
        return True  # "recognised at or above the municipal level"
    if word.tag == "and":
        joined = at > 0 and words[at - 1].tag in ("noun", "number")
        return (
            joined and word.text in ("and", "or", "&") and not _verbal(words, max(0, at - 12), at)
        )
    if word.tag == "number" and re.search(r"yuan|%|percent|\$|rmb", word.text):
        return False
    if word.text == "," and at > 0:
        listed = words[at - 1].tag == "noun" and words[at + 1].tag == "noun"
        return listed and not _verbal(words, 0, at) and _joins_ahead(words, at)
    return word.tag in _IN_PHRASE or word.text in _JOINING


def _joins_ahead(words: list[Word], at: int) -> bool:
    """ "Longquanyi, Shuangliu and Pidu": a list has its "and"."""
    for word in words[at + 1 : at + 8]:
        if word.tag == "and":
            return True
        if word.tag not in ("noun", "det") and word.text != ",":
            return False
    return False


def _without_lead(words: list[Word], first: int, last: int) -> int:
    """A phrase does not begin with a preposition and its place: "In Chengdu | the number of"."""
    while first < last and _is_lead(words, first, last):
        led = words[first].tag == "prep"
        first += 1
        if led:
            behind = next((at for at in range(first + 1, last) if words[at].tag == "det"), None)
            closer = behind is not None and not any(
                word.tag == "prep" for word in words[first:behind]
            )
            first = behind if closer and behind is not None else first
    return first


def _is_lead(words: list[Word], first: int, last: int) -> bool:
    """Whether the first word of a phrase only leads to it; "related industries" keeps its own."""
    tag = words[first].tag
    if tag in ("part", "ing"):
        return not (first + 1 < last and words[first + 1].tag == "noun")
    return tag in ("prep", "and", "adv", "mark")


def head_of(words: list[Word], first: int, last: int) -> int:
    """Return where a phrase's postmodifiers begin: "computing power | of the city in 2024"."""
    for at in range(first + 1, last):
        if words[at].tag in ("prep", "part", "ing", "number", "time", "rel"):
            return at
    return last


def shown(text: str, words: list[Word], first: int, last: int) -> str:
    """The words of a phrase as the text writes them, without articles at its head."""
    while first < last and words[first].tag == "det" and words[first].text in _ARTICLES:
        first += 1
    while last > first and words[last - 1].tag in ("det", "prep", "and", "mark", "adv", "time"):
        last -= 1
    return text[words[first].start : words[last - 1].end].strip(" \"'") if first < last else ""


_ARTICLES = ("a", "an", "the", "'s", "this", "these", "those", "each", "every", "its", "their")
