"""A commune changes zone on a day; the past stays what it was."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db, transaction
from app.territory import queries
from app.territory.models import Commune, Membership, PostalCode
from app.territory.records import date_memberships, name_zones, raise_version, write_selection
from app.territory.selection import Row, Selection

Life = list[tuple[str, date, date | None]]


def commune(code: str, name: str) -> Row:
    return {
        "code": code,
        "name": name,
        "departement": "12",
        "population": 1,
        "longitude": None,
        "latitude": None,
    }


@pytest.fixture
def conques(context: Flask) -> str:
    with transaction() as session:
        session.add(Commune(**commune("12218", "Conques-en-Rouergue")))
    return "12218"


def dated(code: str, year: int) -> None:
    with transaction() as session:
        date_memberships(session, "epci", {"12218": code}, date(year, 1, 1))


def life() -> Life:
    rows = select(Membership.code, Membership.starts_on, Membership.ends_on).order_by(Membership.starts_on)
    return [(code, starts_on, ends_on) for code, starts_on, ends_on in db.session.execute(rows)]


def test_a_change_closes_the_old_zone_the_day_before(conques: str) -> None:
    dated("A", 2024)
    dated("B", 2026)
    assert life() == [("A", date(2024, 1, 1), date(2025, 12, 31)), ("B", date(2026, 1, 1), None)]


def test_the_same_zone_again_adds_nothing(conques: str) -> None:
    dated("A", 2024)
    dated("A", 2026)
    assert life() == [("A", date(2024, 1, 1), None)]


def test_a_correction_of_the_same_year_replaces(conques: str) -> None:
    dated("A", 2024)
    dated("B", 2024)
    assert life() == [("B", date(2024, 1, 1), None)]


def test_the_past_comes_in_after_the_present(conques: str) -> None:
    dated("B", 2026)
    dated("A", 2019)
    assert life() == [("A", date(2019, 1, 1), date(2025, 12, 31)), ("B", date(2026, 1, 1), None)]


def test_an_older_vintage_never_renames_a_zone(conques: str) -> None:
    for vintage, name in (("2024", "LODEVE"), ("2019", "CLERMONT"), ("2024", None)):
        with transaction() as session:
            row = {"kind": "bassin_bmo", "code": "7640", "name": name, "vintage": vintage}
            name_zones(session, [row])
            raise_version(session)
    zone = queries.zone("bassin_bmo", "7640")
    assert zone and zone.name == "LODEVE"


def test_a_merged_commune_becomes_an_old_name(conques: str) -> None:
    dated("A", 2024)
    with transaction() as session:
        session.add(PostalCode(commune=conques, code="12320"))
    merged = Selection(
        communes=[commune("12001", "Commune nouvelle")],
        former=[{"code": "12218", "name": "Conques-en-Rouergue", "commune": "12001"}],
    )
    with transaction() as session:
        write_selection(session, merged, date(2027, 1, 1))
        raise_version(session)
    found = queries.locate("12218")
    assert found and (found["commune"], found["renamed_from"]) == ("12001", "12218")
    assert life() == []
