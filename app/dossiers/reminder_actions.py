"""« What is due now? » asked of the clocks once a working day: each dossier in its own transaction.

A day that was missed is caught up at the next; running twice, in two processes or after the clock was set back,
changes nothing: the rows of `StepTaken` and the state of the dossier say what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import structlog

from app.dossiers import records
from app.dossiers.clocks import Step, explain_day, is_silent, local_day
from app.dossiers.deadline_lines import steps_for
from app.dossiers.deadlines import BOOK
from app.dossiers.due import (
    lasting,
    left_behind,
    lock_lasting,
    lock_left_behind,
    lock_silent,
    lock_uncalled,
    silent,
    uncalled,
)
from app.dossiers.escalation import climb, clock_start, paused_days, steps_taken, write_step
from app.dossiers.lapse_actions import lapse
from app.dossiers.lifecycle import STARTS_CLOCK, Move, Outcome, Status, Verb, check_move
from app.dossiers.readers import tell_branch
from app.dossiers.relays import pending
from app.extensions import transaction
from app.kernel.clock import PARIS, utcnow
from app.kernel.workdays import is_workday
from app.mailbox.queries import seen_at
from app.mailbox.records import beat

DAILY = "reminders"
log = structlog.get_logger()


def remind_due(at: datetime | None = None) -> int:
    """Everything the clocks ask for today, once a working day; how many dossiers moved."""
    at = at or utcnow()
    if not _is_time(at, seen_at(DAILY)):
        return 0
    on = local_day(at)
    done = _each(left_behind(on), give_back, at) + _each(silent(on), close_silent, at)
    done += _each(pending(), lapse, at) + _each(uncalled(on), remind, at)
    done += _each(lasting(on), ask_why, at)
    _note_run(at)
    return done


def remind(dossier_id: int, at: datetime) -> bool:
    """The step this dossier has come to, if its company is still to be called."""
    with transaction() as session:
        dossier = lock_uncalled(session, dossier_id)
        return dossier is not None and climb(session, dossier, at) is not None


def give_back_all(user_id: int, at: datetime | None = None) -> int:
    """Somebody leaves: what they held goes back to their teams at once."""
    at = at or utcnow()
    return _each(left_behind(local_day(at), user_id), give_back, at)


def give_back(dossier_id: int, at: datetime) -> bool:
    """Whoever held this case works there no more: it is « reçu » again, and its team is told."""
    with transaction() as session:
        dossier = lock_left_behind(session, dossier_id, local_day(at))
        if dossier is None:
            return False
        check_move(Verb.GIVE_BACK, dossier)
        records.start_again(dossier, at)
        before, dossier.status = dossier.status, Status.RECEIVED
        dossier.taken_at = dossier.taken_by_id = None
        event = records.note(session, dossier, Move.GIVEN_BACK, at, None, from_=before, to=dossier.status)
        session.flush()
        tell_branch(session, dossier, "given_back", event.id, at)
        return True


def close_silent(dossier_id: int, at: datetime) -> bool:
    """A company awaited too long: its case is closed « sans nouvelles », and it may open it again."""
    with transaction() as session:
        dossier = lock_silent(session, dossier_id)
        if dossier is None or dossier.waiting_since is None:
            return False
        steps = steps_for(dossier.need_key, dossier.actor, dossier.urgency)
        if not is_silent(steps, dossier.waiting_since, local_day(at)):
            return False
        why = f"Sans nouvelles de l’entreprise après {steps.silence} jours ouvrés."
        check_move(Verb.SILENCE, dossier)
        records.note(session, dossier, Move.CLOSED, at, None, from_=dossier.status, to=Status.CLOSED, why=why)
        dossier.status, dossier.outcome, dossier.closed_at = Status.CLOSED, Outcome.NO_NEWS, at
        dossier.waiting_since = None
        session.flush()
        if dossier.leads:
            records.end_offers(session, dossier, at, None)
            records.tell_company(session, "no_news", dossier, at)
        return True


def ask_why(dossier_id: int, at: datetime) -> bool:
    """A case that lasts: its adviser closes it or says why it goes on."""
    with transaction() as session:
        dossier = lock_lasting(session, dossier_id)
        if dossier is None:
            return False
        started = clock_start(session, dossier, STARTS_CLOCK | {Move.EXPLAINED})
        steps = steps_for(dossier.need_key, dossier.actor, dossier.urgency)
        known = Step.EXPLAIN in steps_taken(session, dossier, started)
        if known or explain_day(steps, local_day(started), paused_days(dossier, started)) > local_day(at):
            return False
        row = write_step(session, dossier, Step.EXPLAIN, started, at)
        records.note(session, dossier, Move.REMINDED, at, None, why=Step.EXPLAIN.label)
        tell_branch(session, dossier, "close_or_explain", row.id, at)
        return True


def _is_time(at: datetime, last: datetime | None) -> bool:
    """A working day, not too early, and not done yet today."""
    here = at.astimezone(PARIS)
    done = last is not None and local_day(last) == here.date()
    return is_workday(here.date()) and here.hour >= BOOK.from_hour and not done


def _each(ids: Iterable[int], act: Callable[[int, datetime], bool], at: datetime) -> int:
    """One dossier's trouble, whatever it is, never stops the others."""
    moved = 0
    for dossier_id in ids:
        try:
            moved += act(dossier_id, at)
        except Exception as error:
            log.error("clock_failed", dossier=dossier_id, duty=act.__name__, error=type(error).__name__)
    return moved


def _note_run(at: datetime) -> None:
    with transaction() as session:
        beat(session, DAILY, at)
