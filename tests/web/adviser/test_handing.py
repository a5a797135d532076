"""Passing, asking, answering, undoing: over HTTP, without JavaScript."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.dossiers.lifecycle import Status
from app.dossiers.models import Dossier
from app.extensions import db
from tests.cases import Desk, serves, signed_in
from tests.web.adviser.conftest import status_of, version_in

HOSTILE = ["", "inconnue", "\x00", "é" * 5000, "😀", "1", "antenne-cma-34", "../cma-34"]


@pytest.fixture
def receiver(app: Flask, cma: Desk) -> FlaskClient:
    with app.app_context():
        serves(cma, "departement", "34")
    return signed_in(app, cma.viewer)


def asked(app: Flask, taken: int) -> int:
    """The dossier the relay was offered to."""
    with app.app_context():
        return db.session.query(Dossier).filter_by(offered_by_id=taken).one().id


def sent(client: FlaskClient, url: str, **fields: str) -> int:
    page = client.get(url.rpartition("/relais")[0] + "/" if "relais" in url else url).text
    return client.post(url, data={"version": version_in(page), **fields}).status_code


def test_a_case_goes_from_one_to_the_other(
    app: Flask, adviser: FlaskClient, receiver: FlaskClient, taken: int
) -> None:
    page = adviser.get(f"/dossiers/{taken}/passer").text
    assert "Raison de cma" in page and "Maison" in page
    assert sent(adviser, f"/dossiers/{taken}/passer", branch="cma-34", comment="Un artisan") == 303
    assert "Relais proposé à" in adviser.get(f"/dossiers/{taken}/").text
    other = asked(app, taken)
    assert "Relais proposé" in receiver.get("/dossiers/").text
    assert "vous propose de prendre le relais" in receiver.get(f"/dossiers/{other}/").text
    page = receiver.get(f"/dossiers/{other}/").text
    answer = receiver.post(f"/dossiers/{other}/relais/accepter", data={"version": version_in(page)})
    assert answer.status_code == 303
    assert (status_of(app, taken), status_of(app, other)) == (Status.HANDED_OVER, Status.TAKEN)


def test_searching_keeps_what_was_typed_and_offers_nothing(
    app: Flask, adviser: FlaskClient, taken: int
) -> None:
    page = adviser.post(
        f"/dossiers/{taken}/passer", data={"words": "zzz", "search": "1", "comment": "Déjà écrit"}
    )
    assert page.status_code == 200
    assert "Déjà écrit" in page.text and "Aucune antenne de ce nom" in page.text
    assert "Relais proposé à" not in adviser.get(f"/dossiers/{taken}/").text


@pytest.mark.parametrize("slug", HOSTILE)
@pytest.mark.parametrize("page", ["passer", "appui"])
def test_what_is_no_branch_is_refused_with_a_sentence(
    adviser: FlaskClient, taken: int, page: str, slug: str
) -> None:
    answer = adviser.post(f"/dossiers/{taken}/{page}", data={"branch": slug, "words": slug, "version": slug})
    assert answer.status_code == 400
    assert "Choisissez une antenne" in answer.text or "caractères" in answer.text or "longer" in answer.text


def test_a_relay_is_refused_then_the_refusal_undone(
    app: Flask, adviser: FlaskClient, receiver: FlaskClient, taken: int
) -> None:
    sent(adviser, f"/dossiers/{taken}/passer", branch="cma-34")
    other = asked(app, taken)
    page = receiver.get(f"/dossiers/{other}/relais/refuser").text
    fields = {"reason": "no_capacity", "version": version_in(page)}
    assert receiver.post(f"/dossiers/{other}/relais/refuser", data=fields).status_code == 303
    assert "Relais proposé à" not in adviser.get(f"/dossiers/{taken}/").text
    page = receiver.get(f"/dossiers/{other}/").text
    assert "Annuler ce geste" in page
    undone = receiver.post(f"/dossiers/{other}/annuler", data={"version": version_in(page)})
    assert undone.status_code == 303
    assert asked(app, taken) == other


def test_too_late_to_undo_is_said(app: Flask, adviser: FlaskClient, opco: Desk, dossier_id: int) -> None:
    answer = adviser.post(f"/dossiers/{dossier_id}/annuler", data={"version": "1"})
    assert answer.status_code == 409 and "ne peut plus être annulé" in answer.text


def test_a_support_is_asked(app: Flask, adviser: FlaskClient, receiver: FlaskClient, taken: int) -> None:
    page = adviser.get(f"/dossiers/{taken}/appui").text
    assert "mmr-34" in page
    assert sent(adviser, f"/dossiers/{taken}/appui", branch="mmr-34") == 303
    assert "Antenne mmr-34" in adviser.get(f"/dossiers/{taken}/").text


def test_waiting_then_going_on(app: Flask, adviser: FlaskClient, taken: int) -> None:
    assert sent(adviser, f"/dossiers/{taken}/attendre", comment="Une réponse") == 303
    page = adviser.get(f"/dossiers/{taken}/").text
    assert "Attend l’entreprise" in page and "Reprendre" in page
    answer = adviser.post(f"/dossiers/{taken}/reprendre", data={"version": version_in(page)})
    assert answer.status_code == 303
    assert "Reprend après l’attente" in adviser.get(f"/dossiers/{taken}/").text
