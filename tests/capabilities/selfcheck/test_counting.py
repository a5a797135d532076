"""Anonymous counts: a form once, a quarter only when it is over, and nothing under ten companies."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
import time_machine
from flask import Flask

from app.extensions import db
from app.kernel.clock import PARIS, today
from app.selfcheck.actions import count
from app.selfcheck.models import AnswerCount, SentForm
from app.selfcheck.points import Answer
from app.selfcheck.queries import LEAST, answers_of

AUTUMN = datetime(2026, 11, 16, 9, tzinfo=PARIS)
WINTER = datetime(2027, 1, 4, 9, tzinfo=PARIS)


def answered(companies: int, yes: int) -> None:
    for number in range(companies):
        said = Answer.YES if number < yes else Answer.NO
        assert count(f"form-{number}", "34", {"poste": said, "duerp": Answer.YES})


def test_a_form_counts_once_and_names_nobody(context: Flask) -> None:
    assert count("f", "34", {"poste": Answer.YES}) and not count("f", "34", {"poste": Answer.NO})
    assert not count("g", "34", {})
    rows = {(one.question, one.answer): one.companies for one in db.session.query(AnswerCount)}
    assert rows == {("", ""): 1, ("poste", "oui"): 1}
    assert db.session.query(SentForm).one().digest != "f"


@pytest.mark.parametrize(("companies", "told"), [(LEAST - 1, False), (LEAST, True)])
def test_a_place_speaks_once_its_quarter_is_over_and_companies_enough(
    context: Flask, companies: int, told: bool
) -> None:
    with time_machine.travel(AUTUMN, tick=False):
        answered(companies, yes=7)
        assert answers_of("34", today()) is None, "the quarter is not over"
    with time_machine.travel(WINTER, tick=False):
        found = answers_of("34", today())
        assert (found is not None) is told
        assert found is None or (found.at_least, found.quarter.name) == (LEAST, "2026-T4")
        assert answers_of("31", today()) is None


def test_one_company_more_changes_nothing_of_what_is_told(context: Flask) -> None:
    with time_machine.travel(AUTUMN, tick=False):
        answered(24, yes=12)
    with time_machine.travel(WINTER, tick=False):
        before = answers_of("34", today())
    with time_machine.travel(AUTUMN, tick=False):
        count("one more", "34", {"poste": Answer.YES})
    with time_machine.travel(WINTER, tick=False):
        assert answers_of("34", today()) == before


def test_two_first_answers_at_once_both_count(context: Flask) -> None:
    gate = Barrier(2)

    def one(form: str) -> bool:
        with context.app_context():
            gate.wait(10)
            try:
                return count(form, "34", {"poste": Answer.YES})
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(one, ("a", "b"))) == [True, True]
    assert {row.companies for row in db.session.query(AnswerCount)} == {2}
