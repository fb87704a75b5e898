"""One document of the register with everything that hangs on it, ready to be shown."""

from dataclasses import dataclass
from datetime import datetime

from domain.article import Article
from domain.documents.document import ChangedField, Claim, Document
from domain.documents.naming import Relation
from domain.facts.stated import Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document in a list of them."""

    document: Document
    articles: int
    """How many tell of it or name it."""
    when: datetime
    """When it was announced, or first named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An article that is, announces or cites it, and what it claims."""

    article: Article
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another document that stands to it in some way, by the clause where one is given."""

    document: Document
    relation: Relation
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of it, and when we learnt that."""

    at: datetime
    field: ChangedField
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything that is known of one document."""

    document: Document
    mentions: tuple[Mention, ...]
    """The document itself first, then reports by tier, then those that only cite it."""
    cites: tuple[Related, ...]
    """What it acts upon, carries out or repeals."""
    cited_by: tuple[Related, ...]
    """What carries it out, repeals it or points to it; the chain in its order."""
    history: tuple[Change, ...]
    versions: tuple[Document, ...]
    """Other documents under the same title, the newest first."""
    measures: tuple[Stated, ...]
    """What those articles state that are the document or announce it."""

    def measures_of(self, *, draft: bool) -> tuple[Stated, ...]:
        """Return what is stated of its draft, or of what it is now."""
        drafts = {one.article.id for one in self.mentions if one.claim.stage == "draft"}
        return tuple(one for one in self.measures if (one.article.id in drafts) is draft)

    def stated(self, *, draft: bool) -> tuple[Stated, ...]:
        """Return what the document itself states, or its draft; reports where it was not read.

        A report leaves out and rounds: what it lacks has not gone.
        """
        own = {one.article.id for one in self.mentions if one.claim.first_hand}
        said = self.measures_of(draft=draft)
        return tuple(one for one in said if one.article.id in own) or said

    @property
    def current(self) -> tuple[Stated, ...]:
        """The measures as they stand: those of the draft only while there is nothing else."""
        return self.measures_of(draft=False) or self.measures
