"""What is hidden besides what is secret, case by case: small tables one can check by hand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import pytest

from app.kernel.vocabulary import ZoneKind
from app.reporting import programs
from app.reporting.cells import REGION, Key, Place, Record, Size, size_of
from app.reporting.secrecy import Rules
from app.reporting.suppression import publishable
from tests.pure.reporting.invented import region

RULES = Rules(companies=5, dominant_percent=85, spread=4, after_days=10)


def needs(
    count: int,
    *,
    departement: str = "34",
    basin: str = "",
    theme: str = "former",
    family: str = "",
    size: str = "",
) -> list[Record]:
    """So many needs, each of another company."""
    name = f"{departement}{basin}{theme}{family}{size}"
    return [Record(f"{name}-{rank}", departement, basin, theme, family, size) for rank in range(count)]


def told(*records: Iterable[Record]) -> dict[Key, int]:
    return publishable(list(chain(*records)), RULES)


def departement(code: str, theme: str = "", **rest: str) -> Key:
    return Key(Place(ZoneKind.DEPARTEMENT, code), theme, **rest)


def test_nothing_of_nothing() -> None:
    assert told() == {} and told(needs(4)) == {}


def test_enough_companies_are_told_with_their_totals() -> None:
    whole = {Key(REGION): 5, Key(REGION, "former"): 5, departement("34"): 5, departement("34", "former"): 5}
    assert told(needs(5)) == whole


def test_one_company_that_makes_almost_all_is_not_told() -> None:
    large = [Record("large", "34", "", "former", "", "") for _ in range(36)]
    assert told(needs(6), large) == {}
    assert told(needs(7), large)[Key(REGION)] == 43


def test_the_only_secret_of_a_line_hides_a_second_cell() -> None:
    """Region 30 = 34: 20 + 31: 7 + 12: 3. Telling 34 and 31 would tell 12: the smaller of them is hidden as well."""
    found = told(needs(20), needs(7, departement="31"), needs(3, departement="12"))
    assert found[Key(REGION)] == 30 and found[departement("34")] == 20
    assert departement("31") not in found and departement("12") not in found


def test_two_secrets_too_small_together_hide_a_third() -> None:
    """Each hides the other, yet their sum would tell of four companies: it is secret too."""
    found = told(
        needs(20), needs(6, departement="31"), needs(2, departement="12"), needs(2, departement="30")
    )
    assert departement("34") in found and departement("31") not in found


def test_what_lies_in_a_hidden_cell_is_hidden() -> None:
    found = told(
        needs(20, family="A0X40"), needs(7, departement="31", family="A0X40"), needs(3, departement="12")
    )
    assert departement("31") not in found
    assert departement("31", "former", job="A") not in found and departement("31", "former") not in found


def test_sizes_and_jobs_are_told_apart() -> None:
    found = told(needs(6, family="A0X40", size=Size.NONE), needs(9, family="B2X60", size=Size.UNDER_10))
    assert found[departement("34", "former", job="A")] == 6
    assert found[departement("34", "former", job="B2X60")] == 9
    assert found[departement("34", "former", size=Size.UNDER_10)] == 9
    assert found[departement("34", "former", job="A", size=Size.NONE)] == 6
    assert not any(len(key.job) > 1 and key.size for key in found), "too few share a family and a size"


def test_a_domain_and_a_size_together_need_their_own_companies() -> None:
    """Domain A: 9 + 2, size 1-9: 2 + 8. Two needs are both: neither they nor what is left without them are told."""
    found = told(
        needs(9, family="A0X40", size=Size.NONE),
        needs(2, family="A0X41", size=Size.UNDER_10),
        needs(8, family="B2X60", size=Size.UNDER_10),
    )
    assert found[departement("34", "former", job="A")] == 11
    assert found[departement("34", "former", size=Size.UNDER_10)] == 10
    assert not any(key.job and key.size for key in found)


def test_the_crossing_gives_way_before_its_margins() -> None:
    """The same, with more of everything: what is hidden beside the secret pair is a pair, not a margin."""
    found = told(
        needs(9, family="A0X40", size=Size.NONE),
        needs(2, family="A0X41", size=Size.UNDER_10),
        needs(8, family="B2X60", size=Size.UNDER_10),
        needs(7, family="B2X61", size=Size.NONE),
        needs(30, family="S1X20", size=Size.FROM_50),
    )
    margins = {(key.job, key.size) for key in found if key.place == REGION and len(key.job) < 2}
    assert {("A", ""), ("B", ""), ("", Size.NONE), ("", Size.UNDER_10), ("S", Size.FROM_50)} <= margins
    assert not {one for one in margins if one[0] in ("A", "B") and one[1]}


def test_a_basin_of_two_departements_gives_none_of_them_back() -> None:
    found = told(
        needs(8, basin="7637"),
        needs(3, departement="12", basin="7637"),
        needs(9, departement="12", basin="7601"),
    )
    basin = Key(Place(ZoneKind.BASSIN_BMO, "7637"))
    assert found[basin] == 11 and found[departement("34")] == 8 and found[departement("12")] == 12
    assert Key(Place(ZoneKind.BASSIN_BMO, "7601")) not in found, (
        "12 less 7601 would tell three companies of 7637"
    )


def test_the_same_requests_in_any_order_tell_the_same() -> None:
    records = region(4, 150, 70)
    assert publishable(records, RULES) == publishable(records[::-1], RULES)


@pytest.mark.parametrize(
    ("low", "high", "size"),
    [
        *((0, 0, Size.NONE), (1, 1, Size.UNDER_10), (1, 9, Size.UNDER_10), (10, 19, Size.UNDER_20)),
        *((20, 49, Size.UNDER_50), (50, None, Size.FROM_50), (250, 300, Size.FROM_50), (5, 12, "")),
        *((None, None, ""), (None, 9, Size.UNDER_10)),
    ],
)
def test_sizes(low: int | None, high: int | None, size: str) -> None:
    assert size_of(low, high) == size


def test_a_solver_that_stops_short_makes_less_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not proved is not believed: nothing is raised, and fewer cells are told."""
    records = region(5, 120, 60)
    whole = publishable(records, RULES)
    monkeypatch.setattr(programs, "_solved", lambda solver: None)
    less = publishable(records, RULES)
    assert less.keys() < whole.keys()
