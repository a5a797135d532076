"""What is remembered never changes an answer: an engine that has seen much and one that has seen nothing agree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given

from app.routing.derived import Facts, Told
from app.routing.engine import orient
from app.routing.memory import MOST, ByFacts
from app.routing.rulebook import Rulebook
from app.routing.situation import read_situation
from tests.pure.routing.desk import TODAY, book, directory
from tests.pure.routing.test_questions import PATIENT, situations


def forgetful() -> Rulebook:
    """The same edition, nothing remembered."""
    facts = {key: replace(one) for key, one in book().facts.items()}
    return replace(book(), facts=facts)


@PATIENT
@given(situations())
def test_the_trace_is_the_same_with_and_without_memory(payload: dict[str, Any]) -> None:
    situation = read_situation(payload | {"commune": "34142"}, book(), TODAY)
    new = forgetful()
    assert orient(situation, directory(), book()).trace() == orient(situation, directory(), new).trace()


def test_a_memory_forgets_before_it_grows_too_large() -> None:
    made: list[int] = []

    def make(facts: Facts) -> int:
        made.append(facts["a"])
        return made[-1]

    one, told = ByFacts(("a",), make), Told()
    for value in [*range(MOST + 1), 0, 0]:
        told["a"] = value
        assert one.of(told) == value
    assert made == [*range(MOST + 1), 0]
