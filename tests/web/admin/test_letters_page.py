"""The administrator's page of letters: what failed, why, and again; the case says what did not arrive."""

from __future__ import annotations

import smtplib

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.mailbox import actions
from app.mailbox.actions import send_waiting
from app.mailbox.kinds import LetterStatus
from app.mailbox.models import Letter
from app.rulebooks.actions import publish_first_edition
from tests.cases import a_desk, a_maison, an_administrator, an_orientation, file_need, lead_of, signed_in
from tests.pure.test_bounces import report

PAGE = "/administration/lettres/"


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    with app.app_context():
        publish_first_edition()
        return signed_in(app, an_administrator())


def test_dead_letters_are_explained_and_leave_again(
    app: Flask, admin: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise smtplib.SMTPRecipientsRefused({"contact@secret.exemple.fr": (550, b"secret")})

    with app.app_context():
        a_maison()
        opco = a_desk("opco", "opco-ep-occitanie")
        dossier_id = lead_of(file_need(an_orientation(("opco", opco.slug)))).id
        monkeypatch.setattr(actions, "send", refuse)
        send_waiting()
        monkeypatch.undo()
        first, second = [one.id for one in db.session.query(Letter).order_by(Letter.id)]
    page = admin.get(PAGE).text
    assert "refuse cette adresse (550)" in page and "secret" not in page and "Boulangerie" not in page
    case = signed_in(app, opco.viewer).get(f"/dossiers/{dossier_id}/").text
    assert "Le dernier e-mail n’est pas arrivé." in case
    assert admin.post(f"{PAGE}{first}/renvoyer").status_code == 303
    assert "à renvoyer" in admin.post(f"{PAGE}2147483647/renvoyer", follow_redirects=True).text
    assert "1 lettre repart." in admin.post(f"{PAGE}renvoyer", follow_redirects=True).text
    with app.app_context():
        assert send_waiting().sent == 2
        assert not actions.resend(second)
    assert "Toutes les lettres arrivent" in admin.get(f"{PAGE}?avant=%00").text
    assert "n’est pas arrivé" not in signed_in(app, opco.viewer).get(f"/dossiers/{dossier_id}/").text


def test_a_bounce_read_on_the_standard_input_marks_its_letter(app: Flask) -> None:
    with app.app_context():
        a_maison()
        a_desk("opco", "opco-ep-occitanie")
        file_need(an_orientation(("opco", "opco-ep-occitanie")))
        send_waiting()
        letter = db.session.query(Letter).filter_by(kind="acknowledgement").one()
        raw = report().replace(b"<abc123@localhost>", letter.message_id.encode())
    run = app.test_cli_runner().invoke
    assert run(args=["mail", "bounce"], input=raw).output == '{"bounced": 1}\n'
    assert run(args=["mail", "bounce"], input=raw).output == '{"bounced": 0}\n'
    assert run(args=["mail", "bounce"], input=b"\xff\x00n'importe quoi").output == '{"bounced": 0}\n'
    with app.app_context():
        letter = db.session.query(Letter).filter_by(kind="acknowledgement").one()
        assert (letter.status, letter.last_error) == (LetterStatus.BOUNCED, "Bounce 5.1.1")
