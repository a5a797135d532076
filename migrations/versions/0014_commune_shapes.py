"""The outlines of communes, from which those of zones are drawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "commune_shapes",
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.Column("shape", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["communes.code"], name=op.f("fk_commune_shapes_commune")),
        sa.PrimaryKeyConstraint("commune", name=op.f("pk_commune_shapes")),
    )


def downgrade() -> None:
    op.drop_table("commune_shapes")
