"""Decisions by the thousand, as the directory and the rules grow, and beside another engine on one same table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from random import Random
from time import perf_counter
from typing import Any

from app.directory.compiled import Content, pack, unpack
from app.routing.deciding import Decider
from app.routing.engine import orient
from app.routing.facts import Branch, DirectorySnapshot, Situation
from app.routing.grammar import condition
from app.routing.matching import NOT_TOLD, Table
from app.routing.reading import read_rulebook
from app.routing.rulebook import Question, Rulebook
from app.routing.situation import read_situation
from app.rulebooks.edition import texts

BRANCHES, RULES, TABLE_ROWS, SITUATIONS, GROWTH = 20_000, 7_000, 5_000, 3_000, 300
Timed = Callable[[Callable[[], object], int], float]
Line = tuple[str, float, str, float]


def lines(timed: Timed, directory: DirectorySnapshot, book: Rulebook, day: date) -> Iterator[Line]:
    """(what, seconds, yardstick, its seconds); each batch is given for one decision."""
    told = situations(directory, book, day)
    few = _decide(timed, Decider(directory, book), told)
    spoken = timed(lambda: _each(lambda one: orient(one, directory, book), told), 1) / len(told)
    yield "décider en codes", few, "orienter avec ses phrases", spoken
    others = situations(directory, book, day, seed=4)
    start = perf_counter()
    _each(lambda one: orient(one, directory, book), others)
    unseen = (perf_counter() - start) / len(others)
    yield "orienter des situations jamais vues", unseen, "orienter avec ses phrases", spoken
    same = told[:GROWTH]
    base = _decide(timed, Decider(directory, book), same)
    body = pack(_grown(directory))
    compiled = timed(lambda: unpack(body), 1)
    yield f"compiler {BRANCHES} antennes", compiled, "décider en codes", few
    many = unpack(body)
    yield (
        f"décider parmi {BRANCHES} antennes",
        _decide(timed, Decider(many, book), told),
        "le répertoire de base",
        few,
    )
    crowded = Decider(directory, read_rulebook(_crowded(texts())))
    yield f"décider avec {RULES} règles de plus", _decide(timed, crowded, same), "la première édition", base
    yield from _beside_another_engine(timed)


def _each(act: Callable[[Situation], object], told: list[Situation]) -> None:
    """One after the other, nothing kept: keeping thousands of answers would time the garbage collector."""
    for one in told:
        act(one)


def situations(directory: DirectorySnapshot, book: Rulebook, day: date, seed: int = 3) -> list[Situation]:
    """Any commune, any need, half of the questions answered at random."""
    draw = Random(seed)
    needs = [key for key, need in book.needs.items() if need.in_scope]
    return [_drawn(draw, draw.choice(needs), directory, book, day) for _ in range(SITUATIONS)]


def _drawn(draw: Random, need: str, directory: DirectorySnapshot, book: Rulebook, day: date) -> Situation:
    asked = [one for one in book.questions.values() if one.asked_for(need) and draw.random() < 0.5]
    payload = {
        "need": need,
        "commune": draw.choice(sorted(directory.places)),
        "naf": draw.choice(["10.71C", "43.21A", "01.21Z", "56.10A", "88.10A", None]),
        "idcc": draw.choice(["843", "1979", "1596", "7024", None]),
        "workforce": draw.choice([0, 3, 12, 45, "10-19", 120, 300, None]),
        "legal_form": draw.choice([None, "SARL", "Association"]),
        "answers": {one.key: _answer(draw, one) for one in asked},
    }
    return read_situation(payload, book, day)


def _answer(draw: Random, question: Question) -> Any:
    if question.choices:
        return draw.choice(question.choices)[0]
    drawn = {
        "oui/non": draw.random() < 0.5,
        "entier": draw.randrange(70),
        "date": f"2026-{draw.randrange(1, 13):02d}-15",
    }
    return drawn.get(question.kind)


def _decide(timed: Timed, decider: Decider, told: list[Situation]) -> float:
    return timed(lambda: _each(decider.decide, told), 1) / len(told)


def _grown(directory: DirectorySnapshot) -> Content:
    """A branch of some network in every commune, over and over."""
    actors = sorted({one.actor for one in directory.branches if one.actor != "opco"})
    communes = sorted(directory.places)
    more = [
        Branch(
            f"antenne-{n}",
            actors[n % len(actors)],
            f"Antenne {n}",
            (("commune", communes[n * 7 % len(communes)]),),
        )
        for n in range(BRANCHES)
    ]
    return Content(directory.places, directory.former, (*directory.branches, *more), {}, ())


def _crowded(files: Mapping[str, str]) -> dict[str, str]:
    """The edition with rules for every need, each for an age and a number of posts of its own."""
    rule = (
        '[[rule]]\nkey = "essai-{n}"\nneeds = ["*"]\nwhen = "age = {age} AND nb_postes = {posts}"\n'
        'note = "Essai."\nreason = "Essai."\nsource = "essai"\nverified_on = "2026-11-24"\n'
    )
    more = "\n".join(rule.format(n=n, age=100 + n % 100, posts=1_000 + n // 100) for n in range(RULES))
    return {**files, "zz_essai.toml": more}


INPUTS = ("age", "effectif", "contrat", "secteur", "departement")
CONTRACTS = ("CDI", "CDD", "apprentissage", "contrat_pro")
PLACES = ("09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82")


def _beside_another_engine(timed: Timed) -> Iterator[Line]:
    """One table of rules, read by our matching core and by zen-engine; their answers must be equal."""
    import zen

    draw = Random(1)
    rows = [_row(draw) for _ in range(TABLE_ROWS)]
    asked = [_input(draw) for _ in range(2_000)]
    table = Table([condition(_ours(row)) for row in rows], {})
    names = [column.name for column in table.columns]

    def ours(one: Mapping[str, Any]) -> list[int]:
        return list(table.holding(table.read([one.get(name, NOT_TOLD) for name in names])))

    text = json.dumps(_zen_table(rows))
    prepared = zen.ZenDecisionContent(text)
    reread = zen.ZenEngine({"loader": lambda _key: text})
    kept, ready = reread.get_decision("t"), zen.ZenEngine({"loader": lambda _key: prepared})
    engines: dict[str, Callable[[Any], Any]] = {
        "zen-engine, texte relu à chaque appel": lambda one: reread.evaluate("t", one),
        "zen-engine, décision gardée de son chargeur": kept.evaluate,
        "zen-engine, contenu compilé donné par son chargeur": lambda one: ready.evaluate("t", one),
    }
    wrong = [
        one for one in asked if ours(one) != [int(row["rule"]) for row in ready.evaluate("t", one)["result"]]
    ]
    if wrong:
        raise AssertionError(f"les deux moteurs ne répondent pas pareil : {wrong[0]}")
    mine = timed(lambda: [ours(one) for one in asked], 1) / len(asked)
    for name, evaluate in engines.items():
        few = asked if "compilé" in name else asked[:20]
        theirs = timed(lambda evaluate=evaluate, few=few: [evaluate(one) for one in few], 1)  # type: ignore[misc]
        yield (
            f"une table de {TABLE_ROWS} règles, {name}",
            theirs / len(few),
            "notre lecture de la table",
            mine,
        )


def _row(draw: Random) -> dict[str, Any]:
    low = draw.randrange(15, 60)
    return {
        "age": (low, low + draw.randrange(1, 12)),
        "effectif": draw.choice(["< 11", ">= 11", ">= 50", "< 250"]),
        "contrat": draw.choice(CONTRACTS),
        "secteur": f"s{draw.randrange(40)}",
        "departement": draw.choice(PLACES),
    }


def _input(draw: Random) -> dict[str, Any]:
    return {
        "age": draw.randrange(14, 70),
        "effectif": draw.choice([0, 5, 10, 11, 49, 50, 249, 250, 400]),
        "contrat": draw.choice(CONTRACTS),
        "secteur": f"s{draw.randrange(40)}",
        "departement": draw.choice(PLACES),
    }


def _ours(row: Mapping[str, Any]) -> str:
    low, high = row["age"]
    return (
        f"age IN ({low}..{high}) AND effectif {row['effectif']} AND contrat = {row['contrat']}"
        f' AND secteur = {row["secteur"]} AND departement = "{row["departement"]}"'
    )


def _zen_table(rows: list[dict[str, Any]]) -> dict[str, Any]:
    content = {
        "hitPolicy": "collect",
        "inputs": [{"id": name, "name": name, "field": name} for name in INPUTS],
        "outputs": [{"id": "out", "name": "out", "field": "rule"}],
        "rules": [
            {
                "_id": str(number),
                "age": f"[{row['age'][0]}..{row['age'][1]}]",
                "effectif": row["effectif"],
                **{name: f'"{row[name]}"' for name in ("contrat", "secteur", "departement")},
                "out": str(number),
            }
            for number, row in enumerate(rows)
        ],
    }
    at = {"x": 0, "y": 0}
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": at},
            {"id": "t", "name": "t", "type": "decisionTableNode", "position": at, "content": content},
            {"id": "o", "name": "o", "type": "outputNode", "position": at},
        ],
        "edges": [
            {"id": "e1", "sourceId": "in", "targetId": "t", "type": "edge"},
            {"id": "e2", "sourceId": "t", "targetId": "o", "type": "edge"},
        ],
    }
