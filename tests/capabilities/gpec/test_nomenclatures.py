"""ROME, FAP, their passage and the tensions: the samples with their counts, and small traps."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.gpec import queries
from app.gpec.imports import (
    import_appellations,
    import_fap,
    import_rome,
    import_rome_fap,
    import_tensions,
)
from app.gpec.models import FapFamily, RomeAppellation, RomeJob, Tension
from app.sheets import ImportReport, SheetRefused
from tests.capabilities.gpec.conftest import Written

PASSAGE = "rome_fap/Dares_Table_passage_ROME_Qualif_to_FAP2021_pour_programme.csv"
SAMPLES: list[tuple[Callable[..., ImportReport], str, str | None, int]] = [
    (import_rome, "rome_fap/jobs_rome.csv", "2024", 532),
    (import_rome, "rome_fap/unix_referentiel_code_rome_v460_utf8.csv", None, 1_584),
    (import_appellations, "rome_fap/jobs_appellation.csv", "2024", 11_061),
    (import_fap, "rome_fap/Dares_Arborescence_FAP2021.xlsx", "2021", 341),
    (import_fap, "rome_fap/Intitules_FAP2021.csv", "2021", 341),
    (import_rome_fap, PASSAGE, "2021", 5_320),
    (import_tensions, "tensions/tension_2020_bassin_rome_occitanie.csv", "2020", 2_577),
    (import_tensions, "tensions/tension_2019_bassin_fap_rome_occitanie.csv", "2019", 163),
]
TENSION = ["annee", "ROME", "cbassin", "oee", "defm_abc", "ind_tension_d"]


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(("load", "name", "vintage", "rows"), SAMPLES, ids=[one[1] for one in SAMPLES])
def test_each_sample_is_read_whole_and_once(
    context: Flask,
    samples: Path,
    load: Callable[..., ImportReport],
    name: str,
    vintage: str | None,
    rows: int,
) -> None:
    tried, first, again = load(samples / name, dry_run=True), load(samples / name), load(samples / name)
    assert (first.read, first.kept, first.outside, first.refused) == (rows, rows, 0, ())
    assert (first.vintage, first.already_imported) == (vintage, False) and tried == first
    assert again.already_imported and len(queries.datasets()) == 1


def test_the_passage_gives_every_family_of_a_job(context: Flask, samples: Path) -> None:
    import_rome_fap(samples / PASSAGE)
    expected: dict[str, set[str]] = {}
    with (samples / PASSAGE).open(encoding="latin-1") as file:
        for row in csv.DictReader(file, delimiter=";"):
            expected.setdefault(row["ROME"], set()).add(row["FAP341"][:5])
    assert {rome: list(queries.links(rome).fap228) for rome in expected} == {
        rome: sorted(codes) for rome, codes in expected.items()
    }
    assert queries.links("A1201").label == "Bûcheronnage et élagage"


def test_a_family_of_228_is_named_by_the_start_of_its_parts(context: Flask, samples: Path) -> None:
    import_fap(samples / "rome_fap/Dares_Arborescence_FAP2021.xlsx")
    families = db.session.scalars(select(FapFamily)).all()
    assert all(one.fap228 == one.code[:5] for one in families)
    assert len({one.fap228 for one in families}) == 228


def test_the_years_of_tensions_live_side_by_side(context: Flask, samples: Path) -> None:
    for load, name, *_ in SAMPLES[-2:]:
        load(samples / name)
    by_year = select(Tension.year, func.count()).group_by(Tension.year)
    assert dict(db.session.execute(by_year).all()) == {2019: 163, 2020: 2577}
    cook = db.session.get(Tension, (2019, "7617", "G1602", "S1Z40"))
    assert cook and (cook.offers, cook.seekers, cook.level) == (4670, 1430, 5)


def test_tensions_elsewhere_are_outside_and_a_sixth_level_is_refused(
    context: Flask, written: Written
) -> None:
    rows = [["2020", "A1203", f"{7601 + rank}", "1 002", "3", "1"] for rank in range(98)]
    rows += [["2020", "A1203", "1101", "?", "", "9"], ["2020", "A1203", "7699", "1", "1", "6"]]
    report = import_tensions(written("tension.csv", TENSION, rows))
    assert (report.read, report.kept, report.outside) == (100, 98, 1)
    assert [one.reason for one in report.refused] == ["Le niveau va de 1 à 5."]


def test_a_card_born_of_a_parting_has_the_families_of_its_parent(context: Flask, written: Written) -> None:
    header = ["code_rome", "libelle_rome", "code_rome_parent"]
    import_rome(written("rome.csv", header, [["A1102", "Conducteur d’engins forestiers", "A1101"]]))
    passage = [["A1101", "0", "A0X43"], ["A1101", "1", "A0X41a"], ["A1101", "2", "A0X41b"]]
    import_rome_fap(written("passage.csv", ["ROME", "Qualif", "FAP341"], passage))
    found = queries.links("A1102")
    assert found.to_dict() == {"fap228": ["A0X41", "A0X43"], "label": "Conducteur d’engins forestiers"}


def test_a_new_list_takes_the_place_of_the_old(context: Flask, written: Written) -> None:
    import_rome(written("a.csv", ["code", "name"], [["A1101", "Un"], ["A1201", "Deux"]]))
    import_rome(written("b.csv", ["code", "name"], [["A1101", "Trois"]]))
    assert count(RomeJob) == 1 and queries.links("A1101").label == "Trois"


def test_a_list_given_for_another_writes_nothing(context: Flask, samples: Path) -> None:
    with pytest.raises(SheetRefused):
        import_rome(samples / "rome_fap/jobs_appellation.csv")
    with pytest.raises(SheetRefused, match="rome"):
        import_appellations(samples / "rome_fap/jobs_rome.csv")
    assert count(RomeJob) == count(RomeAppellation) == 0


def test_the_command_answers_line_by_line(app: Flask, written: Written) -> None:
    ask = [{"rome": "B1601"}, {"rome": "Z9999"}, {"rome": "métallier"}, {"rome": 4}]
    text = "".join(json.dumps(line) + "\n" for line in ask)
    run = app.test_cli_runner().invoke
    assert run(args=["gpec", "links"], input=text).exit_code == 2
    header = ["ROME", "Intitule_ROME", "Qualif", "FAP341"]
    path = written("passage.csv", header, [["B1601", "Métallerie d’art", "0", "K0X30"]])
    assert run(args=["gpec", "import", "rome-fap", str(path)]).exit_code == 0
    known, unknown, *wrong = [
        json.loads(line) for line in run(args=["gpec", "links"], input=text).stdout.splitlines()
    ]
    assert known == {"fap228": ["K0X30"], "label": "Métallerie d’art"}
    assert unknown == {"fap228": [], "label": None}
    assert [one["field"] for one in wrong] == ["rome", "rome"]
