"""A past that was told, not lived: the steps of its clocks are behind it, and the worker takes none of them."""

from __future__ import annotations

from datetime import datetime

from app.dossiers.clocks import Step, local_day
from app.dossiers.due import lasting, lock_lasting, lock_uncalled, uncalled
from app.dossiers.escalation import clock_start, overtake, steps_taken, write_step
from app.dossiers.lifecycle import STARTS_CLOCK, Move
from app.extensions import transaction


def settle_past_steps(at: datetime) -> None:
    """Those of a demonstration, whose invented months would otherwise be caught up in its first minute."""
    on = local_day(at)
    for dossier_id in tuple(uncalled(on)):
        with transaction() as session:
            dossier = lock_uncalled(session, dossier_id)
            if dossier is not None:
                overtake(session, dossier, at)
    for dossier_id in tuple(lasting(on)):
        with transaction() as session:
            dossier = lock_lasting(session, dossier_id)
            if dossier is None:
                continue
            started = clock_start(session, dossier, STARTS_CLOCK | {Move.EXPLAINED})
            if Step.EXPLAIN not in steps_taken(session, dossier, started):
                write_step(session, dossier, Step.EXPLAIN, started, at, overtaken=True)
