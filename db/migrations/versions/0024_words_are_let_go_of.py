"""The words of old articles about no topic are let go of: which ones are emptied, and who is next.

The index holds only articles that still have words to lose, the oldest first. Another one holds the
few messages that may have arrived twice: they are counted without a look at all the others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0017"
branch_labels = None
depends_on = None

NEXT = "ix_article_first_seen_at_to_be_emptied"
WHERE = sa.text("band = 'off' AND NOT emptied")
REPEATS = "ix_delivery_repeats_some"
SOME = sa.text("repeats > 0")


def upgrade() -> None:
    """Mark those that were emptied: none so far."""
    op.add_column(
        "article", sa.Column("emptied", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(REPEATS, "delivery", ["repeats"], sqlite_where=SOME, postgresql_where=SOME)
    op.create_index(NEXT, "article", ["first_seen_at"], sqlite_where=WHERE, postgresql_where=WHERE)


def downgrade() -> None:
    """Their words do not come back."""
    op.drop_index(NEXT, "article")
    op.drop_index(REPEATS, "delivery")
    op.drop_column("article", "emptied")
