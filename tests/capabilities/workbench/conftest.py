"""A need followed by two branches, and a branch that has nothing to do with it."""

from __future__ import annotations

import pytest
from flask import Flask

from app.dossiers.actions import take
from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need, lead_of


@pytest.fixture
def opco(context: Flask) -> Desk:
    publish_first_edition()
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def cma(opco: Desk) -> Desk:
    return a_desk("cma", "cma-34", name="Karim Haddad")


@pytest.fixture
def stranger(opco: Desk) -> Desk:
    return a_desk("cci", "cci-34", name="Line Puech")


@pytest.fixture
def need(opco: Desk, cma: Desk) -> int:
    return file_need(an_orientation(("opco", opco.slug), ("cma", cma.slug)))


@pytest.fixture
def taken(need: int, opco: Desk) -> int:
    """The leading dossier, taken."""
    dossier = lead_of(need)
    take(opco.viewer, dossier.id, dossier.version)
    return dossier.id
