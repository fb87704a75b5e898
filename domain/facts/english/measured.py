"""What an English number measures, by what stands right before it."""

import re

from domain.facts.english.behind import WEAK, names_nothing, noun_behind
from domain.facts.english.phrases import (
    head_of,
    object_of,
    phrase_before,
    shown,
    subject_of,
    verb_before,
)
from domain.facts.english.tags import Word
from domain.facts.page import Page
from domain.facts.quantity import Quantity
from domain.facts.rules import words as listed_words

_BARE_MEASURES = listed_words("en", "bare_measures")


MOVED = frozenset(("up", "down"))


OPENING = frozenset((",", "(", "and", "or", "--", "-", ";"))


_Found = tuple[str, str, int]
"""Owner, measure, and where the words behind the number end."""


def measured_by(page: Page, words: list[Word], at: int, quantity: Quantity) -> _Found:
    """The thing and its measure, by what stands right before the number and right behind it."""
    behind, end = noun_behind(page, words, at, quantity)
    left = word_before(words, at)
    shared, first = distributed(page, words, at)
    if shared:
        measure = _measured_alone(page, words, first)
        return shared, behind or measure, end
    if left < 0:
        return "", behind, end
    owner, measure = _led_by(page, words, left, at)
    if behind:
        return (owner and measure and f"{owner} {measure}") or owner or measure, behind, end
    return owner, measure, end


def _led_by(page: Page, words: list[Word], left: int, at: int) -> tuple[str, str]:
    """Owner and measure by the word before a number."""
    word = words[left]
    if word.text == "of":
        return _of(page, words, left)
    if word.text == "worth":
        return "", _phrase(page, words, left) or _said_before(page, words, left)
    if word.tag in ("prep", "to"):
        return _beyond(page, words, left)
    if word.tag in ("verb", "aux", "part", "ing"):
        return "", said_of(page, words, left)
    if word.text in ("(", ":", "--", "-", "|"):
        return _marked(page, words, left)
    if word.text == "," and at + 1 < len(words) and words[at + 1].text == ",":
        return "", _phrase(page, words, left)  # "the goal, 60 billion yuan, was"
    if word.tag in ("noun", "pron", "det"):
        return _apposed(page, words, left + 1)
    return "", ""


def _marked(page: Page, words: list[Word], mark: int) -> tuple[str, str]:
    """ "Phase 1 (total investment: 5 billion)": what stands before the mark, and whose it is."""
    if mark > 2 and words[mark - 1].tag == "time" and words[mark - 2].text == ",":
        mark -= 2  # "Core industry, 2030: 300 billion yuan"
    if mark and words[mark].text == "(" and words[mark - 1].tag in ("verb", "part"):
        return "", said_of(page, words, mark - 1)  # "Longquanyi stagnated (-0.4%)"
    found = phrase_before(words, mark)
    if not found:
        return "", ""
    outer = found[0] - 1
    owner = _phrase(page, words, outer) if outer > 0 and words[outer].text == "(" else ""
    return owner, _text(page, words, *found)


def word_before(words: list[Word], at: int) -> int:
    """The word before the number that says how it hangs together with the rest."""
    left = at - 1
    while left >= 0 and (
        words[left].tag in ("adv", "not", "time")
        or words[left].text in ("a", "an", "the", "some", "+", "-", "~")
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
    return "" if plain and all(word in WEAK for word in plain) else text


def said_of(page: Page, words: list[Word], verb: int) -> str:
    """Return the subject of a verb as the text has it; empty where it names nothing."""
    found = subject_of(words, verb)
    if found is None or names_nothing(words, *found):
        return ""
    return _text(page, words, *found)


def _of(page: Page, words: list[Word], of: int) -> tuple[str, str]:
    """ "With a floor area of", "has an investment of": the measure, and whose it is."""
    first = of
    while first > 0 and words[first - 1].tag in ("noun", "adv", "ing", "part", "and"):
        first -= 1
    measure = shown(page.text, words, first, of)
    before = word_before(words, first)
    owner = ""
    if before >= 0 and words[before].tag in ("verb", "aux", "part", "ing"):
        owner = said_of(page, words, before)
    elif before > 0 and words[before].text == "with" and words[before - 1].text == "(":
        owner = _phrase(page, words, before - 1)
    elif before >= 0 and words[before].text == "with" and _opens(words, before):
        owner = _behind_comma(page, words, of)
    elif before >= 0 and words[before].tag in ("prep", "to", "rel", "if", "and"):
        at = before - 1 if words[before - 1].text == "," else before
        owner = _owner(page, words, at) or _said_before(page, words, before)
    elif before >= 0 and words[before].text in (",", "(", ":"):
        owner = (
            _said_before(page, words, before)
            if words[before].text == ","
            else _phrase(page, words, before)
        )
    bare = measure.lower() in _BARE_MEASURES
    return (owner, "") if bare else (owner, measure)


def _opens(words: list[Word], at: int) -> bool:
    """Whether nothing of the sentence stands before a word but a conjunction."""
    return at == 0 or (at == 1 and words[0].tag in ("and", "adv", "mark"))


def _behind_comma(page: Page, words: list[Word], at: int) -> str:
    """ "With an investment of …, | the plant | is": the subject that the lead belongs to."""
    comma = next((n for n in range(at, len(words)) if words[n].text == ","), None)
    verb = None
    if comma is not None:
        verbs = (n for n in range(comma, len(words)) if words[n].tag in ("verb", "aux"))
        verb = next(verbs, None)
    return said_of(page, words, verb) if verb is not None else ""


_STATES = listed_words("en", "state_nouns")


def _owner(page: Page, words: list[Word], at: int) -> str:
    """The phrase before "with a speed of", unless it is the state that something was put into."""
    found = phrase_before(words, at)
    beside = _with_before(words, found, at)
    if beside is not None:
        return _owner(page, words, beside - 1 if words[beside - 1].text == "," else beside)
    if found is None or (words[found[1] - 1].text in _STATES and verb_before(words, found[0])):
        return ""
    return _text(page, words, *found)


def _with_before(words: list[Word], found: tuple[int, int] | None, at: int) -> int | None:
    """ "X, with a floor area of A and | an investment of B": where the first is led by "with"."""
    if found is None or not any(word.tag == "number" for word in words[found[0] : at]):
        return None
    for here in range(at - 1, max(0, at - _BESIDE), -1):
        if words[here].text == "with":
            return here
        if words[here].tag in ("verb", "aux", "rel", "if") or words[here].text == ";":
            return None
    return None


_BESIDE = 14


def _said_before(page: Page, words: list[Word], at: int) -> str:
    verb = verb_before(words, at)
    return said_of(page, words, verb) if verb is not None else ""


def _beyond(page: Page, words: list[Word], prep: int) -> tuple[str, str]:
    """ "Cut costs by", "rose to", "bring the rate to", "rent of 40 yuan at"."""
    if words[prep].text in MOVED and (prep == 0 or words[prep - 1].text in (",", "(")):
        return "", ""
    if words[prep].text == "with" and prep > 1 and words[prep - 1].text == ",":
        named = phrase_before(words, prep - 1)
        if named and named[0] > 0 and words[named[0] - 1].tag == "mark":
            return "", _text(page, words, *named)  # "; Chengdu, with 4.1 percent, ranks"
    verb = verb_before(words, prep)
    if verb is None:
        return "", _phrase(page, words, prep)
    own = _left_out(page, words, prep, verb)
    if own:
        return "", own
    beside = next((n for n in range(prep - 1, verb, -1) if words[n].text == "with"), None)
    if beside is not None and words[prep].text == "at":
        return "", shown(page.text, words, beside + 1, prep)
    if words[verb + 1].text in ("it", "them"):
        return "", ""  # "lift it to 8 percent": of what was named before
    changed = object_of(words, verb, prep)
    if changed and names_nothing(words, *changed):
        return "", ""  # "bringing the total to": of what was counted before
    if changed and not names_nothing(words, *changed):
        return said_of(page, words, verb), _text(page, words, *changed)
    return "", said_of(page, words, verb)


def _left_out(page: Page, words: list[Word], prep: int, verb: int) -> str:
    """ "Capacity is put at 240,000, and | output value | at 7 billion": its verb is left out."""
    first = prep
    while first > 0 and words[first - 1].tag in ("noun", "det"):
        first -= 1
    opens = first > verb + 1 and first < prep and words[first - 1].tag in ("and", "mark")
    counted = any(word.tag == "number" for word in words[verb:first])
    return shown(page.text, words, first, prep) if opens and counted else ""


def _apposed(page: Page, words: list[Word], at: int) -> tuple[str, str]:
    """A noun right before the number: a label ("budget 5 million"), or the verb's object."""
    verb = verb_before(words, at)
    near = phrase_before(words, at)
    if verb is None or near is None:
        return "", _text(page, words, *near) if near else ""
    if near[0] <= verb:
        return "", _text(page, words, *near)
    return said_of(page, words, verb), shown(page.text, words, near[0], head_of(words, *near))


def _measured_alone(page: Page, words: list[Word], at: int) -> str:
    """What the first number of a list measures: "reported | growth | of"."""
    left = word_before(words, at)
    return _of(page, words, left)[1] if left > 0 and words[left].text == "of" else ""


def distributed(page: Page, words: list[Word], at: int) -> tuple[str, int]:
    """ "A, B and C grew 9%, 8% and 7% respectively": the second number is said of B."""
    if not any(word.text == "respectively" for word in words[at : at + 20]):
        return "", at
    run = _run(words, at)
    verb = next((n for n, word in enumerate(words) if word.tag in ("verb", "aux")), None)
    found = subject_of(words, verb) if verb is not None and at in run else None
    if not found:
        return "", at
    named = page.text[words[found[0]].start : words[found[1] - 1].end]
    parts = [part for part in _LIST.split(named) if part]
    return (parts[run.index(at)].strip(), run[0]) if len(parts) == len(run) > 1 else ("", at)


_LIST = re.compile(r",\s(?:and\s)?|\sand\s")


def _run(words: list[Word], at: int) -> list[int]:
    """The numbers of the list that a number stands in."""
    first = last = at
    while (left := _listed(words, first, -1)) is not None:
        first = left
    while (right := _listed(words, last, 1)) is not None:
        last = right
    return [n for n in range(first, last + 1) if words[n].tag == "number"]


def _listed(words: list[Word], at: int, step: int) -> int | None:
    """The next number of a list to one side: behind a comma, an "and", or both."""
    here = at + step
    while 0 <= here < len(words) and (words[here].text in (",", "and", "or")):
        here += step
    found = 0 <= here < len(words) and abs(here - at) > 1 and words[here].tag == "number"
    return here if found else None
