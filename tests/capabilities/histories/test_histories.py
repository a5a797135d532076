"""Whatever companies, advisers, managers and the clocks do, in whatever order, twice or too late."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.accounts.actions import Impossible
from app.dossiers.lifecycle import IllegalMove
from app.dossiers.models import Dossier
from app.dossiers.moving import StaleCase, UnknownCase
from app.extensions import db
from app.kernel.clock import PARIS
from app.rulebooks.actions import publish_first_edition
from tests.capabilities.histories.invariants import (
    check_journal,
    check_leads,
    check_letters,
    check_views,
    journal,
)
from tests.capabilities.histories.world import (
    BY_A_BRANCH,
    BY_THE_COMPANY,
    BY_THE_HOUSE,
    World,
    a_world,
    acts_for_the_company,
)
from tests.cases import Desk

PROVE = bool(os.environ.get("GUICHET_PROVE"))
START = datetime(2026, 10, 23, 9, tzinfo=PARIS)
"""A Friday: the clocks of the country go back that Sunday, and a public holiday follows."""
JUMPS = (timedelta(minutes=1), timedelta(hours=9), timedelta(days=3), timedelta(days=11))
KEPT_TABLES = "rulebook"
OFTEN = ("take", "offer", "accept", "undo", "take", "contact")

step = st.one_of(
    st.tuples(st.just("branch"), st.sampled_from((*sorted(BY_A_BRANCH), *OFTEN))),
    st.tuples(st.just("branch"), st.sampled_from((*sorted(BY_A_BRANCH), *OFTEN))),
    st.tuples(st.just("company"), st.sampled_from(sorted(BY_THE_COMPANY))),
    st.tuples(st.just("house"), st.sampled_from(sorted(BY_THE_HOUSE))),
)
steps = st.lists(
    st.tuples(step, st.integers(0, 9), st.integers(0, 7), st.sampled_from(JUMPS), st.booleans()),
    min_size=4,
    max_size=60 if PROVE else 24,
)


def emptied() -> None:
    db.session.remove()
    with db.engine.begin() as connection:
        for table in reversed(db.metadata.sorted_tables):
            if KEPT_TABLES not in table.name:
                connection.execute(table.delete())


def by_a_branch(desk: Desk, verb: str, number: int, *, twice: bool) -> None:
    """Do it, or be refused with a sentence; a second click at the same version adds nothing to the journal."""
    mine = db.session.query(Dossier).filter_by(branch_id=desk.branch_id).order_by(Dossier.id).all()
    if not mine:
        return
    one = mine[number % len(mine)]
    seen = Dossier(id=one.id, version=one.version)
    for click in range(2 if twice else 1):
        before = len(journal())
        try:
            BY_A_BRANCH[verb](desk, seen, number)
        except (IllegalMove, StaleCase, UnknownCase):
            db.session.rollback()
            assert len(journal()) == before
        assert not click or len(journal()) == before


def done(world: World, kind: str, name: str, who: int, number: int, *, twice: bool) -> None:
    if kind == "branch":
        by_a_branch(world.people[who % len(world.people)], name, number, twice=twice)
        return
    for click in range(2 if twice else 1):
        before = len(journal())
        try:
            if kind == "company":
                acts_for_the_company(world, name, number)
            else:
                BY_THE_HOUSE[name](world, number)
        except Impossible:
            db.session.rollback()
        assert not click or len(journal()) == before, name


@given(steps)
@settings(
    max_examples=300 if PROVE else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_random_histories_keep_one_lead(
    context: Flask, history: list[tuple[tuple[str, str], int, int, timedelta, bool]]
) -> None:
    emptied()
    publish_first_edition()
    with time_machine.travel(START, tick=False) as clock:
        world = a_world()
        for (kind, name), who, number, jump, twice in history:
            clock.shift(jump)
            done(world, kind, name, who, number, twice=twice)
            check_leads(world)
        check_journal()
        check_letters()
        check_views(world)
