"""Editions in the database: published once, found by date, compiled once."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.extensions import db, transaction
from app.kernel.clock import utcnow
from app.routing.reading import content_hash
from app.rulebooks.actions import publish_first_edition
from app.rulebooks.models import Edition, EditionStatus
from app.rulebooks.queries import NoRulebook, compiled, in_force


def test_publishing_twice_keeps_one_edition(context: Flask) -> None:
    assert publish_first_edition() == publish_first_edition()
    assert db.session.query(Edition).count() == 1


def test_the_edition_in_force_is_compiled_once(context: Flask) -> None:
    name = publish_first_edition()
    book = in_force(date(2026, 11, 23))
    assert book.hash == name and len(book.needs) == 52
    assert in_force(date(2026, 11, 24)) is book


def test_before_any_date_the_first_edition_answers(context: Flask) -> None:
    name = publish_first_edition()
    assert in_force(date(2020, 1, 1)).hash == name


def test_a_later_edition_waits_for_its_day(context: Flask) -> None:
    first = publish_first_edition()
    files = dict(db.session.query(Edition).one().files)
    files["edition.toml"] = files["edition.toml"].replace("Première", "Deuxième")
    second = content_hash(files)
    with transaction() as session:
        session.add(
            Edition(
                hash=second,
                key="suivante",
                title="Deuxième édition",
                status=EditionStatus.PUBLISHED,
                in_force_from=date(2027, 1, 1),
                published_at=utcnow(),
                files=files,
            )
        )
    assert in_force(date(2026, 12, 31)).hash == first
    assert in_force(date(2027, 1, 1)).hash == second
    assert compiled(first).title == "Première édition"


def test_without_edition_it_says_so(context: Flask) -> None:
    with pytest.raises(NoRulebook):
        in_force(date(2026, 11, 23))
