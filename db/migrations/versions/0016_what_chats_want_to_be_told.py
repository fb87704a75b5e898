"""What chats want to be told: rules, quiet hours, verdicts on stories, saved ones, weekdays."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make their tables; a daily digest goes on coming every day."""
    op.add_column(
        "subscription", sa.Column("days", sa.Integer(), server_default="127", nullable=False)
    )
    op.create_table(
        "preference",
        *_place(),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("muted_until", sa.DateTime(), nullable=True),
        sa.Column("silent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        _of_chat("preference"),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", name=op.f("pk_preference")),
    )
    op.create_index(op.f("ix_preference_muted_until"), "preference", ["muted_until"])
    op.create_table(
        "verdict",
        *_place(),
        sa.Column("story_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        _of_chat("verdict"),
        _of_story("verdict"),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", "story_id", name=op.f("pk_verdict")),
    )
    op.create_index(op.f("ix_verdict_story_id"), "verdict", ["story_id"])
    op.create_table(
        "saved_story",
        *_place(),
        sa.Column("story_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        _of_chat("saved_story"),
        _of_story("saved_story"),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", "story_id", name=op.f("pk_saved_story")),
    )
    op.create_index(op.f("ix_saved_story_story_id"), "saved_story", ["story_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("saved_story")
    op.drop_table("verdict")
    op.drop_table("preference")
    with op.batch_alter_table("subscription") as subscription:
        subscription.drop_column("days")


def _place() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger(), autoincrement=False, nullable=False),
    )


def _of_chat(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["chat_id"],
        ["chat.id"],
        name=op.f(f"fk_{table}_chat_id_chat"),
        ondelete="CASCADE",
        onupdate="CASCADE",
    )


def _of_story(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["story_id"], ["story.id"], name=op.f(f"fk_{table}_story_id_story"), ondelete="CASCADE"
    )
