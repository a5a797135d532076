"""Letters and the worker."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import AppGroup

from app.dossiers.reminder_actions import remind_due
from app.dossiers.returned_actions import tell_returned
from app.establishments.actions import complete_due, forget_look_ups
from app.inquiries.actions import forget_drafts
from app.inquiries.turning_actions import forget_turned_away
from app.mailbox.actions import note_alive, send_waiting
from app.mailbox.bounce_actions import note_bounces
from app.mailbox.bounces import LARGEST
from app.mailbox.queue import DUE_NOW, queue_of, tick
from app.reporting.press import publish_apart

group = AppGroup("mail", help="Envoyer les lettres ; faire tourner le processus de fond.")


@group.command("send")
@click.option("--limit", default=100, show_default=True, help="Nombre de lettres au plus.")
def send(limit: int) -> None:
    """Envoyer les lettres dues, une fois."""
    click.echo(json.dumps(asdict(send_waiting(limit))))


@group.command("bounce")
def bounce() -> None:
    """Lire un avis de non-remise (RFC 3464) sur l’entrée standard ; noter les lettres revenues."""
    raw = sys.stdin.buffer.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise click.ClickException("Ce message est trop gros pour un avis de non-remise.")
    click.echo(json.dumps({"bounced": note_bounces(raw)}))


@group.command("worker")
def worker() -> None:
    """Tourner sans fin : chaque minute, ce qui est dû ; et dès qu’une lettre est écrite."""
    forgetting = (forget_look_ups, forget_drafts, forget_turned_away)
    DUE_NOW.extend((complete_due, *forgetting, remind_due, tell_returned, publish_apart))
    note_alive()
    tick()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    queue_of(app).create_consumer(workers=1, worker_type="thread", max_delay=1.0).run()
