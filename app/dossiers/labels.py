"""The words for a need and for a scheme, from the rules in force."""

from __future__ import annotations

from app.kernel.clock import today
from app.rulebooks.queries import NoRulebook, in_force


def need_label(key: str) -> str:
    """The label of a need; its key when no edition knows it."""
    try:
        need = in_force(today()).needs.get(key)
    except NoRulebook:
        return key
    return need.label if need else key


def scheme_label(key: str) -> str:
    """The label of a scheme; its key when no edition knows it."""
    try:
        scheme = in_force(today()).schemes.get(key)
    except NoRulebook:
        return key
    return scheme.label if scheme else key
