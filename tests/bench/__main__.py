"""`make bench`: the hot paths beside a plain yardstick, in one run on one machine. Ratios, never promises."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from flask import current_app
from sqlalchemy import select

from app import create_app
from app.cli.setup import load_reference
from app.directory.models import Branch
from app.directory.queries import CACHE, snapshot
from app.dossiers.desk import Tab
from app.dossiers.lists import desk_counts, desk_of
from app.extensions import db
from app.intake import receive
from app.kernel.clock import today
from app.routing.engine import orient
from app.routing.situation import read_situation
from app.rulebooks.queries import in_force
from app.territory.queries import gazetteer, search_communes
from tests.bench import decisions
from tests.bench.stories import BAKER, new_inquiry
from tests.cases import a_viewer
from tests.conftest import test_config
from tests.web.volume.loading import load

ROUNDS = 7
FEW, MANY = 2_000, 50_000


def timed(act: Callable[[], object], repeat: int) -> float:
    """Median seconds of one call."""
    act()
    rounds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for _ in range(repeat):
            act()
        rounds.append((perf_counter() - start) / repeat)
    return median(rounds)


def lines() -> Iterator[tuple[str, float, str, float]]:
    """What is measured, its seconds, the yardstick, its seconds."""
    names = [fact.name for fact in gazetteer().communes.values()]
    scan = timed(lambda: [name for name in names if "lodeve" in name.lower()], 20)
    yield "chercher une commune", timed(lambda: search_communes("lodev"), 50), "lire tous les noms", scan
    book, directory, day = in_force(today()), snapshot(), today()
    decide = timed(lambda: orient(read_situation(BAKER, book, day), directory, book), 50)
    yield "orienter le boulanger", decide, "lire tous les noms", scan
    yield "relire le répertoire compilé", timed(_cold_snapshot, 1), "orienter le boulanger", decide
    filed = timed(lambda: receive(new_inquiry()), 5)
    yield "recevoir une demande (une transaction)", filed, "orienter le boulanger", decide
    yield from decisions.lines(timed, directory, book, day)


def inbox(cases: int) -> float:
    """Seconds of the first page and the counts of a branch that holds a twentieth of that many cases."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(test_config(Path(folder), f"sqlite:///{folder}/inbox.sqlite"))
        with app.app_context():
            db.create_all()
            load_reference()
            branch = db.session.scalars(select(Branch).where(Branch.slug == "opco-ep-occitanie")).one()
            viewer = a_viewer("Sonia Ferrer", branch.id, branch.slug)
            load(cases, branch.id, viewer.user_id, today())
            seconds = timed(lambda: (desk_of(viewer, Tab.NEW), desk_counts(viewer)), 5)
            db.session.remove()
            db.engine.dispose()
    return seconds


def _cold_snapshot() -> None:
    current_app.extensions.pop(CACHE, None)
    snapshot()


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(test_config(Path(folder), f"sqlite:///{folder}/bench.sqlite"))
        with app.app_context():
            db.create_all()
            load_reference()
            for what, seconds, yardstick, unit in lines():
                rate = f"{seconds * 1000:.4g} ms, {1 / seconds:,.0f}/s"
                print(f"{what} : {rate}, {seconds / unit:.3g} × {yardstick}")  # noqa: T201
            db.session.remove()
            db.engine.dispose()
    few, many = inbox(FEW), inbox(MANY)
    print(f"la boîte parmi {MANY} dossiers : {many * 1000:.4g} ms, {many / few:.3g} × parmi {FEW}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
