"""English metrics, targets and investments: the numbers an article states about the world."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.facts.about import Subject
from domain.facts.english import money
from domain.facts.english.labelled import is_outcome, owner_of
from domain.facts.english.phrases import verb_before
from domain.facts.english.realness import Scope, scope
from domain.facts.english.sentence_words import place_of as word_of
from domain.facts.english.sentence_words import words_of
from domain.facts.english.subjects import gapped, subject
from domain.facts.english.tags import Word
from domain.facts.english.wanted import is_wanted
from domain.facts.fact import FactType
from domain.facts.indicators import indicator_of, place_of
from domain.facts.learnt import verdict
from domain.facts.learnt.naming import by_opinion
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import words as words_listed
from domain.facts.statement import Statement


@dataclass(slots=True)
class _Said:
    """What a sentence has said so far, and what the one before has left to it."""

    end: int
    """Where the last number ends."""
    below: bool
    """Whether its line is a part of a sum above."""
    known: Subject | None = None
    """What the last number of the sentence before was about."""
    lead: Subject | None = None
    """What that sentence counted first."""
    about: Subject | None = None
    counts: Subject | None = None
    last: Statement | None = None
    invested: bool = False
    """Whether the last sum is invested."""
    whole: bool = False
    """Whether the first sum is."""


def figures(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield every number of an English page that no measure, deadline or table has taken."""
    if page.language != "en":
        return
    before: _Said | None = None
    block = headed = -1
    for sentence in page.sentences:
        said = _Said(end=sentence.start, below=_is_below(page, sentence, headed))
        if before is not None and sentence.block == block:
            said.known, said.lead, said.last = before.about, before.counts, before.last
        before, block = said, sentence.block
        for stated in _of_sentence(page, sentence, said, taken):
            if not said.below:
                headed = sentence.block if stated.type == "investment" else -1
            yield stated


def _of_sentence(
    page: Page, sentence: Sentence, said: _Said, taken: frozenset[int]
) -> Iterator[Statement]:
    found = page.quantities_in(sentence.start, sentence.end)
    words = words_of(page, sentence) if found else []
    for quantity in found:
        at = word_of(words, quantity)
        if quantity.number_start in taken or at is None:
            continue
        wanted = is_wanted(page, sentence, quantity, words, at)
        if not wanted and not verdict.kind(page, quantity, None):
            continue
        about = _about(page, sentence, quantity, said)
        if about is None:
            continue
        listed = _is_listed(page, sentence, quantity, said)
        stated = _statement(page, sentence, quantity, about, words, at, listed, wanted)
        said.end = quantity.end
        if stated is None:
            continue
        stated = _as_before(stated, said.last)
        if said.last is not None and about.text == gapped(page, words, at):
            stated = _fallen_too(stated, said.last)
        said.last, said.invested = stated, stated.type == "investment"
        said.whole = said.whole or (said.invested and quantity is found[0])
        yield stated


def _about(page: Page, sentence: Sentence, quantity: Quantity, said: _Said) -> Subject | None:
    """What a number is about, kept in mind for those behind it."""
    outcome = said.known is not None and is_outcome(page, sentence)
    points = _points_back(quantity) or outcome
    back = said.known if said.about is None and points else said.about
    back = said.lead if said.about is None and said.lead and _is_of_them(page, quantity) else back
    moved = outcome and not quantity.counter and said.known is not None
    about = _moved_to(said.known, quantity) if moved and said.known else None
    about = about or subject(page, sentence, quantity, said.end, back)
    if about is None:
        return None
    owner = owner_of(page, sentence, about.text)
    if owner:
        about = replace(about, text=f"{owner}: {about.text}", owner=owner)
    counted = about.counted or (said.about.counted if said.about else None)
    said.about = replace(about, counted=counted)
    if quantity.kind == "count":
        said.counts = said.counts or said.about
    return about


def _is_listed(page: Page, sentence: Sentence, quantity: Quantity, said: _Said) -> bool:
    """Whether a number goes on a list of invested sums."""
    gap = page.folded[said.end : quantity.start].strip()
    goes_on = said.invested and (gap in _LISTED or bool(_OF_WHICH.search(gap)))
    parts = said.whole and bool(_OF_IT.match(page.folded, sentence.start))
    return said.below or goes_on or parts


_OF_WHICH = re.compile(r"\b(?:of|including|among) which\b|\bincluding\b")


def _as_before(stated: Statement, last: Statement | None) -> Statement:
    """ "Utilisation climbed to 71 percent. Hangzhou's platform runs at 64": of the same measure."""
    told = last.attributes.get("indicator") if last else None
    if last is None or told not in _CARRIED or stated.attributes.get("indicator") != "other":
        return stated
    same = stated.unit == last.unit and stated.counted == last.counted
    if not same or not _WEAK.search(stated.subject):
        return stated
    return replace(stated, attributes={**stated.attributes, "indicator": told})


def _fallen_too(stated: Statement, last: Statement) -> Statement:
    """ "Sugon lost 8.3 percent, | Guojia 6.1 percent": the verb is left out, not its sign."""
    if stated.unit != last.unit or stated.value is None or last.value is None:
        return stated
    return replace(stated, value=-stated.value) if last.value < 0 < stated.value else stated


_CARRIED = ("utilisation", "industry_scale", "growth")
_WEAK = re.compile(
    r"(?:'s(?: \w+)?|\b(?:share|figure|rate|level|average|city|province|zone|district|country"
    r"|nation"
    r"|platform|result|plan|it|they))\Z|\A[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}\Z",
    re.IGNORECASE,
)
""" A subject that names a place or says "the figure", and no measure."""
_OF_IT = re.compile(r"(?:Of|Out of) (?:the|this|that|these|its|their) ")
""" "Of the 42 billion yuan invested, 15 billion will come from": its parts are invested too."""
_LISTED = (",", "and", ", and")


def _is_of_them(page: Page, quantity: Quantity) -> bool:
    """ "Four of them are": of what the sentence before counted first."""
    return bool(_THEM.match(page.folded, quantity.end))


_THEM = re.compile(r"\sof (?:them|these|those)\b")


def _moved_to(about: Subject, quantity: Quantity) -> Subject:
    """The subject of an earlier number, said of this one."""
    at = quantity.start
    return replace(about, start=at, end=quantity.end, clause=(at, at))


_BULLET = re.compile(r"\s{0,8}[-*•]\s")


def _is_below(page: Page, sentence: Sentence, headed: int) -> bool:
    """ "Investment: 4.2 billion / - buildings: 0.9 billion": the parts of an invested sum."""
    if not 0 <= headed < sentence.block or sentence.block - headed > _MOST_PARTS:
        return False
    marked = _BULLET.match(page.folded, page.blocks[sentence.block].start)
    return bool(marked) and not _BULLET.match(page.folded, page.blocks[headed].start)


_MOST_PARTS = 8


def _points_back(quantity: Quantity) -> bool:
    """ "95 no longer existed": it counts what was counted before."""
    return quantity.kind == "count" and not quantity.counter


def _statement(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    about: Subject,
    words: list[Word],
    at: int,
    listed: bool,
    wanted: bool,
) -> Statement | None:
    """One number; `listed` tells that it goes on a list of invested sums."""
    reach = scope(page, sentence, quantity, about.clause, words, at)
    invested = quantity.kind == "money" and (
        listed or money.is_invested(page, quantity, about, words, at)
    )
    ruled: FactType = "investment" if invested else _kind(reach)
    kind = verdict.kind(page, quantity, ruled if wanted else None)
    if kind is None:
        return None
    attributes = (
        money.attributes(page, sentence, quantity, about)
        if kind == "investment"
        else _attributes(page, sentence, quantity, about)
    )
    stated = Statement(
        type=kind,
        subject=about.text,
        spans=((about.start, max(quantity.end, about.end)),),
        rule=f"en.{kind}",
        value=-quantity.value if _is_negative(quantity, words, at) else quantity.value,
        high=quantity.high,
        unit=quantity.unit,
        counted=about.counted,
        comparator=quantity.comparator,
        status=verdict.status(page, kind, reach.status, reach.moment(page)),
        time=reach.moment(page),
        attributes=attributes,
        confidence="high" if about.certain else "medium",
        uses=frozenset({quantity.number_start}),
    )
    if not wanted:
        return by_opinion(stated)
    return stated if kind == ruled else by_opinion(stated, "medium")


_CUTTING = words_listed("en", "cutting_verbs")


def _is_negative(quantity: Quantity, words: list[Word], at: int) -> bool:
    """ "Fell 12 percent", "cut training costs by 30 percent"."""
    if quantity.kind != "percent" or quantity.high is not None:
        return False
    verb = verb_before(words, at) if at and words[at - 1].text == "by" else None
    known = words[verb].verb if verb is not None else None
    return quantity.negative or (known is not None and known.lemma in _CUTTING)


def _kind(reach: Scope) -> FactType:
    return "target" if reach.status == "target" else "metric"


def _attributes(
    page: Page, sentence: Sentence, quantity: Quantity, about: Subject
) -> dict[str, object]:
    attributes: dict[str, object] = {"indicator": indicator_of(page, quantity, about)}
    place = _named(page, sentence, about) or place_of(page, sentence, quantity)
    if place:
        attributes["place"] = place
    return attributes


def _named(page: Page, sentence: Sentence, about: Subject) -> str | None:
    """The place that the subject itself names."""
    for name in page.names_in(sentence.start, sentence.end):
        words = page.text[name.start : name.end]
        if name.entry.kind == "place" and words in about.text:
            return words
    return None
