"""A need given its right name: decided again by the real rules, one lead all along, the former decision kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.directory.queries import snapshot
from app.dossiers import loads, requalify_actions
from app.dossiers.actions import take
from app.dossiers.lifecycle import IllegalMove, Move, Status
from app.dossiers.models import Dossier, Event
from app.dossiers.moving import StaleCase, UnknownCase
from app.dossiers.requalify_actions import requalify
from app.extensions import db
from app.inquiries.models import Need, PastDecision
from app.intake import NewInquiry, receive
from app.kernel.codes import Idcc
from app.mailbox.actions import send_waiting
from app.mailbox.models import Letter
from app.routing.choosing import Load
from app.routing.facts import DirectorySnapshot
from tests.cases import Desk, a_viewer, lead_of


@pytest.fixture
def need_id(seeded_context: Flask) -> int:
    """An apprentice wanted in Lodève by a bakery."""
    filed = receive(
        NewInquiry(
            form_id="requalifie",
            needs=("alt_apprenti",),
            commune="34142",
            company="Boulangerie Vidal",
            idcc=Idcc("843"),
            workforce=(4, 4),
            email="contact@boulangerie.exemple.fr",
            answers={"diplome_niveau": 3},
        )
    )
    return db.session.query(Need).filter_by(inquiry_id=filed.inquiry_id).one().id


def desk_of_lead(need_id: int) -> Desk:
    lead = lead_of(need_id)
    return Desk(lead.branch_id, "", a_viewer("Sonia Ferrer", lead.branch_id, "x"))


def renamed(desk: Desk, need_id: int, key: str) -> None:
    lead = lead_of(need_id)
    requalify(desk.viewer, lead.id, lead.version, key, "Il s’agit d’autre chose")


def standing(need_id: int) -> list[tuple[str, str, bool]]:
    rows = db.session.query(Dossier).filter_by(need_id=need_id).order_by(Dossier.id)
    return [(one.actor, one.status, one.leads) for one in rows]


def kept(need_id: int) -> set[str]:
    decision = db.session.get_one(Need, need_id).decision or {}
    return {one["actor"] for one in (decision["lead"], *decision["supports"]) if one["branch"]}


@pytest.mark.parametrize(
    "key", ["rec_trouver_candidats", "inc_handicap_recruter", "for_salaries", "rec_etranger"]
)
def test_the_case_follows_the_new_decision(need_id: int, key: str) -> None:
    desk = desk_of_lead(need_id)
    take(desk.viewer, lead_of(need_id).id, lead_of(need_id).version)
    former = lead_of(need_id).actor
    renamed(desk, need_id, key)
    need = db.session.get_one(Need, need_id)
    assert (need.key, (need.decision or {})["rulebook"]) == (key, need.rulebook_hash)
    open_ = {actor for actor, status, _ in standing(need_id) if status in ("received", "taken")}
    assert open_ == kept(need_id) | ({former} if lead_of(need_id).actor == former else set())
    assert [leads for *_, leads in standing(need_id)].count(True) == 1
    assert (lead_of(need_id).actor == former) is (former in kept(need_id))
    if lead_of(need_id).actor == former:
        assert lead_of(need_id).status == Status.TAKEN
    ended = {status for actor, status, _ in standing(need_id) if actor not in open_}
    assert ended <= {Status.REROUTED}


def test_the_former_decision_is_kept_and_the_company_told_once(need_id: int) -> None:
    desk = desk_of_lead(need_id)
    seen, lead_id = lead_of(need_id).version, lead_of(need_id).id
    before = db.session.get_one(Need, need_id).decision
    requalify(desk.viewer, lead_id, seen, "for_salaries")
    requalify(desk.viewer, lead_id, seen, "for_salaries")
    past = db.session.query(PastDecision).one()
    assert (past.need_id, past.key, past.decision) == (need_id, "alt_apprenti", before)
    kinds = [one.kind for one in db.session.query(Event).filter_by(need_id=need_id)]
    assert kinds.count(Move.REQUALIFIED) == 1
    assert db.session.query(Letter).filter_by(kind="requalified").count() == 1
    send_waiting()
    assert db.session.query(Letter).filter_by(status="waiting").count() == 0


def test_going_back_calls_the_former_branches_again(need_id: int) -> None:
    desk = desk_of_lead(need_id)
    first = kept(need_id)
    renamed(desk, need_id, "rec_etranger")
    renamed(desk_of_lead(need_id), need_id, "alt_apprenti")
    open_ = {actor for actor, status, _ in standing(need_id) if status in ("received", "taken")}
    assert first <= open_
    assert [leads for *_, leads in standing(need_id)].count(True) == 1


@pytest.mark.parametrize("key", ["", "inconnu", "hc_pas_rh", "alt_apprenti", "\x00", "é" * 500])
def test_what_is_no_other_need_is_refused(need_id: int, key: str) -> None:
    with pytest.raises(IllegalMove):
        renamed(desk_of_lead(need_id), need_id, key)
    assert db.session.query(PastDecision).count() == 0


def test_the_load_of_twin_branches_weighs_as_at_filing(need_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    real = snapshot()
    twins = tuple(replace(one, slug=f"zz-{one.slug}") for one in real.branches)
    doubled = DirectorySnapshot("v", real.places, real.former, (*real.branches, *twins), {}, real.elsewhere)
    full = {one.slug: Load(9, 9, 9) for one in real.branches}
    monkeypatch.setattr(requalify_actions, "snapshot", lambda: doubled)
    monkeypatch.setattr(loads, "loads_of", lambda slugs, on: {one: full[one] for one in slugs if one in full})
    renamed(desk_of_lead(need_id), need_id, "rec_trouver_candidats")
    decision = db.session.get_one(Need, need_id).decision or {}
    chosen = [one["branch"] for one in (decision["lead"], *decision["supports"]) if one["branch"]]
    assert chosen and all(one.startswith("zz-") for one in chosen)


def test_only_the_lead_as_it_was_seen(need_id: int) -> None:
    desk = desk_of_lead(need_id)
    seen = lead_of(need_id).version
    take(desk.viewer, lead_of(need_id).id, seen)
    with pytest.raises(StaleCase):
        requalify(desk.viewer, lead_of(need_id).id, seen, "for_salaries")
    support = db.session.query(Dossier).filter_by(need_id=need_id, leads=False).first()
    assert support is not None
    with pytest.raises(UnknownCase):
        requalify(desk.viewer, support.id, support.version, "for_salaries")
