"""`flask territory` and `flask gpec import`, as scripts outside the repository use them."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask

BASINS = "bmo/bassin_emploi_BMO2024_communes_occitanie.csv"
MALFORMED = ["", "{}", "[]", "x", '{"commune":null}', '{"commune":34142}', '{"commune":"99999"}', '"34142"']
MALFORMED += [
    '{"commune":" "}',
    '{"commune":{}}',
    '{"commune":"\\ud800"}',
    '{"commune":"' + "9" * 70_000 + '"}',
]


def located(app: Flask, lines: list[str]) -> list[dict[str, object]]:
    result = app.test_cli_runner().invoke(args=["territory", "locate"], input="\n".join(lines) + "\n")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_ten_thousand_lines_are_answered_in_order_malformed_included(territory: Flask) -> None:
    lines = [f'{{"commune":"{code}"}}' for code in ("34142", "12076", "75101")] + MALFORMED
    many = (lines * (10_000 // len(lines) + 1))[:10_000]
    answers = located(territory, many)
    assert len(answers) == 10_000
    for line, answer in zip(many, answers, strict=True):
        assert ("error" in answer and "field" in answer) == (line in MALFORMED), (line, answer)


def test_elsewhere_in_france_is_out_of_scope(territory: Flask) -> None:
    for answer in located(territory, ['{"commune":"75101"}', '{"commune":"98818"}', '{"commune":"2b033"}']):
        assert answer["in_scope"] is False and answer["message"]


def test_locate_says_so_when_nothing_is_loaded(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["territory", "locate"], input='{"commune":"34142"}\n')
    assert result.exit_code == 2 and not result.stdout


def test_load_answers_one_line(territory: Flask) -> None:
    result = territory.test_cli_runner().invoke(args=["territory", "load"])
    assert result.exit_code == 0 and json.loads(result.stdout)["communes"] == 4446


def test_refused_rows_come_first_then_the_count(territory: Flask, samples: Path) -> None:
    arguments = ["gpec", "import", "bmo-basins", str(samples / BASINS), "--dry-run"]
    result = territory.test_cli_runner().invoke(args=arguments)
    *refused, last = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0 and len(refused) == 30
    assert all(set(row) == {"line", "value", "reason"} for row in refused)
    assert last == {
        "kind": "bmo-basins",
        "vintage": "2024",
        "read": 4586,
        "kept": 4556,
        "refused": 30,
        "outside": 0,
        "already_imported": False,
    }


def test_an_unreadable_file_is_an_error_line_and_exit_1(territory: Flask, tmp_path: Path) -> None:
    (tmp_path / "image.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "torn.xlsx").write_bytes(b"PK\x03\x04 torn")
    for name in ("image.csv", "empty.csv", "torn.xlsx", "absent.csv", "."):
        result = territory.test_cli_runner().invoke(
            args=["gpec", "import", "bmo-basins", str(tmp_path / name)]
        )
        assert result.exit_code == 1, (name, result.output)
        assert json.loads(result.stdout.splitlines()[-1])["error"], name
