"""Who reads what: the company, the actors of the case, one team; nobody else."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from app.dossiers.actions import close, decline, wait
from app.dossiers.lifecycle import DeclineReason, IllegalMove, Move, Outcome
from app.dossiers.models import Event
from app.dossiers.moving import UnknownCase
from app.dossiers.queries import case_for
from app.dossiers.undo_actions import undo
from app.dossiers.undoing import undoable
from app.exchanges.actions import UnknownNeed, Written, adviser_writes, company_writes
from app.exchanges.audiences import Audience
from app.exchanges.models import Message
from app.exchanges.queries import may_write, readers_of, thread_counts, thread_of, thread_of_company
from app.extensions import db
from app.kernel.clock import utcnow
from app.mailbox.actions import send_waiting
from app.mailbox.choice_actions import choose
from app.mailbox.models import Letter
from app.mailbox.topics import Choice, Topic
from tests.capabilities.exchanges.conftest import Case
from tests.cases import (
    Desk,
    a_desk,
    a_regional_manager,
    an_administrator,
    an_orientation,
    dossier_of,
    file_need,
    lead_of,
)


def words(text: str) -> Written:
    return Written(text, uuid4().hex)


def everything(case: Case) -> None:
    company_writes(case.inquiry_id, case.need_id, words("demande"))
    adviser_writes(case.opco.viewer, case.dossier(case.opco), Audience.COMPANY, words("réponse"))
    for desk in (case.opco, case.cma):
        for audience in (Audience.ACTORS, Audience.TEAM):
            adviser_writes(desk.viewer, case.dossier(desk), audience, words(f"{audience} {desk.slug}"))


def read(case: Case, desk: Desk, audience: Audience, dossier_of_: Desk | None = None) -> list[str] | None:
    """What this desk reads; None when it does not even see the case."""
    file = case_for(desk.viewer, case.dossier(dossier_of_ or desk))
    if file is None:
        return None
    found = [line.text for line in thread_of(file, audience).lines]
    assert thread_counts(file)[audience] == len(found), "the counter is the list"
    return found


TALK = ["demande", "réponse"]
SHARED = ["actors opco-ep-occitanie", "actors cma-34"]


def test_each_reads_what_was_meant_for_them(case: Case) -> None:
    everything(case)
    for desk in (case.opco, case.cma, case.ft):
        assert read(case, desk, Audience.COMPANY) == TALK
        assert read(case, desk, Audience.ACTORS) == SHARED
    assert read(case, case.opco, Audience.TEAM) == ["team opco-ep-occitanie"]
    assert read(case, case.cma, Audience.TEAM) == ["team cma-34"]
    assert read(case, case.ft, Audience.TEAM) == []
    assert [line.text for line in thread_of_company(case.inquiry_id, case.need_id).lines] == TALK


def test_nobody_reads_through_the_dossier_of_another(case: Case) -> None:
    everything(case)
    for desk in (case.cma, case.stranger):
        assert read(case, desk, Audience.COMPANY, case.opco) is None
    for viewer in (a_regional_manager(), an_administrator()):
        assert case_for(viewer, case.dossier(case.opco)) is None


def test_the_maison_that_transmits_reads_the_company_alone(case: Case) -> None:
    everything(case)
    assert read(case, case.maison, Audience.COMPANY, case.ft) == TALK
    assert read(case, case.maison, Audience.ACTORS, case.ft) == []
    assert read(case, case.maison, Audience.TEAM, case.ft) == []
    file = case_for(case.maison.viewer, case.dossier(case.ft))
    assert file and not any(may_write(file, audience) for audience in Audience)


def test_a_branch_that_left_reads_until_it_left_and_writes_to_its_team_only(case: Case) -> None:
    everything(case)
    now = utcnow()
    support = dossier_of(case.need_id, case.cma.branch_id)
    close(case.cma.viewer, support.id, support.version, Outcome.HELPED, at=now + timedelta(minutes=1))
    company_writes(case.inquiry_id, case.need_id, words("ensuite"), at=now + timedelta(minutes=2))
    assert read(case, case.cma, Audience.COMPANY) == TALK
    assert read(case, case.opco, Audience.COMPANY) == [*TALK, "ensuite"]
    for audience in (Audience.COMPANY, Audience.ACTORS):
        with pytest.raises(IllegalMove):
            adviser_writes(case.cma.viewer, support.id, audience, words("non"))
    adviser_writes(case.cma.viewer, support.id, Audience.TEAM, words("gardé"))
    assert read(case, case.cma, Audience.TEAM) == ["team cma-34", "gardé"]
    assert "Antenne cma-34" not in [name for name, _ in readers_of(case.need_id)]


def test_a_refusal_leaves_the_case_too(case: Case) -> None:
    dossier = dossier_of(case.need_id, case.ft.branch_id)
    decline(case.ft.viewer, dossier.id, dossier.version, DeclineReason.NO_CAPACITY)
    company_writes(case.inquiry_id, case.need_id, words("après"), at=utcnow() + timedelta(minutes=1))
    assert read(case, case.ft, Audience.COMPANY) == []


def test_the_lead_of_a_closed_need_still_answers(case: Case) -> None:
    lead = dossier_of(case.need_id, case.opco.branch_id)
    close(case.opco.viewer, lead.id, lead.version, Outcome.HELPED)
    company_writes(case.inquiry_id, case.need_id, words("encore une question"))
    adviser_writes(case.opco.viewer, lead.id, Audience.COMPANY, words("la réponse"))
    assert read(case, case.opco, Audience.COMPANY) == ["encore une question", "la réponse"]


def test_a_stranger_writes_nothing(case: Case) -> None:
    other = a_desk("plie", "plie-lodeve")
    elsewhere = file_need(an_orientation(("plie", other.slug)))
    for audience in Audience:
        for desk in (case.stranger, case.maison, other):
            with pytest.raises(UnknownCase):
                adviser_writes(desk.viewer, case.dossier(case.opco), audience, words("intrus"))
    with pytest.raises(UnknownNeed):
        company_writes(case.inquiry_id, elsewhere, words("le besoin d’une autre"))
    assert db.session.query(Message).count() == 0


def test_a_form_sent_twice_is_one_message(case: Case) -> None:
    once = words("une fois")
    for _ in range(2):
        company_writes(case.inquiry_id, case.need_id, once)
        adviser_writes(case.opco.viewer, case.dossier(case.opco), Audience.ACTORS, once)
    assert db.session.query(Message).count() == 2


def test_a_long_thread_is_read_page_by_page(case: Case) -> None:
    for number in range(70):
        company_writes(case.inquiry_id, case.need_id, words(str(number)))
    seen: list[str] = []
    before: int | None = None
    while True:
        page = thread_of_company(case.inquiry_id, case.need_id, before)
        seen = [line.text for line in page.lines] + seen
        before = page.earlier
        if before is None:
            break
    assert seen == [str(number) for number in range(70)]


def letters(kind: str) -> list[Letter]:
    return list(db.session.query(Letter).filter_by(kind=kind).order_by(Letter.id))


def test_letters_go_to_the_other_side_and_batch(case: Case) -> None:
    for _ in range(3):
        company_writes(case.inquiry_id, case.need_id, words("j’insiste"))
    assert {one.branch_id for one in letters("message_for_branch")} == {
        case.opco.branch_id,
        case.cma.branch_id,
    }
    assert len(letters("message_for_branch")) == 2, "three messages in a row, one letter each"
    assert not letters("message_to_transmit"), (
        "a support that only received it reads it when it opens the case"
    )
    for _ in range(2):
        adviser_writes(case.opco.viewer, case.dossier(case.opco), Audience.COMPANY, words("réponse"))
        adviser_writes(case.opco.viewer, case.dossier(case.opco), Audience.ACTORS, words("note"))
        adviser_writes(case.opco.viewer, case.dossier(case.opco), Audience.TEAM, words("pour nous"))
    assert len(letters("answer_for_company")) == 1
    assert [one.branch_id for one in letters("note_for_branch")] == [case.cma.branch_id]
    for one in db.session.query(Letter):
        one.due_at = utcnow()
    db.session.commit()
    assert send_waiting().failed == 0
    company_writes(case.inquiry_id, case.need_id, words("plus tard"))
    assert len(letters("message_for_branch")) == 4, "what left cannot announce what follows"


def test_the_people_of_a_lead_without_mailbox_are_told(case: Case) -> None:
    need = file_need(an_orientation(("france_travail", case.ft.slug)))
    company_writes(dossier_of(need, case.ft.branch_id).inquiry_id, need, words("bonjour"))
    assert [one.user_id for one in letters("message_for_branch")] == [case.ft.viewer.user_id]
    assert not letters("message_to_transmit")


def test_the_maison_is_told_for_a_lead_where_nobody_is_written_to(case: Case) -> None:
    choose(case.ft.viewer, {Topic.COMPANY: Choice.NONE})
    need = file_need(an_orientation(("france_travail", case.ft.slug)))
    company_writes(dossier_of(need, case.ft.branch_id).inquiry_id, need, words("bonjour"))
    assert [one.branch_id for one in letters("message_to_transmit")] == [case.maison.branch_id]
    assert not letters("message_for_branch")


def test_a_message_ends_the_wait_for_the_company(case: Case) -> None:
    lead = dossier_of(case.need_id, case.opco.branch_id)
    wait(case.opco.viewer, lead.id, lead.version)
    adviser_writes(case.opco.viewer, lead.id, Audience.COMPANY, words("une question"))
    assert lead_of(case.need_id).waiting_since is not None
    company_writes(case.inquiry_id, case.need_id, words("la réponse"))
    assert lead_of(case.need_id).waiting_since is None
    last = db.session.query(Event).filter_by(dossier_id=lead.id).order_by(Event.id.desc()).first()
    assert last is not None and (last.kind, last.user_id) == (Move.RESUMED, None)


def test_a_move_that_somebody_wrote_about_is_not_undone(case: Case) -> None:
    """The next branch already answers the company: the refusal that called it cannot be taken back."""
    need = file_need(an_orientation(("opco", case.opco.slug), ("cma", case.cma.slug)))
    mine, heir = dossier_of(need, case.opco.branch_id), dossier_of(need, case.cma.branch_id)
    decline(case.opco.viewer, mine.id, mine.version, DeclineReason.NO_CAPACITY)
    adviser_writes(case.opco.viewer, mine.id, Audience.TEAM, words("À surveiller"))
    adviser_writes(case.cma.viewer, heir.id, Audience.TEAM, words("Je regarde"))
    assert undoable(case.opco.viewer, dossier_of(need, case.opco.branch_id), utcnow())
    adviser_writes(case.cma.viewer, heir.id, Audience.COMPANY, words("Je vous appelle"))
    with pytest.raises(IllegalMove):
        undo(case.opco.viewer, mine.id, dossier_of(need, case.opco.branch_id).version)
    assert lead_of(need).branch_id == case.cma.branch_id
