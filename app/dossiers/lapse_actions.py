"""A relay nobody answered in time lapses: whoever offered it keeps the case, as it did until then."""

from __future__ import annotations

from datetime import datetime

from app.dossiers import records
from app.dossiers.clocks import local_day
from app.dossiers.lifecycle import Move, Part, Verb, check_move
from app.dossiers.models import Dossier
from app.dossiers.relays import answer_day, lock_pending
from app.extensions import transaction


def lapse(dossier_id: int, at: datetime) -> bool:
    """The branch asked and the one that asked are told, once; nothing while the day to answer is not over."""
    with transaction() as session:
        asked = lock_pending(session, dossier_id)
        if asked is None or local_day(at) <= answer_day(asked):
            return False
        if asked.role == Part.OFFERED:
            check_move(Verb.LAPSE, asked)
        sender = session.get_one(Dossier, asked.offered_by_id)
        records.end_offer(session, asked, Move.OFFER_LAPSED, at, None)
        records.tell_branch(session, "hand_over_lapsed", asked, sender.branch_id, at)
        return True
