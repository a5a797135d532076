"""The life of a dossier is a table: nothing outside it exists."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dossiers.lifecycle import (
    CHOSEN_BY_ADVISER,
    ENDED,
    MOVES,
    OPEN,
    IllegalMove,
    NeedStatus,
    Outcome,
    Status,
    check_move,
    may_move,
    need_status,
)

statuses = st.sampled_from(list(Status))


@dataclass(frozen=True)
class Standing:
    status: str
    leads: bool
    waiting: bool = False


def test_every_status_has_its_line() -> None:
    assert set(MOVES) == set(Status)
    assert set(Status) == OPEN | ENDED
    assert not OPEN & ENDED


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (Status.RECEIVED, Status.TAKEN),
        (Status.RECEIVED, Status.DECLINED),
        (Status.TAKEN, Status.HANDED_OVER),
        (Status.TAKEN, Status.CLOSED),
    ],
)
def test_the_moves_of_the_product_are_allowed(start: Status, end: Status) -> None:
    check_move(start, end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (Status.RECEIVED, Status.CLOSED),
        (Status.TAKEN, Status.DECLINED),
        (Status.TAKEN, Status.TAKEN),
        (Status.CLOSED, Status.TAKEN),
        (Status.DECLINED, Status.TAKEN),
        (Status.HANDED_OVER, Status.TAKEN),
    ],
)
def test_other_moves_are_refused_with_a_sentence(start: Status, end: Status) -> None:
    with pytest.raises(IllegalMove) as refusal:
        check_move(start, end)
    assert start.label in refusal.value.sentence


@given(statuses, statuses)
def test_checking_agrees_with_the_table(start: Status, end: Status) -> None:
    if may_move(start, end):
        check_move(start, end)
    else:
        with pytest.raises(IllegalMove):
            check_move(start, end)


@given(st.lists(st.builds(Standing, statuses, st.just(False)), max_size=6), statuses)
def test_a_need_is_in_the_state_of_its_lead(others: list[Standing], status: Status) -> None:
    assert need_status(others) is NeedStatus.NO_LEAD
    if status in (Status.RECEIVED, Status.TAKEN, Status.CLOSED):
        assert need_status([*others, Standing(status, leads=True)]).value == status.value


def test_a_pause_is_told_apart() -> None:
    assert need_status([Standing(Status.TAKEN, leads=True, waiting=True)]) is NeedStatus.WAITING


def test_nobody_may_disguise_a_silence() -> None:
    assert Outcome.NO_NEWS not in CHOSEN_BY_ADVISER
    assert set(CHOSEN_BY_ADVISER) == set(Outcome) - {Outcome.NO_NEWS}
