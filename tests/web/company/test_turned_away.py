"""What the form turns away leaves a count and nothing else: each way, once a form, never in the way of the page."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app.extensions import db, transaction
from app.inquiries import turning_actions
from app.inquiries.models import Draft, Inquiry, TurnedAway
from app.inquiries.turned_away import Aside
from app.inquiries.turning_actions import KEPT, count_turned_away, forget_turned_away
from app.inquiries.turning_queries import turned_away_in
from app.kernel.clock import today
from app.kernel.quarters import quarter_of, quarters_of
from tests.web.company.baker import CONTACT, NEED, PLACE, begin, draft_in, ready, send, step, text_of

Rows = dict[tuple[str, str, str], int]


@pytest.fixture
def visitor(seeded: Flask) -> FlaskClient:
    return seeded.test_client()


def counts(app: Flask) -> Rows:
    with app.app_context():
        rows = db.session.query(TurnedAway).all()
        assert {one.quarter for one in rows} <= {quarter_of(today()).name}
        return {(one.reason, one.profile, one.departement): one.forms for one in rows}


def need(*keys: str) -> Mapping[str, Any]:
    return {"part": "needs", "needs": list(keys)}


@pytest.mark.parametrize("key", ["hc_pas_rh", "hc_pas_employeur"])
def test_what_is_ticked_out_of_the_desk_counts_once(seeded: Flask, visitor: FlaskClient, key: str) -> None:
    draft_id = draft_in(visitor.post("/demandes/nouvelle", data=need(key)))
    assert counts(seeded) == {(key, "", ""): 1}
    step(visitor, draft_id, "besoin", need(key))
    for name in ("besoin", "etablissement", "contact", "relire", "ailleurs"):
        visitor.get(f"/demandes/nouvelle/{draft_id}/{name}")
    assert counts(seeded) == {(key, "", ""): 1}
    visitor.post("/demandes/nouvelle", data=need(key))
    assert counts(seeded) == {(key, "", ""): 2}, "another form"


def test_with_its_place_when_it_was_said(seeded: Flask, visitor: FlaskClient) -> None:
    draft_id = begin(visitor)
    step(visitor, draft_id, "etablissement", PLACE)
    assert step(visitor, draft_id, "besoin", need("hc_pas_employeur")).location.endswith("/ailleurs")
    assert counts(seeded) == {("hc_pas_employeur", "", "34"): 1}


def test_outside_the_region_by_its_commune_or_by_its_button(seeded: Flask, visitor: FlaskClient) -> None:
    draft_id = begin(visitor)
    for _ in range(2):
        step(visitor, draft_id, "etablissement", {**PLACE, "commune": "75011 Paris"})
    assert counts(seeded) == {("hors_region", "", ""): 1}
    step(visitor, draft_id, "etablissement", {**PLACE, "commune": "", "then": "ailleurs"})
    assert counts(seeded) == {("hors_region", "", ""): 1}
    step(visitor, begin(visitor), "etablissement", {"company": "x", "then": "ailleurs"})
    assert counts(seeded) == {("hors_region", "", ""): 2}
    visitor.get("/demandes/nouvelle/ailleurs?brouillon=x")
    assert counts(seeded) == {("hors_region", "", ""): 2}, "a page read by anybody counts nothing"


def test_words_read_as_something_else_count_as_such(seeded: Flask, visitor: FlaskClient) -> None:
    words = {"part": "words", "words": "Je cherche un local commercial à louer pour agrandir mon magasin"}
    answer = visitor.post("/demandes/nouvelle", data=words)
    assert "ne semble pas être un besoin" in text_of(visitor.get(answer.location))
    assert counts(seeded) == {("hors_phrase", "", ""): 1}
    understood = {"part": "words", "words": "Je veux prendre un apprenti"}
    visitor.post("/demandes/nouvelle", data=understood)
    assert counts(seeded) == {("hors_phrase", "", ""): 1}


def test_the_profile_is_told_after_and_counts_beside(seeded: Flask, visitor: FlaskClient) -> None:
    draft_id = draft_in(visitor.post("/demandes/nouvelle", data=need("hc_pas_employeur")))
    url = f"/demandes/nouvelle/{draft_id}/ailleurs"
    assert "Qui êtes-vous ?" in text_of(visitor.get(url))
    for wrong in ({}, {"q_profil": "roi"}, {"q_profil": "\x00"}, {"q_profil": "x" * 6000}):
        answer = visitor.post(url, data=wrong)
        assert answer.status_code == 422 and "Choisissez une ligne" in text_of(answer)
    for _ in range(2):
        assert visitor.post(url, data={"q_profil": "salarie"}).status_code == 303
    visitor.post(url, data={"q_profil": "administration"})
    page = text_of(visitor.get(url))
    assert "Qui êtes-vous ?" not in page and "Ce guichet s’adresse aux entreprises." in page
    rows = {("hc_pas_employeur", "", ""): 1, ("hc_pas_employeur", "salarie", ""): 1}
    assert counts(seeded) == rows, "once a form, as it was first said"


def test_who_is_not_asked_who_they_are_is_not_counted_as_such(seeded: Flask, visitor: FlaskClient) -> None:
    draft_id = draft_in(visitor.post("/demandes/nouvelle", data=need("hc_pas_rh")))
    url = f"/demandes/nouvelle/{draft_id}/ailleurs"
    assert "Qui êtes-vous ?" not in text_of(visitor.get(url))
    assert visitor.post(url, data={"q_profil": "salarie"}).status_code == 303
    assert counts(seeded) == {("hc_pas_rh", "", ""): 1}


def test_a_form_mended_then_filed_was_not_turned_away(seeded: Flask, visitor: FlaskClient) -> None:
    visitor.post("/demandes/nouvelle", data=need("hc_pas_rh"))
    draft_id = draft_in(visitor.post("/demandes/nouvelle", data=need("hc_pas_rh")))
    step(visitor, draft_id, "besoin", NEED)
    step(visitor, draft_id, "etablissement", {**PLACE, "commune": "75011 Paris"})
    step(visitor, draft_id, "etablissement", PLACE)
    step(visitor, draft_id, "contact", CONTACT)
    assert len(counts(seeded)) == 2
    assert send(visitor, draft_id).status_code == 303
    send(visitor, draft_id)
    assert counts(seeded) == {("hc_pas_rh", "", ""): 1}, "the other form stays turned away"
    with seeded.app_context():
        assert db.session.query(Inquiry).count() == 1
        assert not count_turned_away(draft_id, Aside.NOT_HR)


def test_a_request_the_desk_takes_counts_nothing(seeded: Flask, visitor: FlaskClient) -> None:
    send(visitor, ready(visitor))
    assert counts(seeded) == {}


def test_nothing_personal_is_kept_and_no_count_leads_to_a_form(seeded: Flask, visitor: FlaskClient) -> None:
    words = {"part": "words", "words": "Claire Vidal cherche un local commercial à louer"}
    draft_id = draft_in(visitor.post("/demandes/nouvelle", data=words))
    step(visitor, draft_id, "etablissement", {**PLACE, "commune": "75011 Paris"})
    step(visitor, draft_id, "besoin", need("hc_pas_rh"))
    assert {column.name for column in TurnedAway.__table__.c} == {
        *("quarter", "reason", "profile", "departement", "forms")
    }
    with seeded.app_context():
        for row in db.session.query(TurnedAway):
            assert row.reason in set(Aside) and row.profile == "" and len(row.departement) in (0, 2)
        form = db.session.get_one(Draft, draft_id)
        said = repr(form.turned_away)
        assert form.turned_away and not any(
            word in said for word in ("Vidal", "Claire", draft_id, form.form_id)
        )


def test_a_count_that_fails_never_stops_the_page(
    seeded: Flask, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bool:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(turning_actions, "_counted", fails)
    answer = visitor.post("/demandes/nouvelle", data=need("hc_pas_rh"), follow_redirects=True)
    assert answer.status_code == 200 and "Aucune demande n’a été ouverte" in text_of(answer)
    assert counts(seeded) == {}


def test_two_first_forms_at_once_both_count(seeded: Flask, visitor: FlaskClient) -> None:
    drafts, gate = [begin(visitor), begin(visitor)], Barrier(2)

    def one(draft_id: str) -> bool:
        with seeded.app_context():
            gate.wait(10)
            try:
                return count_turned_away(draft_id, Aside.OUTSIDE)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(one, drafts)) == [True, True]
    assert counts(seeded) == {("hors_region", "", ""): 2}


def test_a_quarter_that_has_lived_its_time_is_forgotten(seeded: Flask) -> None:
    old = quarter_of(today() - KEPT)
    with seeded.app_context():
        with transaction() as session:
            for name in (quarter_of(old.first - timedelta(days=1)).name, old.name):
                session.add(TurnedAway(quarter=name, reason="hc_pas_rh", profile="", departement="", forms=3))
        forget_turned_away()
        assert [one.quarter for one in db.session.query(TurnedAway)] == [old.name]
        told = turned_away_in([old.name])
        assert [(one.reason, one.forms) for one in told.lines] == [(Aside.NOT_HR, 3)]
        assert not turned_away_in([old.name], "34").lines


def test_another_quarter_another_row(seeded: Flask, visitor: FlaskClient) -> None:
    for day in ("2026-09-30T09:00:00+00:00", "2026-10-01T09:00:00+00:00"):
        with time_machine.travel(day, tick=False):
            visitor.post("/demandes/nouvelle", data=need("hc_pas_rh"))
    with seeded.app_context():
        assert {one.quarter: one.forms for one in db.session.query(TurnedAway)} == {
            "2026-T3": 1,
            "2026-T4": 1,
        }


def test_the_quarters_of_a_period_are_whole() -> None:
    names = [one.name for one in quarters_of(date(2025, 12, 31), date(2026, 7, 1))]
    assert names == ["2025-T4", "2026-T1", "2026-T2", "2026-T3"]
    assert [one.name for one in quarters_of(date(2026, 4, 1), date(2026, 6, 30))] == ["2026-T2"]
