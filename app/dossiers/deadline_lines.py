"""The working-day lines in force and their history, read from the table over the file."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import User
from app.dossiers.clocks import Steps
from app.dossiers.deadlines import Target, chosen
from app.dossiers.models import DeadlineLine
from app.extensions import db

HISTORY = 50
"""Changes shown: the latest."""


@dataclass(frozen=True, slots=True)
class Change:
    """Who entered which line, and when; `steps` is None when the target went back to the wider line."""

    target: Target
    steps: Steps | None
    who: str | None
    at: datetime


def lines_in_force() -> dict[Target, Steps]:
    """The latest line of each target; those withdrawn are absent."""
    found: dict[Target, Steps] = {}
    for line in db.session.scalars(select(DeadlineLine).order_by(DeadlineLine.id)):
        found.pop(_target(line), None)
        if not line.removed:
            found[_target(line)] = _steps(line)
    return found


def steps_for(need: str, actor: str, urgency: str) -> Steps:
    """The working days that apply to a dossier."""
    return chosen(lines_in_force(), need, actor, urgency)


def last_change() -> int:
    """Which change an administrator saw: the number of the latest, 0 before any."""
    return db.session.scalar(select(DeadlineLine.id).order_by(DeadlineLine.id.desc()).limit(1)) or 0


def history() -> list[Change]:
    """The latest changes, the last one first."""
    rows = db.session.execute(
        select(DeadlineLine, User.name)
        .outerjoin(User, User.id == DeadlineLine.user_id)
        .order_by(DeadlineLine.id.desc())
        .limit(HISTORY)
    )
    return [Change(_target(line), None if line.removed else _steps(line), who, line.at) for line, who in rows]


def _target(line: DeadlineLine) -> Target:
    return Target(line.urgency, line.need_key, line.actor)


def _steps(line: DeadlineLine) -> Steps:
    return Steps(**{one.name: getattr(line, one.name) for one in fields(Steps)})
