"""Needs told of a territory and of a job: those of the last publication, whatever moved since."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.kernel.quarters import named
from app.kernel.vocabulary import ZoneKind
from app.reporting.beside import feedback
from app.reporting.cells import REGION, Key, Place, Size
from app.reporting.expressed import expressed_in, needs_of
from app.reporting.feedback import Gap
from app.reporting.published import places_told, publication
from app.rulebooks.actions import publish_first_edition
from tests.cases import a_publication

HERAULT = Place(ZoneKind.DEPARTEMENT, "34")
DAY = date(2026, 11, 16)


@pytest.fixture
def published(context: Flask) -> None:
    publish_first_edition()
    a_publication("2026-T1", {Key(HERAULT): 99})
    a_publication(
        "2026-T2",
        {
            Key(HERAULT): 40,
            Key(HERAULT, "recruter"): 25,
            Key(HERAULT, "recruter", job="S"): 12,
            Key(HERAULT, "recruter", job="S1X40"): 7,
            Key(HERAULT, "recruter", size=Size.NONE): 6,
            Key(REGION, "recruter", job="S1X40"): 31,
            Key(REGION, "former", job="S1X40"): 8,
        },
    )


def test_nothing_before_the_first_publication(context: Flask) -> None:
    assert expressed_in(HERAULT, DAY) is None and needs_of(["S1X40"], DAY) is None and publication() is None


def test_a_place_reads_the_last_quarter_and_every_theme(published: None) -> None:
    found = expressed_in(HERAULT, DAY)
    assert found and found.quarter == named("2026-T2") and found.needs == 40
    counts = {one.key: one.needs for one in found.themes}
    assert counts["recruter"] == 25 and len(counts) > 5
    assert {needs for key, needs in counts.items() if key != "recruter"} == {None}
    empty = expressed_in(Place(ZoneKind.DEPARTEMENT, "48"), DAY)
    assert empty and [one.needs for one in empty.themes] == [None] * len(empty.themes)


def test_a_job_reads_its_families_in_the_region_alone(published: None) -> None:
    found = needs_of(["S1X40", "A0X40"], DAY)
    assert found
    first, second = found.families
    assert {one.key: one.needs for one in first.themes} == {"recruter": 31, "former": 8} and not second.themes


def test_the_feedback_of_a_theme_without_survey(published: None) -> None:
    one = publication("2026-T2")
    assert one
    found = feedback(one, HERAULT, "recruter")
    assert (found.needs, found.year) == (25, None)
    assert [(line.code, line.needs, line.gap) for line in found.domains] == [("S", 12, Gap.UNSURVEYED)]
    assert [line.code for line in found.families] == ["S1X40"]
    sizes = {line.size: line.needs for line in found.sizes}
    assert sizes[Size.NONE] == 6 and sizes[Size.FROM_50] is None
    assert places_told(one) == [("departement", "34"), ("region", "76")]
    assert feedback(one, HERAULT, "former").needs is None
