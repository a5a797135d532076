"""Territory pages and the search of communes, over the real communes."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture
def visitor(seeded: Flask) -> FlaskClient:
    return seeded.test_client()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("commune/34142", ["Lodève", "34700", "Lodévois", "Maison de Ma Région — Hérault"]),
        ("epci/200017341", ["Lodévois et Larzac", "Lodève", "Hérault"]),
        ("departement/34", ["Hérault", "Montpellier", "Maison de Ma Région — Hérault"]),
        ("departement/09", ["Ariège", "Foix", "Maison de Ma Région — Ariège"]),
    ],
)
def test_a_territory_says_what_it_is_and_who_answers(
    visitor: FlaskClient, url: str, words: list[str]
) -> None:
    answer = visitor.get(f"/territoires/{url}")
    assert answer.status_code == 200
    for word in words:
        assert word in answer.text, word
    assert "Données BMO non importées" in answer.text and "Comment faire" in answer.text
    assert "INSEE" in answer.text and "Licence Ouverte" in answer.text


def test_every_network_of_the_place_is_listed_once(visitor: FlaskClient, seeded: Flask) -> None:
    text = visitor.get("/territoires/commune/34142").text
    assert "mission locale" in text.lower() and "Aveyron" not in text.replace("Carte", "")


def test_an_old_commune_leads_to_today_s(visitor: FlaskClient) -> None:
    answer = visitor.get("/territoires/commune/12076")
    assert answer.status_code == 301 and answer.location.endswith("/territoires/commune/12218")


@pytest.mark.parametrize(
    "url",
    [
        "commune/75056",
        "commune/99999",
        "commune/x",
        "epci/0",
        "departement/75",
        "zone_emploi/7601",
        "bassin_bmo/7601",
        "planete/mars",
        "region/75",
        "commune/%00",
        "commune/34142%2F..",
        "epci/" + "9" * 3000,
    ],
)
def test_an_unknown_territory_is_a_404_page(visitor: FlaskClient, url: str) -> None:
    assert visitor.get(f"/territoires/{url}").status_code == 404


def test_the_index_searches_without_script(visitor: FlaskClient) -> None:
    assert 'value="lodeve"' in visitor.get("/territoires/?q=lodeve").text
    assert "/territoires/commune/34142" in visitor.get("/territoires/?q=lodeve").text
    assert "Aucune commune" in visitor.get("/territoires/?q=zzzz").text
    for code in ("09", "34", "82"):
        assert f"/territoires/departement/{code}" in visitor.get("/territoires/").text


def test_every_link_of_a_page_leads_somewhere(visitor: FlaskClient, seeded: Flask) -> None:
    for url in ("commune/34142", "epci/200017341", "departement/48"):
        links = set(re.findall(r'href="(/territoires/[^"#]+)"', visitor.get(f"/territoires/{url}").text))
        assert links
        for link in sorted(links)[:15]:
            assert visitor.get(link).status_code == 200, link


def test_places_that_cross_the_published_ones_send_there(visitor: FlaskClient) -> None:
    """Told there as well, they would give back what the difference hides."""
    said = "aucune entreprise ne s’y reconnaît"
    for url, crosses in (
        ("departement/34", False),
        ("region/76", False),
        ("commune/34142", True),
        ("epci/200017341", True),
    ):
        text = visitor.get(f"/territoires/{url}").text
        assert (said in text) is crosses and ("Aucun trimestre n’est encore publié" in text) is not crosses


def test_pages_answer_without_reference_data(client: FlaskClient) -> None:
    assert "ne sont pas chargées" in client.get("/territoires/").text
    assert client.get("/territoires/commune/34142").status_code == 404
