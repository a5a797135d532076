"""Official lists of agreements, and the OPCO they let the desk state."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from app.directory import queries
from app.directory.actions import load_base
from app.directory.imports import import_agreements, import_opcos
from app.directory.models import Agreement, OpcoFact, Origin
from app.extensions import db
from app.sheets import SheetRefused

DARES = "conventions/Dares_Suivi_Historique_convention_collective_Juin2026.xlsx"
HEADER = "IDCC;Libellé;IDCCactif;NouvIDCC;LibelléCourt\n"
# The examples the taxonomy gives as checked: whatever is imported, they hold.
CHECKED = {
    "AFDAS": "2511 1631 1790 1285",
    "AKTO": "1979 1501 1266 3043 2378 1351 1516",
    "ATLAS": "1486 787 2120",
    "CONSTRUCTYS": "1596 1597 2609 1702",
    "OPCOMMERCE": "2216 675 1517",
    "OCAPIAT": "7024 7002 7018 112 3109",
    "OPCO_2I": "3248 44 1411",
    "OPCO_EP": "843 1267 3254 1483 2596 3032 1996 1147 1527 3127 1978 2219",
    "OPCO_MOBILITES": "16 1090",
    "OPCO_SANTE": "2264 29 413",
    "UNIFORMATION": "2941 1518",
}


@pytest.fixture
def based(context: Flask) -> Flask:
    load_base()
    return context


def a_file(folder: Path, text: str, name: str = "liste-2026.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_the_checked_examples_hold_before_and_after_the_dares_file(based: Flask, samples: Path) -> None:
    def wrong() -> list[str]:
        return [
            idcc
            for opco, numbers in CHECKED.items()
            for idcc in numbers.split()
            if (queries.opco_of(idcc).opco, queries.opco_of(idcc).status) != (opco, "vérifié")
        ]

    assert wrong() == []
    import_agreements(samples / DARES)
    assert wrong() == []


def test_the_dares_workbook_is_read_whole(based: Flask, samples: Path) -> None:
    before = queries.version()
    dry = import_agreements(samples / DARES, dry_run=True)
    assert count(Agreement) == 0 and queries.version() == before
    report = import_agreements(samples / DARES)
    sheet = CalamineWorkbook.from_path(str(samples / DARES)).get_sheet_by_name("Conventions de branche")
    rows = list(sheet.iter_rows())[1:]
    assert report == dry and (report.vintage, report.read) == ("2026", len(rows))
    assert report.kept + len(report.refused) + report.outside == report.read
    assert count(Agreement) == report.kept == len({str(row[0]) for row in rows if row[0]})
    active = select(func.count()).where(Agreement.active.is_(True))
    assert db.session.scalar(active) == sum(row[4] == 1 for row in rows)
    again = import_agreements(samples / DARES)
    assert again.already_imported and queries.version() == before + 1


def test_four_agreements_in_five_have_their_opco(based: Flask, samples: Path) -> None:
    import_agreements(samples / DARES)
    active = db.session.scalars(select(Agreement.idcc).where(Agreement.active.is_(True))).all()
    told = [idcc for idcc in active if queries.opco_of(idcc).opco]
    assert len(told) / len(active) >= 0.8


def test_a_newcomer_inherits_when_all_its_predecessors_agree(based: Flask, samples: Path) -> None:
    import_agreements(samples / DARES)
    carried = queries.opco_of("3249")
    assert (carried.opco, carried.status) == ("OPCO_2I", "déduit") and "87" in carried.source
    assert queries.opco_of("1059").opco == "OPCO_2I"
    # Quincaillerie: one of its three predecessors has no known OPCO.
    assert queries.opco_of("3243").opco is None


def test_an_unknown_agreement_stays_undetermined(based: Flask) -> None:
    answer = queries.opco_of("4242")
    assert (answer.opco, answer.status) == (None, "à déterminer")


def test_rows_refused_say_line_value_and_reason(based: Flask, tmp_path: Path) -> None:
    good = "".join(f"{number};Convention {number};1;;\n" for number in range(1000, 1400))
    bad = "abc;Convention;1;;\n1000;Encore;1;;\n55;Autre;peut-être;;\n"
    report = import_agreements(a_file(tmp_path, HEADER + good + bad))
    assert (report.read, report.kept) == (403, 400)
    assert [(row.line, row.value) for row in report.refused] == [
        (402, "abc"),
        (403, "1000"),
        (404, "peut-être"),
    ]
    assert "ligne 2" in report.refused[1].reason


@pytest.mark.parametrize(
    "text",
    ["IDCC;Libellé\n843;Boulangerie\n", HEADER + "x;y;1;;\n" * 3 + "843;Boulangerie;1;;\n", HEADER, ""],
)
def test_a_bad_list_writes_nothing(based: Flask, tmp_path: Path, text: str) -> None:
    with pytest.raises(SheetRefused):
        import_agreements(a_file(tmp_path, text))
    assert count(Agreement) == 0


def test_an_imported_opco_beats_the_base_and_tells_its_source(based: Flask, tmp_path: Path) -> None:
    text = (
        "idcc;opco;source;date\n0184;Opco 2i;Arrêté du test;23/11/2025\n4242;L’Opcommerce;Avis;2026-01-05\n"
    )
    report = import_opcos(a_file(tmp_path, text))
    assert (report.read, report.kept, len(report.refused)) == (2, 2, 0)
    assert queries.opco_of("184").opco == "OPCO_2I" and queries.opco_of("184").source == "Arrêté du test"
    assert queries.opco_of("4242").opco == "OPCOMMERCE"
    load_base()
    assert queries.opco_of("184").opco == "OPCO_2I"


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("184;OPCO Inconnu;Source;2025-01-01", "OPCO Inconnu"),
        ("184;AKTO;;2025-01-01", ""),
        ("184;AKTO;Source;hier", "hier"),
        ("184;AKTO;Source;2999-01-01", "2999-01-01"),
        ("999999;AKTO;Source;2025-01-01", "999999"),
    ],
)
def test_an_opco_without_code_source_or_date_is_refused(
    based: Flask, tmp_path: Path, row: str, value: str
) -> None:
    with pytest.raises(SheetRefused) as refused:
        import_opcos(a_file(tmp_path, f"idcc;opco;source;date\n{row}\n"))
    assert refused.value.report is not None
    assert [one.value for one in refused.value.report.refused] == [value]
    assert not db.session.scalars(select(OpcoFact).where(OpcoFact.origin == Origin.IMPORT.value)).all()


def test_agreements_are_searched_in_the_list_in_force(based: Flask, tmp_path: Path) -> None:
    assert ("843", "Boulangerie-pâtisserie (artisanale)") in queries.search_agreements("boulanger")
    assert queries.search_agreements("0843")[0][0] == "843"
    text = HEADER + "00018;Industries textiles;1;;Textile\n00843;Boulangerie;0;03255;\n"
    import_agreements(a_file(tmp_path, text))
    assert queries.search_agreements("textile") == [("18", "Textile")]
    assert queries.search_agreements("843") == []


def test_an_activity_suggests_and_never_decides(based: Flask) -> None:
    assert [idcc for idcc, _ in queries.agreements_suggested_by("10.71C")] == ["843"]
    assert queries.agreements_suggested_by("99.00Z") == []
    assert queries.agreements_suggested_by("") == []


@pytest.mark.parametrize(
    ("words", "naf"),
    [("boulanger", "10.71C"), ("garage", "45.20A"), ("aide a domicile", "88.10A"), ("COIFFEUR", "96.02A")],
)
def test_everyday_words_find_the_activity(based: Flask, words: str, naf: str) -> None:
    assert queries.search_activities(words)[0][0] == naf
    assert queries.search_activities(naf.replace(".", "").lower())[0][0] == naf


@pytest.mark.parametrize("text", ["", "   ", "de la", "\0", "½", "x" * 5000, "%_'\"", "12.3"])
def test_any_text_may_be_searched(based: Flask, text: str) -> None:
    assert queries.search_activities(text) is not None and queries.search_agreements(text) is not None
