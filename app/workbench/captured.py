"""Facts captured on a need: what each of its branches holds true today, and the job behind a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.abilities import Viewer
from app.accounts.models import User
from app.directory.models import Branch
from app.dossiers.models import Dossier
from app.dossiers.queries import dossier_seen
from app.extensions import db
from app.gpec.models import RomeJob
from app.triage.occupations import occupation
from app.workbench.findings import Cause, Findings, Horizon, Training
from app.workbench.models import Captured

CODE = re.compile(r"[A-Z]\d{4}")


@dataclass(frozen=True, slots=True)
class Told:
    """The last findings of one branch, by whom and when."""

    id: int
    dossier_id: int
    branch: str
    who: str
    at: datetime
    findings: Findings


def told(viewer: Viewer, dossier_id: int) -> Sequence[Told]:
    """One entry a branch, for every actor of the need."""
    dossier = dossier_seen(viewer, dossier_id)
    return _last_of_each(dossier.need_id) if dossier else ()


def rome_of(job: str) -> str | None:
    """The ROME code of a job as it is typed: a code of the list, else a name of the catalogue."""
    typed = job.strip().upper()
    if CODE.fullmatch(typed) and db.session.get(RomeJob, typed):
        return typed
    found = occupation(job)
    return found.rome if found else None


def rome_held(need_id: int) -> str | None:
    """The job last captured on a need: its code alone, which the company may read as well."""
    asked = select(Captured.rome).where(Captured.need_id == need_id, Captured.rome.is_not(None))
    return db.session.scalar(asked.order_by(Captured.id.desc()).limit(1))


def findings_of(row: Captured) -> Findings:
    return Findings(
        job=row.job,
        rome=row.rome,
        posts=row.posts,
        cause=Cause(row.cause) if row.cause else None,
        horizon=Horizon(row.horizon) if row.horizon else None,
        training=Training(row.training) if row.training else None,
        training_words=row.training_words,
    )


def _last_of_each(need_id: int) -> list[Told]:
    last = select(func.max(Captured.id)).where(Captured.need_id == need_id).group_by(Captured.dossier_id)
    rows = db.session.execute(
        select(Captured, Branch.name, User.name)
        .join(Dossier, Dossier.id == Captured.dossier_id)
        .join(Branch, Branch.id == Dossier.branch_id)
        .join(User, User.id == Captured.user_id)
        .where(Captured.id.in_(last))
        .order_by(Captured.id)
    )
    return [Told(row.id, row.dossier_id, branch, who, row.at, findings_of(row)) for row, branch, who in rows]
