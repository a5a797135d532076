"""Jobs found by code, by name, by appellation; bars drawn with the figures of the table."""

from __future__ import annotations

from xml.etree import ElementTree

from app.gpec.job_names import JobHit, JobNames
from app.reporting.bars import Bar, Bars

NAMES = JobNames(
    {"D1102": "Boulangerie - viennoiserie", "G1602": "Personnel de cuisine", "A1203": "Espaces verts"},
    [("Boulanger / Boulangère", "D1102"), ("Cuisinier / Cuisinière", "G1602"), ("Sans fiche", "Z9999")],
)


def test_a_job_is_found_by_its_code_in_any_case() -> None:
    assert NAMES.search(" d1102 ", 5) == [JobHit("D1102", "Boulangerie - viennoiserie")]


def test_each_typed_word_begins_a_word_without_its_accents() -> None:
    assert [hit.rome for hit in NAMES.search("cuisiniere", 5)] == ["G1602"]
    assert NAMES.search("cuisinière", 5)[0].named == "Cuisinier / Cuisinière"
    assert NAMES.search("verts espaces", 5)[0].rome == "A1203"
    assert NAMES.search("espaces rouges", 5) == [] == NAMES.search("uisinier", 5)


def test_one_answer_a_job_and_no_more_than_asked() -> None:
    assert [hit.rome for hit in NAMES.search("boulang", 5)] == ["D1102"]
    assert len(NAMES.search("e", 1)) <= 1


def test_nothing_is_found_for_nothing_nor_for_a_card_that_is_not_known() -> None:
    for typed in ("", "  ", "\x00", "🥐", "sans fiche", "'; drop table"):
        assert NAMES.search(typed, 5) == []


def test_bars_say_their_figures_and_a_secret_has_none() -> None:
    drawing = Bars("Projets", (Bar("Hérault", 120, "120 · 65 %"), Bar("Lozère", None, "secret")))
    written = [text for text in ElementTree.fromstring(drawing.svg()).itertext() if text.strip()]  # noqa: S314
    assert {"Hérault", "120 · 65 %", "Lozère", "secret"} <= set(written)
    assert drawing.key != Bars("Projets", drawing.bars[:1]).key
