"""An administrator enters or withdraws a line of working days; both leave who and when."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.dossiers.clocks import Steps
from app.dossiers.deadline_lines import last_change, lines_in_force
from app.dossiers.deadlines import Target, checked
from app.dossiers.models import DeadlineLine
from app.extensions import transaction
from app.kernel.clock import utcnow


class StaleLines(Exception):
    """Somebody changed the lines since they were read."""


def enter_line(user_id: int, seen: int, target: Target, steps: Steps, at: datetime | None = None) -> None:
    """These working days apply to this target from now on. Raises BadLine, StaleLines."""
    checked(steps)
    with transaction() as session:
        _alone(session)
        _refuse_stale(seen)
        if lines_in_force().get(target) != steps:
            session.add(_row(user_id, target, steps, at, removed=False))


def withdraw_line(user_id: int, seen: int, target: Target, at: datetime | None = None) -> None:
    """The wider line applies again; a target without a line stays as it is. Raises StaleLines."""
    with transaction() as session:
        _alone(session)
        _refuse_stale(seen)
        steps = lines_in_force().get(target)
        if steps is not None:
            session.add(_row(user_id, target, steps, at, removed=True))


def _alone(session: Session) -> None:
    """One administrator at a time: each reads the last line before adding its own. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {DeadlineLine.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))


def _refuse_stale(seen: int) -> None:
    if seen != last_change():
        raise StaleLines


def _row(user_id: int, target: Target, steps: Steps, at: datetime | None, *, removed: bool) -> DeadlineLine:
    return DeadlineLine(
        urgency=target.urgency,
        need_key=target.need,
        actor=target.actor,
        **asdict(steps),
        removed=removed,
        at=at or utcnow(),
        user_id=user_id,
    )
