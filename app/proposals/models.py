"""The table of proposals: what an official list says of a local actor, and what was decided."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.proposals.decisions import Decision


class BranchProposal(Model):
    """A local actor as its source publishes it. `served`: the communes it serves, when the source says so."""

    __tablename__ = "branch_proposals"
    __table_args__ = (
        UniqueConstraint("source", "reference"),
        Index("ix_branch_proposals_decision", "decision", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(120))
    actor: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    commune: Mapped[str] = mapped_column(String(5))
    served: Mapped[list[str]] = mapped_column(JSON)
    address: Mapped[str] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(40))
    website: Mapped[str | None] = mapped_column(String(300))
    updated_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(String(12), default=Decision.OPEN.value)
    branch: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Raised by each decision: one taken on what somebody else decided meanwhile is refused.
    version: Mapped[int] = mapped_column(default=1)
