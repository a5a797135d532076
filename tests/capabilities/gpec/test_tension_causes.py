"""The Dares workbook of tensions and their causes, on made-up workbooks of the published layout (à vérifier)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.gpec import queries
from app.gpec.imports import import_tensions
from app.gpec.models import TensionCause
from app.kernel.vocabulary import ZoneKind
from app.sheets import SheetRefused

CAUSES = [
    "Intensité d'embauches - discret",
    "Lien formation-emploi - discret",
    "Manque de main-d'œuvre disponible - discret",
    "Non-durabilité de l'emploi - discret",
    "Conditions de travail contraignantes - discret",
    "Inadéquation géographique - discret",
]
TAIL = ["Tension ", "Tension - discret", *CAUSES, "Année"]
NATION = ["Libellé", "Code FAP 228", "Emploi moyen", *TAIL]
REGION = ["Libellé", "Code FAP 228", "Région", "Code région", "Emploi moyen", *TAIL]
DEPARTEMENT = ["Libellé", "Code FAP 228", "Département", "Code département", *TAIL]
Table = tuple[str, Sequence[str], Sequence[Sequence[object]]]


def levels(year: int, level: object = 4, causes: Sequence[object] = (1, 2, 3, 4, 5, "n.d.")) -> list[object]:
    return [0.37, level, *causes, year]


def regional(family: str, code: object, year: int = 2024, **more: object) -> list[object]:
    return ["x", family, "x", code, 1200, *levels(year, **more)]  # type: ignore[arg-type]


def workbook(path: Path, *tables: Table) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, header, rows in tables:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Les tensions sur le marché du travail"])
            sheet.write_row(2, 0, header)
            for rank, row in enumerate(rows, start=3):
                sheet.write_row(rank, 0, row)
    return path


def test_each_sheet_gives_its_kind_of_zone_and_elsewhere_is_outside(context: Flask, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "tensions.xlsx",
        ("FAP228 x Nat", NATION, [["x", "A0X40", 1200, *levels(2024)]]),
        (
            "FAP228 x Reg",
            REGION,
            [regional("A0X40", 76, level=5), regional("A0X40", 11), regional("A0X40", 76, 2023)],
        ),
        ("FAP228 x Dep", DEPARTEMENT, [["x", "A0X40", "Ariège", "9", *levels(2024, level="n.d.")]]),
    )
    report = import_tensions(path)
    assert (report.kind, report.vintage) == ("tensions", "2024")
    assert (report.read, report.kept, report.outside, report.refused) == (5, 3, 2, ())
    found = queries.tension_of_family("A0X40", ZoneKind.REGION, "76")
    assert found is not None and (found.year, found.level) == (2024, 5)
    assert found.causes == {"intensity": 1, "training": 2, "workforce": 3, "precarity": 4, "conditions": 5}
    assert found.source.publisher.startswith("Dares") and found.kind is ZoneKind.REGION
    ariege = queries.tension_of_family("A0X40", ZoneKind.DEPARTEMENT, "09")
    assert ariege is not None and ariege.level is None
    assert queries.tension_of_family("A0X40", ZoneKind.DEPARTEMENT, "76") is None
    assert import_tensions(path).already_imported


def test_families_of_2009_never_answer_for_those_of_2021(context: Flask, tmp_path: Path) -> None:
    header = [name.replace("FAP 228", "FAP 225") for name in REGION]
    report = import_tensions(
        workbook(tmp_path / "2019.xlsx", ("FAP225 x Reg", header, [regional("A0X40", 76, 2019)]))
    )
    assert report.kept == 1
    assert set(db.session.scalars(select(TensionCause.nomenclature))) == {"fap-2009"}
    assert queries.tension_of_family("A0X40", ZoneKind.REGION, "76") is None


def test_the_names_of_variables_are_known_too(context: Flask, tmp_path: Path) -> None:
    header = ["code_fap_228", "reg", "annee", "ind_tension_d", "ind_int_emb_d", "ind_mismatch_geo_d"]
    import_tensions(workbook(tmp_path / "v.xlsx", ("a", header, [["B1X41", 76, 2022, 3, 2, "nd"]])))
    found = queries.tension_of_family("B1X41", ZoneKind.REGION, "76")
    assert found is not None and (found.level, found.causes) == (3, {"intensity": 2})


def test_a_level_of_six_or_a_repeated_row_is_refused(context: Flask, tmp_path: Path) -> None:
    families = [f"A0X{rank:02}" for rank in range(99)]
    rows = [regional(family, 76) for family in families]
    many = workbook(tmp_path / "a.xlsx", ("FAP228 x Reg", REGION, [*rows, regional("A0X40", 76)]))
    report = import_tensions(many)
    assert (report.kept, [row.reason for row in report.refused]) == (
        99,
        ["Cette ligne répète une ligne du même lieu."],
    )
    with pytest.raises(SheetRefused, match="1 %"):
        import_tensions(
            workbook(tmp_path / "b.xlsx", ("r", REGION, [*rows[:20], regional("A0X99", 76, level=6)]))
        )
    assert db.session.scalar(select(func.count()).select_from(TensionCause)) == 99


def test_a_new_edition_takes_the_place_of_its_years_only(context: Flask, tmp_path: Path) -> None:
    old = [regional("A0X40", 76, 2022), regional("A0X40", 76, 2023)]
    import_tensions(workbook(tmp_path / "a.xlsx", ("r", REGION, old)))
    import_tensions(workbook(tmp_path / "b.xlsx", ("r", REGION, [regional("A0X40", 76, 2023, level=1)])))
    assert dict(db.session.execute(select(TensionCause.year, TensionCause.level)).all()) == {2022: 4, 2023: 1}


def test_a_workbook_without_the_columns_of_either_is_refused(context: Flask, tmp_path: Path) -> None:
    with pytest.raises(SheetRefused, match="Il manque dans ce fichier : rome, cbassin"):
        import_tensions(workbook(tmp_path / "a.xlsx", ("r", ["Code FAP 228", "Année"], [["A0X40", 2024]])))
