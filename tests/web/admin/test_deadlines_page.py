"""The administrator's page of working days: what makes no sense is refused, what is typed is kept."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.dossiers.clocks import Steps
from app.dossiers.deadline_lines import last_change, lines_in_force
from app.dossiers.deadlines import Target
from app.rulebooks.actions import publish_first_edition
from tests.cases import an_administrator, signed_in

PAGE = "/administration/delais/"
LINE = {
    "version": "0",
    "urgency": "haute",
    "need": "",
    "actor": "opco",
    "first_contact": "4",
    "reminder": "2",
    "second": "3",
    "manager": "4",
    "maison": "6",
    "explain": "30",
    "silence": "15",
}


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    with app.app_context():
        publish_first_edition()
        return signed_in(app, an_administrator())


def test_a_line_is_entered_then_withdrawn_and_both_are_kept(app: Flask, admin: FlaskClient) -> None:
    assert admin.post(PAGE, data=LINE).status_code == 303
    with app.app_context():
        assert lines_in_force() == {Target("haute", None, "opco"): Steps(4, 2, 3, 4, 6, 30, 15)}
    page = admin.get(PAGE).text
    assert "Line Castan" in page and "4 / 2 / 3 / 4 / 6 / 30 / 15" in page
    late = admin.post(PAGE, data=LINE | {"first_contact": "3"})
    assert late.status_code == 409 and 'value="3"' in late.text
    with app.app_context():
        seen = str(last_change())
    gone = {"version": seen, "urgency": "haute", "need": "", "actor": "opco"}
    assert admin.post(f"{PAGE}retirer", data=gone).status_code == 303
    assert "ligne retirée" in admin.get(PAGE).text
    with app.app_context():
        assert lines_in_force() == {}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reminder": "0"}, "entre 1 et 250"),
        ({"reminder": "9" * 40}, "nombre entier"),
        ({"second": "1"}, "vient avant"),
        ({"maison": "3"}, "vient avant"),
        ({"silence": "deux 🥖\0"}, "nombre entier"),
        ({"urgency": "hier"}, "Choisissez une urgence"),
        ({"actor": "inconnu"}, "Choisissez dans la liste"),
        ({"need": "x" * 5000}, "Choisissez dans la liste"),
    ],
)
def test_what_makes_no_sense_is_refused(
    app: Flask, admin: FlaskClient, changes: dict[str, str], said: str
) -> None:
    answer = admin.post(PAGE, data=LINE | changes)
    assert answer.status_code == 400 and said in answer.text
    with app.app_context():
        assert lines_in_force() == {}
