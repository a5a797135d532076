"""What is kept of the national reference: the communes of the region and, in short, those of elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.kernel.vocabulary import ZoneKind
from app.routing.facts import REGION
from app.territory.contours import town_hall
from app.territory.names import full_name
from app.territory.overseas import OVERSEAS
from app.territory.reference import Reference
from app.territory.rows import ReferenceCommuneRow

Row = dict[str, Any]
OLD = ("COMD", "COMA")
DISTRICT = "ARM"
CURRENT = "COM"


@dataclass(slots=True)
class Selection:
    """Rows ready to be written, one list per table."""

    communes: list[Row] = field(default_factory=list)
    postal_codes: list[Row] = field(default_factory=list)
    former: list[Row] = field(default_factory=list)
    elsewhere: dict[str, Row] = field(default_factory=dict)
    zones: list[Row] = field(default_factory=list)
    zone_of: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    shapes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def select(reference: Reference) -> Selection:
    """Read each file once; parents come before their former communes in the file of communes."""
    return _Reader(reference).read()


class _Reader:
    """The national files are linked by line numbers (`id`), unknown elsewhere: they stay in here."""

    def __init__(self, reference: Reference) -> None:
        regions = {row["id"]: row["code"] for row in reference.rows("regions")}
        self.reference = reference
        self.departements = {row["id"]: row for row in reference.rows("departements")}
        self.ours = {
            key: row["code"] for key, row in self.departements.items() if regions[row["region_id"]] == REGION
        }
        self.epci = {row["id"]: row for row in reference.rows("epci")}
        self.schema = ReferenceCommuneRow()
        self.code_of: dict[str, str] = {}
        self.departement_of: dict[str, str] = {}
        self.kept = Selection()

    def read(self) -> Selection:
        later = []
        for row in self.reference.rows("communes"):
            if row["type"] == CURRENT:
                self._current(row)
            elif row["type"] in (*OLD, DISTRICT):
                later.append(row)
        for row in later:
            self._old(row)
        self._zones()
        self._postal_codes()
        for code, name in OVERSEAS.items():
            self.kept.elsewhere[code] = {
                "code": code,
                "name": name,
                "departement": name,
            }
        return self.kept

    def _current(self, row: Mapping[str, str]) -> None:
        departement = row["departement_id"]
        if departement not in self.ours:
            self.departement_of[row["id"]] = self.departements[departement]["nom"]
            self._elsewhere(row, self.departement_of[row["id"]])
            return
        longitude, latitude = town_hall(row["mairie_localisation"], row["geometry"])
        commune: Row = dict(self.schema.load(dict(row)))
        commune |= {
            "departement": self.ours[departement],
            "longitude": longitude,
            "latitude": latitude,
        }
        self.kept.communes.append(commune)
        self.code_of[row["id"]] = commune["code"]
        self._belongs(commune["code"], self.ours[departement], row)

    def _belongs(self, commune: str, departement: str, row: Mapping[str, str]) -> None:
        self.kept.zone_of[ZoneKind.DEPARTEMENT][commune] = departement
        if row["epci_id"]:
            self.kept.zone_of[ZoneKind.EPCI][commune] = self.epci[row["epci_id"]]["code"]
        if row["geometry"]:
            self.kept.shapes[commune].append(row["geometry"])

    def _old(self, row: Mapping[str, str]) -> None:
        today = self.code_of.get(row["commune_parent_id"])
        if today is None:
            self._elsewhere(row, self.departement_of.get(row["commune_parent_id"], ""))
            return
        name = self.schema.load({**row, "population_municipale": ""})["name"]
        self.kept.former.append({"code": row["code"], "name": name, "commune": today})
        if row["geometry"]:
            self.kept.shapes[today].append(row["geometry"])

    def _elsewhere(self, row: Mapping[str, str], departement: str) -> None:
        """A commune and its seat share a code: the commune, read first, is the one remembered."""
        name = full_name(row["nom"], row["type_nom"])
        self.kept.elsewhere.setdefault(
            row["code"], {"code": row["code"], "name": name, "departement": departement}
        )

    def _zones(self) -> None:
        ours = set(self.kept.zone_of[ZoneKind.EPCI].values())
        for row in self.departements.values():
            if row["id"] in self.ours:
                self._zone(ZoneKind.DEPARTEMENT, row)
        for row in self.epci.values():
            if row["code"] in ours:
                self._zone(ZoneKind.EPCI, row)

    def _zone(self, kind: ZoneKind, row: Mapping[str, str]) -> None:
        zone = {"kind": kind.value, "code": row["code"], "name": row["nom"]}
        self.kept.zones.append(zone | {"vintage": self.reference.version})

    def _postal_codes(self) -> None:
        code = {row["id"]: row["code"] for row in self.reference.rows("codes_postaux")}
        pairs = {
            (self.code_of[row["commune_id"]], code[row["codepostal_id"]])
            for row in self.reference.rows("codes_postaux_communes")
            if row["commune_id"] in self.code_of
        }
        self.kept.postal_codes = [{"commune": one, "code": postal} for one, postal in sorted(pairs)]
