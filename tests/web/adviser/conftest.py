"""A branch, one of its advisers in a browser, and a case on their desk."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.dossiers.actions import take
from app.dossiers.models import Dossier
from app.extensions import db
from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need, lead_of, signed_in


@pytest.fixture
def cma(app: Flask) -> Desk:
    with app.app_context():
        publish_first_edition()
        a_maison()
        return a_desk("cma", "cma-34", name="Karim Haddad")


@pytest.fixture
def opco(app: Flask, cma: Desk) -> Desk:
    with app.app_context():
        return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def dossier_id(app: Flask, opco: Desk) -> int:
    with app.app_context():
        need = file_need(an_orientation(("opco", opco.slug), ("cma", "cma-34")))
        return lead_of(need).id


@pytest.fixture
def adviser(app: Flask, opco: Desk) -> FlaskClient:
    return signed_in(app, opco.viewer)


@pytest.fixture
def taken(app: Flask, opco: Desk, dossier_id: int) -> int:
    with app.app_context():
        take(opco.viewer, dossier_id, 1)
    return dossier_id


@pytest.fixture
def stranger(app: Flask, opco: Desk) -> FlaskClient:
    """An adviser of a branch nobody asked."""
    with app.app_context():
        return signed_in(app, a_desk("cci", "cci-34", name="Line Puech").viewer)


def status_of(app: Flask, dossier_id: int) -> str:
    with app.app_context():
        return db.session.get_one(Dossier, dossier_id).status


def version_in(page: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found
    return found[1]
