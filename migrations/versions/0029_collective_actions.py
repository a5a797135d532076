"""Collective actions, and the companies asked to take part."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "collective_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collective_need_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("bearer_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("result", sa.String(length=10), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("people IS NULL OR people >= 0", name=op.f("ck_collective_actions_people")),
        *_keys("collective_actions", collective_need_id="collective_needs", bearer_id="branches"),
        *_keys("collective_actions", created_by_id="users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collective_actions")),
        sa.UniqueConstraint("collective_need_id", name=op.f("uq_collective_actions_collective_need_id")),
    )
    op.create_index("ix_collective_actions_bearer", "collective_actions", ["bearer_id", "planned_on", "id"])
    _agreements()


def _agreements() -> None:
    op.create_table(
        "collective_agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(length=10), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        *_keys("collective_agreements", action_id="collective_actions", inquiry_id="inquiries"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collective_agreements")),
    )
    both, silent = ["action_id", "inquiry_id"], ["reply", "asked_at", "id"]
    op.create_index("uq_collective_agreements_inquiry", "collective_agreements", both, unique=True)
    op.create_index("ix_collective_agreements_inquiry_id", "collective_agreements", ["inquiry_id"])
    op.create_index("ix_collective_agreements_silent", "collective_agreements", silent)


def _keys(table: str, **tables: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in tables.items()
    ]


def downgrade() -> None:
    """What was announced leaves with the actions; the need that had one is to be examined again."""
    letters = "'action_asked', 'action_asked_again', 'action_borne', 'action_result', 'action_abandoned'"
    op.execute(f"DELETE FROM letters WHERE kind IN ({letters})")  # noqa: S608  a constant
    op.execute("DELETE FROM collective_events WHERE kind IN ('planned', 'held', 'abandoned')")
    op.execute("UPDATE collective_needs SET state = 'proposed' WHERE state = 'action'")
    op.drop_table("collective_agreements")
    op.drop_table("collective_actions")
