"""A branch manager enters and removes the absences of their own team."""

from __future__ import annotations

from datetime import date, timedelta

from app.accounts.abilities import Role, Viewer
from app.accounts.absences import colleagues
from app.accounts.actions import Impossible
from app.accounts.models import Absence
from app.extensions import transaction
from app.kernel.clock import today

LONGEST = timedelta(days=731)


class NotYourTeam(LookupError):
    """No such person or absence in the branches this viewer manages: the two are not told apart."""


def enter_absence(
    viewer: Viewer, branch_id: int, user_id: int, starts_on: date, ends_on: date, replaced_by_id: int | None
) -> None:
    """Away from a day to another; entered twice, it is one. Raises Impossible, NotYourTeam."""
    team = _team(viewer, branch_id)
    if user_id not in team:
        raise NotYourTeam(user_id)
    if replaced_by_id is not None and (replaced_by_id not in team or replaced_by_id == user_id):
        raise Impossible("Choisissez une autre personne de l’antenne.", "replaced_by")
    if ends_on < starts_on:
        raise Impossible("La fin vient avant le début.", "ends_on")
    if ends_on < today() or ends_on - starts_on > LONGEST:
        raise Impossible("Donnez une fin à venir, à moins de deux ans du début.", "ends_on")
    with transaction() as session:
        told = {
            "user_id": user_id,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "replaced_by_id": replaced_by_id,
        }
        if session.query(Absence).filter_by(**told).first() is None:
            session.add(Absence(entered_by_id=viewer.user_id, **told))


def remove_absence(viewer: Viewer, branch_id: int, absence_id: int) -> None:
    """It does not take place, or it ends now; removed twice, it is removed. Raises NotYourTeam."""
    team = _team(viewer, branch_id)
    with transaction() as session:
        absence = session.get(Absence, absence_id)
        if absence is None:
            return
        if absence.user_id not in team:
            raise NotYourTeam(absence_id)
        session.delete(absence)


def _team(viewer: Viewer, branch_id: int) -> frozenset[int]:
    if branch_id not in viewer.branch_ids(Role.BRANCH_MANAGER):
        raise NotYourTeam(branch_id)
    return frozenset(user_id for user_id, _ in colleagues(branch_id, today()))
