"""What each figure means: name, definition, numerator, denominator, what is excluded; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import median

from app.kernel.workdays import workdays_between


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure one can trust says what it counts, out of what, and what it leaves out."""

    name: str
    definition: str
    numerator: str
    denominator: str
    excluded: str


APART = (
    "Les besoins joints à une autre demande, qui ne comptent qu’une fois. "
    "Les besoins pilotés par France Travail, partenaire compté à part."
)

RECEIVED = Indicator(
    "Besoins reçus",
    "Besoins déposés par les entreprises pendant la période.",
    "Chaque besoin compte une fois, au département de l’établissement.",
    "Aucun : c’est un nombre.",
    APART,
)
TAKEN = Indicator(
    "Besoins pris",
    "Besoins reçus pendant la période dont le dossier pilote a été pris par une personne.",
    "Besoins dont le dossier pilote est pris, ou l’a été puis clos.",
    "Besoins reçus pendant la période, encore en attente compris.",
    f"Les dossiers d’appui. {APART}",
)
CLOSED = Indicator(
    "Besoins clos",
    "Besoins reçus pendant la période dont le dossier pilote est clos, quel que soit le résultat.",
    "Besoins dont le dossier pilote est clos, « sans nouvelles » compris.",
    "Besoins reçus pendant la période, encore ouverts compris.",
    f"Les dossiers d’appui. {APART}",
)
FIRST_CONTACT = Indicator(
    "Délai avant le premier échange",
    "Jours ouvrés entre le dépôt et le premier échange avec l’entreprise. La moitié attend moins.",
    "Médiane exacte, besoin par besoin, à partir de 5 échanges ; celui de n’importe quel acteur compte.",
    "Besoins reçus pendant la période dont un premier échange est noté.",
    f"Les besoins sans échange noté. Les jours d’attente de l’entreprise ne sont pas déduits. {APART}",
)
IN_TIME = Indicator(
    "Appelés dans le délai promis",
    "Besoins dont le premier échange est noté au plus tard le jour promis à l’entreprise.",
    "L’échange de n’importe quel acteur compte. Le jour promis est celui de l’acteur qui pilote.",
    "Besoins reçus pendant la période dont un échange est noté, ou dont le jour promis est passé.",
    f"Les besoins qui attendent l’entreprise, retirés par elle, ou clos sans avoir pu la joindre. {APART}",
)
OUTCOMES = Indicator(
    "Résultats des besoins clos",
    "Ce que l’acteur pilote a noté en clôturant.",
    "Un résultat par besoin.",
    "Besoins reçus pendant la période et clos.",
    APART,
)
USEFUL = Indicator(
    "Avis des entreprises",
    "Réponses des entreprises à la question « Était-ce utile ? », posée à la clôture.",
    "Une réponse par besoin.",
    "Besoins reçus pendant la période, clos, dont l’entreprise a répondu à cette question.",
    f"Les entreprises qui n’ont pas répondu. {APART}",
)
LATE = Indicator(
    "En retard aujourd’hui",
    "Besoins ouverts dont l’entreprise n’a pas été appelée au jour promis.",
    "Comptés le jour où le dossier est préparé, quel que soit leur dépôt.",
    "Aucun : c’est un nombre.",
    f"Les besoins qui attendent l’entreprise. {APART}",
)


LEAST = 5
"""Under this many first exchanges a median would speak of a few people, not of the service."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one cell, with the base of each; `median_days` is None on fewer than LEAST exchanges."""

    received: int = 0
    taken: int = 0
    closed: int = 0
    contacted: int = 0
    median_days: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What is counted of a group of needs before it is summed up."""

    received: int = 0
    taken: int = 0
    closed: int = 0
    delays: Sequence[int] = ()


def sum_up(cells: Iterable[Cell]) -> Figures:
    """The figures of several cells together; a median is taken on all their needs, never on medians."""
    cells = tuple(cells)
    delays = [delay for cell in cells for delay in cell.delays]
    return Figures(
        sum(cell.received for cell in cells),
        sum(cell.taken for cell in cells),
        sum(cell.closed for cell in cells),
        len(delays),
        float(median(delays)) if len(delays) >= LEAST else None,
    )


@lru_cache(maxsize=65536)
def delay(filed_on: date, contact_on: date) -> int:
    """Working days from filing to the first exchange: 0 on the same day."""
    return workdays_between(filed_on, contact_on)
