"""Signals of the cases, the collective needs they make, and the journal of their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

JOINED = sa.text("collective_need_id IS NOT NULL")
NO_FAMILY = sa.text("family IS NULL AND rome IS NOT NULL")
NO_BASIN = sa.text("bassin_bmo IS NULL")
UNFINISHED = sa.text("state IN ('proposed', 'action')")


def upgrade() -> None:
    op.create_table(
        "collective_progress",
        sa.Column("duty", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("duty", name=op.f("pk_collective_progress")),
    )
    _needs()
    _events()
    _signals()


def _needs() -> None:
    op.create_table(
        "collective_needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(length=5), nullable=False),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("place_kind", sa.String(length=20), nullable=False),
        sa.Column("place_code", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("signals", sa.Integer(), nullable=False),
        sa.Column("companies", sa.Integer(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("signals >= 0 AND companies >= 0", name=op.f("ck_collective_needs_counts")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["users.id"], name=op.f("fk_collective_needs_answered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collective_needs")),
    )
    subject = ["family", "theme", "place_kind", "place_code"]
    with op.batch_alter_table("collective_needs") as batch:
        batch.create_index("ix_collective_needs_place", ["place_kind", "place_code", "state", "id"])
        batch.create_index("ix_collective_needs_state", ["state", "method", "id"])
        batch.create_index("ix_collective_needs_subject", [*subject, "id"])
        batch.create_index(
            "uq_collective_needs_open",
            subject,
            unique=True,
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        )


def _events() -> None:
    op.create_table(
        "collective_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collective_need_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("to", sa.String(length=14), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collective_need_id"],
            ["collective_needs.id"],
            name=op.f("fk_collective_events_collective_need_id"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_collective_events_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collective_events")),
    )
    with op.batch_alter_table("collective_events") as batch:
        batch.create_index("ix_collective_events_need", ["collective_need_id", "id"])


def _signals() -> None:
    op.create_table(
        "signals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("rome", sa.String(length=5), nullable=True),
        sa.Column("family", sa.String(length=5), nullable=True),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("need_key", sa.String(length=40), nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.Column("epci", sa.String(length=9), nullable=True),
        sa.Column("bassin_bmo", sa.String(length=20), nullable=True),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=True),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("unanswered", sa.String(length=10), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("collective_need_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collective_need_id"], ["collective_needs.id"], name=op.f("fk_signals_collective_need_id")
        ),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_signals_inquiry_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_signals_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signals")),
        sa.UniqueConstraint("need_id", name=op.f("uq_signals_need_id")),
    )
    with op.batch_alter_table("signals") as batch:
        batch.create_index("ix_signals_filed", ["filed_on", "family", "theme"])
        for name, place in (("basin", "bassin_bmo"), ("epci", "epci"), ("departement", "departement")):
            batch.create_index(f"ix_signals_{name}", [place, "family", "theme", "filed_on"])
        batch.create_index("ix_signals_rome", ["rome"], sqlite_where=NO_FAMILY, postgresql_where=NO_FAMILY)
        batch.create_index(
            "ix_signals_commune", ["commune"], sqlite_where=NO_BASIN, postgresql_where=NO_BASIN
        )
        batch.create_index(
            "ix_signals_collective_need",
            ["collective_need_id", "id"],
            sqlite_where=JOINED,
            postgresql_where=JOINED,
        )
        batch.create_index(op.f("ix_signals_inquiry_id"), ["inquiry_id"])


def downgrade() -> None:
    """The signals are written again from the journal; what was proposed and answered is lost."""
    for name in ("signals", "collective_events", "collective_needs", "collective_progress"):
        op.drop_table(name)
