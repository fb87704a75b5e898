"""What an English number is aimed at: goals, plans that speak, the labels of lines."""

import re

from domain.facts.english.labelled import label_of
from domain.facts.english.phrases import chain, subject_of, verb_before
from domain.facts.english.sentence_words import once
from domain.facts.english.stance import governing
from domain.facts.english.tags import Word
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.plans import of_plan_at_all
from domain.facts.rules import words as listed
from domain.text.sought import Sought

_AIMS = listed("en", "aiming_nouns")
_STANDING = frozenset(("is", "are", "stands", "stand", "remains", "be"))
_GOALS = frozenset(("goal", "goals", "aim", "target", "targets", "objective", "objectives"))
_LISTING = frozenset(("include", "comprise", "cover", "contain"))


def _is_listed_aim(words: list[Word], at: int) -> bool:
    """ "The goals for 2026 include output of 38 billion, 400 companies"; "the target is 30"."""
    verb = verb_before(words, at)
    if verb is None:
        return False
    known = words[verb].verb
    lists = known is not None and known.lemma in _LISTING
    stands = words[verb].text in _STANDING
    found = subject_of(words, verb) if lists or stands else None
    if found is None:
        return False
    nouns = _AIMS if lists else _GOALS
    return any(word.text in nouns for word in words[found[0] : found[1]])


def is_aim(words: list[Word], at: int) -> bool:
    """ "A target of 30", "its goal: 1,000", "the ambition to have 20"."""
    behind = words[at + 1].text if at + 1 < len(words) else ""
    if behind in _GOALS or _is_listed_aim(words, at):
        return True  # "short of the 60 billion yuan | target"
    if at > 1 and words[at - 1].tag == "and" and words[at - 2].tag == "number":
        at -= 2  # "the goal of 120 billion yuan and | 1,000 companies"
    for word in reversed(words[max(0, at - 7) : at]):
        if word.tag == "noun" and word.text in _AIMS:
            return True
        if word.tag in ("verb", "number") or word.text in (";", ".", ",", ")"):
            return False
    return False


_PLAN_SAYS = Sought(
    r"\b(?:according to|under|in|as part of) (?:the|its|a|this) (?:[\w-]{1,20} ){0,4}"
    r"(?:plan|blueprint|guidelines?|roadmap|outline)\b"
    r"|\bthe (?:[\w-]{1,20} ){0,3}(?:plan|blueprint|guidelines?|roadmap|outline)"
    r" (?:says?|said|calls|aims|sets|states|envisages|specif(?:y|ies)|foresees|wants)\b",
    re.IGNORECASE,
)
_LABELLED_PLAN = re.compile(r"\b(?:plan|targets?|goals?|aims?)\b", re.IGNORECASE)
_LABELS: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("planned", re.compile(r"\b(?:planned|proposed|designed?|future)\b", re.IGNORECASE)),
    (
        "forecast",
        re.compile(
            r"\b(?:forecast|estimated?|projections?|projected|outlook|guidance|consensus)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "achieved",
        re.compile(r"(?:results?|actual|outcome|achieved|so far|to date)\b", re.IGNORECASE),
    ),
)


def status_of_label(page: Page, sentence: Sentence) -> Status | None:
    """ "Planned capacity: 3,200 PFLOPS", "Result: 620": the label says how real it is."""
    start, end = label_of(page, sentence)
    if not end:
        return None
    return next((one for one, words in _LABELS if words.search(page.folded, start, end)), None)


def is_of_plan(page: Page, sentence: Sentence, words: list[Word], at: int) -> bool:
    """Whether a plan is speaking: "the plan says", a line labelled "Plan"."""
    label = label_of(page, sentence)
    if label[1] and _LABELLED_PLAN.search(page.folded, *label):
        return True
    verb = governing(words, at)
    if verb is not None and words[verb].tag == "verb" and _is_told(words, verb):
        return False
    if (
        not _ABOUT.search(page.title)
        and of_plan_at_all(page, sentence)
        and _is_ordered(words, verb)
    ):
        return True
    start, end = sentence.start, sentence.end
    says = once(page, "plan", start, end, lambda: _PLAN_SAYS.search(page.folded, start, end))
    return says is not None and says.end() <= words[at].start


_ABOUT = re.compile(
    r"\b(?:press|conference|review|interview|transcript|interpretation|explained|q&a|letter"
    r"|(?:releas|unveil|issu|adopt|approv|launch|announc|publish|set|seek)(?:s|es|ed))\b",
    re.IGNORECASE,
)
""" A title that names a plan and speaks about it."""


def _is_ordered(words: list[Word], verb: int | None) -> bool:
    """ "Train 50,000 engineers", "shall undertake": what a plan tells somebody to do."""
    if verb is None or words[verb].tag not in ("verb", "ing", "part"):
        return False
    first = next((n for n, word in enumerate(words) if word.tag not in ("mark", "adv", "time")), 0)
    opening, known = words[first].verb, words[verb].verb
    order = words[first].tag == "verb" and opening is not None and "base" in opening.forms
    base = known is not None and "base" in known.forms and "past" not in known.forms
    begins = 0 if base else chain(words, verb)
    return order or any(word.text in ("will", "shall", "should") for word in words[begins:verb])


def _is_told(words: list[Word], verb: int) -> bool:
    """A past form tells what was, whatever plan it was under."""
    known = words[verb].verb
    return known is not None and "past" in known.forms and "base" not in known.forms
