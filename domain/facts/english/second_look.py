"""A second look at the tags of an English sentence, once each word of it has one."""

from itertools import pairwise

from domain.facts.english.tags import Word
from domain.facts.rules import words as listed_words

SEEING = frozenset(("see", "watch", "help", "let", "make"))


NEAR = 24


def reduced(words: list[Word]) -> None:
    """ "Projects selected as pilots are paid": with a verb to come, "selected" is none."""
    ahead = False
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.text in (",", ";", ":", "(", ")") or word.tag in ("and", "rel", "if", "to"):
            ahead = False
        elif word.tag == "aux":
            ahead = True
        elif word.tag == "verb":
            alone = at and words[at - 1].tag not in ("aux", "rel", "pron", "adv", "not", "to")
            seen = word.verb is not None and word.verb.lemma in SEEING
            if ahead and alone and _is_past(word) and not seen:
                word.tag = "part"
            ahead = ahead or not (at and words[at - 1].tag == "to")


def apposed(words: list[Word]) -> None:
    """ "Zhiyuan, a maker based in Chengdu, | has raised": between commas stands no verb."""
    opening: int | None = None
    if words and words[0].tag in ("prep", "if", "ing", "part", "to"):
        return
    for at, word in enumerate(words[:-1]):
        if word.tag in ("verb", "aux") and opening is None:
            return
        if word.text in (";", ".", ":"):
            return
        if word.text != ",":
            continue
        if opening is not None and words[at + 1].tag in ("verb", "aux"):
            for before, inner in pairwise(words[opening:at]):
                either = inner.verb is not None and {"past", "part"} <= inner.verb.forms
                if inner.tag == "verb" and either and before.tag != "aux":
                    inner.tag = "part"
            return
        if opening is not None and _is_predicate(words, at + 1):
            words[at + 1].tag = "verb"  # "Ruisuan, the largest operator, | scrapped plans"
            return
        opening = at if words[at + 1].tag in ("det", "noun") else None


def _is_predicate(words: list[Word], at: int) -> bool:
    """Whether a past form has an object: no "backed by" and no "founded in"."""
    behind = words[at + 1].tag if at + 1 < len(words) else "mark"
    return words[at].tag == "part" and _is_past(words[at]) and behind in ("det", "noun", "number")


_MOVING = listed_words("en", "moving_verbs")


def moved(words: list[Word]) -> None:
    """ "AI exports from Sichuan doubled to": the second is the verb, the first was its noun."""
    for at, word in enumerate(words[:-1]):
        told = word.tag == "part" and word.verb is not None and word.verb.lemma in _MOVING
        if not told or words[at + 1].tag not in ("number", "to", "prep", "mark"):
            continue
        noun = _taken_for_a_verb(words, at)
        if noun is not None:
            noun.tag, word.tag = "part" if _is_past(noun) else "noun", "verb"
    for at, word in enumerate(words[1:-1], 1):
        if word.text == "stands" and word.tag == "noun" and words[at + 1].text == "at":
            word.tag = "verb"  # "the target adopted in January | stands at"
            reduced(words[: at + 1])


def _taken_for_a_verb(words: list[Word], before: int) -> Word | None:
    """The only verb before a word in its clause, if it may be none: "exports from", "firms
    registered in | reached": a form in -s, or a participle behind its noun, and a preposition."""
    found = None
    for at in range(before - 1, max(-1, before - NEAR), -1):
        word = words[at]
        if word.text in (";", ":", ",") or word.tag in ("aux", "rel", "if", "to"):
            break
        if word.tag == "verb":
            if found is not None:
                return None
            found = at
    if found is None:
        return None
    verb = words[found].verb
    bare = found > 0 and words[found - 1].tag == "noun"
    either = verb is not None and ("s" in verb.forms or (bare and {"past", "part"} <= verb.forms))
    plain = either and words[found + 1].tag == "prep"
    return words[found] if plain else None


def with_a_verb(words: list[Word]) -> None:
    """A part of a sentence without a verb has taken its past form for a participle."""
    first = 0
    for at, word in enumerate([*words, Word(0, 0, ";", "mark")]):
        if word.text not in (";", "."):
            continue
        part = words[first:at]
        first = at + 1
        if any(one.tag in ("verb", "aux") for one in part):
            told_of = _third_person(_before_second(part))
            if told_of is not None:
                told_of.tag = "verb"
            continue
        found = [one for one in (_told(part), _third_person(part)) if one is not None]
        if found:
            min(found, key=lambda one: one.start).tag = "verb"


def _told(part: list[Word]) -> Word | None:
    """The first past form that can be the verb; not that of an insertion between commas."""
    told = [at for at, one in enumerate(part) if at and one.tag == "part" and _is_past(one)]
    aside = [at for at in told if part[at - 1].text == ","]
    if len(aside) > 1 and aside[0] == told[0]:
        return part[aside[1]]  # "The ground, opened in January, | cost 420 million"
    return part[told[0]] if told else None


def _before_second(part: list[Word]) -> list[Word]:
    """What stands before "… and pays": a verb has been overlooked there, if it is the first."""
    for at, word in enumerate(part):
        if word.tag in ("verb", "aux", "rel", "if"):
            joined = at and part[at - 1].tag == "and" and word.tag == "verb"
            return part[:at] if joined and word.verb and "s" in word.verb.forms else []
    return []


def _third_person(part: list[Word]) -> Word | None:
    """ "The measures, known as such, offers firms": a noun in -s that can be the only verb."""
    for before, word, after in zip(part, part[1:], part[2:], strict=False):
        known = word.verb is not None and "s" in word.verb.forms and word.tag == "noun"
        opened = before.tag in ("noun", "adv") or before.text in (",", ")")
        if known and opened and after.tag in ("noun", "det", "number", "adv"):
            return word
    return None


def _is_past(word: Word) -> bool:
    return word.verb is not None and "past" in word.verb.forms
