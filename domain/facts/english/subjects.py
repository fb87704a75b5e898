"""What a number is about in English: the noun behind it, or what its verb is said of."""

import re

from domain.facts.about import Subject
from domain.facts.english.grammar import Word, parse
from domain.facts.english.phrases import (
    chain,
    head_of,
    object_of,
    phrase_before,
    shown,
    subject_of,
    verb_before,
)
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import words as listed_words
from domain.facts.sections import headings

_MARK = re.compile(r"[,;:()\n]|\s-{1,2}\s|\.\s")
_LONGEST = 90
_LONGEST_OWNER = 60
_LONGEST_CLAUSE = 400
"""Characters before a number in which its clause begins: time stays bounded."""
_CHANGE = listed_words("en", "nouns_of_change")
_BARE_MEASURES = listed_words("en", "bare_measures")
_COMPARED = listed_words("en", "comparatives")
_WEAK = listed_words("en", "weak_nouns")
_MOVED = frozenset(("up", "down"))
_OPENING = frozenset((",", "(", "and", "or", "--", "-", ";"))
_GENERIC = listed_words("en", "generic_nouns")


def words_of(page: Page, sentence: Sentence) -> list[Word]:
    """Return the words of a sentence, tagged once."""
    key = (sentence.start, sentence.end)
    if key not in page.parsed:
        page.parsed[key] = parse(page, sentence.start, sentence.end)
    return page.parsed[key]


def place_of(words: list[Word], quantity: Quantity) -> int | None:
    """Return which word a quantity is."""
    for at, word in enumerate(words):
        if word.start <= quantity.number_start < word.end:
            return at
    return None


def subject(
    page: Page, sentence: Sentence, quantity: Quantity, floor: int, memory: Subject | None
) -> Subject | None:
    """Return the subject of a quantity of an English sentence, or None where nothing says it."""
    labelled = _labelled(page, sentence, quantity)
    if labelled:
        return labelled
    words = words_of(page, sentence)
    at = place_of(words, quantity)
    if at is None:
        return None
    begin = max(sentence.start, quantity.start - _LONGEST_CLAUSE)
    clause = _clause(page.folded, begin, floor, quantity.start)
    if quantity.kind == "count" and quantity.counter:
        return _counting(page, words, at, quantity, clause, memory)
    owner, measure, end = _measured(page, words, at, quantity)
    if memory is not None and _changes(words, at, quantity, measure):
        owner, measure = "", memory.text
    text = _composed(owner, measure) or (memory.text if memory else "")
    text = text or _spoken_of(page, sentence, words, at)
    if not text:
        return None
    return Subject(
        text=text[:_LONGEST],
        owner=(owner or text)[:_LONGEST],
        counted=_counted(measure or text, memory, words, at) if quantity.kind == "count" else None,
        start=_skip(page.folded, clause),
        end=max(end, quantity.end),
        clause=(clause, quantity.start),
        certain=bool(measure),
        investor=owner if _pays(words, at) else "",
    )


def _changes(words: list[Word], at: int, quantity: Quantity, measure: str) -> bool:
    """ "Up 12 percent", "an increase of", "12 percent higher": said of the figure before it."""
    if quantity.kind not in ("percent", "times", "money"):
        return False
    left = _left(words, at)
    if left >= 0 and words[left].text in _MOVED:
        return left == 0 or words[left - 1].text in _OPENING or words[left - 1].tag == "aux"
    named = left > 0 and words[left].text == "of" and words[left - 1].text in _CHANGE
    ahead = words[at + 1].text if at + 1 < len(words) else ""
    return named or (quantity.kind == "percent" and ahead in _COMPARED and not measure)


def _spoken_of(page: Page, sentence: Sentence, words: list[Word], at: int) -> str:
    """Where nothing near names it: what the sentence or the one before is about."""
    done = _done_with_it(page, words, at)
    if done:
        return done
    verb = next((n for n, word in enumerate(words) if word.tag in ("verb", "aux")), None)
    own = _said_of(page, words, verb) if verb is not None else ""
    if own:
        return own
    before = [one for one in page.sentences_of(sentence.block) if one.end <= sentence.start]
    for earlier in reversed(before[-_LOOK_BACK:]):
        found = _topic(page, earlier)
        if found:
            return found
    above = headings(page, sentence)
    return above[0] if above else shown(page.text, words, at + 1, min(len(words), at + 7))


def _done_with_it(page: Page, words: list[Word], at: int) -> str:
    """ "RMB 88 million was redeemed by": a sum that is the subject is what was done with it."""
    here = at + 1
    if here >= len(words) or words[here].tag != "aux":
        return ""
    while here < len(words) and words[here].tag in ("aux", "adv", "not"):
        here += 1
    if here >= len(words) or words[here].tag != "verb":
        return ""
    last = here + 1
    while (
        last < len(words) and last - here < 8 and words[last].tag in ("prep", "to", "det", "noun")
    ):
        last += 1
    return page.text[words[here].start : words[last - 1].end]


_LOOK_BACK = 3
"""Sentences before one whose subject is a pronoun."""


def _topic(page: Page, sentence: Sentence) -> str:
    """What a sentence is about: the subject of its first verb."""
    words = words_of(page, sentence)
    verb = next((n for n, word in enumerate(words) if word.tag in ("verb", "aux")), None)
    said = _said_of(page, words, verb) if verb is not None else ""
    named = _NAME.findall(page.text[sentence.start : sentence.end])
    return said or (named[-1] if named else "")


_NAME = re.compile(r"(?:[A-Z][\w'-]+\s){1,6}[A-Z][\w'-]+")


def _composed(owner: str, measure: str) -> str:
    """The thing and what is measured of it: "second phase: floor area"."""
    if not owner or owner.lower() in measure.lower():
        return measure
    if not measure or measure.lower() in owner.lower():
        return owner
    return f"{owner[:_LONGEST_OWNER]}: {measure}"


# --- what is measured -------------------------------------------------------------------------

_Found = tuple[str, str, int]
"""Owner, measure, and where the words behind the number end."""


def _measured(page: Page, words: list[Word], at: int, quantity: Quantity) -> _Found:
    """The thing and its measure, by what stands right before the number and right behind it."""
    behind, end = _behind(page, words, at, quantity)
    left = _left(words, at)
    shared, first = _distributed(page, words, at)
    if shared:
        measure = _measured_alone(page, words, first)
        return shared, behind or measure, end
    if left < 0:
        return "", behind, end
    word = words[left]
    if word.text == "of":
        owner, measure = _of(page, words, left)
    elif word.text == "worth":
        owner, measure = "", _phrase(page, words, left) or _said_before(page, words, left)
    elif word.tag in ("prep", "to"):
        owner, measure = _beyond(page, words, left)
    elif word.tag in ("verb", "aux", "part", "ing"):
        owner, measure = "", _said_of(page, words, left)
    elif word.text in ("(", ":", "--", "-", "|"):
        owner, measure = _marked(page, words, left)
    elif word.tag in ("noun", "pron", "det"):
        owner, measure = _apposed(page, words, left + 1)
    else:
        owner, measure = "", ""
    if behind:
        return (owner and measure and f"{owner} {measure}") or owner or measure, behind, end
    return owner, measure, end


def _marked(page: Page, words: list[Word], mark: int) -> tuple[str, str]:
    """ "Phase 1 (total investment: 5 billion)": what stands before the mark, and whose it is."""
    found = phrase_before(words, mark)
    if not found:
        return "", ""
    outer = found[0] - 1
    owner = _phrase(page, words, outer) if outer > 0 and words[outer].text == "(" else ""
    return owner, _text(page, words, *found)


def _left(words: list[Word], at: int) -> int:
    """The word before the number that says how it hangs together with the rest."""
    left = at - 1
    while left >= 0 and (
        words[left].tag in ("adv", "not", "time") or words[left].text in ("a", "an", "the", "some")
    ):
        left -= 1
    if (
        left >= 0
        and words[left].text == ","
        and any(word.tag == "time" for word in words[left + 1 : at])
    ):
        left -= 1
    return left


def _phrase(page: Page, words: list[Word], at: int) -> str:
    found = phrase_before(words, at)
    return _text(page, words, *found) if found else ""


def _text(page: Page, words: list[Word], first: int, last: int) -> str:
    text = shown(page.text, words, first, last)
    plain = [word.text for word in words[first:last] if word.tag != "det"]
    return "" if plain and all(word in _WEAK for word in plain) else text


def _said_of(page: Page, words: list[Word], verb: int) -> str:
    found = subject_of(words, verb)
    if found is None or _names_nothing(words, *found):
        return ""
    return _text(page, words, *found)


def _names_nothing(words: list[Word], first: int, last: int) -> bool:
    plain = [word.text for word in words[first:last] if word.tag not in ("det", "adv")]
    return not plain or all(word in _WEAK for word in plain)


def _of(page: Page, words: list[Word], of: int) -> tuple[str, str]:
    """ "With a floor area of", "has an investment of": the measure, and whose it is."""
    first = of
    while first > 0 and words[first - 1].tag in ("noun", "adv", "ing", "part", "and"):
        first -= 1
    measure = shown(page.text, words, first, of)
    before = _left(words, first)
    owner = ""
    if before >= 0 and words[before].tag in ("verb", "aux", "part", "ing"):
        owner = _said_of(page, words, before)
    elif before >= 0 and words[before].tag in ("prep", "to", "rel", "if", "and"):
        at = before - 1 if words[before - 1].text == "," else before
        owner = _phrase(page, words, at) or _said_before(page, words, before)
    elif before >= 0 and words[before].text in (",", "(", ":"):
        owner = (
            _said_before(page, words, before)
            if words[before].text == ","
            else _phrase(page, words, before)
        )
    bare = measure.lower() in _BARE_MEASURES
    return (owner, "") if bare else (owner, measure)


def _said_before(page: Page, words: list[Word], at: int) -> str:
    verb = verb_before(words, at)
    return _said_of(page, words, verb) if verb is not None else ""


def _beyond(page: Page, words: list[Word], prep: int) -> tuple[str, str]:
    """ "Cut costs by", "rose to", "bring the rate to", "rent of 40 yuan at"."""
    if words[prep].text in _MOVED and (prep == 0 or words[prep - 1].text in (",", "(")):
        return "", ""
    verb = verb_before(words, prep)
    if verb is None:
        return "", _phrase(page, words, prep)
    beside = next((n for n in range(prep - 1, verb, -1) if words[n].text == "with"), None)
    if beside is not None and words[prep].text == "at":
        return "", shown(page.text, words, beside + 1, prep)
    if words[verb + 1].text in ("it", "them"):
        return "", ""  # "lift it to 8 percent": of what was named before
    changed = object_of(words, verb, prep)
    if changed and _names_nothing(words, *changed):
        return "", ""  # "bringing the total to": of what was counted before
    if changed and not _names_nothing(words, *changed):
        return _said_of(page, words, verb), _text(page, words, *changed)
    return "", _said_of(page, words, verb)


def _apposed(page: Page, words: list[Word], at: int) -> tuple[str, str]:
    """A noun right before the number: a label ("budget 5 million"), or the verb's object."""
    verb = verb_before(words, at)
    near = phrase_before(words, at)
    if verb is None or near is None:
        return "", _text(page, words, *near) if near else ""
    if near[0] <= verb:
        return "", _text(page, words, *near)
    return _said_of(page, words, verb), shown(page.text, words, near[0], head_of(words, *near))


# --- behind the number ------------------------------------------------------------------------

_BEHIND = ("of", "in", "into", "for", "on")
_OF_WHAT = {
    "percent": ("of",),
    "money": ("into", "in", "for", "on", "of"),
    "compute": ("of",),
    "bytes": ("of",),
    "area": ("of",),
    "times": (),
    "duration": (),
    "count": ("of",),
}


def _behind(page: Page, words: list[Word], at: int, quantity: Quantity) -> tuple[str, int]:
    """The noun behind the number: "of training data", "in revenue", "a 2-billion-yuan | fund"."""
    here = at + 1
    if here < len(words) and words[here].text == "(":
        ends = (n for n in range(here, min(len(words), here + 12)) if words[n].text == ")")
        here = next(ends, at) + 1
    if here >= len(words) or words[here].text in _COMPARED:
        return "", quantity.end
    if quantity.kind == "count" and words[here].text in ("were", "are"):
        complement = all(word.tag in ("noun", "det") for word in words[here + 1 : here + 3])
        return _nouns(page, words, here + 1, quantity) if complement else ("", quantity.end)
    if _is_attributive(page, words, at, here, quantity):
        return _nouns(page, words, here, quantity)
    if words[here].text == "worth" and here + 1 < len(words) and words[here + 1].text == "of":
        return _nouns(page, words, here + 2, quantity)
    if words[here].text == ":" and at <= 1:
        return _nouns(page, words, here + 1, quantity)
    if here < len(words) and words[here].text in _OF_WHAT[quantity.kind]:
        return _nouns(page, words, here + 1, quantity)
    return "", quantity.end


def _is_attributive(page: Page, words: list[Word], at: int, here: int, quantity: Quantity) -> bool:
    """ "A 10-billion-yuan fund", "the 8.6 billion yuan project": an adjective before its noun."""
    if quantity.kind == "count" or words[here].tag != "noun":
        return False
    hyphened = re.search(r"\d-[a-z]", page.folded[quantity.number_start : quantity.end])
    led = at > 0 and words[at - 1].tag == "det"
    return bool(hyphened) or (led and quantity.kind != "percent") or quantity.kind == "percent"


def _nouns(page: Page, words: list[Word], first: int, quantity: Quantity) -> tuple[str, int]:
    last = first
    while (
        last < len(words)
        and last - first < 8
        and words[last].tag in ("noun", "det", "number", "part")
    ):
        if words[last].text == "'" or (words[last].tag == "number" and last > first):
            break
        last += 1
    if last >= len(words) or words[last].text != "of" or last == first:
        pass
    else:
        more = last + 1
        while more < len(words) and more - last < 6 and words[more].tag in ("noun", "det"):
            more += 1
        last = more
    text = shown(page.text, words, first, last)
    if not text or words[first].tag == "time" or _names_nothing(words, first, last):
        return "", quantity.end
    return text, words[last - 1].end


# --- counts -----------------------------------------------------------------------------------


def _counting(
    page: Page,
    words: list[Word],
    at: int,
    quantity: Quantity,
    clause: int,
    memory: Subject | None,
) -> Subject:
    text = quantity.counter
    if text.split()[-1].lower() in _GENERIC:
        verb = verb_before(words, at)
        owner = _said_of(page, words, verb) if verb is not None else ""
        text = _composed(owner or (memory.text if memory else ""), text)
    return Subject(
        text=text[:_LONGEST],
        owner=text[:_LONGEST],
        counted=quantity.counter,
        start=_skip(page.folded, clause),
        end=quantity.end,
        clause=(clause, quantity.start),
        certain=True,
    )


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
    telling = re.search(r"[a-z]{2,}", text) and not text.lower().endswith(("total", "number"))
    return text if telling or not (memory and memory.counted) else memory.counted


def _pays(words: list[Word], at: int) -> bool:
    """Whether the money is what somebody puts in: the subject of its verb is who pays."""
    verb = verb_before(words, at)
    if verb is None:
        return False
    known = words[verb].verb
    lemma = known.lemma if known else ""
    passive = any(
        word.text in ("is", "are", "was", "were", "been", "be")
        for word in words[chain(words, verb) : verb]
    )
    return not passive and lemma in _PAYING


_PAYING = listed_words("en", "paying_verbs")


# --- lists ------------------------------------------------------------------------------------


def _measured_alone(page: Page, words: list[Word], at: int) -> str:
    """What the first number of a list measures: "reported | growth | of"."""
    left = _left(words, at)
    return _of(page, words, left)[1] if left > 0 and words[left].text == "of" else ""


def _distributed(page: Page, words: list[Word], at: int) -> tuple[str, int]:
    """ "A, B and C grew 9%, 8% and 7% respectively": the second number is said of B."""
    if not any(word.text == "respectively" for word in words[at : at + 20]):
        return "", at
    numbers = [n for n, word in enumerate(words) if word.tag == "number"]
    run = [n for n in numbers if _like(words[n].text) == _like(words[at].text)]
    verb = next((n for n, word in enumerate(words) if word.tag in ("verb", "aux")), None)
    found = subject_of(words, verb) if verb is not None and at in run else None
    if not found:
        return "", at
    named = page.text[words[found[0]].start : words[found[1] - 1].end]
    parts = [part for part in _LIST.split(named) if part]
    return (parts[run.index(at)].strip(), run[0]) if len(parts) == len(run) > 1 else ("", at)


_LIST = re.compile(r",\s(?:and\s)?|\sand\s")


def _like(text: str) -> str:
    return re.sub(r"[\d.,]+", "", text)


# --- labels and clauses -----------------------------------------------------------------------

_LONGEST_LEAD = 60


def _labelled(page: Page, sentence: Sentence, quantity: Quantity) -> Subject | None:
    """ "Storage: 260 PB": the label of the line says what the number is."""
    block = page.block_of(sentence)
    lead = page.folded[block.body : quantity.start]
    if block.kind != "pair" or not block.label[1] or len(lead) > _LONGEST_LEAD or ". " in lead:
        return None
    inner = Sentence(start=block.body, end=max(block.body, quantity.start), block=sentence.block)
    if any(word.tag in ("verb", "aux") for word in words_of(page, inner)):
        return None
    label = page.text[slice(*block.label)].strip()
    counted = (quantity.counter or label) if quantity.kind == "count" else None
    text = label if counted in (None, label) else f"{label}: {counted}"
    return Subject(
        text=text[:_LONGEST],
        owner=text[:_LONGEST],
        counted=counted,
        start=block.label[0],
        end=quantity.end,
        clause=(block.label[0], quantity.start),
    )


def _clause(folded: str, start: int, floor: int, position: int) -> int:
    """Where the words of a number begin: behind the last mark, or the number before it."""
    begin = start
    depth = 0
    for mark in _MARK.finditer(folded, start, position):
        sign = mark.group()
        if sign == "(":
            depth += 1
            begin = mark.end()
        elif sign == ")":
            depth -= 1
        elif sign == "," and folded[mark.end() : mark.end() + 1].isdigit():
            continue
        else:
            begin = mark.end()
    words = len(folded[begin:position].split())
    if words <= 1 and begin > start and floor <= start:
        previous = [mark.end() for mark in _MARK.finditer(folded, start, begin - 1)]
        begin = previous[-1] if previous else start
    return max(begin, min(floor, position)) if floor > begin else begin


def _skip(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] in " ,;:-\n":
        at += 1
    return at
