"""The first step: a theme's sentences, those an owner's words call up, or the list of themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from werkzeug.datastructures import MultiDict

from app.routing.rulebook import Rulebook
from app.triage.reading import Reading, read
from app.web.company.forms import NeedForm, chosen_needs, need_form, options, words_typed
from app.web.company.typed import typed

OUT_OF_SCOPE = "hors_champ"
MOST_SHOWN = 3
MISSING_WORDS = "Écrivez une phrase, ou choisissez un sujet"
DELAYS = {"immediate": "Premier contact sous 2 jours ouvrés.", "haute": "", "normale": ""}


def part_of(form: MultiDict[str, str]) -> str:
    """Which half of the step was sent: the ticked sentences or the words."""
    if form.get("part") == "needs" or "needs" in form:
        return "needs"
    return "words"


def sent(form: MultiDict[str, str]) -> dict[str, list[str]]:
    names = [name for name in ("words", "needs") if name in form]
    part = part_of(form)
    return typed(form, dict.fromkeys((*names, part)))


def judged(data: Mapping[str, Any], book: Rulebook, part: str) -> NeedForm | None:
    """The form with its errors, or None when this half of the step is good."""
    form = need_form(data, book)
    form.validate()
    if part == "words" and not words_typed(data):
        form.words.errors = [*form.words.errors, MISSING_WORDS]
    if part == "words":
        form.needs.errors = []
    return form if form.errors else None


def page(
    data: Mapping[str, Any],
    book: Rulebook,
    args: Mapping[str, str],
    form: NeedForm | None = None,
    draft_id: str | None = None,
) -> str:
    """Sentences to tick when a theme or words call some up; otherwise the themes."""
    theme = book.themes.get(args.get("theme", ""))
    words = words_typed(data)
    form = form or need_form(data, book)
    reading = read(words) if words and not theme and args.get("liste") != "sujets" else Reading()
    shown = _shown(data, book, theme.key if theme else "", reading)
    if form.words.errors or args.get("liste") == "sujets":
        shown = []
    form.needs.choices = options((key, book.needs[key].label) for key in shown)
    return render_template(
        "company/need.html",
        form=form,
        draft_id=draft_id,
        theme=theme,
        words=words,
        off_topic=reading.off_topic,
        hints=_hints(book, shown, reading),
        themes=[one for one in book.themes.values() if one.key != OUT_OF_SCOPE],
        recognised=bool(shown),
        adding=bool(args.get("ajout") and chosen_needs(data, book)),
    )


def read_off_topic(data: Mapping[str, Any]) -> bool:
    """Do the words kept say something else than a need of human resources, as far as can be read?"""
    words = words_typed(data)
    return bool(words) and read(words).off_topic


def _shown(data: Mapping[str, Any], book: Rulebook, theme: str, reading: Reading) -> list[str]:
    """The sentences of the page; those already ticked stay in sight."""
    offered = [need.key for need in book.needs_of(theme)] if theme else _called_up(book, reading)
    chosen = chosen_needs(data, book)
    return list(dict.fromkeys((*(key for key in chosen if key not in offered), *offered)))


def _called_up(book: Rulebook, reading: Reading) -> list[str]:
    """Up to three needs to confirm, those said in so many words first; none when out of scope."""
    if reading.off_topic:
        return []
    found = dict.fromkeys((*reading.multiple, *(one.need for one in reading.suggestions)))
    return [key for key in found if key in book.needs and book.needs[key].in_scope][:MOST_SHOWN]


def _hints(book: Rulebook, shown: list[str], reading: Reading) -> dict[str, str]:
    """Under each sentence, the example it was recognised by, or else its delay."""
    examples = {one.need: one.example for one in reading.suggestions}
    return {
        key: f"Vos mots ressemblent à «\u00a0{examples[key]}\u00a0»."
        if key in examples
        else DELAYS.get(book.needs[key].urgency, "")
        for key in shown
    }
