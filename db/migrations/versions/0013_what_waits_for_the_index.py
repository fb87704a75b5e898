"""Articles about no topic wait for the search index."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table: everything that is there is in the index."""
    op.create_table(
        "article_unindexed",
        sa.Column("article_id", NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_article_unindexed_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_unindexed")),
    )


def downgrade() -> None:
    """Drop it; what waited is not found by searches."""
    op.drop_table("article_unindexed")
