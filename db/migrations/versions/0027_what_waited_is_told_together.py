"""What waited while it was quiet is told in one message: which delivery tells which others.

The index holds only those that are told by another one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

CARRIED = "ix_delivery_carrier_id_some"
SOME = sa.text("carrier_id IS NOT NULL")


def upgrade() -> None:
    """Make room for it; nothing is told by another one yet."""
    op.add_column("delivery", sa.Column("carrier_id", sa.BigInteger(), nullable=True))
    op.create_index(CARRIED, "delivery", ["carrier_id"], sqlite_where=SOME, postgresql_where=SOME)


def downgrade() -> None:
    """Owe them again one by one."""
    op.execute("UPDATE delivery SET state = 'owed' WHERE state = 'folded'")
    op.drop_index(CARRIED, "delivery")
    op.drop_column("delivery", "carrier_id")
