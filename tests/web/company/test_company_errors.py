"""Mistakes cost nothing: a clear sentence, and what was typed is still there."""

from __future__ import annotations

import pytest
from flask import Flask

from app.web.company import finding
from app.web.company.finding import Found, suggested_agreements
from tests.web.company.baker import CONTACT, NEED, PLACE, begin, step, text_of


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"siret": "123 456 782 0001"}, "Il manque un chiffre"),
        ({"siret": "123 456 782 00011"}, "comporte une erreur"),
        ({"commune": ""}, "Écrivez votre commune"),
        ({"commune": "Trifouilly"}, "n’est pas en Occitanie"),
        ({"company": ""}, "nom de l’entreprise"),
        ({"workforce": "-3"}, "nombre entier"),
        ({"agreement": "xyzzyx"}, "Aucune convention"),
        ({"band": "12-13"}, "réponse de la liste"),
    ],
)
def test_a_wrong_establishment_is_said_and_kept(seeded: Flask, change: dict[str, str], sentence: str) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    answer = step(client, draft_id, "etablissement", {**PLACE, **change})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    kept = text_of(client.get(f"/demandes/nouvelle/{draft_id}/etablissement"))
    for name, value in {**PLACE, **change}.items():
        if name != "band" and value:
            assert f'value="{value}"' in kept


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"phone": "06 39 98 12 0"}, "Il manque un chiffre"),
        ({"phone": "", "email": ""}, "un seul suffit"),
        ({"phone": "", "email": "claire(at)exemple.fr"}, "Vérifiez l’adresse"),
        ({"contact_name": ""}, "Écrivez votre nom"),
        ({"consent": None}, "Cochez la case"),
    ],
)
def test_a_wrong_contact_is_said_and_kept(seeded: Flask, change: dict[str, str], sentence: str) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    step(client, draft_id, "etablissement", PLACE)
    sent = {name: value for name, value in {**CONTACT, **change}.items() if value is not None}
    answer = step(client, draft_id, "contact", sent)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    kept = text_of(client.get(f"/demandes/nouvelle/{draft_id}/contact"))
    for name in ("contact_name", "phone", "email"):
        if sent.get(name):
            assert f'value="{sent[name]}"' in kept


def test_an_ambiguous_commune_is_chosen_from_a_list(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    answer = step(client, draft_id, "etablissement", {**PLACE, "commune": "34700"})
    assert answer.status_code == 422
    assert 'value="34142"' in text_of(answer)
    chosen = step(client, draft_id, "etablissement", {**PLACE, "commune": "34700", "commune_code": "34142"})
    assert chosen.location.endswith("/contact")


def test_a_commune_code_not_in_the_list_is_not_believed(seeded: Flask) -> None:
    client = seeded.test_client()
    answer = step(
        client, begin(client), "etablissement", {**PLACE, "commune": "34700", "commune_code": "31555"}
    )
    assert answer.status_code == 422


def test_nothing_chosen_is_said(seeded: Flask) -> None:
    client = seeded.test_client()
    answer = client.post("/demandes/nouvelle", data={})
    assert answer.status_code == 422
    assert "choisissez un sujet" in text_of(answer)


def test_a_consent_that_says_no_is_no_consent(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    step(client, draft_id, "etablissement", PLACE)
    assert step(client, draft_id, "contact", {**CONTACT, "consent": "false"}).status_code == 422


@pytest.mark.parametrize("need", ["hc_pas_rh", "hc_pas_employeur"])
def test_off_topic_leads_elsewhere_without_a_case(seeded: Flask, need: str) -> None:
    client = seeded.test_client()
    answer = client.post("/demandes/nouvelle", data={"part": "needs", "needs": [need]}, follow_redirects=True)
    assert answer.request.path.endswith("/ailleurs")
    assert "Aucune demande n’a été ouverte" in text_of(answer)


def test_another_region_leads_elsewhere(seeded: Flask) -> None:
    client = seeded.test_client()
    answer = step(client, begin(client), "etablissement", {**PLACE, "commune": "75011 Paris"})
    assert answer.location.endswith("/ailleurs")
    assert "hors d’Occitanie" in text_of(client.get(answer.location))


def test_a_step_cannot_be_skipped(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client, NEED)
    for name in ("contact", "relire"):
        assert client.get(f"/demandes/nouvelle/{draft_id}/{name}").location.endswith("/etablissement")
    assert step(client, draft_id, "relire", {}).location.endswith("/etablissement")


def test_an_unknown_draft_helps_to_start_again(seeded: Flask) -> None:
    answer = seeded.test_client().get(f"/demandes/nouvelle/{'a' * 24}/contact")
    assert answer.status_code == 404
    assert "Commencer une demande" in text_of(answer)


def test_a_forged_link_helps_too(seeded: Flask) -> None:
    answer = seeded.test_client().get(f"/demandes/1-{'a' * 32}/")
    assert answer.status_code == 404
    assert "Ce lien ne mène" in text_of(answer)


def test_the_activity_suggests_an_agreement_and_never_decides(
    seeded: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    bakers = [("10.71C", "Boulangerie et boulangerie-pâtisserie")]
    monkeypatch.setattr(finding, "search_activities", lambda text: bakers)
    monkeypatch.setattr(finding, "search_agreements", lambda text: [("843", "Boulangerie-pâtisserie")])
    client = seeded.test_client()
    draft_id = begin(client)
    place = {**PLACE, "agreement": "", "activity": "boulangerie"}
    asked = step(client, draft_id, "etablissement", place)
    assert asked.status_code == 422
    assert 'value="843"' in text_of(asked)
    unsure = step(client, draft_id, "etablissement", {**place, "idcc": "inconnu"})
    assert unsure.location.endswith("/contact")
    step(client, draft_id, "contact", CONTACT)
    page = text_of(client.get(f"/demandes/nouvelle/{draft_id}/relire"))
    assert "Boulangerie-pâtisserie" not in page.replace("Boulangerie et boulangerie-pâtisserie", "")


@pytest.mark.parametrize("typed", ["Agen", "lodev"])
def test_a_part_of_a_name_is_proposed_and_never_decided(seeded: Flask, typed: str) -> None:
    """Agen is in Nouvelle-Aquitaine: it must not become Agen-d’Aveyron behind the owner's back."""
    client = seeded.test_client()
    answer = step(client, begin(client), "etablissement", {**PLACE, "commune": typed})
    assert answer.status_code == 422
    assert 'name="commune_code"' in answer.text


@pytest.mark.parametrize("typed", ["lodeve", "Lodève 34700", "34700 LODEVE", "Lodève, Hérault", "34142"])
def test_a_whole_name_is_enough(seeded: Flask, typed: str) -> None:
    client = seeded.test_client()
    answer = step(client, begin(client), "etablissement", {**PLACE, "commune": typed})
    assert answer.status_code == 303 and answer.location.endswith("/contact")


def test_an_activity_proposes_the_agreement_usual_in_it(seeded_context: Flask) -> None:
    proposed = suggested_agreements(Found(code="10.71C", label="Boulangerie et boulangerie-pâtisserie"), "")
    assert [code for code, _ in proposed.options] == ["843"]
    assert proposed.code is None, "proposed, never decided"
