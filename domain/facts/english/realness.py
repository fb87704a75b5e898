"""What reaches an English number: its time, and how real it is."""

import re
from dataclasses import dataclass, replace

from domain.facts.cues import cue
from domain.facts.english.labelled import label_of
from domain.facts.english.phrases import chain, subject_of, verb_before
from domain.facts.english.reach import far, headed, near
from domain.facts.english.sentence_words import once
from domain.facts.english.stance import governing, stance
from domain.facts.english.tags import Word
from domain.facts.fact import Moment, Status, TimeRole
from domain.facts.page import Page, Sentence
from domain.facts.plans import of_plan_at_all
from domain.facts.quantity import Quantity
from domain.facts.reach import distributed, of_article, of_title
from domain.facts.rules import words as listed
from domain.facts.sections import in_goals
from domain.facts.when import When
from domain.text.fold import fold

_AIMS = listed("en", "aiming_nouns")
_GUESSING = listed("en", "guessing_verbs")
_LATER = ("planned", "target", "forecast")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The time a number belongs to and the status it has."""

    when: When | None
    role: TimeRole
    status: Status

    def moment(self, page: Page) -> Moment | None:
        """Return the time as a fact's time."""
        if self.when is None or self.when.part == "ahead":
            return None
        return self.when.moment(self.role, page.title if self.when.titled else page.text)


def scope(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    clause: tuple[int, int],
    words: list[Word],
    at: int,
) -> Scope:
    """Return the scope of a number; `clause` is where its own words begin and end."""
    said = _said(page, sentence, quantity, clause, words, at)
    when = _near(page, sentence, quantity, words, at)
    when = None if when and _is_now(page, quantity, when) else when
    when = _gone_by(page, when) if when and said == "achieved" else when
    if when and said in _LATER and _is_of_saying(page, when):
        when = None
    if when and said in _LATER and _is_past_value(page, quantity, when):
        said = "achieved"
    status = _status(page, sentence, quantity, said, when, words, at)
    if when is None:
        when, status = _inherited(page, sentence, said, status)
    return Scope(when=when, role=_role(when, status), status=status)


def _near(
    page: Page, sentence: Sentence, quantity: Quantity, words: list[Word], at: int
) -> When | None:
    if page.folded.find("respectively", sentence.start, sentence.end) >= 0:
        return distributed(page, sentence, quantity) or near(page, sentence, words, at)
    return near(page, sentence, words, at)


def _is_of_saying(page: Page, when: When) -> bool:
    """ "Pledged on Friday that 30 percent would": what is to come is not of a day gone by."""
    gone = page.published is not None and when.last <= page.published
    return gone and when.precision in ("day", "month") and when.part == "point"


def _is_past_value(page: Page, quantity: Quantity, when: When) -> bool:
    """ "Is to reach 12 percent, compared with 4.3 percent in 2024": the year is right behind it."""
    gone = page.published is not None and when.last < page.published
    behind = 0 <= when.start - quantity.end <= 1
    return gone and behind and when.precision in ("year", "half", "quarter") and when.explicit


_NOW = re.compile(r"\b(?:now|currently|so far|to date|today|at present)\b", re.IGNORECASE)


def _is_now(page: Page, quantity: Quantity, when: When) -> bool:
    """ "Opened in 2020, it now has": what is so today is not of the day named before."""
    if when.end > quantity.start or when.part != "point" or when.precision == "plan":
        return False
    return bool(_NOW.search(page.folded, when.end, quantity.start))


def _gone_by(page: Page, when: When) -> When:
    """ "Had filed 19 by Dec. 31", told in January: a day without a year that was is last year's."""
    ahead = page.published is not None and when.last > page.published and not when.explicit
    ended = when.precision == "year" and "end" in page.folded[when.start : when.end].lower()
    if not ahead or page.published is None or not (when.first > page.published or ended):
        return when
    if (when.first.month, when.first.day) == _LEAP_DAY or (
        when.last.month,
        when.last.day,
    ) == _LEAP_DAY:
        return when
    if (when.first - page.published).days < _SOON and not ended:
        return when
    return replace(
        when,
        first=when.first.replace(year=when.first.year - 1),
        last=when.last.replace(year=when.last.year - 1),
    )


_LEAP_DAY = (2, 29)
_SOON = 180
"""A day so near is rather one to come than one of last year."""


def _said(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    clause: tuple[int, int],
    words: list[Word],
    at: int,
) -> Status | None:
    """What its verb says, or what leads to it; else what the words around hint at."""
    if _is_aim(words, at):
        return "target"
    label = _labelled(page, sentence)
    if label is not None:
        return label
    counter = quantity.counter.lower()
    if counter.startswith("planned ") or any(word.text == "planned" for word in words[at - 1 : at]):
        return "planned"
    found = stance(words, at)
    if found == "achieved" and _GUESS.search(page.folded[clause[0] : quantity.start].lower()):
        return "forecast"
    if found == "achieved" and _puts(words, at) and _is_analyst(page, sentence):
        return "forecast"
    if found == "planned" and _RECKONED.search(page.folded, sentence.start, quantity.start):
        return "forecast"
    if found == "negated" and quantity.comparator in ("le", "ge"):
        found = "target"  # "must not exceed": the "not" compares
    if found is not None:
        return found
    own = (clause[0], max(clause[0], quantity.number_start)) if quantity.counter else clause
    hint = cue(page, sentence, quantity, own)
    return hint if hint in (*_LATER, "in_progress", "negated", "achieved") else None  # type: ignore[return-value]  # the test before it says which


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


def _puts(words: list[Word], at: int) -> bool:
    """ "Puts the figure at 145 billion"."""
    verb = verb_before(words, at)
    known = words[verb].verb if verb is not None else None
    return known is not None and known.lemma == "put" and words[at - 1].text in ("at", "about")


_RECKONED = re.compile(
    r"\b[Ii]t (?:is|was|has been) (?:estimated|expected|forecast|projected|predicted|reckoned) that\b"
)


def _is_aim(words: list[Word], at: int) -> bool:
    """ "A target of 30", "its goal: 1,000", "the ambition to have 20"."""
    if _is_listed_aim(words, at):
        return True
    for word in reversed(words[max(0, at - 7) : at]):
        if word.tag == "noun" and word.text in _AIMS:
            return True
        if word.tag in ("verb", "number") or word.text in (";", ".", ",", ")"):
            return False
    return False


_ANALYST = re.compile(
    r"\b(?:analysts?|consultanc(?:y|ies)|consulting|research (?:firm|house|note)|report by"
    r"|forecasts?|BMI|Fitch|IDC|Gartner|CCID|economists?|we (?:see|expect|forecast|estimate|model)"
    r"|our (?:numbers|estimate|forecast|model|view)|in our|estimates?)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\b(?:Securities|[Rr]esearch note|[Ss]ector note|Rating\b|Analyst:|[Pp]rice target"
    r"|[Tt]arget price|Overweight|Outperform|bear case|base case)"
)


def _is_analyst(page: Page, sentence: Sentence) -> bool:
    span = (sentence.start, sentence.end)
    return once(page, "analyst", *span, lambda: _estimates(page, sentence))


def _estimates(page: Page, sentence: Sentence) -> bool:
    """Whether somebody who only estimates speaks: in the sentence, or in a broker's note."""
    if _ANALYST.search(page.folded, sentence.start, sentence.end):
        return True
    return bool(_NOTE.search(page.folded[:1500])) and bool(
        re.search(r"\b(?:we|our|us)\b", page.folded[sentence.start : sentence.end], re.IGNORECASE)
    )


_OFFICIAL = re.compile(
    r"\b(?:city|cities|province|provincial|municipal\w*|governments?|authorit\w*|officials?|bureau|commission|ministry|miit"
    r"|zone|district|committee|administration|plan|council|mayor|county|state|office|department"
    r"|it|they|we|he|she)\b",
    re.IGNORECASE,
)


def _is_somebodys(page: Page, words: list[Word], at: int) -> bool:
    """ "Morgan Stanley expects": a guess of somebody with a name and no office."""
    verb = next(
        (n for n in range(at - 1, -1, -1) if _guesses(words[n])),
        None,
    )
    found = subject_of(words, verb) if verb is not None else None
    if found is None:
        return False
    who = page.text[words[found[0]].start : words[found[1] - 1].end]
    places = page.names_in(words[found[0]].start, words[found[1] - 1].end)
    return len(_NAMED.findall(who)) > 1 and not places and not _OFFICIAL.search(who)


def _guesses(word: Word) -> bool:
    known = word.verb
    return known is not None and word.tag == "verb" and known.lemma in (*_GUESSING, "see")


_NAMED = re.compile(r"\b[A-Z][\w&.-]*")


def is_future(page: Page, when: When | None) -> bool:
    """Whether a time lies ahead of publication, as a goal's does."""
    if when is None or page.published is None or when.part == "as_of":
        return False
    if when.last <= page.published:
        return False
    aimed = when.part in ("horizon", "before", "ahead")
    if when.precision == "year" and when.last.year == page.published.year:
        return aimed or page.published.month <= _EARLY
    return aimed or when.first > page.published or when.last.year > page.published.year


_EARLY = 6
"""Before its summer, a whole year is still to come."""


def _status(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    said: Status | None,
    when: When | None,
    words: list[Word],
    at: int,
) -> Status:
    future = is_future(page, when)
    if said in ("negated", "in_progress"):
        return said
    if said == "achieved" and future and _is_analyst(page, sentence):
        return "forecast"
    if said == "achieved" and future and _is_ahead(page, when):
        return "target" if when and when.part in ("horizon", "before") else "planned"
    if said == "achieved":
        goal = _of_plan(page, sentence, words, at)
        return "target" if goal and quantity.kind != "percent" else "achieved"
    named = said == "forecast" or future
    analyst = _is_analyst(page, sentence) or (named and _is_somebodys(page, words, at))
    if analyst and (said == "forecast" or future):
        return "forecast"
    if (
        future
        or said == "target"
        or in_goals(page, sentence)
        or _of_plan(page, sentence, words, at)
    ):
        return _ahead(said, when, future)
    if said in _LATER:
        return said
    return "achieved"


def _is_ahead(page: Page, when: When | None) -> bool:
    """ "Set 30 EFLOPS by 2027", "starts in June": the verb is none of the future, the time is."""
    if when is None or page.published is None:
        return False
    return when.first > page.published or when.last.year > page.published.year


def _ahead(said: Status | None, when: When | None, future: bool) -> Status:
    """What is said of a time to come: an aim, unless it is a plan for one day or for no day."""
    if said == "forecast" and not future:
        return "forecast"
    daily = when is not None and when.precision == "day" and when.part != "horizon"
    if said in ("planned", "forecast") and future and when and (when.part == "point" or daily):
        return said
    return "target"


_PLAN_SAYS = re.compile(
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
        re.compile(r"\b(?:forecast|estimated?|projection|projected|outlook)\b", re.IGNORECASE),
    ),
    (
        "achieved",
        re.compile(r"(?:results?|actual|outcome|achieved|so far|to date)\b", re.IGNORECASE),
    ),
)


def _labelled(page: Page, sentence: Sentence) -> Status | None:
    """ "Planned capacity: 3,200 PFLOPS", "Result: 620": the label says how real it is."""
    start, end = label_of(page, sentence)
    if not end:
        return None
    return next((one for one, words in _LABELS if words.search(page.folded, start, end)), None)


def _of_plan(page: Page, sentence: Sentence, words: list[Word], at: int) -> bool:
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


def _inherited(
    page: Page, sentence: Sentence, said: Status | None, status: Status
) -> tuple[When | None, Status]:
    """The time of an earlier sentence, a heading, the article; for goals that of the plan."""
    if status in _LATER or (said is None and in_goals(page, sentence)):
        when = far(page, sentence, ahead=True)
        if when is not None and (status == "planned" or not _is_analyst(page, sentence)):
            status = "target"
        if when is None and status == "target":
            when = of_title(page) or headed(page, sentence)
        return when, status
    if status != "achieved":
        return None, status
    when = far(page, sentence, ahead=False)
    if when is None and said is None:
        horizon = far(page, sentence, ahead=True)
        if horizon is not None and _leads_on(page, sentence):
            return horizon, "target"
    return when or of_article(page), status


def _leads_on(page: Page, sentence: Sentence) -> bool:
    """Whether a verbless sentence takes up a horizon: a line of a list, an answer."""
    if page.block_of(sentence).kind in ("item", "pair", "clause", "row", "heading"):
        return True
    before = page.folded[max(0, sentence.start - 4) : sentence.start].rstrip()
    return before.endswith("?")


_GUESS = re.compile(r"\b(?:estimate|forecast|nowcast|projection|outlook|guidance)\b")


def _role(when: When | None, status: Status) -> TimeRole:
    if when is None:
        return "as_of"
    if status in _LATER or (when.part == "horizon" and status != "achieved"):
        return "horizon"
    return "period" if when.part == "period" else "as_of"


def plan_title(page: Page) -> bool:
    """Whether the page's title names a plan."""
    return bool(_LABELLED_PLAN.search(fold(page.title)))
