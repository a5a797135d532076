"""How the needs of a scope were served: called in time or not, how they ended, what their companies said.

The partner is counted apart, as on the board (`indicators` says what each figure means).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from app.collective.models import Signal
from app.dossiers.late import late_on
from app.dossiers.lifecycle import OPEN, Outcome
from app.dossiers.models import Dossier
from app.extensions import db
from app.opinions.models import Opinion
from app.opinions.words import Useful
from app.reporting.queries import by_partner, first_contact, needs_in, within
from app.reporting.scope import Scope
from app.reporting.secrecy import Rules

EXCUSED = (Outcome.WITHDRAWN, Outcome.UNREACHABLE, Outcome.NO_NEWS)
"""Ended by the company, or without it: nobody can be said to have called too late."""
LOOKED_AT = 2000
"""Needs whose companies are counted: a region has too many for a page, and none of that many comes from one company."""


@dataclass(frozen=True, slots=True)
class Served:
    """`in_time` of the `promised` needs; `outcomes` of the closed; `opinions` of those who answered; `late` today."""

    in_time: int
    promised: int
    outcomes: tuple[tuple[Outcome, int], ...]
    opinions: tuple[tuple[Useful, int], ...]
    late: int

    @property
    def answered(self) -> int:
        return sum(count for _, count in self.opinions)


def served_in(scope: Scope, on: date) -> Served:
    """As it stands that day."""
    in_time, promised = _promises(scope, on)
    return Served(in_time, promised, _outcomes(scope), _opinions(scope), _late(scope, on))


def tellable(scope: Scope, rules: Rules, *, partner: bool = False) -> bool:
    """Do the needs of the scope come from enough companies, none of which makes almost all of them? One whose company
    is not read yet adds to none. Beyond `LOOKED_AT` needs, the latest are looked at."""
    led = by_partner() if partner else ~by_partner()
    latest = needs_in(scope, Dossier.need_id).where(led).order_by(Dossier.asked_at.desc(), Dossier.id.desc())
    asked = latest.limit(LOOKED_AT).subquery()
    needs = func.count().label("needs")
    companies = (
        select(Signal.company, needs)
        .select_from(asked)
        .outerjoin(Signal, Signal.need_id == asked.c.need_id)
        .group_by(Signal.company)
        .subquery()
    )
    wanted = select(
        func.count(companies.c.company),
        func.max(companies.c.needs).filter(companies.c.company.is_not(None)),
        func.sum(companies.c.needs),
    )
    count, largest, total = db.session.execute(wanted).one()
    return rules.enough(count, largest or 0, int(total or 0))


def _promises(scope: Scope, on: date) -> tuple[int, int]:
    contact, due = first_contact(), Dossier.first_contact_due
    missed = and_(
        due < on,
        or_(
            and_(Dossier.status.in_(sorted(OPEN)), Dossier.waiting_since.is_(None)),
            Dossier.outcome.not_in(EXCUSED),
        ),
    )
    promised = func.count().filter(or_(contact.is_not(None), missed))
    row = db.session.execute(
        needs_in(scope, func.count().filter(contact <= due), promised).where(~by_partner())
    ).one()
    return row[0], row[1]


def _outcomes(scope: Scope) -> tuple[tuple[Outcome, int], ...]:
    closed = needs_in(scope, Dossier.outcome, func.count()).where(~by_partner(), Dossier.outcome.is_not(None))
    counts: dict[str, int] = dict(db.session.execute(closed.group_by(Dossier.outcome)).all())
    return tuple((one, counts[one]) for one in Outcome if one in counts)


def _opinions(scope: Scope) -> tuple[tuple[Useful, int], ...]:
    said = needs_in(scope, Opinion.useful, func.count()).where(~by_partner(), Opinion.useful.is_not(None))
    joined = said.join(Opinion, Opinion.need_id == Dossier.need_id).group_by(Opinion.useful)
    counts: dict[str, int] = dict(db.session.execute(joined).all())
    return tuple((one, counts.get(one, 0)) for one in Useful)


def _late(scope: Scope, on: date) -> int:
    asked = select(func.count()).select_from(Dossier).where(late_on(on), ~by_partner(), *within(scope))
    return db.session.scalar(asked) or 0
