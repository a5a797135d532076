"""A case passed to another branch: exactly one leads at any time, whatever is answered."""

from __future__ import annotations

import pytest
from flask import Flask

from app.dossiers.actions import close, decline, take
from app.dossiers.choosing import choices
from app.dossiers.desk import Tab
from app.dossiers.following import followed
from app.dossiers.handover_actions import accept, ask_support, end_offer, offer, refuse
from app.dossiers.lifecycle import DeclineReason, IllegalMove, Move, Outcome, Part, Status
from app.dossiers.lists import desk_of
from app.dossiers.models import Dossier, Event
from app.dossiers.moving import StaleCase, UnknownCase
from app.dossiers.queries import case_for, needs_without_lead
from app.extensions import db
from app.mailbox.actions import send_waiting
from app.mailbox.models import Letter
from tests.cases import Desk, a_desk, a_maison, an_orientation, dossier_of, file_need, lead_of, serves

REASON = DeclineReason.NO_CAPACITY


@pytest.fixture
def maison(context: Flask) -> Desk:
    return a_maison()


@pytest.fixture
def opco(maison: Desk) -> Desk:
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def cma(maison: Desk) -> Desk:
    """Serves the commune, but the decision did not keep it."""
    desk = a_desk("cma", "cma-34", name="Karim Haddad")
    serves(desk, "departement", "34")
    return desk


@pytest.fixture
def need(opco: Desk, cma: Desk) -> int:
    need_id = file_need(an_orientation(("opco", opco.slug)))
    take(opco.viewer, lead_of(need_id).id, 1)
    return need_id


def offered(need_id: int, sender: Desk, receiver: Desk, *, knowingly: bool = False) -> Dossier:
    lead = lead_of(need_id)
    offer(sender.viewer, lead.id, lead.version, receiver.slug, "Une question de chambre", knowingly=knowingly)
    return dossier_of(need_id, receiver.branch_id)


def kinds_of(need_id: int) -> list[str]:
    return [one.kind for one in db.session.query(Event).filter_by(need_id=need_id).order_by(Event.id)]


def letters() -> list[str]:
    return [one.kind for one in db.session.query(Letter).order_by(Letter.id)]


def test_until_the_other_accepts_the_first_keeps_the_case(need: int, opco: Desk, cma: Desk) -> None:
    asked = offered(need, opco, cma)
    assert (asked.status, asked.role, asked.leads) == (Status.RECEIVED, Part.OFFERED, False)
    assert lead_of(need).branch_id == opco.branch_id
    rows = desk_of(cma.viewer, Tab.NEW).rows
    assert [(row.id, row.offered, row.role) for row in rows] == [(asked.id, True, "offered")]
    assert letters()[-1] == "hand_over_offer"
    assert [one.branch for one in followed(asked.inquiry_id)] == ["Antenne opco-ep-occitanie"]


def test_accepting_moves_the_lead_at_once_and_tells_the_company(need: int, opco: Desk, cma: Desk) -> None:
    asked = offered(need, opco, cma)
    accept(cma.viewer, asked.id, asked.version)
    accept(cma.viewer, asked.id, asked.version)
    lead, former = lead_of(need), dossier_of(need, opco.branch_id)
    assert (lead.branch_id, lead.status, lead.role) == (cma.branch_id, Status.TAKEN, Part.LEAD)
    assert (lead.taken_by_id, lead.previous_id) == (cma.viewer.user_id, former.id)
    assert (former.status, former.leads) == (Status.HANDED_OVER, False)
    assert kinds_of(need)[-3:] == [Move.OPENED, Move.ACCEPTED, Move.HANDED_OVER]
    assert letters().count("passed_on") == 1
    send_waiting()
    assert {one.status for one in db.session.query(Letter)} == {"sent"}


def test_a_refusal_leaves_the_sender_responsible_while_others_are_left(opco: Desk, cma: Desk) -> None:
    other = a_desk("cci", "cci-34")
    need_id = file_need(an_orientation(("opco", opco.slug), ("cci", other.slug)))
    asked = offered(need_id, opco, cma)
    refuse(cma.viewer, asked.id, asked.version, REASON, "Pas notre métier")
    refuse(cma.viewer, asked.id, asked.version, REASON)
    assert dossier_of(need_id, cma.branch_id).status == Status.DECLINED
    assert lead_of(need_id).branch_id == opco.branch_id
    assert letters().count("hand_over_refused") == 1 and "passed_on" not in letters()
    with pytest.raises(IllegalMove, match="déjà refusé"):
        offered(need_id, opco, cma)
    assert offered(need_id, opco, cma, knowingly=True).status == Status.RECEIVED


def test_when_everybody_kept_or_asked_refused_the_maison_leads(
    need: int, opco: Desk, cma: Desk, maison: Desk
) -> None:
    asked = offered(need, opco, cma)
    refuse(cma.viewer, asked.id, asked.version, REASON)
    assert lead_of(need).branch_id == maison.branch_id
    assert dossier_of(need, opco.branch_id).status == Status.HANDED_OVER
    assert needs_without_lead(maison.viewer) == 0
    assert letters().count("passed_on") == 1


def test_the_maison_accepts_and_never_refuses(need: int, opco: Desk, maison: Desk) -> None:
    asked = offered(need, opco, maison)
    with pytest.raises(IllegalMove):
        refuse(maison.viewer, asked.id, asked.version, REASON)
    accept(maison.viewer, asked.id, asked.version)
    assert lead_of(need).branch_id == maison.branch_id


def test_a_withdrawn_offer_can_no_longer_be_accepted(need: int, opco: Desk, cma: Desk) -> None:
    asked = offered(need, opco, cma)
    seen = asked.version
    end_offer(opco.viewer, lead_of(need).id, lead_of(need).version)
    end_offer(opco.viewer, lead_of(need).id, lead_of(need).version)
    assert dossier_of(need, cma.branch_id).status == Status.WITHDRAWN
    with pytest.raises(StaleCase):
        accept(cma.viewer, asked.id, seen)
    with pytest.raises(IllegalMove):
        accept(cma.viewer, asked.id, dossier_of(need, cma.branch_id).version)
    assert letters().count("case_withdrawn") == 1


def test_a_support_asked_to_lead_keeps_its_part_when_it_refuses(opco: Desk, cma: Desk) -> None:
    need_id = file_need(an_orientation(("opco", opco.slug), ("cma", cma.slug)))
    support = dossier_of(need_id, cma.branch_id)
    take(cma.viewer, support.id, support.version)
    asked = offered(need_id, opco, cma)
    assert [row.id for row in desk_of(cma.viewer, Tab.NEW).rows] == [asked.id]
    with pytest.raises(IllegalMove):
        close(cma.viewer, asked.id, asked.version, Outcome.HELPED)
    refuse(cma.viewer, asked.id, asked.version, REASON)
    kept = dossier_of(need_id, cma.branch_id)
    assert (kept.status, kept.role, kept.offered_by_id) == (Status.TAKEN, Part.SUPPORT, None)


def test_whatever_ends_the_case_ends_the_offer(need: int, opco: Desk, cma: Desk) -> None:
    offered(need, opco, cma)
    close(opco.viewer, lead_of(need).id, lead_of(need).version, Outcome.HELPED)
    asked = dossier_of(need, cma.branch_id)
    assert (asked.status, asked.offered_by_id) == (Status.WITHDRAWN, None)


def test_one_relay_at_a_time_within_coverage_only(need: int, opco: Desk, cma: Desk) -> None:
    offered(need, opco, cma)
    far = a_desk("cci", "cci-31")
    with pytest.raises(IllegalMove, match="ne sert pas"):
        offered(need, opco, far)
    near = a_desk("cci", "cci-34")
    serves(near, "region", "76")
    with pytest.raises(IllegalMove, match="déjà proposé"):
        offered(need, opco, near)
    with pytest.raises(UnknownCase):
        offer(far.viewer, lead_of(need).id, lead_of(need).version, cma.slug)


def test_another_branch_sees_nothing_before_it_is_asked(need: int, opco: Desk, cma: Desk) -> None:
    assert case_for(cma.viewer, lead_of(need).id) is None
    asked = offered(need, opco, cma)
    assert case_for(cma.viewer, asked.id) is not None
    assert case_for(cma.viewer, lead_of(need).id) is None


def test_a_support_is_asked_once_and_the_lead_stays(need: int, opco: Desk, cma: Desk) -> None:
    lead = lead_of(need)
    ask_support(opco.viewer, lead.id, lead.version, cma.slug, "Pour le contrat")
    ask_support(opco.viewer, lead.id, lead.version, cma.slug)
    support = dossier_of(need, cma.branch_id)
    assert (support.role, support.status) == (Part.SUPPORT, Status.RECEIVED)
    assert lead_of(need).branch_id == opco.branch_id
    assert kinds_of(need).count(Move.OPENED) == 2
    with pytest.raises(IllegalMove):
        ask_support(cma.viewer, support.id, support.version, opco.slug)


def test_choices_say_why_and_who_already_refused(opco: Desk, cma: Desk, maison: Desk) -> None:
    second = a_desk("opco", "opco-ep-montpellier")
    serves(second, "departement", "34")
    need_id = file_need(an_orientation(("opco", opco.slug), ("cma", cma.slug)))
    support = dossier_of(need_id, cma.branch_id)
    decline(cma.viewer, support.id, support.version, REASON)
    found = choices(opco.viewer, lead_of(need_id).id, "antenne CMA")
    assert [(one.slug, one.refused) for one in found.proposed] == [("cma-34", True), (maison.slug, False)]
    assert found.proposed[0].reason == "Raison de cma"
    assert [one.slug for one in found.network] == ["opco-ep-montpellier"]
    assert [one.slug for one in found.found] == ["cma-34"]
    assert choices(cma.viewer, lead_of(need_id).id).proposed == ()
