"""What a manager may type above the board: a scope or a sentence, never an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.reporting.scope import LONGEST
from app.web.manager.filters import FIELDS, presets, read

ON = date(2026, 11, 24)
THEMES = {"recruter": "Trouver la bonne personne"}
days = st.dates(date(2019, 1, 1), date(2027, 12, 31)).map(lambda day: day.isoformat())
typed = st.dictionaries(
    st.sampled_from(FIELDS), st.one_of(st.text(max_size=60), days, st.sampled_from(["34"]))
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(typed)
def test_any_filter_is_a_scope_or_a_sentence(args: dict[str, str]) -> None:
    asked = read(args, THEMES, None, ON)
    assert (asked.scope is None) is (asked.problem is not None)
    if asked.scope:
        assert date(2020, 1, 1) <= asked.scope.start <= asked.scope.end <= ON
        assert (asked.scope.end - asked.scope.start).days <= LONGEST
    else:
        assert asked.problem and asked.problem.field in FIELDS and asked.problem.sentence.endswith(".")


def test_nothing_asked_is_ninety_days() -> None:
    scope = read({}, THEMES, (3,), ON).scope
    assert scope and (scope.start, scope.end, scope.branches) == (date(2026, 8, 27), ON, (3,))


@pytest.mark.parametrize(
    ("args", "field"),
    [
        ({"du": "31/02/2026"}, "du"),
        ({"au": "2027-01-01"}, "au"),
        ({"du": "2026-10-02", "au": "2026-10-01"}, "du"),
        ({"du": "2021-01-01"}, "du"),
        ({"departement": "75"}, "departement"),
        ({"theme": "hors_champ"}, "theme"),
    ],
)
def test_a_wrong_filter_is_named(args: dict[str, str], field: str) -> None:
    problem = read(args, THEMES, None, ON).problem
    assert problem and problem.field == field


def test_french_dates_are_read_and_kept_as_typed() -> None:
    asked = read({"du": " 01/10/2026 ", "theme": "recruter"}, THEMES, None, ON)
    assert asked.scope and asked.scope.start == date(2026, 10, 1)
    assert asked.kept == {"du": "01/10/2026", "theme": "recruter"}


def test_usual_periods_are_readable_filters() -> None:
    for _, span in presets(ON):
        assert read(span, THEMES, None, ON).scope
