"""What the register really answers is read as it should be; each odd value costs that value alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.establishments.asked import Asked, Kind, asked
from app.establishments.found import Establishment, from_plain
from app.establishments.schemas import establishments
from tests.capabilities.establishments.register import SIREN, SIRET, answer, company, establishment


def told(payload: dict[str, Any]) -> Establishment:
    (one,) = establishments(payload, Asked(Kind.SIRET, SIRET))
    return one


def test_the_official_samples_are_read(samples: Path) -> None:
    files = sorted((samples / "api").glob("recherche-entreprises_search_*.json"))
    assert files
    for file in files:
        payload = json.loads(file.read_text(encoding="utf-8"))
        found = establishments(payload, Asked(Kind.NAME, "x"))
        assert found and all(one.name and one.siret and one.commune and one.naf for one in found), file.name


def test_an_association_of_the_samples(samples: Path) -> None:
    file = samples / "api" / "recherche-entreprises_search_383657467.json"
    (one,) = establishments(json.loads(file.read_text(encoding="utf-8")), Asked(Kind.SIREN, "383657467"))
    assert (one.commune, one.naf, one.naf_2025, one.legal_form) == ("34276", "94.99Z", "94.99Y", "9220")
    assert (one.band, one.workforce_told, one.is_open, one.idcc) == ("", "", True, ())


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({"activite_principale": "boulange"}, "naf", ""),
        ({"commune": "LODEV"}, "commune", ""),
        ({"liste_idcc": ["0843", "9999", "1597", "0843", "abcd"]}, "idcc", ("843", "1597")),
        ({"liste_idcc": None}, "idcc", ()),
        ({"adresse": "[NON-DIFFUSIBLE] 34700 LODEVE"}, "address", ""),
        ({"etat_administratif": "F"}, "is_open", False),
        ({"statut_diffusion_etablissement": "P"}, "masked", True),
    ],
)
def test_an_odd_value_of_the_establishment(change: dict[str, Any], name: str, value: object) -> None:
    assert getattr(told(answer(company(siege=establishment(**change)))), name) == value


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({"nom_complet": "[NON-DIFFUSIBLE]", "statut_diffusion": "P"}, "name", ""),
        ({"nom_complet": "A\x00B  C"}, "name", "AB C"),
        ({"tranche_effectif_salarie": "NN"}, "band", ""),
        ({"tranche_effectif_salarie": "11"}, "band", ""),
        ({"tranche_effectif_salarie": "12"}, "band", "20-49"),
        ({"tranche_effectif_salarie": "02"}, "workforce_told", "3 à 5 salariés en 2023"),
        ({"annee_tranche_effectif_salarie": "hier"}, "workforce_told", "3 à 5 salariés"),
        ({"nature_juridique": "92"}, "legal_form", ""),
        ({"etat_administratif": "C"}, "is_open", False),
    ],
)
def test_an_odd_value_of_the_company(change: dict[str, Any], name: str, value: object) -> None:
    assert getattr(told(answer(company(**change))), name) == value


def test_open_establishments_come_first_and_ten_at_most() -> None:
    closed = company(siege=establishment(etat_administratif="F"))
    rows = [
        company(siren=number[:9], siege=establishment(number))
        for number in ("00000002600014", "00000003400018")
    ]
    found = establishments(answer(closed, *rows), Asked(Kind.NAME, "boulangerie"))
    assert found[-1].siret == SIRET and len(found) <= 10


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f" {SIRET[:9]} {SIRET[9:]} ", Kind.SIRET),
        (SIREN, Kind.SIREN),
        ("Boulangerie Fictive", Kind.NAME),
        ("3 suisses", Kind.NAME),
    ],
)
def test_what_is_looked_for(text: str, kind: Kind) -> None:
    question = asked(text)
    assert question is not None and question.kind is kind


@pytest.mark.parametrize("text", ["", "ab", "123456789", "0" * 14, "9" * 400, "\x00\x00"])
def test_what_cannot_be_looked_for(text: str) -> None:
    assert asked(text) is None


def test_what_is_kept_is_read_again() -> None:
    one = told(answer(company()))
    assert from_plain(json.loads(json.dumps(one.plain()))) == one
    assert from_plain("x") is None and from_plain({}) is None
