"""What is published of the cases, kept as it was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

MOMENT = sa.DateTime(timezone=True)

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint("quarter", name=op.f("uq_publications_quarter")),
    )
    op.create_table(
        "published_cells",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("place_kind", sa.String(length=20), nullable=False),
        sa.Column("place_code", sa.String(length=20), nullable=False),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("job", sa.String(length=5), nullable=False),
        sa.Column("size", sa.String(length=8), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.CheckConstraint("needs > 0", name=op.f("ck_published_cells_needs")),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name=op.f("fk_published_cells_publication_id_publications"),
        ),
        sa.PrimaryKeyConstraint(
            *("publication_id", "place_kind", "place_code", "theme", "job", "size"),
            name=op.f("pk_published_cells"),
        ),
    )
    op.create_index("ix_published_cells_job", "published_cells", ["publication_id", "job", "theme", "size"])


def downgrade() -> None:
    op.drop_table("published_cells")
    op.drop_table("publications")
