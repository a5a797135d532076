"""The lists of a branch read an index, whatever the size of the region: the engines say how they would read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, insert, select, text

from app.dossiers.desk import Cursor, Sort, Tab, sorts_of
from app.dossiers.lists import desk_counts, desk_of
from app.dossiers.models import Dossier, DossierWord
from app.dossiers.narrowing import Narrowing
from app.extensions import Model, db, transaction
from app.inquiries.models import Inquiry, Need
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIRST = 1_000_000
"""Above any number the database has given in the same session."""
MANY, BRANCHES, STATUSES = 2500, 5, ("received", "taken", "closed")
INDEX = {
    Sort.DUE: "ix_dossiers_desk",
    Sort.ENDED: "ix_dossiers_ended",
    Sort.FILED: "ix_dossiers_branch_filed",
    Sort.COMPANY: "ix_dossiers_company",
}


@pytest.fixture
def crowd(context: Flask) -> Desk:
    """A branch among others, with enough rows for the engines to choose as they would at full size."""
    a_maison()
    desk = a_desk("opco", "opco-ep-occitanie")
    file_need(an_orientation(("opco", desk.slug)), at=MONDAY)
    branches = [desk.branch_id, *(a_desk("cma", f"cma-{n}").branch_id for n in range(BRANCHES - 1))]
    models = [row_of(db.session.scalars(select(table)).one()) for table in (Inquiry, Need, Dossier)]
    with transaction() as session:
        for table, model in zip((Inquiry, Need, Dossier), models, strict=True):
            session.execute(insert(table), [changed(model, n, branches) for n in range(MANY)])
        words = [(n, word) for n in range(MANY) for word in ("boulangerie", f"nom{n}")]
        session.execute(
            insert(DossierWord),
            [{"branch_id": branches[n % 5], "word": word, "dossier_id": FIRST + n} for n, word in words],
        )
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    return desk


def row_of(row: Model) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in type(row).__table__.columns}


def changed(model: dict[str, object], n: int, branches: list[int]) -> dict[str, object]:
    """The same row, with what must be its own."""
    own = {
        "id": FIRST + n,
        "inquiry_id": FIRST + n,
        "need_id": FIRST + n,
        "reference": f"GO-26-{n:06}",
        "form_id": f"crowd{n}",
        "branch_id": branches[n % BRANCHES],
        "status": STATUSES[n % 3],
        "filed_at": MONDAY + timedelta(minutes=n),
        "closed_at": MONDAY + timedelta(minutes=n),
        "first_contact_due": MONDAY.date() + timedelta(days=n % 300),
        "company_key": f"entreprise {n:05}",
    }
    return model | {name: value for name, value in own.items() if name in model}


def plan_of(question: Callable[[], object]) -> str:
    """How the engine reads every statement a question sends."""
    sent: list[tuple[str, Any]] = []

    def keep(_c: object, _k: object, statement: str, parameters: object, _x: object, _m: object) -> None:
        sent.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", keep)
    try:
        question()
    finally:
        event.remove(db.engine, "before_cursor_execute", keep)
    return "\n".join(
        explained(statement, parameters) for statement, parameters in sent if "SELECT" in statement
    )


def explained(statement: str, parameters: Any) -> str:
    connection = db.session.connection()
    word = "EXPLAIN QUERY PLAN"
    if connection.dialect.name == "postgresql":
        # A small table is read whole for the asking: what is told is whether an index could answer.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        word = "EXPLAIN"
    rows = connection.exec_driver_sql(f"{word} {statement}", parameters).all()
    return "\n".join(str(row[-1]) for row in rows)


def reads_whole(plan: str) -> list[str]:
    tables = ("dossiers", "dossier_words", "inquiries")
    marks = [f"{word} {table}" for word, table in product(("SCAN", "Seq Scan on"), tables)]
    return [line for line in plan.splitlines() if any(mark in line for mark in marks)]


def test_a_page_and_its_counters_read_the_branch_alone(crowd: Desk) -> None:
    for tab, sort in [(one, sort) for one in Tab for sort in sorts_of(one)]:
        plan = plan_of(lambda tab=tab, sort=sort: desk_of(crowd.viewer, tab, sort=sort))  # type: ignore[misc]
        assert not reads_whole(plan), plan
    assert not reads_whole(plan_of(lambda: desk_counts(crowd.viewer)))


def test_each_sort_has_its_index(crowd: Desk) -> None:
    for sort, index in INDEX.items():
        tab = Tab.CLOSED if sort is Sort.ENDED else Tab.TAKEN
        last = desk_of(crowd.viewer, tab, sort=sort).rows[-1]
        after = Cursor(last.key(sort), last.id)
        plan = plan_of(lambda tab=tab, after=after, sort=sort: desk_of(crowd.viewer, tab, after, sort=sort))  # type: ignore[misc]
        assert index in plan and not reads_whole(plan), plan


def test_words_are_looked_for_in_the_branch_by_their_beginning(crowd: Desk) -> None:
    for words in ("boulangerie", "nom12", "boul nom1"):
        asked = Narrowing(words=words)
        plan = plan_of(lambda asked=asked: desk_of(crowd.viewer, Tab.NEW, narrowing=asked))  # type: ignore[misc]
        assert not reads_whole(plan), plan
        assert "dossier_words" in plan
    common = desk_of(crowd.viewer, Tab.NEW, narrowing=Narrowing(words="boul"))
    own = (Dossier.branch_id == crowd.branch_id, Dossier.status == "received")
    assert common.total == db.session.scalar(select(func.count()).where(*own))


def test_a_reading_of_the_whole_table_would_be_seen(crowd: Desk) -> None:
    plan = plan_of(lambda: db.session.execute(select(Dossier.id).where(Dossier.actor == "cma")).all())
    assert reads_whole(plan), plan
