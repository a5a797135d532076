"""Model answers: written where one may, offered where they belong, filled for one's own case alone."""

from __future__ import annotations

import pytest

from app.accounts.abilities import Role
from app.workbench.model_answer_actions import UnknownAnswer, change_answer, withdraw_answer, write_answer
from app.workbench.model_answers import answer_of, filled, offered, readable, writable_places
from app.workbench.stale import StaleRow
from tests.cases import Desk, a_viewer, an_administrator, dossier_of

BODY = "Bonjour {contact}, {conseiller} ({antenne}) suit « {besoin} » pour {entreprise}, {reference}. {delai}"


@pytest.fixture
def manager(opco: Desk) -> Desk:
    viewer = a_viewer("Hélène Pujol", opco.branch_id, opco.slug, Role.BRANCH_MANAGER)
    return Desk(opco.branch_id, opco.slug, viewer)


def test_each_writes_at_home(opco: Desk, cma: Desk, manager: Desk) -> None:
    chief = an_administrator()
    assert [place for place, _ in writable_places(chief)] == [None]
    assert [place for place, _ in writable_places(manager.viewer)] == [opco.branch_id]
    assert writable_places(opco.viewer) == []
    for viewer, place in (
        (opco.viewer, opco.branch_id),
        (manager.viewer, None),
        (manager.viewer, cma.branch_id),
    ):
        with pytest.raises(UnknownAnswer):
            write_answer(viewer, place, "Titre", BODY)
    with pytest.raises(ValueError, match="unknown"):
        write_answer(chief, None, "Titre", "{prenom}")


def test_offered_to_the_branch_and_filled_for_its_case(
    taken: int, need: int, opco: Desk, cma: Desk, manager: Desk
) -> None:
    write_answer(an_administrator(), None, "Accueil", "Bonjour {entreprise}")
    for _ in range(2):
        write_answer(manager.viewer, opco.branch_id, "Suivi", BODY)
    shared, own = offered(opco.viewer, taken)
    assert [one.title for one in readable(cma.viewer)] == ["Accueil"]
    text = filled(opco.viewer, own.id, taken)
    assert "Sonia Ferrer" in text and "Boulangerie Vidal" in text and "{" not in text
    other = dossier_of(need, cma.branch_id).id
    assert filled(cma.viewer, shared.id, other) == "Bonjour Boulangerie Vidal"
    assert filled(cma.viewer, own.id, other) == "" and filled(cma.viewer, shared.id, taken) == ""
    assert filled(opco.viewer, 999_999, taken) == ""


def test_changed_withdrawn_and_too_late(taken: int, opco: Desk, cma: Desk, manager: Desk) -> None:
    write_answer(manager.viewer, opco.branch_id, "Suivi", BODY)
    (row,) = offered(opco.viewer, taken)
    assert answer_of(opco.viewer, row.id) is None
    change_answer(manager.viewer, row.id, row.version, "Suivi", "Bonjour")
    with pytest.raises(StaleRow):
        change_answer(manager.viewer, row.id, row.version, "Suivi", "Bonsoir")
    with pytest.raises(UnknownAnswer):
        withdraw_answer(cma.viewer, row.id, row.version + 1)
    withdraw_answer(manager.viewer, row.id, row.version + 1)
    assert offered(opco.viewer, taken) == []
