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
from app.selfcheck import queries
from app.selfcheck.actions import count
from app.selfcheck.models import AnswerCount, SentForm
from app.selfcheck.points import Answer, points
from app.selfcheck.queries import answers_of
from app.selfcheck.secrecy import rules

AUTUMN = datetime(2026, 11, 16, 9, tzinfo=PARIS)
LEAST, ENOUGH = rules().companies, rules().answers
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


def test_shares_are_told_once_enough_answered_and_never_change(context: Flask) -> None:
    with time_machine.travel(AUTUMN, tick=False):
        answered(2 * ENOUGH, yes=ENOUGH)
        assert count("alone", "34", {"cle": Answer.NO})
    with time_machine.travel(WINTER, tick=False):
        found = answers_of("34", today())
        assert found is not None and answers_of("34", today()) == found
        told = {one.point.key: one.shares for one in found.told}
        poste = told["poste"]
        assert poste is not None and abs(poste["oui"] - 50) <= 10 and abs(poste["non"] - 50) <= 10
        assert told["cle"] is None and set(poste.values()) <= set(range(0, 101, 5))


def test_few_answers_tell_no_share(context: Flask) -> None:
    with time_machine.travel(AUTUMN, tick=False):
        answered(LEAST, yes=5)
    with time_machine.travel(WINTER, tick=False):
        found = answers_of("34", today())
        assert found is not None and not found.told


def test_each_count_has_its_own_blur_even_an_answer_nobody_gave(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exact nought, or one blur for a whole line, would be an exact count."""
    seen = list[str]()

    def drawn(_key: str, what: str, _told: object) -> int:
        seen.append(what)
        return 0

    monkeypatch.setattr(queries, "blur", drawn)
    with time_machine.travel(AUTUMN, tick=False):
        answered(LEAST, yes=LEAST)
    with time_machine.travel(WINTER, tick=False):
        answers_of("34", today())
    assert len(seen) == len(set(seen)) == 3 * len(points())
    assert "2026-T4:34:poste:nsp" in seen
