"""A branch that may be asked, and the secret link of the one company that filed."""

from __future__ import annotations

import pytest
from flask import Flask

from app.extensions import db
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry
from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_maison


@pytest.fixture
def opco(app: Flask) -> Desk:
    with app.app_context():
        publish_first_edition()
        a_maison()
        return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def link(app: Flask, need_id: int) -> str:
    """Where the company of `need_id`, given by each subject, follows its request."""
    with app.app_context():
        return f"/demandes/{token_for(db.session.query(Inquiry).one().id, 1)}"
