"""Answers are remembered without what was searched; what was filed without an answer is completed, never changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.establishments.actions import REGISTER, complete_due, forget_look_ups, look_up
from app.establishments.asked import Asked, Kind
from app.establishments.calling import Patience, Register, Unavailable
from app.establishments.models import Completion, LookUp
from app.establishments.queries import EMPTY_LIFE, LIFE, completion_of
from app.extensions import db, transaction
from app.inquiries.asked import NewInquiry
from app.inquiries.models import Inquiry
from app.intake import Told, receive
from app.kernel.clock import utcnow
from app.kernel.codes import Siret
from tests.capabilities.establishments.register import SIRET, Served, answer

BAKERY = Asked(Kind.SIRET, SIRET)
NEW = NewInquiry(
    form_id="f" * 32, needs=("alt_apprenti",), commune="34142", company="Chez Claire", siret=Siret(SIRET)
)


@pytest.fixture
def on(seeded_context: Flask, register: Served) -> Iterator[Served]:
    """The register is set up, with little patience."""
    settings = seeded_context.config["GUICHET"]
    seeded_context.config["GUICHET"] = replace(settings, entreprises_url=register.url)
    seeded_context.extensions[REGISTER] = Register(register.url, Patience(pause=0.1))
    yield register
    seeded_context.config["GUICHET"] = settings
    seeded_context.extensions.pop(REGISTER, None)


def fails(register: Served) -> None:
    register.behaviour = lambda call: call.send(b"{}", status=403)


def aged(by: timedelta) -> None:
    with transaction() as session:
        session.scalars(select(LookUp)).one().fetched_at -= by


def test_asked_once_and_remembered(on: Served) -> None:
    first, again = look_up(BAKERY), look_up(BAKERY)
    assert first == again and first.found[0].name == "BOULANGERIE FICTIVE"
    assert len(on.calls) == 1
    row = db.session.scalars(select(LookUp)).one()
    assert SIRET not in row.key and "PERSONNE" not in str(row.found)


def test_asked_twice_at_once_both_are_answered(on: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process writes the same answer between this one's question and its own writing."""
    look_up(BAKERY)
    with monkeypatch.context() as racing:
        racing.setattr("app.establishments.actions.remembered", lambda _question: None)
        racing.setattr(
            "app.establishments.actions.keep",
            lambda session, key, _found, at: session.add(LookUp(key=key, fetched_at=at, found=[])),
        )
        assert look_up(BAKERY).found[0].name == "BOULANGERIE FICTIVE"
    assert look_up(BAKERY).found[0].name == "BOULANGERIE FICTIVE"


def test_an_old_answer_is_asked_again_then_forgotten(on: Served) -> None:
    look_up(BAKERY)
    aged(LIFE + timedelta(minutes=1))
    forget_look_ups()
    assert db.session.scalars(select(LookUp)).first() is None
    look_up(BAKERY)
    assert len(on.calls) == 2


def test_a_company_not_found_is_looked_for_again_soon(on: Served) -> None:
    on.behaviour = lambda call: call.json(answer())
    assert look_up(BAKERY).found == ()
    aged(EMPTY_LIFE + timedelta(minutes=1))
    look_up(BAKERY)
    assert len(on.calls) == 2


def test_without_the_setting_nobody_is_called(seeded_context: Flask) -> None:
    with pytest.raises(Unavailable):
        look_up(BAKERY)
    assert complete_due() == 0


def test_filed_while_the_register_is_away_then_completed_once(on: Served) -> None:
    well = on.behaviour
    fails(on)
    filed = receive(NEW, told=Told(None, utcnow()))
    assert complete_due() == 0 and completion_of(filed.inquiry_id) is None
    row = db.session.scalars(select(Completion)).one()
    assert row.tries == 1 and row.due_at and row.due_at > utcnow()
    with transaction() as session:
        session.get_one(Completion, row.id).due_at = utcnow() - timedelta(minutes=1)
    db.session.rollback()
    on.behaviour = well
    time.sleep(0.15)
    assert complete_due() == 1 and complete_due() == 0
    told = completion_of(filed.inquiry_id)
    assert told is not None and told.found[0].name == "BOULANGERIE FICTIVE"
    inquiry = db.session.get_one(Inquiry, filed.inquiry_id)
    assert inquiry.company == "Chez Claire" and inquiry.naf is None, "as it was filed"


def test_after_the_last_try_it_stays_as_filed(on: Served) -> None:
    fails(on)
    receive(NEW, told=Told(None, utcnow()))
    for _ in range(8):
        with transaction() as session:
            row = session.scalars(select(Completion)).one()
            row.due_at = row.due_at and utcnow() - timedelta(minutes=1)
        complete_due()
    row = db.session.scalars(select(Completion)).one()
    assert row.due_at is None and row.found is None


def test_filed_with_what_the_register_had_said(on: Served) -> None:
    one = look_up(BAKERY)
    filed = receive(NEW, told=Told(one.found[0], one.fetched_at))
    assert completion_of(filed.inquiry_id) == one


def test_what_was_said_of_another_establishment_is_not_kept(on: Served) -> None:
    one = look_up(BAKERY)
    filed = receive(NEW, told=Told(replace(one.found[0], siret="00000001800028"), one.fetched_at))
    assert completion_of(filed.inquiry_id) is None
    assert db.session.scalars(select(Completion)).first() is None
