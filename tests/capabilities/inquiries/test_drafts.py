"""Drafts keep what is typed, and forget it in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.extensions import transaction
from app.inquiries.actions import DRAFT_LIFE, save_draft, start_draft
from app.inquiries.models import Draft
from app.inquiries.queries import draft
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


@pytest.mark.parametrize("draft_id", ["", "x", "a" * 24, "\x00" * 24, "é" * 24, "a" * 10_000])
def test_an_unknown_draft_is_none(context: Flask, draft_id: str) -> None:
    assert draft(draft_id) is None
