"""Following a scheme and noting calls, over HTTP, without JavaScript."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.dossiers.models import Dossier
from app.extensions import db
from app.inquiries.links import token_for
from app.workbench.models import Prescription
from tests.web.adviser.conftest import status_of, version_in

SCHEME = {"scheme": "contrat_apprentissage"}


@pytest.fixture
def followed(app: Flask, adviser: FlaskClient, taken: int) -> str:
    """The address of a scheme just proposed."""
    assert adviser.post(f"/dossiers/{taken}/aides", data=SCHEME).status_code == 303
    with app.app_context():
        return f"/dossiers/{taken}/aides/{db.session.query(Prescription).one().id}"


def company_page(app: Flask, dossier_id: int) -> str:
    with app.app_context():
        inquiry_id = db.session.get_one(Dossier, dossier_id).inquiry_id
        token = token_for(inquiry_id, 1)
    return app.test_client().get(f"/demandes/{token}/").text


def test_one_click_then_everybody_reads_it(
    app: Flask, adviser: FlaskClient, taken: int, followed: str
) -> None:
    page = adviser.get(f"/dossiers/{taken}/").text
    assert "Proposé, 1 sur 4" in page and followed in page
    assert "Rien n’est encore demandé" in company_page(app, taken)


def test_the_steps_one_after_the_other(app: Flask, adviser: FlaskClient, taken: int, followed: str) -> None:
    for data, words in (
        ({"step": "requested", "on": "2026-11-02"}, "La réponse est attendue"),
        ({"step": "granted", "on": "03/11/2026", "amount": "5 000 €"}, "pour 5\u00a0000\u00a0€"),
        ({"step": "used"}, "Utilisée le"),
    ):
        version = version_in(adviser.get(followed).text)
        assert adviser.post(followed, data={"version": version, **data}).status_code == 303
        assert words in company_page(app, taken)
    assert "plus de suite" in adviser.get(followed).text


def test_a_refusal_needs_its_reason_and_keeps_what_was_typed(adviser: FlaskClient, followed: str) -> None:
    adviser.post(followed, data={"version": "1", "step": "requested"})
    data = {"version": "2", "step": "refused", "comment": "Crédits épuisés"}
    answer = adviser.post(followed, data=data)
    assert answer.status_code == 400
    assert "Choisissez la raison du refus" in answer.text and "Crédits épuisés" in answer.text
    assert adviser.post(followed, data={**data, "refusal": "no_budget"}).status_code == 303


def test_too_late_keeps_what_was_typed(app: Flask, adviser: FlaskClient, followed: str) -> None:
    answer = adviser.post(followed, data={"version": "7", "step": "requested", "comment": "Vu au téléphone"})
    assert answer.status_code == 409
    assert "Trop tard" in answer.text and "Vu au téléphone" in answer.text
    again = {"version": version_in(answer.text), "step": "requested"}
    assert adviser.post(followed, data=again).status_code == 303


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"step": "x"},
        {"step": "granted", "amount": "beaucoup"},
        {"step": "granted", "amount": "9" * 40},
        {"step": "granted", "amount": "-5"},
        {"step": "requested", "amount": "100"},
        {"step": "requested", "on": "31/02/2026"},
        {"step": "requested", "on": "2999-01-01"},
        {"step": "requested", "on": "0001-01-01"},
        {"step": "requested", "comment": "é" * 900},
        {"step": ["requested\0", "used"]},
    ],
)
def test_nothing_odd_is_written(
    app: Flask, adviser: FlaskClient, followed: str, data: dict[str, str]
) -> None:
    assert adviser.post(followed, data={"version": "1", **data}).status_code == 400
    with app.app_context():
        assert db.session.query(Prescription).one().step == "proposed"


@pytest.mark.parametrize("scheme", ["", "x", "\0", "é" * 5000, "pmsmp"])
def test_only_what_the_decision_holds_is_proposed(
    app: Flask, adviser: FlaskClient, taken: int, scheme: str
) -> None:
    assert adviser.post(f"/dossiers/{taken}/aides", data={"scheme": scheme}).status_code == 409
    with app.app_context():
        assert not db.session.query(Prescription).count()


def test_a_scheme_of_another_case_does_not_exist(
    stranger: FlaskClient, adviser: FlaskClient, followed: str
) -> None:
    assert stranger.get(followed).status_code == 404
    assert stranger.post(followed, data={"version": "1", "step": "requested"}).status_code == 404
    assert adviser.get(followed[: followed.rindex("/")] + "/99999").status_code == 404


def test_calls_in_one_click_and_what_they_allow(adviser: FlaskClient, taken: int, app: Flask) -> None:
    address = f"/dossiers/{taken}"
    page = adviser.get(f"{address}/clore").text
    assert "deux jours différents" in page
    data = {"version": version_in(page), "outcome": "unreachable", "comment": "Trois appels"}
    answer = adviser.post(f"{address}/clore", data=data)
    assert answer.status_code == 400 and "Trois appels" in answer.text
    assert status_of(app, taken) == "taken"
    assert (
        adviser.post(
            f"{address}/appels", data={"call": "no_answer", "note": "Sonne\0 \U0001f4de"}
        ).status_code
        == 303
    )
    page = adviser.get(f"{address}/").text
    assert "Appel sans réponse" in page and "Sonne \U0001f4de" in page
    assert adviser.post(f"{address}/appels", data={"call": "reached"}).status_code == 303
    assert "Premier échange le" in adviser.get(f"{address}/").text


@pytest.mark.parametrize("call", ["", "x", "no_answer\0"])
def test_a_call_of_no_kind_is_refused(adviser: FlaskClient, taken: int, call: str) -> None:
    assert adviser.post(f"/dossiers/{taken}/appels", data={"call": call}).status_code == 400
