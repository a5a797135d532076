"""`gpec import naf-2025`: columns found by name, one row for each pair, refused rows told."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask

from app.directory.actions import load_base
from app.directory.queries import snapshot

HEADER = "NAF 2025;Intitulé NAF 2025;NAF rév. 2;Intitulé NAF rév. 2\n"
ROW = "95.31Y;Réparation;45.20A;Entretien\n"


def imported(app: Flask, file: Path, *more: str) -> tuple[int, list[dict[str, object]]]:
    with app.app_context():
        load_base()
    result = app.test_cli_runner().invoke(args=["gpec", "import", "naf-2025", str(file), *more])
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def rows(count: int) -> str:
    return "".join(f"{10 + n // 90}.{10 + n % 90}Y;x;{10 + n // 90}.{10 + n % 90}Z;x\n" for n in range(count))


def test_pairs_are_kept_and_read_by_the_snapshot(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "naf-2025.csv"
    file.write_text(HEADER + ROW + "5611y;x;5610A;x\n56.11Y;x;56.10C;x\n", encoding="utf-8")
    code, said = imported(app, file)
    assert code == 0 and said[-1]["kept"] == said[-1]["read"] == 3
    with app.app_context():
        links = snapshot().former_activities
        assert dict(links) == {"95.31Y": ("45.20A",), "56.11Y": ("56.10A", "56.10C")}
    assert imported(app, file)[1][-1]["already_imported"] is True


def test_a_wrong_code_and_a_repeated_pair_are_refused(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "naf.csv"
    file.write_text(HEADER + rows(300) + ROW + ROW + "section A;x;01.11Z;x\n", encoding="utf-8")
    code, said = imported(app, file)
    assert code == 0 and said[-1]["refused"] == 2 and said[-1]["kept"] == 301
    assert {one["line"] for one in said[:-1]} == {303, 304}


def test_a_missing_column_writes_nothing(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "naf.csv"
    file.write_text("NAF 2025;Intitulé\n95.31Y;x\n", encoding="utf-8")
    code, said = imported(app, file)
    assert code == 1 and said[-1]["error"]


def test_a_dry_run_writes_nothing(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "naf.csv"
    file.write_text(HEADER + ROW, encoding="utf-8")
    assert imported(app, file, "--dry-run")[0] == 0
    with app.app_context():
        assert dict(snapshot().former_activities) == {}
