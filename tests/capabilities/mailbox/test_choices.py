"""How each person wants their letters: at once, together once a day, or not; and what no choice silences."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.accounts.abilities import Role
from app.accounts.models import Post, User
from app.dossiers.models import Dossier
from app.dossiers.readers import tell_branch
from app.dossiers.reminder_actions import remind
from app.dossiers.returned_actions import RETURNED, tell_returned
from app.extensions import db, transaction
from app.kernel.clock import utcnow
from app.mailbox.actions import send_waiting
from app.mailbox.choice_actions import choose
from app.mailbox.choices import choices_of
from app.mailbox.digest_actions import DIGEST, send_digests
from app.mailbox.kinds import KINDS, LetterStatus, Recipient
from app.mailbox.models import Letter, MailChoice
from app.mailbox.topics import TOPIC_OF, UNLESS_TOLD, Choice, Topic
from tests.cases import Desk, a_desk, a_maison, a_viewer, an_orientation, file_need, lead_of

FRIDAY = datetime(2026, 11, 27, 15, tzinfo=UTC)
MONDAY_DAWN = datetime(2026, 11, 30, 6, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def desk(context: Flask) -> Desk:
    """A branch whose mailbox nobody has verified: its letters go to its people."""
    a_maison()
    return a_desk("cma", "cma-34", told=False)


def a_case() -> Dossier:
    return lead_of(file_need(an_orientation(("cma", "cma-34"))))


def tells(dossier: Dossier, kind: str, number: int, at: datetime = FRIDAY) -> None:
    with transaction() as session:
        tell_branch(session, session.get_one(Dossier, dossier.id), kind, number, at)


def letters(kind: str) -> list[Letter]:
    db.session.rollback()
    return list(db.session.query(Letter).filter_by(kind=kind).order_by(Letter.id))


def test_every_topic_has_letters_and_a_choice_for_who_said_nothing() -> None:
    assert set(TOPIC_OF.values()) == set(Topic) == set(UNLESS_TOLD)
    assert Choice.NONE not in UNLESS_TOLD.values()


def test_every_chosen_kind_is_a_letter_to_a_team(context: Flask) -> None:
    assert {KINDS[kind].recipient for kind in TOPIC_OF} == {Recipient.BRANCH}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [(Choice.AT_ONCE, [LetterStatus.WAITING]), (Choice.DAILY, [LetterStatus.KEPT]), (Choice.NONE, [])],
)
def test_a_reminder_goes_as_its_reader_wants(
    desk: Desk, choice: Choice, expected: list[LetterStatus]
) -> None:
    choose(desk.viewer, {Topic.REMINDER: choice})
    tells(a_case(), "reminder", 1)
    assert [one.status for one in letters("reminder")] == expected
    assert not letters("still_to_transmit")


def test_choosing_again_is_one_row_and_the_last_word_counts(desk: Desk) -> None:
    for choice in (Choice.NONE, Choice.DAILY):
        choose(desk.viewer, {Topic.NOTE: choice})
    assert db.session.query(MailChoice).count() == 1
    assert choices_of(desk.viewer.user_id) == {**UNLESS_TOLD, Topic.NOTE: Choice.DAILY}


def test_a_new_case_is_told_to_the_maison_and_to_the_people_of_the_branch(desk: Desk) -> None:
    a_case()
    assert len(letters("case_to_transmit")) == 1
    assert [(one.user_id, one.status) for one in letters("case_for_branch")] == [
        (desk.viewer.user_id, LetterStatus.KEPT)
    ]


def test_one_digest_a_working_day_whoever_asks_and_when(desk: Desk) -> None:
    choose(desk.viewer, {Topic.REMINDER: Choice.DAILY})
    case = a_case()
    for number in (1, 2):
        tells(case, "reminder", number)
    with transaction() as session:
        for one in session.query(Letter).filter_by(kind="case_for_branch"):
            one.posted_at = FRIDAY
    assert send_digests(FRIDAY + timedelta(days=1)) == send_digests(MONDAY_DAWN) == 0
    assert send_digests(MONDAY) == 1 and send_digests(MONDAY + timedelta(hours=5)) == 0
    (digest,) = letters(DIGEST)
    assert {one.status for one in letters("reminder")} == {LetterStatus.TOGETHER}
    written = KINDS[DIGEST].content(digest)
    assert written.address == db.session.get_one(User, desk.viewer.user_id).email
    assert len(written.facts["lines"]) == 2, "the case, and its reminders said once"
    tells(case, "reminder", 3, MONDAY)
    assert send_digests(MONDAY + timedelta(hours=6)) == 0
    assert send_digests(TUESDAY) == 1 and len(letters(DIGEST)) == 2


def test_a_digest_leaves_with_its_links(desk: Desk) -> None:
    a_case()
    with transaction() as session:
        session.query(Letter).filter(Letter.kind != "case_for_branch").update({"status": LetterStatus.SENT})
        session.query(Letter).filter_by(kind="case_for_branch").update({"posted_at": FRIDAY})
    assert send_digests(MONDAY) == 1
    with transaction() as session:
        session.query(Letter).filter_by(kind=DIGEST).update({"due_at": utcnow()})
    send_waiting()
    assert [one.status for one in letters(DIGEST)] == [LetterStatus.SENT]


def test_nobody_is_told_of_a_branch_they_left(desk: Desk) -> None:
    choose(desk.viewer, {Topic.REMINDER: Choice.DAILY})
    tells(a_case(), "reminder", 1)
    send_digests(MONDAY)
    with transaction() as session:
        session.query(Post).filter_by(user_id=desk.viewer.user_id).delete()
    assert KINDS[DIGEST].content(letters(DIGEST)[0]).address is None


@pytest.mark.parametrize("managed", [True, False])
def test_no_choice_silences_the_escalation(desk: Desk, managed: bool) -> None:
    people = [desk.viewer]
    if managed:
        people.append(a_viewer("Hélène Pujol", desk.branch_id, desk.slug, Role.BRANCH_MANAGER))
    for viewer in people:
        choose(viewer, dict.fromkeys(Topic, Choice.NONE))
    late = a_case().id
    for days in range(1, 30):
        remind(late, utcnow() + timedelta(days=days))
    assert not letters("reminder")
    assert [one.user_id for one in letters("manager_reminder")] == [people[-1].user_id]
    assert {one.user_id for one in letters("relieved")} == {one.user_id for one in people}
    assert {one.status for one in letters("manager_reminder")} == {LetterStatus.WAITING}


@pytest.mark.parametrize("choice", [Choice.DAILY, Choice.NONE])
def test_letters_that_failed_together_are_told_once(desk: Desk, choice: Choice) -> None:
    choose(desk.viewer, {Topic.RETURNED: choice})
    case = a_case()
    with transaction() as session:
        for one in session.query(Letter).filter_by(recipient=Recipient.COMPANY):
            one.status = LetterStatus.BOUNCED
    assert letters("acknowledgement")
    assert (tell_returned(), tell_returned()) == (1, 0)
    (told,) = letters(RETURNED)
    assert told.dossier_id == case.id
    mine = (desk.viewer.user_id, LetterStatus.KEPT)
    assert (told.user_id, told.status) == (mine if choice is Choice.DAILY else (None, LetterStatus.WAITING))
