"""Two administrators at once: one line is entered, the other is told that somebody changed them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError

import pytest
from flask import Flask

from app.dossiers import deadline_actions
from app.dossiers.deadline_actions import StaleLines, enter_line
from app.dossiers.deadline_lines import last_change, lines_in_force
from app.dossiers.deadlines import BOOK, Target
from app.dossiers.models import DeadlineLine
from app.extensions import db
from tests.cases import an_administrator


def test_two_at_once_are_not_both_believed(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each waits for the other between reading the last line and adding its own, as long as that can happen."""
    met = Barrier(2)

    def slowly() -> object:
        with suppress(BrokenBarrierError):
            met.wait(1)
        return lines_in_force()

    monkeypatch.setattr(deadline_actions, "lines_in_force", slowly)
    user, seen = an_administrator().user_id, last_change()
    urgency, usual = next(iter(BOOK.steps.items()))
    db.session.remove()
    gate = Barrier(2)

    def enter(explain: int) -> bool:
        with context.app_context():
            gate.wait(10)
            try:
                enter_line(user, seen, Target(urgency), replace(usual, explain=explain))
            except StaleLines:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(2) as pool:
        entered = list(pool.map(enter, (usual.explain + 1, usual.explain + 2)))
    assert sorted(entered) == [False, True]
    assert db.session.query(DeadlineLine).count() == 1
