"""A letter did not reach the company: those who work its case are told, once for what failed together."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from app.dossiers.models import Dossier
from app.dossiers.readers import has_mailbox, tell_branch, tell_maison, tell_persons
from app.extensions import db, transaction
from app.kernel.clock import utcnow
from app.mailbox.kinds import LetterStatus, Recipient
from app.mailbox.models import Letter

RETURNED = "letter_returned"
LOOKED_BACK = timedelta(days=15)
"""A report comes back within days; what failed before that is read on the case and by the administrator."""
MOST = 100
log = structlog.get_logger()


def tell_returned(at: datetime | None = None) -> int:
    """Look at the company's letters that failed lately, the latest first: it stands for the former ones."""
    at = at or utcnow()
    told = aliased(Letter)
    known = exists().where(told.dossier_id == Dossier.id, told.kind == RETURNED, told.version >= Letter.id)
    failed = (
        select(Letter.id, Dossier.id)
        .join(Dossier, (Dossier.inquiry_id == Letter.inquiry_id) & Dossier.leads)
        .where(
            Letter.status.in_((LetterStatus.DEAD, LetterStatus.BOUNCED)),
            Letter.due_at >= at - LOOKED_BACK,
            Letter.recipient == Recipient.COMPANY,
            Dossier.closed_at.is_(None),
            ~known,
        )
        .order_by(Letter.id.desc())
        .limit(MOST)
    )
    rows = [(letter_id, dossier_id) for letter_id, dossier_id in db.session.execute(failed)]
    latest = {dossier_id: letter_id for letter_id, dossier_id in reversed(rows)}
    return sum(_tried(dossier_id, letter_id, at) for dossier_id, letter_id in latest.items())


def _tried(dossier_id: int, letter_id: int, at: datetime) -> bool:
    """One dossier's trouble never stops the others. Somebody is told, hence nobody twice: where no one is there
    or wants this letter, the Maison."""
    try:
        with transaction() as session:
            dossier = session.get_one(Dossier, dossier_id, with_for_update=True)
            if has_mailbox(dossier.branch_id):
                tell_branch(session, dossier, RETURNED, letter_id, at)
            else:
                tell_persons(session, dossier, RETURNED, letter_id, at)
            session.flush()
            written = select(Letter.id).where(Letter.dossier_id == dossier_id, Letter.kind == RETURNED)
            if session.scalar(written.where(Letter.version == letter_id).limit(1)) is None:
                tell_maison(session, dossier, RETURNED, letter_id, at)
    except Exception as error:
        log.error("returned_failed", dossier=dossier_id, error=type(error).__name__)
        return False
    return True
