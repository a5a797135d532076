"""Joined files: written before their row, read by who reads their message, destroyed when infected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from flask import Flask

from app.dossiers.moving import UnknownCase
from app.dossiers.queries import case_for
from app.exchanges import records, store
from app.exchanges.actions import UnknownNeed, Written, adviser_writes, company_writes
from app.exchanges.audiences import Audience, Scan
from app.exchanges.formats import NewFile
from app.exchanges.models import Attachment, Message
from app.exchanges.queries import attachment_for, attachment_of_company
from app.exchanges.refusals import RefusedFile
from app.exchanges.scanning_actions import scan_pending, sweep_orphans
from app.extensions import db
from app.kernel.clock import utcnow
from tests.capabilities.exchanges.clamd import EICAR, clamd
from tests.capabilities.exchanges.conftest import Case

Set = Callable[..., None]


@pytest.fixture
def settings(context: Flask, tmp_path: Path) -> Iterator[Set]:
    """Settings of one test; its files are kept apart."""
    before = context.config["GUICHET"]

    def put(**changes: object) -> None:
        context.config["GUICHET"] = replace(context.config["GUICHET"], **changes)

    put(attachments_url=f"file://{tmp_path / 'pièces jointes'}")
    yield put
    context.config["GUICHET"] = before


def a_file(data: bytes = b"bonjour") -> NewFile:
    return NewFile("note.txt", "text/plain", data)


def send(case: Case, *files: NewFile) -> list[Attachment]:
    company_writes(case.inquiry_id, case.need_id, Written("", uuid4().hex, files))
    return list(db.session.query(Attachment).order_by(Attachment.id))


def kept(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_is_read_by_who_reads_its_message(case: Case, settings: Set) -> None:
    told = send(case, a_file())[0]
    note = Written("", uuid4().hex, (a_file(b"entre nous"),))
    adviser_writes(case.opco.viewer, case.dossier(case.opco), Audience.TEAM, note)
    ours = db.session.query(Attachment).order_by(Attachment.id.desc()).first()
    assert ours is not None and attachment_of_company(case.inquiry_id, told.id) is not None
    assert attachment_of_company(case.inquiry_id, ours.id) is None
    assert attachment_of_company(case.inquiry_id + 1, told.id) is None
    for desk, sees in ((case.opco, True), (case.cma, False), (case.ft, False)):
        file = case_for(desk.viewer, case.dossier(desk))
        assert file and attachment_for(file, told.id) is not None
        assert (attachment_for(file, ours.id) is not None) is sees


def test_names_cannot_be_guessed_and_a_changed_file_is_not_given(
    case: Case, settings: Set, tmp_path: Path
) -> None:
    first, second = send(case, a_file(), a_file())
    assert first.place != second.place and "note" not in first.place and len(first.place) > 38
    assert store.read(first.place, first.sha256) == b"bonjour"
    kept(tmp_path)[0].write_bytes(b"autre")
    kept(tmp_path)[1].unlink()
    assert store.read(first.place, first.sha256) is store.read(second.place, second.sha256) is None


def test_a_failure_leaves_no_row_and_the_file_is_swept(
    case: Case, settings: Set, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(records, "post", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(case, a_file())
    assert db.session.query(Message).count() == db.session.query(Attachment).count() == 0
    assert len(kept(tmp_path)) == 1, "never without its file: the file comes first"
    known = send(case, a_file(b"garde"))[0]
    sweep_orphans()
    assert len(kept(tmp_path)) == 2, "what is being written today is left alone"
    with time_machine.travel(utcnow() + timedelta(days=3), tick=False):
        sweep_orphans()
        sweep_orphans()
    assert [path.read_bytes() for path in kept(tmp_path)] == [b"garde"]
    assert store.read(known.place, known.sha256) == b"garde"


def test_a_request_holds_a_bounded_number_of_files(case: Case, settings: Set) -> None:
    settings(attachments_per_inquiry=3)
    send(case, a_file(), a_file())
    with pytest.raises(RefusedFile):
        send(case, a_file(), a_file())
    assert db.session.query(Attachment).count() == 2 and db.session.query(Message).count() == 1


def test_what_is_refused_or_sent_again_leaves_no_file(case: Case, settings: Set, tmp_path: Path) -> None:
    """Whoever insists after a refusal would fill the disk until the sweep of the next day."""
    settings(attachments_per_inquiry=1)
    once = Written("", uuid4().hex, (a_file(),))
    for _ in range(3):
        company_writes(case.inquiry_id, case.need_id, once)
    with pytest.raises(RefusedFile):
        send(case, a_file())
    with pytest.raises(UnknownNeed):
        company_writes(case.inquiry_id, case.need_id + 1, once)
    with pytest.raises(UnknownCase):
        adviser_writes(case.stranger.viewer, case.dossier(case.opco), Audience.TEAM, once)
    assert len(kept(tmp_path)) == db.session.query(Attachment).count() == 1


def test_without_antivirus_a_file_says_it_was_not_analysed(case: Case, settings: Set) -> None:
    one = send(case, a_file())[0]
    scan_pending()
    assert one.scan == Scan.NOT_SCANNED and one.served and one.scan_words == "non analysé"


def test_the_antivirus_gives_what_is_clean_and_destroys_what_is_not(
    case: Case, settings: Set, tmp_path: Path
) -> None:
    with clamd() as address:
        settings(clamd_url=address)
        clean, infected = send(case, a_file(), a_file(EICAR))
        assert [one.served for one in (clean, infected)] == [False, False], (
            "nothing is given before it is read"
        )
        scan_pending()
        db.session.expire_all()
    assert (clean.scan, infected.scan) == (Scan.CLEAN, Scan.INFECTED)
    assert [one.served for one in (clean, infected)] == [True, False]
    assert [path.read_bytes() for path in kept(tmp_path)] == [b"bonjour"]


def test_an_antivirus_that_is_away_is_asked_again(case: Case, settings: Set) -> None:
    with clamd() as address:
        settings(clamd_url=address)
    one = send(case, a_file())[0]
    scan_pending()
    assert one.scan == Scan.PENDING and not one.served
    with clamd() as address:
        settings(clamd_url=address)
        scan_pending()
    db.session.expire_all()
    assert one.scan == Scan.CLEAN


def test_an_antivirus_taken_away_frees_what_it_never_read(case: Case, settings: Set) -> None:
    settings(clamd_url="127.0.0.1:1")
    one = send(case, a_file())[0]
    settings(clamd_url="")
    scan_pending()
    db.session.expire_all()
    assert one.scan == Scan.NOT_SCANNED


def test_a_store_that_is_not_a_disk(case: Case, settings: Set) -> None:
    settings(attachments_url="memory://guichet")
    one = send(case, a_file())[0]
    assert store.read(one.place, one.sha256) == b"bonjour"
    store.forget([one.place, "20260101/never"])
    assert store.read(one.place, one.sha256) is None
