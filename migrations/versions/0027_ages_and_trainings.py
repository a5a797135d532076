"""People at work by age, and trainings by job, in the zones they were counted for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "age_figures",
        *_zone(),
        sa.Column("fap", sa.String(length=6), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=True),
        sa.Column("under_30", sa.Integer(), nullable=True),
        sa.Column("over_50", sa.Integer(), nullable=True),
        *_source("age_figures"),
        sa.PrimaryKeyConstraint("year", "kind", "code", "fap", name=op.f("pk_age_figures")),
    )
    op.create_table(
        "training_offers",
        *_zone(),
        sa.Column("rome", sa.String(length=5), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        *_source("training_offers"),
        sa.PrimaryKeyConstraint(
            "year", "kind", "code", "rome", "title", "provider", name=op.f("pk_training_offers")
        ),
    )


def _zone() -> list[sa.Column[object]]:
    return [
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
    ]


def _source(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dataset_id"], ["gpec_datasets.id"], name=op.f(f"fk_{table}_dataset_id")),
    ]


def downgrade() -> None:
    op.drop_table("training_offers")
    op.drop_table("age_figures")
