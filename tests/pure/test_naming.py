"""Whether a text names a company."""

from __future__ import annotations

import pytest

from app.collective.acting import names_one_of

COMPANIES = ["SARL Boulangerie Vidal", "Fournil d'Élise", "EI", "Sud SAS"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Former ensemble des boulangers", False),
        ("Avec la boulangerie VIDAL et d'autres", True),
        ("Avec la boulangerie Vidaline", False),
        ("au Fournil d’Elise, lundi", True),
        ("Un forum dans le Sud", False),
        ("Prei, ei, EI", False),
        ("", False),
    ],
)
def test_a_name_is_seen_whatever_its_writing(text: str, named: bool) -> None:
    assert names_one_of(text, COMPANIES) is named
