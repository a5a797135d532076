"""The base directory over the real communes: one entry point per network served everywhere, no more."""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy import func, select

from app.directory import queries
from app.directory.actions import enter_branch, load_base, republish
from app.directory.edits import BranchEdit, NewBranch
from app.directory.models import Branch, CompiledDirectory, Coverage
from app.directory.statuses import BranchStatus
from app.extensions import db, transaction
from app.kernel.vocabulary import DEPARTEMENTS
from app.routing.reading import read_rulebook
from app.rulebooks.edition import texts


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_loading_twice_changes_nothing(context: Flask) -> None:
    assert load_base() is True
    before = queries.version(), count(Branch), count(Coverage)
    assert load_base() is False
    assert (queries.version(), count(Branch), count(Coverage)) == before


def test_every_actor_served_everywhere_has_a_branch_in_every_commune(seeded_context: Flask) -> None:
    snapshot, actors = queries.snapshot(), read_rulebook(texts()).actors.values()
    assert len(snapshot.places) == 4446
    for actor in actors:
        opcos = ["OPCO_EP", "AKTO"] if actor.key == "opco" else [None]
        for place in snapshot.places.values():
            for opco in opcos:
                assert (snapshot.branch_for(actor.key, place, opco) is None) == actor.listed, actor.key


def test_entry_points_name_no_contact_and_tell_their_source(seeded_context: Flask) -> None:
    rows = db.session.scalars(select(Branch).where(Branch.entry_point.is_(True))).all()
    assert {row.mailbox for row in rows} == {None}
    assert {row.status for row in rows} == {"a_verifier"}
    assert all(row.source and row.verified_on for row in rows)
    assert not any(one.told for one in queries.snapshot().branches)


def test_slugs_are_those_of_the_contract(seeded_context: Flask) -> None:
    slugs = {one.slug for one in queries.snapshot().branches}
    assert {f"mmr-{code}" for code in DEPARTEMENTS} <= slugs
    assert {
        "cma-34",
        "mission-locale-09",
        "france-travail-82",
        "opco-ep-occitanie",
        "opco-2i-occitanie",
    } <= slugs
    assert {"opco-akto-occitanie", "carsat-midi-pyrenees", "urssaf-languedoc-roussillon"} <= slugs
    assert not any(slug.startswith(("plie", "maison-emploi", "geiq", "clpe")) for slug in slugs)


def test_carsat_follows_the_departement(seeded_context: Flask) -> None:
    snapshot = queries.snapshot()
    for code, place in snapshot.places.items():
        found = snapshot.branch_for("carsat", place)
        south = place.departement in ("11", "30", "34", "48", "66")
        assert found and found.slug == f"carsat-{'languedoc-roussillon' if south else 'midi-pyrenees'}", code


def test_the_unknown_fund_is_the_generic_one(seeded_context: Flask) -> None:
    snapshot = queries.snapshot()
    place = snapshot.places["34142"]
    assert snapshot.branch_for("faf", place).slug == "faf-occitanie"  # type: ignore[union-attr]
    assert snapshot.branch_for("faf", place, "FAFCEA").slug == "faf-fafcea"  # type: ignore[union-attr]


def a_mission_locale(*zones: tuple[str, str]) -> None:
    from app.directory.records import cover, publish

    with transaction() as session:
        branch = Branch(slug="mission-locale-essai", actor="mission_locale", name="Mission locale d’essai")
        session.add(branch)
        cover(branch, zones)
        publish(session)


def without_the_branch() -> None:
    from app.directory.records import publish

    with transaction() as session:
        session.delete(session.scalars(select(Branch).where(Branch.slug == "mission-locale-essai")).one())
        publish(session)


def test_a_finer_branch_replaces_the_entry_point_where_it_serves(seeded_context: Flask) -> None:
    before = queries.snapshot()
    lodeve = before.places["34142"]
    elsewhere = next(p for p in before.places.values() if p.departement == "34" and p.epci != lodeve.epci)
    a_mission_locale(("epci", lodeve.epci or ""))
    try:
        after = queries.snapshot()
        assert after.version != before.version
        assert after.branch_for("mission_locale", lodeve).slug == "mission-locale-essai"  # type: ignore[union-attr]
        assert after.branch_for("mission_locale", elsewhere).slug == "mission-locale-34"  # type: ignore[union-attr]
    finally:
        without_the_branch()
    assert queries.snapshot().version == before.version


def test_a_branch_of_the_whole_region_replaces_every_entry_point(seeded_context: Flask) -> None:
    a_mission_locale(("region", "76"))
    try:
        snapshot = queries.snapshot()
        assert {one.slug for one in snapshot.branches if one.actor == "mission_locale"} == {
            "mission-locale-essai"
        }
        found = {snapshot.branch_for("mission_locale", place) for place in snapshot.places.values()}
        assert {one.slug for one in found if one} == {"mission-locale-essai"}
    finally:
        without_the_branch()


def test_the_stored_snapshot_says_the_same(seeded_context: Flask) -> None:
    load_base()
    assert queries.snapshot_is_stored()
    seeded_context.extensions.pop(queries.CACHE, None)
    read = queries.snapshot()
    assert read.version == db.session.scalar(select(CompiledDirectory.hash))
    assert read.is_elsewhere("75056") and not read.is_elsewhere("34142")
    assert read.opco("0843").opco == "OPCO_EP"


def test_a_stale_snapshot_is_not_read(seeded_context: Flask) -> None:
    with transaction() as session:
        row = session.scalars(select(CompiledDirectory)).one()
        kept, row.stale_from = row.stale_from, date(2020, 1, 1)
    assert not queries.snapshot_is_stored()
    republish()
    assert queries.snapshot_is_stored() and kept is None


def test_the_name_of_a_branch_is_one_line(context: Flask) -> None:
    """It is read in the subject of letters, where a second line would be another header."""
    edit = BranchEdit("Antenne\r\nBcc: tous@exemple.fr", BranchStatus.TO_CHECK, None, None, (), "Test")
    slug = enter_branch(NewBranch("plie", None, edit))
    found = queries.branch(slug)
    assert found is not None and found.name == "Antenne Bcc: tous@exemple.fr"
