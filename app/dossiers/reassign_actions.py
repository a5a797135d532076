"""Giving a dossier to a colleague of the same branch."""

from __future__ import annotations

from datetime import datetime

from app.accounts.abilities import Viewer
from app.accounts.queries import people_in
from app.dossiers.clocks import local_day
from app.dossiers.lifecycle import IllegalMove, Status, Verb
from app.dossiers.moving import move, own, refuse_stale, said
from app.dossiers.queries import WORKING_ROLES
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.mailbox.records import post

NOT_HERE = "Cette personne ne travaille pas dans l’antenne de ce dossier."


def reassign(
    viewer: Viewer,
    dossier_id: int,
    version: int,
    colleague_id: int,
    comment: str | None = None,
    at: datetime | None = None,
) -> None:
    """The colleague becomes the named person: told by letter, and so is the company when the dossier leads.

    Given again to who already holds it, nothing changes."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if dossier.status == Status.TAKEN and dossier.taken_by_id == colleague_id:
            return
        refuse_stale(dossier, version)
        name = dict(people_in(dossier.branch_id, local_day(at), WORKING_ROLES)).get(colleague_id)
        if name is None:
            raise IllegalMove(NOT_HERE)
        why = ". ".join(part for part in (f"À {name}", said(comment)) if part)
        move(session, dossier, Verb.REASSIGN, viewer, at, why)
        dossier.taken_at, dossier.taken_by_id = dossier.taken_at or at, colleague_id
        session.flush()
        if colleague_id != viewer.user_id:
            post(
                session,
                "reassigned",
                dossier_id=dossier.id,
                user_id=colleague_id,
                version=dossier.version,
                at=at,
            )
