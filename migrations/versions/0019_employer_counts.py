"""Active employers counted by commune, activity and band; tensions of families and their causes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

LEVELS = ("level", "intensity", "training", "workforce", "precarity", "conditions", "distance")


def upgrade() -> None:
    op.create_table(
        "employer_counts",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.Column("nomenclature", sa.String(length=10), nullable=False),
        sa.Column("division", sa.String(length=2), nullable=False),
        sa.Column("band", sa.String(length=2), nullable=False),
        sa.Column("employers", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["gpec_datasets.id"], name=op.f("fk_employer_counts_dataset_id")
        ),
        sa.PrimaryKeyConstraint(
            "year", "commune", "nomenclature", "division", "band", name=op.f("pk_employer_counts")
        ),
    )
    _causes()


def _causes() -> None:
    op.create_table(
        "tension_causes",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("nomenclature", sa.String(length=10), nullable=False),
        sa.Column("fap", sa.String(length=6), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in LEVELS),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["gpec_datasets.id"], name=op.f("fk_tension_causes_dataset_id")
        ),
        sa.PrimaryKeyConstraint(
            "year", "kind", "code", "nomenclature", "fap", name=op.f("pk_tension_causes")
        ),
    )


def downgrade() -> None:
    op.drop_table("tension_causes")
    op.drop_table("employer_counts")
