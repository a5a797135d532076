"""Which row of a zoning table speaks for a commune."""

from __future__ import annotations

import pytest

from app.sheets import Line
from app.territory.zonings import Known, Reading, weigh

KNOWN = Known({"12218", "09001"}, {"12076": "12218", "12114": "12218"}, {"75056"})


def reading(*rows: tuple[str, str]) -> Reading:
    cells = [{"commune": code, "zone": zone, "label": "", "region": "76"} for code, zone in rows]
    return weigh([Line(number, one) for number, one in enumerate(cells, start=2)], KNOWN)


@pytest.mark.parametrize(
    "rows", [(("12218", "7621"), ("12076", "7699")), (("12076", "7699"), ("12218", "7621"))]
)
def test_the_commune_itself_beats_an_old_name_in_any_order(rows: tuple[tuple[str, str], ...]) -> None:
    found = reading(*rows)
    assert found.zone_of == {"12218": "7621"} and (found.kept, found.refused) == (2, [])


def test_old_names_that_agree_speak_for_an_absent_commune() -> None:
    assert reading(("12076", "7621"), ("12114", "7621")).zone_of == {"12218": "7621"}


def test_old_names_that_disagree_are_refused_never_guessed() -> None:
    found = reading(("12076", "7621"), ("12114", "7699"))
    assert found.zone_of == {} and [row.line for row in found.refused] == [2, 3]


def test_two_zones_for_one_commune_the_second_is_refused() -> None:
    found = reading(("12218", "7621"), ("12218", "7699"))
    assert found.zone_of == {"12218": "7621"} and "ligne 2" in found.refused[0].reason


@pytest.mark.parametrize("written", ["9001", "09001", "9001.0", " 9001 "])
def test_the_lost_zero_of_ariege_is_given_back(written: str) -> None:
    assert reading((written, "7612.0")).zone_of == {"09001": "7612"}


@pytest.mark.parametrize("code", ["", "99", "ABCDE", "34999", "²³¹⁴²"])
def test_an_unknown_code_is_refused_with_its_reason(code: str) -> None:
    found = reading((code, "7612"))
    assert found.zone_of == {} and found.refused[0].reason and found.refused[0].value == code


def test_every_row_is_counted_once() -> None:
    found = reading(
        ("9001", "7612"), ("75056", "1101"), ("34999", "7612"), ("12076", "7621"), ("12218", "x y")
    )
    assert found.read == 5 == found.kept + found.outside + len(found.refused)
