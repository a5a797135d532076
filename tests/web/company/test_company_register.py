"""The public register helps the second step: found, chosen, corrected; and the step goes on without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.establishments.actions import REGISTER
from app.establishments.calling import Register
from app.establishments.models import Completion
from app.extensions import db
from app.inquiries.models import Inquiry
from tests.capabilities.establishments.register import (
    OTHER_SIRET,
    SIREN,
    SIRET,
    Served,
    answer,
    company,
    establishment,
    served,
)
from tests.web.company.baker import CONTACT, PLACE, begin, send, step, text_of


@pytest.fixture
def register(seeded: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings = seeded.config["GUICHET"]
    with served() as one:
        seeded.config["GUICHET"] = replace(settings, entreprises_url=one.url)
        seeded.extensions[REGISTER] = Register(one.url)
        yield one
    seeded.config["GUICHET"] = settings
    seeded.extensions.pop(REGISTER, None)


def page(seeded: Flask, draft_id: str, name: str = "etablissement") -> str:
    return text_of(seeded.test_client().get(f"/demandes/nouvelle/{draft_id}/{name}"))


def looked_for(seeded: Flask, text: str, **typed: Any) -> str:
    """A draft whose owner pressed « Chercher »."""
    client = seeded.test_client()
    draft_id = begin(client)
    sent = step(client, draft_id, "etablissement", {**typed, "search": text, "then": "chercher"})
    assert sent.status_code == 303 and sent.location.endswith("/etablissement#search")
    return draft_id


@pytest.mark.parametrize("text", [SIRET, f"{SIRET[:9]} {SIRET[9:]}", SIREN, "Boulangerie Fictive"])
def test_the_one_establishment_found_fills_the_page(seeded: Flask, register: Served, text: str) -> None:
    shown = page(seeded, looked_for(seeded, text))
    for value in ("BOULANGERIE FICTIVE", "Lodève 34700", SIRET):
        assert f'value="{value}"' in shown
    assert (
        "Selon l’annuaire des entreprises, le " in shown and "3 à 5 salariés en 2023 (à confirmer)" in shown
    )
    assert 'value="1-10" checked' in shown and 'value="843" checked' in shown
    assert 'value="societe" checked' in shown


def test_what_was_typed_is_never_overwritten(seeded: Flask, register: Served) -> None:
    shown = page(seeded, looked_for(seeded, SIRET, company="Chez Claire", commune="Béziers", band="11-19"))
    assert 'value="Chez Claire"' in shown and 'value="Béziers"' in shown
    assert 'value="11-19" checked' in shown and 'value="1-10" checked' not in shown


def test_several_are_chosen_from_a_list_of_the_region(seeded: Flask, register: Served) -> None:
    away = establishment("00000002600014", commune="75111", libelle_commune="PARIS 11")
    whole = answer(
        company(establishment(OTHER_SIRET, adresse="2 RUE FICTIVE 34700 LODEVE")),
        company(siren="000000026", siege=away),
    )
    register.behaviour = lambda call: call.json(whole)
    draft_id = looked_for(seeded, "boulangerie")
    shown = page(seeded, draft_id)
    assert "Choisissez votre établissement" in shown
    assert "2 RUE FICTIVE" in shown and "PARIS" not in shown
    client = seeded.test_client()
    chosen = {"search": "boulangerie", "found": OTHER_SIRET, "then": "choisir"}
    step(client, draft_id, "etablissement", chosen)
    assert f'value="{OTHER_SIRET}"' in page(seeded, draft_id)
    assert len(register.calls) == 1, "the list is remembered, not asked again"


def test_a_siret_typed_by_itself_fills_what_is_missing(seeded: Flask, register: Served) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    sent = step(client, draft_id, "etablissement", {"siret": SIRET})
    assert sent.location.endswith("#search"), "shown before going on"
    assert 'value="BOULANGERIE FICTIVE"' in page(seeded, draft_id)


def test_from_the_siret_to_the_request_and_its_completion(seeded: Flask, register: Served) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    place = {**PLACE, "siret": SIRET, "workforce": "4"}
    assert step(client, draft_id, "etablissement", place).location.endswith("/contact")
    step(client, draft_id, "contact", CONTACT)
    assert "Selon l’annuaire des entreprises" in page(seeded, draft_id, "relire")
    assert send(client, draft_id).status_code == 303
    with seeded.app_context():
        inquiry = db.session.query(Inquiry).one()
        assert (inquiry.company, inquiry.naf, inquiry.workforce_low) == ("Boulangerie Vidal", "10.71C", 4)
        assert inquiry.legal_form == "5499"
        told = db.session.query(Completion).one().found
        assert told is not None and told["name"] == "BOULANGERIE FICTIVE"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"etat_administratif": "F"}, "est fermé"),
        ({"commune": "75111", "libelle_commune": "PARIS 11"}, "hors d’Occitanie"),
    ],
)
def test_a_warning_is_a_sentence_not_a_wall(
    seeded: Flask, register: Served, change: dict[str, str], sentence: str
) -> None:
    register.behaviour = lambda call: call.json(answer(company(siege=establishment(**change))))
    draft_id = looked_for(seeded, SIRET)
    assert sentence in page(seeded, draft_id)
    client = seeded.test_client()
    assert step(client, draft_id, "etablissement", {**PLACE, "siret": SIRET}).location.endswith("/contact")


def test_a_company_that_is_not_published_types_what_is_masked(seeded: Flask, register: Served) -> None:
    masked = {"nom_complet": "[NON-DIFFUSIBLE]", "statut_diffusion": "P"}
    register.behaviour = lambda call: call.json(answer(company(**masked)))
    shown = page(seeded, looked_for(seeded, SIRET))
    assert "nom non publié" in shown and "NON-DIFFUSIBLE" not in shown


def test_several_agreements_are_a_question(seeded: Flask, register: Served) -> None:
    both = establishment(liste_idcc=["0843", "1979"])
    register.behaviour = lambda call: call.json(answer(company(siege=both)))
    draft_id = looked_for(seeded, SIRET)
    shown = page(seeded, draft_id)
    assert 'value="843"' in shown and 'value="1979"' in shown and 'value="1979" checked' not in shown
    client = seeded.test_client()
    place = {**PLACE, "siret": SIRET, "agreement": ""}
    assert step(client, draft_id, "etablissement", place).status_code == 422, "asked once"
    assert step(client, draft_id, "etablissement", {**place, "idcc": "1979"}).location.endswith("/contact")


def test_the_register_away_is_said_once_and_the_request_goes_on(seeded: Flask, register: Served) -> None:
    register.behaviour = lambda call: call.send(b"{}", status=500)
    draft_id = looked_for(seeded, "boulangerie", company="Chez Claire")
    shown = page(seeded, draft_id)
    assert "ne répond pas" in shown and 'value="Chez Claire"' in shown and 'value="boulangerie"' in shown
    client = seeded.test_client()
    place = {**PLACE, "search": "boulangerie", "siret": SIRET}
    assert step(client, draft_id, "etablissement", place).location.endswith("/contact")
    step(client, draft_id, "contact", CONTACT)
    send(client, draft_id)
    with seeded.app_context():
        waiting = db.session.query(Completion).one()
        assert waiting.found is None and waiting.due_at is not None


def test_nothing_found_and_too_short_are_sentences(seeded: Flask, register: Served) -> None:
    register.behaviour = lambda call: call.json(answer())
    assert "Aucun établissement d’Occitanie trouvé" in page(seeded, looked_for(seeded, "introuvable"))
    for text in ("", "ab", "123456789", "\x00"):
        assert "écrivez un nom, ou les 9 ou 14 chiffres" in page(seeded, looked_for(seeded, text))


def test_a_siret_corrected_is_no_longer_the_one_told(seeded: Flask, register: Served) -> None:
    client = seeded.test_client()
    draft_id = looked_for(seeded, SIRET)
    register.behaviour = lambda call: call.json(answer())
    step(client, draft_id, "etablissement", {**PLACE, "search": SIRET, "siret": OTHER_SIRET})
    assert "Selon l’annuaire" not in page(seeded, draft_id)


def test_without_a_register_the_page_asks_nothing_of_it(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    assert "Retrouver votre entreprise" not in page(seeded, draft_id)
    sent = step(client, draft_id, "etablissement", {**PLACE, "search": "boulangerie", "then": "chercher"})
    assert sent.location.endswith("/contact")
