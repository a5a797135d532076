"""Counter mode: an adviser types the company's own form, with its agreement, and the case says who."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.abilities import Role, Viewer
from app.directory.models import Branch
from app.dossiers.models import Dossier
from app.extensions import db
from app.inquiries.entering import COUNTER_CONSENT_VERSION
from app.inquiries.models import CounterEntry, Draft, Inquiry
from tests.cases import a_viewer, signed_in
from tests.web.company.baker import CONTACT, NEED, PLACE, draft_in, send, step, text_of

AGREED: Mapping[str, Any] = {
    "contact_name": "Claire Vidal",
    "phone": "06 39 98 12 04",
    "consent_how": "oral",
    "consent_by": "Claire Vidal",
    "consent": "y",
}


def maison_adviser(app: Flask, name: str) -> Viewer:
    with app.app_context():
        branch = db.session.query(Branch).filter_by(slug="mmr-34").one()
        return a_viewer(name, branch.id, branch.slug, Role.MAISON_ADVISER)


@pytest.fixture
def nadia(seeded: Flask) -> FlaskClient:
    return signed_in(seeded, maison_adviser(seeded, "Nadia Roux"))


def opened(adviser: FlaskClient, channel: str = "counter") -> str:
    return draft_in(adviser.post("/maison/saisie", data={"channel": channel}))


def ready(adviser: FlaskClient, channel: str = "counter") -> str:
    draft_id = opened(adviser, channel)
    assert step(adviser, draft_id, "besoin", NEED).location.endswith("/etablissement")
    assert step(adviser, draft_id, "etablissement", PLACE).location.endswith("/contact")
    assert step(adviser, draft_id, "contact", AGREED).location.endswith("/relire")
    return draft_id


def test_a_company_without_email_is_helped_at_the_desk(seeded: Flask, nadia: FlaskClient) -> None:
    draft_id = opened(nadia)
    for name in ("besoin", "etablissement"):
        page = text_of(nadia.get(f"/demandes/nouvelle/{draft_id}/{name}"))
        assert "Vous saisissez pour une entreprise" in page and "au guichet" in page
    draft_id = ready(nadia)
    answer = send(nadia, draft_id)
    page = text_of(nadia.get(answer.location))
    assert (
        "Imprimez cette page pour l’entreprise" in page and "seule copie" in page and answer.location in page
    )
    with seeded.app_context():
        inquiry = db.session.query(Inquiry).one()
        entry = db.session.query(CounterEntry).one()
        assert (inquiry.channel, inquiry.email, inquiry.consent_version) == (
            "counter",
            None,
            COUNTER_CONSENT_VERSION,
        )
        assert inquiry.consent_at == inquiry.filed_at
        assert (entry.consent_how, entry.consent_by) == ("oral", "Claire Vidal")
        lead = db.session.query(Dossier).filter_by(leads=True).one()
        colleague = a_viewer("Paul Vert", lead.branch_id, "x")
        lead_id = lead.id
    case = text_of(signed_in(seeded, colleague).get(f"/dossiers/{lead_id}/"))
    assert "Saisi au guichet par Nadia Roux" in case and "Accord donné de vive voix par Claire Vidal" in case
    company = text_of(seeded.test_client().get(answer.location))
    assert "Nadia" not in company and "Imprimez cette page" not in company


def test_the_telephone_is_another_channel(seeded: Flask, nadia: FlaskClient) -> None:
    send(nadia, ready(nadia, "phone"))
    with seeded.app_context():
        assert db.session.query(Inquiry).one().channel == "phone"


@pytest.mark.parametrize("missing", ["consent", "consent_how", "consent_by", "contact_name", "phone"])
def test_nothing_is_filed_without_the_agreement_nor_a_way_to_call(nadia: FlaskClient, missing: str) -> None:
    draft_id = opened(nadia)
    step(nadia, draft_id, "besoin", NEED)
    step(nadia, draft_id, "etablissement", PLACE)
    kept = {name: value for name, value in AGREED.items() if name != missing}
    assert step(nadia, draft_id, "contact", kept).status_code == 422
    assert send(nadia, draft_id).location.endswith("/contact")


@pytest.mark.parametrize("how", ["", "x", "oral' --", "\x00"])
def test_an_unknown_way_to_agree_is_refused(nadia: FlaskClient, how: str) -> None:
    draft_id = opened(nadia)
    step(nadia, draft_id, "besoin", NEED)
    step(nadia, draft_id, "etablissement", PLACE)
    assert step(nadia, draft_id, "contact", {**AGREED, "consent_how": how}).status_code == 422


def test_the_draft_is_its_adviser_s_alone(seeded: Flask, nadia: FlaskClient) -> None:
    draft_id = ready(nadia)
    others = (seeded.test_client(), signed_in(seeded, maison_adviser(seeded, "Paul Vidal")))
    for other in others:
        for name in ("besoin", "etablissement", "contact", "relire", "ailleurs"):
            assert other.get(f"/demandes/nouvelle/{draft_id}/{name}").status_code == 404
        assert send(other, draft_id).status_code == 404
        assert step(other, draft_id, "etablissement", {"company": "Autre"}).status_code == 404
    assert send(nadia, draft_id).status_code == 303
    for other in others:
        assert other.get(f"/demandes/nouvelle/{draft_id}/relire").status_code == 404
    with seeded.app_context():
        assert db.session.query(Inquiry).one().company == "Boulangerie Vidal"


def test_no_link_of_the_draft_is_sent(nadia: FlaskClient) -> None:
    draft_id = ready(nadia)
    assert "Reprendre plus tard" not in text_of(nadia.get(f"/demandes/nouvelle/{draft_id}/contact"))
    assert nadia.get(f"/demandes/nouvelle/{draft_id}/plus-tard").status_code == 404
    assert step(nadia, draft_id, "plus-tard", {"email": "claire@vidal.exemple.fr"}).status_code == 404


def test_sent_twice_is_one_inquiry(seeded: Flask, nadia: FlaskClient) -> None:
    draft_id = ready(nadia)
    assert send(nadia, draft_id).location == send(nadia, draft_id).location
    with seeded.app_context():
        assert db.session.query(CounterEntry).count() == 1


def test_a_company_cannot_say_it_was_assisted(seeded: Flask) -> None:
    client = seeded.test_client()
    told = {**NEED, "channel": "counter", "adviser_id": "1", "branch_id": "1"}
    draft_id = draft_in(client.post("/demandes/nouvelle", data=told))
    step(client, draft_id, "etablissement", PLACE)
    step(client, draft_id, "contact", {**CONTACT, "consent_how": "oral", "consent_by": "Moi"})
    assert send(client, draft_id).status_code == 303
    with seeded.app_context():
        assert db.session.query(Inquiry).one().channel == "web" and not db.session.query(CounterEntry).count()


@pytest.mark.parametrize("data", [{}, {"channel": "x"}, {"channel": "counter", "maison": "999999"}])
def test_what_cannot_be_chosen_opens_nothing(seeded: Flask, nadia: FlaskClient, data: dict[str, str]) -> None:
    answer = nadia.post("/maison/saisie", data=data)
    with seeded.app_context():
        drafts = db.session.query(Draft).all()
        own = db.session.query(Branch.id).filter_by(slug="mmr-34").scalar()
        assert (answer.status_code == 422 and not drafts) or {one.branch_id for one in drafts} == {own}


def test_only_a_maison_types_for_companies(seeded: Flask) -> None:
    with seeded.app_context():
        branch = db.session.query(Branch).filter_by(slug="opco-ep-occitanie").one()
        adviser = a_viewer("Sonia Ferrer", branch.id, branch.slug)
    assert signed_in(seeded, adviser).get("/maison/saisie").status_code == 403


def test_the_territory_shows_what_the_maison_leads(seeded: Flask, nadia: FlaskClient) -> None:
    send(nadia, ready(nadia))
    page = text_of(nadia.get("/maison/territoire"))
    assert "Aucun dossier piloté par la Maison" in page and "sur 1 besoin en cours" in page
    with seeded.app_context():
        lead = db.session.query(Dossier).filter_by(leads=True).one()
        maison = db.session.query(Branch).filter_by(slug="mmr-34").one()
        for extra in db.session.query(Dossier).filter_by(branch_id=maison.id):
            db.session.delete(extra)
        lead.branch_id = maison.id
        db.session.commit()
    page = text_of(nadia.get("/maison/territoire?apres=x"))
    assert "Boulangerie Vidal" in page and "Personne encore" in page
    assert "Boulangerie Vidal" not in text_of(nadia.get("/maison/territoire?apres=2099-01-01_1"))
