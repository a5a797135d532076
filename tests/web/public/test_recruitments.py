"""The BMO survey on territory pages: figures with base, source and year; secrets and fragile shares said so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.gpec.imports import import_bmo
from app.gpec.models import BmoFigure, GpecDataset
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
        for table in (BmoFigure, GpecDataset):
            connection.execute(table.__table__.delete())  # type: ignore[attr-defined]


def section(client: FlaskClient, url: str) -> str:
    """The words of the survey's section."""
    text = client.get(f"/territoires/{url}").text
    found = re.search(r'aria-labelledby="bmo">(.*?)</section>', text, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).replace("\u00a0", " ").split())


def test_a_departement_shows_its_figures_and_their_source(visitor: FlaskClient) -> None:
    words = section(visitor, "departement/34")
    assert "Projets de recrutement 1 300 " in words
    assert "27 % (330 sur les 1 240 projets dont la difficulté est publiée)" in words
    assert "Saisonniers 900 " in words and "1 lignes secrètes sur 4" not in words
    assert "1 ligne secrète sur 4" in words
    assert "Agriculteurs 1 200 25 % Cuisiniers 60 s Aides-soignants 40 –" in words
    assert "Serveurs" not in words and "Source : France Travail" in words and "édition 2024" in words
    assert "non importées" not in words


def test_a_fragile_share_is_not_shown_and_a_secret_is_not_zero(visitor: FlaskClient) -> None:
    words = section(visitor, "departement/09")
    assert "Jugés difficiles 20 : moins de 50 projets" in words and "Saisonniers s " in words


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
