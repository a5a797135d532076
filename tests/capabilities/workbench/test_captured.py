"""Facts captured on a need: added, never changed, the last of each branch counts."""

from __future__ import annotations

import pytest

from app.dossiers.lifecycle import Move
from app.dossiers.models import Event
from app.dossiers.moving import UnknownCase
from app.extensions import db
from app.workbench.capture_actions import capture
from app.workbench.captured import rome_of, told
from app.workbench.findings import Cause, Findings, Horizon, Training
from app.workbench.models import Captured
from app.workbench.stale import StaleRow
from tests.cases import Desk, dossier_of

BAKER = Findings("Boulanger", "D1102", 2, Cause.NO_CANDIDATE, Horizon.NOW, Training.FAR, "CAP boulanger")


def test_each_branch_has_its_word_and_the_last_counts(taken: int, need: int, opco: Desk, cma: Desk) -> None:
    other = dossier_of(need, cma.branch_id).id
    capture(opco.viewer, taken, 0, BAKER)
    capture(cma.viewer, other, 0, Findings(cause=Cause.PAY))
    (first, second) = told(opco.viewer, taken)
    assert first.findings == BAKER and first.who == "Sonia Ferrer" and second.findings.cause is Cause.PAY
    capture(opco.viewer, taken, first.id, Findings(posts=1))
    assert [one.findings for one in told(cma.viewer, other)] == [Findings(cause=Cause.PAY), Findings(posts=1)]
    assert db.session.query(Captured).count() == 3
    lines = db.session.query(Event).filter_by(kind=Move.CAPTURED).order_by(Event.id)
    assert next(one.why for one in lines) == BAKER.words() and "2 postes" in BAKER.words()


def test_nothing_new_writes_nothing_and_what_is_stale_is_refused(taken: int, opco: Desk) -> None:
    capture(opco.viewer, taken, 0, Findings())
    capture(opco.viewer, taken, 0, BAKER)
    capture(opco.viewer, taken, 0, BAKER)
    assert db.session.query(Captured).count() == 1
    with pytest.raises(StaleRow):
        capture(opco.viewer, taken, 0, Findings(posts=3))


def test_another_branch_captures_nothing_here(taken: int, cma: Desk, stranger: Desk) -> None:
    for desk in (cma, stranger):
        with pytest.raises(UnknownCase):
            capture(desk.viewer, taken, 0, BAKER)
    assert told(stranger.viewer, taken) == ()


@pytest.mark.parametrize(
    ("job", "rome"), [("Boulanger", "D1102"), ("", None), ("zzz", None), ("Z9999", None)]
)
def test_a_job_is_found_by_its_usual_name(taken: int, job: str, rome: str | None) -> None:
    assert rome_of(job) == rome
