"""Proposals, added to the open transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.proposals.decisions import Decision
from app.proposals.models import BranchProposal
from app.proposals.structures import Structure

Placed = tuple[Structure, str, list[str]]
"""A structure, today's code of its commune, and those of the communes it serves."""


AT_ONCE = 500


def propose(session: Session, source: str, placed: Iterable[Placed]) -> None:
    """What the source says now; what was decided stays, an undecided proposal it dropped goes."""
    columns = select(BranchProposal.reference, BranchProposal.id, BranchProposal.decision)
    known = {one.reference: one for one in session.execute(columns.where(BranchProposal.source == source))}
    added, changed, said = [], [], set()
    for structure, commune, served in placed:
        said.add(structure.reference)
        row = _row(source, structure, commune, served)
        old = known.get(structure.reference)
        if old is None:
            added.append(row)
        elif old.decision == Decision.OPEN:
            changed.append(row | {"id": old.id})
    gone = [one.id for one in known.values() if one.decision == Decision.OPEN and one.reference not in said]
    for start in range(0, len(gone), AT_ONCE):
        session.execute(delete(BranchProposal).where(BranchProposal.id.in_(gone[start : start + AT_ONCE])))
    if changed:
        session.execute(update(BranchProposal), changed)
    if added:
        session.execute(insert(BranchProposal), added)


def _row(source: str, one: Structure, commune: str, served: list[str]) -> dict[str, object]:
    return {
        "source": source,
        "reference": one.reference,
        "actor": one.actor,
        "name": one.name[:200],
        "commune": commune,
        "served": served,
        "address": one.address[:300],
        "email": one.email,
        "phone": one.phone[:40] if one.phone else None,
        "website": one.website[:300] if one.website else None,
        "updated_on": one.updated_on,
    }
