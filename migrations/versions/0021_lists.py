"""Dossiers found by their words and sorted by company; lists of the inbox somebody named."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# The desk's own way of splitting: what is found after this step is what would be found anyway.
from app.dossiers.words import sort_key, words_of

revision = "0021"
down_revision = "0020"

BATCH = 2000
FOLDED = sa.String(60).with_variant(sa.String(60, collation="C"), "postgresql")
AWAITED = sa.text("waiting_since IS NOT NULL")
KNOWN = sa.text("""
    SELECT d.id, d.branch_id, i.reference, i.siret, i.company, i.place, i.words,
           CASE WHEN c.id IS NULL THEN i.contact_name ELSE c.contact_name END AS contact_name,
           CASE WHEN c.id IS NULL THEN i.phone ELSE c.phone END AS phone,
           CASE WHEN c.id IS NULL THEN i.email ELSE c.email END AS email
    FROM dossiers d JOIN inquiries i ON i.id = d.inquiry_id
    LEFT JOIN contact_corrections c
      ON c.id = (SELECT max(l.id) FROM contact_corrections l WHERE l.inquiry_id = i.id)
    WHERE d.id > :last ORDER BY d.id LIMIT :batch
""")


def upgrade() -> None:
    op.create_table(
        "dossier_words",
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("word", FOLDED, nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_dossier_words_branch_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_words_dossier_id")),
        sa.PrimaryKeyConstraint("branch_id", "word", "dossier_id", name=op.f("pk_dossier_words")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_dossier_words_dossier_id"), "dossier_words", ["dossier_id"])
    op.add_column("dossiers", sa.Column("company_key", FOLDED, nullable=True))
    _fill()
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.alter_column("company_key", existing_type=FOLDED, nullable=False)
        dossiers.create_index("ix_dossiers_company", ["branch_id", "status", "company_key", "id"])
        dossiers.create_index("ix_dossiers_branch_filed", ["branch_id", "status", "filed_at", "id"])
        dossiers.create_index(
            "ix_dossiers_waiting",
            ["branch_id", "first_contact_due", "id"],
            sqlite_where=AWAITED,
            postgresql_where=AWAITED,
        )
    _saved_lists()


def _fill() -> None:
    """Write the words of every dossier there is, a batch after the other."""
    bind, last = op.get_bind(), 0
    dossiers = sa.table("dossiers", sa.column("id"), sa.column("company_key"))
    named = (
        sa.update(dossiers)
        .where(dossiers.c.id == sa.bindparam("one"))
        .values(company_key=sa.bindparam("key"))
    )
    index = sa.table("dossier_words", sa.column("branch_id"), sa.column("word"), sa.column("dossier_id"))
    while rows := bind.execute(KNOWN, {"last": last, "batch": BATCH}).all():
        bind.execute(named, [{"one": row.id, "key": sort_key(row.company)} for row in rows])
        found = [
            {"branch_id": row.branch_id, "word": word, "dossier_id": row.id}
            for row in rows
            for word in words_of(
                *(row.reference, row.siret, row.company, row.place),
                *(row.contact_name, row.phone, row.email, row.words),
            )
        ]
        if found:
            bind.execute(sa.insert(index), found)
        last = rows[-1].id


def _saved_lists() -> None:
    op.create_table(
        "saved_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_lists_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_lists")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_lists_user_id_name")),
    )


def downgrade() -> None:
    op.drop_table("saved_lists")
    with op.batch_alter_table("dossiers") as dossiers:
        for name in ("ix_dossiers_waiting", "ix_dossiers_branch_filed", "ix_dossiers_company"):
            dossiers.drop_index(name)
        dossiers.drop_column("company_key")
    op.drop_index(op.f("ix_dossier_words_dossier_id"), table_name="dossier_words")
    op.drop_table("dossier_words")
