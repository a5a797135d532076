"""Every page on a great many cases and a whole survey: none reads a large table whole. A million with `make prove`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.accounts.abilities import Role, Viewer
from app.cli.setup import load_reference
from app.collective.models import Progress
from app.directory.models import Branch
from app.dossiers.desk import Sort, Tab
from app.dossiers.models import Dossier, Event
from app.extensions import db, transaction
from app.gpec.models import BmoFigure, GpecDataset, RomeFapLink, RomeJob
from app.inquiries.links import token_for
from app.kernel.clock import today, utcnow
from app.kernel.quarters import last_over
from app.mailbox.queue import DUE_NOW, tick
from app.reporting.publication_actions import quarters_due
from tests.cases import a_publication, a_regional_manager, a_viewer, an_administrator, signed_in
from tests.conftest import built
from tests.web.volume.loading import FAMILIES, load
from tests.web.volume.plans import faults, large_tables, listening

PROVE = bool(os.environ.get("GUICHET_PROVE"))
CASES = 1_000_000 if PROVE else 2_000
MOST = CASES // 10
"""Rows of a large table that one statement may read: a board reads those of its period."""
LARGE = 50_000 if PROVE else CASES
"""Rows of a table that is never read whole. A small one is, rightly, on PostgreSQL: it is judged by the proof alone."""
BASINS, BMO_YEARS = 44, 3


@dataclass(frozen=True, slots=True)
class Vast:
    """The loaded application, who reads it, and one case of the branch that is looked at."""

    app: Flask
    people: Mapping[str, Viewer | None]
    dossier: int
    link: str
    large: set[str]


@pytest.fixture(scope="module")
def vast(tmp_path_factory: pytest.TempPathFactory, reference: Path) -> Iterator[Vast]:
    app = built(tmp_path_factory.mktemp("vast"), "vast")
    with app.app_context():
        load_reference()
        branch, maison = (_branch(slug) for slug in ("opco-ep-occitanie", "mmr-34"))
        sonia = a_viewer("Sonia Ferrer", branch.id, branch.slug)
        load(CASES, branch.id, sonia.user_id, today())
        _survey()
        _up_to_date()
        taken = select(Dossier).where(Dossier.branch_id == branch.id, Dossier.status == "taken")
        dossier = db.session.scalars(taken.order_by(Dossier.id.desc()).limit(1)).one()
        people: dict[str, Viewer | None] = {
            "anyone": None,
            "adviser": sonia,
            "branch manager": a_viewer("Hélène Pujol", branch.id, branch.slug, Role.BRANCH_MANAGER),
            "maison": a_viewer("Nadia Roux", maison.id, maison.slug, Role.MAISON_ADVISER),
            "region": a_regional_manager(),
            "administrator": an_administrator(),
        }
        found = Vast(app, people, dossier.id, token_for(dossier.inquiry_id, 1), _large())
        db.session.remove()
    yield found
    with app.app_context():
        db.engine.dispose()


def _large() -> set[str]:
    return large_tables(LARGE) if PROVE or db.engine.dialect.name == "sqlite" else set()


def _branch(slug: str) -> Branch:
    return db.session.scalars(select(Branch).where(Branch.slug == slug)).one()


def _survey() -> None:
    """Three editions of an invented survey, of the size of the real one."""
    with transaction() as session:
        file = GpecDataset(
            kind="bmo", title="BMO", publisher="Inventé", version=str(today().year), licence="-", rows=0, sha256="0",
            loaded_at=utcnow(),
        )  # fmt: skip
        session.add(file)
        session.flush()
        session.add(RomeJob(code="D1102", name="Boulangerie", dataset_id=file.id))
        session.add(
            RomeFapLink(rome="D1102", qualification=0, fap="F000", rome_label="x", dataset_id=file.id)
        )
        session.add_all(
            BmoFigure(
                year=today().year - year, basin=f"76{basin:02}", departement="34", job=f"F{job:03}",
                job_label=f"Métier {job}", family="F", family_label="Famille", basin_name="Bassin",
                projects=100, difficult=50, seasonal=10, dataset_id=file.id,
            )
            for year in range(BMO_YEARS)
            for basin in range(BASINS)
            for job in range(0, FAMILIES, 2)
        )  # fmt: skip


def _up_to_date() -> None:
    """The journal is read and past quarters are told: what a service of that age has done day by day."""
    with transaction() as session:
        session.add(Progress(duty="journal", number=session.scalar(select(func.max(Event.id)))))
        session.add(Progress(duty="detection", number=0, day=today()))
    for quarter in list(quarters_due(today())):
        a_publication(quarter.name, {})


def pages(found: Vast) -> dict[str, Sequence[str]]:
    case, quarter = f"/dossiers/{found.dossier}/", last_over(today()).name
    desk = "/dossiers/?"
    tabs = [f"{desk}onglet={tab}" for tab in Tab]
    sorts = [f"{desk}onglet={tab}&tri={sort}" for sort in Sort for tab in (Tab.CLOSED, Tab.TAKEN)]
    narrowed = [
        f"{desk}q=entreprise",
        f"{desk}q=introuvable",
        f"{desk}onglet=clos&commune=34142",
        f"{desk}besoin=alt_apprenti",
    ]
    kinds = ("commune/34142", "epci/200017341", "departement/34", "region/76")
    return {
        "anyone": [
            *("/", "/metiers/", "/metiers/D1102", "/metiers/D1102/chiffres.csv", "/territoires/", "/donnees"),
            *(f"/territoires/{kind}" for kind in kinds),
            *(f"/territoires/{kind}/chiffres.csv" for kind in kinds[2:]),
            *("/besoins-exprimes/", f"/besoins-exprimes/{quarter}.csv", f"/demandes/{found.link}/"),
        ],
        "adviser": [
            *(desk, *tabs, *sorts, *narrowed, case, f"{case}clore", f"{case}decision", f"{case}synthese"),
            *(
                "/dossiers/taches/",
                "/dossiers/actions-collectives",
                "/dossiers/reponses-types/",
                "/dossiers/courriels",
            ),
        ],
        "branch manager": ["/pilotage/", "/pilotage/retards", "/pilotage/equipe", "/pilotage/tableaux.csv"],
        "maison": [
            *(
                "/maison/",
                "/maison/territoire",
                "/maison/a-transmettre",
                "/maison/actions/",
                "/maison/besoins-collectifs/",
            ),
            *("/seances/", f"/seances/dossier?lieu=departement:34&periode={quarter}"),
        ],
        "region": [
            *("/pilotage/", "/pilotage/?departement=34", "/pilotage/graphique.svg", "/pilotage/tableaux.csv"),
            *(
                "/pilotage/retards",
                "/maison/besoins-collectifs/",
                "/maison/besoins-collectifs/?liste=faibles",
            ),
            *(
                f"/seances/dossier?lieu={place}&periode={quarter}"
                for place in ("region:76", "epci:200017341")
            ),
        ],
        "administrator": [
            *(
                "/administration/",
                "/administration/lettres/",
                "/administration/antennes/",
                "/administration/personnes/",
            ),
            *(
                "/administration/antennes/opco-ep-occitanie/",
                "/administration/donnees/",
                "/administration/propositions/",
            ),
            *("/administration/delais/", "/administration/conventions/", "/administration/couverture/"),
        ],
    }


@pytest.mark.parametrize("role", ["anyone", "adviser", "branch manager", "maison", "region", "administrator"])
def test_no_page_reads_a_large_table_whole(
    vast: Vast, role: str, record_property: Callable[[str, object], None]
) -> None:
    viewer = vast.people[role]
    client = signed_in(vast.app, viewer) if viewer else vast.app.test_client()
    wrong, slowest = [], ("", 0.0)
    todo, seen = list(pages(vast)[role]), set[str]()
    while todo:
        url = todo.pop(0)
        seen.add(url)
        with vast.app.app_context(), listening() as heard:
            began = perf_counter()
            answer = client.get(url, follow_redirects=True)
            slowest = max(slowest, (url, perf_counter() - began), key=lambda one: one[1])
        assert answer.status_code == 200, (url, answer.status_code)
        following = (
            re.search(r'rel="next" href="([^"]+)"', answer.text) if answer.mimetype == "text/html" else None
        )
        if following and len(seen) < 80 and not re.search("(apres|suite)=.*(apres|suite)=", following[1]):
            address = following[1].replace("&amp;", "&")
            todo += [address] if address not in seen and url in pages(vast)[role] else []
        with vast.app.app_context():
            wrong += [f"{url} :: {fault}" for fault in faults(heard, vast.large, MOST)]
    record_property("slowest", f"{slowest[0]} {slowest[1]:.2f} s, {len(seen)} pages")
    assert not wrong, "\n".join(wrong)


def test_no_duty_reads_a_large_table_whole(vast: Vast) -> None:
    """What the worker does every minute, once the day's work is done."""
    with vast.app.app_context():
        tick()
        with listening() as heard:
            tick()
        assert DUE_NOW and heard.statements
        assert faults(heard, vast.large, MOST) == []


def test_a_statement_without_index_is_found_out(vast: Vast) -> None:
    """What judges the pages sees a fault when there is one."""
    with vast.app.app_context(), listening() as heard:
        db.session.execute(text("SELECT count(*) FROM needs WHERE urgency = 'haute'")).all()
        db.session.execute(text("SELECT id FROM dossiers AS d WHERE outcome = 'helped'")).all()
    with vast.app.app_context():
        found = faults(heard, {"dossiers", "needs"}, MOST)
    assert len(found) == 2 and "needs" in found[0]
