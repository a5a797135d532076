"""Counts of anonymous answers: no row is that of a company, and none is dated finer than its quarter."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class AnswerCount(Model):
    """How many companies of a département gave this answer in a quarter; `question` is empty for their number."""

    __tablename__ = "selfcheck_counts"
    __table_args__ = (CheckConstraint("companies > 0", name="companies"),)

    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    departement: Mapped[str] = mapped_column(String(3), primary_key=True)
    question: Mapped[str] = mapped_column(String(20), primary_key=True)
    answer: Mapped[str] = mapped_column(String(4), primary_key=True)
    companies: Mapped[int]


class SentForm(Model):
    """A form already counted, by a hash that nothing links to its answers: sent twice, it counts once. `on` is the
    first day of its quarter."""

    __tablename__ = "selfcheck_forms"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    on: Mapped[date]
