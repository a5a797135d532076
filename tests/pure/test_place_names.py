"""Names of places, compared as people write them."""

from __future__ import annotations

import pytest
import shapely

from app.territory.contours import outlines
from app.territory.gazetteer import CommuneFact, Gazetteer
from app.territory.names import full_name, plain


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Aiguillon", "5", "L'Aiguillon"),
        ("Vigan", "2", "Le Vigan"),
        ("Lodève", "0", "Lodève"),
        ("X", "42", "X"),
    ],
)
def test_the_article_is_given_back(name: str, kind: str, expected: str) -> None:
    assert full_name(name, kind) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("LODÈVE", "lodeve"), ("St-Jean", "saint jean"), ("L’Isle", "l isle"), ("Cœur", "coeur"), ("  ", "")],
)
def test_spelling_is_made_comparable(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_the_exact_name_comes_before_a_larger_namesake() -> None:
    small = CommuneFact("31488", "Saint-Jean", "31", 10)
    large = CommuneFact("34270", "Saint-Jean-de-Védas", "34", 9000)
    book = Gazetteer([large, small], {}, [], [])
    assert [hit.code for hit in book.search("saint jean")] == ["31488", "34270"]


def test_neighbours_keep_their_common_border() -> None:
    west = "POLYGON((0 0, 1 0, 1.02 0.5, 1 1, 0 1, 0 0))"
    east = "POLYGON((1 0, 2 0, 2 1, 1 1, 1.02 0.5, 1 0))"
    shapes = {
        name: [shapely.to_wkb(shapely.from_wkt(wkt), hex=True)] for name, wkt in (("a", west), ("b", east))
    }
    found = outlines(shapes)
    shared = {tuple(point) for point in found["a"][0]} & {tuple(point) for point in found["b"][0]}
    assert {(1.0, 0.0), (1.0, 1.0)} <= shared


def test_a_basin_written_in_capitals_takes_the_spelling_of_its_commune() -> None:
    names = ("Lodève", "Alès", "La Grand-Combe", "Pézenas", "L'Isle-Jourdain")
    book = Gazetteer([CommuneFact(str(rank), name, "34", 1) for rank, name in enumerate(names)], {}, [], [])
    assert book.spelled("LODEVE") == "Lodève"
    assert book.spelled("ALES LA GRAND COMBE") == "Alès La Grand-Combe"
    assert book.spelled("AGDE-PEZENAS") == "Agde-Pézenas"
    assert book.spelled("L'ISLE JOURDAIN") == "L'Isle-Jourdain"
    assert book.spelled("GRAULHET GAILLAC") == "Graulhet Gaillac"
