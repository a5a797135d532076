"""The dossiers of a need follow its new decision, inside the open transaction: kept, ended or opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.directory.models import Branch
from app.dossiers import records
from app.dossiers.lifecycle import OPEN, Move, Part, Status
from app.dossiers.models import Dossier
from app.dossiers.opening import Opening, kept_of


def follow(opening: Opening, led: Dossier) -> Dossier:
    """`led` led until now. Whoever the new decision keeps goes on, the same branch leading if it can; the
    others end as rerouted, told. Returns the dossier that leads."""
    kept = {row["branch"]: (rank, row) for rank, row in kept_of(opening.need.decision or {})}
    known = {branch_slug(opening, one): one for one in opening.dossiers()}
    own = branch_slug(opening, led)
    # Nobody kept has a branch: the Maison leads, and keeps what it holds.
    stays = own in kept or (not kept and own == opening.maison)
    for slug, one in known.items():
        if one.status not in OPEN:
            continue
        if slug in kept:
            _go_on(one, opening, kept[slug][0])
        elif not (one is led and stays):
            _end(opening, one, told=one is not led)
    opening.session.flush()
    lead = led if stays else opening.next_lead(led)
    _ask_the_others(opening, kept, lead)
    return lead


def branch_slug(opening: Opening, dossier: Dossier) -> str:
    return opening.session.get_one(Branch, dossier.branch_id).slug


def _go_on(one: Dossier, opening: Opening, rank: int) -> None:
    one.need_key, one.urgency, one.rank = opening.need.key, opening.urgency, rank
    one.role = Part.LEAD if one.leads else Part.SUPPORT


def _end(opening: Opening, one: Dossier, *, told: bool) -> None:
    """The branch keeps the trace of the need it was asked for."""
    one.leads = False
    records.withdraw(
        opening.session, one, Status.REROUTED, Move.REROUTED, opening.at, opening.user_id, told=told
    )


def _ask_the_others(
    opening: Opening, kept: Mapping[str, tuple[int, Mapping[str, Any]]], lead: Dossier
) -> None:
    for slug, (rank, _) in kept.items():
        branch = opening.branch(slug)
        if branch is None or branch.id == lead.branch_id:
            continue
        known = opening.known(branch)
        if known is None or known.status not in OPEN:
            opening.ask(branch, Part.SUPPORT).rank = rank
