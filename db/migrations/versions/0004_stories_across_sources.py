"""Stories across sources: signatures, links, what people repair, and what an edit changed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make their tables and add the columns, each with a default."""
    op.create_table(
        "article_signature",
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _foreign("article_signature", "article_id", "article"),
        sa.PrimaryKeyConstraint("article_id", "key", name=op.f("pk_article_signature")),
    )
    op.create_index(
        op.f("ix_article_signature_key_at_article_id"),
        "article_signature",
        ["key", "at", "article_id"],
    )
    op.create_table(
        "story_merge",
        sa.Column("story_id", NUMBER, nullable=False),
        sa.Column("into_id", NUMBER, nullable=False),
        sa.Column("merged_at", sa.DateTime(), nullable=False),
        _foreign("story_merge", "story_id", "story"),
        _foreign("story_merge", "into_id", "story"),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_story_merge")),
    )
    op.create_index(op.f("ix_story_merge_into_id"), "story_merge", ["into_id"])
    op.create_table(
        "story_link",
        sa.Column("story_id", NUMBER, nullable=False),
        sa.Column("other_id", NUMBER, nullable=False),
        sa.Column("shared", sa.JSON(), nullable=False),
        sa.Column("linked_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("story_id < other_id", name=op.f("ck_story_link_once")),
        _foreign("story_link", "story_id", "story"),
        _foreign("story_link", "other_id", "story"),
        sa.PrimaryKeyConstraint("story_id", "other_id", name=op.f("pk_story_link")),
    )
    op.create_index(op.f("ix_story_link_other_id"), "story_link", ["other_id"])
    op.add_column(
        "article", sa.Column("pinned", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column(
        "article_revision", sa.Column("changes", sa.JSON(), server_default="[]", nullable=False)
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("article_revision", "changes")
    op.drop_column("article", "pinned")
    for table in ("story_link", "story_merge", "article_signature"):
        op.drop_table(table)


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete="CASCADE",
    )
