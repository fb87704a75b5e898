"""What an English event is about, of which kind it is, and whether it has happened."""

import re

from domain.facts.english.happenings import GATHERING, SHORT
from domain.facts.english.measured import said_of
from domain.facts.english.phrases import chain, phrase_before, shown
from domain.facts.english.sentence_words import words_of
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.when import When
from domain.text.fold import fold
from domain.text.lexicon import Hit

_PLANNED = re.compile(
    r"\b(?:will|to be|is to|are to|to open|plans?|expected|scheduled|set to|would|should|due)\b",
    re.IGNORECASE,
)


_NOT_YET = re.compile(r"\b(?:has|have) not(?: yet)?\b|\bfailed to\b|\bdid not\b", re.IGNORECASE)


_FACILITY = re.compile(
    r"\b(?:cent(?:er|re)|plant|park|cluster|base|factory|station|line|campus|building|hub|lab\w*|mill"
    r"|facility|phase|section|school|site|hall|office|supercomputer|data cent(?:er|re))\b",
    re.IGNORECASE,
)


_PRONOUN = re.compile(r"\bit(?: was| is| has been)?(?: [a-z]+ly)?\s*\Z", re.IGNORECASE)
_OPENED = re.compile(r"\bopen(?:s|ed)?\b", re.IGNORECASE)


_WORKS = re.compile(
    r"(?:The )?(?:Construction|Building|Work) (?:of|on|work)\b[^.;]*"
    r"\b(?:began|started|begins|starts)\b"
)
_VOTED = re.compile(
    r"\b(?:adopted|passed) by (?:the|a|its) [^,;.]{0,60}"
    r"\b(?:[Cc]ongress|[Cc]ommittee|[Cc]ouncil|[Ll]egislature|[Pp]arliament|[Mm]eeting|[Ss]ession)\b"
)
""" "Adopted on 30 July by the Standing Committee": no mere issue."""
_LABEL = re.compile(r"Opened|Open since|In use since")
_OWN = re.compile(r"(?:s|ed)? (?:its|a|an|the|another|two|three) ")
_NEAR = 60


def kind_of(page: Page, hit: Hit, subject: str) -> str:
    """A forum that opens is held, a factory that opens is in operation, a programme launched."""
    if hit.rule.meaning == "launched" and _WORKS.match(fold(subject)):
        return "construction_started"  # "Construction of the second phase, …, began"
    if hit.rule.meaning == "issued" and _VOTED.search(fold(subject)):
        return "approved"
    if _LABEL.fullmatch(subject.split(":")[0].strip()):
        return "in_operation"  # "Opened: May 2021" on a page of facts
    if hit.rule.meaning == "launched" and _OPENED.search(page.folded, hit.start, hit.end):
        lead, _, thing = fold(subject).partition(" open")
        if _OWN.match(thing) and _FACILITY.search(thing[:_NEAR]):
            return "in_operation"  # "would open its second plant"
        if GATHERING.search(lead):
            return "held"
        if _FACILITY.search(lead) or _PRONOUN.search(lead):
            return "in_operation"
    return hit.rule.meaning


def status_of(page: Page, sentence: Sentence, when: When, hit: Hit) -> Status:
    """Return whether it has happened by the day of publication, will, or did not."""
    start, end = min(when.start, hit.start), max(when.end, hit.end)
    if _NOT_YET.search(page.folded, max(sentence.start, start - _BEFORE), end):
        return "negated"
    if page.published and when.first > page.published:
        return "planned"
    if page.published and when.last <= page.published:
        return "achieved"
    if when.part in ("before", "horizon"):
        return "planned"
    before = page.folded[max(sentence.start, start - _BEFORE) : hit.end]
    return "planned" if _PLANNED.search(before) else "achieved"


_BEFORE = 12


_BARE = re.compile(r"\b(?:which|that|it|they|was|were|is|to|and|when)\b", re.IGNORECASE)


_FEWEST_WORDS = 3


_LONGEST_SUBJECT = 140


_LONGEST_LEAD = 80


def _is_bare(page: Page, words: str, start: int, hit: Hit) -> bool:
    """Whether a clause begins with its verb, or names nothing before it."""
    before = page.text[start : max(start, hit.start)]
    return bool(_BARE.match(words)) or not re.search(r"[A-Z]", before[1:] + before[:1])


def subject_of_event(
    page: Page, sentence: Sentence, when: When, hit: Hit, span: tuple[int, int]
) -> str:
    """The words around the verb, without the date; more of the sentence where they say no name."""
    start, end = _alone(page, sentence) or span
    words = page.text[start:end]
    low, high = max(when.start, start) - start, min(when.end, end) - start
    if low < high:
        words = f"{words[:low].rstrip()} {words[high:].lstrip()}"
    words = words.strip(" ,;:\n-")
    own = page.folded[start : hit.start].strip()
    if (len(own) < _FEWEST_WORDS or _is_bare(page, words, start, hit)) and start > sentence.start:
        named = _agent(page, sentence, start, hit)
        words = f"{named or _lead(page, sentence, start)} {words}"
    if _BARE.match(words) and start <= sentence.start + SHORT:
        words = f"{_topic(page, sentence)} {words}".strip()
    if len(words.split()) < _FEWEST_WORDS:
        tail = page.text[end : min(sentence.end, end + 60)].strip(" ,")
        words = f"{words}, {tail or page.title}".strip(" ,")
    return _LEFT_OVER.sub("", words)[:_LONGEST_SUBJECT]


# What is left of a sentence's end where the day before it is taken out; "Co., Ltd." keeps its own.
_LEFT_OVER = re.compile(r"\s+[.,;:]$|(?<!\b(?:Ltd|Inc))(?<!\bCo)(?<!\bCorp)(?<!\.[A-Z])\.$")


def _alone(page: Page, sentence: Sentence) -> tuple[int, int] | None:
    """A short sentence with one day in it speaks of one thing: all of it says what happened."""
    if sentence.end - sentence.start > _SHORT_SENTENCE or page.block_of(sentence).kind == "pair":
        return None
    days = page.times_in(sentence.start, sentence.end)
    return (sentence.start, sentence.end) if len(days) == 1 else None


_SHORT_SENTENCE = 120


def _agent(page: Page, sentence: Sentence, start: int, hit: Hit) -> str:
    """What a clause without a name is about, where another verb stands before it: the noun
    before its "which", else what its verb is said of."""
    words = words_of(page, sentence)
    here = next((n for n, word in enumerate(words) if word.start >= start), None)
    verb = next((n for n, w in enumerate(words) if hit.start <= w.start and w.tag in _VERBAL), None)
    if here is None or verb is None:
        return ""
    if words[here].text in ("which", "that") and here:
        found = phrase_before(words, here - 1 if words[here - 1].text == "," else here)
        return shown(page.text, words, *found)[:_LONGEST_LEAD] if found else ""
    first = chain(words, verb)
    if words[first].tag == "to" and first:
        found = phrase_before(words, first - 1 if words[first - 1].text == "," else first)
        return shown(page.text, words, *found)[:_LONGEST_LEAD] if found else ""
    told = any(word.tag in ("verb", "aux") for word in words[1:here])
    return said_of(page, words, verb)[:_LONGEST_LEAD] if told else ""


_VERBAL = ("verb", "part", "ing", "aux")


def _topic(page: Page, sentence: Sentence) -> str:
    """What the sentence before a pronoun speaks of: the names in it."""
    before = page.sentences_before(sentence, 1)
    if not before:
        return ""
    words = words_of(page, before[-1])
    named = [word for word in words if page.text[word.start].isupper() and word.tag == "noun"]
    return page.text[named[0].start : named[-1].end][:_LONGEST_LEAD] if named else ""


def _lead(page: Page, sentence: Sentence, start: int) -> str:
    """The beginning of the sentence, where the thing is named that a later clause leaves out."""
    words = page.text[sentence.start : min(start, sentence.start + _LONGEST_LEAD)]
    cut = words if start <= sentence.start + _LONGEST_LEAD else words.rsplit(" ", 1)[0]
    return cut.strip(" ,")
