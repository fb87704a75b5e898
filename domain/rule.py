"""What a chat wants to be told: a rule, and the reason why a story is not for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from domain.highlights import SECTIONS, Section, sections
from domain.pattern import pattern, plainly
from domain.source import TIERS, Tier
from domain.story import Story

ArticleLanguage = Literal["en", "zh"]
"""What can be chosen: Chinese is one language in either script."""

Level = Literal["all", "firm"]
"""firm: only what binds, pays or runs out is worth an alert."""

FIRM: frozenset[Section] = frozenset({"documents", "measures", "deadlines"})

MOST_WORDS = 20
"""Of each list."""

By = Literal[
    "barred",
    "exclude",
    "tier",
    "language",
    "minimum",
    "kinds",
    "include",
    "level",
    "muted",
    "verdict",
    "nothing_new",
]
"""Which part of a chat's wishes left something out.

barred: a word that operators left out for everybody. verdict: somebody there called the story not
relevant. muted: of earlier versions; what comes during a mute waits now. nothing_new: there was
nothing to tell, and the chat wants silence then.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What of the stories about a topic a chat wants; the usual one wants all of them.

    Two chats with equal rules are told the same.
    """

    kinds: tuple[Section, ...] = SECTIONS
    """In the order of a digest; one that a story has something for is enough."""
    languages: tuple[ArticleLanguage, ...] = ()
    """Which articles count; none named: all."""
    minimum: float = 0.0
    """How relevant, from 0 to 1."""
    include: tuple[str, ...] = ()
    """One of these words has to occur; none named: anything goes."""
    exclude: tuple[str, ...] = ()
    """None of these may, in the article that is told."""
    farthest: Tier = "reprint"
    """How far from the original whoever tells it may stand."""
    level: Level = "all"
    """What of it is worth an alert."""
    barred: tuple[str, ...] = ()
    """Title words that operators left out for everybody; never kept with the chat's own."""


USUAL = Rule()


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a story is not told: which part of the rule, and the word it met if it is one."""

    by: By
    word: str = ""


_LEFT_OUT = "left out by "


def written(one: Objection) -> str:
    """Write down why a delivery was let go, for `read_objection`."""
    return f"{_LEFT_OUT}{one.by} {one.word}".rstrip()


def read_objection(text: str | None) -> Objection | None:
    """Read why a delivery was let go; None where it was for another reason."""
    if not text or not text.startswith(_LEFT_OUT):
        return None
    by, _, word = text.removeprefix(_LEFT_OUT).partition(" ")
    return next((Objection(one, word) for one in get_args(By) if one == by), None)


def admits(story: Story, rule: Rule) -> bool:
    """Tell whether a story is for a chat with this rule."""
    return objection(story, rule) is None


def objection(story: Story, rule: Rule) -> Objection | None:
    """Return why a story is not for a chat with this rule; None where it is."""
    return Sieve().objection(story, rule)


def count_admitted(stories: Sequence[Story], rule: Rule) -> int:
    """Count the stories that are for a chat with this rule."""
    sieve = Sieve()
    return sum(sieve.objection(story, rule) is None for story in stories)


class Sieve:
    """Judges the same stories by many rules: what a story holds is looked at once.

    Ten thousand chats that are due together share few stories and words, so each word is looked
    for in each story once, and each rule judges each story once.
    """

    def __init__(self) -> None:
        self._traits: dict[int, _Traits] = {}
        self._judged: dict[tuple[int, Rule], Objection | None] = {}

    def objection(self, story: Story, rule: Rule) -> Objection | None:
        """Return why a story is not for a chat with this rule; None where it is."""
        if rule == USUAL:
            return None
        key = (story.id, rule)
        if key not in self._judged:
            self._judged[key] = _judge(self._of(story), rule)
        return self._judged[key]

    def alert_objection(self, story: Story, rule: Rule) -> Objection | None:
        """Return why a story is no alert for a chat with this rule; None where it is."""
        found = self.objection(story, rule)
        if found is None and rule.level == "firm" and not FIRM & self._of(story).sections:
            return Objection("level")
        return found

    def _of(self, story: Story) -> "_Traits":
        if story.id not in self._traits:
            self._traits[story.id] = _Traits(story)
        return self._traits[story.id]


class _Traits:
    """What a rule may ask of a story, found out when it is first asked."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._heard: dict[tuple[str, str], bool] = {}

    @cached_property
    def sections(self) -> frozenset[Section]:
        return sections(self._story)

    @cached_property
    def languages(self) -> frozenset[str]:
        return frozenset(one.article.language.split("-")[0] for one in self._story.coverage)

    @cached_property
    def score(self) -> float:
        judged = (judgement for one in self._story.coverage for judgement in one.relevance)
        return max((judgement.score for judgement in judged), default=0.0)

    @cached_property
    def tier(self) -> int:
        return TIERS.index(self._story.lead.article.tier)

    @cached_property
    def title(self) -> str:
        return plainly(self._story.lead.article.title)

    @cached_property
    def lead(self) -> str:
        article = self._story.lead.article
        return plainly(article.title, article.text)

    @cached_property
    def everything(self) -> str:
        if len(self._story.coverage) == 1:
            return self.lead
        told = (one.article for one in self._story.coverage)
        return plainly(*(text for article in told for text in (article.title, article.text)))

    def first(self, words: Iterable[str], where: str) -> str | None:
        """Return the first of the words that occurs there."""
        return next((word for word in words if self._hears(word, where)), None)

    def _hears(self, word: str, where: str) -> bool:
        key = (word, where)
        if key not in self._heard:
            self._heard[key] = pattern(word).occurs(getattr(self, where))
        return self._heard[key]


def _judge(traits: _Traits, rule: Rule) -> Objection | None:
    if word := traits.first(rule.barred, "title"):
        return Objection("barred", word)
    if word := traits.first(rule.exclude, "lead"):
        return Objection("exclude", word)
    if traits.tier > TIERS.index(rule.farthest):
        return Objection("tier")
    if rule.languages and not traits.languages & set(rule.languages):
        return Objection("language")
    if traits.score < rule.minimum:
        return Objection("minimum")
    if not traits.sections & set(rule.kinds):
        return Objection("kinds")
    if rule.include and traits.first(rule.include, "everything") is None:
        return Objection("include")
    return None
