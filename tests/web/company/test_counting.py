"""How many employees, as owners write it."""

from __future__ import annotations

import pytest
from flask import Flask

from app.web.company.counting import count_of
from tests.web.company.baker import PLACE, begin, ready, step, text_of


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12", 12),
        (" 1 200 ", 1200),
        ("1\u202f200", 1200),
        ("douze", 12),
        ("Douze salariés", 12),
        ("environ 10", 10),
        ("vingt et un", 21),
        ("soixante-quinze", 75),
        ("quatre-vingt-douze", 92),
        ("zéro", 0),
        ("aucun", 0),
        ("4 ou 5", None),
        ("4 5", None),
        ("quatre cinq", None),
        ("-3", None),
        ("3,5", None),
        ("9999999", None),
        ("beaucoup", None),
        ("", None),
        ("١٢", None),
    ],
)
def test_a_count_is_read_or_not_guessed(text: str, count: int | None) -> None:
    assert count_of(text) == count


def test_a_count_in_letters_is_repeated_in_figures(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = ready(client, place={**PLACE, "workforce": "quatre"})
    assert ">4<" in text_of(client.get(f"/demandes/nouvelle/{draft_id}/relire"))


def test_outside_the_region_by_mistake_leads_back_to_the_draft(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    assert step(client, draft_id, "etablissement", {**PLACE, "commune": ""}).status_code == 422
    page = text_of(client.get(f"/demandes/nouvelle/ailleurs?brouillon={draft_id}"))
    assert f"/demandes/nouvelle/{draft_id}/etablissement" in page
    assert "Aucune demande n’a été ouverte" in text_of(client.get("/demandes/nouvelle/ailleurs?brouillon=x"))
