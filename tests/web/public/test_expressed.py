"""What the requests say beside the survey: the page, its picture, its files, and every wrong address."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from app.extensions import db, transaction
from app.gpec.imports import import_bmo
from app.gpec.models import BmoFigure, EmployerCount, GpecDataset
from app.kernel.clock import utcnow
from app.kernel.vocabulary import ZoneKind
from app.reporting.cells import REGION, Key, Place, Size
from app.reporting.models import Publication, PublishedCell
from app.reporting.publication_actions import withdraw
from tests.cases import a_publication

HERAULT = Place(ZoneKind.DEPARTEMENT, "34")
SURVEY = (
    "annee;Code métier BMO;Nom métier BMO;REG;Dept;BE24;NOMBE24;met;xmet;smet",
    "2024;S1X40;Cuisiniers;76;34;7640;LODEVE;100;70;50",
    "2024;S1X80;Serveurs;76;34;7640;LODEVE;200;*;*",
    "2024;B2X60;Maçons;76;34;7640;LODEVE;300;200;*",
    "2024;B4X61;Couvreurs;76;34;7640;LODEVE;*;*;*",
)
CELLS = {
    Key(HERAULT): 60,
    Key(HERAULT, "recruter"): 45,
    Key(HERAULT, "recruter", job="S"): 30,
    Key(HERAULT, "recruter", job="S1X40"): 25,
    Key(HERAULT, "recruter", job="B"): 10,
    Key(HERAULT, "recruter", size=Size.UNDER_10): 20,
    Key(HERAULT, "recruter", job="S", size=Size.UNDER_10): 11,
    Key(HERAULT, "recruter", job="B", size=Size.UNDER_10): 6,
    Key(REGION, "recruter"): 80,
}
PAGE = "/besoins-exprimes/?lieu=departement:34&theme=recruter&trimestre=2026-T2"
DATA = "/donnees"


@pytest.fixture
def empty(seeded: Flask) -> Iterator[FlaskClient]:
    yield seeded.test_client()
    with seeded.app_context(), db.engine.begin() as connection:
        for table in (PublishedCell, Publication, BmoFigure, EmployerCount, GpecDataset):
            connection.execute(table.__table__.delete())  # type: ignore[attr-defined]


@pytest.fixture
def visitor(empty: FlaskClient, seeded: Flask, tmp_path: Path) -> FlaskClient:
    with seeded.app_context():
        path = tmp_path / "bmo-2024.csv"
        path.write_text("\n".join(SURVEY), encoding="utf-8")
        import_bmo(path)
        a_publication("2026-T1", {})
        a_publication("2026-T2", CELLS)
    return empty


def text_of(visitor: FlaskClient, url: str = PAGE) -> str:
    answer = visitor.get(url)
    assert answer.status_code == 200
    return " ".join(answer.text.replace("\u202f", " ").replace("\u00a0", " ").split())


def table(visitor: FlaskClient, url: str) -> list[dict[str, Any]]:
    answer = visitor.get(url)
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))


def test_before_anything_is_published_the_page_says_when(empty: FlaskClient) -> None:
    text = text_of(empty, "/besoins-exprimes/")
    assert "Rien n’est encore publié" in text and "10 jours après sa fin" in text
    for url in ("image.svg", "tableau.csv", "2026-T2.csv", "2026-T2/datapackage.json"):
        assert empty.get(f"/besoins-exprimes/{url}").status_code == 404


def test_the_page_says_in_a_sentence_what_differs(visitor: FlaskClient) -> None:
    text = text_of(visitor)
    assert "45 besoins" in text and "au 2e trimestre 2026" in text and "mardi 30 juin 2026" in text
    assert (
        "Ils disent plus que l’enquête pour" in text and "75 % des besoins comparés, 50 % des projets" in text
    )
    assert "les demandes disent plus" in text and "au moins</span> 300" in text, "a secret row"
    assert "France Travail" in text and "édition 2024" in text


def test_what_is_not_told_is_secret_or_none(visitor: FlaskClient) -> None:
    text = text_of(visitor, "/besoins-exprimes/?lieu=departement:48&theme=former")
    assert "aucun nombre n’est publié pour ce lieu et ce thème" in text
    assert (
        text_of(visitor, "/besoins-exprimes/?lieu=departement:34&trimestre=2026-T1").count("aucun nombre")
        == 1
    )


@pytest.mark.parametrize(
    "query",
    [
        *("lieu=commune:34142", "lieu=planete:mars", "lieu=departement:99", "theme=%00", "theme=x" * 200),
        *("trimestre=2026-T9", "trimestre=%F0%9F%A5%96", "lieu=", "lieu[]=a&theme[]=b", "trimestre=0000-T1"),
    ],
)
def test_a_wrong_choice_falls_back_and_says_so(visitor: FlaskClient, query: str) -> None:
    text = text_of(visitor, f"/besoins-exprimes/?{query}")
    known = query in ("lieu=", "lieu[]=a&theme[]=b")
    assert ("Un des choix demandés n’existe pas" in text) is not known
    assert visitor.get(f"/besoins-exprimes/image.svg?{query}").status_code == 200
    assert visitor.get(f"/besoins-exprimes/tableau.xlsx?{query}").status_code == 200


@pytest.mark.parametrize("url", ["2026-T9.csv", "x.csv", "2026-T2.pdf", "%00.csv", "2026-T2/autre.json"])
def test_no_file_of_what_was_never_told(visitor: FlaskClient, url: str) -> None:
    assert visitor.get(f"/besoins-exprimes/{url}").status_code == 404


def test_the_picture_draws_the_figures_of_the_table(visitor: FlaskClient) -> None:
    answer = visitor.get(PAGE.replace("/?", "/image.svg?") + "&teinte=sombre")
    assert answer.mimetype == "image/svg+xml"
    assert "75 % · plus" in answer.text and "50 %" in answer.text and "Enquête BMO" in answer.text


def test_the_files_of_the_page(visitor: FlaskClient) -> None:
    rows = table(visitor, PAGE.replace("/?", "/tableau.csv?"))
    by_level = {(row["niveau"], row["code"]): row for row in rows}
    assert by_level["ensemble", ""]["besoins publiés"] == "45"
    assert by_level["domaine", "S"]["verdict"] == "les demandes disent plus"
    assert (
        by_level["famille", "S1X80"]["besoins publiés"] == "s"
        and by_level["famille", "S1X80"]["projets BMO"] == "200"
    )
    assert (
        by_level["effectif", "1-9"]["besoins publiés"] == "20"
        and by_level["effectif", "50+"]["besoins publiés"] == "s"
    )
    book = CalamineWorkbook.from_filelike(BytesIO(visitor.get(PAGE.replace("/?", "/tableau.xlsx?")).data))
    assert len(book.get_sheet_by_index(0).to_python()) == len(rows) + 1


def test_all_themes_together_have_their_number_and_lead_to_each(visitor: FlaskClient) -> None:
    url = "/besoins-exprimes/?lieu=departement:34&theme=tous&trimestre=2026-T2"
    text = text_of(visitor, url)
    assert "60 besoins" in text and "Tous les thèmes" in text and "theme=recruter" in text
    assert "Par taille d’entreprise" not in text and "Métiers et tailles se lisent thème par thème" in text
    rows = table(visitor, url.replace("/?", "/tableau.csv?"))
    told = {(row["niveau"], row["code"]): row["besoins publiés"] for row in rows}
    assert (
        told["ensemble", ""] == "60" and told["thème", "recruter"] == "45" and told["thème", "former"] == "s"
    )
    assert visitor.get(url.replace("/?", "/image.svg?")).status_code == 200


def test_a_size_is_compared_with_the_survey_too(visitor: FlaskClient) -> None:
    small = f"{PAGE}&taille=1-9"
    text = text_of(visitor, small)
    assert "20 besoins" in text and "entreprises de 1 à 9 salariés" in text
    assert "45 besoins" not in text and "famille de métiers" not in text
    rows = table(visitor, small.replace("/?", "/tableau.csv?"))
    told = {(row["niveau"], row["code"]): row["besoins publiés"] for row in rows}
    assert told == {("ensemble", ""): "20", ("domaine", "S"): "11", ("domaine", "B"): "6"}
    assert {row["effectif"] for row in rows} == {"1-9"}
    assert "Un des choix demandés n’existe pas" in text_of(visitor, f"{PAGE}&taille=géante")
    assert "aucun nombre n’est publié pour ce lieu, ce thème et cette taille" in text_of(
        visitor, f"{PAGE}&taille=0"
    )


def test_the_employers_of_the_register_stand_beside_the_sizes(visitor: FlaskClient, seeded: Flask) -> None:
    assert "Établissements employeurs" not in text_of(visitor)
    with seeded.app_context():
        a_register({"01": 40, "03": 2, "11": 7, "00": 900})
    text = text_of(visitor)
    assert "Établissements employeurs</th>" in text and ">42</td>" in text and ">7</td>" in text
    assert "900" not in text and "INSEE" in text
    row = next(one for one in table(visitor, PAGE.replace("/?", "/tableau.csv?")) if one["code"] == "1-9")
    assert row["établissements employeurs (Sirene)"] == "42" and row["édition"] == "2026"


def a_register(bands: dict[str, int]) -> None:
    with transaction() as session:
        known = {"publisher": "INSEE", "licence": "LO", "rows": 1, "sha256": "0", "loaded_at": utcnow()}
        file = GpecDataset(kind="sirene", title="Sirene", version="2026", **known)
        session.add(file)
        session.flush()
        for band, count in bands.items():
            spot = {"commune": "34142", "nomenclature": "rev2", "division": "56", "band": band}
            session.add(EmployerCount(year=2026, employers=count, dataset_id=file.id, **spot))


def test_the_whole_quarter_as_open_data(visitor: FlaskClient) -> None:
    rows = table(visitor, "/besoins-exprimes/2026-T2.csv")
    assert len(rows) == len(CELLS) and {row["trimestre"] for row in rows} == {"2026-T2"}
    found = next(row for row in rows if row["metier"] == "S1X40")
    assert (found["lieu"], found["libelle_metier"], found["besoins"]) == ("Hérault", "Cuisiniers", "25")
    described = visitor.get("/besoins-exprimes/2026-T2/datapackage.json").json
    assert described
    resource = described["resources"][0]
    assert [one["name"] for one in resource["schema"]["fields"]] == list(rows[0])
    assert (
        resource["path"].endswith("/besoins-exprimes/2026-T2.csv")
        and "confirmer" in described["licenses"][0]["title"]
    )
    assert table(visitor, "/besoins-exprimes/2026-T1.csv") == []


def test_a_quarter_withdrawn_says_why(visitor: FlaskClient, seeded: Flask) -> None:
    with seeded.app_context():
        withdraw("2026-T2", "Des métiers mal lus")
    text = text_of(visitor)
    assert "Trimestre retiré" in text and "Motif : Des métiers mal lus" in text and "45 besoins" not in text
    assert "n’existe pas" not in text and 'value="2026-T2"' not in text
    for url in ("2026-T2.csv", "2026-T2.xlsx", "2026-T2/datapackage.json"):
        assert visitor.get(f"/besoins-exprimes/{url}").status_code == 410
    assert "Trimestre retiré" not in text_of(visitor, "/besoins-exprimes/")


def test_what_a_secret_row_does_to_a_verdict_is_said(visitor: FlaskClient) -> None:
    assert "leurs projets manquent aux parts" in text_of(visitor)


def test_the_page_about_data_leads_there(visitor: FlaskClient) -> None:
    assert 'href="/besoins-exprimes/"' in visitor.get(DATA).text


def test_a_territory_leads_there(visitor: FlaskClient) -> None:
    text = text_of(visitor, "/territoires/departement/34")
    assert "60" in text and "/besoins-exprimes/?lieu=departement:34&amp;theme=recruter" in text
    assert "aucune entreprise ne s’y reconnaît" in text_of(visitor, "/territoires/commune/34142")
