"""What is sent is read with tolerance on form and strictness on sense."""

from __future__ import annotations

from typing import Any

import pytest

from app.routing.facts import Situation
from app.routing.refusals import SituationError
from app.routing.situation import read_situation
from tests.pure.routing.desk import TODAY, book, decide

LINE = {"commune": "34142", "need": "rec_etranger"}


def read(**more: Any) -> Situation:
    return read_situation({**LINE, **more}, book(), TODAY)


@pytest.mark.parametrize("naf", ["10.71C", "1071C", "1071c", " 10.71c "])
def test_naf_dotted_or_not(naf: str) -> None:
    assert read(naf=naf).naf == "10.71C"


@pytest.mark.parametrize("idcc", ["0843", "843", 843, 843.0, "00000843"])
def test_idcc_leading_zeros(idcc: Any) -> None:
    assert read(idcc=idcc).idcc == "843"


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [
        (0, (0, 0)),
        ("4", (4, 4)),
        (4.0, (4, 4)),
        ("10-19", (10, 19)),
        ("10 à 19", (10, 19)),
        ("250+", (250, None)),
        (None, None),
        ("", None),
    ],
)
def test_workforce_number_or_band(sent: Any, read_as: object) -> None:
    assert read(workforce=sent).workforce == read_as


@pytest.mark.parametrize(
    ("sent", "family"),
    [
        ("SARL", "societe"),
        ("S.A.S.", "societe"),
        ("Société par actions simplifiée", "societe"),
        ("Établissement public administratif", "publique"),
        ("EI", "individuelle"),
        ("1000", "individuelle"),
        (5710, "societe"),
        ("9220", "association"),
        ("Association", "association"),
        ("Micro-entrepreneur", "micro"),
        ("7210", "publique"),
        ("Établissement public", "publique"),
    ],
)
def test_legal_form(sent: Any, family: str) -> None:
    assert read(legal_form=sent).legal_form == family


def test_unread_legal_form_is_unknown_and_said_so() -> None:
    situation = read(legal_form="bidule")
    assert situation.legal_form is None and "legal_form" in situation.ignored


@pytest.mark.parametrize("word", ["oui", "Oui", True, "vrai", " OUI "])
def test_words_for_yes(word: Any) -> None:
    assert read(answers={"rqth": word}).answers == {"rqth": True}


def test_unknown_answers_are_ignored_and_listed() -> None:
    situation = read(
        answers={"rqth": "peut-être", "zzz": 1, "frein": ["logement", "x"], "suivi_par": "Cap emploi"}
    )
    assert situation.ignored == ("rqth", "zzz", "frein")
    assert situation.answers == {"frein": frozenset({"logement"}), "suivi_par": "Cap emploi"}


@pytest.mark.parametrize("nothing", [None, "", []])
def test_nothing_said_is_unknown_not_ignored(nothing: Any) -> None:
    situation = read(answers={"age": nothing})
    assert situation.answers == {} and situation.ignored == ()


@pytest.mark.parametrize(
    ("sent", "european"),
    [
        ("France", True),
        ("FR", True),
        ("espagne", True),
        ("Suisse", True),
        ("Norvège", True),
        ("la Belgique", True),
        ("DEU", True),
        ("l’Italie", True),
        ("La Réunion", True),
        ("espagnole", True),
        ("Italienne", True),
        ("français", True),
        ("Marocaine", False),
        ("Sénégalais", False),
        ("Maroc", False),
        ("MA", False),
        ("Royaume-Uni", False),
        ("Côte d’Ivoire", False),
    ],
)
def test_nationality(sent: str, european: bool) -> None:
    answer = decide(need="rec_etranger", answers={"nationalite": sent})
    assert answer.lead is not None
    assert answer.lead.actor == ("france_travail" if european else "prefecture_moe")
    assert "nationalite" not in answer.questions


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"commune": None}, "commune"),
        ({"commune": "3414"}, "commune"),
        ({"commune": True}, "commune"),
        ({"need": "inconnu"}, "need"),
        ({"need": 3}, "need"),
        ({"workforce": -1}, "workforce"),
        ({"workforce": "19-10"}, "workforce"),
        ({"workforce": True}, "workforce"),
        ({"workforce": 4.5}, "workforce"),
        ({"workforce": float("nan")}, "workforce"),
        ({"workforce": [4]}, "workforce"),
        ({"naf": "abc"}, "naf"),
        ({"naf": {}}, "naf"),
        ({"idcc": "x"}, "idcc"),
        ({"on": "2026-02-30"}, "on"),
        ({"on": 20261123}, "on"),
        ({"answers": []}, "answers"),
        ({"answers": "abc"}, "answers"),
        ({"commune": 34142}, "commune"),
        ({"answers": {"age": -1}}, "age"),
        ({"answers": {"age": "vieux"}}, "age"),
        ({"answers": {"date_conclusion": "2026-13-01"}}, "date_conclusion"),
        ({"answers": {"rqth": 3}}, "rqth"),
        ({"naf_version": "rev3"}, "naf_version"),
    ],
)
def test_wrong_sense_is_refused_with_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(SituationError) as refused:
        read(**more)
    assert refused.value.field == field


def test_date_defaults_to_today_and_naf_version_follows_it() -> None:
    assert read().on == TODAY and read().naf_version == "rev2"
    assert read(on="2027-01-01").naf_version == "2025"
    assert read(on="2027-01-01", naf_version="rev2").naf_version == "rev2"


def test_a_building_site_that_is_no_commune_is_ignored() -> None:
    assert read(answers={"commune_chantier": "le centre"}).ignored == ("commune_chantier",)
    assert read(answers={"commune_chantier": " 46042 "}).answers == {"commune_chantier": "46042"}


def test_out_of_scope_says_where_to_go_by_profile() -> None:
    profiles = [value for value, _ in book().questions["profil"].choices]
    said = {decide(need="hc_pas_employeur", answers={"profil": one}).message for one in profiles}
    assert len(said) == len(profiles) == 5
    assert decide(need="hc_pas_employeur").message not in said
