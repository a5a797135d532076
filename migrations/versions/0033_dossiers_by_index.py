"""What boards count carried by the dossier; indexes of leading dossiers in the words SQLite needs to use them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

MOMENT = sa.DateTime(timezone=True)
UNCALLED = "first_contact_on IS NULL AND closed_at IS NULL"
PARTIAL = (
    ("uq_dossiers_leading", ["need_id"], "", True),
    ("ix_dossiers_closed_leading", ["closed_at", "id"], " AND closed_at IS NOT NULL", False),
    ("ix_dossiers_uncalled", ["first_contact_due", "id"], f" AND {UNCALLED}", False),
)


def upgrade() -> None:
    with op.batch_alter_table("dossiers") as table:
        table.add_column(sa.Column("theme", sa.String(length=20), nullable=False, server_default=""))
        table.add_column(sa.Column("asked_at", MOMENT, nullable=True))
    op.execute(
        "UPDATE dossiers SET theme = (SELECT theme FROM needs WHERE needs.id = dossiers.need_id), "
        "asked_at = (SELECT filed_at FROM inquiries WHERE inquiries.id = dossiers.inquiry_id)"
    )
    with op.batch_alter_table("dossiers") as table:
        table.alter_column("theme", server_default=None, existing_type=sa.String(length=20))
        table.alter_column("asked_at", nullable=False, existing_type=MOMENT)
    _write_again("leads = 1")
    op.create_index(
        "ix_dossiers_asked",
        "dossiers",
        ["asked_at", "id"],
        sqlite_where=sa.text("leads = 1"),
        postgresql_where=sa.text("leads"),
    )
    op.create_index(
        "ix_dossiers_maison_uncalled",
        "dossiers",
        ["maison", "filed_at", "id"],
        sqlite_where=sa.text(f"leads = 1 AND {UNCALLED}"),
        postgresql_where=sa.text(f"leads AND {UNCALLED}"),
    )


def downgrade() -> None:
    op.drop_index("ix_dossiers_maison_uncalled", "dossiers")
    op.drop_index("ix_dossiers_asked", "dossiers")
    _write_again("leads")
    with op.batch_alter_table("dossiers") as table:
        table.drop_column("asked_at")
        table.drop_column("theme")


def _write_again(leads: str) -> None:
    """On SQLite alone: PostgreSQL reads « leads » and « leads = true » as one."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for name, columns, rest, unique in PARTIAL:
        op.drop_index(name, "dossiers")
        op.create_index(name, "dossiers", columns, unique=unique, sqlite_where=sa.text(f"{leads}{rest}"))
