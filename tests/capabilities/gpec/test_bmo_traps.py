"""Made-up BMO tables: the layouts of four years, secrets, repeated rows, other regions."""

from __future__ import annotations

import pytest
from flask import Flask

from app.gpec import queries
from app.gpec.figures import Figures
from app.gpec.imports import import_bmo
from app.kernel.vocabulary import ZoneKind
from app.sheets import SheetRefused
from tests.capabilities.gpec.conftest import Written

JOB = ["annee", "Code métier BMO", "Nom métier BMO", "Famille_met", "Lbl_fam_met"]
COUNTS = ["met", "xmet", "smet"]
LAYOUTS = {
    2023: [*JOB, "BE23", "NOMBE23", "Dept", "NomDept", "REG", "NOM_REG", *COUNTS],
    2024: [*JOB, "REG", "NOM_REG", "Dept", "NomDept", "BE24", "NOMBE24", *COUNTS],
    2025: [*JOB, "REG", "NOM_REG", "Dept", "NomDept", "BE25", "NOMBE25", *COUNTS],
    2026: [*JOB, "REG", "NOM_REG", "Dept", "NomDept", "BE26", "NOMBE26", "clpe", *COUNTS],
}


def row(year: int = 2024, /, **changes: str) -> list[str]:
    values = {
        "annee": str(year),
        "Code métier BMO": "A0X40",
        "Nom métier BMO": "Agriculteurs",
        "REG": "76",
        "Dept": "46",
        f"BE{year % 100}": "7601",
        f"NOMBE{year % 100}": "CAHORS",
        "met": "120",
        "xmet": "60",
        "smet": "*",
    }
    values |= changes
    return [values.get(name, "x") for name in LAYOUTS[year]]


@pytest.mark.parametrize("year", LAYOUTS)
def test_the_layout_of_each_year_is_found_by_names(context: Flask, written: Written, year: int) -> None:
    report = import_bmo(written("bmo.csv", LAYOUTS[year], [row(year)]))
    assert (report.vintage, report.kept) == (str(year), 1)
    assert queries.bmo(year, ZoneKind.DEPARTEMENT, "46") == Figures(120, 60, None, 1, 0, 120)


def test_a_secret_is_unknown_in_its_measure_alone(context: Flask, written: Written) -> None:
    rows = [
        row(),
        row(Dept="09", met="*", xmet="*", smet="*"),
        row(Dept="12", met="40", xmet="*", smet="0"),
    ]
    import_bmo(written("bmo.csv", LAYOUTS[2024], rows))
    assert queries.bmo(2024, ZoneKind.BASSIN_BMO, "7601") == Figures(160, 60, 0, 3, 1, 120)
    assert queries.bmo(2024, ZoneKind.DEPARTEMENT, "09").projects is None
    (top,) = queries.top_jobs(2024, ZoneKind.BASSIN_BMO, "7601")
    assert (top.job, top.figures.projects) == ("A0X40", 160)


def test_what_spreadsheets_do_to_numbers(context: Flask, written: Written) -> None:
    changes = {"BE24": "7601.0", "Dept": "9", "REG": "76.0", "met": "1 120", "xmet": "60.0"}
    import_bmo(written("bmo.csv", LAYOUTS[2024], [row(**changes)]))
    assert queries.bmo(2024, ZoneKind.DEPARTEMENT, "09").projects == 1120
    assert queries.bmo(2024, ZoneKind.BASSIN_BMO, "7601").difficult == 60


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "répète la ligne 2"),
        ({"Dept": "75"}, "pas en Occitanie"),
        ({"met": "-4", "Dept": "12"}, "nombre entier"),
        ({"met": "9999999999", "Dept": "12"}, "nombre entier"),
        ({"met": "", "Dept": "12"}, "manque"),
        ({"annee": "2023", "Dept": "12"}, "est de 2023"),
        ({"Code métier BMO": "plombier", "Dept": "12"}, "A0X40"),
        ({"BE24": "Cahors", "Dept": "12"}, "4 chiffres"),
    ],
)
def test_a_refused_row_is_a_result(
    context: Flask, written: Written, changes: dict[str, str], reason: str
) -> None:
    many = [row(BE24=f"{7601 + rank}") for rank in range(99)]
    report = import_bmo(written("bmo.csv", LAYOUTS[2024], [*many, row(**changes)]))
    (refused,) = report.refused
    assert (report.read, report.kept, refused.line) == (100, 99, 101) and reason in refused.reason


def test_other_regions_are_outside_and_not_read_further(context: Flask, written: Written) -> None:
    rows = [row(), row(REG="11", Dept="75", met="?"), row(REG="1", Dept="971")]
    report = import_bmo(written("bmo.csv", LAYOUTS[2024], rows))
    assert (report.read, report.kept, report.outside, report.refused) == (3, 1, 2, ())


def test_too_many_refusals_or_a_missing_column_write_nothing(context: Flask, written: Written) -> None:
    with pytest.raises(SheetRefused, match="1 %") as caught:
        import_bmo(written("bmo.csv", LAYOUTS[2024], [row(), row(Dept="12", met="?")]))
    assert caught.value.report and len(caught.value.report.refused) == 1
    with pytest.raises(SheetRefused, match="Il manque dans ce fichier : met, xmet, smet"):
        import_bmo(written("bmo.csv", LAYOUTS[2024][:-3], [row()[:-3]]))
    assert not queries.bmo_years() and not queries.datasets()


def test_editions_live_side_by_side_and_a_new_file_replaces_its_year(
    context: Flask, written: Written
) -> None:
    import_bmo(written("a.csv", LAYOUTS[2023], [row(2023), row(2023, Dept="12")]))
    import_bmo(written("b.csv", LAYOUTS[2024], [row(2024, met="10")]))
    import_bmo(written("c.csv", LAYOUTS[2023], [row(2023, met="70")]))
    assert queries.bmo_years() == [2024, 2023]
    assert queries.bmo(2023, ZoneKind.REGION, "76").projects == 70
    assert queries.bmo(2024, ZoneKind.REGION, "76").projects == 10


def test_a_share_needs_fifty_projects_and_says_its_base() -> None:
    assert Figures(200, 30, None, 4, 0, base=60).difficult_share == 50
    assert Figures(200, 30, None, 4, 0, base=49).difficult_share is None
    assert Figures(200, None, None, 4, 0, base=None).difficult_share is None
