"""What every page shows around its content."""

import re

from flask import Flask
from flask.testing import FlaskClient

from app.accounts.records import mark
from app.extensions import transaction
from app.web.navigation import REMEMBERED


def test_a_page_has_its_landmarks_and_a_way_to_skip(client: FlaskClient) -> None:
    page = client.get("/connexion").get_data(as_text=True)
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert '<html lang="fr"' in page
    for landmark in ("<header", "<main", "<footer"):
        assert page.count(landmark) == 1
    skip = re.search(r'class="skip"><a href="#([\w-]+)"', page)
    assert skip and f'id="{skip[1]}"' in page


def test_a_visitor_sees_no_desk(client: FlaskClient) -> None:
    page = client.get("/territoires/").get_data(as_text=True)
    assert 'href="/territoires/"' in page and "Se connecter" in page
    assert 'href="/dossiers/"' not in page and 'href="/administration/"' not in page


def test_a_marked_database_is_said_on_every_page(app: Flask, client: FlaskClient) -> None:
    app.extensions.pop(REMEMBERED, None)
    assert "Démonstration" not in client.get("/connexion").get_data(as_text=True)
    with app.app_context(), transaction() as session:
        mark(session, "demo", "done")
    app.extensions.pop(REMEMBERED, None)
    for path in ("/connexion", "/territoires/", "/rien-ici"):
        assert "Démonstration" in client.get(path).get_data(as_text=True)
    app.extensions.pop(REMEMBERED, None)
