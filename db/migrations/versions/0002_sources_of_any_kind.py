"""Sources of any kind, their health, and where an article's words were found.

Columns are added to the tables as they stand, each with a default: copying the articles, as
Alembic does for SQLite otherwise, would take minutes on a large database.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    for column in _of_sources():
        op.add_column("source", column)
    for column in _of_articles():
        op.add_column("article", column)


def downgrade() -> None:
    """Drop them."""
    for column in _of_articles():
        op.drop_column("article", column.name)
    for column in _of_sources():
        op.drop_column("source", column.name)


def _of_sources() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("options", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("full_text", sa.Boolean(), server_default=sa.false(), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("failing_since", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("moves", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rhythm", sa.Integer(), nullable=True),
        sa.Column("last_new_at", sa.DateTime(), nullable=True),
        sa.Column("incident", sa.Text(), nullable=True),
    )


def _of_articles() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("origins", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("quality", sa.Text(), server_default="full", nullable=False),
        sa.Column("attachments", sa.JSON(), server_default="[]", nullable=False),
    )
