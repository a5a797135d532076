"""A draft left for later: its link when asked for, one reminder when wanted, nothing once it is filed or forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.exchanges.resuming import left, resume_link
from app.exchanges.resuming_actions import MOST_LINKS, remind_of_drafts, reminder_day, resume_later
from app.extensions import db, transaction
from app.inquiries.actions import DRAFT_LIFE, forget_drafts, save_draft, start_draft
from app.inquiries.links import draft_token_for, form_in
from app.inquiries.models import Draft, Resumption
from app.inquiries.queries import draft, draft_to_resume
from app.inquiries.records import empty_draft
from app.kernel.clock import utcnow
from app.mailbox.models import Letter

MONDAY = "2026-11-23T09:42:00+00:00"
EMAIL = "claire@exemple.fr"


def letters(kind: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def asked(remind: bool = True) -> str:
    draft_id = start_draft({"words": ["Un apprenti"]})
    assert resume_later(draft_id, EMAIL, remind)
    return draft_id


def file(draft_id: str) -> None:
    with transaction() as session:
        empty_draft(session, session.get_one(Draft, draft_id).form_id)


def test_the_letter_holds_the_link_and_nothing_typed(context: Flask) -> None:
    draft_id = asked()
    (letter,) = letters("draft_link")
    said = left(letter)
    form_id = db.session.get_one(Draft, draft_id).form_id
    assert said.address == EMAIL and said.facts["link"] == resume_link(form_id)
    assert "apprenti" not in str(said) and draft_id not in str(said)


def test_the_link_is_derived_and_a_forged_one_leads_nowhere(context: Flask) -> None:
    draft_id = start_draft({})
    token = draft_token_for(db.session.get_one(Draft, draft_id).form_id)
    assert draft_to_resume(token) == draft_id
    forged = ("", token[:-1], token[:33] + "A" * 32, "0" * 32 + token[32:], "é" * 65, "\x00", token + "\n")
    assert [form_in(one) for one in forged] == [None] * len(forged)


def test_links_of_one_draft_are_counted(context: Flask) -> None:
    draft_id = start_draft({})
    assert [resume_later(draft_id, EMAIL, False) for _ in range(MOST_LINKS + 2)].count(True) == MOST_LINKS
    assert len(letters("draft_link")) == MOST_LINKS


@pytest.mark.parametrize(
    ("left_at", "day"),
    [
        (MONDAY, date(2026, 11, 25)),
        ("2026-11-26T20:00:00+00:00", date(2026, 11, 30)),
        ("2026-12-23T09:00:00+00:00", date(2026, 12, 28)),
    ],
)
def test_the_reminder_falls_on_a_working_day(left_at: str, day: date) -> None:
    assert reminder_day(datetime.fromisoformat(left_at)) == day


def test_one_reminder_and_only_one_whatever_is_missed(context: Flask) -> None:
    with time_machine.travel(MONDAY, tick=False):
        draft_id = asked()
        resume_later(draft_id, EMAIL, remind=True)
        assert remind_of_drafts() == 0
    with time_machine.travel("2026-11-24T20:00:00+00:00", tick=False):
        assert remind_of_drafts() == 0, "a working day later, not the same evening"
    with time_machine.travel("2026-11-29T10:00:00+00:00", tick=False):
        assert remind_of_drafts() == 1 and remind_of_drafts() == 0
        save_draft(draft_id, {}, "contact")
    with time_machine.travel("2026-12-10T10:00:00+00:00", tick=False):
        resume_later(draft_id, EMAIL, remind=True)
    with time_machine.travel("2026-12-20T10:00:00+00:00", tick=False):
        assert remind_of_drafts() == 0
    assert len(letters("draft_reminder")) == 1


def test_nobody_is_reminded_who_did_not_ask(context: Flask) -> None:
    with time_machine.travel(MONDAY, tick=False):
        asked(remind=False)
        start_draft({"email": [EMAIL]})
    with time_machine.travel("2026-12-10T10:00:00+00:00", tick=False):
        assert remind_of_drafts() == 0


def test_a_filed_draft_is_never_spoken_of(context: Flask) -> None:
    with time_machine.travel(MONDAY, tick=False):
        draft_id = asked()
        file(draft_id)
    with time_machine.travel("2026-12-10T10:00:00+00:00", tick=False):
        assert remind_of_drafts() == 0 and not resume_later(draft_id, EMAIL, True)
    (letter,) = letters("draft_link")
    assert left(letter).address is None


def test_what_is_forgotten_takes_its_requests_along(context: Flask) -> None:
    draft_id = asked()
    with transaction() as session:
        session.get_one(Draft, draft_id).updated_at = utcnow() - DRAFT_LIFE - timedelta(minutes=1)
    forget_drafts()
    db.session.rollback()
    assert draft(draft_id) is None and db.session.scalars(select(Resumption)).first() is None
    assert left(letters("draft_link")[0]).address is None
