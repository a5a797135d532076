"""What a company says of the help it got, at the closing and some months later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

CLOSED = sa.text("leads AND closed_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "opinions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contacted", sa.Boolean(), nullable=True),
        sa.Column("useful", sa.String(length=10), nullable=True),
        sa.Column("led_to", sa.String(length=12), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("next_months", sa.Integer(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_opinions_need_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_opinions_inquiry_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_opinions_dossier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
        sa.UniqueConstraint("need_id", name=op.f("uq_opinions_need_id")),
    )
    op.create_index(op.f("ix_opinions_inquiry_id"), "opinions", ["inquiry_id"], unique=False)
    op.create_index(op.f("ix_opinions_dossier_id"), "opinions", ["dossier_id"], unique=False)
    op.create_index("ix_opinions_next", "opinions", ["next_on", "id"], unique=False)
    op.create_table(
        "later_results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("overtaken", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_later_results_need_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_later_results_inquiry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_results")),
        sa.UniqueConstraint("need_id", "months", name=op.f("uq_later_results_need_id_months")),
    )
    op.create_index(op.f("ix_later_results_inquiry_id"), "later_results", ["inquiry_id"], unique=False)
    op.create_index(
        "ix_dossiers_closed_leading",
        "dossiers",
        ["closed_at", "id"],
        unique=False,
        sqlite_where=CLOSED,
        postgresql_where=CLOSED,
    )


def downgrade() -> None:
    op.drop_index("ix_dossiers_closed_leading", table_name="dossiers")
    op.drop_table("later_results")
    op.drop_table("opinions")
