"""What reaches an English number: its time, and how real it is."""

import re
from dataclasses import dataclass, replace

from domain.facts.cues import cue
from domain.facts.english.guesses import is_analyst, is_somebodys, puts
from domain.facts.english.not_yet import is_not_yet
from domain.facts.english.phrases import verb_before
from domain.facts.english.plan_talk import is_aim, is_of_plan, status_of_label
from domain.facts.english.reach import far, headed, near
from domain.facts.english.sentence_words import once
from domain.facts.english.stance import is_ought, is_perhaps, stance
from domain.facts.english.tags import Word
from domain.facts.english.to_come import is_to_come
from domain.facts.fact import Moment, Status, TimeRole
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.reach import distributed, of_article
from domain.facts.rules import words as listed
from domain.facts.sections import in_goals
from domain.facts.title_terms import of_title
from domain.facts.when import When

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
    when = None if when and when.part == "ahead" and said == "achieved" else when
    when = _at_its_end(when, words, at) if when else None
    when = _gone_by(page, when) if when and said == "achieved" else when
    if when and said in _LATER and _is_of_saying(page, when):
        when = None
    if when and said in _LATER and _is_past_value(page, quantity, when):
        said = "achieved"
    status = _status(page, sentence, quantity, said, when, words, at)
    if said is None and status in ("achieved", "target") and is_to_come(page, sentence):
        status = "planned"
        return Scope(when=when, role=_role(when, status), status=status)
    if when is None:
        when, status = _inherited(page, sentence, said, status)
    return Scope(when=when, role=_role(when, status), status=status)


def _near(
    page: Page, sentence: Sentence, quantity: Quantity, words: list[Word], at: int
) -> When | None:
    if page.folded.find("respectively", sentence.start, sentence.end) >= 0:
        return distributed(page, sentence, quantity) or near(page, sentence, words, at)
    return near(page, sentence, words, at)


def _at_its_end(when: When, words: list[Word], at: int) -> When:
    """ "Between 2020 and 2024 the number tripled to 1,176": what is reached is of the end."""
    if when.precision != "plan" or not when.explicit or at == 0 or words[at - 1].tag != "to":
        return when
    return replace(when, first=when.last.replace(month=1, day=1), precision="year", part="point")


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
    if when.end > quantity.start or when.part not in ("point", "horizon", "before"):
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
    if is_aim(words, at):
        return "negated" if stance(words, at) == "negated" else "target"
    label = status_of_label(page, sentence)
    if label is not None:
        return label
    counter = quantity.counter.lower()
    if counter.startswith("planned ") or any(word.text == "planned" for word in words[at - 1 : at]):
        return "planned"
    found = stance(words, at)
    if found in (None, "achieved") and is_not_yet(page, sentence, quantity, words, at):
        return "planned"
    if found == "achieved" and _GUESS.search(page.folded[clause[0] : quantity.start].lower()):
        return "forecast"
    if found == "achieved" and puts(words, at) and is_analyst(page, sentence):
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


_RECKONED = re.compile(
    r"\b[Ii]t (?:is|was|has been) (?:estimated|expected|forecast|projected|predicted|reckoned)"
    r" that\b"
)


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


_PAYING = listed("en", "paying_verbs")


def _is_paid(words: list[Word], at: int, quantity: Quantity) -> bool:
    """ "Will spend 2.3 billion on three substations": what money is put into is a plan."""
    verb = verb_before(words, at)
    known = words[verb].verb if verb is not None else None
    if known is not None and known.lemma == "provide" and quantity.kind != "money":
        return False  # "will provide all 183 counties with access"
    return known is not None and known.lemma in _PAYING


def _is_running(page: Page, when: When | None) -> bool:
    """ "Plans to add 5,000 petaflops this year": of a period that is not over."""
    if when is None or page.published is None or when.part == "as_of":
        return False
    return when.first <= page.published < when.last


def _status(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    said: Status | None,
    when: When | None,
    words: list[Word],
    at: int,
) -> Status:
    future = is_future(page, when) or (said in _LATER and _is_running(page, when))
    if said in ("negated", "in_progress") or (said == "forecast" and is_perhaps(words, at)):
        return said
    if said == "target" and is_ought(words, at) and _is_of_project(page, sentence):
        return "planned"
    if said == "achieved" and future and is_analyst(page, sentence):
        return "forecast"
    if said == "achieved" and future and _is_ahead(page, when):
        return "target" if when and when.part in ("horizon", "before") else "planned"
    if said == "achieved":
        goal = is_of_plan(page, sentence, words, at)
        return "target" if goal and quantity.kind != "percent" else "achieved"
    named = said == "forecast" or future
    analyst = is_analyst(page, sentence) or (named and is_somebodys(page, words, at))
    paid = _is_paid(words, at, quantity)
    if said == "planned" and paid and not (analyst and future):
        return said
    if analyst and (said == "forecast" or future):
        return "forecast"
    if (
        future
        or said == "target"
        or in_goals(page, sentence)
        or is_of_plan(page, sentence, words, at)
    ):
        return _ahead(said, when, future, _is_policy(page, sentence, when))
    if said in _LATER:
        return said
    return "achieved"


_OWN_PROJECT = re.compile(
    r"\b(?:projects?|plants?|lines?|factor(?:y|ies)|facilit(?:y|ies)|cent(?:er|re)|base|hall|campus|phase"
    r"|buildings?|hub|cluster|park|complex|laborator(?:y|ies)|lab|alliance|platform|fund|company|venture|tenders?|orders?|building)\b"
)
_PUBLIC = re.compile(
    r"\b(?:cit(?:y|ies)|districts?|province|provincial|municipal\w*|governments?|plans?|zones?|area"
    r"|count(?:y|ies)|towns?|authorit\w+|bureau|commission|goals?|targets?)\b",
    re.IGNORECASE,
)


def _is_of_project(page: Page, sentence: Sentence) -> bool:
    """ "The line should turn out 40 million chips": what one project will do is no public aim."""
    begin, end = sentence.start, sentence.end
    return bool(_OWN_PROJECT.search(page.folded, begin, end)) and not _PUBLIC.search(
        page.folded, begin, end
    )


def _is_ahead(page: Page, when: When | None) -> bool:
    """ "Set 30 EFLOPS by 2027", "starts in June": the verb is none of the future, the time is."""
    if when is None or page.published is None:
        return False
    return when.first > page.published or when.last.year > page.published.year


_PROJECT = re.compile(
    r"\b(?:projects?|plants?|phase|compan(?:y|ies)|factor(?:y|ies)|facilit(?:y|ies)|cent(?:er|re)|base|campus|fund|group"
    r"|hub|cluster|station|line|firm|maker|operator|we|our|it|he|she|hall|building|park|school"
    r"|exhibition|forum|fair|conference|budget|[A-Z][a-z]+ said)\b",
)


def _is_policy(page: Page, sentence: Sentence, when: When | None) -> bool:
    """ "In 2030 the industry is to reach": of a year and of no single project, it is an aim."""
    if when is None or when.precision not in ("year", "plan"):
        return False
    span = (sentence.start, sentence.end)
    return once(page, "project", *span, lambda: _PROJECT.search(page.folded, *span)) is None


def _ahead(said: Status | None, when: When | None, future: bool, policy: bool) -> Status:
    """What is said of a time to come: an aim, unless it is a plan for one day or for no day."""
    if said == "forecast" and not future:
        return "forecast"
    daily = when is not None and when.precision == "day" and when.part != "horizon"
    if said in ("planned", "forecast") and future and when and (when.part == "point" or daily):
        return said if said == "forecast" or not policy else "target"
    return "target"


def _inherited(
    page: Page, sentence: Sentence, said: Status | None, status: Status
) -> tuple[When | None, Status]:
    """The time of an earlier sentence, a heading, the article; for goals that of the plan."""
    if said == "planned" and (
        _YEARLY.search(page.folded, sentence.start, sentence.end)
        or (status == said and _is_of_project(page, sentence))
    ):
        return None, status
    if status in _LATER or (said is None and in_goals(page, sentence)):
        when = far(page, sentence, ahead=True)
        aimed = when is not None and when.part in ("horizon", "before", "ahead")
        if aimed and (status == "planned" or not is_analyst(page, sentence)):
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


_YEARLY = re.compile(
    r"\b(?:(?:every|each|per|a) (?:year|month|week|day)|annually|yearly)\b", re.IGNORECASE
)
""" "90 people will be trained there every year": of no year in particular."""
_GUESS = re.compile(r"\b(?:estimate|forecast|nowcast|projection|outlook|guidance)\b")


def _role(when: When | None, status: Status) -> TimeRole:
    if when is None:
        return "as_of"
    if status in _LATER or (when.part == "horizon" and status != "achieved"):
        return "horizon"
    return "period" if when.part == "period" else "as_of"
