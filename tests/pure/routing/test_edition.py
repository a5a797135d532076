"""The first edition holds the whole taxonomy, and its parts know each other."""

from __future__ import annotations

import re

import pytest

from app.routing.checks import check, conditions_of, faults_of
from app.routing.derived import PRIMITIVES
from app.routing.reading import RulebookError, read_rulebook
from app.rulebooks.edition import texts
from tests.pure.routing.desk import book


def test_counts_of_the_taxonomy() -> None:
    assert len([need for need in book().needs.values() if need.in_scope]) == 50
    assert {key for key, need in book().needs.items() if not need.in_scope} == {
        "hc_pas_rh",
        "hc_pas_employeur",
    }
    assert len(book().themes) == 9
    assert len(book().actors) == 36
    assert len(book().schemes) == 83


def test_closed_schemes() -> None:
    assert {key for key, scheme in book().schemes.items() if scheme.closed} == {
        "afpr",
        "emplois_francs",
        "cui_cie",
        "pro_a",
        "transco",
        "apld_r",
        "fne_formation",
        "aide_except_contrat_pro",
    }


def test_the_edition_is_sound() -> None:
    assert list(faults_of(book())) == []


def test_conditions_name_only_answers_situation_and_derived_facts() -> None:
    known = {*book().questions, *book().facts, *PRIMITIVES}
    used = {name for _, one in conditions_of(book()) for kind, name in one.names() if kind == "fact"}
    assert used <= known
    assert len(used) > 40


def altered(old: str, new: str) -> dict[str, str]:
    files = texts()
    name = next(name for name, text in files.items() if old in text)
    return files | {name: files[name].replace(old, new, 1)}


def test_unknown_name_is_refused() -> None:
    with pytest.raises(RulebookError, match="effetif"):
        check(read_rulebook(altered('condition = "effectif < 50"', 'condition = "effetif < 50"')))


def test_unreadable_condition_is_refused_with_its_entry() -> None:
    with pytest.raises(RulebookError, match="plan_competences_opco"):
        read_rulebook(altered('condition = "effectif < 50"', 'condition = "effectif <"'))


def test_cycle_is_refused() -> None:
    files = altered(
        'condition = "age >= 15 AND', 'condition = "dispositif(aide_unique_apprentissage) AND age >= 15 AND'
    )
    with pytest.raises(RulebookError, match="revient à lui-même"):
        check(read_rulebook(files))


def test_rule_without_source_is_refused() -> None:
    with pytest.raises(RulebookError, match="source"):
        check(read_rulebook(altered('source = "Règles communes, règle 8"', 'source = ""')))


def test_unknown_actor_is_refused() -> None:
    with pytest.raises(RulebookError, match="oppbpt"):
        check(read_rulebook(altered('add = ["oppbtp"]', 'add = ["oppbpt"]')))


def test_two_entries_with_one_key_are_refused() -> None:
    with pytest.raises(RulebookError, match="deux fois"):
        read_rulebook(altered('key = "commune-8"', 'key = "commune-3"'))


def test_hash_follows_the_text() -> None:
    assert read_rulebook(texts()).hash == book().hash
    assert read_rulebook(altered("effectif < 50", "effectif < 51")).hash != book().hash


def test_every_question_is_worded() -> None:
    for question in book().questions.values():
        assert question.text.endswith("\u00a0?"), question.key
        assert len(question.text.split()) <= 16, question.text
        assert bool(question.choices) == question.kind.startswith("choix"), question.key


def test_no_sentence_breaks_before_its_punctuation() -> None:
    """A no-break space stands before : ; ? ! in every text the company may read."""
    said = [rule.reason for rule in book().rules] + [rule.note for rule in book().rules]
    said += [one.refusal for one in book().actors.values()] + [one.services for one in book().actors.values()]
    for need in book().needs.values():
        said += [need.label, need.message, *dict(need.messages).values()]
    for scheme in book().schemes.values():
        said += [
            scheme.label,
            scheme.purpose,
            scheme.closed_text,
            *scheme.points,
            *scheme.notes,
            *scheme.steps,
        ]
    assert [text for text in said if re.search(r" [:;?!»]|« ", text)] == []
