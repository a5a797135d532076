"""Proposed local actors, decided by an administrator."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.directory import queries
from app.extensions import db, transaction
from app.proposals.models import BranchProposal
from tests.web.admin.test_directory_pages import FORM, admin, desk, page_of

__all__ = ["admin", "desk"]

URL = "/administration/propositions/"


@pytest.fixture
def number(desk: Flask) -> int:
    with desk.app_context(), transaction() as session:
        row = BranchProposal(
            source="local-services",
            reference="fictif-1",
            actor="mission_locale",
            name="Mission locale fictive",
            commune="34142",
            served=["34142"],
            address="1 rue inventée",
            email="accueil@fictif.exemple",
        )
        session.add(row)
        session.flush()
        return row.id


def decision(app: Flask, number: int) -> tuple[str, str | None, int]:
    with app.app_context():
        row = db.session.get_one(BranchProposal, number)
        return row.decision, row.branch, row.version


def test_a_proposal_is_listed_and_says_what_its_source_says(admin: FlaskClient, number: int) -> None:
    assert "Mission locale fictive" in page_of(admin.get(URL))
    page = page_of(admin.get(f"{URL}{number}/"))
    for told in (
        "accueil@fictif.exemple",
        "1 rue inventée",
        "département 34",
        "non publié",
        "déjà servi par",
    ):
        assert told in page
    assert "Aucun acteur" in page_of(admin.get(f"{URL}?reseau=cci"))


def test_what_is_accepted_serves_its_territory(desk: Flask, admin: FlaskClient, number: int) -> None:
    sent = FORM | {"actor": "mission_locale", "opco": "", "mailbox_verified_on": "", "zones": "34142"}
    assert admin.post(f"{URL}{number}/", data=sent).status_code == 303
    state, slug, version = decision(desk, number)
    assert (state, version) == ("acceptee", 2) and slug
    with desk.app_context():
        snapshot = queries.snapshot()
        found = snapshot.branch_for("mission_locale", snapshot.places["34142"])
        assert found is not None and found.slug == slug and not found.told
    late = admin.post(f"{URL}{number}/", data=sent)
    assert late.status_code == 409 and "Trop tard" in page_of(late)
    assert slug in admin.get(f"{URL}{number}/").text


def test_a_mistake_decides_nothing_and_keeps_what_was_typed(
    desk: Flask, admin: FlaskClient, number: int
) -> None:
    sent = FORM | {"actor": "mission_locale", "opco": "", "zones": "Atlantide", "name": "Nom repris"}
    answer = admin.post(f"{URL}{number}/", data=sent)
    assert answer.status_code == 400 and "Nom repris" in page_of(answer) and "Atlantide" in page_of(answer)
    assert decision(desk, number) == ("a_decider", None, 1)


def test_set_aside_then_taken_up_again(desk: Flask, admin: FlaskClient, number: int) -> None:
    assert admin.post(f"{URL}{number}/", data={"verb": "set_aside", "version": "1"}).status_code == 303
    assert decision(desk, number)[0] == "ecartee"
    assert "Mission locale fictive" in page_of(admin.get(f"{URL}?etat=ecartee"))
    assert admin.post(f"{URL}{number}/", data={"verb": "set_aside", "version": "2"}).status_code == 409
    assert admin.post(f"{URL}{number}/", data={"verb": "take_up_again", "version": "2"}).status_code == 303
    assert admin.post(f"{URL}{number}/", data={"verb": "take_up_again", "version": "3"}).status_code == 409
    assert decision(desk, number) == ("a_decider", None, 3)


@pytest.mark.parametrize("address", ["0/", "abc/", "99999999999999999999/", "-1/", "%00/"])
def test_an_unknown_proposal_is_not_found(admin: FlaskClient, number: int, address: str) -> None:
    assert admin.get(URL + address).status_code == 404


@pytest.mark.parametrize("query", ["etat=x", "apres=99999999999999999999", "reseau=%00", "apres=-1"])
def test_any_filter_may_be_asked(admin: FlaskClient, number: int, query: str) -> None:
    assert admin.get(f"{URL}?{query}").status_code == 200
