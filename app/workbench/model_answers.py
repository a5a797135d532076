"""Model answers: which one reads, which one may write, and the text once its fields are filled for a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.accounts.abilities import Ability, Role, Viewer
from app.directory.models import Branch
from app.dossiers.labels import need_label
from app.dossiers.queries import WORKING_ROLES, CaseFile, case_for, dossier_seen
from app.extensions import db
from app.kernel.days import in_full
from app.workbench.merging import Field, filled_in
from app.workbench.models import ModelAnswer

WRITING_ROLES = (Role.BRANCH_MANAGER, Role.MAISON_ADVISER)
"""Who writes for a branch; a Maison has no manager of its own."""
REGION = "Toute la région"
MOST = 200


@dataclass(frozen=True, slots=True)
class AnswerRow:
    id: int
    branch_id: int | None
    title: str
    body: str
    version: int
    branch: str | None

    @property
    def place(self) -> str:
        return self.branch or REGION


def readable(viewer: Viewer) -> Sequence[AnswerRow]:
    """Those of the region, then those of the branches this viewer holds a post in."""
    return _rows(_of(viewer.branch_ids()))


def writable_places(viewer: Viewer) -> list[tuple[int | None, str]]:
    """Where this viewer writes model answers: the region for an administrator, their branches for others."""
    region: list[tuple[int | None, str]] = [(None, REGION)] if viewer.can(Ability.ADMINISTER) else []
    held = ((post.branch_id, post.branch_name) for post in viewer.posts if post.role in WRITING_ROLES)
    return region + list(dict.fromkeys(held))


def may_write(viewer: Viewer, branch_id: int | None) -> bool:
    return branch_id in [place for place, _ in writable_places(viewer)]


def answer_of(viewer: Viewer, model_id: int) -> AnswerRow | None:
    """One of those this viewer may write."""
    row = next(iter(_rows(ModelAnswer.id == model_id)), None)
    return row if row and may_write(viewer, row.branch_id) else None


def offered(viewer: Viewer, dossier_id: int) -> Sequence[AnswerRow]:
    """What an adviser may start a message from, on a case of theirs."""
    dossier = dossier_seen(viewer, dossier_id)
    if dossier is None or dossier.branch_id not in viewer.branch_ids(*WORKING_ROLES):
        return ()
    return _rows(_of((dossier.branch_id,)))


def filled(viewer: Viewer, model_id: int, dossier_id: int) -> str:
    """The text for this case; empty when this viewer may not use this model or this case."""
    file = case_for(viewer, dossier_id)
    if file is None or not file.workable:
        return ""
    allowed = _of((file.dossier.branch_id,)) & (ModelAnswer.id == model_id)
    row = next(iter(_rows(allowed)), None)
    return filled_in(row.body, _values(viewer, file)) if row else ""


def _values(viewer: Viewer, file: CaseFile) -> dict[Field, str]:
    inquiry, dossier = file.inquiry, file.dossier
    return {
        Field.COMPANY: inquiry.company,
        Field.CONTACT: file.contact.contact_name or "Madame, Monsieur",
        Field.NEED: need_label(dossier.need_key),
        Field.PLACE: inquiry.place,
        Field.REFERENCE: inquiry.reference,
        Field.ADVISER: viewer.name,
        Field.BRANCH: file.branch.name,
        Field.DUE: in_full(dossier.first_contact_due),
    }


def _of(branches: Sequence[int]) -> ColumnElement[bool]:
    return or_(ModelAnswer.branch_id.is_(None), ModelAnswer.branch_id.in_(branches))


COLUMNS: tuple[Any, ...] = (
    ModelAnswer.id,
    ModelAnswer.branch_id,
    ModelAnswer.title,
    ModelAnswer.body,
    ModelAnswer.version,
    Branch.name,
)


def _rows(kept: ColumnElement[bool]) -> list[AnswerRow]:
    asked = select(*COLUMNS).outerjoin(Branch, Branch.id == ModelAnswer.branch_id)
    asked = asked.where(kept, ModelAnswer.withdrawn_at.is_(None))
    asked = asked.order_by(ModelAnswer.branch_id.is_not(None), ModelAnswer.title, ModelAnswer.id)
    return [AnswerRow(*row) for row in db.session.execute(asked.limit(MOST))]
