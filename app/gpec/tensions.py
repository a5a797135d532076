"""The Dares workbook of tensions: level and six causes of a professional family in a zone, one year.

À vérifier: no workbook was at hand. Its columns are those the Dares read itself in its public code
(StatDares/PortraitStatMetiers, edition of 2019), looked for by name; sheets are told apart by their zone's column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.gpec.figures import Cause
from app.gpec.rows import whole
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.routing.facts import REGION
from app.sheets import Column, Line, OfficialTable, RefusedRow, find_tables


class Nomenclature(StrEnum):
    """Families of 2009 and of 2021 share codes and not meanings: they are never compared nor joined."""

    FAP_2009 = "fap-2009"
    FAP_2021 = "fap-2021"


DISCRETE = r" ?[-–] ?discret"
CAUSES = (
    Column("intensity", rf"intensit[ée] d.embauches?{DISCRETE}|ind_int_emb_d", required=False),
    Column(
        "training", rf"lien formation.(emploi|m[ée]tier){DISCRETE}|ind_specif_form_empl_d", required=False
    ),
    Column(
        "workforce", rf"manque de main.d.(œ|oe)uvre( disponible)?{DISCRETE}|ind_main_oeuvre_d", required=False
    ),
    Column("precarity", rf"non.durabilit[ée] de l.emploi{DISCRETE}|ind_dur_empl_d", required=False),
    Column(
        "conditions", rf"conditions de travail contraignantes{DISCRETE}|ind_cond_travail_d", required=False
    ),
    Column("distance", rf"inad[ée]quation g[ée]ographique{DISCRETE}|ind_mismatch_geo_d", required=False),
)
SHARED = (
    Column("fap", r"code[ _]?fap[ _]?(87|225|22|86|228|341)", label="code fap 228"),
    Column("year", "ann[ée]e", label="année"),
    Column("level", rf"(cat[ée]gorie )?tension{DISCRETE}|ind_tension_d", label="tension - discret"),
    *CAUSES,
)
LAYOUTS = (
    (Column("zone", r"code[ _]?d[ée]p(artement)?|dep", label="code département"), *SHARED),
    (Column("zone", r"code[ _]?r[ée]g(ion)?|reg", label="code région"), *SHARED),
    SHARED,
)
KINDS = (ZoneKind.DEPARTEMENT, ZoneKind.REGION, None)
OURS = {ZoneKind.DEPARTEMENT: frozenset(DEPARTEMENTS), ZoneKind.REGION: frozenset((REGION,))}
OF_2009 = ("87", "225")
UNKNOWN = {"", "n.d.", "nd", "n.d", "*", "s"}

Key = tuple[int, str, str, str, str]
Levels = dict[str, int | None]


@dataclass(slots=True)
class CauseReading:
    """What the workbook says, kept by (year, kind of zone, code, nomenclature, family)."""

    read: int = 0
    outside: int = 0
    kept: dict[Key, Levels] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({key[0] for key in self.kept}))

    def rows(self, year: int, dataset: int) -> Iterator[dict[str, object]]:
        """The levels of a year as rows of their table."""
        for key, levels in self.kept.items():
            if key[0] == year:
                named = dict(zip(("year", "kind", "code", "nomenclature", "fap"), key, strict=True))
                yield {**named, **levels, "dataset_id": dataset}


def cause_tables(path: Path) -> Iterator[tuple[int, OfficialTable]]:
    """The sheets of the workbook, each with its rank among the layouts; none when it is another file."""
    return find_tables(path, *LAYOUTS)


def weigh_causes(tables: Iterator[tuple[int, OfficialTable]]) -> CauseReading:
    reading = CauseReading()
    for rank, table in tables:
        level = next((digits for digits in OF_2009 if table.headers["fap"].endswith(digits)), None)
        nomenclature = Nomenclature.FAP_2009 if level else Nomenclature.FAP_2021
        for line in table.lines:
            reading.read += 1
            _add(reading, line, KINDS[rank], nomenclature)
    return reading


def _add(reading: CauseReading, line: Line, kind: ZoneKind | None, nomenclature: Nomenclature) -> None:
    code = whole(line.cells.get("zone", "")).zfill(2)
    if kind is None or code not in OURS[kind]:
        reading.outside += 1
        return
    family, year = line.cells["fap"].upper(), whole(line.cells["year"])
    if not (year.isascii() and year.isdigit() and 2010 <= int(year[:9]) <= 2099):
        reading.refused.append(RefusedRow(line.number, year[:200], "Ce n’est pas une année."))
    elif not (2 <= len(family) <= 6 and family.isascii() and family.isalnum()):
        reading.refused.append(
            RefusedRow(line.number, family[:200], "Ce n’est pas une famille professionnelle.")
        )
    elif fault := _fault(line):
        reading.refused.append(fault)
    else:
        key = (int(year), kind.value, code, nomenclature.value, family)
        if key in reading.kept:
            reading.refused.append(
                RefusedRow(line.number, family, "Cette ligne répète une ligne du même lieu.")
            )
            return
        reading.kept[key] = {name: _level(line.cells.get(name, "")) for name in ("level", *Cause)}


def _fault(line: Line) -> RefusedRow | None:
    for name in ("level", *Cause):
        text = line.cells.get(name, "")
        if text.lower() not in UNKNOWN and whole(text) not in {"1", "2", "3", "4", "5"}:
            return RefusedRow(line.number, text[:200], "Le niveau va de 1 à 5.")
    return None


def _level(text: str) -> int | None:
    """« n.d. » is unknown, never zero."""
    return None if text.lower() in UNKNOWN else int(whole(text))
