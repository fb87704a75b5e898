"""What people say of stories: it holds in their chat at once, and may suggest a rule for all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import db.articles
import db.audit
import db.barred
import db.proposals
import db.sources
import db.stories
import db.verdicts
from db.engine import Database, Session
from domain.chat import Destination
from domain.pattern import pattern, plainly
from domain.preferences import Verdict
from domain.proposal import (
    MARKS_FOR_TIER,
    MOST_OPEN,
    BarWord,
    Decided,
    Decision,
    LowerTier,
    Proposal,
    lower,
)
from domain.source import Source
from domain.story import Story
from domain.telling_words import telling_words
from jobs.staff import tell_operators

COMPARED = 200
"""The newest titles that a word is held against."""
REMEMBERED = 100
"""Titles of stories that were called relevant, or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came of a mark."""

    story: Story
    words: tuple[str, ...] = ()
    """By which more of this kind could be left out."""


async def judge(
    database: Database,
    destination: Destination,
    number: int,
    verdict: Verdict,
    *,
    user_id: int | None,
    now: datetime,
) -> Heard | None:
    """Note what somebody says of a story in his chat; None where there is no such story.

    What is not relevant is not told there again, nor what follows up on it. Operators are asked
    whether a rule should follow from it, each only once.
    """
    async with database.write() as session:
        story = await db.stories.get(session, number)
        if story is None:
            return None
        await db.verdicts.put(session, destination, story.id, verdict, user_id=user_id, now=now)
        if verdict == "relevant":
            return Heard(story=story)
        titles = await db.articles.newest_titles(session, COMPARED, besides=story.id)
        words = await _words(session, story, titles)
        await _propose(session, story, words, titles, now)
    return Heard(story=story, words=words)


async def take_back(database: Database, destination: Destination, number: int) -> bool:
    """Forget what was said of a story here; False where nothing was."""
    async with database.write() as session:
        story = await db.stories.get(session, number)
        return story is not None and await db.verdicts.drop(session, destination, story.id)


async def decide(
    database: Database, number: int, state: Decision, *, actor_id: int | None, now: datetime
) -> Decided | None:
    """Put a proposal into effect, or let it be; None where there is none of this number.

    What was decided before stays; it is returned as it was.
    """
    async with database.write() as session:
        found = await db.proposals.get(session, number)
        if found is None or not await db.proposals.decide(session, number, state, actor_id, now):
            return found
        if state == "accepted":
            await _put_into_effect(session, found.proposal, actor_id, now)
        await db.audit.note(
            session,
            actor_id=actor_id,
            action=f"proposal.{state}",
            subject=f"proposal {number}",
            detail={"what": found.proposal.key},
            now=now,
        )
    return replace(found, state=state)


async def unbar(
    database: Database, number: int, *, actor_id: int | None, now: datetime
) -> str | None:
    """Leave a word out no more and return it; None where there is none of this number."""
    async with database.write() as session:
        word = await db.barred.drop(session, number)
        if word is not None:
            await db.audit.note(
                session,
                actor_id=actor_id,
                action="word.unbarred",
                subject=word,
                detail={},
                now=now,
            )
    return word


async def _words(session: Session, story: Story, titles: Sequence[str]) -> tuple[str, ...]:
    return telling_words(
        story.lead.article.title,
        titles,
        liked=await db.verdicts.titles(session, "relevant", REMEMBERED),
        also=await db.verdicts.titles(session, "irrelevant", REMEMBERED),
    )


async def _propose(
    session: Session, story: Story, words: Sequence[str], titles: Sequence[str], now: datetime
) -> None:
    """Ask operators whether more should follow from a mark, unless they have enough to read."""
    article = story.lead.article
    asked = Proposal(number=0, title=article.title, url=article.url)
    wanted = []
    if words and not await db.proposals.is_about(session, story.id):
        wanted.append(replace(asked, bar=_barring(words[0], titles)))
    source = await db.sources.get(session, article.source_id)
    if source is not None and (lowering := await _lowering(session, source)):
        wanted.append(replace(asked, lower=lowering))
    for proposal in wanted:
        is_new = await db.proposals.is_new(session, proposal.key)
        if is_new and await db.proposals.count_open(session) < MOST_OPEN:
            kept = await db.proposals.add(session, proposal, story.id, now)
            await tell_operators(session, "proposal", f"proposal:{kept.number}", kept, now)


def _barring(word: str, titles: Sequence[str]) -> BarWord:
    matched = sum(pattern(word).occurs(plainly(title)) for title in titles)
    return BarWord(word=word, matched=matched, of=len(titles))


async def _lowering(session: Session, source: Source) -> LowerTier | None:
    """Return the question whether a source is worth less than it is taken for."""
    marks, after = await db.verdicts.marks(session, source.id), lower(source.tier)
    bad = marks.get("irrelevant", 0)
    if after is None or bad < MARKS_FOR_TIER or marks.get("relevant"):
        return None
    return LowerTier(
        source_id=source.id,
        source=source.title or source.url,
        before=source.tier,
        after=after,
        marks=bad,
    )


async def _put_into_effect(
    session: Session, proposal: Proposal, actor_id: int | None, now: datetime
) -> None:
    if proposal.bar is not None:
        await db.barred.put(session, proposal.bar.word, actor_id, now)
    if proposal.lower is not None:
        source = await db.sources.get(session, proposal.lower.source_id)
        # Somebody may have given it another tier meanwhile: that was said with more thought.
        if source is not None and source.tier == proposal.lower.before:
            await db.sources.save(session, replace(source, tier=proposal.lower.after))
