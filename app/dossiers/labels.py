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


def theme_of(key: str) -> str:
    """The theme of a need; nothing when no edition knows it."""
    try:
        need = in_force(today()).needs.get(key)
    except NoRulebook:
        return ""
    return need.theme if need else ""


def theme_label(key: str) -> str:
    """The label of a theme; its key when no edition knows it."""
    try:
        theme = in_force(today()).themes.get(key)
    except NoRulebook:
        return key
    return theme.label if theme else key
