"""An opinion in a minute, a result in two clicks; following a link answers nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.dossiers.actions import close, take
from app.dossiers.lifecycle import Outcome
from app.extensions import db
from app.kernel.clock import utcnow
from app.opinions.actions import ask_opinions, ask_results
from app.opinions.models import LaterResult, Opinion
from tests.cases import Desk, an_orientation, file_need, lead_of, signed_in
from tests.web.company.baker import text_of


@pytest.fixture
def need_id(app: Flask, opco: Desk) -> int:
    with app.app_context():
        need = file_need(an_orientation(("opco", opco.slug)))
        take(opco.viewer, lead_of(need).id, 1)
        dossier = lead_of(need)
        close(opco.viewer, dossier.id, dossier.version, Outcome.NO_HELP)
        ask_opinions(utcnow() + timedelta(days=1))
        ask_results(utcnow() + timedelta(days=100))
        return need


def answered(app: Flask) -> int:
    with app.app_context():
        opinions = db.session.query(Opinion).filter(Opinion.answered_at.is_not(None)).count()
        return opinions + db.session.query(LaterResult).filter(LaterResult.answered_at.is_not(None)).count()


def test_following_links_answers_nothing(app: Flask, client: FlaskClient, need_id: int, link: str) -> None:
    page = text_of(client.get(f"{link}/"))
    assert "Donner mon avis" in page and "3 mois après" in page
    chosen = client.get(f"{link}/resultat/{need_id}/3?reponse=solved")
    assert 'value="solved" checked' in chosen.text and client.get(f"{link}/avis/{need_id}").status_code == 200
    assert answered(app) == 0


def test_an_opinion_then_a_result(
    app: Flask, client: FlaskClient, opco: Desk, need_id: int, link: str
) -> None:
    sent = {"contacted": "oui", "useful": "no", "led_to": "nothing", "comment": "Trop <b>long"}
    assert client.post(f"{link}/avis/{need_id}", data=sent).status_code == 303
    assert client.post(f"{link}/resultat/{need_id}/3", data={"reponse": "partly"}).status_code == 303
    page = text_of(client.get(f"{link}/"))
    assert "Votre avis est noté." in page and "vous avez répondu : c’est réglé en partie" in page
    assert "Trop &lt;b&gt;long" in client.get(f"{link}/avis/{need_id}").text
    with app.app_context():
        dossier_id = lead_of(need_id).id
    desk = text_of(signed_in(app, opco.viewer).get(f"/dossiers/{dossier_id}/"))
    assert (
        "Ce qu’en dit l’entreprise" in desk
        and "Trop &lt;b&gt;long" in desk
        and "Avis de l’entreprise" in desk
    )
    assert answered(app) == 2


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"contacted": "oui"},
        {"contacted": "peut-être", "useful": "yes"},
        {"contacted": "oui", "useful": "\x00"},
        {"contacted": "oui", "useful": "yes", "comment": "é" * 2001},
    ],
)
def test_an_odd_opinion_is_a_sentence(
    app: Flask, client: FlaskClient, need_id: int, link: str, sent: dict[str, str]
) -> None:
    assert client.post(f"{link}/avis/{need_id}", data=sent).status_code == 422
    assert answered(app) == 0


def test_an_unknown_result_is_refused(app: Flask, client: FlaskClient, need_id: int, link: str) -> None:
    for reponse in ("", "zzz", "\x00"):
        assert client.post(f"{link}/resultat/{need_id}/3", data={"reponse": reponse}).status_code == 422
        assert (
            client.get(f"{link}/resultat/{need_id}/3", query_string={"reponse": reponse}).status_code == 200
        )
    assert client.post(f"{link}/resultat/{need_id}/6", data={"reponse": "solved"}).status_code == 303
    for path in (
        f"resultat/{need_id}/4",
        f"resultat/{need_id + 1}/3",
        f"avis/{need_id + 1}",
        "avis/2147483647",
    ):
        assert client.get(f"{link}/{path}").status_code == 404
        assert client.post(f"{link}/{path}", data={"reponse": "solved"}).status_code in (404, 422)
    assert answered(app) == 0
