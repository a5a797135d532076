"""How needs were served: called in time, ended, judged by their companies, late today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.dossiers.lifecycle import Outcome, Status
from app.dossiers.models import Dossier
from app.extensions import transaction
from app.kernel.clock import today, utcnow
from app.opinions.models import Opinion
from app.opinions.words import Useful
from app.reporting.scope import Scope
from app.reporting.served import Served, served_in
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need, lead_of

DAY = today()
HERE = Scope(DAY - timedelta(days=40), DAY, departement="34")


@pytest.fixture
def opco(context: Flask) -> Desk:
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


def a_need(desk: Desk, *, due: int, actor: str = "opco", **said: Any) -> int:
    """Filed ten days ago; `due` and `contact` in days from today."""
    contact = said.pop("contact", None)
    need = file_need(an_orientation((actor, desk.slug)), at=utcnow() - timedelta(days=10))
    with transaction() as session:
        lead = session.get_one(Dossier, lead_of(need).id)
        lead.actor, lead.first_contact_due = actor, DAY + timedelta(days=due)
        lead.first_contact_on = None if contact is None else DAY + timedelta(days=contact)
        for name, value in said.items():
            setattr(lead, name, value)
    return need


def closed(outcome: Outcome) -> dict[str, Any]:
    return {"status": Status.CLOSED, "outcome": outcome, "closed_at": utcnow()}


def test_called_in_time_is_told_out_of_those_promised(opco: Desk) -> None:
    a_need(opco, due=-2, contact=-2)
    a_need(opco, due=-2, contact=-1)
    a_need(opco, due=3, contact=-1)
    a_need(opco, due=-1)
    a_need(opco, due=0)
    a_need(opco, due=-3, waiting_since=DAY - timedelta(days=5))
    a_need(opco, due=-3, **closed(Outcome.WITHDRAWN))
    a_need(opco, due=-3, **closed(Outcome.UNREACHABLE))
    a_need(opco, due=-3, **closed(Outcome.NO_HELP))
    a_need(opco, due=-3, actor="france_travail", contact=-1)
    found = served_in(HERE, DAY)
    assert (found.in_time, found.promised) == (2, 5)
    assert found.late == 1, "one waits for its company, one is due today, the partner is apart"


def test_the_exchange_of_any_actor_counts(opco: Desk) -> None:
    need = a_need(opco, due=-1)
    helping = a_desk("cma", "cma-34")
    with transaction() as session:
        lead = session.get_one(Dossier, lead_of(need).id)
        copied = {
            one.name: getattr(lead, one.name)
            for one in Dossier.__table__.columns
            if one.name not in ("id", "version")
        }
        own = {"branch_id": helping.branch_id, "leads": False, "first_contact_on": DAY - timedelta(days=3)}
        session.add(Dossier(**copied | own))
    assert (served_in(HERE, DAY).in_time, served_in(HERE, DAY).promised) == (1, 1)


def test_outcomes_and_opinions_are_counted_as_they_are(opco: Desk) -> None:
    helped = [a_need(opco, due=0, contact=-3, **closed(Outcome.HELPED)) for _ in range(3)]
    a_need(opco, due=0, **closed(Outcome.NO_HELP))
    a_need(opco, due=0, **closed(Outcome.JOINED))
    for need, useful in zip(helped, (Useful.YES, Useful.YES, None), strict=True):
        an_opinion(need, useful)
    found = served_in(HERE, DAY)
    assert found.outcomes == ((Outcome.HELPED, 3), (Outcome.NO_HELP, 1)), (
        "joined needs count with their other"
    )
    assert found.opinions == ((Useful.YES, 2), (Useful.PARTLY, 0), (Useful.NO, 0)) and found.answered == 2


def an_opinion(need: int, useful: Useful | None) -> None:
    lead = lead_of(need)
    with transaction() as session:
        session.add(
            Opinion(
                need_id=need,
                inquiry_id=lead.inquiry_id,
                dossier_id=lead.id,
                outcome=Outcome.HELPED,
                closed_on=DAY,
                useful=useful,
            )
        )


@pytest.mark.parametrize(
    ("scope", "promised", "late"),
    [
        (replace(HERE, departement="12"), 0, 0),
        (replace(HERE, departement=None, communes=("34142",)), 1, 1),
        (replace(HERE, departement=None, communes=()), 0, 0),
        (Scope(date(2024, 1, 1), date(2024, 3, 31)), 0, 1),
    ],
)
def test_the_place_and_the_days_are_those_of_the_scope(
    opco: Desk, scope: Scope, promised: int, late: int
) -> None:
    a_need(opco, due=-1)
    found: Served = served_in(scope, DAY)
    assert (found.promised, found.late) == (promised, late), "late is said of today, whatever the period"
