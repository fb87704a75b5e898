"""What reaches a number from further away: its time, and how real it is."""

import re
from dataclasses import dataclass

from domain.facts.cues import cue, own_cue
from domain.facts.fact import Moment, Status, TimeRole
from domain.facts.page import Page, Sentence
from domain.facts.prospect_zh import aims
from domain.facts.quantity import Quantity
from domain.facts.reach import AIMED, far, near, of_article
from domain.facts.sections import in_goals
from domain.facts.status import is_future
from domain.facts.status import status as status_of
from domain.facts.title_terms import of_title
from domain.facts.when import When
from domain.text.sought import Sought

_CLOSE = 24
"""Characters behind a number within which a time is its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The time a number belongs to and the status it has."""

    when: When | None
    role: TimeRole
    status: Status

    def moment(self, page: Page) -> Moment | None:
        """Return the time as a fact's time."""
        if self.when is None:
            return None
        return self.when.moment(self.role, page.title if self.when.titled else page.text)


def scope(page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int]) -> Scope:
    """Return the scope of a number of a sentence; `clause` is where its own words begin and end."""
    when = near(page, sentence, quantity)
    if when and _is_of_another(page, quantity, clause, when):
        when = None
    now = _is_now(page, quantity, when)
    when = None if now else when
    status = status_of(page, sentence, quantity, clause, when)
    if page.language == "zh" and _is_past(page, clause, when, status):
        when, now = None, True
    if when is None and not now:
        when, status = _reached(page, sentence, quantity, clause, status)
    return Scope(
        when=when if when and when.part != "ahead" else None,
        role=_role(when, status),
        status=status,
    )


def _is_of_another(page: Page, quantity: Quantity, clause: tuple[int, int], when: When) -> bool:
    """A horizon well behind a number that was reached belongs to a later one."""
    if when.part not in AIMED or when.start <= quantity.end + _CLOSE:
        return False
    hit = own_cue(page, clause[0], quantity.end)
    return hit is not None and hit.rule.meaning == "achieved"


def _is_past(page: Page, clause: tuple[int, int], when: When | None, status: Status) -> bool:
    """截至4月底…;全部投产后将新增…: what is to come is not of the day named before."""
    if when is None or page.published is None or status not in ("planned", "forecast", "target"):
        return False
    return when.last < page.published and when.start < clause[0]


_NOW = Sought(
    r"(?<!截至)(?<!截止)(?<![由从])目前|迄今|如今|(?<![由从])现有(?!基础)"
    r"|\b(?:currently|so far|to date)\b",
    re.IGNORECASE,
)


def _is_now(page: Page, quantity: Quantity, when: When | None) -> bool:
    """启用于2023年,目前入驻率92%: what is so today is not of the day named before."""
    if when is None or when.end > quantity.start or when.part != "point":
        return False
    return bool(_NOW.search(page.folded, when.end, quantity.start))


def _reached(
    page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int], status: Status
) -> tuple[When | None, Status]:
    """The time of an earlier sentence: of the paragraph, the section, for goals the whole plan."""
    when = far(page, sentence)
    if when is None:
        if status == "achieved":
            return page.report or of_article(page), status
        return (of_title(page), status) if status == "target" else (None, status)
    if is_future(when, page.published):
        if not _looks_ahead(page, sentence, quantity, clause, when):
            return None, status
        return when, status_of(page, sentence, quantity, clause, when)
    running = page.published is not None and when.last > page.published and status == "target"
    return (when, status) if status == "achieved" or running else (None, status)


_LEADS_ON = ("item", "pair", "clause")


def _looks_ahead(
    page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int], when: When
) -> bool:
    """Whether a goal's horizon reaches on into a sentence: English says what it aims at again."""
    found = cue(page, sentence, quantity, clause)
    aimed = found in ("target", "planned", "forecast")
    if found in ("achieved", "negated") or aimed:
        return found not in ("achieved", "negated")
    listed = page.block_of(sentence).kind in _LEADS_ON or in_goals(page, sentence)
    if page.language == "zh":
        clausal = page.block_of(sentence).kind == "clause" and not in_goals(page, sentence)
        listed = listed and not clausal
        return when.part != "before" and (listed or aims(page, clause, quantity))
    return listed


def _role(when: When | None, status: Status) -> TimeRole:
    if when is None:
        return "as_of"
    if when.part == "horizon" or status in ("target", "planned", "forecast"):
        return "horizon"
    return "period" if when.part == "period" else "as_of"
