"""The job and the commune a sentence names."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from app.triage.examples import OCCUPATIONS
from app.triage.occupations import occupation
from app.triage.places import Places

OFFICIAL = "rome_fap/unix_referentiel_code_rome_v460_utf8.csv"
PLACES = Places(
    [
        ("31555", "Toulouse", 500_000),
        ("34301", "Sète", 44_000),
        ("31483", "Saint-Gaudens", 11_000),
        ("48095", "Mende", 12_000),
        ("11001", "Bram", 3_000),
        ("12001", "Bram", 30),
        ("09999", "Le Port", 170),
    ]
)


@pytest.mark.parametrize(
    ("text", "rome"),
    [
        ("Je cherche un boulanger", "D1102"),
        ("une coiffeuse à plein temps", "D1202"),
        ("besoin de deux couvreurs zingueurs", "F1610"),
        ("je suis artisan maçon et je cherche un électricien", "F1602"),
        ("une aide a domicile", "K1302"),
        ("SERVEUSES pour l'été", "G1803"),
        ("un chauffeur poids lourd", "N4101"),
        ("un boulangé", "D1102"),
        ("mon apprenti ne vient plus", None),
        ("", None),
    ],
)
def test_the_job_is_found(text: str, rome: str | None) -> None:
    found = occupation(text)
    assert (found.rome if found else None) == rome


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("un serveur à Sète", "34301"),
        ("un serveur a sete", "34301"),
        ("boulangerie de Toulouse", "31555"),
        ("près de St Gaudens", "31483"),
        ("à Bram", "11001"),
        ("je cherche une mende", None),
        ("Mende", None),
        ("à Paris", None),
        ("", None),
    ],
)
def test_the_place_is_found(text: str, code: str | None) -> None:
    assert PLACES.find(text) == code


def test_the_list_of_jobs_is_wide() -> None:
    rows: dict[str, list[str]] = tomllib.loads(OCCUPATIONS.read_text(encoding="utf-8"))
    assert sum(map(len, rows.values())) >= 250
    assert all(len(code) == 5 and code[0].isalpha() and code[1:].isdigit() for code in rows)


def test_every_code_is_in_the_official_list(samples: Path) -> None:
    with (samples / OFFICIAL).open(encoding="utf-8-sig", newline="") as file:
        official = {row[0] for row in csv.reader(file) if row}
    assert set(tomllib.loads(OCCUPATIONS.read_text(encoding="utf-8"))) <= official
