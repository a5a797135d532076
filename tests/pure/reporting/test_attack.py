"""The attack on what is told finds nothing; on what the two primary rules alone would tell, it does.

By whoever reads every filter, margin and quarter, and by a company that takes its own requests away.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

import pytest

from app.reporting.cells import Key, Record
from app.reporting.secrecy import rules
from app.reporting.suppression import Table, publishable
from tests.pure.reporting.attack import Reader, Remainder, remainders
from tests.pure.reporting.invented import leaning_region, region

RULES = rules()
PROVE = bool(os.environ.get("GUICHET_PROVE"))
SEEDS = range(30) if PROVE else (5,)
NEEDS, COMPANIES = 120, 60
LEANING = (18, 19)
TRIES = 30
SLACK = 1e-6
Found = tuple[Key, float, float]


@pytest.fixture(params=SEEDS)
def records(request: pytest.FixtureRequest) -> list[Record]:
    return region(request.param, NEEDS, COMPANIES)


def bare(records: Sequence[Record]) -> set[Key]:
    """What the two primary rules alone would tell."""
    return Table(records, RULES).primary()[0]


def subtracted(records: Sequence[Record]) -> set[Key]:
    """What subtractions on lines allow: the last rule, on combinations, is left out."""
    table = Table(records, RULES)
    told = table.primary()[0]
    table.close(told, told.copy())
    return told


def given_away(records: Sequence[Record], told: Iterable[Key], seed: int = 0) -> Iterator[Remainder]:
    """The parts found by subtraction that are not safe, and that a reader knows too well."""
    table, reader = Table(records, RULES), Reader(records, told)
    for one in remainders(records, told, seed, TRIES):
        counts = table.by_company(one.left)
        if counts and not RULES.safe(counts):
            low, high = reader.bounds(one.key, one.tiles)
            if high - max(low, *counts.values()) < RULES.spread - SLACK:
                yield one


def too_close(records: Sequence[Record], told: Iterable[Key], every: int = 1) -> Iterator[Found]:
    """The secrets a reader knows too well; one in `every` is tried."""
    table, reader = Table(records, RULES), Reader(records, told)
    for key in sorted(table.primary()[1])[::every]:
        low, high = reader.bounds(key)
        own = max(table.by_company(table.members[key]).values())
        if high - max(low, own) < RULES.spread - SLACK:
            yield key, low, high


def known_by_a_company(records: Sequence[Record], told: Iterable[Key], every: int) -> Iterator[Found]:
    """The same, once the largest company of a secret has taken its own requests away from all that is told."""
    table, readers = Table(records, RULES), dict[str, Reader]()
    for key in sorted(table.primary()[1])[::every]:
        counts = table.by_company(table.members[key])
        if len(counts) == 1:
            continue
        largest = counts.most_common(1)[0][0]
        reader = readers.setdefault(largest, Reader(records, told, largest))
        low, high = reader.bounds(key)
        if high - low < RULES.spread - SLACK:
            yield key, low, high


def test_nothing_is_found_by_subtraction(records: list[Record]) -> None:
    told = publishable(records, RULES)
    assert len(told) > 20
    assert list(given_away(records, told)) == []


def test_nothing_is_found_by_any_combination(records: list[Record]) -> None:
    assert list(too_close(records, publishable(records, RULES), 1 if PROVE else 4)) == []


@pytest.mark.parametrize("seed", range(120) if PROVE else LEANING)
def test_nothing_is_found_where_places_lean_to_their_own_jobs(seed: int) -> None:
    """A place and a theme were once bounded without what is told of the theme's jobs and sizes: these regions gave
    some back."""
    records = leaning_region(seed)
    told = publishable(records, RULES)
    assert list(too_close(records, told)) == [] and list(given_away(records, told)) == []


def test_a_company_finds_nothing_with_its_own_requests(records: list[Record]) -> None:
    assert list(known_by_a_company(records, publishable(records, RULES), 1 if PROVE else 6)) == []


def test_nothing_is_found_in_a_larger_region() -> None:
    """Subtractions alone: thousands of them, on as many requests as a busy quarter."""
    records = region(1, 1500, 500)
    told = publishable(records, RULES)
    assert len(told) > 150 and list(given_away(records, told)) == []


def test_the_two_primary_rules_alone_are_broken(records: list[Record]) -> None:
    told = bare(records)
    assert next(given_away(records, told), None)
    assert next(too_close(records, told), None)


def test_jobs_and_sizes_together_are_broken_without_care() -> None:
    """All the crossed cells that are safe by themselves, beside margins told with care: some other one is found. Not
    in every region: in some, few cells have enough companies."""
    records = region(5, NEEDS, COMPANIES)
    crossed = {key for key in bare(records) if key.job and key.size}
    told = publishable(records, RULES)
    margins = {key for key in told if not (key.job and key.size)}
    assert crossed - told.keys()
    assert next(given_away(records, margins | crossed), None)


def test_subtractions_alone_are_broken() -> None:
    """Each line holds, and a few of them together give a secret back: the last rule is needed."""
    records = region(5, NEEDS, COMPANIES)
    told = subtracted(records)
    assert not list(given_away(records, told))
    assert next(too_close(records, told), None)


def test_a_quarter_told_again_as_it_stands_would_be_broken() -> None:
    """Why it is stored: two tellings of one quarter, a request apart, give that request away."""
    before = region(2, NEEDS, COMPANIES)
    after = [*before, before[0]]
    first, second = publishable(before, RULES), publishable(after, RULES)
    assert {second[key] - first[key] for key in first.keys() & second.keys()} == {0, 1}
