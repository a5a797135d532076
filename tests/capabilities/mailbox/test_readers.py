"""Whoever receives a letter about a case may see that case: asked of every letter of an eventful story."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.accounts.abilities import Role, Viewer
from app.accounts.models import Post, User
from app.accounts.queries import viewer_of
from app.directory.models import Branch
from app.dossiers.actions import close, decline, take
from app.dossiers.lifecycle import DeclineReason, Outcome
from app.dossiers.models import Dossier
from app.dossiers.queries import case_for
from app.dossiers.reminder_actions import ask_why, close_silent, remind
from app.extensions import db, transaction
from app.kernel.clock import today, utcnow
from app.kernel.workdays import shift_workdays
from app.mailbox.kinds import KINDS, Recipient
from app.mailbox.models import Letter
from tests.cases import Desk, a_desk, a_maison, a_viewer, an_orientation, file_need, lead_of


def readers_of(letter: Letter) -> list[Viewer]:
    """The persons behind the address of a letter that does not go to the company."""
    asked = select(User).join(Post, Post.user_id == User.id).where(Post.branch_id == letter.branch_id)
    if letter.user_id is not None:
        asked = select(User).where(User.id == letter.user_id)
    return [viewer_of(user, today()) for user in db.session.scalars(asked)]


def an_eventful_story() -> None:
    maison = a_maison()
    opco, partner = a_desk("opco", "opco-ep-occitanie"), a_desk("france_travail", "france-travail-34")
    untold = a_desk("cma", "cma-34", told=False)
    a_viewer("Hélène Pujol", opco.branch_id, opco.slug, Role.BRANCH_MANAGER)
    for desk in (opco, partner, untold, maison):
        everything_happens_to(desk)


def everything_happens_to(desk: Desk) -> None:
    actor = db.session.get_one(Branch, desk.branch_id).actor
    kept = an_orientation((actor, desk.slug), ("opco", "opco-ep-occitanie"))
    late, refused, long, silent = (lead_of(file_need(kept)).id for _ in range(4))
    for days in range(1, 30):
        remind(late, utcnow() + timedelta(days=days))
    if actor != "region_mmr":
        decline(desk.viewer, refused, 1, DeclineReason.NO_CAPACITY)
    for dossier_id in (long, silent):
        take(desk.viewer, dossier_id, 1)
    ask_why(long, utcnow() + timedelta(days=60))
    close(desk.viewer, long, db.session.get_one(Dossier, long).version, Outcome.HELPED)
    with transaction() as session:
        session.get_one(Dossier, silent).waiting_since = shift_workdays(today(), -20)
    close_silent(silent, utcnow())


def test_nobody_is_written_to_about_a_case_they_may_not_see(context: Flask) -> None:
    an_eventful_story()
    letters = db.session.query(Letter).all()
    seen = {letter.kind for letter in letters}
    assert {"case_for_branch", "case_to_transmit", "reminder", "manager_reminder", "partner_silent"} <= seen
    for letter in letters:
        if letter.recipient == Recipient.COMPANY:
            dossier = db.session.get(Dossier, letter.dossier_id) if letter.dossier_id else None
            assert dossier is None or dossier.inquiry_id == letter.inquiry_id
            continue
        assert letter.dossier_id is not None
        for reader in readers_of(letter):
            assert case_for(reader, letter.dossier_id) is not None, (letter.kind, reader)
        written = KINDS[letter.kind].content(letter)
        branch = db.session.get_one(Branch, letter.branch_id)
        persons = {user.email for user in db.session.query(User) if user.id == letter.user_id}
        assert written.address in {branch.mailbox, None} | persons
