"""« Annuler »: the viewer's own last move is undone, and whoever was told of it learns that it was an error."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.lifecycle import OPEN, IllegalMove, Move
from app.dossiers.models import Dossier
from app.dossiers.moving import own, refuse_stale
from app.dossiers.queries import last_event
from app.dossiers.standing import put_back
from app.dossiers.undoing import undoable
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.mailbox.kinds import Recipient
from app.mailbox.models import Letter
from app.mailbox.records import call_back

TOO_LATE = "Ce geste ne peut plus être annulé : la journée est passée, ou quelqu’un a agi depuis."


def undo(viewer: Viewer, dossier_id: int, version: int, at: datetime | None = None) -> bool:
    """Put the need back as it stood; True when the company had already been written to."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        found = undoable(viewer, dossier, at)
        if found is None:
            event = last_event(dossier.id)
            if event is not None and event.kind == Move.UNDONE and event.user_id == viewer.user_id:
                return False
            raise IllegalMove(TOO_LATE)
        refuse_stale(dossier, version)
        rows = put_back(session, dossier.need_id, found.before, at)
        _note(session, rows, dossier, found.kind, viewer, at)
        gone = call_back(session, dossier.inquiry_id, [one.id for one in rows], found.at)
        return _correct(session, rows, gone, at)


def _note(
    session: Session, rows: Sequence[Dossier], moved: Dossier, kind: Move, viewer: Viewer, at: datetime
) -> None:
    """One line for the dossier of the move, one for each other whose status it had changed."""
    for one in rows:
        left = records.latest_status(session, one.id)
        if one is moved or left != one.status:
            records.note(
                session, one, Move.UNDONE, at, viewer.user_id, from_=left, to=one.status, why=kind.label
            )


def _correct(session: Session, rows: Sequence[Dossier], gone: Sequence[Letter], at: datetime) -> bool:
    """A letter that left is followed by another: to the company, to a branch no longer asked."""
    lead = next(one for one in rows if one.leads)
    told = {letter.dossier_id for letter in gone if letter.recipient != Recipient.COMPANY}
    for one in rows:
        if one.id in told and one.status not in OPEN:
            records.tell_branch(session, "case_withdrawn", one, one.branch_id, at)
    wrote = any(letter.recipient == Recipient.COMPANY for letter in gone)
    if wrote:
        records.tell_company(session, "corrected", lead, at)
    return wrote
