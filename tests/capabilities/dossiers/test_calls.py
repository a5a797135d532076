"""Calls: each one a line of the journal; two days in vain, and only then, make a company unreachable."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.dossiers.actions import close, take
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.lifecycle import IllegalMove, Move, Outcome
from app.dossiers.models import Dossier, Event
from app.dossiers.moving import UnknownCase
from app.dossiers.queries import attempt_days, dossier_seen
from app.extensions import db, transaction
from app.kernel.clock import utcnow
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need, lead_of

TODAY = utcnow()
YESTERDAY = TODAY - timedelta(days=1)
LATER = TODAY + timedelta(minutes=5)


@pytest.fixture
def opco(context: Flask) -> Desk:
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def taken(opco: Desk) -> int:
    dossier = lead_of(file_need(an_orientation(("opco", opco.slug))))
    take(opco.viewer, dossier.id, dossier.version)
    return dossier.id


def calls(dossier_id: int) -> list[str]:
    lines = db.session.query(Event).filter_by(dossier_id=dossier_id).order_by(Event.id)
    return [one.kind for one in lines if one.kind not in (Move.OPENED, Move.TAKEN)]


def end(opco: Desk, dossier_id: int) -> None:
    version = lead_of(db.session.query(Event).first().need_id).version  # type: ignore[union-attr]
    close(opco.viewer, dossier_id, version, Outcome.UNREACHABLE)


def test_the_first_call_that_reaches_sets_the_first_contact(opco: Desk, taken: int) -> None:
    log_call(opco.viewer, taken, Call.NO_ANSWER, at=YESTERDAY)
    log_call(opco.viewer, taken, Call.REACHED, "Rappel prévu", at=TODAY)
    log_call(opco.viewer, taken, Call.REACHED, at=LATER)
    assert calls(taken) == [Move.NO_ANSWER, Move.CONTACTED, Move.REACHED]


def test_two_different_days_are_needed(opco: Desk, taken: int) -> None:
    log_call(opco.viewer, taken, Call.NO_ANSWER, at=TODAY)
    log_call(opco.viewer, taken, Call.MESSAGE_LEFT, at=LATER)
    with pytest.raises(IllegalMove, match="deux jours différents"):
        end(opco, taken)
    log_call(opco.viewer, taken, Call.NO_ANSWER, at=YESTERDAY)
    end(opco, taken)
    assert lead_of(db.session.query(Event).first().need_id).outcome == Outcome.UNREACHABLE  # type: ignore[union-attr]


def test_attempts_before_a_talk_no_longer_count(opco: Desk, taken: int) -> None:
    for call, at in ((Call.NO_ANSWER, YESTERDAY), (Call.NO_ANSWER, TODAY), (Call.REACHED, LATER)):
        log_call(opco.viewer, taken, call, at=at)
    dossier = dossier_seen(opco.viewer, taken)
    assert dossier is not None and attempt_days(dossier) == []
    with pytest.raises(IllegalMove):
        end(opco, taken)


def test_a_double_click_is_one_call(opco: Desk, taken: int) -> None:
    for call in (Call.REACHED, Call.REACHED, Call.NO_ANSWER, Call.NO_ANSWER):
        log_call(opco.viewer, taken, call, at=TODAY)
    assert calls(taken) == [Move.CONTACTED, Move.NO_ANSWER]


def test_only_who_took_the_case_notes_calls(opco: Desk, taken: int) -> None:
    waiting = lead_of(file_need(an_orientation(("opco", opco.slug))))
    with pytest.raises(IllegalMove):
        log_call(opco.viewer, waiting.id, Call.REACHED)
    with pytest.raises(UnknownCase):
        log_call(a_desk("cci", "cci-34").viewer, taken, Call.REACHED)
    assert calls(taken) == []


def test_a_talk_the_company_denies_does_not_erase_the_attempts(opco: Desk, taken: int) -> None:
    for call, at in ((Call.NO_ANSWER, YESTERDAY), (Call.NO_ANSWER, TODAY), (Call.REACHED, LATER)):
        log_call(opco.viewer, taken, call, at=at)
    with transaction() as session:
        session.get_one(Dossier, taken).first_contact_on = None
    dossier = dossier_seen(opco.viewer, taken)
    assert dossier is not None and len(attempt_days(dossier)) == 2
