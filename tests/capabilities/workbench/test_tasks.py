"""Tasks: a branch's own, in one list by date, whose counts are those of the list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.dossiers.moving import UnknownCase
from app.extensions import db
from app.kernel.clock import today
from app.workbench.models import Task
from app.workbench.stale import StaleRow
from app.workbench.task_actions import add_task, change_task, tick_task
from app.workbench.todo import NewTask, Whose, owners_of, task_of, tasks_of_case, to_do, to_do_counts
from tests.cases import Desk, a_viewer, dossier_of

DAY = today()


def a_task(days: int = 1, owner: Desk | None = None, title: str = "Rappeler") -> NewTask:
    return NewTask(title, DAY + timedelta(days=days), owner.viewer.user_id if owner else None)


def test_typed_twice_it_is_one_task_until_it_is_done(taken: int, opco: Desk) -> None:
    for _ in range(2):
        add_task(opco.viewer, taken, a_task())
    (row,) = tasks_of_case(opco.viewer, taken)
    tick_task(opco.viewer, taken, row.id, done=True)
    add_task(opco.viewer, taken, a_task())
    assert [bool(one.done_at) for one in tasks_of_case(opco.viewer, taken)] == [False, True]


def test_the_list_is_by_date_and_counts_what_it_shows(taken: int, opco: Desk) -> None:
    for days in (5, -2, 0, 3, -1):
        add_task(opco.viewer, taken, a_task(days, opco))
    add_task(opco.viewer, taken, a_task(4))
    seen, after = [], None
    while True:
        page = to_do(opco.viewer, Whose.TEAM, after, size=2)
        seen += [row.due for row in page.rows]
        if (after := page.following) is None:
            break
    assert seen == sorted(seen) and len(seen) == 6
    assert to_do_counts(opco.viewer) == {Whose.MINE: (5, 2), Whose.TEAM: (6, 2)}
    assert len(to_do(opco.viewer, Whose.MINE).rows) == 5


def test_nobody_outside_the_branch_reads_nor_touches_them(
    taken: int, need: int, opco: Desk, cma: Desk
) -> None:
    add_task(opco.viewer, taken, a_task())
    (row,) = tasks_of_case(opco.viewer, taken)
    for wanted in (taken, dossier_of(need, cma.branch_id).id):
        with pytest.raises(UnknownCase):
            tick_task(cma.viewer, wanted, row.id, done=True)
        assert tasks_of_case(cma.viewer, wanted) == [] and task_of(cma.viewer, wanted, row.id) is None
    assert to_do_counts(cma.viewer)[Whose.TEAM] == (0, 0)
    assert owners_of(cma.viewer, taken) == []
    assert db.session.get_one(Task, row.id).done_at is None


def test_a_task_a_colleague_changed_is_not_overwritten(taken: int, opco: Desk) -> None:
    add_task(opco.viewer, taken, a_task())
    (row,) = tasks_of_case(opco.viewer, taken)
    colleague = a_viewer("Paul Roca", opco.branch_id, opco.slug)
    change_task(colleague, taken, row.id, row.facts.stamp(), a_task(3))
    with pytest.raises(StaleRow):
        change_task(opco.viewer, taken, row.id, row.facts.stamp(), a_task(9))
    (now,) = tasks_of_case(opco.viewer, taken)
    assert now.due == DAY + timedelta(days=3)
    assert [name for _, name in owners_of(opco.viewer, taken)] == ["Paul Roca", "Sonia Ferrer"]
