"""The words of the rules and of the directory, as an owner reads them."""

from __future__ import annotations

import pytest

from app.web.branch_names import short_name, whereabouts
from app.web.company.plainly import origin, plainly, some


@pytest.mark.parametrize(
    ("name", "who", "where"),
    [
        ("OPCO EP — Occitanie, antenne à préciser", "OPCO EP", "Occitanie, antenne à préciser"),
        ("Maison de Ma Région — Hérault", "Maison de Ma Région", "Hérault"),
        ("Carsat Midi-Pyrénées, service à préciser", "Carsat Midi-Pyrénées", "service à préciser"),
        (
            "Groupements d’employeurs, CRGE Occitanie — groupement à préciser",
            "Groupements d’employeurs, CRGE Occitanie",
            "groupement à préciser",
        ),
        ("VIVEA, fonds de formation des exploitants", "VIVEA, fonds de formation des exploitants", ""),
    ],
)
def test_a_name_then_a_place_then_what_is_unknown(name: str, who: str, where: str) -> None:
    assert (short_name(name), whereabouts(name)) == (who, where)


def test_acronyms_are_said_in_full_and_only_whole_words() -> None:
    assert plainly("offre, MRS, POEI") == "Offre, recrutement par simulation, formation avant embauche"
    assert plainly("AGEFICE") == "AGEFICE"
    assert plainly("activité : non (condition\u00a0: oui)") == "Activité : non (il faudrait\u00a0: oui)"


def test_a_source_is_said_without_its_key_and_keeps_the_law() -> None:
    assert origin("Règles propres, alt_apprenti", "2026-11-01") == (
        "Règle du guichet, vérifiée le dimanche 1er novembre 2026."
    )
    said = origin("Règles communes, règle 3 ; code rural L717-1 (de mémoire)", "")
    assert said == "Règle du guichet. D’après\u00a0: code rural L717-1 (à vérifier)."
    assert origin("", "2026-11-01") == ""


def test_a_long_list_is_cut() -> None:
    assert some(["a", "b", "c", "d"], 3) == "a, b, c, d"
    assert some(["a", "b", "c", "d", "e"], 3) == "a, b, c et 2 autres points"
