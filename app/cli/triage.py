"""`flask triage …`: read an owner's words, rebuild the weights from the catalogue."""

from __future__ import annotations

from importlib import import_module

import click
from flask.cli import AppGroup

from app.cli.lines import Refused, answer_lines
from app.territory.queries import gazetteer
from app.triage.examples import examples
from app.triage.occupations import occupation
from app.triage.places import Places
from app.triage.reading import read
from app.triage.weights import FILE, save

NO_LEARNER = "La construction demande scikit-learn : installez requirements-dev.txt."
NO_TEXT = "Le champ text attend une phrase."

group = AppGroup("triage", help="Lecture des phrases des entreprises.")


@group.command("suggest")
def suggest() -> None:
    """Une phrase par ligne JSON, les besoins reconnus par ligne."""
    communes = gazetteer().communes.values()
    places = Places((one.code, one.name, one.population) for one in communes)

    def answer(payload: dict[str, object]) -> dict[str, object]:
        text = payload.get("text")
        if not isinstance(text, str):
            raise Refused(NO_TEXT, "text")
        return _told(text, places)

    answer_lines(answer)


def _told(text: str, places: Places) -> dict[str, object]:
    reading, job = read(text), occupation(text)
    return {
        "suggestions": [{"need": one.need, "score": one.score} for one in reading.suggestions],
        "off_topic": reading.off_topic,
        "multiple": list(reading.multiple),
        "rome": job.rome if job else None,
        "occupation": job.name if job else None,
        "commune": places.find(text),
    }


@group.command("build")
def build() -> None:
    """Reconstruire les poids à partir du catalogue (scikit-learn nécessaire)."""
    try:
        training = import_module("app.triage.training")
    except ImportError as error:
        raise click.ClickException(NO_LEARNER) from error
    save(training.train(examples()))
    click.echo(f"{len(examples())} phrases, {FILE.stat().st_size // 1024} ko")
