"""The loop: five requests of one place, a collective need, an action, its companies asked then told; the page of the
territory and the session pack say what it led to.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.accounts.abilities import Role, Viewer
from app.collective.acting import ActionKind, Reply, Result, Stage
from app.collective.agreement_actions import remind_silent, reply
from app.collective.detection_actions import propose_needs
from app.collective.models import Agreement, CollectiveAction, CollectiveEvent, CollectiveNeed
from app.collective.need_actions import StaleNeed, UnknownNeed, answer
from app.collective.planned import (
    action_read,
    asked_of,
    borne_by,
    companies_of,
    contributions,
    public_actions,
)
from app.collective.planning_actions import NewAction, NotNow, Outcome, abandon, hold, move, plan
from app.collective.queries import journal_of
from app.collective.signal_actions import gather_all
from app.collective.words import Happening, Reason, State
from app.exchanges.follow_actions import withdraw_needs
from app.extensions import db
from app.governance.packs import pack
from app.governance.periods import chosen
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import today, utcnow
from app.kernel.quarters import quarter_of
from app.kernel.vocabulary import ZoneKind
from app.mailbox.actions import send_waiting
from app.mailbox.kinds import KINDS
from app.mailbox.models import Letter
from app.reporting.cells import Place
from tests.capabilities.collective.conftest import Asked
from tests.cases import Desk, a_desk


@pytest.fixture
def need(ask: Asked, linked: None) -> CollectiveNeed:
    """Five requests of four companies, proposed by the duty."""
    for number in (1, 2, 3, 4, 4):
        ask(number, at=utcnow() - timedelta(days=2), posts=1)
    gather_all()
    while propose_needs():
        pass
    db.session.rollback()
    return db.session.query(CollectiveNeed).one()


def planned(maison: Desk, opco: Desk, need: CollectiveNeed) -> int:
    asked = [one.inquiry_id for one in companies_of(need)]
    new = NewAction(ActionKind.SHARED_TRAINING, "Former ensemble des boulangers", opco.slug, today(), asked)
    return plan(maison.viewer, need.id, need.version, new)


def letters(kind: str) -> list[Letter]:
    return db.session.query(Letter).filter_by(kind=kind).order_by(Letter.id).all()


def seen(viewer: Viewer, action: int) -> int:
    found = action_read(viewer, action)
    assert found is not None
    return found.version


def test_the_whole_loop(context: Flask, need: CollectiveNeed, maison: Desk, opco: Desk) -> None:
    assert (need.signals, need.companies, need.state) == (5, 4, State.PROPOSED)
    action = planned(maison, opco, need)
    assert planned(maison, opco, need) == action, "planned twice is once"
    acting = db.session.get_one(CollectiveNeed, need.id)
    assert acting.state == State.ACTION
    with pytest.raises(StaleNeed):
        answer(maison.viewer, need.id, acting.version, State.NOT_RELEVANT, Reason.OTHER, "Non")
    asked = asked_of(action)
    assert len(asked) == len(letters("action_asked")) == 4, "one letter a company"
    willing, unwilling = asked[0].inquiry_id, asked[1].inquiry_id
    for _ in range(2):
        assert reply(willing, action, True) and reply(unwilling, action, False)
    assert [one.company for one in borne_by(opco.viewer)[0][1]] == ["Fournil 1"], "only who agreed"
    hold(
        maison.viewer,
        action,
        seen(maison.viewer, action),
        Outcome(Result.TRAINED, 6, "Une session à Lodève."),
    )
    hold(maison.viewer, action, 0, Outcome(Result.TRAINED, 6, "Une session à Lodève."))
    told = letters("action_result")
    everyone = {one.inquiry_id for one in db.session.query(Need)}
    assert {one.inquiry_id for one in told} == everyone and len(told) == 5, "each request, once"
    assert db.session.get_one(CollectiveNeed, need.id).state == State.TREATED
    for inquiry in everyone:
        assert contributions(inquiry)[0].action.result is Result.TRAINED
    public = public_actions(need.place_kind, need.place_code, today())
    assert [(one.title, one.stage) for one in public] == [("Former ensemble des boulangers", Stage.HELD)]
    place = Place(ZoneKind(need.place_kind), need.place_code)
    period = chosen(quarter_of(today()).name, None, today())
    assert period
    (line,) = pack(maison.viewer, place, period, today()).actions.rows
    assert (line.stage, line.result, line.people) == (Stage.HELD, Result.TRAINED, 6)
    assert (line.asked, line.agreed) == (None, None), "four companies are a few"
    assert not reply(willing, action, False), "over is over"
    assert {"planned", "held", "answered"} <= {one.kind for one in db.session.query(CollectiveEvent)}
    send_waiting()
    assert not [one for one in db.session.query(Letter) if one.status == "dead"]


def test_the_company_s_page_asks_then_tells(
    context: Flask, need: CollectiveNeed, maison: Desk, opco: Desk
) -> None:
    action = planned(maison, opco, need)
    inquiry = db.session.get_one(Inquiry, asked_of(action)[0].inquiry_id)
    url, client = f"/demandes/{token_for(inquiry.id, 1)}/", context.test_client()
    assert "Oui, je participe" in client.get(url).text
    assert client.post(f"{url}action/{action}", data={"reponse": "oui"}).status_code == 303
    assert client.post(f"{url}action/{action}", data={"reponse": "peut-être"}).status_code == 400
    assert client.post(f"{url}action/999999", data={"reponse": "oui"}).status_code == 303
    assert "Vous participez." in client.get(url).text
    hold(maison.viewer, action, seen(maison.viewer, action), Outcome(Result.HIRED, 3, None))
    page = client.get(url).text
    assert "Votre demande a contribué à" in page and "Des embauches" in page and "Fournil 2" not in page


def test_nobody_else_acts_on_it(need: CollectiveNeed, maison: Desk, opco: Desk) -> None:
    stranger = a_desk("cma", "cma-34", name="Karim Haddad")
    action = planned(maison, opco, need)
    assert action_read(stranger.viewer, action) is None and not borne_by(stranger.viewer)
    with pytest.raises(UnknownNeed):
        hold(stranger.viewer, action, 1, Outcome(Result.HIRED, 1, None))
    with pytest.raises(UnknownNeed):
        abandon(opco.viewer, action, 1, "Non")


def test_a_stale_page_and_an_action_already_over_are_refused(
    need: CollectiveNeed, maison: Desk, opco: Desk
) -> None:
    with pytest.raises(StaleNeed):
        plan(
            maison.viewer, need.id, need.version + 1, NewAction(ActionKind.FORUM, "x", opco.slug, today(), [])
        )
    action = planned(maison, opco, need)
    with pytest.raises(StaleNeed):
        hold(maison.viewer, action, 99, Outcome(Result.HIRED, None, None))
    abandon(maison.viewer, action, seen(maison.viewer, action), "Le formateur a renoncé.")
    with pytest.raises(NotNow):
        hold(maison.viewer, action, seen(maison.viewer, action), Outcome(Result.HIRED, None, None))
    assert len(letters("action_abandoned")) == 4 and not letters("action_result")
    assert not public_actions(need.place_kind, need.place_code, today())


def test_who_does_not_answer_is_reminded_once(need: CollectiveNeed, maison: Desk, opco: Desk) -> None:
    action = planned(maison, opco, need)
    reply(asked_of(action)[0].inquiry_id, action, True)
    assert remind_silent(utcnow() + timedelta(days=2)) == 0
    later = utcnow() + timedelta(days=6)
    assert remind_silent(later) == 3 and remind_silent(later) == 0
    assert len(letters("action_asked_again")) == 3
    assert {one.reply for one in db.session.query(Agreement)} == {Reply.AGREED, Reply.ASKED}


def test_a_company_that_withdrew_is_left_alone_and_each_letter_reads(
    need: CollectiveNeed, maison: Desk, opco: Desk
) -> None:
    first = db.session.query(Need).order_by(Need.id).first()
    assert first is not None
    withdraw_needs(first.inquiry_id, [first.id], None)
    assert first.inquiry_id not in {one.inquiry_id for one in companies_of(need)}
    action = planned(maison, opco, need)
    hold(maison.viewer, action, seen(maison.viewer, action), Outcome(Result.HIRED, 2, "Deux contrats."))
    for kind in ("action_asked", "action_borne", "action_result"):
        content = KINDS[kind].content(letters(kind)[0])
        assert content.subject and content.address and content.facts["action"].title


def test_who_withdraws_later_is_left_alone_as_well(need: CollectiveNeed, maison: Desk, opco: Desk) -> None:
    """No reminder, no result, and its contact is not shown to the bearer any more, though it had agreed."""
    action = planned(maison, opco, need)
    agreed, silent = asked_of(action)[0].inquiry_id, asked_of(action)[1].inquiry_id
    reply(agreed, action, True)
    assert len(borne_by(opco.viewer)[0][1]) == 1
    for inquiry in (agreed, silent):
        withdraw_needs(inquiry, [db.session.query(Need).filter_by(inquiry_id=inquiry).one().id], None)
    assert not borne_by(opco.viewer)[0][1]
    remind_silent(utcnow() + timedelta(days=6))
    hold(maison.viewer, action, seen(maison.viewer, action), Outcome(Result.HIRED, 1, None))
    told = {one.inquiry_id for kind in ("action_asked_again", "action_result") for one in letters(kind)}
    assert told and not told & {agreed, silent}


def test_it_is_not_held_before_its_day(need: CollectiveNeed, maison: Desk, opco: Desk) -> None:
    asked = [one.inquiry_id for one in companies_of(need)]
    new = NewAction(ActionKind.FORUM, "Plus tard", opco.slug, today() + timedelta(days=9), asked)
    action = plan(maison.viewer, need.id, need.version, new)
    with pytest.raises(NotNow, match="prévue le"):
        hold(maison.viewer, action, 1, Outcome(Result.HIRED, 1, None))
    hold(maison.viewer, action, 1, Outcome(Result.HIRED, 1, None), at=utcnow() + timedelta(days=9))


def test_it_changes_its_day_and_everybody_asked_is_told_each_time(
    need: CollectiveNeed, maison: Desk, opco: Desk
) -> None:
    action = planned(maison, opco, need)
    first, second, *_ = (one.inquiry_id for one in asked_of(action))
    reply(first, action, True)
    reply(second, action, False)
    for days in (3, 5):
        move(
            maison.viewer, action, seen(maison.viewer, action), today() + timedelta(days=days), "Salle prise"
        )
    move(maison.viewer, action, 0, today() + timedelta(days=5), "Un second clic")
    told = letters("action_moved")
    assert len(told) == 2 * 3 and second not in {one.inquiry_id for one in told}, "who declined is left alone"
    assert len(letters("action_moved_bearer")) == 2
    send_waiting()
    assert not [one for one in db.session.query(Letter) if one.status == "dead"]
    found = action_read(maison.viewer, action)
    assert found and found.on == today() + timedelta(days=5)
    assert reply(first, action, False), "an answer may change until that day"
    said = [line.words or "" for line in journal_of(need.id) if line.kind == Happening.MOVED]
    assert len(said) == 2 and said[0].endswith(": Salle prise")
    with pytest.raises(StaleNeed):
        move(maison.viewer, action, 0, today(), "Trop tôt")
    abandon(maison.viewer, action, seen(maison.viewer, action), "Plus de salle")
    with pytest.raises(NotNow):
        move(maison.viewer, action, 0, today(), "Trop tard")


def test_each_answer_is_in_the_journal_and_a_refusal_has_no_name(
    need: CollectiveNeed, maison: Desk, opco: Desk
) -> None:
    action = planned(maison, opco, need)
    first, second, *_ = asked_of(action)
    for _ in range(2):
        reply(first.inquiry_id, action, True)
    reply(second.inquiry_id, action, False)
    said = [(line.kind, line.words) for line in journal_of(need.id)][:2]
    assert said == [(Happening.DECLINED, None), (Happening.AGREED, first.reference)]


def test_whoever_is_second_is_told_and_plans_nothing(need: CollectiveNeed, maison: Desk, opco: Desk) -> None:
    planned(maison, opco, need)
    other = a_desk("region_mmr", "mmr-34-bis", role=Role.MAISON_ADVISER, name="Julien Marty")
    also = replace(other.viewer, posts=(*other.viewer.posts, *maison.viewer.posts))
    new = NewAction(ActionKind.FORUM, "Un forum", opco.slug, today(), [])
    with pytest.raises(NotNow) as refused:
        plan(also, need.id, 0, new)
    assert "Nadia Roux vient de prévoir" in refused.value.sentence
    assert db.session.query(CollectiveAction).count() == 1


def test_two_maisons_at_once_plan_one_action(
    context: Flask, need: CollectiveNeed, maison: Desk, opco: Desk
) -> None:
    other = a_desk("region_mmr", "mmr-34-bis", role=Role.MAISON_ADVISER, name="Julien Marty")
    also = replace(other.viewer, posts=(*other.viewer.posts, *maison.viewer.posts))
    need_id, version, start, ends = need.id, need.version, Barrier(2), list[object]()

    def work(viewer: Viewer, title: str) -> None:
        with context.app_context():
            start.wait()
            try:
                ends.append(
                    plan(viewer, need_id, version, NewAction(ActionKind.FORUM, title, opco.slug, today(), []))
                )
            except NotNow as refused:
                ends.append(refused.sentence)

    db.session.rollback()
    threads = [Thread(target=work, args=one) for one in ((maison.viewer, "Un forum"), (also, "Un autre"))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(isinstance(end, int) for end in ends) == [False, True], ends
    assert db.session.query(CollectiveAction).count() == 1


def test_every_place_it_touches_shows_it_for_a_year(need: CollectiveNeed, maison: Desk, opco: Desk) -> None:
    planned(maison, opco, need)
    for kind, code in (("departement", "34"), ("commune", "34142"), ("region", "76")):
        assert len(public_actions(kind, code, today())) == 1, kind
        assert not public_actions(kind, code, today() + timedelta(days=366)), kind
    assert not public_actions("departement", "12", today()) and not public_actions(
        "commune", "99999", today()
    )
