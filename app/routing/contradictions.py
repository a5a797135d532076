"""Rules that say two contrary things, and replacements that turn in circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from app.routing.rulebook import Rule, Rulebook


def contradictions(book: Rulebook) -> Iterator[str]:
    """One sentence for each contradiction found."""
    for rule in book.rules:
        yield from _within(rule)
    yield from _between(book)
    swaps = {old: {new} for rule in book.rules for old, new in rule.replace}
    yield from _circles(swaps, "le remplacement revient à cet acteur")
    replaced = {key: set(scheme.replaced_by) for key, scheme in book.schemes.items()}
    yield from _circles(replaced, "ses remplaçants reviennent à ce dispositif")


def _within(rule: Rule) -> Iterator[str]:
    kept = {*rule.lead, *rule.add, *rule.only}
    for actor in sorted(kept & set(rule.remove)):
        yield f"« {rule.key} » : nomme et écarte le même acteur, « {actor} »."
    if rule.only:
        for actor in sorted({*rule.lead, *rule.add} - set(rule.only)):
            yield f"« {rule.key} » : nomme « {actor} » et le laisse hors de ceux qu’elle garde seuls."


def _between(book: Rulebook) -> Iterator[str]:
    """Two rules with one condition on one need: they always hold together, and must agree."""
    for first, second in combinations(book.rules, 2):
        if first.condition_text != second.condition_text or not _share_a_need(first, second, book):
            continue
        for one, other in ((first, second), (second, first)):
            for actor in sorted({*one.lead, *one.only} & set(other.remove)):
                yield f"« {other.key} » : écarte « {actor} », que « {one.key} » nomme sous la même condition."
        if first.lead and second.lead and first.lead != second.lead:
            yield f"« {second.key} » : nomme un autre pilote que « {first.key} » sous la même condition."


def _share_a_need(first: Rule, second: Rule, book: Rulebook) -> bool:
    return any(first.concerns(need) and second.concerns(need) for need in book.needs)


def _circles(links: Mapping[str, Iterable[str]], why: str) -> Iterator[str]:
    for start in links:
        seen: set[str] = set()
        waiting = list(links[start])
        while waiting:
            key = waiting.pop()
            if key == start:
                yield f"« {start} » : {why}."
                break
            if key not in seen:
                seen.add(key)
                waiting += links.get(key, ())
