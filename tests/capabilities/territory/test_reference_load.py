"""The communes of Occitanie, loaded from the real reference files."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete

from app.extensions import transaction
from app.kernel.vocabulary import DEPARTEMENTS
from app.territory import queries
from app.territory.actions import load_reference
from app.territory.models import CommuneShape
from app.territory.records import rename_maison
from app.territory.reference import FILES, ReferenceAbsent, open_reference


def test_the_4446_communes_each_have_what_pages_and_rules_need(here: Flask) -> None:
    communes = queries.gazetteer().communes.values()
    assert len(communes) == 4446
    assert {one.departement for one in communes} == set(DEPARTEMENTS)
    for one in communes:
        assert one.postal_codes and one.zones["epci"] and one.zones["departement"] == one.departement, one
        assert one.longitude and -0.4 < one.longitude < 4.9, one
        assert one.latitude and 42.3 < one.latitude < 45.1, one
    assert sum(one.population for one in communes) > 5_800_000


def test_a_commune_is_located_with_its_zones_and_its_maison(here: Flask) -> None:
    found = queries.locate("34142")
    assert found == {
        "commune": "34142",
        "name": "Lodève",
        "postal_codes": ["34700"],
        "epci": {"code": "200017341", "name": "Communauté de communes Lodévois et Larzac"},
        "departement": "34",
        "zone_emploi": None,
        "bassin_bmo": None,
        "maison": {"slug": "mmr-34", "name": "Maison de Ma Région — Hérault"},
        "renamed_from": None,
    }


def test_an_old_code_answers_for_today_s_commune(here: Flask) -> None:
    found = queries.locate("12076")
    assert found and (found["commune"], found["name"]) == ("12218", "Conques-en-Rouergue")
    assert found["renamed_from"] == "12076"


def test_a_commune_that_took_its_seat_s_code_is_not_renamed(here: Flask) -> None:
    found = queries.locate("12218")
    assert found and found["renamed_from"] is None


def test_the_rest_of_france_is_known_and_nothing_else(here: Flask) -> None:
    codes = queries.elsewhere_codes()
    assert {"75056", "75101", "2A004", "97411", "98818", "97501"} <= codes
    assert "99999" not in codes and "34142" not in codes
    assert not codes & queries.gazetteer().communes.keys()
    found = queries.elsewhere("2A004")
    assert found and (found.name, found.departement) == ("Ajaccio", "Corse-du-Sud")


def test_each_departement_has_one_maison_to_be_checked(here: Flask) -> None:
    assert {one.slug for one in queries.maisons()} == {f"mmr-{code}" for code in DEPARTEMENTS}
    assert {one.status for one in queries.maisons()} == {"a_verifier"}


def test_the_thirteen_outlines_are_closed_and_light(here: Flask) -> None:
    outlines = queries.outlines()
    assert set(outlines) == set(DEPARTEMENTS)
    for rings in outlines.values():
        assert all(ring[0] == ring[-1] for ring in rings)
        assert 100 < sum(len(ring) for ring in rings) < 400


def test_the_dataset_says_where_it_comes_from(here: Flask) -> None:
    one = next(one for one in queries.datasets() if one.kind == "communes")
    assert one.version == open_reference().version and one.rows == 4446 and len(one.sha256) == 64
    assert one.publisher and one.licence and one.published_on


def test_loading_again_changes_nothing(here: Flask) -> None:
    before = queries.version(), len(queries.datasets())
    assert load_reference().already_loaded
    assert (queries.version(), len(queries.datasets())) == before


def test_a_database_filled_before_outlines_were_kept_is_loaded_again(here: Flask) -> None:
    with transaction() as session:
        session.execute(delete(CommuneShape))
    assert not load_reference().already_loaded and len(queries.outlines("epci")) == 163
    assert load_reference().already_loaded


def test_a_maison_can_be_renamed_and_memory_follows(here: Flask) -> None:
    with transaction() as session:
        assert rename_maison(session, "mmr-48", "Maison de Ma Région de Mende", checked=True)
    maison = queries.maison_of("48095")
    assert maison and (maison.name, maison.status) == ("Maison de Ma Région de Mende", "verifie")
    with transaction() as session:
        assert not rename_maison(session, "mmr-75", "Nulle part", checked=True)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lodeve", "34142"),
        ("LODÈVE", "34142"),
        ("34700", "34142"),
        ("34142", "34142"),
        ("lodève 34700", "34142"),
        ("st jean de vedas", "34270"),
        ("aiguillon", "09003"),
        ("l'union", "31561"),
        ("saint cyprien sur dourdou", "12218"),
        ("toulou", "31555"),
    ],
)
def test_search_finds_a_commune_as_people_write_it(here: Flask, typed: str, expected: str) -> None:
    assert queries.search_communes(typed)[0].code == expected


def test_search_is_bounded(here: Flask) -> None:
    for typed in ("a", "saint", "34", "lodeve", "x" * 5000, "'; DROP TABLE", ""):
        assert len(queries.search_communes(typed, 8)) <= 8


def test_a_place_carries_its_zones_for_the_engine(here: Flask) -> None:
    place = queries.place_of("12076")
    assert place and place.commune == "12218" and place.region == "76" and place.epci == "241200641"
    assert len(queries.places()) == 4446 and queries.former()["12076"] == "12218"


def test_the_files_of_elected_people_are_never_read(reference: object) -> None:
    files = open_reference()
    assert not any("elu" in name or "depute" in name or "senateur" in name for name in FILES)
    with pytest.raises(ValueError):
        next(files.rows("elus_municipaux"))
    assert files.published_on is None or files.published_on <= date(2026, 12, 31)


def test_absent_reference_says_how_to_bring_it(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFERENCE_DIR", str(tmp_path))
    with pytest.raises(ReferenceAbsent, match="make setup"):
        open_reference()
