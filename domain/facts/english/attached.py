"""How real an English number is by the words that hang on it, or behind a "be"."""

from domain.facts.english.phrases import verb_before
from domain.facts.english.tags import Word
from domain.facts.fact import Status
from domain.facts.rules import words as listed

_GUESSING = listed("en", "guessing_verbs")
_BE = ("is", "are", "was", "were", "be", "been", "being")
_UNDER_WAY = ("construction", "way", "preparation", "development", "review", "negotiation")
_IN_THE_MAKING = frozenset(
    ("training", "progress", "preparation", "development", "works", "making")
)


def attached_to(words: list[Word], at: int) -> Status | None:
    """Return what is said right behind a number.

    "7 EFLOPS in service", "a further 5 being installed".
    """
    behind = [word.text for word in words[at + 1 : at + 4]]
    led = at > 0 and words[at - 1].tag not in ("verb", "aux")
    verb = verb_before(words, at)
    known = words[verb].verb if verb is not None else None
    if known is not None and known.lemma in (*_GUESSING, "see"):
        return None
    if behind[:1] == ["being"] and at + 2 < len(words) and words[at + 2].verb is not None:
        return "in_progress"
    if behind[:1] == ["under"] and set(behind[1:]) & set(_UNDER_WAY) and led:
        return "in_progress"
    if behind[:1] == ["in"] and set(behind[1:]) & _AT_WORK and led:
        return "achieved"
    return None


_AT_WORK = frozenset(("service", "operation", "use", "place"))


def complement_of(words: list[Word], verb: int, at: int) -> Status | None:
    """Return what stands behind a "be".

    "Is under construction", "are in the pipeline", "are forecast", "is planned".
    """
    if words[verb].text not in _BE and words[verb].tag != "aux":
        return None
    following = [word.text for word in words[verb + 1 : verb + 6] if word.tag != "adv"]
    if following[:1] == ["under"] and set(following) & set(_UNDER_WAY):
        return "in_progress"
    if following[:1] == ["in"] and set(following[1:3]) & _IN_THE_MAKING:
        return "in_progress"
    if "pipeline" in following or "planned" in following[:2]:
        return "planned"
    return "forecast" if following[:1] == ["forecast"] and at < verb else None
