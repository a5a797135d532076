"""Letters: written with what they announce, sent at least once, never lost."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from app.dossiers.actions import take
from app.extensions import db, transaction
from app.kernel.clock import utcnow
from app.mailbox import actions, transport
from app.mailbox.actions import BACK_OFF, LEASE, resend, send_waiting
from app.mailbox.kinds import LetterStatus
from app.mailbox.models import Letter
from app.mailbox.queries import counts_by_status, worker_age
from app.mailbox.records import POSTED, post
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need, lead_of


@pytest.fixture
def letters_folder(context: Flask) -> Iterator[Path]:
    """Empty before as well: the application is shared, and others of its tests write letters too."""
    folder = Path(context.config["MAIL_FILE_PATH"])
    _emptied(folder)
    yield folder
    _emptied(folder)


def _emptied(folder: Path) -> None:
    for file in folder.glob("*"):
        file.unlink()


@pytest.fixture
def opco(letters_folder: Path) -> Desk:
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def filed(opco: Desk) -> int:
    return file_need(an_orientation(("opco", opco.slug)))


def refusing(error: Exception):  # type: ignore[no-untyped-def]
    def send(*_args: object) -> None:
        raise error

    return send


def statuses() -> set[str]:
    return {letter.status for letter in db.session.query(Letter)}


def test_letters_leave_as_files_that_open_in_a_browser(filed: int, letters_folder: Path) -> None:
    report = send_waiting()
    assert (report.sent, report.failed) == (2, 0)
    page = next(letters_folder.glob("acknowledgement-*.html")).read_text(encoding="utf-8")
    assert "Antenne opco-ep-occitanie" in page and "/demandes/" in page
    message = message_from_bytes(next(letters_folder.glob("acknowledgement-*.eml")).read_bytes())
    assert message["To"] == "contact@boulangerie.exemple.fr"
    kinds = {part.get_content_type() for part in message.walk()}
    assert {"text/plain", "text/html"} <= kinds


def test_a_letter_leaves_once(filed: int) -> None:
    assert send_waiting().sent == 2
    assert send_waiting().sent == 0
    assert statuses() == {LetterStatus.SENT}


def test_posting_twice_is_one_letter(filed: int) -> None:
    inquiry_id = lead_of(filed).inquiry_id
    with transaction() as session:
        post(session, "acknowledgement", inquiry_id=inquiry_id)
    assert db.session.query(Letter).filter_by(kind="acknowledgement").count() == 1


def test_a_letter_dies_with_its_transaction(filed: int) -> None:
    with pytest.raises(RuntimeError), transaction() as session:
        post(session, "taken", inquiry_id=lead_of(filed).inquiry_id, dossier_id=lead_of(filed).id)
        raise RuntimeError
    assert db.session.query(Letter).filter_by(kind="taken").count() == 0
    assert POSTED not in db.session().info


def test_a_company_without_address_is_not_written_to(opco: Desk) -> None:
    file_need(an_orientation(("opco", opco.slug)), email=None)
    report = send_waiting()
    assert (report.sent, report.no_address) == (1, 1)


def test_the_company_reads_the_truth_when_the_branch_was_not_told(opco: Desk, letters_folder: Path) -> None:
    a_desk("cma", "cma-34", told=False)
    file_need(an_orientation(("cma", "cma-34")))
    send_waiting()
    page = next(letters_folder.glob("acknowledgement-*.html")).read_text(encoding="utf-8")
    assert "La Maison de Ma Région la lui transmet" in page and "vous appelle" not in page
    transmit = next(letters_folder.glob("case_to_transmit-*.eml")).read_bytes()
    assert message_from_bytes(transmit)["To"] == "mmr-34@antenne.exemple.fr"


def test_a_failure_backs_off_then_dies_and_can_be_sent_again(
    filed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {letter.id: letter.message_id for letter in db.session.query(Letter)}
    monkeypatch.setattr(actions, "send", refusing(ConnectionRefusedError("contact@secret.exemple.fr")))
    now = utcnow()
    with time_machine.travel(now, tick=False) as clock:
        for wait in BACK_OFF:
            assert send_waiting().failed == 2
            clock.shift(wait - timedelta(seconds=1))
            assert send_waiting().failed == 0
            clock.shift(timedelta(seconds=1))
        assert send_waiting().failed == 2
    assert statuses() == {LetterStatus.DEAD}
    assert {one.last_error for one in db.session.query(Letter)} == {"ConnectionRefusedError"}
    monkeypatch.undo()
    for letter_id in ids:
        resend(letter_id)
    assert send_waiting().sent == 2
    assert {one.id: one.message_id for one in db.session.query(Letter)} == ids


def test_a_recipient_refused_for_good_is_not_tried_again(filed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = smtplib.SMTPRecipientsRefused({"contact@secret.exemple.fr": (550, b"unknown contact@secret")})
    monkeypatch.setattr(actions, "send", refusing(refused))
    send_waiting()
    assert counts_by_status() == {LetterStatus.DEAD: 2}
    assert {one.last_error for one in db.session.query(Letter)} == {"SMTPRecipientsRefused 550"}


def test_a_sender_that_dies_half_way_leaves_the_letter_due_again(
    filed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "send", refusing(KeyboardInterrupt()))  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        send_waiting(1)
    monkeypatch.undo()
    assert send_waiting().sent == 1
    with time_machine.travel(utcnow() + LEASE + timedelta(seconds=1)):
        assert send_waiting().sent == 1
    assert statuses() == {LetterStatus.SENT}


def test_one_broken_letter_does_not_stop_the_others(filed: int) -> None:
    with transaction() as session:
        session.query(Letter).filter_by(kind="acknowledgement").update({"kind": "unheard_of"})
    report = send_waiting()
    assert (report.sent, report.failed) == (1, 1)


def test_a_demonstration_never_sends_real_mail(
    context: Flask, filed: int, letters_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "is_marked", lambda: True)
    monkeypatch.setattr(context.extensions["mailman"], "backend", "smtp")
    assert send_waiting().sent == 2
    assert len(list(letters_folder.glob("*.eml"))) == 2


def test_the_letter_of_taking_names_the_person(filed: int, opco: Desk, letters_folder: Path) -> None:
    take(opco.viewer, lead_of(filed).id, 1)
    send_waiting()
    message = next(letters_folder.glob("taken-*.html")).read_text(encoding="utf-8")
    assert "Sonia Ferrer" in message


def test_the_worker_says_it_is_alive(context: Flask) -> None:
    assert worker_age() is None
    actions.note_alive()
    age = worker_age()
    assert age is not None and age < timedelta(minutes=1)
