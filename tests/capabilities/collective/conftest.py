"""A branch of the Hérault, its Maison, and jobs whose family is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from app.extensions import transaction
from app.gpec.models import GpecDataset, RomeFapLink
from app.kernel.clock import utcnow
from app.rulebooks.actions import publish_first_edition
from app.workbench.models import Captured
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need, lead_of

BAKER, BAKERS = "D1102", "S1X80"
Asked = Callable[..., int]


@pytest.fixture
def opco(context: Flask) -> Desk:
    publish_first_edition()
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def maison(context: Flask) -> Desk:
    return a_maison()


@pytest.fixture
def linked(context: Flask) -> None:
    """The official passage, for bakers alone: most levels lead to one family."""
    link({f"{BAKERS}": 3, "A0X42": 1})


def link(levels: dict[str, int], rome: str = BAKER) -> None:
    with transaction() as session:
        file = GpecDataset(
            kind="rome-fap",
            title="Passage",
            publisher="Dares",
            licence="LO",
            rows=1,
            sha256="0",
            loaded_at=utcnow(),
        )
        session.add(file)
        session.flush()
        codes = [code for code, count in levels.items() for _ in range(count)]
        for level, code in enumerate(codes):
            session.add(
                RomeFapLink(
                    rome=rome, qualification=level, fap=code, rome_label="Boulanger", dataset_id=file.id
                )
            )


@pytest.fixture
def ask(opco: Desk, maison: Desk) -> Asked:
    """File a need of a company, and capture its job."""

    def file(
        number: int = 1, *, at: datetime | None = None, rome: str | None = BAKER, posts: int | None = None
    ) -> int:
        siren = f"{number:09}"
        decision = an_orientation(("opco", opco.slug), ("region_mmr", maison.slug))
        need = file_need(decision, at=at, siret=f"{siren}00011", company=f"Fournil {number}")
        if rome:
            write_down(need, opco, rome, posts)
        return need

    return file


def write_down(need: int, desk: Desk, rome: str, posts: int | None = None) -> None:
    """What an adviser captured: the row alone, the journal's line being that of another test."""
    with transaction() as session:
        session.add(
            Captured(
                need_id=need,
                dossier_id=lead_of(need).id,
                at=utcnow(),
                user_id=desk.viewer.user_id,
                job="Boulanger",
                rome=rome,
                posts=posts,
            )
        )
