"""Counting what the form turns away. The draft remembers that it was counted; no count leads back to a draft."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app.extensions import db, transaction
from app.inquiries.models import FILED, Draft, TurnedAway
from app.inquiries.records import one_more
from app.inquiries.turned_away import Aside, to_count
from app.kernel.clock import today
from app.kernel.quarters import quarter_of

KEPT = timedelta(days=3 * 366)
"""The quarters before that are forgotten: a board covers no longer a period."""
TRIES = 3

log = logging.getLogger(__name__)


def count_turned_away(draft_id: str, reason: Aside, profile: str = "", departement: str = "") -> bool:
    """One more form turned away for this reason, once a form; False when it was counted, or could not be.

    Never raises for the database: a page that says where to go does not wait for a count."""
    for _ in range(TRIES):
        try:
            return _counted(draft_id, reason, profile, departement)
        except IntegrityError:
            # The first form of somebody else, counted at this very moment: looked at again.
            db.session.rollback()
        except SQLAlchemyError:
            db.session.rollback()
            log.exception("a form turned away was not counted")
            return False
    return False


def forget_turned_away() -> None:
    """Those of quarters that have lived their time; done by the worker."""
    with transaction() as session:
        oldest = quarter_of(today() - KEPT).name
        session.execute(delete(TurnedAway).where(TurnedAway.quarter < oldest))


def _counted(draft_id: str, reason: Aside, profile: str, departement: str) -> bool:
    with transaction() as session:
        draft = session.get(Draft, draft_id, with_for_update=True)
        if draft is None or draft.step == FILED:
            return False
        quarter = quarter_of(today()).name
        added = to_count(draft.turned_away, quarter, reason, profile, departement)
        for one in added:
            one_more(session, one)
        if added:
            draft.turned_away = [*draft.turned_away, *map(list, added)]
        return bool(added)
