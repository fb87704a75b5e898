"""Days on which somebody does something that no rule of events names: told by the grammar."""

from domain.facts.english.phrases import chain
from domain.facts.english.sentence_words import words_of
from domain.facts.english.tags import Word
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.rules import words as listed
from domain.facts.when import When
from domain.text.lexicon import Hit

_NO_DEEDS = (
    listed("en", "saying_verbs")
    | listed("en", "guessing_verbs")
    | listed("en", "moving_verbs")
    | listed("en", "falling_verbs")
    | listed("en", "no_deeds")
)
_KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("approved", listed("en", "deciding_verbs")),
    ("issued", listed("en", "sending_verbs")),
    ("took_effect", listed("en", "ruling_verbs")),
    ("signed", listed("en", "trading_verbs")),
    ("held", listed("en", "meeting_verbs")),
)
_FARTHEST = 14
"""Words between a day and the verb that it belongs to."""
_OUGHT = ("must", "shall", "should", "may", "can")


def deed(page: Page, sentence: Sentence, when: When) -> Hit | None:
    """Return the verb of the clause of a day, where it tells a single deed and no figure."""
    if when.precision not in ("day", "month") or when.part != "point":
        return None
    words = words_of(page, sentence)
    at = next((n for n, word in enumerate(words) if word.start == when.start), None)
    verb = _verb_of(words, at) if at is not None else None
    if at is None or verb is None:
        return None
    known = words[verb].verb
    first, last = sorted((chain(words, verb), at))
    if known is None or known.lemma in _NO_DEEDS or _is_unfit(words, first, last):
        return None
    kind = next((name for name, lemmas in _KINDS if known.lemma in lemmas), "launched")
    rule = next(one for one in rules("events", "en").rules if one.meaning == kind)
    return Hit(words[chain(words, verb)].start, words[verb].end, rule)


def _verb_of(words: list[Word], at: int) -> int | None:
    """The verb before a day in its clause; behind it where the day opens the sentence."""
    for here in range(at - 1, max(-1, at - _FARTHEST), -1):
        if words[here].tag == "verb":
            return here
        if words[here].text in (";", ":", ",", "(") or words[here].tag in ("rel", "if", "number"):
            return None
    if at > 1:
        return None
    ahead = range(at + 1, min(len(words), at + _FARTHEST))
    return next((n for n in ahead if words[n].tag == "verb"), None)


def _is_unfit(words: list[Word], first: int, last: int) -> bool:
    """Whether a number, a "not", a duty or a condition stands within or right before."""
    near = words[max(0, first - _LEAD) : last + 1]
    return any(
        word.tag in ("number", "not", "if") or word.text in _OUGHT or word.tag == "time"
        for word in (*near[:-1],)
    )


_LEAD = 8
