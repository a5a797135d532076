"""Rows of the directory, added to the open transaction; the snapshot is remade at its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.directory.base import Entry, StatedOpco, entries, stated_opcos
from app.directory.compiled import hash_of, pack
from app.directory.edits import BranchEdit, NewBranch, slug_for
from app.directory.models import (
    ActivityLink,
    Agreement,
    Branch,
    BranchStatus,
    CompiledDirectory,
    Coverage,
    DirectoryDataset,
    DirectoryVersion,
    OpcoFact,
    Origin,
)
from app.directory.queries import content, next_zone_change
from app.kernel.clock import today, utcnow
from app.territory import queries as territory

ONE = 1


def write_base(session: Session) -> bool:
    """Add the entry points that are missing and restate the base facts; False when nothing changed."""
    added = _add_entries(session, entries())
    changed = _restate(session, stated_opcos())
    return added or changed


def _add_entries(session: Session, wanted: Iterable[Entry]) -> bool:
    known = set(session.scalars(select(Branch.slug)))
    missing = [entry for entry in wanted if entry.slug not in known]
    session.add_all(_branch(entry) for entry in missing)
    return bool(missing)


def _branch(entry: Entry) -> Branch:
    return Branch(
        slug=entry.slug,
        actor=entry.actor,
        opco=entry.opco,
        name=entry.name,
        entry_point=True,
        status=BranchStatus.TO_CHECK.value,
        source=entry.source,
        verified_on=entry.checked_on,
        coverage=[Coverage(kind=kind, code=code) for kind, code in entry.zones],
    )


def _restate(session: Session, facts: Iterable[StatedOpco]) -> bool:
    """The base facts are those of this version of the product, no others."""
    base = (Origin.MEMORY.value, Origin.BASE.value)
    columns = (OpcoFact.idcc, OpcoFact.origin, OpcoFact.opco, OpcoFact.status)
    rows = session.execute(
        select(*columns, OpcoFact.source, OpcoFact.checked_on).where(OpcoFact.origin.in_(base))
    )
    stored = {tuple(row) for row in rows}
    wanted = {_row(fact) for fact in facts}
    if stored == wanted:
        return False
    session.execute(delete(OpcoFact).where(OpcoFact.origin.in_(base)))
    keys = ("idcc", "origin", "opco", "status", "source", "checked_on")
    session.execute(insert(OpcoFact), [dict(zip(keys, row, strict=True)) for row in sorted(wanted)])
    return True


def _row(fact: StatedOpco) -> tuple[object, ...]:
    origin = Origin.MEMORY if fact.memory else Origin.BASE
    return (fact.idcc, origin.value, fact.opco, fact.status, fact.source, fact.checked_on)


def cover(branch: Branch, zones: Iterable[tuple[str, str]]) -> None:
    """The branch serves these zones and no others."""
    wanted = set(zones)
    branch.coverage = [one for one in branch.coverage if (one.kind, one.code) in wanted]
    kept = {(one.kind, one.code) for one in branch.coverage}
    branch.coverage += [Coverage(kind=kind, code=code) for kind, code in sorted(wanted - kept)]


def apply_edit(branch: Branch, edit: BranchEdit) -> None:
    """An entry point keeps its zones: without them a commune would have nobody."""
    # On one line: a name ends up in the subject of letters, where another line would be another header.
    branch.name = " ".join(edit.name.split())
    branch.status, branch.source = edit.status.value, edit.source
    branch.mailbox, branch.mailbox_verified_on = edit.mailbox, edit.mailbox_verified_on
    branch.verified_on = today()
    if not branch.entry_point:
        cover(branch, edit.zones)


def add_branch(session: Session, new: NewBranch) -> str:
    """A branch finer than the entry point of its network; its slug."""
    taken = frozenset(session.scalars(select(Branch.slug)))
    branch = Branch(slug=slug_for(new.actor, new.edit.name, taken), actor=new.actor, opco=new.opco)
    apply_edit(branch, new.edit)
    session.add(branch)
    return branch.slug


def publish(session: Session, *, changed: bool = True) -> int:
    """Raise the version and store the snapshot of what the open transaction wrote; its number."""
    session.flush()
    number = _raised(session) if changed else _number(session)
    body = pack(content())
    facts = {
        "directory": number,
        "territory": territory.version(),
        "made_on": today(),
        "stale_from": next_zone_change(today()),
        "hash": hash_of(body),
        "body": body,
        "made_at": utcnow(),
    }
    if session.get(CompiledDirectory, ONE) is None:
        session.execute(insert(CompiledDirectory), [{"id": ONE, **facts}])
    else:
        session.execute(update(CompiledDirectory).where(CompiledDirectory.id == ONE).values(**facts))
    return number


def _number(session: Session) -> int:
    return session.scalar(select(DirectoryVersion.number).where(DirectoryVersion.id == ONE)) or _raised(
        session
    )


def _raised(session: Session) -> int:
    row = session.get(DirectoryVersion, ONE)
    if row is None:
        row = DirectoryVersion(id=ONE, number=0)
        session.add(row)
    row.number += 1
    session.flush()
    return row.number


def note_dataset(session: Session, **facts: Any) -> None:
    session.add(DirectoryDataset(loaded_at=utcnow(), **facts))


def replace_agreements(session: Session, rows: list[dict[str, Any]]) -> None:
    """The list of agreements is the file's, no other."""
    session.execute(delete(Agreement))
    session.execute(insert(Agreement), [_shortened(row) for row in rows])


def replace_activity_links(session: Session, rows: list[dict[str, Any]]) -> None:
    """The correspondence of activities is the file's, no other."""
    session.execute(delete(ActivityLink))
    session.execute(insert(ActivityLink), rows)


def _shortened(row: dict[str, Any]) -> dict[str, Any]:
    short = row["short_title"]
    return row | {"title": row["title"][:500], "short_title": short[:200] if short else None}


def state_opcos(session: Session, origin: Origin, rows: list[dict[str, Any]]) -> None:
    """What this origin says of these agreements, in place of what it said."""
    known = {
        fact.idcc: fact for fact in session.scalars(select(OpcoFact).where(OpcoFact.origin == origin.value))
    }
    for row in rows:
        fact = known.get(row["idcc"])
        if fact is None:
            session.add(OpcoFact(origin=origin.value, **row))
            continue
        for key in ("opco", "status", "source", "checked_on"):
            setattr(fact, key, row[key])
        fact.version += 1
