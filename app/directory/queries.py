"""Questions put to the directory: who serves where, which OPCO, which activity, which agreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, or_, select

from app.directory import activities, agreements
from app.directory.compiled import Content, pack, unpack, without_replaced
from app.directory.models import (
    ActivityLink,
    Agreement,
    Branch,
    BranchCapacity,
    BranchStatus,
    CompiledDirectory,
    Coverage,
    DirectoryDataset,
    DirectoryVersion,
    OpcoFact,
    Origin,
)
from app.directory.successions import complete
from app.extensions import db
from app.kernel.clock import today
from app.routing import facts
from app.routing.facts import DirectorySnapshot
from app.territory import queries as territory
from app.territory.models import Membership

CACHE = "directory_snapshot"
LIST_CACHE = "directory_agreements"
MOST = 8
STRENGTH = (Origin.BASE.value, Origin.IMPORT.value, Origin.OVERRIDE.value)
CURRENT_VERSION = select(DirectoryVersion.number).where(DirectoryVersion.id == 1)

OpcoAnswer = facts.OpcoFact


def version() -> int:
    """Grows with every write; 0 before the first load."""
    return db.session.execute(CURRENT_VERSION).scalar() or 0


def snapshot() -> DirectorySnapshot:
    """The directory in force, read once by each process and again when something was written."""
    stamp = (version(), territory.version(), today())
    kept: tuple[Any, DirectorySnapshot] | None = current_app.extensions.get(CACHE)
    if kept is None or kept[0] != stamp:
        kept = current_app.extensions[CACHE] = (stamp, _read(*stamp))
    return kept[1]


def _read(directory: int, places: int, on: date) -> DirectorySnapshot:
    """The stored row when it is still true; otherwise the same work, done here."""
    body = _stored(directory, places, on)
    return unpack(body if body is not None else pack(content()))


def _stored(directory: int, places: int, on: date) -> bytes | None:
    row = CompiledDirectory
    current = (row.directory == directory, row.territory == places, row.made_on <= on)
    lasting = or_(row.stale_from.is_(None), row.stale_from > on)
    return db.session.scalar(select(row.body).where(*current, lasting))


def snapshot_is_stored() -> bool:
    """Is the stored snapshot the one of today's rows?"""
    return _stored(version(), territory.version(), today()) is not None


def content() -> Content:
    """What the snapshot is made of, read from the tables."""
    return Content(
        territory.places(),
        territory.former(),
        without_replaced(_branches()),
        opco_facts(),
        territory.elsewhere_codes(),
        _former_activities(),
    )


def _former_activities() -> dict[str, tuple[str, ...]]:
    """Activity of the NAF 2025 → those of the NAF rév. 2 it comes from."""
    found: dict[str, tuple[str, ...]] = {}
    columns = (ActivityLink.naf_2025, ActivityLink.naf_rev2)
    for new, old in db.session.execute(select(*columns).order_by(*columns)):
        found[new] = (*found.get(new, ()), old)
    return found


def next_zone_change(on: date) -> date | None:
    """The next day some commune changes zone."""
    starts = db.session.scalar(select(func.min(Membership.starts_on)).where(Membership.starts_on > on))
    ends = db.session.scalar(select(func.min(Membership.ends_on)).where(Membership.ends_on >= on))
    return min((day for day in (starts, ends and ends + timedelta(days=1)) if day), default=None)


def _branches() -> tuple[facts.Branch, ...]:
    zones: dict[int, list[tuple[str, str]]] = {}
    for one in db.session.scalars(select(Coverage).order_by(Coverage.kind, Coverage.code)):
        zones.setdefault(one.branch_id, []).append((one.kind, one.code))
    rows = db.session.scalars(select(Branch).where(Branch.status != BranchStatus.CLOSED.value))
    return tuple(_fact(row, zones.get(row.id, [])) for row in rows)


def _fact(row: Branch, zones: list[tuple[str, str]]) -> facts.Branch:
    told = row.mailbox is not None and row.mailbox_verified_on is not None
    return facts.Branch(row.slug, row.actor, row.name, tuple(zones), row.entry_point, told, row.opco)


def opco_facts() -> dict[str, facts.OpcoFact]:
    """The OPCO of each agreement: override, then import, then base, then what successions say, then memory."""
    stated: dict[str, dict[str, facts.OpcoFact]] = {}
    for row in db.session.scalars(select(OpcoFact)):
        fact = facts.OpcoFact(row.opco, row.status, row.source)
        stated.setdefault(row.origin, {})[row.idcc] = fact
    strong: dict[str, facts.OpcoFact] = {}
    for origin in STRENGTH:
        strong |= stated.get(origin, {})
    successors = _successors()
    memory = stated.get(Origin.MEMORY.value, {})
    settled = complete(strong, successors)
    return complete({**memory, **settled}, successors)


def _successors() -> dict[str, str]:
    """Ended agreement → the one that replaced it."""
    ended = select(Agreement.idcc, Agreement.successor).where(Agreement.active.is_(False))
    return {idcc: successor for idcc, successor in db.session.execute(ended) if successor}


def opco_of(idcc: str) -> OpcoAnswer:
    """The OPCO of one agreement, its status and its source."""
    return snapshot().opco(idcc)


def branch(slug: str) -> Branch | None:
    if "\0" in slug:
        return None
    return db.session.scalar(select(Branch).where(Branch.slug == slug))


def capacity_of(branch_id: int) -> int | None:
    """How many new cases a week a branch said it can take; None when it said nothing."""
    asked = select(BranchCapacity.per_week).where(BranchCapacity.branch_id == branch_id)
    return db.session.scalar(asked)


def search_activities(text: str) -> list[tuple[str, str]]:
    """Activities (NAF rév. 2) told by these words, the closest first."""
    return activities.search(text, MOST)


def search_agreements(text: str) -> list[tuple[str, str]]:
    """Agreements told by words or by number: those of the Dares list, or our own short list before it."""
    return agreements.search(text, known_agreements(), MOST)


def known_agreements() -> Sequence[tuple[str, str]]:
    """(idcc, title) of the agreements in force."""
    stamp = version()
    kept: tuple[int, Sequence[tuple[str, str]]] | None = current_app.extensions.get(LIST_CACHE)
    if kept is None or kept[0] != stamp:
        kept = current_app.extensions[LIST_CACHE] = (stamp, _listed())
    return kept[1]


def _listed() -> Sequence[tuple[str, str]]:
    columns = (Agreement.idcc, Agreement.short_title, Agreement.title)
    rows = db.session.execute(select(*columns).where(Agreement.active.is_(True)).order_by(Agreement.idcc))
    official = {idcc: short or title for idcc, short, title in rows}
    ours = {idcc: label for idcc, label in agreements.COMMON.items() if not official or idcc in official}
    return tuple({**official, **ours}.items())


def agreements_suggested_by(naf: str) -> list[tuple[str, str]]:
    """Agreements common in this activity: proposed for confirmation, never decided."""
    labels = dict(known_agreements())
    return [(idcc, labels[idcc]) for idcc in agreements.usual_for(naf) if idcc in labels]


def known_among(idccs: Iterable[str]) -> list[tuple[str, str]]:
    """Those of these agreements that are in force, with their titles."""
    labels = dict(known_agreements())
    return [(idcc, labels[idcc]) for idcc in idccs if idcc in labels]


def datasets() -> Sequence[DirectoryDataset]:
    """The files imported into the directory, the latest first."""
    return db.session.scalars(select(DirectoryDataset).order_by(DirectoryDataset.id.desc())).all()


def last_import(kind: str) -> DirectoryDataset | None:
    wanted = select(DirectoryDataset).where(DirectoryDataset.kind == kind)
    return db.session.scalar(wanted.order_by(DirectoryDataset.id.desc()).limit(1))
