"""Conditions as small objects: their truth, what made it so, and the facts they still wait for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import eq, ge, gt, le, lt
from typing import TYPE_CHECKING, Any, Protocol

from app.kernel.logic import Truth, Unknown, merged, missing_of, opposite, unknown

if TYPE_CHECKING:
    from app.routing.derived import Facts

Constant = int | str | date
Reason = tuple["Atom", bool]
"""An atom that decided, and whether the condition wanted it true."""

COMPARE = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}


class Condition(Protocol):
    """`truth` decides; `because` gives the atoms that decided; `waits` the keys a guarded part looked for."""

    def truth(self, facts: Facts) -> Truth: ...
    def because(self, facts: Facts, wanted: bool = True) -> Iterator[Reason]: ...
    def waits(self, facts: Facts) -> frozenset[str]: ...
    def names(self) -> Iterator[tuple[str, str]]: ...
    def atoms(self) -> Iterator[Atom]: ...


class Atom:
    """A leaf: it is its own reason."""

    name: str

    def truth(self, facts: Facts) -> Truth:
        raise NotImplementedError

    def because(self, facts: Facts, wanted: bool = True) -> Iterator[Reason]:
        yield self, wanted

    def waits(self, facts: Facts) -> frozenset[str]:
        return frozenset()

    def names(self) -> Iterator[tuple[str, str]]:
        yield "fact", self.name

    def atoms(self) -> Iterator[Atom]:
        yield self


@dataclass(frozen=True, slots=True)
class Flag(Atom):
    """A yes/no fact."""

    name: str

    def truth(self, facts: Facts) -> Truth:
        value = facts[self.name]
        if value is True or value is False:
            return bool(value)
        return value if isinstance(value, Unknown) else unknown(self.name)


@dataclass(frozen=True, slots=True)
class Compare(Atom):
    """`name op constant`; a band that straddles the threshold is unknown."""

    name: str
    op: str
    constant: Constant

    def truth(self, facts: Facts) -> Truth:
        value = facts[self.name]
        if isinstance(value, Unknown):
            return value
        if isinstance(value, frozenset):
            return self.constant in value
        if isinstance(value, tuple):
            return self._band(value, facts)
        return _compared(self.op, value, self.constant)

    def _band(self, band: tuple[int, int | None], facts: Facts) -> Truth:
        low, high = band
        at_low = _compared(self.op, low, self.constant)
        at_high = self.op in (">", ">=") if high is None else _compared(self.op, high, self.constant)
        inside = self.op == "=" and low < self.constant and (high is None or self.constant < high)  # type: ignore[operator]
        return at_low if at_low == at_high and not inside else facts.ask(self.name)


def _compared(op: str, value: Any, constant: Any) -> bool:
    try:
        return bool(COMPARE[op](value, constant))
    except TypeError:
        return False


@dataclass(frozen=True, slots=True)
class Among(Atom):
    """`name IN (…)`: constants and inclusive ranges; with several values, one that fits is enough."""

    name: str
    constants: frozenset[Constant]
    ranges: tuple[tuple[int, int], ...] = ()

    def truth(self, facts: Facts) -> Truth:
        value = facts[self.name]
        if isinstance(value, Unknown):
            return value
        if isinstance(value, frozenset):
            return not self.constants.isdisjoint(value)
        if isinstance(value, tuple):
            return self._band(value, facts)
        return self._holds(value)

    def _holds(self, value: Any) -> bool:
        if value in self.constants:
            return True
        return isinstance(value, int) and any(low <= value <= high for low, high in self.ranges)

    def _band(self, band: tuple[int, int | None], facts: Facts) -> Truth:
        low, high = band
        if high is None:
            return facts.ask(self.name)
        held = {self._holds(value) for value in range(low, high + 1)}
        return held.pop() if len(held) == 1 else facts.ask(self.name)


@dataclass(frozen=True, slots=True)
class Given(Atom):
    """`connu(name)`: has it been told? Never unknown itself."""

    name: str

    def truth(self, facts: Facts) -> Truth:
        return not isinstance(facts[self.name], Unknown)

    def waits(self, facts: Facts) -> frozenset[str]:
        return missing_of(facts.ask(self.name)) if self.truth(facts) is False else frozenset()

    def because(self, facts: Facts, wanted: bool = True) -> Iterator[Reason]:
        if self.truth(facts) is False:
            yield self, wanted


@dataclass(frozen=True, slots=True)
class Always(Atom):
    """`true`."""

    name: str = "true"

    def truth(self, facts: Facts) -> Truth:
        return True

    def because(self, facts: Facts, wanted: bool = True) -> Iterator[Reason]:
        return iter(())

    def names(self) -> Iterator[tuple[str, str]]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Scheme(Atom):
    """`dispositif(key)`: the verdict of another scheme."""

    name: str

    def truth(self, facts: Facts) -> Truth:
        return facts.scheme(self.name)

    def because(self, facts: Facts, wanted: bool = True) -> Iterator[Reason]:
        yield from facts.scheme_condition(self.name).because(facts, wanted)

    def waits(self, facts: Facts) -> frozenset[str]:
        return facts.scheme_condition(self.name).waits(facts)

    def names(self) -> Iterator[tuple[str, str]]:
        yield "scheme", self.name


@dataclass(frozen=True, slots=True)
class Certain:
    """`certain(…)`: true only when its inside is already true; what is unknown counts as no, yet is asked."""

    inner: Condition

    def truth(self, facts: Facts) -> Truth:
        return self.inner.truth(facts) is True

    def because(self, facts: Facts, wanted: bool = True) -> Iterator[Reason]:
        return self.inner.because(facts, wanted)

    def waits(self, facts: Facts) -> frozenset[str]:
        return missing_of(self.inner.truth(facts)) | self.inner.waits(facts)

    def names(self) -> Iterator[tuple[str, str]]:
        return self.inner.names()

    def atoms(self) -> Iterator[Atom]:
        return self.inner.atoms()


@dataclass(frozen=True, slots=True)
class Opposite:
    inner: Condition

    def truth(self, facts: Facts) -> Truth:
        return opposite(self.inner.truth(facts))

    def because(self, facts: Facts, wanted: bool = True) -> Iterator[Reason]:
        return self.inner.because(facts, not wanted)

    def waits(self, facts: Facts) -> frozenset[str]:
        return self.inner.waits(facts)

    def names(self) -> Iterator[tuple[str, str]]:
        return self.inner.names()

    def atoms(self) -> Iterator[Atom]:
        return self.inner.atoms()


@dataclass(frozen=True, slots=True)
class Several:
    """AND, OR: an AND is decided by its false parts, an OR by its true ones."""

    parts: tuple[Condition, ...]
    conjunction: bool

    def truth(self, facts: Facts) -> Truth:
        stop = not self.conjunction
        left: Unknown | None = None
        for part in self.parts:
            truth = part.truth(facts)
            if truth is stop:
                return stop
            if truth is not True and truth is not False:
                left = truth if left is None else merged(left, truth)
        return self.conjunction if left is None else left

    def because(self, facts: Facts, wanted: bool = True) -> Iterator[Reason]:
        truths = [part.truth(facts) for part in self.parts]
        stop = not self.conjunction
        settled = self.conjunction if all(one is self.conjunction for one in truths) else None
        truth = stop if any(one is stop for one in truths) else settled
        for part, mine in zip(self.parts, truths, strict=True):
            if mine is truth or (truth is None and isinstance(mine, Unknown)):
                yield from part.because(facts, wanted)

    def waits(self, facts: Facts) -> frozenset[str]:
        """What a guarded part waits for, unless another part already decides."""
        stop = not self.conjunction
        keys: frozenset[str] = frozenset()
        for part in self.parts:
            waiting = part.waits(facts)
            if part.truth(facts) is stop and not waiting:
                return frozenset()
            keys |= waiting
        return keys

    def names(self) -> Iterator[tuple[str, str]]:
        for part in self.parts:
            yield from part.names()

    def atoms(self) -> Iterator[Atom]:
        for part in self.parts:
            yield from part.atoms()
