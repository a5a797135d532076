"""Every rule and every condition counts: removed or negated, at least one golden case fails."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.routing.conditions import Opposite
from app.routing.engine import orient
from app.routing.rulebook import Rulebook
from app.routing.situation import read_situation
from app.rulebooks.edition import GOLDEN
from tests.pure.routing.desk import TODAY, book, directory, verdicts

CASES = [
    case
    for path in sorted(GOLDEN.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
KNOWN = {rule.key for rule in book().rules}


def mutants() -> Iterator[tuple[str, Rulebook]]:
    base = book()
    for rule in base.rules:
        others = tuple(one for one in base.rules if one is not rule)
        yield f"sans-{rule.key}", rebuilt(base, rules=others)
        denied = replace(rule, condition=Opposite(rule.condition))
        yield (
            f"niee-{rule.key}",
            rebuilt(base, rules=tuple(denied if one is rule else one for one in base.rules)),
        )
    for key, scheme in base.schemes.items():
        if not scheme.closed:
            opposite = replace(scheme, condition=Opposite(scheme.condition))
            yield f"inverse-{key}", rebuilt(base, schemes={**base.schemes, key: opposite})
        if scheme.points:
            yield (
                f"sans-point-{key}",
                rebuilt(base, schemes={**base.schemes, key: replace(scheme, points=())}),
            )
    for key, actor in base.actors.items():
        if actor.audience is not None:
            yield f"ouvert-{key}", rebuilt(base, actors={**base.actors, key: replace(actor, audience=None)})
            shut = replace(actor, audience=Opposite(actor.audience))
            yield f"ferme-{key}", rebuilt(base, actors={**base.actors, key: shut})


def rebuilt(base: Rulebook, **changes: Any) -> Rulebook:
    book_ = replace(base, **changes, leaves={}, hash="mutant" + os.urandom(4).hex())
    rules_of = {key: tuple(rule for rule in book_.rules if rule.concerns(key)) for key in base.needs}
    conditions = {key: scheme.condition for key, scheme in book_.schemes.items()}
    return replace(book_, rules_of=rules_of, conditions=conditions)


def survives(mutant: Rulebook) -> bool:
    return all(passes(case, mutant) for case in CASES)


def passes(case: dict[str, Any], mutant: Rulebook) -> bool:
    line = {"commune": "34142", **case["situation"]}
    answer = orient(read_situation(line, mutant, TODAY), directory(tuple(case.get("covered", ()))), mutant)
    supports = {one.actor for one in answer.supports}
    found = verdicts(answer)
    held = {one.rule for one in answer.tested if one.held}
    return (
        KNOWN.intersection(case["proves"]) <= held
        and (answer.lead.actor if answer.lead else "") == case["lead"]
        and supports == set(case.get("supports", supports))
        and set(case.get("with", ())) <= supports
        and not set(case.get("without", ())) & supports
        and set(case.get("refused", ())) <= {one.actor for one in answer.refused}
        and all(found.get(key) == verdict for key, verdict in case.get("schemes", {}).items())
        and not set(case.get("no_schemes", ())) & found.keys()
        and all(any(part in note for note in answer.notes) for part in case.get("notes", ()))
        and answer.urgency == case.get("urgency", answer.urgency)
        and set(case.get("asks", ())) <= set(answer.questions)
    )


ALL = list(mutants())


@pytest.mark.parametrize(("name", "mutant"), ALL, ids=[name for name, _ in ALL])
def test_a_mutant_is_caught(name: str, mutant: Rulebook) -> None:
    assert not survives(mutant), name


def test_the_edition_itself_passes() -> None:
    assert survives(book())
