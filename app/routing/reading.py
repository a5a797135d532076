"""Read an edition's TOML texts into a rulebook; what is malformed is refused with a sentence."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from app.routing.conditions import Always, Condition
from app.routing.derived import DerivedFact
from app.routing.faults import located
from app.routing.grammar import ConditionError, condition
from app.routing.rulebook import Actor, Need, Question, Rule, Rulebook, SchemeRule, Theme, frozen

T = TypeVar("T")
Row = dict[str, Any]
TEXTS = frozenset({"key", "label", "theme", "type", "when", "condition", "reason", "source", "message"})


class RulebookError(ValueError):
    """An edition that cannot be used; the sentence says which entry and why."""


def content_hash(files: Mapping[str, str]) -> str:
    """The name of an edition: the hash of its text, file by file."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{files[name]}\0".encode())
    return digest.hexdigest()[:16]


def read_rulebook(files: Mapping[str, str]) -> Rulebook:
    """The compiled edition. Raises RulebookError, with the file and the line of the entry at fault."""
    try:
        return _compiled(files)
    except RulebookError as error:
        raise RulebookError(located(str(error), files)) from error


def _compiled(files: Mapping[str, str]) -> Rulebook:
    rows = _merged(files)
    edition = rows.get("edition", {})
    needs = _keyed(rows["need"], _need)
    rules = tuple(_keyed(rows["rule"], _rule).values())
    schemes = _keyed(rows["scheme"], _scheme)
    return Rulebook(
        key=str(edition.get("key", "")),
        hash=content_hash(files),
        title=str(edition.get("title", "")),
        in_force_from=str(edition.get("in_force_from", "")),
        themes=frozen(
            _keyed(rows["theme"], lambda row: Theme(row["key"], row["label"], row.get("hint", "")))
        ),
        needs=frozen(needs),
        actors=frozen(_keyed(rows["actor"], _actor)),
        schemes=frozen(schemes),
        questions=frozen(_keyed(rows["question"], _question)),
        facts=frozen(_keyed(rows["fact"], _fact)),
        rules=rules,
        opcos=frozen(_keyed(rows["opco"], lambda row: str(row["label"]))),
        rules_of=frozen({key: tuple(rule for rule in rules if rule.concerns(key)) for key in needs}),
        conditions=frozen({key: scheme.condition for key, scheme in schemes.items()}),
    )


def _merged(files: Mapping[str, str]) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for name in sorted(files):
        try:
            content = tomllib.loads(files[name])
        except tomllib.TOMLDecodeError as error:
            raise RulebookError(f"{name}{_line(error)} : ce n’est pas du TOML lisible.") from error
        for table, value in content.items():
            rows[table] = rows[table] + value if isinstance(rows.get(table), list) else value
    missing = {"theme", "need", "actor", "scheme", "question", "fact", "rule", "opco"} - rows.keys()
    if missing:
        raise RulebookError(f"Édition incomplète : il manque {', '.join(sorted(missing))}.")
    return rows


def _line(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"line (\d+)", str(error))
    return f", ligne {found[1]}" if found else ""


def _keyed(rows: Any, build: Callable[[Row], T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for row in _tables(rows):
        key = str(row.get("key", "?"))
        if key in found:
            raise RulebookError(f"« {key} » est défini deux fois.")
        try:
            _typed(row)
            found[key] = build(row)
        except KeyError as error:
            raise RulebookError(f"« {key} » : il manque {error}.") from error
        except ConditionError as error:
            raise RulebookError(f"« {key} » : {error}") from error
        except (TypeError, AttributeError, ValueError) as error:
            raise RulebookError(f"« {key} » : une valeur n’est pas du type attendu.") from error
    return found


def _typed(row: Row) -> None:
    """Raises TypeError: a named text must be one, a list holds texts or tables."""
    for name, value in row.items():
        if name in TEXTS and not isinstance(value, str):
            raise TypeError(f"{name} attend un texte")
        if isinstance(value, list) and not all(isinstance(one, str | dict) for one in value):
            raise TypeError(f"{name} attend des textes")


def _tables(rows: Any) -> list[Row]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RulebookError("Une édition se compose de tables répétées, comme [[need]].")
    return rows


def _maybe(text: str | None) -> Condition | None:
    return condition(text) if text else None


def _need(row: Row) -> Need:
    return Need(
        row["key"],
        row["label"],
        row["theme"],
        row.get("urgency", "normale"),
        tuple(row["policies"]),
        tuple(row.get("actors", ())),
        tuple(row.get("schemes", ())),
        tuple(row.get("asks", ())),
        tuple(row.get("context", ())),
        row.get("in_scope", True),
        row.get("message", ""),
        row["source"],
        row["verified_on"],
        tuple(row.get("messages", {}).items()),
    )


def _actor(row: Row) -> Actor:
    return Actor(
        row["key"],
        row["label"],
        row["network"],
        row["territory"],
        row["audience_text"],
        row["services"],
        row["perimeter"],
        _maybe(row.get("audience")),
        row.get("refusal", "Cet acteur ne s’adresse pas à votre situation."),
        row.get("served", "partout") == "liste",
        row.get("leads", True),
        row.get("partner", False),
        row["source"],
        row["status"],
        row["verified_on"],
    )


def _scheme(row: Row) -> SchemeRule:
    closed = row.get("closed", False)
    return SchemeRule(
        row["key"],
        row["label"],
        row["purpose"],
        row.get("condition", ""),
        Always() if closed else condition(row["condition"]),
        tuple(row.get("points_a_confirmer", ())),
        tuple(row.get("demarches", ())),
        tuple(row.get("notes", ())),
        row["authority"],
        row["validity"],
        row["status"],
        row["source"],
        row["verified_on"],
        closed,
        row.get("closed_text", ""),
        tuple(row.get("replaced_by", ())),
        row.get("montant", ""),
        row.get("montant_source", ""),
        row.get("regional", False),
        tuple(row.get("policies", ())),
    )


def _question(row: Row) -> Question:
    choices = tuple((str(value), str(label)) for value, label in row.get("choices", {}).items())
    return Question(
        row["key"],
        row["label"],
        row["text"],
        row["type"],
        choices,
        row.get("hint", ""),
        tuple(row["needs"]),
    )


def _fact(row: Row) -> DerivedFact:
    defaults = tuple((condition(one["when"]), one["value"]) for one in row.get("defaults", ()))
    return DerivedFact(
        row["key"],
        row["label"],
        row["type"],
        tuple(row["asks"]),
        tuple(row.get("aliases", ())),
        _maybe(row.get("yes")),
        _maybe(row.get("no")),
        _maybe(row.get("otherwise_no")),
        tuple(row.get("from", ())),
        row.get("contradicts", False),
        defaults,
        row["source"],
    )


def _rule(row: Row) -> Rule:
    return Rule(
        row["key"],
        tuple(row["needs"]),
        condition(row["when"]),
        row["when"],
        row["reason"],
        row["source"],
        row["verified_on"],
        tuple(row.get("lead", ())),
        tuple(row.get("add", ())),
        tuple(row.get("remove", ())),
        tuple(row.get("only", ())),
        tuple(row.get("first", ())),
        tuple((old, new) for old, new in row.get("replace", {}).items()),
        tuple(row.get("add_schemes", ())),
        row.get("urgency", ""),
        row.get("note", ""),
    )
