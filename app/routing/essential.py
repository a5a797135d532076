"""Which unknown facts of a condition can still decide it: tried on every combination that differs.

A condition may name a fact twice; then its unknown parts wait for more facts than those that matter.
The combinations are few (one value on each side of each threshold) and remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from app.kernel.logic import Unknown
from app.routing.conditions import Among, Atom, Compare, Condition, Flag
from app.routing.derived import Facts
from app.routing.rulebook import Rulebook

OTHER = "\0"
_REMEMBERED: dict[tuple[Any, ...], frozenset[str]] = {}
MOST = 20_000
WIDEST = 4_096

Atoms = dict[str, tuple[Atom, ...]]


def deciding(key: str, condition: Condition, facts: Facts, book: Rulebook) -> frozenset[str]:
    """The names of the unknown facts whose value can change the truth of this condition."""
    atoms = book.atoms_of(key, condition)
    known = {name: facts[name] for name in atoms if _settled(facts[name])}
    mark = (book.hash, key, *((name, _side(atoms[name], known[name], facts)) for name in known))
    bands = tuple((name, facts[name]) for name in atoms if isinstance(facts[name], tuple))
    if (mark, bands) not in _REMEMBERED:
        if len(_REMEMBERED) > MOST:
            _REMEMBERED.clear()
        _REMEMBERED[mark, bands] = _tried(condition, atoms, known, facts, book)
    return _REMEMBERED[mark, bands]


def _settled(value: Any) -> bool:
    return not isinstance(value, Unknown | tuple)


def _side(atoms: tuple[Atom, ...], value: Any, facts: Facts) -> tuple[Any, ...]:
    """On which side of each threshold a value stands: two values on one side are one."""
    trial = Facts()
    trial[atoms[0].name] = value
    return tuple(atom.truth(trial) for atom in atoms)


def _tried(
    condition: Condition, atoms: Atoms, known: dict[str, Any], facts: Facts, book: Rulebook
) -> frozenset[str]:
    names = [name for name in atoms if name not in known]
    options = [_values(name, atoms[name], facts) for name in names]
    size = 1
    for one in options:
        size *= len(one)
    if size > WIDEST:
        return frozenset(names)
    trial = Facts(None, {}, book.scheme_truth, book.conditions)
    trial.update(known)
    return _alone(condition, names, options, trial) | _together(condition, names, options, trial)


def _alone(condition: Condition, names: list[str], options: list[list[Any]], trial: Facts) -> frozenset[str]:
    """Facts that settle the condition by themselves, the others still unknown."""
    found = set()
    for name, values in zip(names, options, strict=True):
        for value in values:
            trial[name] = value
            if not isinstance(condition.truth(trial), Unknown):
                found.add(name)
        del trial[name]
        for other in names:
            trial.pop(other, None)
    return frozenset(found)


def _together(
    condition: Condition, names: list[str], options: list[list[Any]], trial: Facts
) -> frozenset[str]:
    """Facts that change the answer, the others being given one way or another."""
    table: dict[tuple[int, ...], Any] = {}
    for choice in product(*(range(len(one)) for one in options)):
        trial.update(
            (name, options[at][index]) for at, (name, index) in enumerate(zip(names, choice, strict=True))
        )
        truth = condition.truth(trial)
        table[choice] = None if isinstance(truth, Unknown) else truth
    return frozenset(name for at, name in enumerate(names) if _matters(at, table))


def _matters(at: int, table: dict[tuple[int, ...], Any]) -> bool:
    seen: dict[tuple[int, ...], Any] = {}
    for choice, truth in table.items():
        others = choice[:at] + choice[at + 1 :]
        if seen.setdefault(others, truth) is not truth:
            return True
    return False


def _values(name: str, atoms: tuple[Atom, ...], facts: Facts) -> list[Any]:
    """One value for each way of standing against the thresholds, inside the band when one is told."""
    band = facts[name] if isinstance(facts[name], tuple) else None
    sides: dict[tuple[Any, ...], Any] = {}
    tried = [one for atom in atoms for one in values_beside(atom)]
    for value in dict.fromkeys(tried if band is None else [*tried, band[0]]):
        if band is None or (band[0] <= value and (band[1] is None or value <= band[1])):
            sides.setdefault(_side(atoms, value, facts), value)
    return list(sides.values())


def values_beside(atom: Atom) -> Iterator[Any]:
    """A value on each side of every threshold the atom names."""
    if isinstance(atom, Flag):
        yield from (True, False)
    if isinstance(atom, Compare):
        yield from _beside(atom.constant)
    if isinstance(atom, Among):
        for constant in sorted(atom.constants, key=str):
            yield from _beside(constant)
        for low, high in atom.ranges:
            yield from (low - 1, low, high, high + 1)


def _beside(constant: Any) -> tuple[Any, ...]:
    if isinstance(constant, date):
        return (constant - timedelta(days=1), constant, constant + timedelta(days=1))
    if isinstance(constant, int):
        return (constant - 1, constant, constant + 1)
    return (constant, OTHER)
