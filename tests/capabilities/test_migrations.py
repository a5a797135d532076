"""The schema by numbered migrations: up and down on populated data, and no drift from the models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, stamp, upgrade
from sqlalchemy import MetaData, Row, Table, select

from app import create_app
from app.cli.setup import load_reference
from app.collective.models import CollectiveNeed, Signal
from app.collective.signal_actions import gather_all
from app.dossiers.models import Dossier
from app.extensions import db, transaction
from tests.cases import a_desk, a_maison, an_orientation, file_need
from tests.conftest import database_url, test_config

VERSIONS = sorted(path.stem[:4] for path in Path(__file__).parents[2].glob("migrations/versions/0*.py"))


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Flask]:
    """An application on a database without any table."""
    app = create_app(test_config(tmp_path, database_url(tmp_path, "bare")))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def contents() -> dict[str, Sequence[Row[Any]]]:
    """Every row of every table, but the schema's own number."""
    found = MetaData()
    found.reflect(db.engine)
    with db.engine.connect() as connection:
        return {
            table.name: rows(connection, table)
            for table in found.sorted_tables
            if table.name != "alembic_version"
        }


def rows(connection: Any, table: Table) -> Sequence[Row[Any]]:
    """In the order of their keys: a repr of every outline of every commune took most of the time."""
    ordered = select(table).order_by(*table.primary_key.columns)
    found: Sequence[Row[Any]] = connection.execute(ordered).all()
    return found


def kept_of(rows: Sequence[Row[Any]], left: Sequence[Row[Any]]) -> list[str]:
    """The former rows with the columns that are left, in no order."""
    names = sorted(left[0]._fields) if left else []
    return sorted(repr([getattr(row, name) for name in names]) for row in rows)


def populate() -> None:
    opco = a_desk("opco", "opco-du-test")
    maison = a_maison("maison-du-test")
    for _ in range(3):
        file_need(an_orientation(("opco", opco.slug), ("region_mmr", maison.slug)))


def test_migrations_are_numbered_one_after_the_other() -> None:
    assert [f"{number:04}" for number in range(1, len(VERSIONS) + 1)] == VERSIONS


def test_the_schema_is_the_models(bare: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, db.metadata) == []


def test_up_again_changes_nothing(bare: Flask) -> None:
    upgrade()
    populate()
    before = contents()
    upgrade()
    assert contents() == before and before["dossiers"]


def test_each_step_goes_down_and_up_on_populated_data(bare: Flask, reference: Path) -> None:
    """A step down drops the tables and columns it brought and keeps the rest to the row; up again works."""
    upgrade()
    load_reference()
    populate()
    before = contents()
    for number in reversed(VERSIONS):
        downgrade(revision=f"{int(number) - 1:04}" if int(number) > 1 else "base")
        left = contents()
        assert set(left) <= set(before)
        assert all(len(left[name]) == len(before[name]) for name in left)
        moved = [name for name in left if left[name] != before[name]]
        assert all(kept_of(left[name], left[name]) == kept_of(before[name], left[name]) for name in moved)
        before = left
    assert before == {}
    upgrade()
    populate()
    assert contents()["dossiers"]


def test_the_words_of_cases_already_there_are_written(bare: Flask) -> None:
    upgrade()
    populate()
    before = contents()
    downgrade(revision="0020")
    upgrade()
    after = contents()
    assert before["dossier_words"] == after["dossier_words"] != []
    keys = [{row.company_key for row in one["dossiers"]} for one in (before, after)]
    assert keys[0] == keys[1] == {"boulangerie vidal"}


def test_a_schema_made_by_hand_can_be_adopted(bare: Flask) -> None:
    db.create_all()
    stamp(revision="head")
    upgrade()
    populate()
    assert contents()["needs"]


def test_signals_of_requests_taken_back_no_longer_count(bare: Flask) -> None:
    upgrade()
    populate()
    gather_all()
    with transaction() as session:
        need = CollectiveNeed(family="S1X80", theme="recruter", place_kind="departement", place_code="34")
        need.opened_on = need.since = date(2026, 11, 1)
        need.signals, need.companies, need.shown = 3, 3, {}
        lapsed = CollectiveNeed(family="S1X80", theme="former", place_kind="departement", place_code="34")
        lapsed.opened_on = lapsed.since = need.since
        lapsed.signals, lapsed.companies, lapsed.shown, lapsed.state = 5, 3, {}, "lapsed"
        session.add_all([need, lapsed])
        session.flush()
        session.query(Signal).update({"collective_need_id": need.id})
        gone = session.query(Dossier).filter_by(leads=True).order_by(Dossier.id).first()
        assert gone is not None
        gone.outcome, gone_need = "withdrawn", gone.need_id
    downgrade(revision="0031")
    upgrade()
    counted = {one.need_id: one.counted for one in db.session.query(Signal)}
    assert len(counted) == 3 and [one for one, yes in counted.items() if not yes] == [gone_need]
    first, second = db.session.query(CollectiveNeed).order_by(CollectiveNeed.id)
    assert first.signals == 2 and (second.state, second.reason) == ("not_relevant", "other")
    db.session.remove()
