"""Which cells may be told together: primary secrecy, then complementary suppression; pure.

Primary: a cell that is not safe by itself (`secrecy.Rules.safe`) is secret. Complementary, until nothing moves:

- a told cell lies in told cells only: what is found by cutting a total along one dimension, then each part along
  another, is made of what is left on single lines;
- what is left of a told cell once the told ones of a line are taken away (départements, basins, both; themes; domains;
  the families of a domain; sizes; the domains of a size, the sizes of a domain) is itself safe, or empty. It has as
  many companies as a cell that is told: this holds against a company that takes its own requests away;
- no secret cell is bounded too closely by all that is told, whatever is added or subtracted (`ambiguity`).

What is hidden is always the smallest that helps: a job and a size together, then the less asked, then by its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from app.kernel.vocabulary import ZoneKind
from app.reporting.ambiguity import Secret, Worlds
from app.reporting.cells import REGION, Key, Place, Record, domain_of, keys_of
from app.reporting.secrecy import Rules


def publishable(records: Sequence[Record], rules: Rules) -> dict[Key, int]:
    """The needs of each cell that may be told, of one quarter. Every other is secret, or empty."""
    table = Table(records, rules)
    told, secret = table.primary()
    table.close(told, told)
    worlds = Worlds(records, _secrets(table, secret), rules.spread)
    while (loose := worlds.loosened(told)) is not None:
        told.discard(loose)
        table.close(told, table.beside(loose))
    return {key: len(table.members[key]) for key in sorted(told)}


class Table:
    """The needs by cell (`members`: their ranks among the records), and what lies in what."""

    def __init__(self, records: Sequence[Record], rules: Rules) -> None:
        self.records, self.rules = records, rules
        found: dict[Key, set[int]] = defaultdict(set)
        for number, record in enumerate(records):
            for key in keys_of(record):
                found[key].add(number)
        self.members: Mapping[Key, frozenset[int]] = {key: frozenset(ones) for key, ones in found.items()}
        inside = _inside(records)
        self.holders = {key: dict(_holders(key, inside)) for key in self.members}
        self.lines = _lines(self.holders)

    def by_company(self, numbers: Iterable[int]) -> Counter[str]:
        return Counter(self.records[number].company for number in numbers)

    def primary(self) -> tuple[set[Key], set[Key]]:
        """The cells safe by themselves, and those that are not."""
        safe = {key for key, numbers in self.members.items() if self.rules.safe(self.by_company(numbers))}
        return safe, self.members.keys() - safe

    def beside(self, key: Key) -> set[Key]:
        """One step from this cell: those it lies in, those that lie in it."""
        return {*self.holders[key].values(), *(one for line in self.lines.get(key, ()) for one in line)}

    def close(self, told: set[Key], moved: Set[Key]) -> None:
        """Hide what lies in a hidden cell, and what would give back, by subtraction, a part that is not safe; only
        the cells `moved` and what follows are looked at."""
        waiting = set(moved)
        while waiting:
            looked, waiting = sorted(waiting & told), set()
            for key in looked:
                for hidden in self._unsettled(key, told):
                    told.discard(hidden)
                    waiting |= self.beside(hidden)

    def _unsettled(self, key: Key, told: set[Key]) -> Iterator[Key]:
        if not told.issuperset(self.holders[key].values()):
            yield key
            return
        for line in self.lines.get(key, ()):
            shown = sorted((one for one in line if one in told), key=self._weight, reverse=True)
            while shown and self._gives_away(key, shown):
                yield shown.pop()

    def _gives_away(self, key: Key, shown: Sequence[Key]) -> bool:
        left = self.members[key].difference(*(self.members[one] for one in shown))
        return bool(left) and not self.rules.safe(self.by_company(left))

    def _weight(self, key: Key) -> tuple[int, Key]:
        return len(self.members[key]), key


def _secrets(table: Table, secrets: Set[Key]) -> list[Secret]:
    counts = {key: table.by_company(table.members[key]) for key in sorted(secrets)}
    return [Secret(key, one.total(), max(one.values())) for key, one in counts.items()]


def _holders(key: Key, inside: Mapping[Place, Place]) -> Iterator[tuple[str, Key]]:
    """The cells this one lies in, one step up each dimension, and the name of the line that leads there."""
    if key.place != REGION:
        yield key.place.kind, key._replace(place=REGION)
    if key.place in inside:
        yield "inside", key._replace(place=inside[key.place])
    if key.size:
        yield "size", key._replace(size="")
    if len(key.job) > 1:
        yield "family", key._replace(job=domain_of(key.job))
    elif key.job:
        yield "domain", key._replace(job="")
    elif key.theme and not key.size:
        yield "theme", key._replace(theme="")


def _lines(holders: Mapping[Key, Mapping[str, Key]]) -> dict[Key, list[list[Key]]]:
    """For each cell, the lists of cells it may be told beside; places of the two kinds also mixed."""
    found: dict[Key, dict[str, list[Key]]] = defaultdict(lambda: defaultdict(list))
    for key, steps in holders.items():
        for name, holder in steps.items():
            found[holder][name].append(key)
    for names in found.values():
        if ZoneKind.DEPARTEMENT in names and ZoneKind.BASSIN_BMO in names:
            names["places"] = names[ZoneKind.DEPARTEMENT] + names[ZoneKind.BASSIN_BMO]
    return {holder: list(names.values()) for holder, names in found.items()}


def _inside(records: Iterable[Record]) -> dict[Place, Place]:
    """The basins that lie in one département, as far as the requests tell."""
    seen: dict[Place, set[Place]] = defaultdict(set)
    for record in records:
        _, departement, *basins = record.places
        for basin in basins:
            seen[basin].add(departement)
    return {basin: next(iter(ones)) for basin, ones in seen.items() if len(ones) == 1}
