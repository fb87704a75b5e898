"""What an article is known by, as a whole, beside the rows that find it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("article", sa.Column("signature", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("article", "signature")
