"""How many of a new source's backlog are told as news."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: none, for the sources that are there."""
    op.add_column("source", sa.Column("announce", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("source") as source:
        source.drop_column("announce")
