"""A condition written out as alternatives: an OR of ANDs of leaves, each reading one fact; pure.

The three-valued logic of Kleene keeps De Morgan's laws and distributivity: the rewriting changes no truth.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from app.kernel.logic import Truth
from app.routing.conditions import Always, Atom, Certain, Condition, Opposite, Scheme, Several
from app.routing.derived import Facts

NOT_TOLD = None
WIDEST = 4_096


class TooWide(ValueError):
    """A condition that cannot be written out within reason."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One atom as wanted: `inside` denies it, `certain` then takes what is unknown as a no, `denied` denies that."""

    atom: Atom | None = None
    denied: bool = False
    certain: bool = False
    inside: bool = False

    @property
    def name(self) -> str:
        return self.atom.name if self.atom else ""

    def truth(self, value: Hashable) -> bool | None:
        """None while it is not known; a leaf without atom never is."""
        found = self._plain(value)
        if self.certain:
            found = found is not None and found is not self.inside
        return found if found is None or not self.denied else not found

    def _plain(self, value: Hashable) -> bool | None:
        facts = Facts()
        if value is not NOT_TOLD:
            facts[self.name] = value
        found: Truth | None = self.atom.truth(facts) if self.atom else None
        return found if isinstance(found, bool) else None


DOUBT = Leaf()
"""What no answer settles: the point of a scheme that a person must check."""


@dataclass(frozen=True, slots=True)
class SchemeCase:
    """What `dispositif(key)` stands for: a condition, closed for ever, or left in doubt by a point to check."""

    condition: Condition
    closed: bool = False
    doubtful: bool = False


Alternative = frozenset[Leaf]
Schemes = Mapping[str, SchemeCase]


def alternatives(condition: Condition, schemes: Schemes) -> tuple[Alternative, ...]:
    """The condition as an OR of ANDs; none at all: never true. Raises TooWide."""
    return _written(condition, schemes, Leaf())


def _written(condition: Condition, schemes: Schemes, wanted: Leaf) -> tuple[Alternative, ...]:
    """`wanted` carries what surrounds the condition, innermost denial first."""
    turned = wanted.denied is not wanted.inside
    if isinstance(condition, Always):
        return () if turned else (frozenset(),)
    if isinstance(condition, Opposite):
        return _written(condition.inner, schemes, _denied(wanted))
    if isinstance(condition, Certain):
        return _written(condition.inner, schemes, _made_certain(wanted))
    if isinstance(condition, Several):
        parts = [_written(part, schemes, wanted) for part in condition.parts]
        return _all(parts) if condition.conjunction is not turned else _any(parts)
    if isinstance(condition, Scheme):
        return _scheme(schemes[condition.name], schemes, wanted)
    if not isinstance(condition, Atom):
        raise TooWide(type(condition).__name__)
    return (frozenset({replace(wanted, atom=condition)}),)


def _denied(wanted: Leaf) -> Leaf:
    if wanted.certain:
        return replace(wanted, inside=not wanted.inside)
    return replace(wanted, denied=not wanted.denied)


def _made_certain(wanted: Leaf) -> Leaf:
    if wanted.inside:
        raise TooWide("certain(NOT certain(…))")
    return replace(wanted, certain=True)


def _scheme(case: SchemeCase, schemes: Schemes, wanted: Leaf) -> tuple[Alternative, ...]:
    if case.closed or (case.doubtful and wanted.certain and not wanted.inside):
        return _written(
            Always(), schemes, _denied(wanted) if case.closed else replace(wanted, denied=not wanted.denied)
        )
    written = _written(case.condition, schemes, wanted)
    if not case.doubtful or wanted.certain:
        return written
    doubt: tuple[Alternative, ...] = (frozenset({DOUBT}),)
    return _any([written, doubt]) if wanted.denied else _all([written, doubt])


def _any(parts: Sequence[tuple[Alternative, ...]]) -> tuple[Alternative, ...]:
    return tuple(dict.fromkeys(one for part in parts for one in part))


def _all(parts: Sequence[tuple[Alternative, ...]]) -> tuple[Alternative, ...]:
    size = 1
    for part in parts:
        size *= len(part)
    if size > WIDEST:
        raise TooWide(f"{size} alternatives")
    return tuple(dict.fromkeys(frozenset().union(*chosen) for chosen in product(*parts)))
