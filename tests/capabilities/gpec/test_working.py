"""Ages and trainings, in the desk's own layout; every figure here is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.gpec.imports import import_ages, import_trainings
from app.gpec.working import FEWEST, ages, trainings
from app.kernel.vocabulary import ZoneKind
from app.sheets import SheetRefused

AGES = "annee;type_zone;code_zone;fap;emplois;moins_30;plus_50;source"
TRAININGS = "annee;type_zone;code_zone;rome;intitule;organisme;places;source"
ORIGIN = "Observatoire fictif"


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def aged(folder: Path) -> Path:
    return written(
        folder,
        "ages.csv",
        AGES,
        f"2025;departement;9;;50000;9000;17000;{ORIGIN}",
        f"2025;region;76;;2400000;500000;700000;{ORIGIN}",
        f"2025;departement;9;A0X40;1000;100;500;{ORIGIN}",
        f"2025;departement;9;S0X42;400;100;*;{ORIGIN}",
        f"2025;departement;9;B1X41;200;20;60;{ORIGIN}",
        f"2025;departement;9;C1X40;{FEWEST - 1};0;40;{ORIGIN}",
        f"2025;departement;75;A0X40;900;100;300;{ORIGIN}",
    )


def test_shares_are_told_with_the_region_beside_and_the_eldest_first(context: Flask, tmp_path: Path) -> None:
    report = import_ages(aged(tmp_path))
    assert (report.read, report.kept, report.outside, report.vintage) == (7, 6, 1, "2025")
    found = ages(ZoneKind.DEPARTEMENT, "09", "76", 5)
    assert found is not None and found.whole is not None and found.region is not None
    assert (found.whole.young, found.whole.senior) == (18.0, 34.0)
    assert found.region.workers == 2_400_000 and found.origin == ORIGIN
    assert [(one.family, one.senior) for one in found.eldest] == [("A0X40", 50.0), ("B1X41", 30.0)]
    assert ages(ZoneKind.DEPARTEMENT, "31", "76", 5) is None
    assert import_ages(aged(tmp_path)).already_imported


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2025;departement;9;A0X40;10;6;5;x", "dépassent"),
        ("2025;canton;9;A0X40;10;1;1;x", "Genres de zone"),
        ("2025;departement;9;A0X40;10;1;1;", "manque"),
        ("2025;departement;9;A0X40;dix;1;1;x", "nombre entier"),
    ],
)
def test_a_wrong_row_is_refused_with_its_reason(
    context: Flask, tmp_path: Path, line: str, reason: str
) -> None:
    with pytest.raises(SheetRefused) as refused:
        import_ages(written(tmp_path, "ages.csv", AGES, line))
    report = refused.value.report
    assert report is not None and reason in report.refused[0].reason.replace("\u00a0", " ")


def test_trainings_are_counted_by_job_and_unsaid_places_stay_apart(context: Flask, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "formations.csv",
        TRAININGS,
        f"2026;epci;200017341;D1102;CAP fictif;Centre un;12;{ORIGIN}",
        f"2026;epci;200017341;D1102;CAP fictif;Centre deux;;{ORIGIN}",
        f"2026;epci;200017341;F1602;BP fictif;Centre un;8;{ORIGIN}",
    )
    assert import_trainings(path).kept == 3
    found = trainings(ZoneKind.EPCI, "200017341", 5)
    assert found is not None
    assert (found.trainings, found.places, found.unsaid) == (3, 20, 1)
    assert [(one.rome, one.trainings, one.places) for one in found.jobs] == [
        ("D1102", 2, 12),
        ("F1602", 1, 8),
    ]
