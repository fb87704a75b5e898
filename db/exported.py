"""What a row of an export holds: flat enough for a spreadsheet, complete enough to go on with."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from db.models import ArticleRow, DocumentRow, StoryRow
from domain.facts.stated import Stated
from domain.ledger.measures import by_role
from domain.story import Story

Row = dict[str, object]

_ROLES = ("pool", "rate", "cap", "fixed", "per_unit", "threshold")


def article(row: ArticleRow, source: str, tier: str) -> Row:
    """Return an article with what it was judged to be."""
    return {
        "id": row.id,
        "source_id": row.source_id,
        "source": source,
        "tier": tier,
        "story_id": row.story_id,
        "url": row.url,
        "title": row.title,
        "text": row.text,
        "language": row.language,
        "published": _json(row.published),
        "first_seen_at": _json(row.first_seen_at),
        "revision": row.revision,
        "band": row.band,
        "relevance": row.relevance,
        "quality": row.quality,
        "origins": row.origins,
        "attachments": row.attachments,
    }


def fact(stated: Stated) -> Row:
    """Return the fact under the names of its contract, after where it is stated."""
    return {
        "number": stated.number,
        "article_id": stated.article.id,
        "revision": stated.article.revision,
        "article": stated.article.title,
        "url": stated.article.url,
        "published": _json(stated.article.published),
        **msgspec.json.decode(msgspec.json.encode(stated.fact)),
        "quote": stated.fact.evidence[0].quote,
    }


def deadline(stated: Stated) -> Row:
    """Return a deadline by its day."""
    said, time = stated.fact, stated.fact.time
    return {
        "number": stated.number,
        "kind": said.attributes.get("kind"),
        "subject": said.subject,
        "start": time.start if time else None,
        "end": time.end if time else None,
        "clock": time.clock if time else None,
        "status": said.status,
        "quote": said.evidence[0].quote,
        "article_id": stated.article.id,
        "article": stated.article.title,
        "url": stated.article.url,
        "published": _json(stated.article.published),
    }


def story(row: StoryRow, told: Story | None) -> Row:
    """Return a story by its leading article."""
    lead = told.lead.article if told else None
    return {
        "id": row.id,
        "topic": row.topic,
        "band": row.band,
        "backlog": row.backlog,
        "first_seen_at": _json(row.first_seen_at),
        "updated_at": _json(row.updated_at),
        "title": lead.title if lead else "",
        "url": lead.url if lead else "",
        "published": _json(lead.published) if lead else None,
        "articles": [coverage.article.id for coverage in told.coverage] if told else [],
    }


def document(row: DocumentRow, mentions: list[Row], links: list[Row]) -> Row:
    """Return a document with who names it and what it names."""
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "kind": row.kind,
        "stage": row.stage,
        "issuers": row.issuers,
        "first_seen_at": _json(row.first_seen_at),
        "variants": row.variants,
        "aliases": row.aliases,
        "issued_on": _day(row.issued_on),
        "effective_on": _day(row.effective_on),
        "expires_on": _day(row.expires_on),
        "cites": links,
        "mentions": mentions,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _json(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def measure(stated: Stated) -> Row:
    """Return a benefit with a column for each role that an amount can have."""
    said, amounts = stated.fact, by_role(stated.fact)
    return {
        "number": stated.number,
        "subject": said.subject,
        "instrument": said.attributes.get("instrument"),
        "status": said.status,
        **{name: cell for role in _ROLES for name, cell in _amount(role, amounts.get(role, {}))},
        "rate_base": said.attributes.get("rate_base"),
        "eligible": said.attributes.get("eligible"),
        "responsible": said.attributes.get("responsible"),
        "document": said.attributes.get("document"),
        "quote": said.evidence[0].quote,
        "source": stated.article.source_title,
        "tier": stated.article.tier,
        "article_id": stated.article.id,
        "article": stated.article.title,
        "url": stated.article.url,
        "published": _json(stated.article.published),
    }


def _amount(role: str, given: Mapping[str, Any]) -> list[tuple[str, object]]:
    """Return how much, of what, with which bound, for how long: "cap", "cap_unit" ..."""
    return [
        (role, given.get("value")),
        (f"{role}_unit", given.get("unit")),
        (f"{role}_bound", given.get("comparator")),
        (f"{role}_period", given.get("period")),
    ]
