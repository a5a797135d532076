"""Golden cases, kept with the edition and written from the taxonomy: each says the rule it proves."""

from __future__ import annotations

import tomllib
from typing import Any, cast

import pytest

from app.rulebooks.edition import GOLDEN
from tests.pure.routing.desk import book, decide, verdicts

CASES = [
    pytest.param(case, id=f"{path.stem}-{index}-{case['situation']['need']}")
    for path in sorted(GOLDEN.glob("*.toml"))
    for index, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"])
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    answer = decide(tuple(case.get("covered", ())), **case["situation"])
    assert (answer.lead.actor if answer.lead else "") == case["lead"], case["proves"]
    if "branch" in case:
        assert answer.lead is not None and answer.lead.branch == case["branch"]
    held = {one.rule for one in answer.tested if one.held}
    assert {rule.key for rule in book().rules}.intersection(case["proves"]) <= held
    assert not {f"not:{rule}" for rule in held}.intersection(case["proves"])
    supports = {one.actor for one in answer.supports}
    if "supports" in case:
        assert supports == set(case["supports"])
    assert set(case.get("with", ())) <= supports
    assert set(case.get("refused", ())) <= {one.actor for one in answer.refused}
    assert not set(case.get("without", ())) & supports
    found = verdicts(answer)
    assert {key: found.get(key) for key in case.get("schemes", {})} == case.get("schemes", {})
    assert not set(case.get("no_schemes", ())) & found.keys()
    assert set(case.get("asks", ())) <= set(answer.questions)
    assert answer.urgency == case.get("urgency", answer.urgency)
    assert all(any(part in note for note in answer.notes) for part in case.get("notes", ()))
    assert not set(case.get("asks_not", ())) & set(answer.questions)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150


def test_every_need_has_a_case() -> None:
    exercised = {
        case["situation"]["need"] for case in cast("list[dict[str, Any]]", [one.values[0] for one in CASES])
    }
    assert exercised >= set(book().needs)


def test_schemes_never_eligible_are_those_a_person_must_check() -> None:
    """No situation makes these eligible; each says what is left to check."""
    seen: dict[str, set[str]] = {}
    for case in cast("list[dict[str, Any]]", [param.values[0] for param in CASES]):
        for key, verdict in verdicts(decide(tuple(case.get("covered", ())), **case["situation"])).items():
            seen.setdefault(key, set()).add(verdict)
    schemes = book().schemes
    never = {key for key, scheme in schemes.items() if "eligible" not in seen.get(key, set())}
    assert never == {key for key, scheme in schemes.items() if scheme.points or scheme.closed}
