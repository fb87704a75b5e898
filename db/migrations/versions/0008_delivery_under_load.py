"""Delivery under load: doubts and repeats, pauses that survive a restart, updates heard once."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, each with a default, and make the tables."""
    for name in ("doubts", "repeats"):
        op.add_column("delivery", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column("chat", sa.Column("added_by", sa.BigInteger(), nullable=True))
    op.create_table(
        "pause",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_pause")),
    )
    op.create_table(
        "heard_update",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_heard_update")),
    )
    op.create_index(op.f("ix_heard_update_at"), "heard_update", ["at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("heard_update")
    op.drop_table("pause")
    op.drop_column("chat", "added_by")
    for name in ("repeats", "doubts"):
        op.drop_column("delivery", name)
