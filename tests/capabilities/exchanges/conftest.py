"""A need led by one branch and supported by another; a Maison, France Travail and a branch nobody asked."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from app.dossiers.actions import take
from app.extensions import db
from app.inquiries.models import Need
from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_maison, an_orientation, dossier_of, file_need


@dataclass(frozen=True)
class Case:
    need_id: int
    inquiry_id: int
    opco: Desk
    cma: Desk
    ft: Desk
    maison: Desk
    stranger: Desk

    def dossier(self, desk: Desk) -> int:
        return dossier_of(self.need_id, desk.branch_id).id


@pytest.fixture
def case(context: Flask) -> Case:
    publish_first_edition()
    maison = a_maison()
    opco = a_desk("opco", "opco-ep-occitanie")
    cma = a_desk("cma", "cma-34", name="Karim Haddad")
    ft = a_desk("france_travail", "france-travail-34", told=False, name="Awa Diallo")
    stranger = a_desk("cci", "cci-34", name="Line Puech")
    kept = (("opco", opco.slug), ("cma", cma.slug), ("france_travail", ft.slug))
    need = file_need(an_orientation(*kept))
    case = Case(need, db.session.get_one(Need, need).inquiry_id, opco, cma, ft, maison, stranger)
    for desk in (opco, cma):
        take(desk.viewer, case.dossier(desk), 1)
    return case
