"""The letters under an arch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.initials import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Claire Vidal", "CV"),
        ("OPCO EP — Occitanie, antenne à préciser", "EP"),
        ("OPCO 2i — Occitanie", "2I"),
        ("Chambre de métiers et de l’artisanat — Hérault", "CM"),
        ("Mission locale compétente — Hérault", "ML"),
        ("France Travail — Hérault", "FT"),
        ("CFA ou organisme de formation", "CF"),
        ("AKTO — Occitanie", "AK"),
        ("Maison de Ma Région — Hérault", "MR"),
        ("", "–"),
        ("123", "–"),
    ],
)
def test_known_names(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(st.text(max_size=60))
def test_one_or_two_letters_whatever_is_said(name: str) -> None:
    assert 1 <= len(initials(name)) <= 4
