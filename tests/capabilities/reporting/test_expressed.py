"""Needs told of a département: a quarter once it is over, the same every day, none and secret not told apart."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from app.kernel.clock import PARIS, today
from app.kernel.quarters import last_over
from app.reporting.expressed import Expressed, expressed_in
from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need

AUTUMN, WINTER = datetime(2026, 11, 16, 9, tzinfo=PARIS), datetime(2027, 1, 11, 9, tzinfo=PARIS)


@pytest.fixture
def opco(context: Flask) -> Desk:
    publish_first_edition()
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


def file(opco: Desk, companies: int, at: datetime) -> None:
    for rank in range(companies):
        file_need(an_orientation(("opco", opco.slug)), at=at, siret=f"{rank:014}")


def told(at: datetime) -> Expressed:
    with time_machine.travel(at, tick=False):
        return expressed_in(["34142"], today())


def shown(at: datetime) -> list[int]:
    return [one.needs for one in told(at).themes if one.needs is not None]


@pytest.mark.parametrize(("companies", "published"), [(0, []), (4, []), (5, [5])])
def test_a_quarter_is_told_once_it_is_over_and_companies_enough(
    opco: Desk, companies: int, published: list[int]
) -> None:
    file(opco, companies, AUTUMN)
    assert shown(AUTUMN + timedelta(days=1)) == []
    assert shown(WINTER) == published
    assert len(told(WINTER).themes) > 5, "each theme is named, whether anybody asked or not"


def test_one_request_more_changes_nothing_of_what_is_published(opco: Desk) -> None:
    """Who reads the page every day learns nothing of who came in between."""
    file(opco, 5, AUTUMN)
    before = told(WINTER)
    file_need(an_orientation(("opco", opco.slug)), at=WINTER, siret="73282932000074")
    assert told(WINTER + timedelta(days=1)) == before
    assert last_over(WINTER.date()).name == "2026-T4"


def test_two_quarters_share_no_request(opco: Desk) -> None:
    file(opco, 5, AUTUMN)
    file(opco, 6, WINTER)
    assert (shown(WINTER), shown(WINTER + timedelta(days=90))) == ([5], [6])
