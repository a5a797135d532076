"""Pages of jobs: every linked family, figures with base and source, secrets kept, no table read whole."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.extensions import db
from app.gpec.imports import import_appellations, import_bmo, import_rome, import_rome_fap
from app.gpec.models import BmoFigure, GpecDataset, RomeAppellation, RomeFapLink, RomeJob
from app.reporting.cells import REGION, Key
from app.reporting.models import Publication, PublishedCell
from app.sheets import ImportReport
from tests.cases import a_publication

Bring = Callable[[Path], ImportReport]
FILES: tuple[tuple[Bring, tuple[str, ...]], ...] = (
    (
        import_bmo,
        (
            "annee;Code métier BMO;Nom métier BMO;REG;Dept;BE24;NOMBE24;met;xmet;smet",
            "2024;S1X40;Cuisiniers;76;34;7640;LODEVE;100;70;50",
            "2024;S1X40;Cuisiniers;76;34;7642;MONTPELLIER;200;*;*",
            "2024;S1X40;Cuisiniers;76;09;7610;FOIX;40;30;*",
            "2024;S1X80;Serveurs;76;34;7640;LODEVE;*;*;*",
        ),
    ),
    (
        import_rome_fap,
        (
            "ROME;Intitule_ROME;Qualif;FAP341;Intitule_FAP341",
            "G1602;Personnel de cuisine;0;S1X40;Cuisiniers",
            "G1602;Personnel de cuisine;5;S1X80;Serveurs",
            "G1803;Service en restauration;0;S1X80;Serveurs",
        ),
    ),
    (import_rome, ("code,name,updated_at", "G1602,Personnel de cuisine,2024-09-01")),
    (import_appellations, ("code,name,rome_id,updated_at", "1,Cuisinier / Cuisinière,G1602,2024-09-01")),
)
TABLES = (PublishedCell, Publication, RomeAppellation, RomeFapLink, RomeJob, BmoFigure, GpecDataset)


@pytest.fixture
def visitor(seeded: Flask, tmp_path: Path) -> Iterator[FlaskClient]:
    with seeded.app_context():
        for rank, (bring, lines) in enumerate(FILES):
            path = tmp_path / f"{rank}-2024.csv"
            path.write_text("\n".join(lines), encoding="utf-8")
            bring(path)
    yield seeded.test_client()
    with seeded.app_context(), db.engine.begin() as connection:
        for table in TABLES:
            connection.execute(table.__table__.delete())  # type: ignore[attr-defined]
    seeded.extensions.pop("gpec_job_names", None)


def words(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).replace("\u00a0", " ").split())


@pytest.mark.parametrize("typed", ["cuisinier", "G1602", "g1602", "personnel cuisine", "CUISINIÈRE"])
def test_a_job_is_searched_by_any_of_its_names(visitor: FlaskClient, typed: str) -> None:
    assert "/metiers/G1602" in visitor.get("/metiers/", query_string={"q": typed}).text


@pytest.mark.parametrize("typed", ["\x00", "a" * 5000, "🥐", "%", "' or 1=1"])
def test_whatever_is_typed_is_answered(visitor: FlaskClient, typed: str) -> None:
    for asked in ({"q": typed}, {"famille": typed}, {"q": typed, "famille": "S1X40"}):
        assert visitor.get("/metiers/", query_string=asked).status_code == 200


def test_an_unknown_job_or_family_is_not_found_and_lower_case_is_led(visitor: FlaskClient) -> None:
    for url in ("Z9999", "x", "%00", "Z9999/chiffres.csv", "G1602/A0X40.svg", "G1602/%00.svg"):
        assert visitor.get(f"/metiers/{url}").status_code == 404
    assert visitor.get("/metiers/g1602").location == "/metiers/G1602"


def test_every_family_is_shown_with_a_note_its_figures_and_their_source(visitor: FlaskClient) -> None:
    said = words(visitor, "/metiers/G1602")
    assert "2 familles" in said and "aucune n’est choisie" in said
    assert "comptent aussi 1 autre métier" in said and "Service en restauration" in said
    assert "En Occitanie, 7 recrutements de cuisiniers sur 10 sont jugés difficiles (BMO 2024)." in said
    assert "100 jugés difficiles sur 140 projets" in said
    assert "Hérault 300 70 % 70 sur 100 50" in said and "Ariège 40 – s" in said
    assert "le nombre de projets de recrutement de serveurs est secret" in said
    assert "France Travail, Enquête Besoins en main-d’œuvre (BMO), édition 2024" in said
    assert "Aucun trimestre n’est encore publié" in said


def test_from_a_place_the_job_is_first_told_there(visitor: FlaskClient) -> None:
    said = words(visitor, "/metiers/G1602?lieu=departement:34")
    assert "Dans l’Hérault, 7 recrutements de cuisiniers sur 10 sont jugés difficiles (BMO 2024)." in said
    assert "Revenir à Hérault" in said
    assert (
        "/metiers/G1602?lieu=departement:34"
        in visitor.get("/metiers/?famille=S1X40&lieu=departement:34").text
    )
    assert visitor.get("/metiers/g1602?lieu=departement:34").location == "/metiers/G1602?lieu=departement:34"
    assert "Ce métier, ici" not in words(visitor, "/metiers/G1602")


@pytest.mark.parametrize(
    "lieu", ["", ":", "commune:", "commune:99999", "x:34", "epci:200017341", "\x00", "a" * 5000]
)
def test_a_place_that_says_nothing_is_left_out(visitor: FlaskClient, lieu: str) -> None:
    page = visitor.get("/metiers/G1602", query_string={"lieu": lieu})
    assert page.status_code == 200 and "Ce métier, ici" not in page.text


def test_the_file_writes_secrets_as_such_and_each_row_its_source(visitor: FlaskClient) -> None:
    answer = visitor.get("/metiers/G1602/chiffres.csv")
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    herault = next(row for row in rows if row["code du lieu"] == "34" and row["code FAP"] == "S1X40")
    assert (herault["projets de recrutement"], herault["jugés difficiles"]) == ("300", "70")
    assert herault["base de la part"] == "100" and herault["part difficile (%)"] == "70"
    serveurs = next(row for row in rows if row["code FAP"] == "S1X80")
    assert serveurs["projets de recrutement"] == "s" == serveurs["part difficile (%)"]
    foix = next(row for row in rows if row["code du lieu"] == "7610")
    assert foix["part difficile (%)"] == "moins de 50"
    assert all(row["édition"] == "2024" and "BMO" in row["source"] for row in rows)


def test_the_picture_says_the_figures_of_the_table(visitor: FlaskClient) -> None:
    answer = visitor.get("/metiers/G1602/S1X40.svg?teinte=sombre&etroit=1")
    assert answer.mimetype == "image/svg+xml" and "Hérault" in answer.text and "70\u00a0%" in answer.text
    again = visitor.get("/metiers/G1602/S1X40.svg?teinte=sombre&etroit=1",
                        headers={"If-None-Match": answer.headers["ETag"]})  # fmt: skip
    assert again.status_code == 304


def test_the_page_tells_the_published_needs_of_its_families(visitor: FlaskClient, seeded: Flask) -> None:
    assert "Aucun trimestre n’est encore publié" in visitor.get("/metiers/G1602").text
    with seeded.app_context():
        a_publication("2026-T2", {Key(REGION, "recruter", job="S1X40"): 31})
    text = visitor.get("/metiers/G1602").text
    assert "31 pour «" in text.replace("\u202f", " ") and "1er avril 2026" in text
    assert "rien n’est publié" in text, "its other families"


def test_the_page_of_a_job_reads_no_table_of_figures_whole(visitor: FlaskClient, seeded: Flask) -> None:
    with seeded.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("plans are read on SQLite, whose planner does not weigh small tables")
        asked: list[tuple[str, object]] = []
        visitor.get("/metiers/G1602")  # names are in memory from here on

        def note(_conn: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
            asked.append((statement, values))

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            visitor.get("/metiers/G1602")
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        tables = (
            "bmo_figures",
            "tensions",
            "tension_causes",
            "rome_fap_links",
            "rome_appellations",
            "captured",
        )
        read = [one for one in asked if any(table in one[0] for table in tables)]
        assert len(read) >= 6
        with db.engine.connect() as connection:
            for statement, values in read:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()  # type: ignore[arg-type]
                whole = [row[3] for row in plan if row[3].startswith("SCAN") and "by_company" not in row[3]]
                assert not whole, (statement, whole)
