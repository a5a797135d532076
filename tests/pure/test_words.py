"""Free text finds the needs' labels by their words."""

from __future__ import annotations

import pytest

from app.triage.words import ranked

LABELS = {
    "alt_apprenti": "Je veux prendre un apprenti",
    "alt_tuteur": "Je ne sais pas comment encadrer un alternant",
    "for_salaries": "Je veux former mes salariés et savoir qui paie",
    "inc_senior": "Je veux embaucher une personne expérimentée",
}


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Je cherche un apprenti", "alt_apprenti"),
        ("DES APPRENTIS !", "alt_apprenti"),
        ("quelqu'un d'experimente", "inc_senior"),
        ("former un salarie", "for_salaries"),
        ("comment l'encadrer", "alt_tuteur"),
    ],
)
def test_the_closest_label_comes_first(text: str, best: str) -> None:
    assert ranked(text, LABELS)[0] == best


@pytest.mark.parametrize("text", ["", "   ", "je ne sais pas", "🙂🙂", "xyzzy", "\x00", "e" * 100_000])
def test_nothing_shared_finds_nothing(text: str) -> None:
    assert ranked(text, LABELS) == []
