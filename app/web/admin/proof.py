"""The coverage proof: who leads for every commune, need and size, by the engine itself."""

from __future__ import annotations

from datetime import date

from flask import current_app, render_template

from app.directory.queries import snapshot
from app.kernel.clock import today
from app.routing.coverage import CLASSES, Coverage, Prover
from app.routing.facts import DirectorySnapshot
from app.routing.reach import unreached
from app.routing.rulebook import Rulebook
from app.rulebooks.queries import NoRulebook, in_force
from app.web.admin.desk import actor_labels, blueprint

REMEMBERED = "guichet_coverage"
"""Who proves, and the proof as it stands: after the edit of a branch only its network is looked at again."""


@blueprint.get("/couverture/")
def coverage() -> str | tuple[str, int]:
    day = today()
    try:
        book = in_force(day)
    except NoRulebook:
        return render_template("admin/coverage.html", proof=None), 503
    proof = _proved(snapshot(), book, day)
    return render_template(
        "admin/coverage.html",
        proof=proof,
        needs=_needs(proof, book),
        examples=proof.examples,
        unreached=_unreached(book),
        labels=actor_labels(),
        need_labels={need.key: need.label for need in book.needs.values()},
        communes=len(snapshot().places),
        sizes=len(CLASSES),
        rulebook=book.hash,
    )


def _proved(directory: DirectorySnapshot, book: Rulebook, day: date) -> Coverage:
    """The proof of this directory and these rules, kept while they are in force."""
    known: dict[tuple[str, date], tuple[Prover, str, Coverage]]
    known = current_app.extensions.setdefault(REMEMBERED, {})
    prover, version, proof = known.get((book.hash, day)) or (Prover(book, day), "", Coverage())
    if version != directory.version:
        proof = prover.cover(directory)
        known.clear()
        known[book.hash, day] = prover, directory.version, proof
    return proof


def _unreached(book: Rulebook) -> list[tuple[str, str, tuple[str, ...]]]:
    """(kind, label, why) of what no situation reaches."""
    labels = {key: one.label for key, one in book.schemes.items()}
    labels |= {key: one.label for key, one in book.actors.items()}
    kinds = {"scheme": "Dispositif", "actor": "Acteur", "rule": "Règle"}
    return [(kinds[one.kind], labels.get(one.key, one.key), one.why) for one in unreached(book)]


def _needs(proof: Coverage, book: Rulebook) -> list[tuple[str, str, dict[str, int]]]:
    """(theme, need, counts) of each need, the least well served first."""
    rows = [
        (book.themes[book.needs[key].theme].label, book.needs[key].label, counts)
        for key, counts in proof.by_need.items()
    ]
    return sorted(rows, key=lambda row: (-row[2]["without_lead"], -row[2]["fallback_only"]))
