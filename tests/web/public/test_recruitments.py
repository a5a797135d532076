"""The BMO survey on territory pages: figures with base, source and year; secrets and fragile shares said so."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from app.extensions import db
from app.gpec.imports import import_ages, import_bmo, import_tensions, import_trainings
from app.gpec.models import AgeFigure, BmoFigure, GpecDataset, Tension, TrainingOffer
from app.gpec.tense import tense
from app.kernel.vocabulary import ZoneKind
from app.web.public.recruitments import recruitments
from app.web.public.territory_card import Card, Link

HEADER = "annee;Code métier BMO;Nom métier BMO;REG;Dept;BE24;NOMBE24;met;xmet;smet"
ROWS = (
    "2024;A0X40;Agriculteurs;76;34;7640;LODEVE;1200;300;900",
    "2024;V0X60;Aides-soignants;76;34;7640;LODEVE;40;30;*",
    "2024;S1X40;Cuisiniers;76;34;7640;LODEVE;60;*;*",
    "2024;S1X80;Serveurs;76;34;7640;LODEVE;*;*;*",
    "2024;S1X80;Serveurs;76;09;7610;FOIX;*;*;*",
    "2024;A0X40;Agriculteurs;76;09;7610;FOIX;30;20;*",
)


@pytest.fixture
def visitor(seeded: Flask, tmp_path: Path) -> Iterator[FlaskClient]:
    """A visitor once a made-up survey is in; it is taken away afterwards."""
    path = tmp_path / "bmo.csv"
    path.write_text("\n".join([HEADER, *ROWS]), encoding="utf-8")
    with seeded.app_context():
        import_bmo(path)
    yield seeded.test_client()
    with seeded.app_context(), db.engine.begin() as connection:
        for table in (BmoFigure, Tension, AgeFigure, TrainingOffer, GpecDataset):
            connection.execute(table.__table__.delete())  # type: ignore[attr-defined]


def section(client: FlaskClient, url: str) -> str:
    """The words of the tiles and of the survey's section."""
    text = client.get(f"/territoires/{url}").text
    found = re.findall(r'(?:aria-labelledby="bmo"|class="territory-tiles")>(.*?)</section>', text, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).replace("\u00a0", " ").split())


def test_a_departement_shows_its_figures_and_their_source(visitor: FlaskClient) -> None:
    words = section(visitor, "departement/34")
    assert "Projets de recrutement 1 300 " in words
    assert "Jugés difficiles 27 % 330 sur 1 240 projets" in words
    assert "Saisonniers 75 % 900 sur 1 200 projets" in words and "1 lignes secrètes sur 4" not in words
    assert "1 ligne secrète sur 4" in words
    assert "Agriculteurs 1 200 25 % Cuisiniers 60 s Aides-soignants 40 –" in words
    assert "Serveurs" not in words and "Source : France Travail" in words and "édition 2024" in words
    assert "non importées" not in words


def test_a_fragile_share_is_not_shown_and_a_secret_is_not_zero(visitor: FlaskClient) -> None:
    words = section(visitor, "departement/09")
    assert "Jugés difficiles 20 moins de 50 projets" in words
    assert "Saisonniers s secret statistique" in words


def test_a_commune_reads_its_departement_until_basins_are_known(visitor: FlaskClient) -> None:
    assert "Département : Hérault" in section(visitor, "commune/34142")


def test_other_scales_and_empty_places_say_so(visitor: FlaskClient) -> None:
    assert "pas publiée à cette échelle" in section(visitor, "epci/200017341")
    assert "aucun chiffre pour Lozère" in section(visitor, "departement/48")


def test_a_commune_reads_its_basin_and_a_basin_itself(visitor: FlaskClient, seeded: Flask) -> None:
    links = (
        Link(ZoneKind.DEPARTEMENT, "34", "Hérault"),
        Link(ZoneKind.BASSIN_BMO, "7640", "Lodève"),
    )
    commune = Card(ZoneKind.COMMUNE, "34142", "Lodève", (), links, ())
    basin = Card(ZoneKind.BASSIN_BMO, "7610", "Foix", (), links[:1], ())
    with seeded.app_context():
        near, own = recruitments(commune), recruitments(basin)
    assert near and near.at == links[1] and near.figures and near.figures.rows == 4
    assert own and own.at and own.at.code == "7610" and own.figures and own.figures.projects == 30


def test_a_place_is_compared_with_the_region_in_shares(visitor: FlaskClient) -> None:
    words = section(visitor, "departement/34")
    assert "Occitanie : 28 % jugés difficiles (350 sur 1 270)" in words
    assert "Projets de recrutement 1 330" in section(visitor, "region/76")


def test_the_files_hold_every_job_with_its_source_and_secrets_as_such(visitor: FlaskClient) -> None:
    text = visitor.get("/territoires/departement/34/chiffres.csv").text
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    told = {row["famille professionnelle"]: row for row in rows}
    assert told["Tous métiers"]["projets de recrutement"] == "1300" and len(rows) == 5
    assert told["Serveurs"]["projets de recrutement"] == "s"
    assert told["Aides-soignants"]["part difficile (%)"] == "moins de 50"
    assert {row["édition"] for row in rows} == {"2024"} and all(row["source"] for row in rows)
    book = visitor.get("/territoires/departement/34/chiffres.xlsx")
    (sheet,) = CalamineWorkbook.from_filelike(BytesIO(book.data)).sheet_names
    lines = CalamineWorkbook.from_filelike(BytesIO(book.data)).get_sheet_by_name(sheet).to_python()
    assert len(lines) == 6 and lines[1][5] == 1300


def test_the_picture_of_a_place_says_its_first_jobs(visitor: FlaskClient) -> None:
    answer = visitor.get("/territoires/departement/34/metiers.svg?etroit=1")
    assert answer.mimetype == "image/svg+xml" and "Agriculteurs" in answer.text and "25\u00a0%" in answer.text


@pytest.mark.parametrize(
    "url", ["epci/200017341/chiffres.csv", "x/1/metiers.svg", "departement/99/chiffres.xlsx"]
)
def test_nothing_is_given_where_the_survey_is_not_published(visitor: FlaskClient, url: str) -> None:
    assert visitor.get(f"/territoires/{url}").status_code == 404


def test_tensions_and_what_no_source_tells(visitor: FlaskClient, seeded: Flask, tmp_path: Path) -> None:
    page = visitor.get("/territoires/departement/34").text
    assert "Aucune tension n’est publiée" in page and "Âge des personnes en emploi" in page
    path = tmp_path / "tensions.csv"
    rows = (
        "annee;ROME;cbassin;oee;defm_abc;ind_tension_d",
        "2020;G1602;7640;10;5;5",
        "2020;D1102;7640;9;5;2",
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    with seeded.app_context():
        import_tensions(path)
        found = tense(ZoneKind.BASSIN_BMO, "7640", 10)
        assert [(one.label, one.fact.level) for one in found] == [("G1602", 5)]
        assert tense(ZoneKind.EPCI, "200017341", 10) == []


def test_ages_and_trainings_are_read_in_the_nearest_place_that_says_them(
    visitor: FlaskClient, seeded: Flask, tmp_path: Path
) -> None:
    """Every figure is invented."""
    ages = "annee;type_zone;code_zone;fap;emplois;moins_30;plus_50;source\n2025;departement;34;;1000;200;340;Obs\n"
    places = "annee;type_zone;code_zone;rome;intitule;organisme;places;source\n"
    (tmp_path / "ages.csv").write_text(ages, encoding="utf-8")
    (tmp_path / "f.csv").write_text(f"{places}2026;departement;34;D1102;CAP;Un;12;Carif\n", encoding="utf-8")
    with seeded.app_context():
        import_ages(tmp_path / "ages.csv")
        import_trainings(tmp_path / "f.csv")
    page = re.sub("[\u00a0\u202f]|&nbsp;", " ", visitor.get("/territoires/commune/34142").text)
    assert "34 %" in page and "1 000" in page and "Source : Obs, 2025" in page
    assert "Département : Hérault. Rien de plus fin n’est connu." in page
    assert "1</strong> formation," in page and "12</strong> places connues" in page
