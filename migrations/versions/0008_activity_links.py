"""The correspondence between the NAF 2025 and the NAF rév. 2."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "activity_links",
        sa.Column("naf_2025", sa.String(length=6), nullable=False),
        sa.Column("naf_rev2", sa.String(length=6), nullable=False),
        sa.PrimaryKeyConstraint("naf_2025", "naf_rev2", name=op.f("pk_activity_links")),
    )


def downgrade() -> None:
    op.drop_table("activity_links")
