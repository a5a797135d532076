"""A case that lasts, a partner that stays silent: what each side reads and may do, over HTTP."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from app.accounts.abilities import Role
from app.directory.queries import branch
from app.dossiers.going_on import going_on
from app.dossiers.lifecycle import Outcome, Status
from app.dossiers.models import Dossier
from app.dossiers.reminder_actions import ask_why, close_silent, remind
from app.extensions import db, transaction
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry
from app.kernel.clock import today, utcnow
from app.kernel.workdays import shift_workdays
from tests.cases import Desk, a_desk, a_viewer, an_orientation, file_need, lead_of, signed_in

LONG_AGO = timedelta(days=60)


def company_page(app: Flask, dossier_id: int) -> str:
    with app.app_context():
        inquiry = db.session.get_one(Inquiry, db.session.get_one(Dossier, dossier_id).inquiry_id)
        return f"/demandes/{token_for(inquiry.id, inquiry.link_version)}/"


def test_a_long_case_is_explained_and_the_company_reads_it(
    app: Flask, adviser: FlaskClient, stranger: FlaskClient, taken: int
) -> None:
    address = f"/dossiers/{taken}/expliquer"
    assert "Ce dossier dure" not in adviser.get(f"/dossiers/{taken}/").text
    with app.app_context():
        assert ask_why(taken, utcnow() + LONG_AGO)
    assert "Ce dossier dure" in adviser.get(f"/dossiers/{taken}/").text
    version = adviser.get(address).text.split('name="version" type="hidden" value="')[1].split('"')[0]
    assert "Écrivez une phrase" in adviser.post(address, data={"version": version, "sentence": " \0 "}).text
    said = {"version": version, "sentence": "La commission se réunit <b>en janvier</b> 🥖"}
    assert stranger.post(address, data=said).status_code == 404
    assert adviser.post(address, data=said | {"version": "99999999999"}).status_code == 409
    assert adviser.post(address, data=said).status_code == 303
    assert "Ce dossier dure." not in adviser.get(f"/dossiers/{taken}/").text
    page = app.test_client().get(company_page(app, taken)).text
    assert "Pourquoi cela dure" in page and "&lt;b&gt;en janvier" in page


def test_a_company_comes_back_by_its_own_page(app: Flask, taken: int) -> None:
    with app.app_context():
        with transaction() as session:
            session.get_one(Dossier, taken).waiting_since = shift_workdays(today(), -15)
        assert close_silent(taken, utcnow())
        need_id = db.session.get_one(Dossier, taken).need_id
        inquiry_id = db.session.get_one(Dossier, taken).inquiry_id
        assert going_on(inquiry_id)[need_id].reopenable
    page, company = company_page(app, taken), app.test_client()
    assert "Rouvrir ma demande" in company.get(page).text
    assert company.post(f"{page}rouvrir/2147483647").status_code == 303
    assert company.post("/demandes/1-faux/rouvrir/1").status_code == 404
    for _ in range(2):
        assert company.post(f"{page}rouvrir/{need_id}").status_code == 303
    assert "Rouvrir ma demande" not in company.get(page).text
    with app.app_context():
        dossier = db.session.get_one(Dossier, taken)
        assert (dossier.status, dossier.outcome) == (Status.RECEIVED, None)


def test_the_maison_reads_a_silent_partners_case_and_opens_its_own(app: Flask, opco: Desk) -> None:
    with app.app_context():
        partner = a_desk("france_travail", "france-travail-34", name="Jean Roques")
        led = lead_of(file_need(an_orientation(("france_travail", partner.slug)))).id
        maison = branch("mmr-34")
        assert maison is not None
        reader = a_viewer("Rachel Pons", maison.id, maison.slug, Role.MAISON_ADVISER)
    client = signed_in(app, reader)
    assert client.get(f"/dossiers/{led}/").status_code == 404
    with app.app_context():
        assert remind(led, utcnow() + LONG_AGO)
    assert "le partenaire n’a pas encore répondu" in client.get("/maison/").text
    assert "ouvrir un second parcours" in client.get(f"/dossiers/{led}/").text
    opened = client.post(f"/dossiers/{led}/second-parcours")
    assert opened.status_code == 303 and client.get(opened.location).status_code == 200
    assert "ouvrir un second parcours" not in client.get(f"/dossiers/{led}/").text
    assert signed_in(app, opco.viewer).post(f"/dossiers/{led}/second-parcours").status_code == 404
    with app.app_context():
        assert db.session.get_one(Dossier, led).leads
        assert db.session.query(Dossier).filter_by(outcome=Outcome.NO_NEWS).count() == 0
