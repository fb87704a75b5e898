"""What readers' marks propose to operators, words left out for everybody, suggested sources."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make their tables; a look knows whose suggestion it looks at."""
    op.add_column("look", sa.Column("suggestion_id", sa.BigInteger(), nullable=True))
    op.create_table(
        "barred_word",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("barred_at", sa.DateTime(), nullable=False),
        sa.Column("barred_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barred_word")),
        sa.UniqueConstraint("word", name=op.f("uq_barred_word_word")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "proposal",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("story_id", NUMBER, nullable=True),
        sa.Column("proposed", sa.JSON(), nullable=False),
        *_decided(),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_proposal_story_id_story"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("key", name=op.f("uq_proposal_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_proposal_story_id"), "proposal", ["story_id"])
    op.create_index(op.f("ix_proposal_state"), "proposal", ["state"])
    op.create_table(
        "suggestion",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        *_decided(),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["chat.id"],
            name=op.f("fk_suggestion_chat_id_chat"),
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("url", name=op.f("uq_suggestion_url")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_suggestion_chat_id"), "suggestion", ["chat_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("suggestion")
    op.drop_table("proposal")
    op.drop_table("barred_word")
    with op.batch_alter_table("look") as look:
        look.drop_column("suggestion_id")


def _decided() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
    )
