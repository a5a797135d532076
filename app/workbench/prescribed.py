"""The schemes followed for a need, as its actors and its company read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from app.accounts.abilities import Viewer
from app.directory.models import Branch
from app.dossiers.models import Dossier
from app.dossiers.queries import dossier_seen
from app.extensions import db
from app.inquiries.models import Need
from app.workbench.models import Prescription


@dataclass(frozen=True, slots=True)
class Prescribed:
    """A scheme and how far it went; `branch` proposed it."""

    id: int
    need_id: int
    scheme: str
    step: str
    verdict: str
    rulebook: str
    proposed_on: date
    requested_on: date | None
    decided_on: date | None
    used_on: date | None
    amount: int | None
    refusal: str | None
    version: int
    branch: str

    @property
    def since(self) -> date:
        """The day of the step it is at."""
        return self.used_on or self.decided_on or self.requested_on or self.proposed_on


def prescribed(viewer: Viewer, dossier_id: int) -> Sequence[Prescribed]:
    """What every actor of the need follows together; nothing to whom may not see this dossier."""
    dossier = dossier_seen(viewer, dossier_id)
    return _rows(Prescription.need_id == dossier.need_id) if dossier else ()


def prescribed_to(inquiry_id: int) -> Sequence[Prescribed]:
    """For the company, reached through its secret link."""
    needs = select(Need.id).where(Need.inquiry_id == inquiry_id)
    return _rows(Prescription.need_id.in_(needs))


def _rows(kept: ColumnElement[bool]) -> list[Prescribed]:
    rows = db.session.execute(
        select(
            Prescription.id,
            Prescription.need_id,
            Prescription.scheme,
            Prescription.step,
            Prescription.verdict,
            Prescription.rulebook,
            Prescription.proposed_on,
            Prescription.requested_on,
            Prescription.decided_on,
            Prescription.used_on,
            Prescription.amount,
            Prescription.refusal,
            Prescription.version,
            Branch.name,
        )
        .join(Dossier, Dossier.id == Prescription.dossier_id)
        .join(Branch, Branch.id == Dossier.branch_id)
        .where(kept)
        .order_by(Prescription.proposed_on, Prescription.id)
    )
    return [Prescribed(*tuple(row)) for row in rows]
