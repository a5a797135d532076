"""`flask gpec`, as scripts outside the repository use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from tests.capabilities.gpec.conftest import BMO, Written

Answer = dict[str, object]
MEASURES = ("projects", "difficult", "seasonal", "rows", "secret_rows")
MALFORMED: list[tuple[dict[str, object], str]] = [
    ({"source": "insee"}, "source"),
    ({"year": 2019}, "year"),
    ({"year": "2024"}, "year"),
    ({"year": True}, "year"),
    ({"zone": None}, "zone"),
    ({"zone": {"kind": "canton", "code": "31"}}, "zone.kind"),
    ({"zone": {"kind": [], "code": "31"}}, "zone.kind"),
    ({"zone": {"kind": "departement", "code": "75"}}, "zone.code"),
    ({"zone": {"kind": "departement", "code": 31}}, "zone.code"),
    ({"zone": {"kind": "bassin_bmo", "code": "\ud800"}}, "zone.code"),
    ({"fap": "plombier"}, "fap"),
    ({"fap": 4}, "fap"),
]


def answered(app: Flask, command: str, lines: list[Answer]) -> list[Answer]:
    text = "".join(json.dumps(line) + "\n" for line in lines)
    result = app.test_cli_runner().invoke(args=["gpec", command], input=text)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def asked(kind: str = "departement", code: str = "31", **changes: object) -> Answer:
    return {"source": "bmo", "year": 2024, "zone": {"kind": kind, "code": code}, "fap": None} | changes


def test_the_figures_of_a_place_for_all_jobs_or_one(surveyed_app: Flask) -> None:
    lines = [asked(), asked("region", "76"), asked("bassin_bmo", "7637", fap="A0X40")]
    toulouse, region, basin = answered(surveyed_app, "figures", lines)
    assert toulouse == {
        "projects": 58_066,
        "difficult": 31_881,
        "seasonal": 8_031,
        "rows": 443,
        "secret_rows": 77,
    }
    assert region["projects"] == 258_347 and (basin["projects"], basin["rows"]) == (146, 2)


def test_other_kinds_of_zone_have_no_figure(surveyed_app: Flask) -> None:
    for kind, code in (("commune", "31555"), ("epci", "243100518"), ("zone_emploi", "7601")):
        (answer,) = answered(surveyed_app, "figures", [asked(kind, code)])
        assert answer.pop("published_at") == ["departement", "region", "bassin_bmo"]
        assert set(answer) == set(MEASURES) and set(answer.values()) == {None}


@pytest.mark.parametrize(("changes", "field"), MALFORMED)
def test_what_cannot_be_read_is_answered_too(
    surveyed_app: Flask, changes: dict[str, object], field: str
) -> None:
    (answer,) = answered(surveyed_app, "figures", [asked() | changes])
    assert answer["field"] == field and answer["error"]


def test_a_job_nobody_recruits_there_is_unknown_and_not_zero(surveyed_app: Flask) -> None:
    (answer,) = answered(surveyed_app, "figures", [asked("bassin_bmo", "7601", fap="Z9Z99")])
    assert (answer["projects"], answer["rows"], answer["secret_rows"]) == (None, 0, 0)


def test_figures_cannot_run_without_any_survey(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["gpec", "figures"], input="{}\n")
    assert result.exit_code == 2 and not result.stdout


def test_the_import_says_what_it_kept(app: Flask, samples: Path) -> None:
    result = app.test_cli_runner().invoke(args=["gpec", "import", "bmo", str(samples / BMO)])
    assert result.exit_code == 0
    assert json.loads(result.stdout.splitlines()[-1]) == {
        "kind": "bmo",
        "vintage": "2024",
        "read": 5345,
        "kept": 5345,
        "refused": 0,
        "outside": 0,
        "already_imported": False,
    }


def test_a_long_file_says_how_far_it_is(app: Flask, written: Written) -> None:
    path = written("rome.csv", ["code_rome", "libelle_rome"], [["A1101", "x"]] * 45_000)
    result = app.test_cli_runner().invoke(args=["gpec", "import", "rome", str(path)])
    assert result.stderr.splitlines()[-2:] == ["20000 lignes lues…", "40000 lignes lues…"]
    assert json.loads(result.stdout.splitlines()[-1])["read"] == 45_000 and result.exit_code == 1


def test_a_file_that_is_no_survey_is_an_error_line(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "torn.xlsx").write_bytes(b"PK\x03\x04 torn")
    (tmp_path / "empty.csv").write_bytes(b"")
    for name in ("torn.xlsx", "empty.csv", "absent.xlsx"):
        result = app.test_cli_runner().invoke(args=["gpec", "import", "bmo", str(tmp_path / name)])
        assert result.exit_code == 1 and json.loads(result.stdout.splitlines()[-1])["error"]
