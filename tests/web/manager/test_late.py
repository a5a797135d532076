"""What is late, for who steers: their own branches, the step reached, no company's name."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from app.accounts.abilities import Role
from app.dossiers.reminder_actions import remind
from app.kernel.clock import utcnow
from app.rulebooks.actions import publish_first_edition
from tests.cases import (
    a_desk,
    a_maison,
    a_regional_manager,
    a_viewer,
    an_orientation,
    file_need,
    lead_of,
    signed_in,
)


def test_each_sees_their_own_and_nobody_reads_a_company(app: Flask) -> None:
    with app.app_context():
        publish_first_edition()
        a_maison()
        opco, cma = a_desk("opco", "opco-ep-occitanie"), a_desk("cma", "cma-34")
        for desk in (opco, cma):
            kept = an_orientation((desk.slug.partition("-")[0], desk.slug))
            dossier = lead_of(file_need(kept, at=utcnow() - timedelta(12)))
            if desk is opco:
                remind(dossier.id, utcnow() - timedelta(5))
        manager = a_viewer("Hélène Pujol", opco.branch_id, opco.slug, Role.BRANCH_MANAGER)
        region = a_regional_manager()
    mine = signed_in(app, manager).get("/pilotage/retards").text
    all_ = signed_in(app, region).get("/pilotage/retards?apres=n'importe_quoi").text
    assert "Antenne opco-ep-occitanie" in mine and "Antenne cma-34" not in mine
    assert "Aucun rappel encore" not in mine and "Aucun rappel encore" in all_
    assert (
        "Antenne opco-ep-occitanie" in all_
        and "Antenne cma-34" in all_
        and "/dossiers/" not in all_.split("<table")[1]
    )
    assert "Boulangerie" not in mine + all_
    for viewer, count in ((manager, 1), (region, 2)):
        board = signed_in(app, viewer).get("/pilotage/").text.replace("\u00a0", " ")
        assert f"Dossiers en retard : {count}<" in board
