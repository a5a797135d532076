"""The rows of the workbench: prescriptions, tasks, model answers, captured facts, summaries."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.workbench.prescriptions import Step


class Prescription(Model):
    """One scheme followed for one need, whoever of its actors moves it; `verdict` is that of the first day."""

    __tablename__ = "prescriptions"
    __table_args__ = (
        Index("uq_prescriptions_need_scheme", "need_id", "scheme", unique=True),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    scheme: Mapped[str] = mapped_column(String(60))
    step: Mapped[str] = mapped_column(String(12), default=Step.PROPOSED)
    verdict: Mapped[str] = mapped_column(String(14))
    rulebook: Mapped[str] = mapped_column(String(64))
    proposed_on: Mapped[date]
    requested_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    used_on: Mapped[date | None]
    amount: Mapped[int | None]
    refusal: Mapped[str | None] = mapped_column(String(20))
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  what the ORM reads


class Task(Model):
    """Something a branch has to do on its dossier by a day; nobody outside the branch reads it."""

    __tablename__ = "tasks"
    __table_args__ = (
        Index("ix_tasks_owner", "owner_id", "done_at", "due", "id"),
        Index("ix_tasks_branch", "branch_id", "done_at", "due", "id"),
        Index("ix_tasks_dossier", "dossier_id", "due", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"))
    title: Mapped[str] = mapped_column(String(200))
    due: Mapped[date]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ModelAnswer(Model):
    """A text to start a message from, of one branch or, without a branch, of the whole region."""

    __tablename__ = "model_answers"
    __table_args__ = (Index("ix_model_answers_branch", "branch_id", "title", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  what the ORM reads


class Captured(Model):
    """What an adviser learnt about a need: added, never changed; the last line of a branch is what it holds true."""

    __tablename__ = "captured"
    __table_args__ = (
        Index("ix_captured_need", "need_id", "id"),
        Index("ix_captured_rome", "rome", "at"),
        CheckConstraint("posts IS NULL OR posts > 0", name="posts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    job: Mapped[str | None] = mapped_column(String(120))
    rome: Mapped[str | None] = mapped_column(String(5))
    posts: Mapped[int | None]
    cause: Mapped[str | None] = mapped_column(String(20))
    horizon: Mapped[str | None] = mapped_column(String(20))
    training: Mapped[str | None] = mapped_column(String(20))
    training_words: Mapped[str | None] = mapped_column(String(200))


class Summary(Model):
    """A printable summary one person asked for; the worker writes it, a later duty removes it."""

    __tablename__ = "summaries"
    __table_args__ = (
        Index("uq_summaries_reader", "dossier_id", "user_id", unique=True),
        Index("ix_summaries_state", "state", "asked_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary)
