"""Rows into values: the only place that knows both shapes."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Row

from db.models import ArticleRow, DocumentRow, FactRow, MentionRow, SourceRow
from domain.article import Article, Attachment
from domain.documents.document import STAGES, Claim, Document
from domain.facts.fact import Evidence, Fact, Field, Moment
from domain.relevance import Relevance
from domain.signature import Signature
from domain.source import ReadingOptions, Source, Tier


def source(row: SourceRow | Row[Any]) -> Source:
    """Return the source of a row."""
    return Source(
        id=row.id,
        url=row.url,
        kind=row.kind,
        title=row.title,
        tier=row.tier,
        state=row.state,
        interval=row.interval,
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=row.body_hash,
        failures=row.failures,
        error=row.error,
        last_read_at=row.last_read_at,
        next_at=row.next_at,
        options=msgspec.convert(row.options, ReadingOptions),
        language=row.language,
        full_text=row.full_text,
        error_code=row.error_code,
        failing_since=row.failing_since,
        note=row.note,
        moved_to=row.moved_to,
        moves=row.moves,
        rhythm=row.rhythm,
        last_new_at=row.last_new_at,
        incident=row.incident,
        announce=row.announce,
    )


SOURCE_COLUMNS = tuple(field.name for field in fields(Source) if field.name != "id")
"""What a source's row holds of it, beside its number."""


def source_columns(source: Source, names: Iterable[str]) -> dict[str, Any]:
    """Return the source's number and these of its columns, for a statement on its row."""
    found = {name: getattr(source, name) for name in names}
    if "options" in found:
        found["options"] = msgspec.to_builtins(source.options)
    return {"number": source.id, **found}


def article(row: ArticleRow | Row[*tuple[Any, ...]], source_title: str, tier: Tier) -> Article:
    """Return the article of a row, as its source stands to it."""
    return Article(
        id=row.id,
        source_id=row.source_id,
        source_title=source_title,
        tier=tier,
        url=row.url,
        title=row.title,
        text=row.text,
        language=row.language,
        published=row.published,
        first_seen_at=row.first_seen_at,
        revision=row.revision,
        origins=row.origins,
        quality=row.quality,
        attachments=msgspec.convert(row.attachments, tuple[Attachment, ...]),
        unread=row.unread,
    )


def relevance(row: ArticleRow | Row[*tuple[Any, ...]]) -> tuple[Relevance, ...]:
    """Return the judgements on an article, one for each topic."""
    return msgspec.convert(row.relevance, tuple[Relevance, ...])


def document(row: DocumentRow) -> Document:
    """Return the document of a row."""
    return Document(
        id=row.id,
        title=row.title,
        number=row.number,
        variants=tuple(row.variants),
        aliases=tuple(row.aliases),
        kind=row.kind,
        stage=row.stage,
        issuers=tuple(row.issuers),
        issued_on=row.issued_on,
        effective_on=row.effective_on,
        expires_on=row.expires_on,
    )


def claim(row: MentionRow, tier: Tier, said: Document | None = None) -> Claim:
    """Return what an article of this tier claims; `said` stands for what was not kept then."""
    return Claim(
        title=said.title if said else row.title,
        number=said.number if said else row.number,
        alias=row.alias,
        kind=said.kind if said else row.kind,
        stage=said.stage if said else next((one for one in STAGES if one == row.stage), None),
        issuers=said.issuers if said else tuple(row.issuers),
        issued_on=row.issued_on,
        effective_on=row.effective_on,
        expires_on=row.expires_on,
        role="primary" if row.role == "primary" else "cited",
        tier=tier,
        first_hand=row.first_hand,
    )


def signature(kept: dict[str, Any]) -> Signature | None:
    """Return what an article is known by, where it was about a topic."""
    return msgspec.convert(kept, Signature) if kept else None


class Said(NamedTuple):
    """One passage of a fact's evidence, as it is read from its row."""

    start: int
    end: int
    quote: str
    field: Field


def fact(row: FactRow | Row[*tuple[Any, ...]], evidence: Iterable[Said]) -> Fact:
    """Return the fact of a row and its evidence, which comes in its own order."""
    return Fact(
        id=row.fact_id,
        type=row.type,
        subject=row.subject,
        value=row.value,
        value_high=row.value_high,
        unit=row.unit,
        counted=row.counted,
        comparator=row.comparator,
        status=row.status,
        time=_moment(row),
        attributes=row.attributes,
        evidence=tuple(
            Evidence(start=words.start, end=words.end, quote=words.quote, field=words.field)
            for words in evidence
        ),
        confidence=row.confidence,
        rule=row.rule,
    )


TOLD = (
    ArticleRow.id.label("told_id"),
    ArticleRow.source_id,
    ArticleRow.url,
    ArticleRow.title,
    ArticleRow.language,
    ArticleRow.published,
    ArticleRow.first_seen_at,
    ArticleRow.revision.label("told_revision"),
    ArticleRow.quality,
)
"""What is told of the article beside a fact: not its text, which may be a hundred times as much."""


def article_told(row: Row[*tuple[Any, ...]], source_title: str, tier: Tier) -> Article:
    """Return the article of `TOLD` columns, without its text."""
    return Article(
        id=row.told_id,
        source_id=row.source_id,
        source_title=source_title,
        tier=tier,
        url=row.url,
        title=row.title,
        text="",
        language=row.language,
        published=row.published,
        first_seen_at=row.first_seen_at,
        revision=row.told_revision,
        quality=row.quality,
    )


def fact_columns(fact: Fact) -> dict[str, Any]:
    """Return what a fact's row holds of it, beside its number and whose it is."""
    time = fact.time
    return {
        "fact_id": fact.id,
        "type": fact.type,
        "subject": fact.subject,
        "value": fact.value,
        "value_high": fact.value_high,
        "unit": fact.unit,
        "counted": fact.counted,
        "comparator": fact.comparator,
        "status": fact.status,
        "time_role": time.role if time else None,
        "time_start": date.fromisoformat(time.start) if time else None,
        "time_end": date.fromisoformat(time.end) if time else None,
        "time_precision": time.precision if time else None,
        "time_text": time.text if time else None,
        "time_clock": time.clock if time else None,
        "attributes": msgspec.to_builtins(fact.attributes),
        "confidence": fact.confidence,
        "rule": fact.rule,
        "indicator": _indicator(fact),
    }


def _indicator(fact: Fact) -> str | None:
    said = fact.attributes.get("indicator")
    return str(said) if said and fact.type in ("metric", "target") else None


def _moment(row: FactRow | Row[*tuple[Any, ...]]) -> Moment | None:
    if row.time_role is None or row.time_precision is None:
        return None
    if row.time_start is None or row.time_end is None:
        return None
    return Moment(
        role=row.time_role,
        start=row.time_start.isoformat(),
        end=row.time_end.isoformat(),
        precision=row.time_precision,
        text=row.time_text or "",
        clock=row.time_clock,
    )
