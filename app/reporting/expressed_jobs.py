"""Needs expressed for a job in the region: one number, published only where no company can be recognised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, cast, exists, func, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.inquiries.models import Inquiry, Need
from app.kernel.quarters import Quarter, last_over
from app.reporting.secrecy import THRESHOLD, Cell, published
from app.workbench.models import Captured


@dataclass(frozen=True, slots=True)
class JobNeeds:
    """Of the last quarter that is over; `needs` is None when it is secret, or when there is none."""

    quarter: Quarter
    threshold: int
    needs: int | None


def needs_for(rome: str, on: date) -> JobNeeds:
    """The needs whose job was captured in the quarter, and still this one at its end."""
    over, later = last_over(on), aliased(Captured)
    replaced = exists().where(
        later.dossier_id == Captured.dossier_id, later.id > Captured.id, later.at < over.ended
    )
    company = func.coalesce(Inquiry.siret, cast(Inquiry.id, String))
    each = (
        select(func.count(Captured.need_id.distinct()).label("needs"))
        .join(Need, Need.id == Captured.need_id)
        .join(Inquiry, Inquiry.id == Need.inquiry_id)
        .where(Captured.rome == rome, Captured.at >= over.began, Captured.at < over.ended, ~replaced)
        .group_by(company)
        .subquery("by_company")
    )
    wanted = select(func.coalesce(func.sum(each.c.needs), 0), func.count(), func.max(each.c.needs))
    needs, companies, largest = db.session.execute(wanted).one()
    return JobNeeds(over, THRESHOLD, published([Cell(int(needs), companies, largest or 0)]))
