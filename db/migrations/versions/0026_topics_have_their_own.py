"""A forum topic may have its own language and zone; what it does not set is as in its chat."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for them, and for having said nothing of silence."""
    op.add_column("preference", sa.Column("language", sa.Text(), nullable=True))
    op.add_column("preference", sa.Column("timezone", sa.Text(), nullable=True))
    _remake_silent(sa.Column("silent", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Back to one language and one zone for each chat."""
    op.execute(
        "UPDATE preference SET quiet_from = NULL, quiet_until = NULL WHERE quiet_from = quiet_until"
    )
    op.execute("UPDATE preference SET silent = false WHERE silent IS NULL")
    _remake_silent(sa.Column("silent", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_column("preference", "timezone")
    op.drop_column("preference", "language")


def _remake_silent(column: sa.Column[bool]) -> None:
    """SQLite changes no column; a batch would write the whole table's definition anew."""
    op.execute("ALTER TABLE preference RENAME COLUMN silent TO silent_before")
    op.add_column("preference", column)
    op.execute("UPDATE preference SET silent = silent_before")
    op.drop_column("preference", "silent_before")
