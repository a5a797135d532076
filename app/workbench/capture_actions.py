"""Capturing what a need teaches: a row is added, never changed, and the journal says so."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.lifecycle import Move
from app.dossiers.models import Dossier
from app.dossiers.moving import own
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.workbench.captured import findings_of
from app.workbench.findings import Findings
from app.workbench.models import Captured
from app.workbench.stale import StaleRow


def capture(
    viewer: Viewer, dossier_id: int, seen: int, findings: Findings, at: datetime | None = None
) -> None:
    """`seen` is the last row read, 0 when there was none. Nothing new to say writes nothing."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        last = _last(session, dossier)
        if findings == (findings_of(last) if last else Findings()):
            return
        if seen != (last.id if last else 0):
            raise StaleRow(dossier_id)
        session.add(
            Captured(
                need_id=dossier.need_id,
                dossier_id=dossier.id,
                at=at,
                user_id=viewer.user_id,
                **asdict(findings),
            )
        )
        words = findings.words()
        records.note(session, dossier, Move.CAPTURED, at, viewer.user_id, why=words or "Tout est effacé")


def _last(session: Session, dossier: Dossier) -> Captured | None:
    asked = select(Captured).where(Captured.dossier_id == dossier.id).order_by(Captured.id.desc())
    return session.scalar(asked.limit(1))
