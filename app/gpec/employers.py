"""Sirene's establishments become counts of employers: nothing that names one of them is kept. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.kernel.codes import CodeError, NafCode
from app.kernel.vocabulary import DEPARTEMENTS
from app.sheets import Batch, RefusedRow

COLUMNS = (
    "codeCommuneEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "trancheEffectifsEtablissement",
    "dateDernierTraitementEtablissement",
)
ACTIVE_EMPLOYERS = {"etatAdministratifEtablissement": "A", "caractereEmployeurEtablissement": "O"}
"""INSEE's own answer: an establishment that had employees when it was last seen."""
UNSAID = "NN"
BANDS: Mapping[str, str] = {
    UNSAID: "non publié",
    "00": "0 salarié au 31 décembre",
    "01": "1 ou 2",
    "02": "3 à 5",
    "03": "6 à 9",
    "11": "10 à 19",
    "12": "20 à 49",
    "21": "50 à 99",
    "22": "100 à 199",
    "31": "200 à 249",
    "32": "250 à 499",
    "41": "500 à 999",
    "42": "1 000 à 1 999",
    "51": "2 000 à 4 999",
    "52": "5 000 à 9 999",
    "53": "10 000 et plus",
}
"""INSEE's bands of employees (variable trancheEffectifsEtablissement), smallest first."""
NOMENCLATURES = {"NAFRev2": "rev2", "NAF2025": "2025"}
SECTIONS = (
    *("A03", "B09", "C33", "D35", "E39", "F43", "G47", "H53", "I56", "J63", "K66"),
    *("L68", "M75", "N82", "O84", "P85", "Q88", "R93", "S96", "T98", "U99"),
)
"""NAF rév. 2: each section and its last division."""

Key = tuple[str, str, str, str]


def section_of(division: str) -> str:
    """The section of a division of the NAF rév. 2: 10 is in C."""
    return next(one[0] for one in SECTIONS if division <= one[1:])


@dataclass(slots=True)
class Tally:
    """What the register says of the region: counts by (commune, nomenclature, division, band)."""

    read: int = 0
    kept: int = 0
    latest: str = ""
    counts: Counter[Key] = field(default_factory=Counter)
    refused: list[RefusedRow] = field(default_factory=list)

    @property
    def outside(self) -> int:
        return self.read - self.kept - len(self.refused)

    def rows(self, year: int, dataset: int) -> Iterator[dict[str, object]]:
        """The counts as rows of their table."""
        for key, count in sorted(self.counts.items()):
            named = dict(zip(("commune", "nomenclature", "division", "band"), key, strict=True))
            yield {**named, "year": year, "employers": count, "dataset_id": dataset}


def tally(batches: Iterable[Batch], today_of: Mapping[str, str]) -> Tally:
    """`today_of`: every commune code of the region, old ones too. Elsewhere, or a place INSEE hides, is outside."""
    found = Tally()
    for batch in batches:
        found.read += batch.read
        for number, row in batch.rows:
            if row[0][:2] in DEPARTEMENTS:
                _add(found, number, row, today_of)
    return found


def _add(found: Tally, number: int, row: tuple[str, ...], today_of: Mapping[str, str]) -> None:
    code, activity, nomenclature, band, treated = row
    commune = today_of.get(code)
    if commune is None:
        found.refused.append(RefusedRow(number, code[:200], "Cette commune n’est pas dans le référentiel."))
    elif nomenclature not in NOMENCLATURES:
        found.refused.append(
            RefusedRow(number, nomenclature[:200], "Cette nomenclature d’activités n’est pas connue.")
        )
    elif (band or UNSAID) not in BANDS:
        found.refused.append(RefusedRow(number, band[:200], "Cette tranche d’effectif n’est pas connue."))
    elif (division := _division(activity)) is None:
        found.refused.append(
            RefusedRow(number, activity[:200], "Ce n’est pas un code d’activité, comme 10.71C.")
        )
    else:
        found.kept += 1
        found.latest = max(found.latest, treated[:10])
        found.counts[commune, NOMENCLATURES[nomenclature], division, band or UNSAID] += 1


def _division(activity: str) -> str | None:
    try:
        return NafCode(activity).division
    except CodeError:
        return None
