"""Drafts keep what is typed, and forget it in time."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask

from app.extensions import db, transaction
from app.inquiries.actions import DRAFT_LIFE, forget_drafts, save_draft, start_draft
from app.inquiries.models import Draft
from app.inquiries.queries import draft
from app.inquiries.records import empty_draft
from app.kernel.clock import utcnow


def test_what_is_saved_adds_to_what_was_kept(context: Flask) -> None:
    draft_id = start_draft({"words": ["Un apprenti"]})
    save_draft(draft_id, {"company": ["Boulangerie"]}, "etablissement")
    found = draft(draft_id)
    assert found is not None
    assert found.data == {"words": ["Un apprenti"], "company": ["Boulangerie"]}


def test_ids_are_long_and_never_alike(context: Flask) -> None:
    ids = {start_draft({}) for _ in range(50)}
    assert len(ids) == 50
    assert all(len(one) >= 24 for one in ids)


def test_an_abandoned_draft_is_forgotten(context: Flask) -> None:
    old = start_draft({"company": ["Boulangerie"]})
    with transaction() as session:
        session.get_one(Draft, old).updated_at = utcnow() - DRAFT_LIFE - timedelta(minutes=1)
    start_draft({})
    assert draft(old) is None


def _aged(draft_id: str) -> None:
    with transaction() as session:
        session.get_one(Draft, draft_id).updated_at = utcnow() - DRAFT_LIFE - timedelta(minutes=1)


def test_a_draft_too_old_is_read_by_nobody_even_before_it_is_erased(context: Flask) -> None:
    old = start_draft({"phone": ["06 39 98 00 00"]})
    _aged(old)
    assert draft(old) is None


def test_the_worker_forgets_drafts_when_nobody_starts_another(context: Flask) -> None:
    _aged(start_draft({"phone": ["06 39 98 00 00"]}))
    kept = start_draft({})
    _aged(start_draft({}))
    forget_drafts()
    assert [one.id for one in db.session.query(Draft)] == [kept]


def test_a_page_saved_while_the_form_is_filed_brings_nothing_back(app: Flask) -> None:
    def save() -> None:
        with app.app_context():
            save_draft(draft_id, {"phone": ["06 39 98 00 00"]}, "contact")

    with app.app_context():
        draft_id = start_draft({"company": ["Boulangerie"]})
        late = Thread(target=save)
        with transaction() as session:
            empty_draft(session, session.get_one(Draft, draft_id).form_id)
            session.flush()
            late.start()
            time.sleep(0.5)
        late.join()
        db.session.expire_all()
        found = draft(draft_id)
        assert found is not None and found.filed and found.data == {}


@pytest.mark.parametrize("draft_id", ["", "x", "a" * 24, "\x00" * 24, "é" * 24, "a" * 10_000])
def test_an_unknown_draft_is_none(context: Flask, draft_id: str) -> None:
    assert draft(draft_id) is None
