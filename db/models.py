"""The tables. What they hold in Python is in `domain`; rows never leave this room."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    case,
    false,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db import terms
from db.columns import NEVER_REUSED, Base, Identity, PlainText, TelegramId
from domain.article import Quality
from domain.chat import ChatState, Language, SubscriptionKind
from domain.correction import State as CorrectionState
from domain.delivery import DeliveryKind, DeliveryState
from domain.documents.document import ChangedField, Stage
from domain.documents.naming import Relation
from domain.facts.fact import (
    Comparator,
    Confidence,
    FactType,
    Field,
    Precision,
    Status,
    TimeRole,
)
from domain.follow import FollowKind
from domain.operator import Invited, Role
from domain.preferences import Verdict
from domain.proposal import Decision
from domain.relevance import Band
from domain.source import Kind, State, Tier


class SourceRow(Base):
    """A watched address."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Kind] = mapped_column(PlainText)
    title: Mapped[str]
    tier: Mapped[Tier] = mapped_column(PlainText)
    state: Mapped[State] = mapped_column(PlainText)
    interval: Mapped[timedelta]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    failures: Mapped[int]
    error: Mapped[str | None]
    last_read_at: Mapped[datetime | None]
    next_at: Mapped[datetime]
    created_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(TelegramId)
    options: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    language: Mapped[str | None]
    full_text: Mapped[bool | None] = mapped_column(server_default=false())
    error_code: Mapped[str | None]
    failing_since: Mapped[datetime | None]
    note: Mapped[str | None]
    moved_to: Mapped[str | None]
    moves: Mapped[int] = mapped_column(server_default="0")
    rhythm: Mapped[timedelta | None]
    last_new_at: Mapped[datetime | None]
    incident: Mapped[str | None]
    announce: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (Index(None, "state", "next_at"), NEVER_REUSED)


class FeedMemoryRow(Base):
    """What a source's last reading left for the next one; opaque here (`sources.memory`).

    A table of its own: it is many times larger than all that is asked for of a source.
    """

    __tablename__ = "feed_memory"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    content: Mapped[bytes]


class LookRow(Base):
    """A look at a possible source that waits for somebody's yes."""

    __tablename__ = "look"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    actor_id: Mapped[int] = mapped_column(TelegramId)
    candidate: Mapped[dict[str, Any]]
    others: Mapped[list[Any]]
    expires_at: Mapped[datetime]
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), index=True
    )
    suggestion_id: Mapped[int | None] = mapped_column(TelegramId)
    """The reader's suggestion that it looks at; no key, for it may be withdrawn meanwhile."""

    __table_args__ = (NEVER_REUSED,)


class StoryRow(Base):
    """One happening; its articles point to it."""

    __tablename__ = "story"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    topic: Mapped[str]
    band: Mapped[Band] = mapped_column(PlainText)
    backlog: Mapped[bool]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]

    __table_args__ = (NEVER_REUSED,)


class StoryMergeRow(Base):
    """Where a story went that a person merged into another: its number still leads there."""

    __tablename__ = "story_merge"

    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    into_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    merged_at: Mapped[datetime]


class StoryLinkRow(Base):
    """Two stories that state the same facts without being one: stock figures, months apart."""

    __tablename__ = "story_link"

    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    shared: Mapped[list[Any]]
    """The keys of the facts that both state."""
    linked_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("story_id < other_id", name="once"),)


class ArticleRow(Base):
    """An article in its current revision."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="SET NULL"))
    url: Mapped[str]
    canonical_url: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    content_hash: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int]
    published: Mapped[datetime | None]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    band: Mapped[Band] = mapped_column(PlainText)
    relevance: Mapped[list[Any]]
    """The judgement for each topic with its reasons, also where it was `off`."""
    origins: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    quality: Mapped[Quality] = mapped_column(PlainText, server_default="full")
    attachments: Mapped[list[Any]] = mapped_column(server_default="[]")
    unread: Mapped[str | None]
    """Why its text could not be judged: it hung or broke whoever read it."""
    pinned: Mapped[bool] = mapped_column(server_default=false())
    """A person has said in which story it is; no rule moves it."""
    signature: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    """What it says, to be compared with others; its rarest keys are rows of `SignatureRow`."""

    emptied: Mapped[bool] = mapped_column(server_default=false())
    """It was about no topic, and its words have been let go of (`db.keeping`)."""

    # The second index answers "the newest stories" by itself, without the articles; of the
    # others one holds only those that could not be judged, one those that have words to lose.
    __table_args__ = (
        Index(None, "story_id", "first_seen_at", "published"),
        Index(
            "ix_article_first_seen_at_to_be_emptied",
            "first_seen_at",
            sqlite_where=sql("band = 'off' AND NOT emptied"),
            postgresql_where=sql("band = 'off' AND NOT emptied"),
        ),
        Index(
            "ix_article_unread",
            "source_id",
            sqlite_where=sql("unread IS NOT NULL"),
            postgresql_where=sql("unread IS NOT NULL"),
        ),
        NEVER_REUSED,
    )

    @classmethod
    def when(cls) -> ColumnElement[datetime]:
        """Return `Article.when` as the database says it."""
        return case((cls.published < cls.first_seen_at, cls.published), else_=cls.first_seen_at)


class SearchRow(Base):
    """An article where searches look for it, in the order of their answers (`domain.search.key`).

    Its words stand under the same key in `article_terms` (`db.terms`).
    """

    __tablename__ = "article_search"

    key: Mapped[int] = mapped_column(Identity, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), unique=True
    )
    source_id: Mapped[int]
    band: Mapped[Band] = mapped_column(PlainText)
    types: Mapped[int]
    """The types of the facts it states: bit 0 for the first of `FACT_TYPES`, and so on."""


class UnindexedRow(Base):
    """An article that searches do not find yet: what is about no topic can wait for its turn."""

    __tablename__ = "article_unindexed"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


class ArticleKeyRow(Base):
    """One of the identities by which a source's article is known again."""

    __tablename__ = "article_key"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )


class LatePageRow(Base):
    """An article whose own page is still to be read."""

    __tablename__ = "late_page"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    tries: Mapped[int] = mapped_column(server_default="0")
    next_at: Mapped[datetime] = mapped_column(index=True)


class RevisionRow(Base):
    """What an article said before it was edited."""

    __tablename__ = "article_revision"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]
    content_hash: Mapped[str]
    replaced_at: Mapped[datetime]
    changes: Mapped[list[Any]] = mapped_column(server_default="[]")
    """What the next revision says otherwise (`domain.revision.Change`)."""


class SignatureRow(Base):
    """One thing by which an article is found when another tells the same (`domain.signature`)."""

    __tablename__ = "article_signature"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    """When the article came out: only what is near in time is looked at."""

    # Answers "who else says so, around then" by itself, without the table.
    __table_args__ = (Index(None, "key", "at", "article_id"),)


class FactRow(Base):
    """Something one revision of an article states."""

    __tablename__ = "fact"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    revision: Mapped[int]
    fact_id: Mapped[str]
    position: Mapped[int]
    type: Mapped[FactType] = mapped_column(PlainText)
    subject: Mapped[str]
    value: Mapped[str | None]
    value_high: Mapped[str | None]
    unit: Mapped[str | None]
    counted: Mapped[str | None]
    comparator: Mapped[Comparator | None] = mapped_column(PlainText)
    status: Mapped[Status] = mapped_column(PlainText)
    time_role: Mapped[TimeRole | None] = mapped_column(PlainText)
    time_start: Mapped[date | None]
    time_end: Mapped[date | None]
    time_precision: Mapped[Precision | None] = mapped_column(PlainText)
    time_text: Mapped[str | None]
    time_clock: Mapped[str | None]
    attributes: Mapped[dict[str, Any]]
    confidence: Mapped[Confidence] = mapped_column(PlainText)
    rule: Mapped[str]
    indicator: Mapped[str | None]
    """Of a figure, what it was taken for: that one of its attributes by which it is found."""
    hidden: Mapped[bool] = mapped_column(server_default=false())
    """Operators found it wrong: it is kept, and shown to nobody."""

    __table_args__ = (
        UniqueConstraint("article_id", "revision", "fact_id"),
        Index(None, "type", "time_end"),
        Index(
            "ix_fact_indicator_article_id_some",
            "indicator",
            "article_id",
            sqlite_where=sql("indicator IS NOT NULL"),
            postgresql_where=sql("indicator IS NOT NULL"),
        ),
        NEVER_REUSED,
    )


class EvidenceRow(Base):
    """The exact words of a fact."""

    __tablename__ = "evidence"

    fact_id: Mapped[int] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[Field] = mapped_column(PlainText)
    start: Mapped[int] = mapped_column("start_at")
    end: Mapped[int] = mapped_column("end_at")
    quote: Mapped[str]

    # Both engines count code points in length(), as Python does.
    __table_args__ = (
        CheckConstraint("start_at >= 0 AND end_at - start_at = length(quote)", name="exact"),
    )


class CorrectionRow(Base):
    """A fact that somebody called wrong, and what was decided; it outlives rereading."""

    __tablename__ = "fact_correction"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[FactType] = mapped_column(PlainText)
    quote: Mapped[str]
    state: Mapped[CorrectionState] = mapped_column(PlainText)
    changes: Mapped[dict[str, Any]]
    reported_at: Mapped[datetime]
    reported_by: Mapped[int | None] = mapped_column(TelegramId)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(TelegramId)


class DocumentRow(Base):
    """A policy document, as settled from everything that is claimed of it."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    number: Mapped[str | None]
    title: Mapped[str]
    kind: Mapped[str | None]
    stage: Mapped[Stage | None] = mapped_column(PlainText)
    issuers: Mapped[list[Any]]
    first_seen_at: Mapped[datetime]
    variants: Mapped[list[Any]] = mapped_column(server_default="[]")
    aliases: Mapped[list[Any]] = mapped_column(server_default="[]")
    issued_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    announced_at: Mapped[datetime | None]
    """When an article first was it or told of it: only then is it news, and only once."""

    __table_args__ = (NEVER_REUSED,)


class DocumentKeyRow(Base):
    """A name by which a document is found; versions of one document share their title."""

    __tablename__ = "document_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class MentionRow(Base):
    """An article that is, announces or cites a policy document, and what it claims of it."""

    __tablename__ = "document_mention"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str]
    title: Mapped[str] = mapped_column(server_default="")
    number: Mapped[str | None]
    alias: Mapped[str | None]
    kind: Mapped[str | None]
    stage: Mapped[str | None]
    issuers: Mapped[list[Any]] = mapped_column(server_default="[]")
    issued_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    first_hand: Mapped[bool] = mapped_column(server_default=false())


class DocumentLinkRow(Base):
    """By an article's words, one document cites, carries out or repeals another."""

    __tablename__ = "document_link"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    target_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    relation: Mapped[Relation] = mapped_column(PlainText)
    clause: Mapped[str | None]


class DocumentChangeRow(Base):
    """What became of a document: announced, issued, dated anew, repealed."""

    __tablename__ = "document_change"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("article.id", ondelete="SET NULL"), index=True
    )
    """Which article told it."""
    at: Mapped[datetime]
    field: Mapped[ChangedField] = mapped_column(PlainText)
    before: Mapped[str | None]
    after: Mapped[str | None]

    __table_args__ = (NEVER_REUSED,)


class ChatRow(Base):
    """A chat that the bot knows, by Telegram's id. Suspended, never deleted, when unreachable."""

    __tablename__ = "chat"

    id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    type: Mapped[Literal["private", "group", "supergroup", "channel"]] = mapped_column(PlainText)
    title: Mapped[str]
    language: Mapped[Language] = mapped_column(PlainText)
    timezone: Mapped[str]
    state: Mapped[ChatState] = mapped_column(PlainText, index=True)
    state_reason: Mapped[str | None]
    added_by: Mapped[int | None] = mapped_column(TelegramId)
    """Who brought the bot there, to be told when it cannot speak there any more."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SubscriptionRow(Base):
    """A standing wish of a chat, or of one forum topic in it."""

    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        TelegramId, ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE")
    )
    thread_id: Mapped[int] = mapped_column(TelegramId)
    kind: Mapped[SubscriptionKind] = mapped_column(PlainText)
    minute: Mapped[int]
    weekday: Mapped[int]
    timezone: Mapped[str]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    covered_until: Mapped[datetime]
    last_date: Mapped[date | None]
    created_at: Mapped[datetime]
    days: Mapped[int] = mapped_column(server_default="127")
    """On which days of the week a daily one comes, bit 0 for Monday."""

    __table_args__ = (
        UniqueConstraint("chat_id", "thread_id", "kind"),
        CheckConstraint("minute BETWEEN 0 AND 1439", name="minute"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        NEVER_REUSED,
    )


class FollowRow(Base):
    """Something that a chat, or one forum topic in it, is told any news of."""

    __tablename__ = "follow"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        TelegramId, ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE")
    )
    thread_id: Mapped[int] = mapped_column(TelegramId)
    kind: Mapped[FollowKind] = mapped_column(PlainText)
    key: Mapped[str]
    label: Mapped[str]
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("chat_id", "thread_id", "kind", "key"),
        Index(None, "kind", "key"),
        NEVER_REUSED,
    )


class PreferenceRow(Base):
    """How a chat, or one forum topic in it, wants to be told; where it has said nothing, no row.

    A row holds only what is otherwise than above it: in a chat than usual, in a topic than in its
    chat. What is NULL is as it is there (`db.preferences`).
    """

    __tablename__ = "preference"

    chat_id: Mapped[int] = mapped_column(
        TelegramId,
        ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    thread_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    rule: Mapped[dict[str, Any]]
    """What of the stories is wanted (`domain.rule.Rule`)."""
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    """Local minutes of the day; both or none. The same twice: no quiet hours, whatever is above."""
    muted_until: Mapped[datetime | None] = mapped_column(index=True)
    """In a topic whose chat is muted, a time that is over: this topic is not."""
    silent: Mapped[bool | None]
    language: Mapped[Language | None] = mapped_column(PlainText)
    """Of a topic; a chat's own stands in `ChatRow`, as does its zone."""
    timezone: Mapped[str | None]
    updated_at: Mapped[datetime]


class VerdictRow(Base):
    """What somebody said of a story, for the chat or topic in which he said it."""

    __tablename__ = "verdict"

    chat_id: Mapped[int] = mapped_column(
        TelegramId,
        ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    thread_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    verdict: Mapped[Verdict] = mapped_column(PlainText)
    user_id: Mapped[int | None] = mapped_column(TelegramId)
    at: Mapped[datetime]


class SavedRow(Base):
    """A story that a chat, or one forum topic in it, keeps for later."""

    __tablename__ = "saved_story"

    chat_id: Mapped[int] = mapped_column(
        TelegramId,
        ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    thread_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    saved_at: Mapped[datetime]


class BarredRow(Base):
    """A word that operators left out for everybody."""

    __tablename__ = "barred_word"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    word: Mapped[str] = mapped_column(unique=True)
    barred_at: Mapped[datetime]
    barred_by: Mapped[int | None] = mapped_column(TelegramId)

    __table_args__ = (NEVER_REUSED,)


class ProposalRow(Base):
    """A rule that readers' marks suggest, and what operators decided."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """What is proposed ("exclude:marathon", "tier:3:reprint"): once, whatever was decided."""
    story_id: Mapped[int | None] = mapped_column(
        ForeignKey("story.id", ondelete="SET NULL"), index=True
    )
    proposed: Mapped[dict[str, Any]]
    state: Mapped[Decision] = mapped_column(PlainText, index=True)
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(TelegramId)

    __table_args__ = (NEVER_REUSED,)


class SuggestionRow(Base):
    """A source that a reader would like to be watched."""

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        TelegramId, ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE"), index=True
    )
    url: Mapped[str] = mapped_column(unique=True)
    state: Mapped[Decision] = mapped_column(PlainText)
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(TelegramId)

    __table_args__ = (NEVER_REUSED,)


class DeliveryRow(Base):
    """The outbox: what is owed to a destination, and how far it has got."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        TelegramId, ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE")
    )
    thread_id: Mapped[int] = mapped_column(TelegramId)
    kind: Mapped[DeliveryKind] = mapped_column(PlainText)
    key: Mapped[str]
    lane: Mapped[int]
    story_id: Mapped[int | None] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), index=True
    )
    payload: Mapped[dict[str, Any]]
    parts: Mapped[list[Any] | None]
    parts_sent: Mapped[int]
    message_ids: Mapped[list[Any]]
    state: Mapped[DeliveryState] = mapped_column(PlainText)
    attempts: Mapped[int]
    doubts: Mapped[int] = mapped_column(server_default="0")
    """Attempts at the next part whose outcome is not known."""
    repeats: Mapped[int] = mapped_column(server_default="0")
    """Attempts that followed one which may have arrived: as often it may have been said twice."""
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    """Set and committed before each request: a row found with it may have arrived."""
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    carrier_id: Mapped[int | None] = mapped_column(TelegramId)
    """The delivery that tells this one too (state `folded`); no key, so that either may be let go
    of, and `db.folding.release` owes it again."""

    # The index walks the queue in its order, whatever else is due in the same minute.
    __table_args__ = (
        UniqueConstraint("chat_id", "thread_id", "key"),
        Index(None, "state", "lane", "not_before", "id"),
        Index(
            "ix_delivery_repeats_some",
            "repeats",
            sqlite_where=sql("repeats > 0"),
            postgresql_where=sql("repeats > 0"),
        ),
        Index(
            "ix_delivery_carrier_id_some",
            "carrier_id",
            sqlite_where=sql("carrier_id IS NOT NULL"),
            postgresql_where=sql("carrier_id IS NOT NULL"),
        ),
        NEVER_REUSED,
    )


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


class PauseRow(Base):
    """How long Telegram wants a chat to be left alone; chat 0 stands for all of them."""

    __tablename__ = "pause"

    chat_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    until: Mapped[datetime]


class HeardRow(Base):
    """An update that a webhook has taken: the same one again is not handled again."""

    __tablename__ = "heard_update"

    update_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    trouble: Mapped[str | None]
    """Why it could not be read."""
    body: Mapped[str | None]
    """What came, until it is handled; of what cannot be read, for an operator to look at."""


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


class BroadcastRow(Base):
    """An operator's words to everybody: shown to him first, sent once if he says so."""

    __tablename__ = "broadcast"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    text: Mapped[str]
    created_by: Mapped[int | None] = mapped_column(TelegramId)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

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


terms.make_with(SearchRow)

TABLES = Base.metadata
"""All of them: what `db.migrate` compares with."""
