"""Two workers and several people at the same moment, in threads of their own: the same holds afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random
from threading import Barrier

import pytest
import time_machine
from flask import Flask

from app.accounts.actions import Impossible
from app.dossiers.lifecycle import IllegalMove
from app.dossiers.models import Dossier
from app.dossiers.moving import StaleCase, UnknownCase
from app.dossiers.reminder_actions import remind_due
from app.extensions import db
from app.kernel.clock import PARIS
from app.mailbox.queue import tick
from app.rulebooks.actions import publish_first_edition
from tests.capabilities.histories.invariants import check_journal, check_leads, check_letters, check_views
from tests.capabilities.histories.test_histories import emptied
from tests.capabilities.histories.world import BY_A_BRANCH, World, a_world, acts_for_the_company

ROUNDS = 60 if os.environ.get("GUICHET_PROVE") else 6
HANDS = 4
START = datetime(2026, 11, 16, 9, tzinfo=PARIS)
Act = Callable[[], object]


def at_once(app: Flask, acts: list[Act]) -> None:
    """Each in its own thread and session, started together; only designed refusals are allowed."""
    gate = Barrier(len(acts))

    def one(act: Act) -> None:
        with app.app_context():
            gate.wait(10)
            try:
                act()
            except (IllegalMove, StaleCase, UnknownCase, Impossible):
                db.session.rollback()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(one, act) for act in acts]:
            done.result(60)


def drawn(world: World, draw: Random) -> Act:
    """What one of them does: a branch as it read the case a moment ago, the company, or a worker."""
    kind, number = draw.random(), draw.randrange(8)
    if kind < 0.15:
        return tick if kind < 0.08 else remind_due
    if kind < 0.35:
        gesture = draw.choice(("called", "not called", "withdraw", "correct", "come back", "write"))
        return lambda: acts_for_the_company(world, gesture, number)
    verb = draw.choice(sorted(BY_A_BRANCH))
    rows = db.session.query(Dossier).order_by(Dossier.id).all()
    one = draw.choice(rows)
    desk = next(desk for desk in world.people if desk.branch_id == one.branch_id)
    seen = Dossier(id=one.id, version=one.version)
    return lambda: BY_A_BRANCH[verb](desk, seen, number)


@pytest.mark.parametrize("seed", range(2))
def test_at_the_same_moment(context: Flask, seed: int) -> None:
    emptied()
    publish_first_edition()
    draw = Random(seed)
    with time_machine.travel(START, tick=False) as clock:
        world = a_world()
        for _ in range(ROUNDS):
            clock.shift(draw.choice((timedelta(minutes=1), timedelta(hours=9), timedelta(days=4))))
            acts = [drawn(world, draw) for _ in range(HANDS)]
            db.session.remove()
            at_once(context, acts)
            check_leads(world)
        check_journal()
        check_letters()
        check_views(world)


def test_two_workers_take_a_step_once(context: Flask) -> None:
    emptied()
    publish_first_edition()
    with time_machine.travel(START, tick=False) as clock:
        world = a_world()
        clock.shift(timedelta(days=9))
        db.session.remove()
        at_once(context, [remind_due, remind_due, tick, tick])
        check_leads(world)
        check_letters()
