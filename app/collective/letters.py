"""What a Maison is told of a collective need; read at sending."""

from __future__ import annotations

from flask import Flask, current_app

from app.collective.detection_actions import propose_needs
from app.collective.models import CollectiveNeed
from app.collective.places import place_name
from app.collective.signal_actions import fill_basins, fill_families, gather_due
from app.collective.wordings import family_name
from app.dossiers.labels import theme_label
from app.dossiers.letters import address_of
from app.extensions import db
from app.mailbox.kinds import Content, Kind, LetterIds, Recipient, register
from app.mailbox.queue import DUE_NOW

DUTIES = (gather_due, fill_families, fill_basins, propose_needs)


def install_collective(_app: Flask) -> None:
    register(Kind("collective_need", "collective_need", Recipient.MAISON, collective_need))
    DUE_NOW.extend(duty for duty in DUTIES if duty not in DUE_NOW)


def collective_need(ids: LetterIds) -> Content:
    """`version` is the number of the collective need."""
    need = db.session.get_one(CollectiveNeed, ids.version)
    place = place_name(need.place_kind, need.place_code)
    base: str = current_app.config["GUICHET"].base_url
    facts = {
        "need": need,
        "place": place,
        "family": family_name(need.family),
        "theme": theme_label(need.theme),
        "link": f"{base}/maison/besoins-collectifs/{need.id}/",
    }
    return Content(address_of(ids), f"Besoin collectif à examiner : {place}", facts)
