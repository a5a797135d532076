"""The whole life of a case: relays offered, moves that can be undone, decisions kept, requests joined."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.add_column(sa.Column("offered_by_id", sa.Integer(), nullable=True))
        dossiers.create_foreign_key(op.f("fk_dossiers_offered_by_id"), "dossiers", ["offered_by_id"], ["id"])
        dossiers.create_index("uq_dossiers_offered_by_id", ["offered_by_id"], unique=True)
    op.add_column("dossier_events", sa.Column("before", sa.JSON(), nullable=True))
    with op.batch_alter_table("needs") as needs:
        for name in ("like_id", "joined_to_id"):
            needs.add_column(sa.Column(name, sa.Integer(), nullable=True))
            needs.create_foreign_key(op.f(f"fk_needs_{name}"), "needs", [name], ["id"])
            needs.create_index(op.f(f"ix_needs_{name}"), [name])
    op.create_index("ix_inquiries_phone", "inquiries", ["phone"])
    _past_decisions()


def _past_decisions() -> None:
    op.create_table(
        "past_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_past_decisions_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_decisions")),
    )
    op.create_index("ix_past_decisions_need_id", "past_decisions", ["need_id"])


def downgrade() -> None:
    op.drop_index("ix_past_decisions_need_id", table_name="past_decisions")
    op.drop_table("past_decisions")
    op.drop_index("ix_inquiries_phone", table_name="inquiries")
    with op.batch_alter_table("needs") as needs:
        for name in ("joined_to_id", "like_id"):
            needs.drop_index(op.f(f"ix_needs_{name}"))
            needs.drop_constraint(op.f(f"fk_needs_{name}"), type_="foreignkey")
            needs.drop_column(name)
    with op.batch_alter_table("dossier_events") as events:
        events.drop_column("before")
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.drop_index("uq_dossiers_offered_by_id")
        dossiers.drop_constraint(op.f("fk_dossiers_offered_by_id"), type_="foreignkey")
        dossiers.drop_column("offered_by_id")
