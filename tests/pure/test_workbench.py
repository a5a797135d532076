"""The tables of the workbench: steps of a scheme, calls that make a company unreachable, fields of a model answer."""

from __future__ import annotations

from datetime import date

import pytest

from app.dossiers.calls import Call, may_be_unreachable, still_to_try
from app.dossiers.lifecycle import Move
from app.workbench.merging import Field, filled_in, unknown_fields
from app.workbench.prescriptions import RANK, SEGMENTS, STEPS, Step, is_over, may_follow

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def test_every_step_is_reached_from_the_first_and_only_use_ends_it() -> None:
    reached, edge = {Step.PROPOSED}, {Step.PROPOSED}
    while edge:
        edge = {then for step in edge for then in STEPS[step]} - reached
        reached |= edge
    assert reached == set(Step) == set(STEPS)
    assert [step for step in Step if is_over(step)] == [Step.USED]


def test_nothing_is_used_that_was_not_granted() -> None:
    assert [step for step in Step if may_follow(step, Step.USED)] == [Step.GRANTED]
    assert [step for step in Step if may_follow(step, Step.GRANTED)] == [Step.REQUESTED]


def test_the_segments_only_grow_along_the_way() -> None:
    way = [Step.PROPOSED, Step.REQUESTED, Step.GRANTED, Step.USED]
    assert [RANK[step] for step in way] == list(range(1, SEGMENTS + 1))
    assert Step.DROPPED not in RANK


def test_a_call_is_a_line_of_the_journal() -> None:
    assert {call.value for call in Call} <= set(Move)


@pytest.mark.parametrize(
    ("days", "possible"),
    [([], False), ([MONDAY], False), ([MONDAY, MONDAY], False), ([MONDAY, TUESDAY], True)],
)
def test_two_days_without_answer_make_a_company_unreachable(days: list[date], *, possible: bool) -> None:
    assert may_be_unreachable(days) is possible
    assert "deux jours différents" in still_to_try(days)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("Bonjour {contact}, {besoin}", []),
        ("{prenom} et {besoin}", ["prenom"]),
        ("{ besoin }", [" besoin "]),
        ("{besoin", ["{"]),
        ("}{", ["}", "{"]),
        ("{{besoin}}", ["{", "}"]),
        ("{}", [""]),
        ("", []),
    ],
)
def test_what_stands_between_braces_is_a_field_or_an_error(body: str, wrong: list[str]) -> None:
    assert unknown_fields(body) == wrong


def test_a_value_is_never_read_as_a_field() -> None:
    """A company may be called « {conseiller} »: nothing is filled twice."""
    values = {Field.COMPANY: "{conseiller}", Field.ADVISER: "Sonia"}
    assert filled_in("{entreprise} · {conseiller} · {delai}", values) == "{conseiller} · Sonia · {delai}"
