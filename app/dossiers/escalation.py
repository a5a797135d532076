"""One dossier whose company nobody called: the step that is due, written down once, and who is told of it.

Rows are added to the open transaction, whose need is locked: two workers never take the same step.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.dossiers import records
from app.dossiers.clocks import Step, ladder, local_day, steps_reached, to_take
from app.dossiers.deadline_lines import steps_for
from app.dossiers.lifecycle import STARTS_CLOCK, Move
from app.dossiers.models import Dossier, Event, StepTaken
from app.dossiers.readers import managers, tell_branch, tell_maison
from app.extensions import db
from app.kernel.workdays import workdays_between
from app.mailbox.records import post
from app.routing.rulebook import PARTNER, REGIONAL_DESK

ENDS_WAIT = frozenset({Move.RESUMED, Move.UNDONE, Move.CLOSED})


def climb(session: Session, dossier: Dossier, at: datetime) -> Step | None:
    """Take the latest step that is due; those it overtakes are written down and tell nobody."""
    started = clock_start(session, dossier, STARTS_CLOCK)
    step, overtaken = to_take(_reached(dossier, at), steps_taken(session, dossier, started))
    for one in overtaken:
        write_step(session, dossier, one, started, at, overtaken=True)
    if step is not None:
        row = write_step(session, dossier, step, started, at)
        records.note(session, dossier, Move.REMINDED, at, None, why=step.label)
        _act(session, dossier, step, row.id, at)
    return step


def overtake(session: Session, dossier: Dossier, at: datetime) -> None:
    """Write down every step whose day has come as overtaken: none of them is taken, nobody is told."""
    started = clock_start(session, dossier, STARTS_CLOCK)
    for step in set(_reached(dossier, at)) - steps_taken(session, dossier, started):
        write_step(session, dossier, step, started, at, overtaken=True)


def _reached(dossier: Dossier, at: datetime) -> tuple[Step, ...]:
    steps = steps_for(dossier.need_key, dossier.actor, dossier.urgency)
    climbed = ladder(partner=dossier.actor == PARTNER, last=dossier.actor == REGIONAL_DESK)
    return steps_reached(steps, climbed, dossier.first_contact_due, local_day(at))


def clock_start(session: Session, dossier: Dossier, moves: frozenset[Move]) -> datetime:
    """The last time one of these moves gave the dossier its whole time again."""
    asked = select(func.max(Event.at)).where(Event.dossier_id == dossier.id, Event.kind.in_(sorted(moves)))
    return session.scalar(asked) or dossier.filed_at


def paused_days(dossier: Dossier, since: datetime) -> int:
    """Working days spent waiting for the company since then, by the journal."""
    asked = select(Event.kind, Event.at).where(Event.dossier_id == dossier.id, Event.at >= since)
    waited, began = 0, None
    for kind, at in db.session.execute(asked.order_by(Event.id)):
        if kind == Move.WAITS:
            began = local_day(at)
        elif kind in ENDS_WAIT and began is not None:
            waited, began = waited + workdays_between(began, local_day(at)), None
    return waited


def write_step(
    session: Session,
    dossier: Dossier,
    step: Step,
    started: datetime,
    at: datetime,
    *,
    overtaken: bool = False,
) -> StepTaken:
    row = StepTaken(dossier_id=dossier.id, step=step, started_at=started, at=at, overtaken=overtaken)
    session.add(row)
    session.flush()
    return row


def steps_taken(session: Session, dossier: Dossier, started: datetime) -> frozenset[str]:
    """The steps already written down for this clock."""
    asked = select(StepTaken.step).where(StepTaken.dossier_id == dossier.id, StepTaken.started_at == started)
    return frozenset(session.scalars(asked))


def _act(session: Session, dossier: Dossier, step: Step, number: int, at: datetime) -> None:
    """What a step does; `number` makes its letters those of this step and of no other."""
    courtesy = dossier.actor == PARTNER
    match step:
        case Step.REMINDER | Step.SECOND:
            kind = "courtesy_reminder" if courtesy else "reminder"
            tell_branch(session, dossier, kind, number, at)
        case Step.MANAGER:
            _tell_managers(session, dossier, number, at)
        case Step.MAISON if courtesy:
            tell_maison(session, dossier, "partner_silent", number, at)
        case Step.MAISON:
            tell_branch(session, dossier, "relieved", number, at)
            records.take_over(session, dossier, at)


def _tell_managers(session: Session, dossier: Dossier, number: int, at: datetime) -> None:
    """A branch without a manager is written to as a team, whatever each chose of reminders: somebody reads it."""
    found = managers(dossier.branch_id, local_day(at))
    for user_id in found:
        post(
            session,
            "manager_reminder",
            dossier_id=dossier.id,
            branch_id=dossier.branch_id,
            user_id=user_id,
            version=number,
            at=at,
        )
    if not found:
        tell_branch(session, dossier, "manager_reminder", number, at)
