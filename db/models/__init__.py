"""The tables. What they hold in Python is in `domain`; rows never leave this room."""

from db import terms
from db.columns import Base
from db.models.article import (
    ArticleKeyRow,
    ArticleRow,
    LatePageRow,
    RevisionRow,
    SearchRow,
    SignatureRow,
    UnindexedRow,
)
from db.models.chat import ChatRow, FollowRow, PreferenceRow, SavedRow, SubscriptionRow, VerdictRow
from db.models.delivery import BroadcastRow, DeliveryRow, HeardRow, PauseRow
from db.models.document import (
    DocumentChangeRow,
    DocumentKeyRow,
    DocumentLinkRow,
    DocumentRow,
    MentionRow,
)
from db.models.fact import CorrectionRow, EvidenceRow, FactRow
from db.models.operation import AuditRow, FaultRow, InvitationRow, OperatorRow, ReprocessingRow
from db.models.proposal import BarredRow, ProposalRow, SuggestionRow
from db.models.source import FeedMemoryRow, LookRow, SourceRow
from db.models.story import StoryLinkRow, StoryMergeRow, StoryRow

__all__ = [
    "TABLES",
    "ArticleKeyRow",
    "ArticleRow",
    "AuditRow",
    "BarredRow",
    "BroadcastRow",
    "ChatRow",
    "CorrectionRow",
    "DeliveryRow",
    "DocumentChangeRow",
    "DocumentKeyRow",
    "DocumentLinkRow",
    "DocumentRow",
    "EvidenceRow",
    "FactRow",
    "FaultRow",
    "FeedMemoryRow",
    "FollowRow",
    "HeardRow",
    "InvitationRow",
    "LatePageRow",
    "LookRow",
    "MentionRow",
    "OperatorRow",
    "PauseRow",
    "PreferenceRow",
    "ProposalRow",
    "ReprocessingRow",
    "RevisionRow",
    "SavedRow",
    "SearchRow",
    "SignatureRow",
    "SourceRow",
    "StoryLinkRow",
    "StoryMergeRow",
    "StoryRow",
    "SubscriptionRow",
    "SuggestionRow",
    "UnindexedRow",
    "VerdictRow",
]

terms.make_with(SearchRow)

TABLES = Base.metadata
"""All of them: what `db.migrate` compares with."""
