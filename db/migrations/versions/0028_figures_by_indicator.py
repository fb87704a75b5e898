"""What a figure was taken for stands in a column: figures are found by it, the newest first."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

INDEX = "ix_fact_indicator_article_id_some"
SOME = sa.text("indicator IS NOT NULL")
TAKEN = {
    "sqlite": "json_extract(attributes, '$.indicator')",
    "postgresql": "attributes ->> 'indicator'",
}


def upgrade() -> None:
    """Take it out of the attributes."""
    op.add_column("fact", sa.Column("indicator", sa.Text(), nullable=True))
    # One of the two expressions above: no input in it.
    said = TAKEN[op.get_bind().dialect.name]
    op.execute(f"UPDATE fact SET indicator = {said} WHERE type IN ('metric', 'target')")  # noqa: S608
    op.create_index(
        INDEX, "fact", ["indicator", "article_id"], sqlite_where=SOME, postgresql_where=SOME
    )


def downgrade() -> None:
    """It stands among the attributes as well."""
    op.drop_index(INDEX, "fact")
    op.drop_column("fact", "indicator")
