"""Finding, narrowing and sorting the cases of a branch: nothing missed, nothing seen twice, by index."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts.abilities import PostFact, Role, Viewer
from app.dossiers.actions import take, wait
from app.dossiers.desk import Sort, Tab, sorts_of
from app.dossiers.indexing import index_again
from app.dossiers.lists import desk_counts, desk_of
from app.dossiers.models import Dossier
from app.dossiers.narrowing import Narrowing, narrowing_from
from app.dossiers.saved_list_actions import MOST, TooManyLists, forget_list, save_list
from app.dossiers.saved_lists import saved_lists
from app.extensions import db, transaction
from app.inquiries.contacts import Contact
from app.inquiries.models import Inquiry
from app.inquiries.records import correct_contact
from tests.cases import Desk, a_desk, a_maison, a_viewer, an_orientation, file_need

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def opco(context: Flask) -> Desk:
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


def filed(desk: Desk, days: int = 0, company: str = "Boulangerie Vidal") -> int:
    at = MONDAY + timedelta(days=days)
    need_id = file_need(an_orientation(("opco", desk.slug)), at=at, company=company)
    return db.session.scalars(select(Dossier.id).filter_by(need_id=need_id)).one()


def found(viewer: Viewer, words: str) -> list[int]:
    asked = Narrowing(words=words)
    page = desk_of(viewer, Tab.NEW, narrowing=asked)
    assert desk_counts(viewer, asked)[Tab.NEW] == page.total == len(page.rows)
    return [row.id for row in page.rows]


@pytest.mark.parametrize(
    "words",
    [
        "vidal",
        "VIDAL bou",
        "boul",
        "Lodeve",
        "lodève",
        "contact",
        "apprenti",
        "je cherche un apprenti",
        "de la vidal",
    ],
)
def test_a_case_is_found_by_the_beginning_of_its_words(opco: Desk, words: str) -> None:
    wanted = filed(opco)
    filed(opco, company="Garage Roux")
    assert wanted in found(opco.viewer, words)


def test_every_word_asked_must_be_there(opco: Desk) -> None:
    filed(opco)
    assert found(opco.viewer, "vidal garage") == []
    assert found(opco.viewer, "idal") == []


def test_a_reference_and_a_siret_are_found_however_written(opco: Desk) -> None:
    dossier = db.session.get_one(Dossier, filed(opco))
    other = filed(opco, company="Garage Roux")
    with transaction() as session:
        inquiry = session.get_one(Inquiry, dossier.inquiry_id)
        inquiry.siret = "73282932000074"
        index_again(session, inquiry)
        reference = inquiry.reference
    for words in (
        reference,
        reference.lower(),
        reference[6:],
        "732 829 320",
        "732 829 320 00074",
        "73282932000074",
    ):
        assert found(opco.viewer, words) == [dossier.id], words
    assert other in found(opco.viewer, "GO-26-T")


def test_a_corrected_contact_is_found_and_the_former_one_no_more(opco: Desk) -> None:
    dossier = db.session.get_one(Dossier, filed(opco))
    with transaction() as session:
        inquiry = session.get_one(Inquiry, dossier.inquiry_id)
        correct_contact(session, inquiry, Contact("Zoé Prunier", None, "06 39 98 00 00", None), MONDAY)
        index_again(session, inquiry)
    assert found(opco.viewer, "prunier") == found(opco.viewer, "0639980000") == [dossier.id]
    assert found(opco.viewer, "boulangerie exemple") == []


def test_another_branch_finds_nothing(opco: Desk) -> None:
    filed(opco)
    assert found(a_desk("cma", "cma-34").viewer, "vidal") == []


@pytest.mark.parametrize("words", ["", "  ", "'\"%_\\", "\x00", "🙂", "a" * 5000, "de la", "l'"])
def test_whatever_is_looked_for_is_answered(opco: Desk, words: str) -> None:
    filed(opco)
    asked = narrowing_from({"q": words})
    assert desk_of(opco.viewer, Tab.NEW, narrowing=asked).total in (0, 1)


def test_filters_keep_what_they_say(opco: Desk) -> None:
    filed(opco, -10)
    late = filed(opco, 3)
    kept = {
        "since": Narrowing(since=date(2026, 11, 24)),
        "day": Narrowing(since=date(2026, 11, 26), until=date(2026, 11, 26)),
    }
    for asked in kept.values():
        assert [row.id for row in desk_of(opco.viewer, Tab.NEW, narrowing=asked).rows] == [late]
    for asked in (Narrowing(urgency="haute"), Narrowing(departement="34"), Narrowing(part="lead")):
        assert desk_of(opco.viewer, Tab.NEW, narrowing=asked).total == 2
    for asked in (
        Narrowing(urgency="normale"),
        Narrowing(departement="31"),
        Narrowing(need="autre"),
        Narrowing(branch=0),
    ):
        assert desk_counts(opco.viewer, asked)[Tab.NEW] == 0
    assert desk_of(opco.viewer, Tab.NEW, needs=("alt_apprenti",)).total == 2
    assert desk_of(opco.viewer, Tab.NEW, needs=()).total == 0


def test_an_address_says_the_filters_and_is_read_back() -> None:
    asked = Narrowing(
        "vidal", "alternance", "alt_apprenti", "haute", "34", "lead", 7, MONDAY.date(), MONDAY.date()
    )
    assert narrowing_from(asked.address()) == asked
    odd = {
        "urgence": "x",
        "departement": "75",
        "role": "x",
        "antenne": "9" * 30,
        "du": "hier",
        "au": "2026-99-99",
    }
    assert narrowing_from(odd) == Narrowing()


@time_machine.travel(MONDAY + timedelta(days=3), tick=False)
def test_a_pause_is_a_tab(opco: Desk) -> None:
    dossier_id = filed(opco)
    take(opco.viewer, dossier_id, 1)
    assert desk_counts(opco.viewer)[Tab.WAITING] == 0
    wait(opco.viewer, dossier_id, 2, "Un document")
    assert [row.id for row in desk_of(opco.viewer, Tab.WAITING).rows] == [dossier_id]


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("sort", sorts_of(Tab.NEW))
def test_every_sort_pages_without_a_gap_over_two_branches(opco: Desk, sort: Sort, size: int) -> None:
    other = a_desk("opco", "opco-2i-occitanie")
    names = ("Été", "étable", "Zèbre", "Abeille", "???", "Œillet", "abeille")
    for rank, name in enumerate(names):
        filed((opco, other)[rank % 2], rank // 2, name)
    posts = tuple(PostFact(one.branch_id, one.slug, one.slug, Role.ADVISER) for one in (opco, other))
    both = Viewer(opco.viewer.user_id, "Sonia Ferrer", posts)
    whole = [row.id for row in desk_of(both, Tab.NEW, sort=sort).rows]
    assert len(set(whole)) == len(names)
    seen: list[int] = []
    pages: list[list[int]] = []
    cursor = None
    while True:
        page = desk_of(both, Tab.NEW, cursor, size, sort=sort)
        pages.append([row.id for row in page.rows])
        assert page.first == len(seen) + 1
        seen += pages[-1]
        if page.following is None:
            break
        cursor = page.following
    assert seen == whole
    if len(pages) > 1:
        back = desk_of(both, Tab.NEW, page.previous, size, sort=sort)
        assert [row.id for row in back.rows] == pages[-2]


def test_companies_are_sorted_as_they_are_read(opco: Desk) -> None:
    for name in ("Zèbre", "Étable", "abeille", "Œillet"):
        filed(opco, company=name)
    rows = desk_of(opco.viewer, Tab.NEW, sort=Sort.COMPANY).rows
    assert [row.company for row in rows] == ["abeille", "Étable", "Œillet", "Zèbre"]


def test_a_list_is_kept_under_its_name_for_its_owner_alone(opco: Desk) -> None:
    colleague = a_viewer("Karim Haddad", opco.branch_id, opco.slug)
    save_list(opco.viewer, "Béziers", {"onglet": "nouveaux"})
    save_list(opco.viewer, "Béziers", {"onglet": "retard"})
    (kept,) = saved_lists(opco.viewer)
    assert (kept.name, kept.asked) == ("Béziers", {"onglet": "retard"})
    assert saved_lists(colleague) == [] and not forget_list(colleague, kept.id)
    for rank in range(MOST - 1):
        save_list(opco.viewer, f"Liste {rank}", {})
    with pytest.raises(TooManyLists):
        save_list(opco.viewer, "Une de trop", {})
    assert forget_list(opco.viewer, kept.id) and not forget_list(opco.viewer, kept.id)
