"""The inbox: who sees what, tabs whose counter is the list, pages by keyset."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from app.accounts.abilities import PostFact, Role, Viewer
from app.dossiers.actions import close, decline, take
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.desk import Cursor, Sort, Tab, cursor_from
from app.dossiers.lifecycle import DeclineReason, Outcome
from app.dossiers.lists import desk_counts, desk_of
from app.dossiers.models import Dossier
from app.extensions import db
from tests.cases import Desk, a_desk, a_maison, a_viewer, an_orientation, file_need

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def opco(context: Flask) -> Desk:
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


def filed(desk: Desk, days: int = 0, company: str = "Boulangerie Vidal") -> int:
    at = MONDAY + timedelta(days=days)
    need_id = file_need(an_orientation(("opco", desk.slug)), at=at, company=company)
    found: int = db.session.query(Dossier.id).filter_by(need_id=need_id).scalar()
    return found


def taken(desk: Desk, dossier_id: int, viewer: Viewer | None = None) -> None:
    take(viewer or desk.viewer, dossier_id, 1)


def walked(viewer: Viewer, tab: Tab, size: int) -> list[int]:
    """Every dossier of a tab, page after page."""
    seen, cursor = [], None
    while True:
        page = desk_of(viewer, tab, cursor, size)
        seen += [row.id for row in page.rows]
        if page.following is None:
            return seen
        cursor = page.following


@time_machine.travel(MONDAY + timedelta(days=20), tick=False)
def test_each_tab_shows_what_it_says(opco: Desk) -> None:
    colleague = a_viewer("Karim Haddad", opco.branch_id, opco.slug)
    new, mine, theirs, done, refused = (filed(opco, 18) for _ in range(5))
    old = filed(opco)
    taken(opco, mine)
    taken(opco, theirs, colleague)
    taken(opco, done)
    close(opco.viewer, done, 2, Outcome.HELPED)
    decline(opco.viewer, refused, 1, DeclineReason.NO_CAPACITY)
    lists = {tab: [row.id for row in desk_of(opco.viewer, tab).rows] for tab in Tab}
    assert lists[Tab.NEW] == [old, new]
    assert lists[Tab.MINE] == [mine]
    assert sorted(lists[Tab.TAKEN]) == sorted([mine, theirs])
    assert lists[Tab.LATE] == [old]
    assert sorted(lists[Tab.CLOSED]) == sorted([done, refused])
    assert desk_counts(opco.viewer) == {tab: len(rows) for tab, rows in lists.items()}


@time_machine.travel(MONDAY + timedelta(days=8), tick=False)
def test_a_company_already_reached_is_not_late(opco: Desk) -> None:
    dossier_id = filed(opco)
    assert desk_counts(opco.viewer)[Tab.LATE] == 1
    taken(opco, dossier_id)
    log_call(opco.viewer, dossier_id, Call.REACHED)
    assert desk_counts(opco.viewer)[Tab.LATE] == 0


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_show_every_row_once_in_order(opco: Desk, size: int) -> None:
    expected = [filed(opco, days) for days in (0, 0, 0, 1, 1, 2, 7)]
    assert walked(opco.viewer, Tab.NEW, size) == expected


def test_going_back_shows_the_same_page(opco: Desk) -> None:
    for days in range(7):
        filed(opco, days)
    first = desk_of(opco.viewer, Tab.NEW, None, 3)
    second = desk_of(opco.viewer, Tab.NEW, first.following, 3)
    assert (first.first, first.last, first.total, first.previous) == (1, 3, 7, None)
    assert (second.first, second.last) == (4, 6)
    again = desk_of(opco.viewer, Tab.NEW, second.previous, 3)
    assert [row.id for row in again.rows] == [row.id for row in first.rows]


def test_the_closed_tab_reads_from_the_latest_and_pages(opco: Desk) -> None:
    ids = [filed(opco) for _ in range(5)]
    for dossier_id in ids:
        taken(opco, dossier_id)
        close(opco.viewer, dossier_id, 2, Outcome.HELPED)
    assert walked(opco.viewer, Tab.CLOSED, 2) == ids[::-1]


def test_another_branch_sees_nothing(opco: Desk) -> None:
    filed(opco)
    other = a_desk("cma", "cma-34")
    assert desk_of(other.viewer, Tab.NEW).rows == ()
    assert set(desk_counts(other.viewer).values()) == {0}


def test_a_person_with_two_posts_sees_both_branches(opco: Desk) -> None:
    other = a_desk("opco", "opco-2i-occitanie")
    filed(opco)
    filed(other)
    posts = tuple(PostFact(one.branch_id, one.slug, one.slug, Role.ADVISER) for one in (opco, other))
    both = Viewer(opco.viewer.user_id, "Sonia Ferrer", posts)
    assert desk_counts(both)[Tab.NEW] == 2


def test_a_steering_post_opens_no_case(opco: Desk) -> None:
    filed(opco)
    post = PostFact(opco.branch_id, opco.slug, opco.slug, Role.REGIONAL_MANAGER)
    assert desk_counts(Viewer(opco.viewer.user_id, "Région", (post,)))[Tab.NEW] == 0


@pytest.mark.parametrize(
    "text", ["", "x", "2026-11-30", "2026-11-30_", "2026-11-30_x", "_4", "2026-99-99_1", "1_²"]
)
def test_an_unreadable_cursor_means_the_first_page(text: str) -> None:
    assert cursor_from(text, Sort.DUE, backwards=False) is None


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00_1", "9999-12-31T23:59:59-14:00_1"])
def test_a_cursor_outside_the_calendar_means_the_first_page(text: str) -> None:
    assert cursor_from(text, Sort.FILED, backwards=False) is None


def test_a_cursor_survives_the_address_bar() -> None:
    cursor = Cursor(date(2026, 11, 30), 12)
    assert cursor_from(cursor.text(), Sort.DUE, backwards=False) == cursor
    closed = Cursor(MONDAY, 3, backwards=True)
    assert cursor_from(closed.text(), Sort.ENDED, backwards=True) == closed
