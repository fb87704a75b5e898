"""The forms of English verbs, made from their base forms."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from domain.facts.rules import words

Form = Literal["base", "s", "past", "part", "ing"]


@dataclass(frozen=True, slots=True)
class Verb:
    """What a word can be as a verb."""

    lemma: str
    forms: frozenset[Form]
    nominal: bool
    """It is as often a noun: "plans", "a rise"."""


@cache
def verbs() -> dict[str, Verb]:
    """Every form of every listed verb."""
    nominal = words("en", "noun_verbs")
    irregular = dict(_parted(entry) for entry in words("en", "irregular_verbs"))
    found: dict[str, Verb] = {}
    for lemma in sorted(words("en", "verb_lemmas") | set(irregular) - {"be", "have", "do"}):
        for word, forms in _forms(lemma, irregular.get(lemma)).items():
            known = found.get(word)
            merged = known.forms | forms if known else frozenset(forms)
            found[word] = Verb(known.lemma if known else lemma, merged, lemma in nominal)
    for lemma in sorted(words("en", "past_only_verbs")):
        found.setdefault(_with(lemma, "ed"), Verb(lemma, frozenset(("past", "part")), False))
    return found


def verb_of(word: str) -> Verb | None:
    """Return what a word in small letters can be as a verb; one that nobody listed by its -ed."""
    known = verbs().get(word)
    if known is not None or not _UNLISTED.fullmatch(word) or word in _ADJECTIVES:
        return known
    return Verb(word.removesuffix("ed"), frozenset(("past", "part")), False)


_UNLISTED = re.compile(r"(?!un)[a-z]{3,14}[a-df-z]ed")
_ADJECTIVES = words("en", "adjectives_in_ed")


def _parted(entry: str) -> tuple[str, tuple[str, str]]:
    base, past, participle = entry.split("/")
    return base, (past, participle)


def _forms(lemma: str, irregular: tuple[str, str] | None) -> dict[str, set[Form]]:
    past, participle = irregular or (_with(lemma, "ed"), _with(lemma, "ed"))
    found: dict[str, set[Form]] = {}
    pairs: tuple[tuple[str, Form], ...] = (
        (lemma, "base"),
        (_third(lemma), "s"),
        (past, "past"),
        (participle, "part"),
        (_with(lemma, "ing"), "ing"),
    )
    for word, form in pairs:
        found.setdefault(word, set()).add(form)
    if lemma.endswith(("el", "al")):  # totalled, labelled: the British way
        found[f"{lemma}led"] = {"past", "part"}
        found[f"{lemma}ling"] = {"ing"}
    return found


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    return f"{lemma[:-1]}ies" if lemma.endswith("y") and lemma[-2] not in "aeiou" else lemma + "s"


_DOUBLED = words("en", "doubling_verbs")


def _with(lemma: str, ending: str) -> str:
    if lemma.endswith("ie") and ending == "ing":
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + ending
    if lemma.endswith("ee") and ending == "ed":
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou" and ending == "ed":
        return lemma[:-1] + "ied"
    return lemma + lemma[-1] + ending if lemma in _DOUBLED else lemma + ending
