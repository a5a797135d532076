"""The communes an actor serves, said as few zones as possible: whole départements, whole EPCI, then communes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.kernel.vocabulary import ZoneKind

WIDEST_FIRST = (ZoneKind.DEPARTEMENT, ZoneKind.EPCI)


def zones_of(communes: Iterable[str], zones: Mapping[str, Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """`zones`: the zones of every commune of the region, by kind."""
    left = {code for code in communes if code in zones}
    found: list[tuple[str, str]] = []
    for kind in WIDEST_FIRST:
        members: dict[str, set[str]] = {}
        for commune, of in zones.items():
            if code := of.get(kind):
                members.setdefault(code, set()).add(commune)
        for code, whole in sorted(members.items()):
            if whole <= left:
                found.append((kind.value, code))
                left -= whole
    return (*found, *((ZoneKind.COMMUNE.value, code) for code in sorted(left)))
