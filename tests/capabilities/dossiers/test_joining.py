"""The same establishment asks the same thing twice: seen by those allowed, joined by an adviser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.dossiers.actions import close, reopen, take
from app.dossiers.join_actions import join
from app.dossiers.lifecycle import IllegalMove, Outcome, ReopenReason, Status
from app.dossiers.likeness import history, joined_to, twins
from app.dossiers.models import Dossier, Event
from app.dossiers.moving import UnknownCase
from app.extensions import db
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import utcnow
from app.mailbox.actions import send_waiting
from app.mailbox.models import Letter
from tests.cases import Desk, a_desk, a_maison, an_orientation, dossier_of, file_need, lead_of

SIRET = "73282932000074"


@pytest.fixture
def maison(context: Flask) -> Desk:
    return a_maison()


@pytest.fixture
def opco(maison: Desk) -> Desk:
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def cma(maison: Desk) -> Desk:
    return a_desk("cma", "cma-34")


def filed(
    *desks: Desk,
    days_ago: int = 0,
    siret: str | None = SIRET,
    company: str = "Boulangerie Vidal",
    email: str = "contact@boulangerie.exemple.fr",
) -> int:
    actors = [(desk.slug.partition("-")[0], desk.slug) for desk in desks]
    at = utcnow() - timedelta(days=days_ago)
    return file_need(an_orientation(*actors), at=at, siret=siret, company=company, email=email)


def need(need_id: int) -> Need:
    return db.session.get_one(Need, need_id)


def joined(desk: Desk, need_id: int, main_id: int) -> None:
    mine = dossier_of(need_id, desk.branch_id)
    join(desk.viewer, mine.id, mine.version, dossier_of(main_id, desk.branch_id).id)


def test_the_same_siret_and_need_within_ninety_days_is_like(opco: Desk) -> None:
    old = filed(opco, days_ago=91)
    first = filed(opco, days_ago=30)
    other = filed(opco, siret="55208131766522")
    second = filed(opco)
    assert [need(one).like_id for one in (old, first, other, second)] == [None, old, None, first]


def test_without_siret_the_name_place_and_mailbox_tell(opco: Desk) -> None:
    first = filed(opco, siret=None, company="Boulangerie VIDAL")
    again = filed(opco, siret=None, company="boulangerie  vidal")
    elsewhere = filed(opco, siret=None, email="autre@exemple.fr")
    assert need(again).like_id == first
    assert need(elsewhere).like_id is None


def test_only_those_who_see_both_are_shown(opco: Desk, cma: Desk) -> None:
    first, second = filed(opco), filed(cma)
    assert need(second).like_id == first
    assert twins(cma.viewer, need(second)) == twins(opco.viewer, need(first)) == []
    inquiry = db.session.get_one(Inquiry, need(second).inquiry_id)
    assert history(cma.viewer, inquiry) == []
    third = filed(cma)
    assert [one.need_id for one in twins(cma.viewer, need(third))] == [second]
    assert [one.need_id for one in history(cma.viewer, inquiry)] == [third]


def test_joining_closes_one_and_the_other_goes_on(opco: Desk, cma: Desk) -> None:
    first, second = filed(opco), filed(opco, cma)
    joined(opco, second, first)
    rows = db.session.query(Dossier).filter_by(need_id=second).all()
    assert {(one.status, one.outcome) for one in rows} == {(Status.CLOSED, Outcome.JOINED)}
    assert lead_of(first).status == Status.RECEIVED
    main = joined_to(need(second))
    assert main is not None and main.id == need(first).inquiry_id
    last = db.session.query(Event).filter_by(need_id=first).order_by(Event.id.desc()).first()
    assert last is not None and last.kind == "joined_by"
    kinds = [one.kind for one in db.session.query(Letter)]
    assert kinds.count("joined") == 1 and kinds.count("case_withdrawn") == 1
    send_waiting()
    assert db.session.query(Letter).filter_by(status="waiting").count() == 0


def test_joining_twice_is_once_and_reopening_parts_them(opco: Desk) -> None:
    first, second = filed(opco), filed(opco)
    mine, main = lead_of(second), lead_of(first)
    seen = mine.version
    join(opco.viewer, mine.id, seen, main.id)
    join(opco.viewer, mine.id, seen, main.id)
    assert db.session.query(Event).filter_by(kind="joined").count() == 1
    reopen(opco.viewer, mine.id, lead_of(second).version, ReopenReason.BY_MISTAKE)
    assert joined_to(need(second)) is None and lead_of(second).status == Status.TAKEN


def test_what_is_not_like_or_over_or_unseen_is_not_joined(opco: Desk, cma: Desk) -> None:
    first, second = filed(opco), filed(opco)
    stranger = filed(opco, siret="55208131766522")
    with pytest.raises(IllegalMove, match="ne se ressemblent pas"):
        joined(opco, second, stranger)
    with pytest.raises(UnknownCase):
        join(cma.viewer, lead_of(second).id, 1, lead_of(first).id)
    take(opco.viewer, lead_of(first).id, 1)
    close(opco.viewer, lead_of(first).id, lead_of(first).version, Outcome.HELPED)
    with pytest.raises(IllegalMove, match="close"):
        joined(opco, second, first)
