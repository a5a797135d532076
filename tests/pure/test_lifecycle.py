"""The life of a dossier is a table: nothing outside it exists."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dossiers.lifecycle import (
    ANSWER_FIRST,
    CHOSEN_BY_ADVISER,
    ENDED,
    LIFE,
    MOVES,
    NO_OFFER,
    OPEN,
    IllegalMove,
    NeedStatus,
    Outcome,
    Status,
    Verb,
    check_move,
    need_status,
    refusal,
)

statuses = st.sampled_from(list(Status))


@dataclass(frozen=True)
class Standing:
    status: str
    leads: bool = True
    waiting: bool = False
    offered: bool = False


standings = st.builds(Standing, statuses, st.booleans(), st.booleans(), st.booleans())


def test_every_verb_and_every_status_has_its_line() -> None:
    assert set(LIFE) == set(Verb)
    assert set(MOVES) == set(Status)
    assert set(Status) == OPEN | ENDED
    assert not OPEN & ENDED


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        (Status.RECEIVED, set(Status) - {Status.RECEIVED}),
        (Status.TAKEN, set(Status) - {Status.TAKEN, Status.WITHDRAWN}),
        (Status.CLOSED, {Status.TAKEN, Status.RECEIVED}),
        (Status.DECLINED, {Status.RECEIVED}),
        (Status.HANDED_OVER, {Status.RECEIVED}),
        (Status.WITHDRAWN, {Status.RECEIVED}),
        (Status.REROUTED, {Status.RECEIVED}),
    ],
)
def test_which_status_may_follow_which(start: Status, ends: set[Status]) -> None:
    assert MOVES[start] == ends


@pytest.mark.parametrize(
    ("verb", "standing"),
    [
        (Verb.CLOSE, Standing(Status.RECEIVED)),
        (Verb.DECLINE, Standing(Status.TAKEN)),
        (Verb.TAKE, Standing(Status.TAKEN)),
        (Verb.TAKE, Standing(Status.CLOSED)),
        (Verb.TAKE, Standing(Status.HANDED_OVER)),
        (Verb.CLOSE, Standing(Status.CLOSED)),
        (Verb.WAIT, Standing(Status.RECEIVED)),
        (Verb.REOPEN, Standing(Status.DECLINED)),
    ],
)
def test_other_moves_are_refused_with_a_sentence(verb: Verb, standing: Standing) -> None:
    with pytest.raises(IllegalMove) as refused:
        check_move(verb, standing)
    assert Status(standing.status).label in refused.value.sentence


def test_an_offer_is_answered_before_anything_else() -> None:
    asked = Standing(Status.RECEIVED, leads=False, offered=True)
    assert refusal(Verb.ACCEPT, asked) is None and refusal(Verb.REFUSE, asked) is None
    assert refusal(Verb.TAKE, asked) == refusal(Verb.DECLINE, asked) == ANSWER_FIRST
    assert refusal(Verb.ACCEPT, Standing(Status.RECEIVED, leads=False)) == NO_OFFER


def test_only_the_lead_passes_on_or_requalifies() -> None:
    support = Standing(Status.TAKEN, leads=False)
    for verb in (Verb.OFFER, Verb.ASK_SUPPORT, Verb.REQUALIFY, Verb.JOIN):
        assert refusal(verb, support)
        assert refusal(verb, Standing(Status.TAKEN)) is None


def test_one_waits_once() -> None:
    assert refusal(Verb.WAIT, Standing(Status.TAKEN, waiting=True))
    assert refusal(Verb.RESUME, Standing(Status.TAKEN))
    assert refusal(Verb.RESUME, Standing(Status.TAKEN, waiting=True)) is None


@given(st.sampled_from(list(Verb)), standings)
def test_checking_agrees_with_the_table(verb: Verb, standing: Standing) -> None:
    if refusal(verb, standing) is None:
        check_move(verb, standing)
        assert standing.status in LIFE[verb].start
    else:
        with pytest.raises(IllegalMove):
            check_move(verb, standing)


@given(st.lists(st.builds(Standing, statuses, st.just(False)), max_size=6), statuses)
def test_a_need_is_in_the_state_of_its_lead(others: list[Standing], status: Status) -> None:
    assert need_status(others) is NeedStatus.NO_LEAD
    if status in (Status.RECEIVED, Status.TAKEN, Status.CLOSED):
        assert need_status([*others, Standing(status, leads=True)]).value == status.value


def test_a_pause_is_told_apart() -> None:
    assert need_status([Standing(Status.TAKEN, leads=True, waiting=True)]) is NeedStatus.WAITING


def test_nobody_may_disguise_a_silence() -> None:
    assert Outcome.NO_NEWS not in CHOSEN_BY_ADVISER
    assert set(CHOSEN_BY_ADVISER) == set(Outcome) - {Outcome.NO_NEWS, Outcome.JOINED}
