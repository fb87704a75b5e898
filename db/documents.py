"""The register of policy documents, and which articles are, announce or cite them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import DocumentRow, MentionRow
from db.statements import batches, insert, table_of
from domain.document import key
from domain.facts.fact import Fact

_SAID = ("number", "title", "kind", "stage", "issuers")


async def note(
    session: AsyncSession, article_id: int, facts: Iterable[Fact], now: datetime
) -> None:
    """Enter the policy documents that an article's facts name, and that it names them."""
    await note_all(session, [(article_id, facts)], now)


async def note_all(
    session: AsyncSession, articles: Iterable[tuple[int, Iterable[Fact]]], now: datetime
) -> None:
    """Do what `note` does for many articles at once.

    What the document itself or its announcement says replaces what citations said of it; a
    citation only fills gaps.
    """
    named = [
        (key(fact.attributes.get("number"), fact.subject), article_id, fact)
        for article_id, facts in articles
        for fact in facts
        if fact.type == "policy_document"
    ]
    named = [mention for mention in named if mention[0]]
    if not named:
        return
    rows = await _rows(session, [name for name, _, _ in named], now)
    before = {name: dict(row) for name, row in rows.items()}
    for name, _, fact in named:
        _learn(rows[name], fact)
    await _save(session, [row for name, row in rows.items() if row != before[name]])
    await _mention(
        session, [(rows[name]["id"], article_id, fact) for name, article_id, fact in named]
    )


async def _rows(
    session: AsyncSession, keys: Sequence[str], now: datetime
) -> dict[str, dict[str, Any]]:
    """Return the documents of these keys, having made those that are not known yet."""
    # Sorted: two sources that name the same new documents at once must not wait for each other.
    wanted = sorted(set(keys))
    blank: dict[str, Any] = {
        "number": None,
        "title": "",
        "kind": None,
        "stage": None,
        "issuers": [],
    }
    await session.execute(
        insert(session, DocumentRow).on_conflict_do_nothing(),
        [{"key": name, "first_seen_at": now, **blank} for name in wanted],
    )
    table = table_of(DocumentRow)
    found: dict[str, dict[str, Any]] = {}
    for some in batches(wanted):
        query = select(table).where(table.c.key.in_(some)).order_by(table.c.key).with_for_update()
        for row in (await session.execute(query)).mappings():
            found[row["key"]] = dict(row)
    return found


def _learn(row: dict[str, Any], fact: Fact) -> None:
    said = {"title": fact.subject} | {
        name: fact.attributes[name] for name in _SAID if fact.attributes.get(name)
    }
    first_hand = fact.attributes.get("role") == "primary"
    for name, value in said.items():
        if value and (first_hand or not row[name]):
            row[name] = list(value) if name == "issuers" else value


async def _save(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    table = table_of(DocumentRow)
    statement = (
        table.update()
        .where(table.c.id == bindparam("which"))
        .values({name: bindparam(f"new_{name}") for name in _SAID})
    )
    await session.execute(
        statement,
        [{"which": row["id"], **{f"new_{name}": row[name] for name in _SAID}} for row in rows],
    )


async def _mention(session: AsyncSession, named: Sequence[tuple[int, int, Fact]]) -> None:
    roles: dict[tuple[int, int], str] = {}
    for document_id, article_id, fact in named:
        role = str(fact.attributes.get("role") or "cited")
        if roles.get((document_id, article_id)) != "primary":
            roles[document_id, article_id] = role
    statement = insert(session, MentionRow)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["document_id", "article_id"], set_={"role": statement.excluded.role}
        ),
        [
            {"document_id": document_id, "article_id": article_id, "role": role}
            for (document_id, article_id), role in roles.items()
        ],
    )
