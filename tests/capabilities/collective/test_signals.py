"""A signal for every need filed, read again when its case moves, whatever stopped half-way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.collective import signal_actions, unread
from app.collective.models import Progress, Signal
from app.collective.signal_actions import fill_basins, fill_families, gather_all, gather_signals
from app.collective.words import Unanswered
from app.dossiers.actions import close, decline, take
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.lifecycle import DeclineReason, Move, Outcome
from app.dossiers.models import Event
from app.extensions import db, transaction
from app.inquiries.models import Inquiry, Need
from app.workbench.capture_actions import capture
from app.workbench.findings import Findings
from tests.capabilities.collective.conftest import BAKER, BAKERS, Asked, link
from tests.cases import Desk, an_orientation, file_need, lead_of


def signal_of(need: int) -> Signal:
    db.session.rollback()
    return db.session.query(Signal).filter_by(need_id=need).one()


def test_a_need_filed_is_a_signal_without_any_name(ask: Asked, linked: None) -> None:
    need = ask(posts=2)
    gather_all()
    found = signal_of(need)
    told = {name: getattr(found, name) for name in ("rome", "family", "commune", "departement", "head_count")}
    assert told == {
        "rome": BAKER,
        "family": BAKERS,
        "commune": "34142",
        "departement": "34",
        "head_count": 2,
    }
    assert (found.theme, found.need_key) == ("alternance", "alt_apprenti") and not found.answered
    written = {str(value) for column in Signal.__table__.c if (value := getattr(found, column.name))}
    assert not any("Fournil" in value or "000000001" in value for value in written)


def test_the_same_company_has_the_same_key_in_all_its_establishments(ask: Asked) -> None:
    first, again, other = ask(1), ask(1), ask(2)
    with transaction() as session:
        session.get_one(Inquiry, session.get_one(Need, again).inquiry_id).siret = "00000000100029"
    gather_all()
    keys = [signal_of(one).company for one in (first, again, other)]
    assert keys[0] == keys[1] != keys[2]


def test_nothing_new_writes_nothing(ask: Asked) -> None:
    ask()
    assert gather_signals() and not gather_signals()
    before = db.session.query(Progress).one().number
    assert not gather_signals() and db.session.query(Progress).one().number == before


def test_what_is_captured_and_how_it_ends_is_read_again(ask: Asked, opco: Desk, linked: None) -> None:
    need = ask(rome=None)
    gather_all()
    assert signal_of(need).rome is None
    dossier = lead_of(need)
    take(opco.viewer, dossier.id, dossier.version)
    capture(opco.viewer, dossier.id, 0, Findings("Boulanger", BAKER, 4))
    log_call(opco.viewer, dossier.id, Call.REACHED)
    gather_all()
    assert (signal_of(need).family, signal_of(need).head_count) == (BAKERS, 4)
    close(opco.viewer, dossier.id, lead_of(need).version, Outcome.NO_HELP)
    gather_all()
    assert signal_of(need).unanswered == Unanswered.NO_HELP and not signal_of(need).answered


def test_a_request_nobody_could_answer_says_so(ask: Asked, opco: Desk, maison: Desk) -> None:
    refused, alone = ask(), file_need(an_orientation(("region_mmr", maison.slug)))
    dossier = lead_of(refused)
    decline(opco.viewer, dossier.id, dossier.version, DeclineReason.NOT_OUR_REMIT)
    gather_all()
    assert signal_of(refused).unanswered == Unanswered.DECLINED
    assert signal_of(alone).unanswered == Unanswered.ALONE


def test_a_crash_half_way_loses_nothing(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    needs = [ask(number) for number in range(1, 4)]
    real, seen = signal_actions._write, list[int]()

    def dies(session: Any, need: Need) -> None:
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(need.id)
        real(session, need)

    monkeypatch.setattr(signal_actions, "_write", dies)
    with pytest.raises(KeyboardInterrupt):
        gather_signals()
    assert db.session.query(Signal).count() == 0
    monkeypatch.setattr(signal_actions, "_write", real)
    gather_all()
    assert {one.need_id for one in db.session.query(Signal)} == set(needs)


def test_a_line_of_the_journal_seen_late_is_not_lost(ask: Asked) -> None:
    """On PostgreSQL a line may appear below the mark: its transaction ended after a later one's."""
    late, soon = ask(1), ask(2)
    with transaction() as session:
        hidden = session.query(Event).filter_by(need_id=late).all()
        kept = [{name: getattr(one, name) for name in ("id", "dossier_id", "at")} for one in hidden]
        for one in hidden:
            session.delete(one)
    gather_all()
    assert [one.need_id for one in db.session.query(Signal)] == [soon]
    with transaction() as session:
        for row in kept:
            session.add(Event(need_id=late, kind=Move.OPENED, rulebook="", **row))
    gather_all()
    assert signal_of(late).theme == "alternance"


def test_a_long_journal_is_read_in_pieces(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "AT_ONCE", 2)
    monkeypatch.setattr(unread, "LOOK_BACK", 3)
    needs = [ask(number) for number in range(1, 8)]
    gather_all()
    assert {one.need_id for one in db.session.query(Signal)} == set(needs)


def test_the_family_is_filled_once_the_passage_comes_in(ask: Asked) -> None:
    need, other = ask(), ask(2, rome="J1506")
    gather_all()
    assert signal_of(need).family is None and not fill_families()
    link({BAKERS: 2})
    assert fill_families() == 1 and not fill_families()
    assert signal_of(need).family == BAKERS and signal_of(other).family is None
    assert not fill_basins()


def test_a_need_requalified_or_joined_is_another_signal(ask: Asked, opco: Desk) -> None:
    need, joined = ask(1), ask(2)
    gather_all()
    with transaction() as session:
        session.get_one(Need, need).key, session.get_one(Need, need).theme = "rec_trouver_candidats", ""
        session.get_one(Need, joined).joined_to_id = need
        for one in (need, joined):
            dossier = lead_of(one)
            at = dossier.filed_at + timedelta(hours=1)
            session.add(Event(need_id=one, dossier_id=dossier.id, at=at, kind=Move.REQUALIFIED, rulebook=""))
    gather_all()
    assert signal_of(need).need_key == "rec_trouver_candidats" and signal_of(need).theme == "recruter"
    assert signal_of(need).counted and not signal_of(joined).counted
