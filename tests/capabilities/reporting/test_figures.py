"""Every figure of the board equals the same figure counted again, need by need, from the rows."""

from __future__ import annotations

from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.dossiers.models import Dossier
from app.extensions import db, transaction
from app.inquiries.models import Inquiry, Need
from app.reporting.indicators import LEAST, Figures
from app.reporting.queries import Board, board, over_time
from app.reporting.scope import Scope
from tests.capabilities.reporting.recount import Told, by, figures, told
from tests.cases import a_branch

START, END = date(2026, 3, 1), date(2026, 6, 30)
"""Holds the change of hour and the four public holidays of May."""
ACTORS = ("opco", "cma", "france_travail")
NUMBERS = count(1)

moments = st.datetimes(datetime(2026, 2, 26), datetime(2026, 7, 4)).map(lambda at: at.replace(tzinfo=UTC))
parts = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["received", "taken", "closed", "declined", "handed_over"]),
        "actor": st.integers(0, 2),
        "contact": st.none() | st.integers(0, 40),
        "taken_once": st.booleans(),
    }
)
needs = st.fixed_dictionaries(
    {
        "at": moments,
        "departement": st.sampled_from(["31", "34", "48"]),
        "theme": st.sampled_from(["recruter", "former", "droit"]),
        "lead": st.none() | parts,
        "support": st.none() | parts,
    }
)


@pytest.fixture
def branches(context: Flask) -> list[int]:
    return [a_branch(actor, f"{actor}-34") for actor in ACTORS]


def wipe_cases() -> None:
    db.session.rollback()
    with db.engine.begin() as connection:
        for model in (Dossier, Need, Inquiry):
            connection.execute(delete(model))


def write(drawn: list[dict[str, Any]], branches: list[int]) -> None:
    with transaction() as session:
        for one in drawn:
            inquiry = Inquiry(
                reference=f"GO-26-R{next(NUMBERS):06}",
                company="Entreprise fictive",
                place="Lodève",
                commune="34142",
                departement=one["departement"],
                filed_at=one["at"],
            )
            session.add(inquiry)
            session.flush()
            need = Need(inquiry_id=inquiry.id, key="alt_apprenti", theme=one["theme"])
            session.add(need)
            session.flush()
            for leads, part in ((True, one["lead"]), (False, one["support"])):
                if part and (leads or not one["lead"] or part["actor"] != one["lead"]["actor"]):
                    session.add(a_dossier(inquiry, need, part, leads, branches))


def a_dossier(
    inquiry: Inquiry, need: Need, part: dict[str, Any], leads: bool, branches: list[int]
) -> Dossier:
    filed_on = inquiry.filed_at.date()
    contact = part["contact"]
    return Dossier(
        need_id=need.id,
        inquiry_id=inquiry.id,
        branch_id=branches[part["actor"]],
        actor=ACTORS[part["actor"]],
        leads=leads,
        status=part["status"],
        filed_at=inquiry.filed_at,
        first_contact_due=filed_on,
        first_contact_on=None if contact is None else filed_on + timedelta(days=contact),
        taken_at=inquiry.filed_at if part["taken_once"] else None,
        commune="34142",
        company_key="boulangerie",
        departement=inquiry.departement,
        maison="mmr-34",
        need_key="alt_apprenti",
        theme=need.theme,
        asked_at=inquiry.filed_at,
        urgency="haute",
    )


def inside(one: Told, scope: Scope) -> bool:
    return (
        scope.start <= one.filed_on <= scope.end
        and scope.departement in (None, one.departement)
        and scope.theme in (None, one.theme)
        and (scope.branches is None or one.lead_branch in scope.branches)
    )


def check(scope: Scope) -> None:
    rows = [one for one in told() if inside(one, scope)]
    own = [one for one in rows if not one.partner]
    counted = board(scope)
    assert astuple(counted.total) == figures(own)
    assert astuple(counted.partner) == figures(one for one in rows if one.partner)
    assert lines(counted, "by_departement") == by(own, lambda one: one.departement)
    assert lines(counted, "by_theme") == by(own, lambda one: one.theme)
    check_over_time(scope, own)


def lines(counted: Board, table: str) -> dict[str, Any]:
    return {line.code: astuple(line.figures) for line in getattr(counted, table)}


def check_over_time(scope: Scope, own: list[Told]) -> None:
    cuts = over_time(scope)
    assert (cuts[0].first, cuts[-1].last) == (scope.start, scope.end)
    for cut in cuts:
        here = [one for one in own if cut.first <= one.filed_on <= cut.last]
        assert (cut.received, cut.taken) == (len(here), sum(one.taken for one in here))
    assert sum(cut.received for cut in cuts) == board(scope).total.received


@given(st.lists(needs, max_size=25))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_figure_equals_its_recount(branches: list[int], drawn: list[dict[str, Any]]) -> None:
    wipe_cases()
    write(drawn, branches)
    check(Scope(START, END))
    check(Scope(START, END, departement="34"))
    check(Scope(START, START + timedelta(days=45), theme="former"))
    check(Scope(START, END, branches=(branches[1], branches[2])))
    check(Scope(START, END, departement="48", theme="droit", branches=(branches[0],)))


def test_nothing_is_counted_without_a_branch_to_steer(branches: list[int]) -> None:
    write([a_need(taken=True)], branches)
    assert board(Scope(START, END, branches=())) == Board(Figures(), Figures(), (), ())


def a_need(*, taken: bool = False, contact: int | None = None, **changes: Any) -> dict[str, Any]:
    lead = {"status": "taken" if taken else "received", "actor": 0, "contact": contact, "taken_once": taken}
    base = {"at": datetime(2026, 4, 7, 9, tzinfo=UTC), "departement": "34", "theme": "recruter"}
    return {**base, "lead": lead, "support": None, **changes}


def test_a_median_needs_five_first_exchanges(branches: list[int]) -> None:
    write([a_need(contact=days) for days in (1, 2, 3, 6)], branches)
    few = board(Scope(START, END)).total
    assert (few.contacted, few.median_days) == (LEAST - 1, None)
    write([a_need(contact=10)], branches)
    enough = board(Scope(START, END)).total
    # Tuesday 7 April: Wednesday, Thursday, Friday, Monday, then Friday 17 → 1, 2, 3, 4 and 8 working days.
    assert (enough.contacted, enough.median_days) == (LEAST, 3.0)


def test_france_travail_is_shown_apart(branches: list[int]) -> None:
    partner = {"status": "closed", "actor": 2, "contact": 1, "taken_once": True}
    write([a_need(taken=True), a_need(lead=partner)], branches)
    counted = board(Scope(START, END))
    assert (counted.total.received, counted.total.closed) == (1, 0)
    assert (counted.partner.received, counted.partner.closed) == (1, 1)
    assert sum(line.figures.received for line in counted.by_departement) == 1


def test_the_day_is_the_one_of_occitanie(branches: list[int]) -> None:
    """22 h 30 UTC on 31 May is already 1 June for the company."""
    write([a_need(at=datetime(2026, 5, 31, 22, 30, tzinfo=UTC))], branches)
    assert board(Scope(date(2026, 5, 1), date(2026, 5, 31))).total.received == 0
    assert board(Scope(date(2026, 6, 1), date(2026, 6, 1))).total.received == 1


def test_a_lead_called_back_is_taken_no_more(branches: list[int]) -> None:
    lead = {"status": "received", "actor": 0, "contact": 2, "taken_once": True}
    write([a_need(lead=lead)], branches)
    total = board(Scope(START, END)).total
    assert (total.received, total.taken, total.contacted) == (1, 0, 1)
