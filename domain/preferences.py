"""How a chat, or one topic in it, wants to be told: its rule, quiet hours, silence."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from domain.chat import Chat, Destination, Language
from domain.rule import USUAL, Objection, Rule, Sieve
from domain.story import Story

Verdict = Literal["relevant", "irrelevant"]
"""What somebody in a chat said of a story: it holds there against every rule."""

LONGEST_MUTE = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Local hours in which nothing comes by itself; over midnight where `until` is earlier."""

    start: int
    """Minute of the day, 0 to 1439."""
    until: int
    """The first minute after them; never the same as `start`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Everything that a destination can set besides its subscriptions."""

    rule: Rule = USUAL
    quiet: Quiet | None = None
    muted_until: datetime | None = None
    silent: bool = False
    """A digest that would hold nothing does not come."""
    language: Language | None = None
    """What a topic is spoken to in; None: the chat's language. The chat's own is the chat's."""
    timezone: str | None = None
    """A topic's own IANA zone; None: the chat's."""

    def is_muted(self, now: datetime) -> bool:
        """Tell whether nothing comes by itself just now."""
        return self.muted_until is not None and now < self.muted_until


UNSET = Preferences()


def spoken_to(chat: Chat, own: Preferences) -> Chat:
    """Return a chat as one of its topics is spoken to, which may have its own language and zone."""
    return replace(
        chat, language=own.language or chat.language, timezone=own.timezone or chat.timezone
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """One destination, with everything that decides what is told there."""

    destination: Destination
    preferences: Preferences = UNSET
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    """By story."""
    timezone: str = "Asia/Shanghai"

    def objection(self, story: Story, sieve: Sieve) -> Objection | None:
        """Return why a story is in no digest or list there; None where it is."""
        return self.verdict_on(story.id) or self._unless_relevant(
            story, sieve.objection(story, self.preferences.rule)
        )

    def alert_objection(self, story: Story, sieve: Sieve) -> Objection | None:
        """Return why a story is no alert there; None where it is."""
        return self.verdict_on(story.id) or self._unless_relevant(
            story, sieve.alert_objection(story, self.preferences.rule)
        )

    def news_objection(self, story: Story, sieve: Sieve) -> Objection | None:
        """Return why news of what is followed is not told there: what was never to come at all.

        Whoever follows something has said what he wants of it; only words that he does not want
        at all go before that.
        """
        own = self.preferences.rule
        never = replace(USUAL, exclude=own.exclude, barred=own.barred)
        return self.verdict_on(story.id) or self._unless_relevant(
            story, sieve.objection(story, never)
        )

    def told_at(self, ready: datetime) -> datetime:
        """Return when news that is ready at a time is told: at once, or when it is quiet no more.

        Quiet is a mute as well as quiet hours, also those that begin before the mute ends.
        """
        until = self.preferences.muted_until
        return self.spoken(until if until is not None and until > ready else ready)

    def spoken(self, at: datetime) -> datetime:
        """Return when what somebody asked for is told: at once, or after quiet hours."""
        return end_of_quiet(self.preferences.quiet, self.timezone, at) or at

    def verdict_on(self, story_id: int | None) -> Objection | None:
        """Return the objection where somebody there called the story not relevant."""
        said = None if story_id is None else self.verdicts.get(story_id)
        return Objection("verdict") if said == "irrelevant" else None

    def _unless_relevant(self, story: Story, found: Objection | None) -> Objection | None:
        return None if self.verdicts.get(story.id) == "relevant" else found


def end_of_quiet(quiet: Quiet | None, timezone: str, at: datetime) -> datetime | None:
    """Return when the quiet hours end that a moment falls into; None where it falls into none.

    A local time that a clock change skips is taken later by the length of the gap, one that it
    repeats the first time (PEP 495).
    """
    if quiet is None:
        return None
    zone = ZoneInfo(timezone)
    today = at.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        start = _local(day, quiet.start, zone)
        end = _local(day + timedelta(days=quiet.until <= quiet.start), quiet.until, zone)
        if start <= at < end:
            return end
    return None


def _local(day: date, minute: int, zone: ZoneInfo) -> datetime:
    at = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
    return at.astimezone(UTC)
