"""Which time reaches an English number: its clause's, its paragraph's, a heading's."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.facts.english.sentence_words import words_of
from domain.facts.english.tags import Word
from domain.facts.page import Page, Sentence
from domain.facts.rules import words as listed
from domain.facts.sections import INTRO
from domain.facts.when import When

_FARTHEST = 26
"""Words from a number within which a time of its sentence still reaches it."""
_CLOSE = 4
_FOUNDING = listed("en", "founding_verbs")


@dataclass(frozen=True, slots=True)
class _Behind:
    """A time behind a number, and what stands between them."""

    when: When
    words: int
    open: bool
    """No comma, no other number in between."""


def near(page: Page, sentence: Sentence, words: list[Word], at: int) -> When | None:
    """Return the time that the number's own sentence gives it."""
    times = {when.start: when for when in page.times_in(sentence.start, sentence.end)}
    if not times:
        return None
    behind = _behind(words, at, times)
    if behind and behind.open and behind.words <= _CLOSE:
        return behind.when
    before = _before(words, at, times)
    if behind and before and (behind.open or _outlasts(page, behind.when, before)):
        return before if _is_within(behind, before) else behind.when
    found = before or (behind.when if behind else None)
    return found or _of_main_clause(words, at, times)


def _of_main_clause(words: list[Word], at: int, times: dict[int, When]) -> When | None:
    """ "With 27 deals, Chengdu ranked fifth in the first half": of the clause it opens."""
    led = words[0].text in ("with", "at") and not any(w.tag in _VERBAL for w in words[:at])
    if not led:
        return None
    later = [times[w.start] for w in words[at:] if w.tag == "time" and w.start in times]
    return later[0] if len(later) == 1 and _reaches(later[0]) else None


_VERBAL = ("verb", "aux")


def _outlasts(page: Page, behind: When, before: When) -> bool:
    """ "Adopted a plan on Tuesday to have 200 firms … in 2028": what is aimed at is due later."""
    if _is_aimed(behind) and not _is_aimed(before):
        return True
    ahead = page.published is not None and behind.first > page.published
    return ahead and before.precision == "day"


def _is_within(behind: _Behind, before: When) -> bool:
    """ "This year we aim for 60 projects and a hall by October": of the year it began with."""
    later = behind.when
    whole = before.precision in ("year", "plan") and later.precision not in ("year", "plan")
    return whole and not behind.open and before.first <= later.first and later.last <= before.last


def _is_aimed(when: When) -> bool:
    return when.part in ("horizon", "before", "ahead")


def _reaches(when: When) -> bool:
    return when.part not in ("base", "since")


def _behind(words: list[Word], at: int, times: dict[int, When]) -> _Behind | None:
    """The first time behind a number in its own clause, or behind the list that it stands in."""
    numbers = commas = 0
    verbal = ordered = False
    for here in range(at + 1, min(len(words), at + _FARTHEST)):
        word = words[here]
        if word.tag == "time":
            when = times.get(word.start)
            if when is None or not _is_of_before(words, here, when, ordered):
                return None
            return _Behind(when, here - at, not numbers and not commas)
        if word.text == ")" and not any(w.text == "(" for w in words[at:here]):
            return None
        if _is_barrier(word) and not (word.text == ":" and at <= 1):
            return None  # but "1,502: AI companies at the end of March"
        if word.tag in ("verb", "aux", "ing"):
            if _is_ordered_too(words, here):
                ordered = True
                continue
            if verbal or commas or numbers or words[here - 1].tag == "and":
                return None
            verbal = word.tag != "aux"
        numbers += word.tag == "number"
        commas += word.text == ","
        if commas > (5 if ordered else 3) or (commas and word.tag == "part"):
            return None
    return None


def _is_of_saying(words: list[Word], time: int, when: When) -> bool:
    """ "The administration said | Friday | that": when it was told."""
    if when.precision != "day":
        return False
    lead = words[max(0, time - 2) : time]
    return any(word.verb and word.tag == "verb" and word.verb.lemma in _SAYING for word in lead)


_SAYING = listed("en", "saying_verbs") - {"add", "disclose", "reveal"}


def _is_of_before(words: list[Word], time: int, when: When, ordered: bool) -> bool:
    """Whether a time can be of a number before it."""
    if not _reaches(when) or (ordered and not _is_aimed(when)):
        return False
    if _is_of_saying(words, time, when):
        return False
    return not _leads_on(words, time)


def _leads_on(words: list[Word], time: int) -> bool:
    """ "Staff: 2,600 (goal 2027: 4,000)": a time before a colon is of what follows it."""
    return time + 1 < len(words) and words[time + 1].text == ":"


_BARRIERS = frozenset(
    (";", ":", "|", "--", "but", "while", "whereas", "compared", "versus", "against")
)


def _is_barrier(word: Word) -> bool:
    return word.text in _BARRIERS or word.tag in ("rel", "if")


def _is_ordered_too(words: list[Word], at: int) -> bool:
    """ "Will build five hubs, | train 20,000 and | open 300 by 2027": one more of a list."""
    verb, before = words[at].verb, words[at - 1]
    joined = before.tag == "and" or before.text == ","
    return words[at].tag == "verb" and joined and verb is not None and "base" in verb.forms


def _before(words: list[Word], at: int, times: dict[int, When]) -> When | None:
    """The nearest time before a number, but for that of a founding or of a base value."""
    parted = False
    for here in range(at - 1, -1, -1):
        word = words[here]
        if word.text == "than" and word.tag == "if":
            return None
        parted = parted or word.text == ";"
        if word.tag != "time":
            if word.text in ("compared", "versus", "against") and not _goes_on(words, here, at):
                return None
            continue
        when = times.get(word.start)
        if when is None or not _reaches(when) or _is_of_another(words, here, at):
            continue
        if _is_of_saying(words, here, when):
            continue
        if parted and not (_is_aimed(when) or _heads_a_list(words, here, at)):
            continue
        return when
    return None


def _heads_a_list(words: list[Word], time: int, at: int) -> bool:
    """ "This year: build a park; open 30 scenarios": what stands before the colon is of all."""
    return any(word.text == ":" for word in words[time:at])


def _goes_on(words: list[Word], barrier: int, at: int) -> bool:
    """Behind ", and" the sentence goes on with its own time."""
    return any(
        words[here].text == "," and words[here + 1].tag in ("and", "prep")
        for here in range(barrier, at - 1)
    )


_CLAUSE = 10


def _is_of_another(words: list[Word], time: int, at: int) -> bool:
    """ "Founded in 1988, the zone covers …"; "from 64 billion in 2022 to 138": another's time."""
    lead = words[max(0, time - 2) : time]
    founded = any(
        word.verb and word.verb.lemma in _FOUNDING and word.tag != "noun" for word in lead
    )
    comma = any(word.text in (",", ")") for word in words[time:at])
    counted = any(word.tag == "number" for word in words[max(0, time - _CLAUSE) : time])
    if founded and comma and not counted:
        return True
    from_base = time > 1 and words[time - 1].tag == "number" and words[time - 2].text == "from"
    return from_base and time + 1 < len(words) and words[time + 1].tag == "to"


# --- further away -----------------------------------------------------------------------------

_EARLIER = 6
"""Sentences of a paragraph over which a time reaches on."""
_ABOVE = 16
"""Lines within which a heading still heads."""
_LEADING = 16
"""Characters within which a time still begins its sentence."""
_SPANS = ("year", "half", "quarter", "month", "plan")


def far(page: Page, sentence: Sentence, ahead: bool) -> When | None:
    """Return the time of the paragraph, the label, the list's introduction or the heading.

    `ahead` tells whether it has to lie in the future; a number that was reached takes no horizon.
    """
    for earlier in reversed(page.sentences_before(sentence, _EARLIER)):
        found = _frame(page, earlier)
        if found:
            fitting = [when for when in found if _is_future(page, when) == ahead]
            if fitting:
                return fitting[0]
    block = page.block_of(sentence)
    labelled = [when for when in page.times_in(*block.label) if _reaches(when)]
    return labelled[-1] if labelled else _above(page, sentence.block, ahead)


def _frame(page: Page, sentence: Sentence) -> list[When]:
    """The times of a sentence that hold for what follows: those it begins with, or counts by."""
    found = [when for when in page.times_in(sentence.start, sentence.end) if _reaches(when)]
    found = [when for when in found if when.precision in _SPANS and when.part != "ahead"]
    leading = [
        when
        for when in found
        if when.start - sentence.start < _LEADING or when.part in ("as_of", "horizon", "period")
    ]
    return leading or (found if len(found) == 1 and _counts(page, sentence, found[0]) else [])


def _counts(page: Page, sentence: Sentence, when: When) -> bool:
    """Whether a time stands right behind a number of its sentence."""
    words = words_of(page, sentence)
    at = next((n for n, word in enumerate(words) if word.start == when.start), None)
    return at is not None and any(word.tag == "number" for word in words[max(0, at - _CLOSE) : at])


def _is_future(page: Page, when: When) -> bool:
    return page.published is not None and when.last > page.published and when.part != "as_of"


def _above(page: Page, number: int, ahead: bool) -> When | None:
    listed_here = page.blocks[number].kind in ("item", "pair", "clause", "row")
    for earlier in range(number - 1, max(-1, number - _ABOVE), -1):
        block = page.blocks[earlier]
        led = block.kind == "heading" or (block.kind == "item" and not block.label[1])
        heads = led and not page.quantities_in(block.start, block.end)
        introduces = listed_here and INTRO.search(page.folded, block.start, block.end)
        if not heads and not introduces:
            continue
        found = _fitting(page, page.times_in(block.start, block.end), ahead)
        if found:
            return found
        if introduces:
            return None
    return None


def _fitting(page: Page, times: Sequence[When], ahead: bool) -> When | None:
    found = [when for when in times if _reaches(when) and when.precision in _SPANS]
    return next((when for when in found if _is_future(page, when) == ahead), None)


def headed(page: Page, sentence: Sentence) -> When | None:
    """Return the time gone by that a heading gives: in a chronicle, of its old plans too."""
    return _above(page, sentence.block, ahead=False)
