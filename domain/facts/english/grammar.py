"""The words of an English sentence, each with the part it plays in it."""

from itertools import pairwise

from domain.facts.english.second_look import NEAR, SEEING, apposed, moved, reduced, with_a_verb
from domain.facts.english.tags import Tag, Word, scanned
from domain.facts.english.verbs import Verb, verb_of, verbs
from domain.facts.page import Page
from domain.facts.rules import words as listed_words

_NOUNS_IN_ING = listed_words("en", "nouns_in_ing")


_NOMINAL = ("det", "prep", "number")


def parse(page: Page, start: int, end: int) -> list[Word]:
    """Return the words of [start, end) with their tags; times and quantities are one word each."""
    found = scanned(page, start, end)
    words: list[Word] = []
    for at, word in enumerate(found):
        if word.text == "than" and _more_than_verb(found, at):
            word.tag = "adv"
        if word.text == "though" and _stands_alone(found, at):
            word.tag = "adv"
        if word.text == "each" and words and words[-1].tag == "aux":
            word.tag = "adv"
        elif word.tag == "noun" and word.text:
            word.verb = verb_of(word.text)
            word.tag = _tag(words, word, found[at + 1] if at + 1 < len(found) else None)
        elif word.text == "that":
            led = bool(words) and words[-1].tag == "prep" and words[-1].text != "in"
            word.tag = "rel" if _says(words) else "det" if led else _that(found[at + 1 : at + 3])
        words.append(word)
    apposed(words)
    with_a_verb(words)
    reduced(words)
    moved(words)
    return words


def _stands_alone(found: list[Word], at: int) -> bool:
    """ "Growth, | though, | is slowing": between commas it opens no clause."""
    behind = found[at + 1].text if at + 1 < len(found) else "."
    return at > 0 and found[at - 1].text == "," and behind in (",", ".", ":")


def _says(before: list[Word]) -> bool:
    """ "They reckon | that adoption could lift": behind such a verb begins a clause."""
    last = before[-1] if before else None
    return (
        last is not None
        and last.tag == "verb"
        and last.verb is not None
        and (last.verb.lemma in _SAYING)
    )


_SAYING = listed_words("en", "saying_verbs") | listed_words("en", "guessing_verbs")


def _more_than_verb(found: list[Word], at: int) -> bool:
    """ "More than doubled": the words of degree belong to the verb."""
    led = at > 0 and found[at - 1].text in ("more", "less")
    verb = verbs().get(found[at + 1].text) if led and at + 1 < len(found) else None
    return verb is not None and "past" in verb.forms


def _that(following: list[Word]) -> Tag:
    """ "That share may fall": a determiner, where a verb has no other subject."""
    if following and following[0].tag in ("prep", "mark"):
        return "pron"
    known = len(following) > 1 and following[0].tag == "noun" and following[1].tag == "aux"
    return "det" if known else "rel"


def _tag(before: list[Word], word: Word, after: Word | None) -> Tag:
    """Whether a word that can be a verb is one here."""
    verb = word.verb
    if verb is None or (after and after.text == "of" and verb.lemma not in _WITH_OF):
        return "noun"
    last = next((one for one in reversed(before) if one.tag not in ("adv", "not")), None)
    previous: Tag = last.tag if last else "mark"
    if previous in ("aux", "to"):
        return _completing(previous, last.text if last else "", verb)
    if verb.forms & {"past", "part"} and not (verb.forms & {"base"} and previous in _NOMINAL):
        return _past(before, word, verb, previous, after)
    if "ing" in verb.forms:
        goes_on = after is not None and after.text in ("on", "in", "with", "into", "for", "as")
        named = word.text in _NOUNS_IN_ING and not (goes_on and word.text == "working")
        return "noun" if named or previous == "det" else "ing"
    if previous == "and" and "base" in verb.forms and _ordered(before):
        return "verb"
    if previous == "and" and after is not None and after.tag == "to" and "s" in verb.forms:
        return "verb"
    if "base" in verb.forms and _is_seen(before, after):
        return "verb"
    counted = previous == "number" and after is not None and after.tag in ("number", "det")
    if counted and "base" in verb.forms and not verb.nominal:
        return "verb"  # "of at least three years | get | 3,000 yuan"
    if previous in _NOMINAL or (before[-1:] and before[-1].text == "-"):
        whoever = previous == "det" and _is_whoever(before[-1].text, verb, after)
        return "verb" if whoever else "noun"
    return _present(before, verb, previous, last, after)


def _is_whoever(text: str, verb: Verb, after: Word | None) -> bool:
    """ "Each | gets 1.2 million", "Both | receive half": a determiner that stands for somebody."""
    if after is None or after.tag not in ("number", "det"):
        return False
    if text == "each":
        return "s" in verb.forms
    return text in ("both", "all", "many", "several", "most") and "base" in verb.forms


def _is_seen(before: list[Word], after: Word | None) -> bool:
    """ "Saw its trade | rise 8 percent": a base form behind what somebody saw, before a number.

    So too "lets a laboratory | claim a sum", "helps firms | meet the bill".
    """
    if after is None:
        return False
    if after.tag in ("det", "number") and before and before[-1].tag == "noun":
        led = next((w for w in before[-NEAR:] if w.tag == "verb" and w.verb), None)
        if led is not None and led.verb is not None and led.verb.lemma in ("let", "help", "make"):
            return True
    if not (after.tag == "number" or after.text in ("by", "to", "from")):
        return False
    last = next((w for w in reversed(before[-NEAR:]) if w.tag in ("verb", "aux")), None)
    return last is not None and last.verb is not None and last.verb.lemma in SEEING


def _ordered(before: list[Word]) -> bool:
    """ "Should give … and lift …": the auxiliary holds for both."""
    near = before[-NEAR:]
    joined = [
        word
        for word, after in pairwise(near)
        if word.tag in ("aux", "verb") or (word.tag == "to" and after.tag == "verb")
    ]
    return any(word.text in _MODAL or word.tag == "to" for word in joined) and bool(
        joined and joined[-1].tag == "verb"
    )


_MODAL = ("will", "would", "shall", "should", "can", "could", "may", "might", "must")


_WITH_OF = listed_words("en", "verbs_with_of")


def _completing(previous: Tag, text: str, verb: Verb) -> Tag:
    """Behind an auxiliary or "to"."""
    forms = verb.forms
    if previous == "to":
        return "verb" if "base" in forms else "noun"
    if text in ("is", "are", "was", "were", "be", "been", "being", "am"):
        return "verb" if forms & {"part", "ing"} else "noun"
    if text in ("has", "have", "had", "having"):
        return "verb" if "part" in forms else "noun"
    return "verb" if "base" in forms else "noun"


_DESCRIBING = listed_words("en", "describing_participles")


def _describes(before: list[Word], word: Word) -> bool:
    """ "Chengdu's | listed companies", "but | combined profit": an adjective."""
    if before and before[-1].text.endswith(("'s", "s'")):
        return True
    opens = not before or before[-1].tag in ("and", "mark", "time")
    return opens and word.text in _DESCRIBING


_BEFORE_NOUNS = ("of", "by", "with", "for", "on", "in", "from", "above", "below", "under")
_LEADING = ("of", "by", "with", "for", "to", "from", "among")


def _past(before: list[Word], word: Word, verb: Verb, previous: Tag, after: Word | None) -> Tag:
    """ "Signed": told of somebody, or of the noun before it, or of the one behind it."""
    if after and after.tag == "noun" and _describes(before, word):
        return "noun"
    if previous in ("det", "number") and after and after.tag == "noun":
        return "noun"
    led = next((one.text for one in reversed(before) if one.tag != "adv"), "")
    if previous == "prep" and led in _LEADING and after and after.tag == "noun":
        return "noun"  # "of newly arrived companies"
    if previous == "prep" and last_is(before, *_BEFORE_NOUNS):
        return "noun"
    if "past" not in verb.forms or (after and after.text == "by" and "part" in verb.forms):
        return "part"
    if "part" not in verb.forms and previous in ("noun", "number", "time", "pron"):
        return "verb"  # "jobs advertised in the city | fell"
    if previous in ("mark", "and", "if") or not before:
        return "part" if not _has_subject(before) else "verb"
    if previous == "rel" or previous in ("noun", "pron", "time", "number"):
        return "verb" if not _has_verb(before) or previous in ("rel", "pron") else "part"
    return "verb" if word.text not in _NOUNS_IN_ING else "noun"


def _present(
    before: list[Word], verb: Verb, previous: Tag, last: Word | None, after: Word | None
) -> Tag:
    """A form in -s behind a singular, a base form behind a plural or "we"."""
    if previous in ("rel", "pron") or _goes_on_with(before, verb, previous, after):
        return "verb"
    if last is not None and last.text in (";", ":") and "base" in verb.forms and _is_order(before):
        return "verb"
    led = previous in ("and", "mark", "time") or (previous == "noun" and not _has_verb(before))
    if after is not None and after.tag == "to" and led and before:
        return "verb"  # "and wants to have", "the city plans to build"
    plural = last is not None and last.text.endswith("s") and not last.text.endswith("ss")
    fits = ("s" in verb.forms) != plural or last is None
    opened = previous in ("noun", "time", "number") or (previous == "and" and _has_verb(before))
    opened = opened or (last is not None and last.text in (",", ")", '"') and len(before) > 1)
    if "base" in verb.forms and not before:
        named = verb.nominal and (after is None or after.tag not in ("det", "number", "prep"))
        return "noun" if named else "verb"  # an order
    if not opened or (not fits and (verb.nominal or "s" in verb.forms)):
        return "noun"
    if verb.nominal and _after_place(before):
        return "noun"
    if verb.nominal and previous == "and" and "base" in verb.forms and _plural(before):
        return "verb" if after is not None and after.tag in ("number", "det") else "noun"
    if verb.nominal and previous == "and":
        return "verb" if any(_is_third(one) for one in before) and "s" in verb.forms else "noun"
    if verb.nominal:
        follows = after is not None and (
            after.tag in ("det", "number", "to", "prep", "time", "rel", "adv")
        )
        return "verb" if follows and not _has_main_verb(before) else "noun"
    return "verb"


def _goes_on_with(before: list[Word], verb: Verb, previous: Tag, after: Word | None) -> bool:
    """Whether this is the verb of the sentence, behind that of a relative clause."""
    if previous == "verb" and _goes_on(before, after):
        return True
    return "s" in verb.forms and _behind_relative(before, after)


def _goes_on(before: list[Word], after: Word | None) -> bool:
    """ "Those that follow | receive 1 million": the verb of the sentence, behind the clause's."""
    opens = after is not None and after.tag in ("number", "det", "to", "prep")
    return opens and _closes_relative(before)


def _behind_relative(before: list[Word], after: Word | None) -> bool:
    """ "A designer that breaks even this year | pays no tax": the verb of the whole sentence."""
    if after is None or after.tag not in ("det", "number", "to") or not before:
        return False
    if before[-1].tag not in ("noun", "time", "adv", "number"):
        return False
    verbs_between = 0
    for at in range(len(before) - 1, max(0, len(before) - 14), -1):
        word = before[at]
        verbs_between += word.tag in ("verb", "aux")
        if word.text in (",", ";", ":") or word.tag in ("if", "and"):
            return False
        if word.tag == "rel":
            told = any(one.tag in ("verb", "aux") for one in before[max(0, at - 12) : at])
            return verbs_between == 1 and before[at - 1].tag == "noun" and not told
    return False


def _closes_relative(before: list[Word]) -> bool:
    """ "A robot that finishes": a relative clause of nothing but its verb, with no verb before."""
    at = len(before) - 2
    while at > 0 and before[at].tag in ("adv", "aux", "not"):
        at -= 1
    if at <= 0 or before[at].tag != "rel":
        return False
    for word in reversed(before[max(0, at - 6) : at]):
        if word.tag == "mark":
            return True
        if word.tag in ("verb", "aux", "prep"):
            return False
    return True


def _is_order(before: list[Word]) -> bool:
    """ "It intends to: start …; | open 30 scenarios": a list of what somebody is to do."""
    colon = next((n for n, word in enumerate(before) if word.text == ":"), None)
    if colon is None:
        return False
    lead = before[max(0, colon - NEAR) : colon]
    return any(word.text in _MODAL or word.tag == "to" for word in lead)


def _plural(before: list[Word]) -> bool:
    """ "Tenants are exempt … and pay 50%": the first verb of many that do something."""
    return any(word.text in ("are", "have", "do") for word in before[-NEAR:])


def _is_third(word: Word) -> bool:
    return word.tag == "verb" and word.verb is not None and "s" in word.verb.forms


def _after_place(before: list[Word]) -> bool:
    """ "For users of domestic chips": what a preposition opens is no subject."""
    opening: Word | None = None
    for word in reversed(before):
        if word.tag not in ("noun", "det", "prep", "adv"):
            break
        opening = word
    return opening is not None and opening.tag == "prep"


def last_is(before: list[Word], *texts: str) -> bool:
    """Whether the last word is one of these."""
    return bool(before) and before[-1].text in texts


def _has_verb(before: list[Word]) -> bool:
    """Whether the clause has its verb already."""
    lead = _lead_ends(before)
    for at in range(len(before) - 1, -1, -1):
        word = before[at]
        if word.tag in ("verb", "aux"):
            return True
        if at == lead or word.text in (";", ":") or word.tag in ("if", "rel"):
            return False
    return False


def _has_main_verb(before: list[Word]) -> bool:
    """The same, but for a phrase that leads: "to foundries that give priority, the city | pays"."""
    comma = next((at for at in range(len(before) - 1, -1, -1) if before[at].text == ","), 0)
    led = comma and before[0].tag in ("prep", "to", "if") and _is_subject(before, comma)
    return not led and _has_verb(before)


_LONGEST_SUBJECT = 5


def _is_subject(before: list[Word], comma: int) -> bool:
    """Whether nothing but a short noun phrase stands behind the only comma of a sentence."""
    behind = before[comma + 1 :]
    if not 0 < len(behind) <= _LONGEST_SUBJECT or behind[0].tag not in ("det", "noun"):
        return False
    return all(word.tag in ("det", "noun") for word in behind) and not any(
        word.text == "," for word in before[:comma]
    )


def _lead_ends(before: list[Word]) -> int | None:
    """ "With 5 EFLOPS being installed, | Chengdu accounts": the comma behind what leads on."""
    if not before or before[0].tag not in ("prep", "ing", "part", "if"):
        return None
    return next((at for at, word in enumerate(before) if word.text == ","), None)


def _has_subject(before: list[Word]) -> bool:
    """ "Output rose, fell and …": a noun stood before."""
    return any(word.tag in ("verb", "aux") for word in before)
