"""The reason shown is an example of the need that shares the telling words of the text."""

from __future__ import annotations

import pytest

from app.triage.examples import examples
from app.triage.nearest import nearest


@pytest.mark.parametrize(("need", "sentence"), examples()[::400])
def test_an_example_is_its_own_nearest(need: str, sentence: str) -> None:
    assert nearest(need, sentence) == sentence


def test_without_a_shared_word_the_shortest_example_stands() -> None:
    shortest = min((text for need, text in examples() if need == "rec_saisonniers"), key=len)
    assert nearest("rec_saisonniers", "xyzzy") == shortest


def test_the_telling_word_decides() -> None:
    assert "voiture" in nearest("rec_freins_logement_mobilite", "et ma vendeuse qui n'a pas de voiture")
