"""The company writes on its page and reads what it was answered; nothing else of the case is there."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.exchanges.actions import Written, adviser_writes
from app.exchanges.audiences import Audience
from app.exchanges.models import Attachment, Message
from app.extensions import db
from app.inquiries.actions import revoke_link
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry
from tests.cases import Desk, an_orientation, file_need, lead_of


@pytest.fixture
def need_id(app: Flask, opco: Desk) -> int:
    with app.app_context():
        return file_need(an_orientation(("opco", opco.slug)))


def test_the_company_writes_and_reads_the_answer(
    app: Flask, client: FlaskClient, opco: Desk, need_id: int, link: str
) -> None:
    sent = {
        f"besoin{need_id}-text": "L’après-midi <b>",
        f"besoin{need_id}-files": (BytesIO(b"%PDF"), "x.txt"),
    }
    refused = client.post(f"{link}/messages/{need_id}", data=sent)
    assert refused.status_code == 422 and "L’après-midi &lt;b&gt;" in refused.text
    sent[f"besoin{need_id}-files"] = (BytesIO(b"mes horaires"), "horaires.txt")
    sent[f"besoin{need_id}-text"] = "L’après-midi <b>"
    answer = client.post(f"{link}/messages/{need_id}", data=sent)
    assert answer.status_code == 303 and answer.location.endswith(f"#messages-{need_id}")
    with app.app_context():
        lead = lead_of(need_id).id
        for audience in Audience:
            adviser_writes(opco.viewer, lead, audience, Written(f"pour {audience.value}", "a" * 32))
        number = db.session.query(Attachment).one().id
    page = client.get(f"{link}/").text
    assert "L’après-midi &lt;b&gt;" in page and "pour company" in page and "horaires.txt" in page
    assert "pour actors" not in page and "pour team" not in page
    given = client.get(f"{link}/pieces/{number}")
    assert given.data == b"mes horaires" and given.headers["X-Robots-Tag"].startswith("noindex")


def test_another_company_reaches_nothing(app: Flask, client: FlaskClient, need_id: int, link: str) -> None:
    sent = {f"besoin{need_id}-files": (BytesIO(b"secret"), "a.txt")}
    assert client.post(f"{link}/messages/{need_id}", data=sent).status_code == 303
    with app.app_context():
        other_need = file_need(an_orientation(("opco", "opco-ep-occitanie")), company="Garage Puech")
        other = db.session.query(Inquiry).filter_by(company="Garage Puech").one()
        theirs = f"/demandes/{token_for(other.id, 1)}"
        number = db.session.query(Attachment).one().id
    assert client.get(f"{theirs}/pieces/{number}").status_code == 404
    for wrong in (need_id, 2147483647):
        assert client.post(f"{theirs}/messages/{wrong}", data={f"besoin{wrong}-text": "x"}).status_code == 404
    assert (
        client.post(f"{link}/messages/{other_need}", data={f"besoin{other_need}-text": "x"}).status_code
        == 404
    )
    with app.app_context():
        revoke_link(db.session.query(Inquiry).filter_by(company="Boulangerie Vidal").one().id)
    assert client.get(f"{link}/pieces/{number}").status_code == 404
    assert client.post(f"{link}/messages/{need_id}", data={f"besoin{need_id}-text": "x"}).status_code == 404
    with app.app_context():
        assert db.session.query(Message).count() == 1


@pytest.mark.parametrize("text", ["", " \x00 ", "é" * 4001])
def test_an_odd_message_is_a_page(client: FlaskClient, need_id: int, link: str, text: str) -> None:
    answer = client.post(f"{link}/messages/{need_id}", data={f"besoin{need_id}-text": text})
    assert answer.status_code == 422 and "besoin" in answer.text


def test_a_body_too_large_is_refused_before_it_is_read(client: FlaskClient, need_id: int, link: str) -> None:
    sent = {f"besoin{need_id}-files": (BytesIO(b"x" * (52 * 1024 * 1024)), "a.txt")}
    assert client.post(f"{link}/messages/{need_id}", data=sent).status_code == 413
