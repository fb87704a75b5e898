"""The register of documents: what each article claims of them, and how they hang together.

The documents' own table is copied on SQLite, because a unique column cannot be dropped there;
there are few documents. What articles claimed before is read anew by `pilotwatch reprocess`.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DATES = ("issued_on", "effective_on", "expires_on")


def upgrade() -> None:
    """Add what is claimed, the names, the links and the changes."""
    _make_keys()
    if op.get_bind().dialect.name == "sqlite":
        columns = (*_known(), *_settled())
        _copy(sa.PrimaryKeyConstraint("id", name=op.f("pk_document")), columns, FORTH)
    else:
        op.drop_constraint("uq_document_key", "document", type_="unique")
        op.drop_column("document", "key")
        for column in _settled():
            op.add_column("document", column)
    for column in _claimed():
        op.add_column("document_mention", column)
    op.execute(
        "UPDATE document SET announced_at = first_seen_at WHERE id IN "
        "(SELECT document_id FROM document_mention WHERE role = 'primary')"
    )
    _make_links()
    _make_changes()


def downgrade() -> None:
    """Drop them; a document is known by its name and number again."""
    op.drop_table("document_change")
    op.drop_table("document_link")
    for column in reversed(_claimed()):
        op.drop_column("document_mention", column.name)
    for column in reversed(_settled()):
        op.drop_column("document", column.name)
    if op.get_bind().dialect.name == "sqlite":
        known = (sa.Column("key", sa.Text(), nullable=False), *_known())
        unique = sa.UniqueConstraint("key", name=op.f("uq_document_key"))
        _copy(sa.PrimaryKeyConstraint("id", name=op.f("pk_document")), (*known, unique), BACK)
    else:
        op.add_column("document", sa.Column("key", sa.Text(), nullable=True))
        op.execute("UPDATE document SET key = COALESCE(number, title) || ' #' || id")
        op.alter_column("document", "key", nullable=False)
        op.create_unique_constraint("uq_document_key", "document", ["key"])
    op.drop_table("document_key")


FORTH = (
    "INSERT INTO document (id, number, title, kind, stage, issuers, first_seen_at) "
    "SELECT id, number, title, kind, stage, issuers, first_seen_at FROM document_before"
)
BACK = (
    "INSERT INTO document (id, key, number, title, kind, stage, issuers, first_seen_at) "
    "SELECT id, COALESCE(number, title) || ' #' || id, number, title, kind, stage, issuers, "
    "first_seen_at FROM document_before"
)


def _copy(
    primary: sa.PrimaryKeyConstraint, parts: Iterable[sa.Column[Any] | sa.Constraint], fill: str
) -> None:
    """Make the table anew and fill it with what it held; what refers to it is left alone.

    Renaming a copy would leave its name in quotes, unlike that of a new database.
    """
    op.execute("CREATE TABLE document_before AS SELECT * FROM document")
    op.drop_table("document")
    number = sa.Column("id", NUMBER, nullable=False)
    op.create_table("document", number, *parts, primary, sqlite_autoincrement=True)
    op.execute(fill)
    op.drop_table("document_before")


def _known() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("issuers", sa.JSON(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(), nullable=False),
    )


def _settled() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("variants", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("aliases", sa.JSON(), server_default="[]", nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in DATES),
        sa.Column("announced_at", sa.DateTime(), nullable=True),
    )


def _make_keys() -> None:
    op.create_table(
        "document_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        _to("document_key", "document_id", "document"),
        sa.PrimaryKeyConstraint("key", "document_id", name=op.f("pk_document_key")),
    )
    op.create_index(op.f("ix_document_key_document_id"), "document_key", ["document_id"])
    op.execute("INSERT INTO document_key (key, document_id) SELECT key, id FROM document")


def _claimed() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("alias", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("issuers", sa.JSON(), server_default="[]", nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in DATES),
        sa.Column("first_hand", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def _make_links() -> None:
    name = "document_link"
    op.create_table(
        name,
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("target_id", NUMBER, nullable=False),
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=True),
        _to(name, "document_id", "document"),
        _to(name, "target_id", "document"),
        _to(name, "article_id", "article"),
        sa.PrimaryKeyConstraint("document_id", "target_id", "article_id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_target_id"), name, ["target_id"])
    op.create_index(op.f(f"ix_{name}_article_id"), name, ["article_id"])


def _make_changes() -> None:
    name = "document_change"
    op.create_table(
        name,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("article_id", NUMBER, nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        _to(name, "document_id", "document"),
        _to(name, "article_id", "article", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{name}_document_id"), name, ["document_id"])
    op.create_index(op.f(f"ix_{name}_article_id"), name, ["article_id"])


def _to(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)
