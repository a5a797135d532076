"""Whom an actor serves: what its audience says of the facts, and the sentence when it is set aside. Pure."""

from __future__ import annotations

from typing import NamedTuple

from app.kernel.logic import Truth, Unknown
from app.routing.derived import Facts
from app.routing.facts import Refused
from app.routing.memory import ByFacts
from app.routing.rulebook import Actor, Rulebook
from app.routing.wording import NBSP, questions_text, shortest

NOTHING = frozenset[str]()


class Audience(NamedTuple):
    """`missing`: what would settle it; `waits`: what a guarded part looked for; `confirm`: said of a kept actor."""

    truth: Truth
    missing: frozenset[str]
    waits: frozenset[str]
    confirm: str
    refused: Refused | None


def audience_of(actor: Actor, facts: Facts, book: Rulebook) -> Audience:
    found: ByFacts[Audience] | None = book.memory.get(("actor", actor.key))
    if found is None:
        names = book.names_in(actor.audience) if actor.audience else ()
        found = book.memory["actor", actor.key] = ByFacts(names, lambda facts: _read(actor, facts, book))
    return found.of(facts)


def _read(actor: Actor, facts: Facts, book: Rulebook) -> Audience:
    if actor.audience is None:
        return Audience(True, NOTHING, NOTHING, "", None)
    truth = actor.audience.truth(facts)
    if truth is False:
        return Audience(truth, NOTHING, NOTHING, "", _outside(actor, facts, book))
    waits = NOTHING if truth is True else actor.audience.waits(facts)
    if not isinstance(truth, Unknown):
        return Audience(truth, NOTHING, waits, "", None)
    confirm = f" À confirmer{NBSP}: {questions_text(sorted(truth.missing), book)}."
    return Audience(truth, truth.missing, waits, confirm, None)


def _outside(actor: Actor, facts: Facts, book: Rulebook) -> Refused:
    why = " ; ".join(shortest(actor.audience, facts, book) if actor.audience else ()).replace(
        " ;", f"{NBSP};"
    )
    text = f"{actor.refusal} {_sentence(why)}" if why else actor.refusal
    return Refused(actor.key, text, f"audience-{actor.key}", actor.source)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
