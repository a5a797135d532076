"""The two official zonings, read from the sample files over the real communes."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import shapely
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.sheets import SheetRefused
from app.territory import queries
from app.territory.imports import import_bmo_basins, import_zones_emploi
from app.territory.models import Membership

ZONES = "zonages/table_supracom_2024_occitanie.csv"
NAMES = "zonages/libelles_supracom_2024_occitanie.csv"
BASINS = "bmo/bassin_emploi_BMO2024_communes_occitanie.csv"
BASINS_2019 = "bmo/lexique-bassins_BMO2019_occitanie.csv"


def memberships(kind: str) -> int:
    return db.session.scalar(select(func.count()).where(Membership.kind == kind)) or 0


@pytest.fixture
def zoned(here: Flask, samples: Path) -> Flask:
    """Both zonings of 2024 are in, whichever test comes first."""
    for load, name in (
        (import_zones_emploi, ZONES),
        (import_zones_emploi, NAMES),
        (import_bmo_basins, BASINS),
    ):
        load(samples / name)
    return here


def test_a_dry_run_reads_and_writes_nothing(here: Flask, samples: Path) -> None:
    before = queries.version(), memberships("bassin_bmo")
    report = import_bmo_basins(samples / BASINS, dry_run=True)
    assert report.read == 4586 and (queries.version(), memberships("bassin_bmo")) == before


def test_each_commune_has_one_zone_and_one_basin(here: Flask, samples: Path) -> None:
    zones = import_zones_emploi(samples / ZONES)
    names = import_zones_emploi(samples / NAMES)
    basins = import_bmo_basins(samples / BASINS)
    assert (zones.vintage, zones.read, zones.kept, len(zones.refused), zones.outside) == (
        "2024",
        4453,
        4453,
        0,
        0,
    )
    assert (names.read, names.kept) == (27, 27)
    assert (basins.vintage, basins.read, basins.kept, len(basins.refused)) == ("2024", 4586, 4556, 30)
    places = queries.places().values()
    assert len({one.zone_emploi for one in places}) == 27 and all(one.zone_emploi for one in places)
    assert len({one.bassin_bmo for one in places}) == 44 and all(one.bassin_bmo for one in places)
    assert memberships("zone_emploi") == memberships("bassin_bmo") == 4446


def test_every_refusal_says_line_value_and_reason(here: Flask, samples: Path) -> None:
    refused = import_bmo_basins(samples / BASINS, dry_run=True).refused
    with (samples / BASINS).open(encoding="utf-8-sig") as file:
        lines = file.read().splitlines()
    known = queries.gazetteer()
    for row in refused:
        code = next(csv.reader([lines[row.line - 1]]))[2]
        assert code == row.value and "aucune commune" in row.reason
        assert known.commune(row.value.zfill(5)) is None
    assert "09191" in {row.value for row in refused}


def test_zones_agree_with_the_file_read_by_another_path(zoned: Flask, samples: Path) -> None:
    with (samples / BASINS).open(encoding="utf-8-sig") as file:
        expected = {
            row["code_commune_insee"].zfill(5): row["code_bassin_BMO"] for row in csv.DictReader(file)
        }
    places = queries.places()
    assert {code: one.bassin_bmo for code, one in places.items()} == {code: expected[code] for code in places}
    assert places["09001"].bassin_bmo == "7610"


def test_a_code_means_nothing_without_its_kind(zoned: Flask) -> None:
    basin, zone = queries.zone("bassin_bmo", "7601"), queries.zone("zone_emploi", "7601")
    assert basin and zone and "CAHORS" in basin.name and "Agde" in zone.name


def test_the_same_file_again_writes_nothing(zoned: Flask, samples: Path) -> None:
    before = queries.version()
    report = import_bmo_basins(samples / BASINS)
    assert report.already_imported and report.kept == 4556 and queries.version() == before


def test_an_older_vintage_stays_in_the_past(zoned: Flask, samples: Path) -> None:
    today = {code: one.bassin_bmo for code, one in queries.places().items()}
    import_bmo_basins(samples / BASINS_2019)
    assert {code: one.bassin_bmo for code, one in queries.places().items()} == today
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.kind == "bassin_bmo", Membership.commune == "34142")
        .order_by(Membership.starts_on)
    ).all()
    assert [(row.starts_on, row.ends_on) for row in rows] == [
        (date(2019, 1, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), None),
    ]
    spans = Counter(
        db.session.scalars(
            select(Membership.commune).where(Membership.kind == "bassin_bmo", Membership.ends_on.is_(None))
        )
    )
    assert len(spans) == 4446 and set(spans.values()) == {1}


def table(path: Path, rows: list[str]) -> Path:
    path.write_text(
        "\n".join(["reg,code_commune_insee,code_bassin_BMO,lib_bassin_BMO", *rows]), encoding="utf-8"
    )
    return path


def test_more_than_one_row_in_a_hundred_refused_writes_nothing(here: Flask, tmp_path: Path) -> None:
    before = queries.version()
    rows = ["76,34142,7640,LODEVE"] * 97 + ["76,34999,7640,LODEVE"] * 2
    with pytest.raises(SheetRefused) as caught:
        import_bmo_basins(table(tmp_path / "BMO2025.csv", rows))
    assert caught.value.report and len(caught.value.report.refused) == 2
    assert queries.version() == before


def test_other_regions_are_outside_not_refused(here: Flask, tmp_path: Path) -> None:
    rows = ["11,75056,1101,PARIS", "11,99999,1101,PARIS", "76,34142,7640,LODEVE"]
    report = import_bmo_basins(table(tmp_path / "BMO2024.csv", rows), dry_run=True)
    assert (report.read, report.kept, report.outside, len(report.refused)) == (3, 1, 2, 0)


def test_a_missing_column_is_named(here: Flask, tmp_path: Path) -> None:
    path = tmp_path / "zones.csv"
    path.write_text("CODGEO;LIBGEO\n34142;Lodève\n", encoding="utf-8")
    with pytest.raises(SheetRefused, match="Il manque dans ce fichier : ZE2020"):
        import_zones_emploi(path)


def test_each_kind_of_zone_has_its_outlines_once_imported(zoned: Flask) -> None:
    counts = {
        kind: len(queries.outlines(kind)) for kind in ("departement", "epci", "zone_emploi", "bassin_bmo")
    }
    assert counts == {"departement": 13, "epci": 163, "zone_emploi": 27, "bassin_bmo": 44}
    assert counts["epci"] == len(queries.zones("epci"))
    for kind in counts:
        assert all(
            rings and all(len(ring) > 3 for ring in rings) for rings in queries.outlines(kind).values()
        )


def test_a_basin_s_outline_holds_the_town_halls_of_its_communes(zoned: Flask) -> None:
    rings = queries.outlines("bassin_bmo")["7601"]
    around = shapely.union_all([shapely.Polygon(ring) for ring in rings]).buffer(0.03)
    halls = [(one.longitude or 0, one.latitude or 0) for one in queries.members("bassin_bmo", "7601")]
    assert len(halls) > 50 and all(around.contains(shapely.Point(hall)) for hall in halls)
