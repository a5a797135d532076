"""An erroneous publication is withdrawn, with its reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

MOMENT = sa.DateTime(timezone=True)

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("publications", sa.Column("withdrawn_at", MOMENT, nullable=True))
    op.add_column("publications", sa.Column("withdrawn_why", sa.String(length=300), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("publications") as table:
        table.drop_column("withdrawn_why")
        table.drop_column("withdrawn_at")
