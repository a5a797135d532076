"""A zoning table turned into one zone per commune: what is kept, what is refused and why. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from marshmallow import ValidationError

from app.kernel.vocabulary import ZoneKind
from app.routing.facts import REGION
from app.sheets import Column, Line, RefusedRow
from app.territory.rows import ZoneNameRow, ZoningRow

COMMUNE = r"codgeo|com|depcom|code[ _]?commune.*|code[ _]insee.*"


@dataclass(frozen=True, slots=True)
class Zoning:
    """An official zoning: the columns of its table, whatever the year they carry in their names."""

    slug: str
    kind: ZoneKind
    title: str
    publisher: str
    layout: tuple[Column, ...]


ZONES_EMPLOI = Zoning(
    "zones-emploi",
    ZoneKind.ZONE_EMPLOI,
    "Zones d’emploi",
    "INSEE",
    (
        Column("commune", COMMUNE, label="CODGEO"),
        Column("zone", r"ze20\d\d", label="ZE2020"),
        Column("label", r"lib_?ze.*", required=False),
        Column("region", "reg", required=False),
    ),
)
BMO_BASINS = Zoning(
    "bmo-basins",
    ZoneKind.BASSIN_BMO,
    "Bassins d’emploi de l’enquête BMO",
    "France Travail",
    (
        Column("commune", COMMUNE, label="CODGEO"),
        Column("zone", r"code_bassin.*|be\d\d", label="code_bassin_BMO"),
        Column("label", r"lib_bassin.*|nombe\d\d", required=False),
        Column("region", "reg", required=False),
    ),
)
ZONE_NAMES = (Column("level", "nivgeo"), Column("zone", "codgeo"), Column("label", "libgeo"))
LEVEL = "ZE"
UNKNOWN = "Ce code n’est celui d’aucune commune du référentiel, ni d’aujourd’hui ni ancienne."


@dataclass(frozen=True, slots=True)
class Known:
    """The commune codes the reference knows."""

    communes: Container[str]
    former: Mapping[str, str]
    elsewhere: Container[str]


@dataclass(slots=True)
class Reading:
    """What a table says, once every row has been weighed."""

    zone_of: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    read: int = 0
    kept: int = 0
    outside: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


def weigh(lines: Iterable[Line], known: Known) -> Reading:
    """A row naming the commune itself beats one that reaches it through an old name."""
    scale = _Scale(known)
    for line in lines:
        scale.add(line)
    scale.settle()
    return scale.reading


class _Scale:
    def __init__(self, known: Known) -> None:
        self.known, self.reading, self.schema = known, Reading(), ZoningRow()
        self.direct: dict[str, tuple[str, int]] = {}
        self.through: dict[str, list[tuple[str, str, int]]] = defaultdict(list)

    def add(self, line: Line) -> None:
        self.reading.read += 1
        try:
            row = self.schema.load(line.cells)
        except ValidationError as error:
            self._refuse(line.number, line.cells.get("commune", ""), first_reason(error))
            return
        self._place(line, row)

    def _place(self, line: Line, row: Mapping[str, str]) -> None:
        commune, zone = row["commune"], row["zone"]
        if commune in self.known.communes:
            self._named(commune, zone, line)
        elif commune in self.known.former:
            self.through[self.known.former[commune]].append((commune, zone, line.number))
        elif commune in self.known.elsewhere or row["region"] not in ("", "00", REGION):
            self.reading.outside += 1
            return
        else:
            self._refuse(line.number, line.cells["commune"], UNKNOWN)
            return
        if row["label"]:
            self.reading.names.setdefault(zone, row["label"])

    def _named(self, commune: str, zone: str, line: Line) -> None:
        first, number = self.direct.setdefault(commune, (zone, line.number))
        if first != zone:
            reason = f"La ligne {number} place déjà cette commune dans la zone {first}."
            self._refuse(line.number, line.cells["commune"], reason)
            return
        self.reading.kept += 1

    def settle(self) -> None:
        """Old names speak only where the commune itself is absent, and only with one voice."""
        self.reading.zone_of = {commune: zone for commune, (zone, _) in self.direct.items()}
        for commune, voices in self.through.items():
            zones = {zone for _, zone, _ in voices}
            if commune in self.direct or len(zones) == 1:
                self.reading.kept += len(voices)
                self.reading.zone_of.setdefault(commune, voices[0][1])
            else:
                self._disagree(commune, voices)
        self.reading.refused.sort(key=lambda row: row.line)

    def _disagree(self, commune: str, voices: list[tuple[str, str, int]]) -> None:
        for old, _, number in voices:
            reason = f"Les anciennes communes de {commune} sont dans des zones différentes."
            self._refuse(number, old, reason)

    def _refuse(self, number: int, value: str, reason: str) -> None:
        self.reading.refused.append(RefusedRow(number, value, reason))


def weigh_names(lines: Iterable[Line], used: Container[str] | None) -> Reading:
    """Names of zones d'emploi; `used` are the codes of our communes, when they are known."""
    reading, schema = Reading(), ZoneNameRow()
    for line in lines:
        if not line.cells["level"].startswith(LEVEL):
            continue
        reading.read += 1
        try:
            row = schema.load({"zone": line.cells["zone"], "label": line.cells["label"]})
        except ValidationError as error:
            reading.refused.append(RefusedRow(line.number, line.cells["zone"], first_reason(error)))
            continue
        if used is not None and row["zone"] not in used:
            reading.outside += 1
            continue
        reading.kept += 1
        reading.names[row["zone"]] = row["label"]
    return reading


def first_reason(error: ValidationError) -> str:
    """The first sentence of a schema's error."""
    messages = error.messages
    while isinstance(messages, dict):
        messages = next(iter(messages.values()))
    return str(messages[0])
