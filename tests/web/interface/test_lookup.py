"""Communes proposed while one types."""

from flask import Flask
from flask.testing import FlaskClient


def asked(seeded: Flask, text: str) -> list[dict[str, str]]:
    answer = seeded.test_client().get("/communes", query_string={"q": text})
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    found: list[dict[str, str]] = answer.json or []
    return found


def test_a_beginning_is_enough(seeded: Flask) -> None:
    first = asked(seeded, "lodè")[0]
    assert (first["code"], first["name"], first["place"]) == ("34142", "Lodève", "34700, Hérault")


def test_what_the_field_keeps_finds_the_same_commune_again(seeded: Flask) -> None:
    from app.web.company.finding import find_commune

    with seeded.app_context():
        for typed in ("lod", "34700", "saint felix", "toulouse"):
            for one in asked(seeded, typed):
                assert find_commune(one["text"], one["code"]).code == one["code"], one


def test_a_postal_code_names_its_communes(seeded: Flask) -> None:
    found = asked(seeded, "34700")
    assert 1 < len(found) <= 8 and "34142" in {one["code"] for one in found}


def test_too_little_or_nonsense_proposes_nothing(seeded: Flask) -> None:
    for text in ("", "l", " ", "\x00", "zzzzzz", "%", "_" * 5000, "💩💩"):
        assert asked(seeded, text) == []


def test_an_empty_territory_proposes_nothing(client: FlaskClient) -> None:
    assert client.get("/communes?q=lodeve").json == []


def test_a_former_commune_leads_to_today_s(seeded: Flask) -> None:
    first = asked(seeded, "grand vabre")[0]
    assert first["code"] == "12218" and "Grand-Vabre" in first["former"]


def test_odd_queries_never_break(seeded: Flask) -> None:
    for query in ("", "q=%00", "q=" + "a" * 9000, "x=1", "q=a&q=b"):
        assert seeded.test_client().get(f"/communes?{query}").status_code == 200
