"""What the administrator's lists show: branches by pages, one agreement with what every source says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from app.directory.models import Agreement, Branch, OpcoFact
from app.directory.queries import known_agreements, opco_of
from app.directory.statuses import Origin
from app.extensions import db
from app.routing.facts import OpcoFact as Answer

PAGE = 25
STRONGEST_FIRST = tuple(origin.value for origin in reversed(Origin))


@dataclass(frozen=True, slots=True)
class BranchPage:
    """One page of branches, by slug."""

    rows: Sequence[Branch]
    total: int
    first: int
    after: str | None
    before: str | None


def branches(text: str, actor: str, after: str = "", before: str = "") -> BranchPage:
    """The branches of a network whose name or slug holds this text, from one slug on or back to one."""
    asked = _asked(text, actor)
    window = asked.order_by(Branch.slug.desc() if before else Branch.slug).limit(PAGE + 1)
    if before:
        window = window.where(Branch.slug < before)
    elif after:
        window = window.where(Branch.slug > after)
    found = list(db.session.scalars(window).all())
    more, rows = len(found) > PAGE, found[:PAGE]
    if before:
        rows.reverse()
    earlier = more if before else bool(after)
    later = True if before else more
    start = _count(asked.where(Branch.slug < rows[0].slug)) if rows else 0
    return BranchPage(
        rows,
        _count(asked),
        start + 1 if rows else 0,
        rows[-1].slug if rows and later else None,
        rows[0].slug if rows and earlier else None,
    )


def _asked(text: str, actor: str) -> Select[Branch]:
    asked = select(Branch)
    if actor:
        asked = asked.where(Branch.actor == actor)
    for word in text.split()[:8]:
        pattern = f"%{_escaped(word.lower())}%"
        asked = asked.where(
            or_(func.lower(Branch.name).like(pattern, escape="\\"), Branch.slug.like(pattern, escape="\\"))
        )
    return asked


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _count(asked: Select[Branch]) -> int:
    return db.session.scalar(select(func.count()).select_from(asked.subquery())) or 0


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """An agreement: its title when known, the OPCO in force, and what each source says."""

    idcc: str
    title: str | None
    successor: str | None
    answer: Answer
    facts: Sequence[OpcoFact]

    @property
    def override(self) -> OpcoFact | None:
        return next((one for one in self.facts if one.origin == Origin.OVERRIDE), None)


def agreement_sheet(idcc: str) -> AgreementSheet:
    official = db.session.get(Agreement, idcc)
    facts = db.session.scalars(select(OpcoFact).where(OpcoFact.idcc == idcc)).all()
    title = official.title if official else dict(known_agreements()).get(idcc)
    return AgreementSheet(
        idcc,
        title,
        official.successor if official else None,
        opco_of(idcc),
        sorted(facts, key=lambda one: STRONGEST_FIRST.index(one.origin)),
    )


def overrides() -> Sequence[OpcoFact]:
    """The OPCO stated by administrators."""
    wanted = select(OpcoFact).where(OpcoFact.origin == Origin.OVERRIDE.value)
    return db.session.scalars(wanted.order_by(OpcoFact.idcc)).all()
