"""Sirene's register, CSV and Parquet: made-up establishments become counts, and nothing of them is kept."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow
import pytest
from flask import Flask
from pyarrow import parquet
from sqlalchemy import select

from app.extensions import db, transaction
from app.gpec import queries
from app.gpec.employers import section_of
from app.gpec.imports import import_sirene
from app.gpec.models import EmployerCount
from app.kernel.vocabulary import ZoneKind
from app.sheets import SheetRefused
from app.territory.models import Commune, FormerCommune, TerritoryVersion
from tests.cases import NUMBERS

DEFAULT = {
    "siren": "000000001",
    "siret": "00000000100011",
    "trancheEffectifsEtablissement": "11",
    "dateDernierTraitementEtablissement": "2026-10-02T08:00:00",
    "codeCommuneEtablissement": "34142",
    "etatAdministratifEtablissement": "A",
    "denominationUsuelleEtablissement": "BOULANGERIE SECRÈTE",
    "activitePrincipaleEtablissement": "10.71C",
    "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
    "caractereEmployeurEtablissement": "O",
}
Rows = list[dict[str, str | None]]


def row(**changes: str | None) -> dict[str, str | None]:
    return {**DEFAULT, **changes}


def as_csv(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, DEFAULT)
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_parquet(path: Path, rows: Rows) -> Path:
    parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=7)
    return path


WRITERS = {"csv": as_csv, "parquet": as_parquet}
ROWS: Rows = [
    *[row() for _ in range(20)],
    row(codeCommuneEtablissement="34999"),
    row(trancheEffectifsEtablissement=None),
    row(codeCommuneEtablissement="75056"),
    row(codeCommuneEtablissement="[ND]"),
    row(codeCommuneEtablissement=None),
    row(etatAdministratifEtablissement="F"),
    row(caractereEmployeurEtablissement="N", activitePrincipaleEtablissement="?"),
    row(caractereEmployeurEtablissement=None),
    row(nomenclatureActivitePrincipaleEtablissement="NAF2025", activitePrincipaleEtablissement="56.11J"),
]


@pytest.fixture
def placed(context: Flask) -> Flask:
    with transaction() as session:
        session.add(Commune(code="34142", name="Lodève", departement="34", population=10))
        session.flush()
        session.add(FormerCommune(code="34999", name="Ancienne", commune="34142"))
        session.add(TerritoryVersion(id=1, number=40_000 + next(NUMBERS)))
    return context


@pytest.mark.parametrize("kind", WRITERS)
def test_active_employers_of_the_region_are_counted(placed: Flask, tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path / f"StockEtablissement_utf8.{kind}", ROWS)
    report = import_sirene(path)
    assert (report.vintage, report.read, report.kept, report.outside, report.refused) == (
        "2026",
        29,
        23,
        6,
        (),
    )
    columns = select(
        EmployerCount.commune, EmployerCount.division, EmployerCount.band, EmployerCount.employers
    )
    assert sorted(map(tuple, db.session.execute(columns))) == [
        ("34142", "10", "11", 21),
        ("34142", "10", "NN", 1),
        ("34142", "56", "11", 1),
    ]
    found = queries.employers(ZoneKind.COMMUNE, "34142")
    assert found is not None and (found.total, found.by_band()) == (23, {"11": 22, "NN": 1})
    assert (found.year, found.source.publisher) == (2026, "INSEE")
    assert import_sirene(path).already_imported


@pytest.mark.parametrize("kind", WRITERS)
def test_refused_rows_say_line_value_and_reason(placed: Flask, tmp_path: Path, kind: str) -> None:
    wrong: Rows = [
        row(codeCommuneEtablissement="34888"),
        row(activitePrincipaleEtablissement="boulanger"),
        row(trancheEffectifsEtablissement="99"),
        row(nomenclatureActivitePrincipaleEtablissement="NAP"),
    ]
    report = import_sirene(WRITERS[kind](tmp_path / f"x.{kind}", [*(row() for _ in range(400)), *wrong]))
    assert (report.kept, report.outside) == (400, 0)
    first = 402 if kind == "csv" else 401
    assert [(one.line, one.value) for one in report.refused] == [
        (first, "34888"),
        (first + 1, "boulanger"),
        (first + 2, "99"),
        (first + 3, "NAP"),
    ]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_missing_column_or_too_many_refusals_write_nothing(
    placed: Flask, tmp_path: Path, kind: str
) -> None:
    cut = [{key: value for key, value in row().items() if not key.startswith("tranche")}]
    path = tmp_path / f"x.{kind}"
    if kind == "csv":
        path.write_text(",".join(cut[0]) + "\n", "utf-8")
    else:
        parquet.write_table(pyarrow.Table.from_pylist(cut), path)
    with pytest.raises(SheetRefused, match="trancheEffectifsEtablissement"):
        import_sirene(path)
    with pytest.raises(SheetRefused, match="1 %"):
        import_sirene(WRITERS[kind](path, [row(), row(trancheEffectifsEtablissement="99")]))
    assert queries.employers(ZoneKind.COMMUNE, "34142") is None and not queries.datasets()


@pytest.mark.parametrize(
    "content", [b"PAR1", b"PAR1" + b"\0" * 500 + b"PAR1", b"a,b\n\xff\xff", b"", b"\0" * 99]
)
def test_what_is_no_register_is_refused_with_a_sentence(
    placed: Flask, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(SheetRefused) as caught:
        import_sirene(tmp_path / "x")
    assert caught.value.sentence.endswith(".")


def test_nothing_that_names_an_establishment_is_kept(placed: Flask, tmp_path: Path) -> None:
    import_sirene(as_csv(tmp_path / "x.csv", ROWS))
    assert not {"siren", "siret", "name"} & set(EmployerCount.__table__.columns.keys())
    assert "SECRÈTE" not in repr([vars(one) for one in db.session.scalars(select(EmployerCount))])


def test_a_division_is_in_its_section() -> None:
    found = [section_of(one) for one in ("01", "10", "35", "43", "47", "56", "88", "96", "99")]
    assert found == ["A", "C", "D", "F", "G", "I", "Q", "S", "U"]
