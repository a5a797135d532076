"""`flask routing …` over its public contract, on the real reference data."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from flask import Flask

KEYS = {
    "in_scope",
    "message",
    "opco",
    "lead",
    "supports",
    "refused",
    "schemes",
    "questions",
    "ignored",
    "rulebook",
}
JUNK: list[Any] = [
    None, True, -1, 3.5, "", "x", "²", "\ud800", "\0", [], [1], {}, {"a": []}, 10**30, float("nan"), "9" * 300,
]  # fmt: skip
BASES: list[dict[str, Any]] = [
    {"commune": "34142", "naf": "10.71C", "idcc": "843", "workforce": 4, "need": "alt_apprenti"},
    {"commune": "31555", "workforce": "10-19", "need": "for_dirigeant", "answers": {"tns": True}},
    {"commune": "75056", "need": "alt_apprenti"},
    {"commune": "46042", "need": "hc_pas_rh"},
]
BROKEN = ["", "[]", "{", "[" * 60_000, '{"a":' * 5_000, "x" * 70_000, '{"commune":NaN}', "\udcff"]


def run(app: Flask, command: str, lines: list[str]) -> list[dict[str, Any]]:
    sent = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    result = app.test_cli_runner().invoke(args=["routing", command], input=sent)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def mixed(draw: Random) -> str:
    """A line as it should be, with one field spoilt, or that is no line at all."""
    if draw.random() < 0.1:
        return draw.choice(BROKEN)
    line = dict(draw.choice(BASES))
    if draw.random() < 0.6:
        line[draw.choice([*line, "on", "legal_form", "naf_version", "answers"])] = draw.choice(JUNK)
    return json.dumps(line)


def test_ten_thousand_lines_are_answered_in_order(seeded: Flask) -> None:
    draw = Random(11)
    lines = [mixed(draw) if at % 10 else json.dumps(BASES[0]) for at in range(10_000)]
    answers = run(seeded, "decide", lines)
    assert len(answers) == 10_000
    assert {frozenset(answer) for answer in answers} == {frozenset(KEYS), frozenset({"error", "field"})}
    assert {answer["lead"]["branch"] for answer in answers[::10]} == {"opco-ep-occitanie"}


def test_out_of_scope_has_a_message_and_nothing_else(seeded: Flask) -> None:
    for answer in run(seeded, "decide", [json.dumps(line) for line in BASES[2:]]):
        assert answer["in_scope"] is False and answer["message"] and answer["lead"] is None
        assert not any(answer[key] for key in ("supports", "refused", "schemes", "questions"))


def test_the_coverage_has_the_shape_of_the_contract(seeded: Flask) -> None:
    (proof,) = run(seeded, "coverage", [])
    assert list(proof) == [
        "combinations", "led", "fallback_only", "without_lead", "overlaps", "by_need", "examples",
    ]  # fmt: skip
    assert proof["combinations"] == proof["led"] == 4_446 * 50 * 5
    assert proof["fallback_only"] == proof["without_lead"] == 0 and len(proof["by_need"]) == 50


def test_what_no_situation_reaches_is_listed_with_why(seeded: Flask) -> None:
    told = run(seeded, "unreached", [])
    assert {one["kind"] for one in told} == {"scheme"} and all(one["why"] for one in told)
    assert {"apld_r", "pcrh", "mrs"} <= {one["key"] for one in told}
