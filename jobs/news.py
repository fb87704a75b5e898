"""News of what somebody follows: owed with the article that brings it, once for each chat."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

import db.deliveries
import db.follows
import db.register
import db.stories
from db.engine import Session
from domain.alerting import FRESH
from domain.article import NewArticle
from domain.chat import Destination
from domain.delivery import Lane, Owed
from domain.facts.fact import Fact
from domain.follow import NAMED, Development, Follow, FollowKind, News, about, terms_in
from domain.grouping import band
from domain.ledger.known import is_known

_Followed = set[tuple[FollowKind, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An article that was kept just now, as new or as an edit of what was there."""

    article_id: int
    story_id: int | None
    article: NewArticle
    revision: int = 1
    said: tuple[Fact, ...] = ()
    """What it stated before it was edited."""


async def owe_news(session: Session, arrived: Sequence[Arrived], now: datetime) -> int:
    """Put what is new of followed things into the outbox; return how much.

    The same story is told once, whoever tells it again; a fact or a change that comes later is
    news of its own. What was alerted is not told twice.
    """
    told = [one for one in arrived if _is_news(one, now)]
    if not told:
        return 0
    terms = await db.follows.terms(session)
    documents = await db.register.mentioned(session, [one.article_id for one in told])
    developments = await _developments(session, [one.article_id for one in told], now)
    owed = 0
    for one in told:
        followed = _followed(one.article, terms, documents.get(one.article_id, []))
        follows = await db.follows.followers(session, followed)
        rows = [
            row
            for destination, own in _by_destination(follows).items()
            for row in await _rows(session, destination, own, one, developments[one.article_id])
        ]
        owed += await db.deliveries.owe(session, rows, now)
    return owed


def _is_news(one: Arrived, now: datetime) -> bool:
    published = one.article.entry.published
    fresh = published is None or now - published <= FRESH or one.revision > 1
    return one.story_id is not None and band(one.article.reading) != "off" and fresh


def _followed(article: NewArticle, terms: Sequence[str], documents: Iterable[int]) -> _Followed:
    """Return everything that could be followed and that the article speaks of."""
    reading = article.reading
    found: _Followed = {("document", str(number)) for number in documents}
    names = [entity.canonical for entity in reading.entities if entity.canonical]
    found |= {(kind, name) for name in names for kind in NAMED}
    found |= {("term", term) for term in terms_in(reading.title, reading.text, terms)}
    return found


async def _developments(
    session: Session, article_ids: Sequence[int], now: datetime
) -> defaultdict[int, list[Development]]:
    """Return what these articles change now; what they said before they were edited was told."""
    found: defaultdict[int, list[Development]] = defaultdict(list)
    for document_id, article_id, change in await db.register.changes_told_by(
        session, article_ids, since=now
    ):
        document = await db.register.get(session, document_id)
        if document is not None:
            found[article_id].append(
                Development(
                    document_id=document_id,
                    title=document.title,
                    field=change.field,
                    before=change.before,
                    after=change.after,
                )
            )
    return found


def _by_destination(follows: Iterable[Follow]) -> dict[Destination, list[Follow]]:
    found: dict[Destination, list[Follow]] = {}
    for one in follows:
        found.setdefault(one.destination, []).append(one)
    return found


async def _rows(
    session: Session,
    destination: Destination,
    follows: Sequence[Follow],
    one: Arrived,
    developments: Iterable[Development],
) -> list[Owed]:
    """Return what one destination is owed for one article: nothing, or one piece of news."""
    own = {follow.key for follow in follows if follow.kind == "document"}
    mine = tuple(change for change in developments if str(change.document_id) in own)
    labels = tuple(dict.fromkeys(follow.label for follow in follows))
    first = f"news:s{one.story_id}"
    before = await db.deliveries.known(session, destination, (first, f"alert:s{one.story_id}"))
    news = News(article_id=one.article_id, story_id=one.story_id, labels=labels, developments=mine)
    if not before and not one.said:
        return [_owed(destination, first, news)]
    facts = await _new_facts(session, follows, one)
    # That there is a new document was told with the story.
    later = tuple(change for change in mine if change.field != "announced")
    if not facts and not later:
        return []
    key = f"news:a{one.article_id}:{one.revision}"
    return [
        _owed(destination, key, replace(news, facts=facts, developments=later, told_before=True))
    ]


async def _new_facts(session: Session, follows: Sequence[Follow], one: Arrived) -> tuple[str, ...]:
    """Return the facts that are about what is followed, and that nobody had stated before."""
    story = await db.stories.get(session, one.story_id or 0)
    others = [
        coverage
        for coverage in (story.coverage if story else ())
        if coverage.article.id != one.article_id
    ]
    if not others and not one.said:
        return ()  # it alone was what the story was told by
    stated = [fact for coverage in others for fact in coverage.facts]
    known = [*stated, *one.said]
    terms = [follow.key for follow in follows if follow.kind == "term"]
    whole = any(follow.kind != "term" for follow in follows)
    return tuple(
        fact.id
        for fact in one.article.reading.facts
        if (whole or about(fact, terms)) and not is_known(fact, known)
    )


def _owed(destination: Destination, key: str, news: News) -> Owed:
    return Owed(
        destination=destination,
        kind="news",
        key=key,
        lane=Lane.ALERT,
        payload=msgspec.to_builtins(news),
        story_id=news.story_id,
    )
