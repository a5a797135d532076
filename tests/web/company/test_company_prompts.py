"""The form helps before it asks: misspelt communes, words already said, one page of choices, one more need."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.dossiers.lifecycle import Part
from app.dossiers.models import Dossier
from app.extensions import db
from app.inquiries.models import Inquiry, Need
from app.territory.queries import misspelt_communes
from tests.web.company.baker import CONTACT, NEED, PLACE, begin, ready, send, step, text_of

BAKER = {"words": "je cherche un boulanger sur Lodève", "needs": ["rec_trouver_candidats"], "part": "needs"}


@pytest.mark.parametrize(
    ("typed", "meant"), [("Montpelier", "34172"), ("Toulouze", "31555"), ("castelnau le lès", "34057")]
)
def test_a_misspelt_commune_is_proposed_and_never_decided(seeded: Flask, typed: str, meant: str) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    answer = step(client, draft_id, "etablissement", {**PLACE, "commune": typed})
    assert answer.status_code == 422
    assert "ne s’écrit ainsi" in text_of(answer) and f'value="{meant}"' in answer.text
    chosen = step(client, draft_id, "etablissement", {**PLACE, "commune": typed, "commune_code": meant})
    assert chosen.location.endswith("/contact")


@pytest.mark.parametrize(
    "typed", ["", "x", "Trifouilly", "Bordeaux", "75011 Paris", "١٢٣", "\x00", "é" * 5000]
)
def test_nothing_is_proposed_for_what_resembles_no_commune(seeded_context: Flask, typed: str) -> None:
    assert misspelt_communes(typed) == []


def test_the_sentence_fills_the_place_and_the_job_to_be_corrected(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client, BAKER)
    page = text_of(client.get(f"/demandes/nouvelle/{draft_id}/etablissement"))
    assert 'value="Lodève 34700"' in page and "Trouvée dans votre phrase" in page
    step(client, draft_id, "etablissement", {**PLACE, "commune": "Lodève 34700"})
    page = text_of(client.get(f"/demandes/nouvelle/{draft_id}/contact"))
    assert (
        re.search(r'<input[^>]*q_metier[^>]*value="boulanger"', page) and "Trouvé dans votre phrase" in page
    )


def test_the_job_is_asked_first_even_when_no_sentence_names_it(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(
        client, {"words": "j’ai un poste à pourvoir", "needs": ["rec_trouver_candidats"], "part": "needs"}
    )
    step(client, draft_id, "etablissement", PLACE)
    page = client.get(f"/demandes/nouvelle/{draft_id}/contact").text
    asked = re.findall(r'id="(q_\w+)', page)
    assert (
        asked[0] == "q_metier"
        and len(set(asked)) <= 5
        and "Quel métier recherchez-vous" in text_of(client.get(f"/demandes/nouvelle/{draft_id}/contact"))
    )


def test_what_the_owner_emptied_is_not_filled_again(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client, BAKER)
    step(client, draft_id, "etablissement", {**PLACE, "commune": ""})
    assert "Trouvée" not in text_of(client.get(f"/demandes/nouvelle/{draft_id}/etablissement"))


def test_activity_and_agreement_are_chosen_on_one_page(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    place = {**PLACE, "agreement": "", "activity": "boulangerie"}
    asked = step(client, draft_id, "etablissement", place)
    assert asked.status_code == 422
    assert (
        'name="naf"' in asked.text and 'name="idcc"' in asked.text and 'name="agreements_seen"' in asked.text
    )
    both = {**place, "naf": "10.71C", "idcc": "843", "agreements_seen": "y"}
    assert step(client, draft_id, "etablissement", both).location.endswith("/contact")
    without = {**place, "naf": "10.71C", "agreements_seen": "y"}
    assert step(client, draft_id, "etablissement", without).location.endswith("/contact")


def test_saying_one_is_outside_the_region_loses_nothing(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    left = step(client, draft_id, "etablissement", {"company": "Boulangerie Vidal", "then": "ailleurs"})
    assert "hors d’Occitanie" in text_of(client.get(left.location))
    assert 'value="Boulangerie Vidal"' in text_of(client.get(f"/demandes/nouvelle/{draft_id}/etablissement"))


def test_another_need_is_added_from_the_check_page_and_routed_alone(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = ready(client)
    page = client.get(f"/demandes/nouvelle/{draft_id}/relire").text
    link = re.search(r'href="(/demandes/nouvelle/[^"]+ajout=1)"', page)
    assert link
    assert "Quel autre besoin" in text_of(client.get(link[1].replace("&amp;", "&")))
    both = {**NEED, "needs": ["alt_apprenti", "rec_saisonniers"]}
    asked = step(client, draft_id, "besoin", both)
    assert asked.location.endswith("/contact"), "the new need brings questions never shown"
    assert step(client, draft_id, "contact", CONTACT).location.endswith("/relire")
    send(client, draft_id)
    with seeded.app_context():
        assert db.session.query(Inquiry).count() == 1
        assert sorted(one.key for one in db.session.query(Need)) == ["alt_apprenti", "rec_saisonniers"]
        assert db.session.query(Dossier).filter_by(role=Part.LEAD).count() == 2
