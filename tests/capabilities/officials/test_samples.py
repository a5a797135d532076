"""Every official sample file, by its kind: what is read, kept, refused, outside; and zones that share a code."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.gpec import queries
from app.gpec.imports import import_sirene
from app.kernel.vocabulary import ZoneKind
from app.officials.catalogue import bring_in
from app.territory import queries as territory
from app.territory.actions import load_reference
from tests.conftest import built

PASSAGE = "rome_fap/Dares_Table_passage_ROME_Qualif_to_FAP2021_pour_programme.csv"
IDCC = "conventions/Dares_Suivi_Historique_convention_collective_Juin2026.xlsx"
COUNTS: list[tuple[str, str, str | None, int, int, int, int]] = [
    ("bmo", "bmo/Base_open_data_BMO_2024_occitanie.xlsx", "2024", 5_345, 5_345, 0, 0),
    ("bmo", "bmo/Base_open_data_BMO_2024.xlsx", "2024", 53_443, 5_345, 0, 48_098),
    ("bmo-basins", "bmo/bassin_emploi_BMO2024_communes_occitanie.csv", "2024", 4_586, 4_556, 30, 0),
    ("bmo-basins", "bmo/lexique-bassins_BMO2019_occitanie.csv", "2019", 4_485, 4_483, 2, 0),
    ("zones-emploi", "zonages/table_supracom_2024_occitanie.csv", "2024", 4_453, 4_453, 0, 0),
    ("zones-emploi", "zonages/libelles_supracom_2024_occitanie.csv", "2024", 27, 27, 0, 0),
    ("tensions", "tensions/tension_2020_bassin_rome_occitanie.csv", "2020", 2_577, 2_577, 0, 0),
    ("tensions", "tensions/tension_2019_bassin_fap_rome_occitanie.csv", "2019", 163, 163, 0, 0),
    ("rome", "rome_fap/jobs_rome.csv", "2024", 532, 532, 0, 0),
    ("rome", "rome_fap/unix_referentiel_code_rome_v460_utf8.csv", None, 1_584, 1_584, 0, 0),
    ("rome-appellations", "rome_fap/jobs_appellation.csv", "2024", 11_061, 11_061, 0, 0),
    ("rome-fap", PASSAGE, "2021", 5_320, 5_320, 0, 0),
    ("fap", "rome_fap/Dares_Arborescence_FAP2021.xlsx", "2021", 341, 341, 0, 0),
    ("fap", "rome_fap/Intitules_FAP2021.csv", "2021", 341, 341, 0, 0),
    ("idcc", IDCC, "2026", 1_665, 1_665, 0, 0),
    ("data-inclusion", "acteurs/data_inclusion_api_structures_mock.json", None, 6, 0, 0, 6),
]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, reference: Path, samples: Path) -> Flask:
    """The communes, both zonings of 2024 and the survey of 2024."""
    app = built(tmp_path_factory.mktemp("officials"), "officials")
    with app.app_context():
        load_reference()
        for kind, name, *_ in (COUNTS[4], COUNTS[2], COUNTS[0]):
            bring_in(kind, samples / name)
    return app


@pytest.fixture
def here(loaded: Flask) -> Iterator[Flask]:
    with loaded.app_context():
        yield loaded


@pytest.mark.parametrize(
    ("kind", "name", "vintage", "read", "kept", "refused", "outside"), COUNTS, ids=[one[1] for one in COUNTS]
)
def test_each_sample_has_its_counts(
    here: Flask,
    samples: Path,
    kind: str,
    name: str,
    vintage: str | None,
    read: int,
    kept: int,
    refused: int,
    outside: int,
) -> None:
    report = bring_in(kind, samples / name, dry_run=True)
    found = (report.vintage, report.read, report.kept, len(report.refused), report.outside)
    assert found == (vintage, read, kept, refused, outside)


def test_two_zones_of_one_code_never_share_a_figure(here: Flask, tmp_path: Path) -> None:
    """7601: the zone d'emploi of Agde-Pézenas, the BMO basin of Cahors."""
    assert queries.bmo(2024, ZoneKind.BASSIN_BMO, "7601").rows > 0
    assert queries.bmo(2024, ZoneKind.ZONE_EMPLOI, "7601").rows == 0
    one_each = [each.code for each in territory.gazetteer().communes.values()]
    path = tmp_path / "StockEtablissement_2026.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(SIRENE)
        writer.writerows([code, "10.71C", "NAFRev2", "01", "2026-10-01", "A", "O"] for code in one_each)
    import_sirene(path)
    for kind in (ZoneKind.ZONE_EMPLOI, ZoneKind.BASSIN_BMO):
        counted = queries.employers(kind, "7601")
        assert counted is not None and counted.total == len(territory.members(kind, "7601"))
        assert (counted.kind, counted.year, counted.source.publisher) == (kind, 2026, "INSEE")
    region = queries.employers(ZoneKind.REGION, "76")
    assert region is not None and region.total == 4_446


SIRENE = (
    "codeCommuneEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "trancheEffectifsEtablissement",
    "dateDernierTraitementEtablissement",
    "etatAdministratifEtablissement",
    "caractereEmployeurEtablissement",
)


def test_the_places_of_one_kind_add_up_to_the_region_and_kinds_are_not_mixed(here: Flask) -> None:
    region = queries.bmo(2024, ZoneKind.REGION, "76")
    for kind in (ZoneKind.DEPARTEMENT, ZoneKind.BASSIN_BMO):
        parts = [queries.bmo(2024, kind, one.code) for one in territory.zones(kind)]
        assert sum(one.projects or 0 for one in parts) == region.projects
        assert sum(one.rows for one in parts) == region.rows
    for kind in (ZoneKind.COMMUNE, ZoneKind.EPCI, ZoneKind.ZONE_EMPLOI):
        assert not any(queries.bmo(2024, kind, one.code).rows for one in territory.zones(kind))
