"""The OPCO of an agreement through those it replaced, or through the one that replaced it. Pure.

A newcomer inherits when every predecessor is known and all agree; an ended agreement has the OPCO of its
successor, since its companies now apply that one. Anything else stays undetermined: nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from app.routing.facts import OpcoFact

DEDUCED = "déduit"
SOURCE = "Dares, suivi historique des conventions\u00a0: {}"


def complete(facts: Mapping[str, OpcoFact], successors: Mapping[str, str]) -> dict[str, OpcoFact]:
    """The facts and what the successions (ended agreement → the one that replaced it) let us deduce."""
    known = dict(facts)
    predecessors: dict[str, list[str]] = defaultdict(list)
    for ended, newcomer in successors.items():
        if ended != newcomer:
            predecessors[newcomer].append(ended)
    while found := _newcomers(known, predecessors):
        known |= found
    for ended in successors:
        if ended not in known and (last := _through(ended, known, successors)):
            known[ended] = _deduced(known[last].opco, f"remplacée par {last}")
    return known


def _newcomers(known: Mapping[str, OpcoFact], predecessors: Mapping[str, list[str]]) -> dict[str, OpcoFact]:
    return {
        newcomer: _deduced(opco, f"remplace {', '.join(sorted(ended, key=int))}")
        for newcomer, ended in predecessors.items()
        if newcomer not in known and (opco := _agreed(known, ended))
    }


def _agreed(known: Mapping[str, OpcoFact], ended: list[str]) -> str | None:
    """The OPCO of all of them, when all are known and none differs."""
    said = {known[one].opco if one in known else None for one in ended}
    return said.pop() if len(said) == 1 else None


def _through(ended: str, known: Mapping[str, OpcoFact], successors: Mapping[str, str]) -> str | None:
    """The first later agreement whose OPCO is known; a loop in the file leads nowhere."""
    seen = {ended}
    current = successors.get(ended)
    while current and current not in seen:
        if current in known:
            return current if known[current].opco else None
        seen.add(current)
        current = successors.get(current)
    return None


def _deduced(opco: str | None, why: str) -> OpcoFact:
    return OpcoFact(opco, DEDUCED, SOURCE.format(why)[:300])
