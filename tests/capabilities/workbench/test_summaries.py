"""The printable summary: asked, made by the worker for its reader alone, tagged, forgotten."""

from __future__ import annotations

import os
import sys
import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from app.accounts.models import Post
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.moving import UnknownCase
from app.extensions import db, transaction
from app.kernel.clock import today, utcnow
from app.mailbox.queue import DUE_NOW
from app.workbench import printer, summary_actions
from app.workbench.models import Summary
from app.workbench.printer import NoPrinter, can_print, pdf_of
from app.workbench.summaries import KEPT, STUCK, State, summary_of, summary_pdf
from app.workbench.summary_actions import ask_summary, forget_summaries, make_summaries
from tests.cases import Desk, a_viewer

ABSENT = not can_print() and not os.environ.get("CI")
needs_pango = pytest.mark.skipif(ABSENT, reason="libpango is absent: no PDF can be made here")


def state() -> str:
    db.session.rollback()
    return db.session.query(Summary).one().state


@needs_pango
def test_the_pdf_is_tagged_french_and_whole(taken: int, opco: Desk) -> None:
    log_call(opco.viewer, taken, Call.NO_ANSWER, "Sonne dans le vide <script>")
    ask_summary(opco.viewer, taken)
    ask_summary(opco.viewer, taken)
    assert state() == State.WAITING and summary_pdf(opco.viewer, taken) is None
    assert make_summaries() == 1 and make_summaries() == 0
    pdf = PdfReader(BytesIO(summary_pdf(opco.viewer, taken) or b""))
    catalog = str(pdf.root_object)
    assert "'/Lang': 'fr'" in catalog and "'/Marked': True" in catalog
    assert pdf.metadata is not None and "Boulangerie Vidal" in (pdf.metadata.title or "")
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for said in ("Raison de opco", "Territoire non couvert", "Toute entreprise peut former", "<script>"):
        assert said in text
    assert "Sonne dans le vide" in text and "Je cherche un apprenti" in text


@needs_pango
def test_a_document_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20"><text y="15">secret</text></svg>'
    secret.write_text(drawn, encoding="utf-8")
    bare = "<html lang=fr><title>x</title><p>x</p>{}</html>"
    image = bare.format(f'<img alt="x" src="{secret.as_uri()}">')
    assert "secret" not in PdfReader(BytesIO(pdf_of(image))).pages[0].extract_text()


def test_each_reader_has_their_own_and_a_stranger_none(taken: int, opco: Desk, stranger: Desk) -> None:
    colleague = a_viewer("Paul Roca", opco.branch_id, opco.slug)
    ask_summary(opco.viewer, taken)
    assert summary_of(colleague, taken) is None
    with pytest.raises(UnknownCase):
        ask_summary(stranger.viewer, taken)


def test_two_clicks_at_once_ask_for_one(context: Flask, taken: int, opco: Desk) -> None:
    failures: list[BaseException] = []

    def click() -> None:
        with context.app_context():
            try:
                ask_summary(opco.viewer, taken)
            except BaseException as error:
                failures.append(error)

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert not failures and state() == State.WAITING


def test_who_left_meanwhile_reads_nothing(taken: int, opco: Desk) -> None:
    ask_summary(opco.viewer, taken)
    with transaction() as session:
        post = session.query(Post).filter_by(user_id=opco.viewer.user_id).one()
        post.starts_on, post.ends_on = today() - timedelta(days=9), today() - timedelta(days=1)
    make_summaries()
    assert state() == State.FAILED


@pytest.mark.parametrize(
    ("failure", "said"), [(NoPrinter("libpango"), State.NO_PRINTER), (ValueError("x"), State.FAILED)]
)
def test_what_cannot_be_made_is_said_and_asked_again(
    taken: int, opco: Desk, monkeypatch: pytest.MonkeyPatch, failure: Exception, said: State
) -> None:
    def fails(_document: str) -> bytes:
        raise failure

    monkeypatch.setattr(summary_actions, "pdf_of", fails)
    ask_summary(opco.viewer, taken)
    make_summaries()
    assert state() == said
    ask_summary(opco.viewer, taken)
    assert state() == State.WAITING


def test_without_its_library_the_printer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_name: str) -> None:
        raise OSError("cannot load library 'libpango'")

    monkeypatch.setattr(printer, "import_module", absent)
    assert printer.main() == printer.ABSENT
    says_absent = f"import sys; sys.exit({printer.ABSENT})"
    monkeypatch.setattr(printer, "COMMAND", (sys.executable, "-c", says_absent))
    with pytest.raises(NoPrinter):
        pdf_of("<p>x</p>")


@pytest.mark.parametrize(
    "endless", ["import time; time.sleep(60)", "while True: pass", "raise SystemExit(1)", ""]
)
def test_a_document_that_never_ends_holds_nobody(
    taken: int, opco: Desk, monkeypatch: pytest.MonkeyPatch, endless: str
) -> None:
    monkeypatch.setattr(printer, "COMMAND", (sys.executable, "-c", endless))
    monkeypatch.setattr(printer, "PATIENCE", 0.5)
    ask_summary(opco.viewer, taken)
    assert make_summaries() == 1
    assert state() == State.FAILED


def test_a_worker_that_died_is_seen_and_old_ones_go(taken: int, opco: Desk) -> None:
    ask_summary(opco.viewer, taken)
    with transaction() as session:
        row = session.query(Summary).one()
        row.state, row.made_at = State.MAKING, utcnow() - STUCK - timedelta(seconds=1)
    assert make_summaries() == 0
    forget_summaries()
    assert state() == State.FAILED
    forget_summaries(utcnow() + KEPT + timedelta(minutes=1))
    assert not db.session.query(Summary).count()
    assert make_summaries in DUE_NOW and forget_summaries in DUE_NOW
