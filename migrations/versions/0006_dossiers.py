"""Dossiers and their journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("waiting_since", sa.Date(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_contact_due", sa.Date(), nullable=False),
        sa.Column("first_contact_on", sa.Date(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("decline_reason", sa.String(length=20), nullable=True),
        sa.Column("transmitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("transmitted_by_id", sa.Integer(), nullable=True),
        sa.Column("transmitted_how", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.Column("epci", sa.String(length=9), nullable=True),
        sa.Column("maison", sa.String(length=40), nullable=False),
        sa.Column("need_key", sa.String(length=40), nullable=False),
        sa.Column("urgency", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_dossiers_branch_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_dossiers_inquiry_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_dossiers_need_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["dossiers.id"], name=op.f("fk_dossiers_previous_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["users.id"], name=op.f("fk_dossiers_taken_by_id")),
        sa.ForeignKeyConstraint(
            ["transmitted_by_id"], ["users.id"], name=op.f("fk_dossiers_transmitted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
    )
    op.create_index(
        "ix_dossiers_desk", "dossiers", ["branch_id", "status", "first_contact_due", "id"], unique=False
    )
    op.create_index("ix_dossiers_ended", "dossiers", ["branch_id", "status", "closed_at", "id"], unique=False)
    op.create_index("ix_dossiers_filed", "dossiers", ["departement", "filed_at", "id"], unique=False)
    op.create_index(op.f("ix_dossiers_inquiry_id"), "dossiers", ["inquiry_id"], unique=False)
    op.create_index("ix_dossiers_maison", "dossiers", ["maison", "status", "filed_at", "id"], unique=False)
    op.create_index(
        "ix_dossiers_taker", "dossiers", ["taken_by_id", "status", "filed_at", "id"], unique=False
    )
    op.create_index(
        "uq_dossiers_leading",
        "dossiers",
        ["need_id"],
        unique=True,
        sqlite_where=sa.text("leads"),
        postgresql_where=sa.text("leads"),
    )
    op.create_index("uq_dossiers_need_branch", "dossiers", ["need_id", "branch_id"], unique=True)
    op.create_table(
        "dossier_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from", sa.String(length=16), nullable=True),
        sa.Column("to", sa.String(length=16), nullable=True),
        sa.Column("why", sa.String(length=1000), nullable=True),
        sa.Column("rulebook", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_events_dossier_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_dossier_events_need_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_dossier_events_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_events")),
    )
    op.create_index(op.f("ix_dossier_events_dossier_id"), "dossier_events", ["dossier_id"], unique=False)
    op.create_index("ix_dossier_events_need", "dossier_events", ["need_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_dossier_events_need", table_name="dossier_events")
    op.drop_index(op.f("ix_dossier_events_dossier_id"), table_name="dossier_events")
    op.drop_table("dossier_events")
    op.drop_index("uq_dossiers_need_branch", table_name="dossiers")
    op.drop_index(
        "uq_dossiers_leading",
        table_name="dossiers",
        sqlite_where=sa.text("leads"),
        postgresql_where=sa.text("leads"),
    )
    op.drop_index("ix_dossiers_taker", table_name="dossiers")
    op.drop_index("ix_dossiers_maison", table_name="dossiers")
    op.drop_index(op.f("ix_dossiers_inquiry_id"), table_name="dossiers")
    op.drop_index("ix_dossiers_filed", table_name="dossiers")
    op.drop_index("ix_dossiers_ended", table_name="dossiers")
    op.drop_index("ix_dossiers_desk", table_name="dossiers")
    op.drop_table("dossiers")
