"""Taking, refusing and closing: one lead at all times, a journal line for each move."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.accounts.abilities import Viewer
from app.dossiers.actions import (
    close,
    decline,
    mark_transmitted,
    take,
)
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.lifecycle import (
    Channel,
    DeclineReason,
    IllegalMove,
    Move,
    NeedStatus,
    Outcome,
    Status,
    need_status,
)
from app.dossiers.models import Dossier, Event
from app.dossiers.moving import StaleCase, UnknownCase
from app.dossiers.queries import case_for, lock_workable, needs_without_lead, to_transmit
from app.extensions import db, transaction
from app.kernel.clock import utcnow
from app.mailbox.models import Letter
from tests.cases import Desk, a_desk, a_maison, a_viewer, an_orientation, dossier_of, file_need, lead_of

REASON = DeclineReason.NO_CAPACITY


@pytest.fixture
def maison(context: Flask) -> Desk:
    return a_maison()


@pytest.fixture
def opco(maison: Desk) -> Desk:
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def cma(maison: Desk) -> Desk:
    return a_desk("cma", "cma-34", name="Karim Haddad")


@pytest.fixture
def need(opco: Desk, cma: Desk) -> int:
    return file_need(an_orientation(("opco", opco.slug), ("cma", cma.slug)))


def kinds_of(need_id: int) -> list[str]:
    return [one.kind for one in db.session.query(Event).filter_by(need_id=need_id).order_by(Event.id)]


def letters() -> list[tuple[str, str]]:
    return [(one.kind, one.recipient) for one in db.session.query(Letter).order_by(Letter.id)]


def dossiers(need_id: int) -> list[Dossier]:
    return db.session.query(Dossier).filter_by(need_id=need_id).all()


def test_a_need_opens_one_lead_and_its_supports(need: int, opco: Desk, cma: Desk) -> None:
    lead, support = dossier_of(need, opco.branch_id), dossier_of(need, cma.branch_id)
    assert (lead.leads, lead.role, support.leads, support.role) == (True, "lead", False, "support")
    assert lead.status == support.status == Status.RECEIVED
    assert kinds_of(need) == [Move.OPENED, Move.OPENED]
    assert sorted(letters()) == [
        ("acknowledgement", "company"),
        ("case_for_branch", "branch"),
        ("case_for_branch", "branch"),
    ]


def test_a_decision_without_any_branch_goes_to_the_maison(maison: Desk) -> None:
    need_id = file_need(an_orientation())
    assert lead_of(need_id).branch_id == maison.branch_id


def test_the_database_itself_refuses_a_second_lead(need: int, cma: Desk) -> None:
    with pytest.raises(IntegrityError), transaction() as session:
        session.get_one(Dossier, dossier_of(need, cma.branch_id).id).leads = True


def test_taking_names_the_adviser_and_tells_the_company(need: int, opco: Desk) -> None:
    dossier = lead_of(need)
    take(opco.viewer, dossier.id, dossier.version)
    dossier = lead_of(need)
    assert (dossier.status, dossier.taken_by_id) == (Status.TAKEN, opco.viewer.user_id)
    assert kinds_of(need)[-1] == Move.TAKEN
    assert ("taken", "company") in letters()


def test_taking_twice_changes_nothing(need: int, opco: Desk) -> None:
    dossier = lead_of(need)
    version = dossier.version
    take(opco.viewer, dossier.id, version)
    take(opco.viewer, dossier.id, version)
    assert kinds_of(need).count(Move.TAKEN) == 1


def test_a_colleague_comes_too_late_and_learns_who_and_when(need: int, opco: Desk) -> None:
    dossier = lead_of(need)
    version = dossier.version
    colleague = a_viewer("Karim Haddad", opco.branch_id, opco.slug)
    take(colleague, dossier.id, version)
    with pytest.raises(StaleCase) as late:
        take(opco.viewer, dossier.id, version)
    assert late.value.event is not None
    assert late.value.event.who == "Karim Haddad"
    assert utcnow() - late.value.event.at < timedelta(minutes=1)


def test_two_takers_at_once_one_wins(app: Flask, need: int, opco: Desk) -> None:
    dossier = lead_of(need)
    dossier_id, version = dossier.id, dossier.version
    db.session.rollback()
    takers = [opco.viewer, a_viewer("Karim Haddad", opco.branch_id, opco.slug)]
    gate, results = threading.Barrier(2), []

    def race(viewer: Viewer) -> None:
        with app.app_context():
            gate.wait()
            try:
                take(viewer, dossier_id, version)
                results.append("won")
            except StaleCase:
                results.append("late")

    threads = [threading.Thread(target=race, args=(viewer,)) for viewer in takers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["late", "won"]
    assert kinds_of(need).count(Move.TAKEN) == 1


def test_another_branch_cannot_touch_the_dossier(need: int, cma: Desk) -> None:
    with pytest.raises(UnknownCase):
        take(cma.viewer, lead_of(need).id, 1)
    assert case_for(cma.viewer, lead_of(need).id) is None


def test_a_refused_lead_passes_to_the_next_kept_actor(need: int, opco: Desk, cma: Desk) -> None:
    dossier = lead_of(need)
    decline(opco.viewer, dossier.id, dossier.version, REASON, "Équipe au complet")
    heir = lead_of(need)
    assert (heir.branch_id, heir.role, heir.previous_id) == (cma.branch_id, "lead", dossier.id)
    refused = dossier_of(need, opco.branch_id)
    assert (refused.status, refused.leads, refused.decline_reason) == (Status.DECLINED, False, REASON)
    assert kinds_of(need)[2:] == [Move.DECLINED, Move.LEADS, Move.PASSED_ON]
    assert ("passed_on", "company") in letters()


def test_when_all_refuse_the_maison_leads(need: int, opco: Desk, cma: Desk, maison: Desk) -> None:
    for desk in (opco, cma):
        dossier = lead_of(need)
        decline(desk.viewer, dossier.id, dossier.version, REASON)
    assert lead_of(need).branch_id == maison.branch_id
    with pytest.raises(IllegalMove):
        decline(maison.viewer, lead_of(need).id, lead_of(need).version, REASON)
    assert needs_without_lead(maison.viewer) == 0


def test_the_maison_is_called_back_even_after_it_left_its_support(opco: Desk, maison: Desk) -> None:
    need_id = file_need(an_orientation(("opco", opco.slug), ("region_mmr", maison.slug)))
    support = dossier_of(need_id, maison.branch_id)
    decline(maison.viewer, support.id, support.version, REASON)
    dossier = lead_of(need_id)
    decline(opco.viewer, dossier.id, dossier.version, REASON)
    assert (lead_of(need_id).branch_id, lead_of(need_id).status) == (maison.branch_id, Status.RECEIVED)


def test_a_support_that_refuses_leaves_the_lead_in_place(need: int, opco: Desk, cma: Desk) -> None:
    support = dossier_of(need, cma.branch_id)
    decline(cma.viewer, support.id, support.version, REASON)
    assert lead_of(need).branch_id == opco.branch_id
    assert "passed_on" not in dict(letters())
    dossier = lead_of(need)
    decline(opco.viewer, dossier.id, dossier.version, REASON)
    assert lead_of(need).actor == "region_mmr"


def test_closing_keeps_the_outcome_and_tells_the_company(need: int, opco: Desk) -> None:
    dossier = lead_of(need)
    take(opco.viewer, dossier.id, dossier.version)
    close(opco.viewer, dossier.id, lead_of(need).version, Outcome.HELPED, "CAP signé")
    dossier = lead_of(need)
    assert (dossier.status, dossier.outcome) == (Status.CLOSED, Outcome.HELPED)
    assert dossier.first_contact_on is not None
    assert need_status(dossiers(need)) is NeedStatus.CLOSED
    assert ("closed", "company") in letters()


def test_a_company_nobody_reached_has_no_first_contact(need: int, opco: Desk) -> None:
    dossier = lead_of(need)
    take(opco.viewer, dossier.id, dossier.version)
    for days in (1, 0):
        log_call(opco.viewer, dossier.id, Call.NO_ANSWER, at=utcnow() - timedelta(days=days))
    close(opco.viewer, dossier.id, lead_of(need).version, Outcome.UNREACHABLE)
    assert lead_of(need).first_contact_on is None


def test_closing_what_was_never_taken_is_refused(need: int, opco: Desk) -> None:
    dossier = lead_of(need)
    with pytest.raises(IllegalMove):
        close(opco.viewer, dossier.id, dossier.version, Outcome.HELPED)
    assert kinds_of(need) == [Move.OPENED, Move.OPENED]


def test_the_first_exchange_is_noted_once(need: int, opco: Desk) -> None:
    dossier = lead_of(need)
    take(opco.viewer, dossier.id, dossier.version)
    log_call(opco.viewer, dossier.id, Call.REACHED)
    log_call(opco.viewer, dossier.id, Call.REACHED)
    assert kinds_of(need).count(Move.CONTACTED) == 1


def test_routed_is_not_told(maison: Desk, cma: Desk) -> None:
    silent = a_desk("opco", "opco-muet", told=False)
    need_id = file_need(an_orientation(("opco", silent.slug), ("cma", cma.slug)))
    waiting = to_transmit(maison.viewer)
    assert [row.branch for row in waiting] == ["Antenne opco-muet"]
    assert ("case_to_transmit", "maison") in letters()
    mark_transmitted(maison.viewer, lead_of(need_id).id, Channel.PHONE)
    assert to_transmit(maison.viewer) == []
    dossier = lead_of(need_id)
    assert (dossier.transmitted_by_id, dossier.transmitted_how) == (maison.viewer.user_id, Channel.PHONE)


def test_only_the_maison_of_the_territory_sees_what_is_to_transmit(maison: Desk) -> None:
    silent = a_desk("opco", "opco-muet", told=False)
    need_id = file_need(an_orientation(("opco", silent.slug)))
    elsewhere = a_maison("mmr-31")
    assert to_transmit(elsewhere.viewer) == []
    assert case_for(elsewhere.viewer, lead_of(need_id).id) is None
    assert case_for(maison.viewer, lead_of(need_id).id) is not None
    with pytest.raises(UnknownCase):
        mark_transmitted(elsewhere.viewer, lead_of(need_id).id, Channel.PHONE)


def test_the_maison_does_not_see_cases_others_were_told_of(need: int, maison: Desk) -> None:
    assert case_for(maison.viewer, lead_of(need).id) is None


def test_a_colleague_who_noted_an_exchange_has_not_taken_the_case(need: int, opco: Desk) -> None:
    colleague = a_viewer("Paul Rey", opco.branch_id, opco.slug)
    dossier = lead_of(need)
    seen = dossier.version
    take(opco.viewer, dossier.id, seen)
    log_call(colleague, dossier.id, Call.REACHED)
    with pytest.raises(StaleCase):
        take(colleague, dossier.id, seen)
    assert lead_of(need).taken_by_id == opco.viewer.user_id
    take(opco.viewer, dossier.id, seen)
    assert kinds_of(need).count(Move.TAKEN) == 1


def test_a_lead_and_its_support_moved_at_once_wait_for_one_another(
    app: Flask, need: int, opco: Desk, cma: Desk
) -> None:
    """The lead refuses while the support is being taken: the support taken becomes the lead, nothing fails."""
    lead, support = dossier_of(need, opco.branch_id), dossier_of(need, cma.branch_id)
    seen, failures = (lead.id, lead.version), []

    def refuse() -> None:
        with app.app_context():
            try:
                decline(opco.viewer, *seen, REASON)
            except Exception as error:
                failures.append(error)

    late = threading.Thread(target=refuse)
    with transaction() as session:
        taken = lock_workable(session, cma.viewer, support.id)
        assert taken is not None
        taken.status = Status.TAKEN
        session.flush()
        late.start()
        late.join(0.5)
    late.join()
    db.session.expire_all()
    assert failures == []
    assert [(one.branch_id, one.status) for one in dossiers(need) if one.leads] == [
        (cma.branch_id, Status.TAKEN)
    ]
