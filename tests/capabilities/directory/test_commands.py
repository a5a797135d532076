"""`flask directory opco` over its public contract."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from app.directory.actions import load_base

CODES = {
    "AFDAS", "AKTO", "ATLAS", "CONSTRUCTYS", "OCAPIAT", "OPCO_EP", "OPCO_MOBILITES", "OPCO_SANTE", "OPCO_2I",
    "OPCOMMERCE", "UNIFORMATION", None,
}  # fmt: skip


@pytest.fixture
def based(app: Flask) -> Flask:
    with app.app_context():
        load_base()
    return app


def answers(app: Flask, *lines: str) -> list[dict[str, object]]:
    result = app.test_cli_runner().invoke(args=["directory", "opco"], input="\n".join(lines) + "\n")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("idcc", ['"843"', "843", '"0843"', '"00843"', "843.0", '" 843 "'])
def test_the_number_may_be_text_or_number_with_zeros(based: Flask, idcc: str) -> None:
    (answer,) = answers(based, f'{{"idcc": {idcc}}}')
    assert set(answer) == {"opco", "status", "source"}
    assert (answer["opco"], answer["status"]) == ("OPCO_EP", "vérifié") and answer["source"]


def test_an_unknown_agreement_is_undetermined(based: Flask) -> None:
    assert answers(based, '{"idcc": 4242}') == [{"opco": None, "status": "à déterminer", "source": None}]


@pytest.mark.parametrize(
    "line",
    ["{}", '{"idcc": null}', '{"idcc": true}', '{"idcc": [843]}', '{"idcc": "abc"}', '{"idcc": 8.5}',
     '{"idcc": -843}', '{"idcc": 0}', '{"idcc": "123456"}', '{"idcc": ""}', '{"idcc": 1e400}', '{"idcc": NaN}'],
)  # fmt: skip
def test_a_malformed_number_names_its_field(based: Flask, line: str) -> None:
    (answer,) = answers(based, line)
    assert set(answer) == {"error", "field"} and answer["field"] == "idcc" and answer["error"]


@pytest.mark.parametrize("line", ["", "[]", "843", "{", '"843"', "é"])
def test_a_line_that_is_no_object_is_answered(based: Flask, line: str) -> None:
    (answer,) = answers(based, line)
    assert set(answer) == {"error", "field"} and answer["error"]


def test_ten_thousand_lines_in_order(based: Flask) -> None:
    lines = [json.dumps({"idcc": number}) if number % 10 else "{oups" for number in range(1, 10_001)]
    told = answers(based, *lines)
    assert len(told) == 10_000 and told[842]["opco"] == "OPCO_EP"
    assert all("error" in answer for answer in told[9::10])
    assert {answer.get("opco") for answer in told} == CODES


def test_loading_says_what_is_there(app: Flask) -> None:
    first, again = (
        json.loads(app.test_cli_runner().invoke(args=["directory", "load"]).stdout) for _ in range(2)
    )
    assert first["already_loaded"] is False and again["already_loaded"] is True
    assert first["branches"] == again["branches"] > 200
