"""The words of old articles about no topic are let go of: which ones are emptied, and who is next.

The index holds only articles that still have words to lose, the oldest first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0020"
branch_labels = None
depends_on = None

NEXT = "ix_article_first_seen_at_to_be_emptied"
WHERE = sa.text("band = 'off' AND NOT emptied")


def upgrade() -> None:
    """Mark those that were emptied: none so far."""
    op.add_column(
        "article", sa.Column("emptied", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(NEXT, "article", ["first_seen_at"], sqlite_where=WHERE, postgresql_where=WHERE)


def downgrade() -> None:
    """Their words do not come back."""
    op.drop_index(NEXT, "article")
    op.drop_column("article", "emptied")
