"""The period of a board, cut into weeks or months; and who may read which branches."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.accounts.abilities import PostFact, Role, Viewer
from app.reporting.scope import Scope, perimeter, slices

days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@given(days, st.integers(0, 3 * 366))
def test_slices_cover_the_period_once(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    cuts = slices(Scope(start, end))
    assert cuts[0][0] == start and cuts[-1][1] == end + timedelta(days=1)
    assert all(first < after for first, after in cuts)
    assert all(after == following for (_, after), (following, _) in itertools.pairwise(cuts))


def test_short_periods_go_by_weeks_and_long_ones_by_months() -> None:
    weeks = slices(Scope(date(2026, 9, 2), date(2026, 9, 20)))
    assert weeks == [
        (date(2026, 9, 2), date(2026, 9, 7)),
        (date(2026, 9, 7), date(2026, 9, 14)),
        (date(2026, 9, 14), date(2026, 9, 21)),
    ]
    months = slices(Scope(date(2025, 12, 15), date(2026, 11, 24)))
    assert len(months) == 12 and months[1] == (date(2026, 1, 1), date(2026, 2, 1))


def viewer(*posts: tuple[int | None, Role]) -> Viewer:
    return Viewer(1, "Marc Estève", tuple(PostFact(branch, "", "", role) for branch, role in posts))


def test_the_region_reads_every_branch_and_a_manager_their_own() -> None:
    assert perimeter(viewer((None, Role.REGIONAL_MANAGER), (4, Role.BRANCH_MANAGER))) is None
    assert perimeter(viewer((7, Role.BRANCH_MANAGER), (4, Role.BRANCH_MANAGER), (9, Role.ADVISER))) == (4, 7)
    assert perimeter(viewer((9, Role.ADVISER))) == ()
