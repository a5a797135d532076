"""Zones typed one a line: « département 34 », « 34142 », « intercommunalité 200017341 »."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.kernel.vocabulary import ZoneKind
from app.routing.facts import REGION
from app.territory.names import plain
from app.territory.queries import commune, zone

KINDS = {
    "commune": ZoneKind.COMMUNE,
    "epci": ZoneKind.EPCI,
    "intercommunalite": ZoneKind.EPCI,
    "departement": ZoneKind.DEPARTEMENT,
    "region": ZoneKind.REGION,
    "zone d emploi": ZoneKind.ZONE_EMPLOI,
    "zone emploi": ZoneKind.ZONE_EMPLOI,
    "bassin": ZoneKind.BASSIN_BMO,
    "bassin d emploi": ZoneKind.BASSIN_BMO,
    "bassin bmo": ZoneKind.BASSIN_BMO,
}
WORDS = {
    ZoneKind.COMMUNE: "commune",
    ZoneKind.EPCI: "intercommunalité",
    ZoneKind.DEPARTEMENT: "département",
    ZoneKind.REGION: "région",
    ZoneKind.ZONE_EMPLOI: "zone d’emploi",
    ZoneKind.BASSIN_BMO: "bassin",
}
LINE = re.compile(r"^(?P<kind>.*?)\s*(?P<code>[0-9][0-9AB]?[0-9]*)?$")
BY_LENGTH = {2: ZoneKind.DEPARTEMENT, 5: ZoneKind.COMMUNE, 9: ZoneKind.EPCI}
MOST = 500


class ZoneError(ValueError):
    """A line that names no zone; the message says which and what to write."""


def read_zones(text: str) -> tuple[tuple[str, str], ...]:
    """(kind, code) of each line, known zones only. Raises ZoneError."""
    lines = [line.strip() for line in re.split(r"[\n;,]", text) if line.strip()]
    if not lines:
        raise ZoneError("Écrivez au moins une zone, comme « département 34 »")
    if len(lines) > MOST:
        raise ZoneError(f"Écrivez {MOST} zones au plus")
    return tuple(dict.fromkeys(_zone(line) for line in lines))


def _zone(line: str) -> tuple[str, str]:
    found = LINE.match(line.upper())
    typed, code = plain(found["kind"] if found else line), found["code"] if found else None
    kind = KINDS.get(typed) if typed else BY_LENGTH.get(len(code or ""))
    if kind is ZoneKind.REGION and code in (None, REGION):
        return kind.value, REGION
    if kind is None or code is None:
        raise ZoneError(f"« {line[:40]} » n’est pas une zone. Écrivez par exemple « département 34 »")
    known = _known(kind, code)
    if known is None:
        raise ZoneError(f"« {line[:40]} » n’existe pas en Occitanie, ou n’est pas chargée")
    return kind.value, known


def _known(kind: ZoneKind, code: str) -> str | None:
    if kind is ZoneKind.COMMUNE:
        found = commune(code)
        return found.code if found else None
    return code if zone(kind, code) else None


def write_zones(zones: Iterable[tuple[str, str]]) -> str:
    """The same zones as lines to edit."""
    return "\n".join(f"{WORDS[ZoneKind(kind)]} {code}" for kind, code in zones)
