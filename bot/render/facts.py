"""One fact in one line, from its typed fields, in the reader's language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.language import Words
from bot.markup import NOTHING, Html, bold, escape, join, text_of
from bot.render import labels
from bot.render.bare import names_nothing
from bot.render.columns import LINE, columns, narrow
from bot.render.dates import span
from bot.render.due import what_is_due
from bot.render.gloss import named_with_gloss
from bot.render.numbers import amount
from bot.safe_text import cut, one_line
from domain.facts.fact import Evidence, Fact, Moment
from domain.facts.label import label

PHRASE_LENGTH = 40
QUOTE_LENGTH = 300
SHORTEST_SUBJECT = 24
"""Columns; with fewer nobody knows what a figure is about."""
BRIEF = 2 * LINE - 18
"""Columns of a fact in two lines on a phone, less its bullet, what wrapping wastes, bold type."""
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+|\d+|[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How much of a fact is said; numbers, units and what qualifies them are never shortened."""

    subject: int = 120
    """Columns."""
    sums: int = 5
    people: bool = True
    """Also who issued it, who may have it and who answers for it."""


FULL = Length()


def fact_line(fact: Fact, words: Words, headline: str = "", length: Length = FULL) -> Html:
    """Say what a fact states; what the headline above it says already is left out."""
    match fact.type:
        case "policy_document":
            return _document(fact, words, headline, length)
        case "measure":
            return _measure(fact, words, length)
        case "event":
            return _event(fact, words, length)
        case "deadline":
            return _deadline(fact, words, length)
        case _:
            return _figure(fact, words, length)


def brief_line(fact: Fact, words: Words, headline: str = "") -> Html:
    """Say a fact in two lines of a phone where that can be done without touching its figures."""
    subject = min(columns(one_line(fact.subject)), FULL.subject)
    for length in (FULL, Length(people=False), Length(people=False, sums=2)):
        said = fact_line(fact, words, headline, length)
        over = columns(text_of(said)) - BRIEF
        if over <= 0:
            return said
    short = Length(subject=max(SHORTEST_SUBJECT, subject - over), people=False, sums=2)
    return fact_line(fact, words, headline, short)


def quote(evidence: Evidence) -> Html:
    """Show the exact words; a very long passage is cut with an ellipsis."""
    return Html(f"“{escape(cut(evidence.quote, QUOTE_LENGTH))}”")


def _figure(fact: Fact, words: Words, length: Length) -> Html:
    notes = [meaning] if (meaning := _meaning(fact, words)) else []
    if role := labels.INVESTMENTS.get(_text(fact.attributes.get("role"))):
        notes.append(words.say(role))
    notes += _notes(fact, words)
    if fact.value is None:
        return join("", _subject(fact, length), _in_brackets(notes, words))
    value = bold(_value(fact, words))
    said = words.say("{subject}: {value}", subject=_subject(fact, length), value=value)
    return join("", said, _in_brackets(notes, words))


def _meaning(fact: Fact, words: Words) -> Html:
    """Say what a figure is of, where its subject is in a script that the reader may not know."""
    name = labels.INDICATORS.get(_text(fact.attributes.get("indicator")))
    foreign = bool(_HAN.search(fact.subject)) != (words.language == "zh")
    if not name or not foreign:
        return NOTHING
    said = words.say(name)
    return Html(said[:1].lower() + said[1:])


_HAN = re.compile("[\u3400-\u9fff]")


def compared_value(fact: Fact, words: Words) -> Html:
    """Write the figure of a fact with its bound."""
    return _value(fact, words) if fact.value else NOTHING


def _value(fact: Fact, words: Words) -> Html:
    shown = amount(fact.value or "", fact.unit, words)
    if fact.value_high:
        high = amount(fact.value_high, fact.unit, words)
        shown = words.say("{low} to {high}", low=shown, high=high)
    counted = one_line(fact.counted or "")
    if counted and not _repeats(counted, fact.subject):
        shown = words.say("{number} {counted}", number=shown, counted=cut(counted, PHRASE_LENGTH))
    return _compared(shown, fact.comparator, words)


def _repeats(counted: str, subject: str) -> bool:
    """Tell whether the subject names what is counted, be it with further words in between."""
    left = iter(_words_of(subject))
    return all(word in left for word in _words_of(counted))


def _words_of(text: str) -> list[str]:
    """Return the words of a text, without the endings by which one differs from many."""
    return [word.removesuffix("s") for word in _WORD.findall(text.casefold())]


def _compared(shown: Html, comparator: object, words: Words) -> Html:
    text = labels.COMPARATORS.get(_text(comparator))
    return words.say(text, amount=shown) if text else shown


def _document(fact: Fact, words: Words, headline: str, length: Length) -> Html:
    about = fact.attributes
    issuers = _texts(about.get("issuers"))[: 2 if length.people else 0]
    notes = [named_with_gloss(_phrase(name), words) for name in issuers]
    if stage := labels.STAGES.get(_text(about.get("stage"))):
        notes.append(words.say(stage))
    notes += [_when(moment, words) for moment in _moments(fact)]
    number = bold(_phrase(about.get("number")))
    title = bold(words.say("“{title}”", title=_subject(fact, length)))
    if number and one_line(fact.subject) in one_line(headline):
        title = NOTHING
    return join("", join(" ", title, number), _in_brackets(notes[:5], words))


def _measure(fact: Fact, words: Words, length: Length) -> Html:
    about = fact.attributes
    given = _mappings(about.get("amounts"))
    sums = [_amount(item, about, words) for item in _telling(given, length.sums)]
    rest = [Html("…")] if len(given) > length.sums else []
    name, people = label(fact), one_line(_text(about.get("eligible")))
    unnamed = names_nothing(name, people)
    if length.people and people and people not in one_line(name) and not unnamed:
        rest.append(words.say("for {people}", people=_phrase(people)))
    if length.people and (bodies := _texts(about.get("responsible"))):
        names = words.say(", ").join(one_line(name) for name in bodies[:3])
        named = named_with_gloss(cut(names, 2 * PHRASE_LENGTH), words)
        rest.append(words.say("responsible: {bodies}", bodies=named))
    if status := labels.STATUSES.get(fact.status):
        rest.append(words.say(status))
    head = _for_whom(fact, people, words, length) if unnamed else _called(fact, words, length)
    shown = bold(join(words.say("; "), *sums))
    return join(words.say(" · "), head, join(words.say("; "), shown, *rest))


def _called(fact: Fact, words: Words, length: Length) -> Html:
    """Say what a benefit is and is called."""
    name, kind = label(fact), _instrument(fact)
    subject = escape(narrow(one_line(name), length.subject))
    if words.plain(kind).casefold() in name.casefold():
        return subject  # a voucher called “compute voucher” needs no other name
    return words.say("{kind}: {subject}", kind=words.say(kind), subject=subject)


def _for_whom(fact: Fact, people: str, words: Words, length: Length) -> Html:
    """Say of a benefit without a name what it is, and in its place whom it is for."""
    shown = narrow(people, length.subject)
    whom = words.say("for {people}", people=shown) if shown else NOTHING
    return join(words.say(" · "), words.say(_instrument(fact)), whom)


def _instrument(fact: Fact) -> str:
    kind = _text(fact.attributes.get("instrument"))
    return labels.INSTRUMENTS.get(kind, labels.INSTRUMENTS["other"])


_TELLING = ("cap", "fixed", "per_unit", "rate")
"""What one can get says more than what the programme spends or asks for."""


def _telling(given: Sequence[Mapping[str, Any]], most: int) -> list[Mapping[str, Any]]:
    """Return so many amounts, those that tell most, in the order in which they are stated."""
    ranks = {role: rank for rank, role in enumerate(_TELLING)}
    order = sorted(
        range(len(given)), key=lambda at: ranks.get(_text(given[at].get("role")), len(ranks))
    )
    return [given[at] for at in sorted(order[:most])]


def sums(fact: Fact, words: Words) -> list[Html]:
    """Write every amount of a measure, each with what it is for."""
    about = fact.attributes
    return [_amount(item, about, words) for item in _mappings(about.get("amounts"))]


def sum_of(item: Mapping[str, Any], words: Words) -> Html:
    """Write one amount of a measure with its bound and period, without saying what it is for."""
    role, comparator = _text(item.get("role")), item.get("comparator")
    shown = amount(_text(item.get("value")), _text(item.get("unit")) or None, words)
    if not (role == "cap" and comparator == "le"):  # a cap says "up to" by itself
        shown = _compared(shown, comparator, words)
    if period := labels.PERIODS.get(_text(item.get("period"))):
        shown = words.say(period, amount=shown)
    return shown


def _amount(item: Mapping[str, Any], about: Mapping[str, Any], words: Words) -> Html:
    role, shown = _text(item.get("role")), sum_of(item, words)
    base = _phrase(about.get("rate_base"))
    if role == "rate" and not base:
        return shown
    return words.say(labels.AMOUNTS.get(role, "{amount}"), amount=shown, base=base)


def _event(fact: Fact, words: Words, length: Length) -> Html:
    kind = labels.EVENTS.get(_text(fact.attributes.get("kind")), labels.EVENTS["announced"])
    subject = _subject(fact, length)
    head = words.say("{kind}: {subject}", kind=bold(words.say(kind)), subject=subject)
    return join("", head, _in_brackets(_notes(fact, words), words))


def _deadline(fact: Fact, words: Words, length: Length) -> Html:
    if fact.time is None:
        return _subject(fact, length)
    kind = _text(fact.attributes.get("kind"))
    text = labels.DEADLINES.get(kind, labels.TIMES["deadline"])
    head = bold(words.say(text, time=span(fact.time, words)))
    subject = escape(narrow(one_line(what_is_due(fact)), length.subject))
    return words.say("{kind}: {subject}", kind=head, subject=subject)


def _notes(fact: Fact, words: Words) -> list[Html]:
    status = labels.STATUSES.get(fact.status)
    # A target with a year says by itself that it is one.
    if status and not (fact.status == "target" and fact.time):
        return [words.say(status), *([_when(fact.time, words)] if fact.time else [])]
    return [_when(fact.time, words)] if fact.time else []


def _when(moment: Moment, words: Words) -> Html:
    return words.say(labels.TIMES[moment.role], time=span(moment, words))


def _moments(fact: Fact) -> list[Moment]:
    """Give the dates of a document: the one in its own field and those in its attributes."""
    named = ("role", "start", "end", "precision", "text")
    further = [
        Moment(**{name: item[name] for name in named})
        for item in _mappings(fact.attributes.get("dates"))
        if all(isinstance(item.get(name), str) for name in named)
    ]
    known = [*([fact.time] if fact.time else []), *further]
    return list({(moment.role, moment.start): moment for moment in known}.values())


def _in_brackets(notes: Iterable[Html], words: Words) -> Html:
    inside = join(words.say(", "), *notes)
    return words.say(" ({notes})", notes=inside) if inside else inside


def _subject(fact: Fact, length: Length) -> Html:
    return escape(narrow(one_line(fact.subject), length.subject))


def _phrase(value: object) -> str:
    return cut(one_line(_text(value)), PHRASE_LENGTH)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [item for item in _items(value) if isinstance(item, str)]


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [item for item in _items(value) if isinstance(item, Mapping)]


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()
