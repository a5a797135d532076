"""The company's gestures over HTTP: a GET changes nothing, a wrong value is a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.dossiers.actions import take
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.lifecycle import Outcome, Status
from app.dossiers.models import Dossier, Event
from app.exchanges.models import CallAnswer, LinkRequest, Withdrawal
from app.extensions import db
from app.inquiries.links import token_for
from app.inquiries.models import Correction, Inquiry, Need
from app.kernel.clock import today, utcnow
from tests.cases import Desk, an_orientation, file_need, lead_of
from tests.web.company.baker import text_of


@pytest.fixture
def need_id(app: Flask, opco: Desk) -> int:
    with app.app_context():
        need = file_need(an_orientation(("opco", opco.slug)))
        take(opco.viewer, lead_of(need).id, 1)
        return need


def written(app: Flask) -> int:
    """Rows that only a gesture of the company adds."""
    with app.app_context():
        tables = (CallAnswer, Withdrawal, Correction, LinkRequest)
        versions = sum(one.link_version for one in db.session.query(Inquiry))
        return sum(db.session.query(table).count() for table in tables) + versions


def test_a_scanner_that_follows_every_link_changes_nothing(
    app: Flask, client: FlaskClient, need_id: int, link: str
) -> None:
    before = written(app)
    for path in ("/", f"/appel/{need_id}", "/retirer", "/coordonnees", "/lien"):
        assert client.get(link + path).status_code == 200
    assert client.get(f"{link}/pas-encore/{need_id}").status_code == 405
    assert client.get("/demandes/mon-lien").status_code == 200
    assert written(app) == before


def test_yes_not_yet_and_another_day(
    app: Flask, client: FlaskClient, opco: Desk, need_id: int, link: str
) -> None:
    assert "Avez-vous été appelé" not in text_of(client.get(f"{link}/")), (
        "not on the very day, before anyone called"
    )
    with app.app_context():
        log_call(opco.viewer, lead_of(need_id).id, Call.REACHED)
    assert "Avez-vous été appelé ?" in text_of(client.get(f"{link}/"))
    client.post(f"{link}/pas-encore/{need_id}")
    with app.app_context():
        assert lead_of(need_id).first_contact_on is None
    yesterday = (today() - timedelta(days=1)).strftime("%d/%m/%Y")
    assert client.post(f"{link}/appel/{need_id}", data={"on": yesterday}).status_code == 303
    page = text_of(client.get(f"{link}/"))
    assert "L’appel est noté" in page and "Avez-vous été appelé" not in page


def test_the_title_says_where_the_request_stands(app: Flask, client: FlaskClient, opco: Desk) -> None:
    """Never « C’est noté » above a call that is overdue, nor a promise in the present for a day that passed."""
    with app.app_context():
        need = file_need(an_orientation(("opco", opco.slug)), at=utcnow() - timedelta(days=60))
        inquiry = db.session.get_one(Inquiry, db.session.get_one(Need, need).inquiry_id)
        url = f"/demandes/{token_for(inquiry.id, inquiry.link_version)}/"
    late = text_of(client.get(url))
    assert "Votre demande attend une réponse" in late and "devait vous joindre" in late
    assert "C’est noté" not in late and "doit vous joindre" not in late
    with app.app_context():
        take(opco.viewer, lead_of(need).id, 1)
        log_call(opco.viewer, lead_of(need).id, Call.REACHED)
    talked = text_of(client.get(url))
    assert "Où en est votre demande" in talked and "C’est noté" not in talked


@pytest.mark.parametrize("on", ["", "hier", "\x00", "99/99/9999", "01/01/2001", "01/01/2100", "é" * 3000])
def test_an_odd_day_is_a_sentence(app: Flask, client: FlaskClient, need_id: int, link: str, on: str) -> None:
    answer = client.post(f"{link}/appel/{need_id}", data={"on": on})
    assert answer.status_code == 422 and "à corriger" in text_of(answer)
    with app.app_context():
        assert lead_of(need_id).first_contact_on is None


def test_a_withdrawn_request_reads_so(app: Flask, client: FlaskClient, need_id: int, link: str) -> None:
    assert client.post(f"{link}/retirer", data={"reason": "solved"}).status_code == 422
    for odd in ("0", "x", "99999999999999999999", "\x00"):
        assert client.post(f"{link}/retirer", data={"needs": [odd]}).status_code == 422
    assert client.post(f"{link}/retirer", data={"needs": [str(need_id)], "reason": "zzz"}).status_code == 422
    assert (
        client.post(f"{link}/retirer", data={"needs": [str(need_id)], "reason": "solved"}).status_code == 303
    )
    page = text_of(client.get(f"{link}/"))
    assert "Vous avez retiré cette demande." in page and "Retirer ma demande" not in page
    assert client.post(f"{link}/retirer", data={"needs": [str(need_id)]}).status_code == 422
    with app.app_context():
        dossier = db.session.query(Dossier).one()
        assert (dossier.status, dossier.outcome) == (Status.CLOSED, Outcome.WITHDRAWN)
        assert "C’est réglé" in str(db.session.query(Event).order_by(Event.id.desc()).first().why)  # type: ignore[union-attr]


def test_a_corrected_contact_is_shown_and_what_was_typed_is_kept(
    app: Flask, client: FlaskClient, link: str
) -> None:
    wrong = {"contact_name": "Paul <b>", "phone": "06 39", "email": "paul@"}
    answer = client.post(f"{link}/coordonnees", data=wrong)
    assert answer.status_code == 422 and "Paul &lt;b&gt;" in answer.text and "06 39" in answer.text
    assert client.post(f"{link}/coordonnees", data={"contact_name": "Paul"}).status_code == 422
    good = {"contact_name": "Paul Vidal", "phone": "0639980000", "preferred_time": "Le matin"}
    assert client.post(f"{link}/coordonnees", data=good).status_code == 303
    assert "06 39 98 00 00" in text_of(client.get(f"{link}/"))
    assert "Paul Vidal" in client.get(f"{link}/coordonnees").text
    with app.app_context():
        inquiry = db.session.query(Inquiry).one()
        assert inquiry.contact.email is None and inquiry.email == "contact@boulangerie.exemple.fr"


def test_a_renewed_link_leads_to_the_new_page(client: FlaskClient, link: str) -> None:
    answer = client.post(f"{link}/lien")
    assert answer.status_code == 303 and not answer.location.startswith(link)
    assert client.get(answer.location).status_code == 200
    assert client.get(f"{link}/").status_code == 404
    assert "Recevoir mon lien" in client.get(f"{link}/").text


@pytest.mark.parametrize(
    "asked",
    ["contact@boulangerie.exemple.fr", "personne@exemple.fr", "GO-26-ZZZZZZ", "q%z", "' OR ''='", "💥"],
)
def test_whoever_asks_reads_the_same_answer(app: Flask, client: FlaskClient, link: str, asked: str) -> None:
    answer = client.post("/demandes/mon-lien", data={"asked": asked})
    assert answer.status_code == 200 and asked not in answer.text
    assert answer.text == client.post("/demandes/mon-lien", data={"asked": "autre@exemple.fr"}).text
    with app.app_context():
        assert db.session.query(LinkRequest).count() == 2


@pytest.mark.parametrize("asked", ["", "   ", "é" * 255, "x" * 1_500_000])
def test_what_cannot_be_a_reference_is_refused(client: FlaskClient, asked: str) -> None:
    assert client.post("/demandes/mon-lien", data={"asked": asked}).status_code in (413, 422)


def test_a_request_closed_without_news_is_opened_again_in_a_click(
    app: Flask, client: FlaskClient, need_id: int, link: str
) -> None:
    assert client.post(f"{link}/rouvrir/{need_id}").status_code == 303
    assert "Ce besoin n’est pas à rouvrir." in text_of(client.get(f"{link}/"))
    with app.app_context():
        dossier = db.session.query(Dossier).one()
        dossier.status, dossier.outcome, dossier.closed_at = Status.CLOSED, Outcome.NO_NEWS, utcnow()
        db.session.commit()
    assert "Rouvrir ma demande" in text_of(client.get(f"{link}/"))
    assert client.post(f"{link}/rouvrir/{need_id}").status_code == 303
    page = text_of(client.get(f"{link}/"))
    assert "Votre demande est rouverte." in page and "Rouvrir ma demande" not in page
