"""What the company does on its page: each gesture once, told to those it concerns, never erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.dossiers.actions import decline
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.desk import Tab
from app.dossiers.following import followed
from app.dossiers.lifecycle import DeclineReason, Move, Outcome, Status, WithdrawReason
from app.dossiers.lists import desk_of
from app.dossiers.models import Dossier, Event
from app.dossiers.narrowing import Narrowing
from app.dossiers.queries import case_for
from app.exchanges.follow_actions import (
    correct,
    renew_link,
    say_called,
    say_not_called,
    withdraw_needs,
)
from app.exchanges.link_actions import answer_link_requests, ask_for_link
from app.exchanges.models import CallAnswer, LinkRequest, Withdrawal
from app.extensions import db
from app.inquiries.contacts import Contact
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry
from app.inquiries.queries import inquiry_of
from app.kernel.clock import today, utcnow
from app.mailbox.kinds import KINDS
from app.mailbox.models import Letter
from tests.capabilities.exchanges.conftest import Case
from tests.cases import Desk, an_orientation, dossier_of, file_need


def lead(case: Case) -> Dossier:
    db.session.expire_all()
    return dossier_of(case.need_id, case.opco.branch_id)


def kinds() -> list[str]:
    return [one.kind for one in db.session.query(Letter).order_by(Letter.id)]


def moves(case: Case) -> list[str]:
    return [one.kind for one in db.session.query(Event).filter_by(need_id=case.need_id).order_by(Event.id)]


def address(kind: str) -> str | None:
    """Where the latest letter of this kind would leave for, and that its text can be written."""
    letter = db.session.query(Letter).filter_by(kind=kind).order_by(Letter.id.desc()).first()
    assert letter
    return KINDS[kind].content(letter).address


def test_a_call_confirmed_by_the_company_dates_the_first_contact(case: Case) -> None:
    day = today() - timedelta(days=1)
    for _ in range(2):
        assert say_called(case.inquiry_id, case.need_id, day)
    assert lead(case).first_contact_on == day
    assert moves(case).count(Move.CONFIRMED) == db.session.query(CallAnswer).count() == 1
    assert followed(case.inquiry_id)[0].confirmed


def test_a_date_the_branch_gave_first_is_kept_beside_what_the_company_says(case: Case) -> None:
    log_call(case.opco.viewer, lead(case).id, Call.REACHED)
    assert say_called(case.inquiry_id, case.need_id, date(2026, 1, 5))
    assert lead(case).first_contact_on == today()
    row = db.session.query(CallAnswer).one()
    assert (row.called_on, row.claimed_on) == (date(2026, 1, 5), today())


def test_not_yet_opens_the_first_contact_again_and_tells_the_branch(case: Case) -> None:
    due = lead(case).first_contact_due
    log_call(case.opco.viewer, lead(case).id, Call.REACHED)
    for _ in range(3):
        assert say_not_called(case.inquiry_id, case.need_id)
    assert lead(case).first_contact_on is None and lead(case).first_contact_due == due
    assert moves(case).count(Move.DENIED) == kinds().count("not_called_for_branch") == 1
    assert address("not_called_for_branch") == "opco-ep-occitanie@antenne.exemple.fr"
    log_call(case.opco.viewer, lead(case).id, Call.REACHED)
    assert say_not_called(case.inquiry_id, case.need_id)
    assert moves(case).count(Move.DENIED) == 2 and not followed(case.inquiry_id)[0].confirmed


@pytest.mark.parametrize("claimed", [True, False])
def test_a_late_branch_gets_time_again_only_when_it_believed_it_had_called(case: Case, claimed: bool) -> None:
    if claimed:
        log_call(case.opco.viewer, lead(case).id, Call.REACHED)
    after = utcnow() + timedelta(days=40)
    due = lead(case).first_contact_due
    assert say_not_called(case.inquiry_id, case.need_id, at=after)
    assert (lead(case).first_contact_due > after.date()) is claimed
    assert claimed or lead(case).first_contact_due == due


def test_a_need_withdrawn_is_closed_for_everyone_and_each_is_told(case: Case) -> None:
    for _ in range(2):
        withdraw_needs(case.inquiry_id, [case.need_id, case.need_id], WithdrawReason.SOLVED)
    rows = db.session.query(Dossier).filter_by(need_id=case.need_id).all()
    assert {(one.status, one.outcome) for one in rows} == {(Status.CLOSED, Outcome.WITHDRAWN)}
    assert sum(one.leads for one in rows) == 1, "it still says who led"
    assert moves(case).count(Move.WITHDRAWN) == 3
    assert kinds().count("withdrawn_for_branch") == 3, "to a mailbox, or to whoever works there"
    assert kinds().count("withdrawn") == 1 and address("withdrawn") == "contact@boulangerie.exemple.fr"
    assert [one.reason for one in db.session.query(Withdrawal)] == [WithdrawReason.SOLVED]
    assert not say_not_called(case.inquiry_id, case.need_id)
    assert not say_called(case.inquiry_id, case.need_id, today())


def test_a_company_touches_its_own_needs_alone(case: Case) -> None:
    other = file_need(an_orientation(("opco", case.opco.slug)))
    assert withdraw_needs(case.inquiry_id, [other, 0, 2147483647], None) == 0
    assert not say_called(case.inquiry_id, other, today()) and not say_not_called(case.inquiry_id, other)
    assert dossier_of(other, case.opco.branch_id).status == Status.RECEIVED
    assert db.session.query(Withdrawal).count() == db.session.query(CallAnswer).count() == 0


NEW = Contact("Paul Vidal", "paul@vidal.exemple.fr", "06 39 98 00 00", None)


def test_a_changed_address_is_told_to_both(case: Case) -> None:
    for _ in range(2):
        correct(case.inquiry_id, NEW)
    assert kinds().count("contact_changed") == kinds().count("contact_changed_former") == 1
    assert address("contact_changed") == NEW.email
    assert address("contact_changed_former") == "contact@boulangerie.exemple.fr"
    assert address("acknowledgement") == NEW.email, "every letter goes where the company is"
    assert moves(case).count(Move.CORRECTED) == 1
    correct(case.inquiry_id, Contact("Paul Vidal", NEW.email, None, "Le matin"))
    assert kinds().count("contact_changed") == 1, "the address did not change"


def test_a_renewed_link_closes_the_former_one(case: Case) -> None:
    former = token_for(case.inquiry_id, 1)
    version = renew_link(case.inquiry_id)
    assert inquiry_of(former) is None and inquiry_of(token_for(case.inquiry_id, version)) is not None
    assert kinds().count("link_renewed") == 1


def asked(*texts: str) -> list[str | None]:
    """Where the letters of these requests leave for."""
    for text in texts:
        ask_for_link(text)
    answer_link_requests()
    letters = db.session.query(Letter).filter_by(kind="link_again").order_by(Letter.id)
    return [KINDS["link_again"].content(one).address for one in letters]


def test_a_link_is_sent_to_the_known_address_only(case: Case) -> None:
    reference = db.session.get_one(Inquiry, case.inquiry_id).reference
    known = "contact@boulangerie.exemple.fr"
    db.session.get_one(Inquiry, case.inquiry_id).reference = "GO-26-7KQ2VD"
    db.session.commit()
    assert reference and asked("inconnu@exemple.fr", "GO-26-ZZZZZZ", "%", "' OR 1=1", "") == []
    assert asked("  go-26-7kq2vd ", "ma référence GO-26-7KQ2VD", "Contact@Boulangerie.Exemple.fr") == [known]
    assert asked("go-26-7kq2vd") == [known], "once an hour"
    assert db.session.query(LinkRequest).count() == 0, "what was typed is forgotten"


def test_the_corrected_address_is_the_known_one(case: Case) -> None:
    correct(case.inquiry_id, NEW)
    assert asked("contact@boulangerie.exemple.fr") == []
    assert asked("PAUL@vidal.exemple.fr") == [NEW.email]


def test_the_letter_lists_every_request_of_the_address(case: Case) -> None:
    file_need(an_orientation(("opco", case.opco.slug)))
    file_need(an_orientation(("opco", case.opco.slug)), email="autre@exemple.fr")
    assert len(asked("contact@boulangerie.exemple.fr")) == 1
    letter = db.session.query(Letter).filter_by(kind="link_again").one()
    links = KINDS["link_again"].content(letter).facts["links"]
    assert len(links) == 2 and all(inquiry_of(link.split("/")[-2]) for _, link in links)


def test_a_branch_that_left_reads_nothing_of_what_followed(case: Case) -> None:
    """It declined: neither the corrected contact, nor its words, nor later lines of the journal are for it."""
    asked = dossier_of(case.need_id, case.ft.branch_id)
    decline(case.ft.viewer, asked.id, asked.version, DeclineReason.NO_CAPACITY)
    before = case_for(case.ft.viewer, asked.id)
    assert before is not None and before.contact.email == "contact@boulangerie.exemple.fr"
    given = Contact("Zoé Nouvelle", "zoe@nouvelle.exemple.fr", "06 39 98 77 66", None)
    correct(case.inquiry_id, given)
    log_call(case.opco.viewer, lead(case).id, Call.REACHED, "Confidence faite plus tard")
    after, own = case_for(case.ft.viewer, asked.id), case_for(case.opco.viewer, lead(case).id)
    assert after is not None and own is not None
    assert after.contact == before.contact and own.contact == given
    assert [one.kind for one in after.events] == [one.kind for one in before.events]
    assert len(own.events) > len(after.events)
    assert not found_by(case.ft, "nouvelle") and found_by(case.opco, "nouvelle")


def found_by(desk: Desk, words: str) -> bool:
    return any(desk_of(desk.viewer, tab, narrowing=Narrowing(words)).rows for tab in Tab)
