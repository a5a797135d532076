"""The kinds of official file, for the page, the command and the synchronisation alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.directory.actions import republish
from app.directory.imports import import_activity_links, import_agreements, import_opcos
from app.gpec.imports import (
    import_ages,
    import_appellations,
    import_bmo,
    import_fap,
    import_rome,
    import_rome_fap,
    import_sirene,
    import_tensions,
    import_trainings,
)
from app.proposals.imports import import_inclusion, import_local_services
from app.sheets import ImportReport, unpacked
from app.territory.imports import import_bmo_basins, import_zones_emploi


@dataclass(frozen=True, slots=True)
class Kind:
    """What users read, and what imports it (path, dry run)."""

    label: str
    load: Callable[[Path, bool], ImportReport]


KINDS: dict[str, Kind] = {
    "bmo": Kind("Enquête BMO d’une année (France Travail)", import_bmo),
    "bmo-basins": Kind("Bassins d’emploi BMO (France Travail)", import_bmo_basins),
    "zones-emploi": Kind("Zones d’emploi (INSEE)", import_zones_emploi),
    "tensions": Kind("Tensions par bassin et métier (France Travail)", import_tensions),
    "rome": Kind("Métiers du ROME (France Travail)", import_rome),
    "rome-appellations": Kind("Appellations du ROME (France Travail)", import_appellations),
    "fap": Kind("Familles professionnelles FAP-2021 (Dares)", import_fap),
    "rome-fap": Kind("Passage du ROME à la FAP-2021 (Dares)", import_rome_fap),
    "idcc": Kind("Conventions collectives (Dares)", import_agreements),
    "idcc-opco": Kind("OPCO des conventions (CSV idcc ; opco ; source ; date)", import_opcos),
    "naf-2025": Kind("Passage de la NAF 2025 à la NAF rév. 2 (INSEE)", import_activity_links),
    "sirene": Kind("Établissements employeurs, comptés (INSEE, Sirene)", import_sirene),
    "ages": Kind(
        "Âge des personnes en emploi (CSV annee ; type_zone ; code_zone ; fap ; emplois ; moins_30 ; plus_50 ; source)",
        import_ages,
    ),
    "trainings": Kind(
        "Formations par métier (CSV annee ; type_zone ; code_zone ; rome ; intitule ; organisme ; places ; source)",
        import_trainings,
    ),
    "local-services": Kind(
        "Annuaire de l’administration, services locaux (DILA, JSON)", import_local_services
    ),
    "data-inclusion": Kind("Structures de l’insertion (data·inclusion, JSON)", import_inclusion),
}
UNDER_THE_DIRECTORY = ("zones-emploi", "bmo-basins")
"""What changes the zones of communes: the stored snapshot of the directory is made again."""


def bring_in(kind: str, path: Path, dry_run: bool = False) -> ImportReport:
    """Import a file of this kind. Raises SheetRefused."""
    with unpacked(path) as table:
        report = KINDS[kind].load(table, dry_run)
    if kind in UNDER_THE_DIRECTORY and not (dry_run or report.already_imported):
        republish()
    return report
