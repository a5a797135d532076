"""An inquiry arrives: everything is written together, once, or nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from flask import Flask

from app import intake
from app.directory.queries import snapshot
from app.dossiers import loads as dossier_loads
from app.dossiers.models import Dossier, Event
from app.extensions import db
from app.inquiries.models import Inquiry, Need
from app.intake import NewInquiry, OutOfScope, decide_only, receive
from app.kernel.codes import Idcc
from app.mailbox.models import Letter
from app.routing.choosing import Load
from app.routing.facts import DirectorySnapshot

MONDAY = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
BAKER = NewInquiry(
    form_id="baker-1",
    needs=("alt_apprenti",),
    commune="34142",
    company="Boulangerie Vidal",
    idcc=Idcc("843"),
    workforce=(4, 4),
    contact_name="Claire Vidal",
    email="claire@boulangerie-vidal.exemple.fr",
)
TABLES = (Inquiry, Need, Dossier, Event, Letter)


def _counts() -> list[int]:
    return [db.session.query(table).count() for table in TABLES]


def test_the_baker_gets_opco_ep_and_the_cma(seeded_context: Flask) -> None:
    filed = receive(BAKER, MONDAY)
    inquiry = db.session.get_one(Inquiry, filed.inquiry_id)
    lead = db.session.query(Dossier).filter_by(leads=True).one()
    assert (lead.actor, lead.first_contact_due) == ("opco", date(2026, 11, 30))
    assert "cma" in {one.actor for one in db.session.query(Dossier).filter_by(leads=False)}
    assert (inquiry.commune, inquiry.place, inquiry.departement) == ("34142", "Lodève", "34")
    need = db.session.query(Need).one()
    assert need.decision is not None
    assert need.decision["lead"]["branch"] == "opco-ep-occitanie"
    assert need.rulebook_hash == need.decision["rulebook"]


def test_the_same_form_gives_the_same_acknowledgement(seeded_context: Flask) -> None:
    first = receive(BAKER, MONDAY)
    before = _counts()
    again = receive(BAKER)
    assert (again.reference, again.token, again.again) == (first.reference, first.token, True)
    assert _counts() == before


def test_another_form_is_another_request(seeded_context: Flask) -> None:
    first, second = receive(BAKER), receive(replace(BAKER, form_id="baker-2"))
    assert first.reference != second.reference
    assert first.token != second.token


def test_a_failure_midway_leaves_nothing(seeded_context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(intake, "empty_draft", fail)
    with pytest.raises(RuntimeError):
        receive(BAKER)
    assert _counts() == [0] * len(TABLES)


def test_eight_copies_sent_together_make_one(seeded: Flask) -> None:
    gate, references = Barrier(8), []

    def file() -> None:
        with seeded.app_context():
            gate.wait()
            references.append(receive(BAKER).reference)

    threads = [Thread(target=file) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with seeded.app_context():
        assert db.session.query(Inquiry).count() == 1
    assert len(references) == 8
    assert len(set(references)) == 1


@pytest.mark.parametrize("change", [{"needs": ("hc_pas_rh",)}, {"commune": "75111"}, {"commune": "75056"}])
def test_out_of_scope_opens_no_case(seeded_context: Flask, change: dict[str, object]) -> None:
    with pytest.raises(OutOfScope):
        receive(replace(BAKER, **change))  # type: ignore[arg-type]
    assert _counts() == [0] * len(TABLES)


def test_a_preview_writes_nothing(seeded_context: Flask) -> None:
    (orientation,) = decide_only(BAKER, date(2026, 11, 23))
    assert orientation.lead is not None
    assert orientation.lead.actor == "opco"
    assert _counts() == [0] * len(TABLES)


def test_each_need_is_kept_once(seeded_context: Flask) -> None:
    receive(replace(BAKER, needs=("alt_apprenti", "gar_conflit", "alt_apprenti")))
    assert db.session.query(Need).count() == 2
    assert db.session.query(Letter).filter_by(kind="acknowledgement").count() == 1


def test_branches_that_serve_a_place_alike_share_what_arrives(
    seeded_context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, said = snapshot(), dict[str, Load]()
    alone = next(one for one in decide_only(BAKER, MONDAY.date())[0].kept() if one.actor == "cma")
    first = next(one for one in real.branches if one.slug == alone.branch)
    twins = (*real.branches, replace(first, slug="zz-jumelle"))
    doubled = DirectorySnapshot("v", real.places, real.former, twins, {}, real.elsewhere)
    monkeypatch.setattr(intake, "snapshot", lambda: doubled)
    monkeypatch.setattr(
        dossier_loads, "loads_of", lambda slugs, on: {one: said[one] for one in slugs if one in said}
    )
    for loads, chosen in (({}, first.slug), ({first.slug: Load(9, 9, 9)}, "zz-jumelle")):
        said.clear()
        said.update(loads)
        kept = next(one for one in decide_only(BAKER, MONDAY.date())[0].kept() if one.actor == "cma")
        assert kept.branch == chosen and ("parmi 2 antennes" in kept.reason) is bool(loads)
