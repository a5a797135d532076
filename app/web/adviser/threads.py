"""How the three threads of a case read: tabs, the thread asked for, the form that writes to it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from app.dossiers.queries import CaseFile
from app.exchanges.audiences import Audience
from app.exchanges.queries import Thread, may_write, readers_of, thread_counts, thread_of
from app.web.doors import current_viewer
from app.web.inputs import number_of
from app.web.writing import WriteForm, write_form
from app.workbench.model_answers import filled

TABS = {Audience.COMPANY: "entreprise", Audience.ACTORS: "acteurs", Audience.TEAM: "equipe"}
LABELS = {
    Audience.COMPANY: "Votre message à l’entreprise",
    Audience.ACTORS: "Votre note aux autres acteurs",
    Audience.TEAM: "Votre note à votre équipe",
}

BUTTONS = {
    Audience.COMPANY: "Envoyer à l’entreprise",
    Audience.ACTORS: "Partager avec les acteurs",
    Audience.TEAM: "Garder pour mon équipe",
}
READERS = {
    Audience.COMPANY: "L’entreprise reçoit un e-mail qui l’invite à lire ce message. N’écrivez aucune donnée de santé.",
    Audience.ACTORS: "Les acteurs du dossier la lisent, l’entreprise non. N’écrivez aucune donnée de santé.",
    Audience.TEAM: "Votre antenne seule la lit. N’écrivez aucune donnée de santé.",
}

NO_MAIL = "L’entreprise le lit quand elle ouvre sa page. N’écrivez aucune donnée de santé."


@dataclass(frozen=True, slots=True)
class Exchanges:
    """What the part of the case page reads."""

    audience: Audience
    thread: Thread
    tabs: list[dict[str, object]]
    form: WriteForm | None
    send_to: str
    readers: list[tuple[str, str]]
    readers_said: str

    @property
    def tab(self) -> str:
        return TABS[self.audience]

    @property
    def button(self) -> str:
        return BUTTONS[self.audience]


def exchanges(file: CaseFile, form: WriteForm | None = None, shown: Audience | None = None) -> Exchanges:
    """The thread asked for, and the form that writes to it."""
    audience = shown or _asked()
    offered = may_write(file, audience)
    blank = write_form(TABS[audience], text=_model(file, audience)) if offered else None
    written = form or blank
    if written is not None:
        written.text.label.text = LABELS[audience]
    return Exchanges(
        audience=audience,
        thread=thread_of(file, audience, number_of(request.args.get("avant", ""))),
        tabs=_tabs(file, audience),
        form=written,
        send_to=url_for(f"adviser.write_{audience.value}", dossier_id=file.dossier.id),
        readers=readers_of(file.dossier.need_id),
        readers_said=_readers_said(file, audience),
    )


def _tabs(file: CaseFile, current: Audience) -> list[dict[str, object]]:
    counts = thread_counts(file)
    shown = Audience if file.workable else (Audience.COMPANY,)
    return [
        {
            "label": one.label,
            "count": counts[one],
            "url": url_for("adviser.case", dossier_id=file.dossier.id, fil=TABS[one], _anchor="echanges"),
            "current": one is current,
        }
        for one in shown
    ]


def _model(file: CaseFile, audience: Audience) -> str:
    """The model answer chosen, filled for this case, to be read again before it is sent."""
    chosen = number_of(request.args.get("modele", "")) if audience is Audience.COMPANY else None
    return filled(current_viewer(), chosen, file.dossier.id) if chosen else ""


def _readers_said(file: CaseFile, audience: Audience) -> str:
    if audience is Audience.COMPANY and not file.inquiry.contact.email:
        return NO_MAIL
    return READERS[audience]


def _asked() -> Audience:
    wanted = request.args.get("fil", "")
    return next((one for one, name in TABS.items() if name == wanted), Audience.COMPANY)
