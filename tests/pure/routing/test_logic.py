"""Three-valued logic: learning a missing fact never overturns what was settled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.logic import Truth, Unknown, all_of, any_of, both, either, missing_of, opposite, unknown

truths = st.one_of(st.booleans(), st.sampled_from("abc").map(unknown))


def learnt(truth: Truth, known: dict[str, bool]) -> bool:
    return known[next(iter(truth.missing))] if isinstance(truth, Unknown) else truth


@given(st.lists(truths, max_size=5), st.fixed_dictionaries({key: st.booleans() for key in "abc"}))
def test_what_is_settled_stays_settled(parts: list[Truth], known: dict[str, bool]) -> None:
    told = [learnt(part, known) for part in parts]
    for combined, answer in ((all_of(parts), all(told)), (any_of(parts), any(told))):
        assert isinstance(combined, Unknown) or combined is answer


@given(truths, truths)
def test_de_morgan(left: Truth, right: Truth) -> None:
    assert opposite(both(left, right)) == either(opposite(left), opposite(right))


def test_false_and_unknown_is_false_true_or_unknown_is_true() -> None:
    assert both(False, unknown("a")) is False
    assert either(unknown("a"), True) is True
    assert missing_of(both(unknown("a"), unknown("b"))) == {"a", "b"}


def test_unknown_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError):
        bool(unknown("a"))
