"""What anyone may read: the first page and the four pages that explain the desk."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel.clock import today
from app.rulebooks.queries import in_force
from app.web.public.algorithm import is_unsure

TEXTS = ("/donnees", "/comment-ca-marche", "/accessibilite", "/mentions")


@pytest.fixture
def visitor(seeded: Flask) -> FlaskClient:
    return seeded.test_client()


def text_of(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return unescape(answer.text).replace("\u00a0", " ")


def test_the_first_page_offers_words_and_the_eight_themes(visitor: FlaskClient) -> None:
    text = text_of(visitor, "/")
    assert "Votre besoin, en une ou deux phrases" in text
    assert len(re.findall(r"/demandes/nouvelle\?theme=(?!hors_champ)", text)) == 8
    assert "En 2 à 10 jours ouvrés" in text and "Vous avez déjà une demande ?" in text


def test_words_typed_on_the_first_page_lead_to_sentences(visitor: FlaskClient) -> None:
    answer = visitor.post("/demandes/nouvelle", data={"part": "words", "words": "je cherche un apprenti"})
    assert answer.status_code == 303
    text = text_of(visitor, answer.location)
    assert "je cherche un apprenti" in text and "Je veux prendre un apprenti" in text


@pytest.mark.parametrize("url", TEXTS)
def test_each_page_opens_with_and_without_reference_data(app: Flask, seeded: Flask, url: str) -> None:
    for one in (app, seeded):
        assert "<h1>" in text_of(one.test_client(), url)


def test_an_empty_desk_says_what_is_missing(client: FlaskClient) -> None:
    text = text_of(client, "/", 503)
    assert "les règles d’aiguillage et les communes d’Occitanie" in text
    assert "<textarea" not in text
    assert "Aucune édition n’est publiée" in text_of(client, "/comment-ca-marche")
    assert "Aucun jeu de données n’est chargé" in text_of(client, "/mentions")


def test_the_algorithm_shows_every_rule_with_its_source(visitor: FlaskClient, seeded: Flask) -> None:
    with seeded.app_context():
        book = in_force(today())
    text = text_of(visitor, "/comment-ca-marche")
    assert book.hash in text
    assert all(f"<code>{rule.condition_text}</code>" in text for rule in book.rules)
    assert text.count("Condition :") == sum(len(_shown_under(rule.needs)) for rule in book.rules)
    assert "50, " in text and "83, " in text and "à vérifier" in text


def _shown_under(needs: tuple[str, ...]) -> tuple[str, ...]:
    """A rule about families of needs is shown once, the others under each need they name."""
    return ("*",) if any(need.endswith("*") for need in needs) else needs


@pytest.mark.parametrize(("text", "unsure"), [("FT ; CEE 2013", False), ("code rural (de mémoire)", True)])
def test_a_source_says_itself_that_it_is_unsure(text: str, unsure: bool) -> None:
    assert is_unsure(text) is unsure


def test_sources_of_data_are_named_with_their_date(visitor: FlaskClient) -> None:
    text = text_of(visitor, "/mentions")
    assert "INSEE" in text and "Licence Ouverte" in text and "Chargée" in text
    assert "À compléter par la Région" in text and "EUPL-1.2" in text


def test_secret_links_are_kept_from_search_engines(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /demandes/" in answer.text.splitlines()


def test_the_old_icon_address_leads_to_ours(client: FlaskClient) -> None:
    assert client.get("/favicon.ico").location.endswith("favicon.svg")
