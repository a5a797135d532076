"""Proposing a scheme in one click, then noting what became of it: each verb is a row, and a line of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.clocks import local_day
from app.dossiers.labels import scheme_label
from app.dossiers.lifecycle import OPEN, IllegalMove, Move
from app.dossiers.models import Dossier
from app.dossiers.moving import UnknownCase, own
from app.extensions import transaction
from app.inquiries.models import Need
from app.kernel.clock import utcnow
from app.workbench.models import Prescription
from app.workbench.prescriptions import PROPOSABLE, Refusal, Step, may_follow
from app.workbench.stale import StaleRow

DECIDES = (Step.REQUESTED, Step.GRANTED, Step.REFUSED)
"""The steps that set the amount and the reason, or clear them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of a scheme, on which day; an amount only when granted, a refusal only when refused."""

    step: Step
    on: date
    amount: int | None = None
    refusal: Refusal | None = None
    comment: str = ""


def propose(viewer: Viewer, dossier_id: int, scheme: str, at: datetime | None = None) -> None:
    """Follow a scheme of the stored decision; proposed twice, by one actor or two, it is one prescription."""
    at, label = at or utcnow(), scheme_label(scheme)
    with transaction() as session:
        dossier = _open_dossier(session, viewer, dossier_id)
        need = session.get_one(Need, dossier.need_id)
        verdict = _verdict(need, scheme)
        if _of_need(session, need.id, scheme) is not None:
            return
        prescription = Prescription(
            need_id=need.id,
            dossier_id=dossier.id,
            scheme=scheme,
            step=Step.PROPOSED,
            verdict=verdict,
            rulebook=str((need.decision or {}).get("rulebook") or ""),
            proposed_on=local_day(at),
            changed_at=at,
            changed_by_id=viewer.user_id,
        )
        session.add(prescription)
        _note(session, dossier, at, viewer, label, None, Progress(Step.PROPOSED, local_day(at)))


def advance(
    viewer: Viewer,
    dossier_id: int,
    prescription_id: int,
    version: int,
    progress: Progress,
    at: datetime | None = None,
) -> None:
    """Note the next step; any actor with an open dossier on the need may. Raises StaleRow, IllegalMove."""
    at = at or utcnow()
    with transaction() as session:
        dossier = _open_dossier(session, viewer, dossier_id)
        found = session.get(Prescription, prescription_id, with_for_update=True)
        if found is None or found.need_id != dossier.need_id:
            raise UnknownCase(dossier_id)
        if found.changed_by_id == viewer.user_id and _is_said(found, progress):
            return
        if found.version != version:
            raise StaleRow(prescription_id)
        if not may_follow(found.step, progress.step):
            raise IllegalMove(
                f"Ce dispositif est « {Step(found.step).label} ». Cette suite n’est plus possible."
            )
        before = found.step
        _move(found, progress)
        found.changed_at, found.changed_by_id = at, viewer.user_id
        _note(session, dossier, at, viewer, scheme_label(found.scheme), before, progress)


def _open_dossier(session: Session, viewer: Viewer, dossier_id: int) -> Dossier:
    dossier = own(session, viewer, dossier_id)
    if dossier.status not in OPEN:
        raise IllegalMove("Votre dossier n’est plus ouvert. Les dispositifs ne se suivent plus d’ici.")
    return dossier


def _of_need(session: Session, need_id: int, scheme: str) -> Prescription | None:
    asked = select(Prescription).where(Prescription.need_id == need_id, Prescription.scheme == scheme)
    return session.scalar(asked)


def _verdict(need: Need, scheme: str) -> str:
    """The stored verdict; what the decision sets aside is not proposed."""
    examined = (need.decision or {}).get("schemes") or []
    verdict = next((str(one["verdict"]) for one in examined if one["scheme"] == scheme), None)
    if verdict not in PROPOSABLE:
        raise IllegalMove(
            "Ce dispositif n’est pas dans les possibles de ce besoin. Il ne peut pas être proposé."
        )
    return verdict


def _is_said(found: Prescription, progress: Progress) -> bool:
    """A second click. The same step with another amount or another reason is not: it was never noted."""
    if progress.step not in DECIDES:
        return found.step == progress.step
    told = (progress.step, progress.amount, progress.refusal)
    return told == (found.step, found.amount, found.refusal)


def _move(found: Prescription, progress: Progress) -> None:
    found.step = progress.step
    match progress.step:
        case Step.REQUESTED:
            found.requested_on, found.decided_on = progress.on, None
        case Step.GRANTED | Step.REFUSED:
            found.decided_on = progress.on
        case Step.USED:
            found.used_on = progress.on
    if progress.step in DECIDES:
        found.amount, found.refusal = progress.amount, progress.refusal


def _note(
    session: Session,
    dossier: Dossier,
    at: datetime,
    viewer: Viewer,
    label: str,
    before: str | None,
    made: Progress,
) -> None:
    said = [f"{label}\u00a0: {made.step.label.lower()}"]
    said += [made.refusal.label] if made.refusal else []
    said += [f"{made.amount}\u00a0€"] if made.amount is not None else []
    said += [made.comment] if made.comment else []
    words = ". ".join(said)[:1000]
    records.note(session, dossier, Move.SCHEME, at, viewer.user_id, from_=before, to=made.step, why=words)
