"""What is said of a job's figures: shares over a base, secrets and fragile numbers said so, French kept."""

from __future__ import annotations

import pytest

from app.gpec.figures import Cause, Figures
from app.gpec.helping import HELP, strong
from app.gpec.wording import Spot, level_words, tell
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind

LODEVE = Spot(ZoneKind.BASSIN_BMO, "7640", "Lodève")


def said(figures: Figures, job: str = "Aides-soignants") -> str:
    told = tell(LODEVE, "BMO 2024", figures, job)
    return f"{told.sentence} {told.basis}".replace("\u00a0", " ").strip()


@pytest.mark.parametrize(
    ("difficult", "words"),
    [
        (0, "aucun recrutement d’aides-soignants n’est jugé difficile (BMO 2024)"),
        (20, "presque aucun recrutement d’aides-soignants n’est jugé difficile"),
        (100, "1 recrutement d’aides-soignants sur 10 est jugé difficile"),
        (149, "1 recrutement d’aides-soignants sur 10 est"),
        (150, "2 recrutements d’aides-soignants sur 10 sont jugés difficiles"),
        (700, "7 recrutements d’aides-soignants sur 10 sont jugés difficiles"),
        (970, "presque tous les recrutements d’aides-soignants sont jugés difficiles"),
        (1000, ", tous les recrutements d’aides-soignants sont jugés difficiles"),
    ],
)
def test_a_share_is_told_out_of_ten_with_its_base(difficult: int, words: str) -> None:
    told = said(Figures(1200, difficult, None, 3, 0, 1000))
    assert told.startswith("Dans le bassin de Lodève, ") and words in told
    assert told.endswith(f"{difficult if difficult < 1000 else '1 000'} jugés difficiles sur 1 000 projets "
                         "dont la difficulté est publiée.")  # fmt: skip


def test_secret_fragile_and_absent_are_said_so_and_give_no_share() -> None:
    told = {
        "secret": said(Figures(None, None, None, 1, 1)),
        "absent": said(Figures(None, None, None, 0, 0)),
        "fragile": said(Figures(49, 40, 0, 1, 0, 49)),
        "secret difficulty": said(Figures(80, None, 0, 1, 0)),
        "small base": said(Figures(80, 20, 0, 2, 1, 30)),
    }
    assert "est secret (BMO 2024). Secret n’est pas zéro" in told["secret"]
    assert "aucun projet de recrutement d’aides-soignants n’est publié" in told["absent"]
    assert "49 projets de recrutement" in told["fragile"] and "Moins de 50 projets" in told["fragile"]
    assert "La part jugée difficile est secrète" in told["secret difficulty"]
    assert "au moins 80 projets" in told["small base"] and "moins de 50 projets" in told["small base"]
    assert not [words for words in told.values() if "sur 10" in words]


@pytest.mark.parametrize(
    ("kind", "code", "name", "words"),
    [
        (ZoneKind.BASSIN_BMO, "7637", "Le Vigan Ganges", "dans le bassin du Vigan Ganges"),
        (ZoneKind.BASSIN_BMO, "7636", "Alès", "dans le bassin d’Alès"),
        (ZoneKind.DEPARTEMENT, "34", "Hérault", "dans l’Hérault"),
        (ZoneKind.DEPARTEMENT, "66", "", "dans les Pyrénées-Orientales"),
        (ZoneKind.REGION, "76", "", "en Occitanie"),
    ],
)
def test_places_take_their_article(kind: ZoneKind, code: str, name: str, words: str) -> None:
    assert Spot(kind, code, name).words == words


def test_every_departement_is_named() -> None:
    assert len({Spot(ZoneKind.DEPARTEMENT, code, "").words for code in DEPARTEMENTS}) == len(DEPARTEMENTS)


def test_a_long_family_is_quoted_before_its_sentence_and_an_acronym_keeps_its_capitals() -> None:
    long = "Techniciens et agents de maîtrise en froid et conditionnement d’air"
    assert said(Figures(100, 50, 0, 1, 0, 100), long).startswith(f"« {long} » : dans le bassin de Lodève, 5 ")
    assert "de VRP" in said(Figures(100, 50, 0, 1, 0, 100), "VRP")


def test_every_cause_has_a_helper_and_only_strong_ones_speak() -> None:
    assert set(HELP) == set(Cause) and "Aract" in HELP[Cause.CONDITIONS] and "OPCO" in HELP[Cause.TRAINING]
    levels = ({"training": 3, "distance": 5}, {"training": 4, "workforce": 1})
    assert strong(levels) == (Cause.DISTANCE, Cause.TRAINING)
    assert level_words(4) == "4 sur 5, forte"
