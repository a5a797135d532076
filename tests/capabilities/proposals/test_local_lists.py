"""Lists of local actors come in as proposals: what is read, what is guessed, what is never taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.directory.queries import datasets
from app.extensions import db, transaction
from app.proposals import queries
from app.proposals.decisions import Decision
from app.proposals.imports import import_inclusion, import_local_services
from app.proposals.models import BranchProposal
from app.sheets import SheetRefused
from tests.capabilities.proposals.conftest import Written

MOCK = "acteurs/data_inclusion_api_structures_mock.json"


def service(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A local service as the DILA writes it; everything is invented."""
    return {
        "id": f"id-{number}",
        "nom": "Mission locale\u00a0fictive",
        "pivot": [
            {"type_service_local": "mission_locale", "code_insee_commune": ["34142", "34220", "75056"]}
        ],
        "code_insee_commune": "34142",
        "adresse": [{"numero_voie": "1 rue inventée", "code_postal": "34700", "nom_commune": "Lodève"}],
        "adresse_courriel": ["accueil@fictif.exemple"],
        "telephone": [{"valeur": "00 00 00 00 00", "description": ""}],
        "site_internet": [{"libelle": "", "valeur": "https://fictif.exemple"}],
        "affectation_personne": [{"personne": {"nom": "Nom-Secret"}}],
        "date_modification": "08/03/2025 14:14:36",
    } | changes


def kept() -> list[BranchProposal]:
    return list(db.session.scalars(select(BranchProposal).order_by(BranchProposal.id)))


def test_a_local_service_becomes_a_proposal_with_what_its_source_says(
    placed: Flask, written: Written
) -> None:
    report = import_local_services(written("local.json", {"service": [service()]}))
    (one,) = kept()
    assert (report.read, report.kept, report.outside, report.vintage) == (1, 1, 0, "2025-03-08")
    assert (one.actor, one.name, one.commune) == ("mission_locale", "Mission locale fictive", "34142")
    assert (one.served, one.email, one.phone) == (
        ["34142", "34220"],
        "accueil@fictif.exemple",
        "00 00 00 00 00",
    )
    assert one.address == "1 rue inventée, 34700, Lodève" and one.updated_on == date(2025, 3, 8)
    assert queries.suggested_zones(one) == (("epci", "200017341"),)
    assert "Nom-Secret" not in repr(vars(one))
    (dataset,) = datasets()
    assert (dataset.kind, dataset.rows) == ("local-services", 1)


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"pivot": [{"type_service_local": "mairie"}]}, (0, 0, 1)),
        ({"code_insee_commune": "75056"}, (0, 0, 1)),
        ({"code_insee_commune": None}, (0, 0, 1)),
        ({"code_insee_commune": "34999"}, (1, 0, 0)),
        ({"pivot": '[{"type_service_local": "cap_emploi"}]'}, (1, 0, 0)),
        ({"pivot": "[" * 5000}, (0, 0, 1)),
        ({"adresse_courriel": "Jeanne <j@x.fr>", "telephone": None, "adresse": 4}, (1, 0, 0)),
    ],
)
def test_what_is_not_ours_is_outside_and_what_is_badly_written_is_left_out(
    placed: Flask, written: Written, changes: dict[str, Any], counts: tuple[int, int, int]
) -> None:
    report = import_local_services(written("local.json", {"service": [service(**changes)]}))
    assert (report.kept, len(report.refused), report.outside) == counts
    assert all(one.email in (None, "accueil@fictif.exemple") for one in kept())


def test_a_nameless_or_repeated_service_is_refused_with_its_rank(placed: Flask, written: Written) -> None:
    many = [service(number) for number in range(200)]
    report = import_local_services(written("a.json", {"service": [*many, service(0), service(201, nom="")]}))
    assert [(row.line, row.reason) for row in report.refused] == [
        (201, "Cet identifiant est déjà pris plus haut."),
        (202, "Le nom manque."),
    ]
    with pytest.raises(SheetRefused, match="1 %"):
        import_local_services(written("b.json", {"service": [service(), service(2, nom="")]}))
    assert len(kept()) == 200


def test_the_structures_of_data_inclusion_are_read_by_their_network(placed: Flask, written: Written) -> None:
    item = {
        "id": "dora--1",
        "nom": "Geiq fictif",
        "code_insee": "34172",
        "reseaux_porteurs": ["inconnu", "geiq"],
        "date_maj": "2025-02-14",
        "courriel": None,
    }
    report = import_inclusion(
        written("structures.json", [item, item | {"id": "2", "reseaux_porteurs": None}])
    )
    (one,) = kept()
    assert (report.kept, report.outside) == (1, 1)
    assert (one.actor, one.served, one.email, one.phone) == ("geiq", [], None, None)
    assert queries.suggested_zones(one) == ()


def test_the_sample_of_data_inclusion_has_nothing_of_the_region(placed: Flask, samples: Path) -> None:
    report = import_inclusion(samples / MOCK)
    assert (report.read, report.kept, len(report.refused), report.outside) == (6, 0, 0, 6)
    assert import_inclusion(samples / MOCK).already_imported


def test_a_new_edition_renews_what_is_undecided_and_leaves_decisions(placed: Flask, written: Written) -> None:
    import_local_services(written("a.json", {"service": [service(1), service(2), service(3)]}))
    with transaction() as session:
        session.get_one(BranchProposal, kept()[1].id).decision = Decision.SET_ASIDE.value
    again = [service(1, nom="Autre nom"), service(2, nom="Encore elle")]
    assert not import_local_services(written("b.json", {"service": again})).already_imported
    assert [(one.reference, one.name) for one in kept()] == [
        ("id-1", "Autre nom"),
        ("id-2", "Mission locale fictive"),
    ]
    assert queries.undecided() == 1


def test_a_dry_run_or_missing_communes_write_nothing(context: Flask, written: Written) -> None:
    path = written("local.json", {"service": [service()]})
    with pytest.raises(SheetRefused, match="communes"):
        import_local_services(path)


def test_a_dry_run_writes_nothing(placed: Flask, written: Written) -> None:
    assert import_local_services(written("a.json", {"service": [service()]}), dry_run=True).kept == 1
    assert not kept() and not datasets()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1, 2]",
        '{"autre": []}',
        '{"service": [{"id": 1}',
        '{"service": [{"id": "' + "a" * 3_000_000,
        '{"service": [' + '{"a":' * 300_000,
        '{"service": "non"}',
        "<html>",
        "[" * 200_000,
    ],
)
def test_what_is_not_the_list_is_refused_with_a_sentence(placed: Flask, tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    with pytest.raises(SheetRefused) as caught:
        import_local_services(tmp_path / "x.json")
    assert caught.value.sentence.endswith(".")


def test_a_list_longer_than_a_piece_is_read_whole(placed: Flask, written: Written) -> None:
    many = [service(number, mission="é" * 300) for number in range(3_000)]
    report = import_local_services(written("long.json", {"avant": {"x": [1]}, "service": many}))
    assert (report.read, report.kept) == (3_000, 3_000)
