"""Tables of the directory: branches, what they cover, agreements and their OPCO, the compiled snapshot."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.directory.statuses import BranchStatus, Origin
from app.extensions import Model

__all__ = [
    "ActivityLink",
    "Agreement",
    "Branch",
    "BranchCapacity",
    "BranchStatus",
    "CompiledDirectory",
    "Coverage",
    "DirectoryDataset",
    "DirectoryVersion",
    "OpcoFact",
    "Origin",
]


class Branch(Model):
    """A branch of a network. An entry point stands for the network until a finer branch is entered."""

    __tablename__ = "branches"
    __table_args__ = (
        CheckConstraint("mailbox_verified_on IS NULL OR mailbox IS NOT NULL", name="verified_mailbox"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    actor: Mapped[str] = mapped_column(String(40), index=True)
    # Within a network of several bodies: which OPCO, which training fund.
    opco: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    entry_point: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(12), default=BranchStatus.TO_CHECK.value)
    mailbox: Mapped[str | None] = mapped_column(String(254))
    mailbox_verified_on: Mapped[date | None]
    source: Mapped[str | None] = mapped_column(String(300))
    verified_on: Mapped[date | None]
    # Raised by each edit: an edit of what somebody else changed meanwhile is refused.
    version: Mapped[int] = mapped_column(default=1)

    coverage: Mapped[list[Coverage]] = relationship(
        back_populates="branch", cascade="all, delete-orphan", order_by="Coverage.kind, Coverage.code"
    )

    @property
    def told(self) -> bool:
        """Does somebody read what is sent there, as far as we checked?"""
        return self.mailbox is not None and self.mailbox_verified_on is not None


class Coverage(Model):
    """A zone a branch serves: (kind, code)."""

    __tablename__ = "branch_zones"
    __table_args__ = (Index("ix_branch_zones_kind_code", "kind", "code"),)

    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)

    branch: Mapped[Branch] = relationship(back_populates="coverage")


class BranchCapacity(Model):
    """How many new cases a week a branch says it can take; no row: it said nothing, nothing limits it."""

    __tablename__ = "branch_capacities"
    __table_args__ = (CheckConstraint("per_week >= 0", name="per_week"),)

    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id", ondelete="CASCADE"), primary_key=True)
    per_week: Mapped[int]
    at: Mapped[datetime]


class Agreement(Model):
    """A collective agreement of the Dares list; `successor` is the one that replaced it."""

    __tablename__ = "agreements"

    idcc: Mapped[str] = mapped_column(String(5), primary_key=True)
    title: Mapped[str] = mapped_column(String(500))
    short_title: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool]
    successor: Mapped[str | None] = mapped_column(String(5), index=True)


class OpcoFact(Model):
    """What one origin says of the OPCO of an agreement; the strongest origin wins."""

    __tablename__ = "opco_facts"

    idcc: Mapped[str] = mapped_column(String(5), primary_key=True)
    origin: Mapped[str] = mapped_column(String(12), primary_key=True)
    opco: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(300))
    checked_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)


class ActivityLink(Model):
    """An activity of the NAF 2025 and one of the activities of the NAF rév. 2 it comes from."""

    __tablename__ = "activity_links"

    naf_2025: Mapped[str] = mapped_column(String(6), primary_key=True)
    naf_rev2: Mapped[str] = mapped_column(String(6), primary_key=True)


class DirectoryDataset(Model):
    """An official file once imported: who published it, which edition, when, and how many rows were kept."""

    __tablename__ = "directory_datasets"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    title: Mapped[str] = mapped_column(String(200))
    publisher: Mapped[str] = mapped_column(String(200))
    version: Mapped[str | None] = mapped_column(String(40))
    licence: Mapped[str] = mapped_column(String(100))
    rows: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]


class DirectoryVersion(Model):
    """One row whose number grows with every write: what is kept in memory knows when it is old."""

    __tablename__ = "directory_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class CompiledDirectory(Model):
    """The snapshot of the directory as one row, made by whoever writes, read by each process once."""

    __tablename__ = "compiled_directories"

    id: Mapped[int] = mapped_column(primary_key=True)
    directory: Mapped[int]
    territory: Mapped[int]
    made_on: Mapped[date]
    # Memberships are dated: from this day on the zones of some commune are others.
    stale_from: Mapped[date | None]
    hash: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
