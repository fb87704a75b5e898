"""Articles whose text could not be judged say why, and are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the reason; what is stored was judged, as far as anybody knows."""
    op.add_column("article", sa.Column("unread", sa.Text(), nullable=True))
    op.create_index(
        "ix_article_unread",
        "article",
        ["source_id"],
        sqlite_where=sa.text("unread IS NOT NULL"),
        postgresql_where=sa.text("unread IS NOT NULL"),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_article_unread", "article")
    op.drop_column("article", "unread")
