"""Running the bot: who may, who did what, what failed, what is read anew."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from db.columns import NEVER_REUSED, Base, Identity, PlainText, TelegramId
from domain.operator import Invited, Role


class ReprocessingRow(Base):
    """A run over what is stored, by newer rules: how far it has got, and who waits for it."""

    __tablename__ = "reprocessing"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    since: Mapped[datetime | None]
    """Only articles first seen from then on; None: all."""
    last_id: Mapped[int]
    """Everything up to this article is done; committed with it."""
    until_id: Mapped[int]
    """What came later was read by the newer rules anyway."""
    total: Mapped[int]
    done: Mapped[int]
    changed: Mapped[int]
    chat_id: Mapped[int | None] = mapped_column(TelegramId)
    message_id: Mapped[int | None] = mapped_column(TelegramId)
    """The message that shows the progress, where it was asked for in a chat."""
    started_by: Mapped[int | None] = mapped_column(TelegramId)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    __table_args__ = (NEVER_REUSED,)


class OperatorRow(Base):
    """A person who may run the bot, by Telegram's numeric user id, never by name."""

    __tablename__ = "operator"

    user_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    role: Mapped[Role] = mapped_column(PlainText)
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(TelegramId)


class InvitationRow(Base):
    """A one-time code, by its hash: who reads the database is not let in by it."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Invited] = mapped_column(PlainText)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(TelegramId)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(TelegramId, index=True)
    """As long as it stands here, that reader may use a bot that is by invitation."""

    __table_args__ = (NEVER_REUSED,)


class FaultRow(Base):
    """A bug that came up, once for all the times it did: operators are told of it once."""

    __tablename__ = "fault"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str]
    what: Mapped[str]
    times: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class AuditRow(Base):
    """Who changed what, and when."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(TelegramId)
    """None: the command line or the bot itself."""
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]

    __table_args__ = (NEVER_REUSED,)
