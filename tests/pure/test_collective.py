"""Collective needs and weak signals, as pure rules: their limits, their order, the exact tail of the law."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp, factorial, fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.collective.detection import Seen, chosen, first_day, holding, rising
from app.collective.families import main_family
from app.collective.poisson import at_least, upper_limit
from app.collective.thresholds import FILE, PastLimit, Threshold, read_settings, settings
from app.kernel.vocabulary import ZoneKind

ON = date(2026, 11, 25)
FIVE = Threshold(signals=5, companies=3, days=180)
LIMITS = settings().past


def seen(
    number: int,
    company: str = "a",
    *,
    days: int = 0,
    basin: str = "7640",
    epci: str = "E1",
    family: str = "S1X80",
    theme: str = "recruter",
) -> Seen:
    places = {ZoneKind.BASSIN_BMO: basin, ZoneKind.EPCI: epci, ZoneKind.DEPARTEMENT: "34"}
    kept = {kind: code for kind, code in places.items() if code}
    return Seen(number, family, theme, company, ON - timedelta(days=days), kept)


def five(family: str = "S1X80") -> list[Seen]:
    return [seen(number, "abc"[number % 3], family=family) for number in range(5)]


def test_five_requests_of_three_companies_hold_in_their_basin() -> None:
    (found,) = chosen(five(), FIVE, ON)
    assert (found.subject.kind, found.subject.code, found.companies) == (ZoneKind.BASSIN_BMO, "7640", 3)
    assert found.signals == (0, 1, 2, 3, 4)


def test_under_a_limit_nothing_holds() -> None:
    assert not holding(five()[:4], FIVE, ON)
    assert not holding([seen(number, "ab"[number % 2]) for number in range(9)], FIVE, ON)
    assert not holding([*five()[:4], seen(9, "z", theme="former")], FIVE, ON)
    assert not holding([*five()[:4], seen(9, "z", family="A0X42")], FIVE, ON)
    assert not holding(five(""), FIVE, ON)


@pytest.mark.parametrize(("days", "holds"), [(0, True), (179, True), (180, False), (-1, False)])
def test_the_window_is_of_180_days_its_last_day_included(days: int, holds: bool) -> None:
    assert bool(holding([*five()[:4], seen(9, "z", days=days)], FIVE, ON)) is holds
    assert first_day(ON, 180) == ON - timedelta(days=179)


def test_a_wider_place_is_for_what_no_smaller_one_holds() -> None:
    spread = [seen(number, "abc"[number % 3], basin=f"B{number}") for number in range(5)]
    assert [one.subject.kind for one in chosen(spread, FIVE, ON)] == [ZoneKind.EPCI]
    wide = [seen(number, "abc"[number % 3], basin=f"B{number}", epci="") for number in range(5)]
    assert [one.subject.kind for one in chosen(wide, FIVE, ON)] == [ZoneKind.DEPARTEMENT]
    again = [seen(10 + one.id, one.company) for one in five()]
    both = chosen([*wide, *again], FIVE, ON)
    assert {one.subject.kind for one in both} == {ZoneKind.BASSIN_BMO, ZoneKind.DEPARTEMENT}
    assert not {*both[0].signals} & {*both[1].signals}


signals = st.lists(
    st.builds(
        seen,
        st.just(0),
        st.sampled_from("abcd"),
        days=st.integers(0, 200),
        basin=st.sampled_from(["1", "2", ""]),
        epci=st.sampled_from(["E1", "E2", ""]),
        family=st.sampled_from(["S1X80", "A0X42", ""]),
    ),
    max_size=30,
).map(lambda many: [_numbered(one, number) for number, one in enumerate(many)])


def _numbered(one: Seen, number: int) -> Seen:
    return Seen(number, one.family, one.theme, one.company, one.filed_on, one.places)


@given(signals, st.randoms(use_true_random=False))
def test_the_order_of_requests_changes_nothing(many: list[Seen], draw: object) -> None:
    mixed = list(many)
    draw.shuffle(mixed)  # type: ignore[attr-defined]
    assert chosen(mixed, FIVE, ON) == chosen(many, FIVE, ON)
    assert holding(mixed, FIVE, ON) == holding(many, FIVE, ON)


@given(signals, signals)
def test_one_more_request_never_removes_a_need(many: list[Seen], more: list[Seen]) -> None:
    wider = [*many, *(_numbered(one, 100 + one.id) for one in more)]
    before, after = holding(many, FIVE, ON), holding(wider, FIVE, ON)
    assert set(before) <= set(after)
    assert all(set(one.signals) <= set(after[subject].signals) for subject, one in before.items())
    kept = {(one.subject.family, one.subject.theme) for one in chosen(many, FIVE, ON)}
    assert kept <= {(one.subject.family, one.subject.theme) for one in chosen(wider, FIVE, ON)}


@given(signals)
def test_what_is_proposed_holds_and_counts_each_request_once(many: list[Seen]) -> None:
    found, every = chosen(many, FIVE, ON), holding(many, FIVE, ON)
    assert {one.subject for one in found} <= set(every)
    numbers = [number for one in found for number in one.signals]
    assert len(numbers) == len(set(numbers))
    by_number = {one.id: one for one in many}
    for one in found:
        companies = {by_number[number].company for number in one.signals}
        assert len(one.signals) >= 5 and len(companies) == one.companies >= 3


@pytest.mark.parametrize(
    ("count", "mean", "tail"),
    [
        (1, 1.0, 0.6321205588285577),
        (3, 1.0, 0.08030139707139416),
        (5, 2.0, 0.05265301734371115),
        (10, 3.0, 0.0011024881301154),
        (0, 0.0, 1.0),
        (1, 0.0, 0.0),
    ],
)
def test_the_tail_is_that_of_the_tables(count: int, mean: float, tail: float) -> None:
    assert at_least(count, mean) == pytest.approx(tail, rel=1e-11)


@given(st.integers(0, 60), st.floats(0.001, 40))
def test_the_tail_is_what_is_left_of_one(count: int, mean: float) -> None:
    below = fsum(exp(-mean) * mean**one / factorial(one) for one in range(count))
    assert at_least(count, mean) == pytest.approx(1 - below, abs=1e-12)
    assert at_least(count + 1, mean) <= at_least(count, mean) <= 1


@given(st.floats(0.01, 50), st.floats(0.0001, 0.4))
def test_the_limit_is_the_last_count_that_chance_explains(mean: float, alpha: float) -> None:
    limit = upper_limit(mean, alpha)
    assert at_least(limit + 1, mean) < alpha
    assert limit == int(mean) or at_least(limit, mean) >= alpha


def test_a_tail_far_away_keeps_its_digits() -> None:
    assert 0 < at_least(120, 1.0) < 1e-190


def test_a_count_is_read_against_the_past_of_its_place() -> None:
    found = rising(6, 4, 7, 365, LIMITS)
    assert found and found.expected == pytest.approx(7 * 60 / 365) and found.limit < 6
    assert found.chance == pytest.approx(at_least(6, found.expected))
    assert rising(6, 4, 70, 365, LIMITS) is None


@pytest.mark.parametrize(
    ("recent", "companies", "past", "observed"),
    [(9, 4, 0, 365), (9, 4, 1, 365), (9, 4, 4, 100), (2, 2, 2, 365), (9, 1, 4, 365)],
)
def test_an_empty_or_short_past_proves_nothing(recent: int, companies: int, past: int, observed: int) -> None:
    assert rising(recent, companies, past, observed, LIMITS) is None


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 80), st.integers(0, 800))
def test_one_more_request_only_makes_a_signal_stronger(
    recent: int, companies: int, past: int, observed: int
) -> None:
    before = rising(recent, companies, past, observed, LIMITS)
    after = rising(recent + 1, companies, past, observed, LIMITS)
    assert before is None or (after is not None and after.chance <= before.chance)


def test_a_job_is_counted_in_the_family_most_levels_lead_to() -> None:
    assert main_family({"S1X801": 1, "S1X802": 2, "A0X421": 2}) == "S1X80"
    assert main_family({"S1X80": 1, "A0X42": 1}) == "A0X42"
    assert main_family({}) is None


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("signals = 5", "signals = 0"),
        ("companies = 3", "companies = 9"),
        ("alpha = 0.01", "alpha = 1"),
        ("past_signals = 2", "past_signals = 0"),
    ],
)
def test_limits_that_limit_nothing_are_refused(line: str, wrong: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert isinstance(read_settings(text).past, PastLimit)
    with pytest.raises(ValueError, match=r"threshold|past"):
        read_settings(text.replace(line, wrong, 1))
