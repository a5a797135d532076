"""The demonstration: invented, in the past, once, and enough for every desk to show something."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.queries import demo_state, user_by_email, viewer_of
from app.cli import demo, stories
from app.cli.demo import ACCOUNTS, COMPLETE, ENTERED, PEOPLE, load_demonstration
from app.collective.models import CollectiveNeed
from app.dossiers.desk import Tab
from app.dossiers.lists import desk_counts
from app.dossiers.models import Dossier, Event
from app.dossiers.queries import to_transmit
from app.dossiers.reminder_actions import remind_due
from app.extensions import db, transaction
from app.gpec.models import FapFamily, GpecDataset, RomeFapLink
from app.gpec.queries import last_import
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import PARIS, today, utcnow
from app.kernel.vocabulary import DEPARTEMENTS
from app.mailbox.kinds import LetterStatus
from app.mailbox.models import Letter
from app.reporting.queries import board
from app.reporting.scope import Scope
from app.rulebooks.queries import in_force
from tests.cases import a_person

TABLES = (Inquiry, Need, Dossier, Event, Letter)
FICTION = re.compile(r"06 39 98 \d\d \d\d")
TOLD = stories.stories()


@pytest.fixture
def seeded_context(seeded_context: Flask) -> Iterator[Flask]:
    """Official rows outlive a test: those of the demonstration are no other test's."""
    yield seeded_context
    with transaction() as session:
        for table in (RomeFapLink, FapFamily, GpecDataset):
            session.query(table).delete()


@pytest.mark.parametrize("story", TOLD, ids=lambda one: one.inquiry.company)
def test_everybody_is_invented_and_every_move_is_past(story: stories.Story) -> None:
    new = story.inquiry
    assert new.phone is None or FICTION.fullmatch(new.phone)
    assert new.email is None or new.email.endswith("@exemple.fr")
    assert new.phone or new.email
    assert new.is_demo
    assert 1 <= story.filed <= 60
    assert all(act.verb in stories.ACTS and act.day < story.filed for act in story.acts)
    assert [act.day for act in story.acts] == sorted(act.day for act in story.acts)


def test_the_stories_cover_the_region_and_the_themes() -> None:
    assert len(TOLD) >= 40
    assert {one.inquiry.form_id for one in TOLD} == {f"demonstration-{rank}" for rank in range(len(TOLD))}
    assert [one.filed for one in TOLD] == sorted((one.filed for one in TOLD), reverse=True)


def test_the_baker_of_lodeve_came_yesterday() -> None:
    baker = TOLD[-1].inquiry
    assert (baker.commune, baker.idcc, baker.workforce, baker.needs) == (
        "34142",
        "843",
        (4, 4),
        ("alt_apprenti",),
    )
    assert str(baker.naf) == "10.71C"


def counts() -> list[int]:
    db.session.rollback()
    return [db.session.query(table).count() for table in TABLES]


def test_every_desk_shows_something(seeded_context: Flask) -> None:
    load_demonstration()
    on = today()
    viewers = {email: viewer_of(user_by_email(email), on) for _, email, _ in PEOPLE}  # type: ignore[arg-type]
    counts = desk_counts(viewers["sonia.ferrer@exemple.fr"])
    assert {tab for tab in Tab if not counts[tab]} <= {Tab.TO_ACCEPT, Tab.WAITING}
    assert desk_counts(viewers["karim.haddad@exemple.fr"])[Tab.CLOSED]
    assert to_transmit(viewers["nadia.roux@exemple.fr"])
    figures = board(Scope(on.replace(year=on.year - 1), on))
    assert {line.code for line in figures.by_departement} == set(DEPARTEMENTS)
    assert {line.code for line in figures.by_theme} == set(in_force(on).themes) - {"hors_champ"}
    assert figures.total.median_days is not None and figures.partner.received
    moved = db.session.query(Need.inquiry_id).join(Event, Event.need_id == Need.id)
    played = moved.filter(Event.kind.in_(["taken", "declined"])).distinct().count()
    assert played == sum(bool(one.acts) for one in TOLD)


def test_nothing_happens_in_the_future_and_few_letters_leave(seeded_context: Flask) -> None:
    load_demonstration()
    now = utcnow()
    assert all(at < now for (at,) in db.session.query(Event.at))
    assert all(inquiry.is_demo and inquiry.filed_at < now for inquiry in db.session.query(Inquiry))
    waiting = db.session.query(Letter).filter(Letter.status == LetterStatus.WAITING).count()
    assert 0 < waiting < 20


def test_the_first_run_of_the_clocks_moves_nothing(seeded_context: Flask) -> None:
    load_demonstration()
    before = counts()
    noon = datetime.combine(stories.workday_before(today() + timedelta(days=1), 1), time(12), PARIS)
    assert remind_due(noon) == 0
    assert counts() == before


def test_loading_again_changes_nothing(seeded_context: Flask) -> None:
    load_demonstration()
    before, file = counts(), Path(seeded_context.config["GUICHET"].instance_dir) / ACCOUNTS
    written = file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    load_demonstration()
    assert (counts(), file.read_text(encoding="utf-8")) == (before, written)
    assert demo_state() == COMPLETE


def test_a_load_cut_short_goes_on(seeded_context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(told: object, cast: object, on: object) -> None:
        stories.play(TOLD[:7], cast, on)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "play", cut)
    with pytest.raises(KeyboardInterrupt):
        load_demonstration()
    assert demo_state() == ENTERED and counts()[0] == 7
    monkeypatch.undo()
    load_demonstration()
    assert counts()[0] == len(TOLD) and demo_state() == COMPLETE


def test_a_base_in_use_stays_as_it_is(seeded_context: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    a_person("Awa Sow")
    load_demonstration()
    assert counts() == [0] * len(TABLES) and demo_state() is None
    assert "contient déjà des comptes" in capsys.readouterr().err


def test_without_communes_it_says_so(context: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    load_demonstration()
    assert counts()[0] == 0
    assert "manque" in capsys.readouterr().err


def test_requests_alike_make_a_collective_need(seeded_context: Flask) -> None:
    load_demonstration()
    need = db.session.query(CollectiveNeed).one()
    assert (need.family, need.theme, need.signals, need.companies) == ("X9X90", "recruter", 5, 5)
    assert not last_import("rome-fap"), "invented lines are never taken for the file"
