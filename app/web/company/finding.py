"""A place, an activity, an agreement: from the owner's words to one entry, or to a short list to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.directory.queries import (
    agreements_suggested_by,
    known_among,
    search_activities,
    search_agreements,
)
from app.kernel.vocabulary import DEPARTEMENTS
from app.territory.gazetteer import CommuneHit
from app.territory.names import plain
from app.territory.queries import commune, misspelt_communes, search_communes

UNKNOWN = "inconnu"
MOST = 8
MOST_AGREEMENTS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """`code` when one entry is meant, otherwise what to choose from; `settled` also when left unknown."""

    options: tuple[tuple[str, str], ...] = ()
    code: str | None = None
    label: str = ""
    settled: bool = False
    misspelt: bool = False


def find_commune(text: str, chosen: str) -> Found:
    """The commune typed; a name shared by several, a part of a name or a shared postal code asks which."""
    hits = search_communes(text, MOST) or search_communes(text.partition(",")[0], MOST) if text else []
    if text and not hits:
        return _misspelt(text, chosen)
    options = tuple((hit.code, _commune_label(hit.code)) for hit in hits)
    named = [hit.code for hit in hits if _is_named(hit, text)]
    sole = [hit.code for hit in hits] if len(hits) == 1 and not _name_in(text) else []
    return _settled(options, chosen, named or sole, alone=False)


def _misspelt(text: str, chosen: str) -> Found:
    """« Toulouze » proposes Toulouse, even alone; a name from elsewhere proposes nothing."""
    hits = [] if is_outside(text) else misspelt_communes(text)
    options = tuple((hit.code, _commune_label(hit.code)) for hit in hits)
    code = chosen if chosen in dict(options) else None
    return Found(options, code, dict(options).get(code or "", ""), code is not None, misspelt=bool(hits))


def _is_named(hit: CommuneHit, text: str) -> bool:
    """« Agen » is not Agen-d’Aveyron: a part of a name is only proposed."""
    whole = {plain(hit.name), plain(hit.former or "-"), hit.code.lower()}
    return bool(whole & {plain(text), _name_in(text), _name_in(text.partition(",")[0])})


def _name_in(text: str) -> str:
    """The words of a name, without its postal code."""
    return " ".join(word for word in plain(text).split() if not word.isdigit())


def _commune_label(code: str) -> str:
    one = commune(code)
    if one is None:
        return code
    postal = one.postal_codes[0] if one.postal_codes else ""
    return f"{one.name} ({postal}, {DEPARTEMENTS.get(one.departement, one.departement)})"


def is_outside(text: str) -> bool:
    """Does this postal code belong to a département outside the region?"""
    digits = next((word for word in text.split() if word.isascii() and word.isdigit() and len(word) == 5), "")
    return bool(digits) and digits[:2] not in DEPARTEMENTS and not search_communes(digits, 1)


def find_activity(text: str, chosen: str) -> Found:
    return _settled(_pairs(search_activities(text)) if text else (), chosen, [])


def find_agreement(text: str, chosen: str) -> Found:
    """By words or by number: « 843 » and « 0843 » name the same agreement."""
    options = _pairs(search_agreements(text)) if text else ()
    number = text.strip().lstrip("0")
    return _settled(options, chosen, [code for code, _ in options if code == number])


def suggested_agreements(activity: Found, chosen: str, official: Sequence[str] = ()) -> Found:
    """What the activity makes likely, or those `official` for the establishment: proposed, never decided.

    While the activity is still to choose, the agreements of all its readings are offered with it, so that
    both are asked on one page; the one chosen then stays whatever the activity.
    """
    usual = dict(known_among(official))
    for code in (activity.code, *(code for code, _ in activity.options)):
        usual |= dict(agreements_suggested_by(code or ""))
    if not usual and activity.label:
        usual = dict(search_agreements(activity.label))
    options = _pairs(list(usual.items())[:MOST_AGREEMENTS])
    if chosen in usual:
        kept = options if chosen in dict(options) else (*options, (chosen, usual[chosen]))
        return Found(kept, chosen, usual[chosen], settled=True)
    return Found(options, settled=chosen == UNKNOWN)


def _pairs(rows: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(code), str(label)) for code, label in rows[:MOST])


def _settled(
    options: tuple[tuple[str, str], ...], chosen: str, exact: list[str], *, alone: bool = True
) -> Found:
    """`alone`: the only option is the one meant."""
    labels = dict(options)
    code = chosen if chosen in labels else None
    if code is None and len(exact) == 1:
        code = exact[0]
    if code is None and alone and len(options) == 1:
        code = options[0][0]
    return Found(options, code, labels.get(code or "", ""), code is not None or chosen == UNKNOWN)
