"""Questions are computed: an omitted one never changes the result, an asked one can."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.routing.facts import Orientation
from app.routing.rulebook import Question
from tests.pure.routing.desk import book, decide, outcome

SCOPE = sorted(key for key, need in book().needs.items() if need.in_scope)
AGES = [14, 15, 16, 25, 26, 29, 30, 45, 57, 60]
NUMBERS = [0, 1, 2, 4, 5, 6, 11, 12, 24, 31, 32, 35, 46, 51, 60, 250, 1000]
DATES = ["2025-01-01", "2026-02-01", "2026-11-23", "2027-01-01"]
WORKFORCES = [None, 0, 4, 10, 11, 19, 20, 49, 50, 249, 250, 300, 1000, "10-19", "250-499"]
PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def values(question: Question) -> list[Any]:
    """Every value worth trying for a question."""
    if question.kind == "oui/non":
        return [True, False]
    if question.kind == "entier":
        return AGES if question.key.startswith("age") else NUMBERS
    if question.kind == "date":
        return DATES
    if question.key == "nationalite":
        return ["FR", "MA"]
    if question.key == "commune_chantier":
        return ["34142", "46042"]
    return [value for value, _ in question.choices] or ["texte"]


@st.composite
def situations(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from(sorted(book().questions)), unique=True, max_size=8))
    return {
        "need": draw(st.sampled_from(SCOPE)),
        "naf": draw(st.sampled_from([None, "10.71C", "47.11B", "01.21Z", "43.21A", "70.22Z"])),
        "idcc": draw(st.sampled_from([None, "843", "7024", "1596", "9999"])),
        "workforce": draw(st.sampled_from(WORKFORCES)),
        "legal_form": draw(
            st.sampled_from([None, "SARL", "EI", "Association", "Commune", "Micro-entrepreneur"])
        ),
        "answers": {key: draw(st.sampled_from(values(book().questions[key]))) for key in keys},
    }


def with_answer(situation: dict[str, Any], key: str, value: Any) -> Orientation:
    return decide(**{**situation, "answers": {**situation["answers"], key: value}})


SAYS_MORE = {"activite_agricole", "secteur", "activite", "effectif"}
"""An answer that overrides a fact already known is not a question: nobody asks what is known."""


@PATIENT
@given(situations(), st.data())
def test_an_omitted_question_changes_nothing(situation: dict[str, Any], data: st.DataObject) -> None:
    answer = decide(**situation)
    known = SAYS_MORE | set(situation["answers"]) | set(answer.questions) | defaulted(situation)
    key = data.draw(st.sampled_from(sorted(set(book().questions) - known)))
    for value in values(book().questions[key]):
        assert outcome(with_answer(situation, key, value)) == outcome(answer), (key, value, answer.questions)


def defaulted(situation: dict[str, Any]) -> set[str]:
    """Keys whose fact is already known by default or through another key."""
    facts = book().facts
    found = {name for fact in facts.values() if fact.defaults for name in (fact.key, *fact.aliases)}
    found |= {"saisonnier", "rqth"}
    told = set(situation["answers"])
    for fact in facts.values():
        if told & {*fact.asks, *fact.aliases, *fact.sources}:
            found |= {*fact.asks, *fact.aliases, *fact.sources}
    return found


@PATIENT
@given(situations(), st.data())
def test_a_known_answer_is_not_asked_again(situation: dict[str, Any], data: st.DataObject) -> None:
    answer = decide(**situation)
    again = set(answer.questions) & set(situation["answers"])
    contradictory = {key for fact in book().facts.values() for key in (*fact.asks, *fact.aliases)}
    assert again <= contradictory


@PATIENT
@given(situations(), st.data())
def test_answering_everything_asked_leaves_nothing_to_ask(
    situation: dict[str, Any], data: st.DataObject
) -> None:
    """Asking ends: each round answers what is asked, and no key comes twice without a contradiction."""
    current = {**situation, "naf": situation["naf"] or "47.11B", "idcc": situation["idcc"] or "843"}
    current["legal_form"] = situation["legal_form"] or "SARL"
    for _ in range(6):
        asked = [key for key in decide(**current).questions if key not in current["answers"]]
        if not asked:
            return
        replies = {
            key: data.draw(st.sampled_from(values(book().questions[key])))
            for key in asked
            if key in book().questions
        }
        current["answers"] = {**current["answers"], **replies}
    assert set(decide(**current).questions) <= {*current["answers"], "naf", "idcc", "legal_form"}


@pytest.mark.parametrize("need", SCOPE)
def test_every_question_asked_of_nobody_known_can_change_something(need: str) -> None:
    """With the others answered one way or another, each asked key has two values that differ."""
    situation = {"need": need, "answers": {}}
    asked = [key for key in decide(**situation).questions if key in book().questions]
    for key in asked:
        assert decisive(situation, key, asked), key


def decisive(situation: dict[str, Any], key: str, asked: list[str]) -> bool:
    """Does some way of answering the other questions make this one change the result?"""
    draw = Random(key)
    options = values(book().questions[key])
    others = [other for other in asked if other != key]
    for _ in range(6000):
        told = draw.sample(others, draw.choice([0, 1, 2, len(others), len(others)]) if len(others) > 1 else 0)
        replies = {other: draw.choice(values(book().questions[other])) for other in told}
        form = draw.choice([None, "SARL", "Association", "EI"])
        naf = draw.choice([None, "47.11B", "10.71C"])
        base = {
            **situation,
            "naf": naf,
            "idcc": draw.choice([None, "843"]),
            "legal_form": form,
            "answers": replies,
        }
        if (
            len(
                {
                    outcome(with_answer(base, key, value))
                    for value in draw.sample(options, min(2, len(options)))
                }
            )
            > 1
        ):
            return True
    return False


def test_two_contrary_answers_are_asked_again_and_no_third() -> None:
    said = {"activite_agricole": False, "activite": "agricole"}
    asked = decide(need="alt_rupture", naf="47.11B", answers=said).questions
    assert {"activite_agricole", "activite"} <= set(asked)
    assert not {"idcc", "secteur"} & set(asked)


def test_no_date_is_read_from_a_clock() -> None:
    assert decide(need="inc_senior", on="2026-11-23").facts["on"] == date(2026, 11, 23).isoformat()
