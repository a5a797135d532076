"""The table of bits agrees with the conditions it was made of, and the fast decision with the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.kernel.logic import Truth
from app.routing.alternatives import NOT_TOLD, SchemeCase, TooWide, alternatives
from app.routing.conditions import Always, Condition, Several
from app.routing.deciding import Decider, Decision
from app.routing.derived import Facts
from app.routing.engine import orient
from app.routing.grammar import condition
from app.routing.matching import Table
from app.routing.situation import read_situation
from tests.pure.routing.desk import TODAY, book, directory
from tests.pure.routing.test_questions import PATIENT, situations

LEAVES = (
    "a",
    "b",
    "n < 11",
    "n >= 250",
    "n IN (1, 2, 10..20)",
    "c = CDI",
    "c IN (CDD, apprentissage)",
    "connu(a)",
    "connu(n)",
    "dispositif(sure)",
    "dispositif(closed)",
    "dispositif(doubtful)",
    "true",
)
CASES = {
    "sure": SchemeCase(condition("n < 50")),
    "closed": SchemeCase(Always(), closed=True),
    "doubtful": SchemeCase(condition("c = CDI"), doubtful=True),
}
FACTS = st.fixed_dictionaries(
    {
        "a": st.sampled_from([None, True, False]),
        "b": st.sampled_from([None, True, False]),
        "n": st.sampled_from([None, 0, 5, 11, 250, (10, 19), (250, None), (0, 400)]),
        "c": st.sampled_from([None, "CDI", "CDD", frozenset({"CDI", "CDD"})]),
    }
)
NESTED = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} AND {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        inner.map(lambda one: f"NOT {one}"),
        inner.map(lambda one: f"certain({one})"),
    ),
    max_leaves=7,
)


def scheme_truth(key: str, facts: Facts) -> Truth:
    case = CASES[key]
    truth = False if case.closed else case.condition.truth(facts)
    return facts.ask("doute") if truth is True and case.doubtful else truth


def plain_truth(tried: Condition, told: Mapping[str, Any]) -> bool | None:
    facts = Facts(None, {}, scheme_truth, {key: case.condition for key, case in CASES.items()})
    facts.update({key: value for key, value in told.items() if value is not None})
    truth = tried.truth(facts)
    return truth if isinstance(truth, bool) else None


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NESTED, min_size=1, max_size=4), st.lists(FACTS, min_size=1, max_size=4))
def test_each_condition_keeps_its_truth(texts: list[str], told: list[dict[str, Any]]) -> None:
    conditions = [condition(text) for text in texts]
    try:
        table = Table(conditions, CASES)
    except TooWide:
        return
    for facts in told:
        reading = table.read([facts.get(column.name, NOT_TOLD) for column in table.columns])
        truths = [plain_truth(one, facts) for one in conditions]
        assert [table.truth(number, reading) for number in range(len(conditions))] == truths
        assert list(table.holding(reading)) == [number for number, truth in enumerate(truths) if truth]


def test_a_condition_too_wide_to_write_out_is_refused() -> None:
    pairs = tuple(condition(f"a{n} OR b{n}") for n in range(13))
    with pytest.raises(TooWide):
        alternatives(Several(pairs, conjunction=True), {})


@PATIENT
@given(st.lists(situations(), min_size=1, max_size=5), st.sampled_from([(), ("plie",), ("plie", "geiq")]))
def test_the_fast_decision_is_the_engine_s(told: list[dict[str, Any]], covered: tuple[str, ...]) -> None:
    desk, edition = directory(covered), book()
    decider = Decider(desk, edition)
    for payload in told:
        situation = read_situation({"commune": "34142", **payload}, edition, TODAY)
        answer, found = orient(situation, desk, edition), decider.decide(situation)
        assert found._replace(schemes=()) == Decision.of(answer)
        assert [one[:2] for one in found.schemes] == [(one.scheme, one.verdict) for one in answer.schemes]
        assert decider.decide(situation) == found


def test_every_need_of_the_edition_is_compiled() -> None:
    decider = Decider(directory(), book())
    for key, need in book().needs.items():
        assert (decider._plan(key) is not None) is need.in_scope, key


def test_elsewhere_nobody_leads() -> None:
    away = read_situation({"commune": "75056", "need": "alt_apprenti"}, book(), TODAY)
    assert Decider(directory(), book()).decide(away) == Decision("alt_apprenti", None)
