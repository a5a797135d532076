"""What the worker and the pages ask of the signals reads an index, whatever the size of the region."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from app.collective.candidates import free_signals, rising_subjects
from app.collective.models import CollectiveNeed
from app.collective.requests import alike_here, totals
from app.collective.signal_actions import gather_all, gather_signals
from app.collective.thresholds import settings
from app.collective.unmet import unanswered_between
from app.extensions import db, transaction
from tests.capabilities.collective.conftest import Asked
from tests.capabilities.dossiers.test_lists_by_index import plan_of

ON = date(2026, 11, 20)
WHOLE = ("SCAN signals", "Seq Scan on signals", "SCAN dossier_events", "Seq Scan on dossier_events")
QUESTIONS: dict[str, Callable[[int], object]] = {
    "free": lambda _: free_signals(settings().threshold, ON),
    "gather": lambda _: gather_signals(),
    "alike": lambda need_id: alike_here(need_id, ON),
    "totals": lambda _: totals(db.session.query(CollectiveNeed).one()),
    "unmet": lambda _: unanswered_between(ON - timedelta(days=89), ON),
}


@pytest.fixture
def need_id(ask: Asked, linked: None) -> int:
    asked = ask()
    gather_all()
    with transaction() as session:
        values = {"family": "S1X80", "theme": "alternance", "place_kind": "departement", "place_code": "34"}
        days = {"opened_on": ON, "since": ON - timedelta(days=9)}
        session.execute(insert(CollectiveNeed).values(**values, **days, signals=5, companies=3, shown={}))
    return asked


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_reads_an_index(need_id: int, name: str) -> None:
    plan = plan_of(lambda: QUESTIONS[name](need_id))
    assert plan and not any(mark in plan for mark in WHOLE), plan


@pytest.mark.usefixtures("need_id")
def test_weak_signals_read_the_days() -> None:
    plan = plan_of(lambda: rising_subjects(settings().past, ON))
    assert "ix_signals_filed" in plan, plan
