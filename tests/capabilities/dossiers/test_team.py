"""Absences, capacity and departures: who gets the next case, who is promised, who takes over what was held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.abilities import Role, Viewer
from app.accounts.absence_actions import NotYourTeam, enter_absence, remove_absence
from app.accounts.absences import absences_of
from app.accounts.actions import Impossible
from app.accounts.models import User
from app.directory.capacity_actions import say_capacity
from app.dossiers.actions import take
from app.dossiers.following import followed
from app.dossiers.lifecycle import Move, Status
from app.dossiers.loads import loads_of
from app.dossiers.models import Event
from app.dossiers.readers import persons
from app.dossiers.reminder_actions import give_back_all, remind_due
from app.extensions import db, transaction
from app.kernel.clock import today, utcnow
from app.mailbox.models import Letter
from app.routing.choosing import Load
from tests.cases import Desk, a_desk, a_maison, a_viewer, an_orientation, file_need, lead_of

WEEK = timedelta(days=6)


@pytest.fixture
def opco(context: Flask) -> Desk:
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def manager(opco: Desk) -> Viewer:
    return a_viewer("Hélène Pujol", opco.branch_id, opco.slug, Role.BRANCH_MANAGER)


def away(manager: Viewer, desk: Desk, by: int | None = None) -> None:
    enter_absence(manager, desk.branch_id, desk.viewer.user_id, today(), today() + WEEK, by)


def test_loads_are_counted_only_when_somebody_said_something(opco: Desk, manager: Viewer) -> None:
    file_need(an_orientation(("opco", opco.slug)))
    assert loads_of([opco.slug], today()) == {}
    say_capacity(opco.branch_id, 4)
    assert loads_of([opco.slug, "inconnue"], today()) == {opco.slug: Load(1, 1, 4, True)}
    say_capacity(opco.branch_id, None)
    away(manager, opco)
    assert loads_of([opco.slug], today()) == {}
    enter_absence(manager, opco.branch_id, manager.user_id, today(), today(), None)
    assert loads_of([opco.slug], today()) == {opco.slug: Load(1, 1, None, False)}
    assert loads_of([opco.slug], today() + timedelta(days=1)) == {}


def test_somebody_away_is_not_promised_and_the_replacement_is_told(opco: Desk, manager: Viewer) -> None:
    need = file_need(an_orientation(("opco", opco.slug)))
    take(opco.viewer, lead_of(need).id, 1)
    assert followed(lead_of(need).inquiry_id)[0].person == "Sonia Ferrer"
    away(manager, opco, manager.user_id)
    assert followed(lead_of(need).inquiry_id)[0].person is None
    assert persons(lead_of(need), today()) == [manager.user_id]
    line = absences_of(opco.branch_id, today())[0]
    assert (line.name, line.replaced_by) == ("Sonia Ferrer", "Hélène Pujol")
    for _ in range(2):
        remove_absence(manager, opco.branch_id, line.id)
    assert persons(lead_of(need), today()) == [opco.viewer.user_id]


def test_a_manager_speaks_for_their_own_team_alone(opco: Desk, manager: Viewer) -> None:
    other = a_desk("cma", "cma-34", name="Karim Haddad")
    with pytest.raises(NotYourTeam):
        enter_absence(manager, other.branch_id, other.viewer.user_id, today(), today(), None)
    with pytest.raises(NotYourTeam):
        enter_absence(manager, opco.branch_id, other.viewer.user_id, today(), today(), None)
    with pytest.raises(NotYourTeam):
        enter_absence(opco.viewer, opco.branch_id, opco.viewer.user_id, today(), today(), None)
    with pytest.raises(Impossible):
        away(manager, opco, other.viewer.user_id)
    with pytest.raises(Impossible):
        enter_absence(manager, opco.branch_id, opco.viewer.user_id, today(), today() - WEEK, None)


def test_whoever_leaves_gives_their_cases_back_to_the_team(opco: Desk) -> None:
    kept = a_viewer("Paul Vidal", opco.branch_id, opco.slug)
    mine, other = (file_need(an_orientation(("opco", opco.slug))) for _ in range(2))
    take(opco.viewer, lead_of(mine).id, 1)
    take(kept, lead_of(other).id, 1)
    due = lead_of(mine).first_contact_due
    assert give_back_all(opco.viewer.user_id) == 0
    with transaction() as session:
        session.get_one(User, opco.viewer.user_id).active = False
    assert (give_back_all(opco.viewer.user_id), give_back_all(opco.viewer.user_id)) == (1, 0)
    lead = lead_of(mine)
    assert (lead.status, lead.taken_by_id, lead.taken_at) == (Status.RECEIVED, None, None)
    assert lead.first_contact_due == due and lead_of(other).taken_by_id == kept.user_id
    assert db.session.query(Event).filter_by(kind=Move.GIVEN_BACK).count() == 1
    assert db.session.query(Letter).filter_by(kind="given_back").one().branch_id == opco.branch_id
    take(kept, lead.id, lead.version)


def test_a_post_that_ended_is_seen_by_the_daily_round(opco: Desk) -> None:
    need = file_need(an_orientation(("opco", opco.slug)))
    take(opco.viewer, lead_of(need).id, 1)
    with transaction() as session:
        for post in session.get_one(User, opco.viewer.user_id).posts:
            post.starts_on, post.ends_on = today() - WEEK, today()
    at = utcnow().replace(hour=10)
    while remind_due(at) == 0:
        at += timedelta(days=1)
        assert at < utcnow() + timedelta(days=5)
    assert lead_of(need).taken_by_id is None
