"""Letters: what waits, what did not arrive and why, sent again by one click. No address, no name."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.mailbox.actions import resend, resend_dead
from app.mailbox.kinds import LetterStatus, Recipient
from app.mailbox.queries import COUNTED, FAILED_PAGE, failed_letters, unsettled_counts, worker_age
from app.web.admin.desk import blueprint

LETTERS = "/lettres/"
WHY = {
    "SMTPRecipientsRefused": "Le serveur du destinataire refuse cette adresse",
    "SMTPSenderRefused": "Le serveur d’envoi refuse notre adresse d’expédition",
    "SMTPAuthenticationError": "Le serveur d’envoi refuse nos identifiants",
    "SMTPServerDisconnected": "Le serveur d’envoi a coupé la conversation",
    "SMTPConnectError": "Le serveur d’envoi ne répond pas",
    "SMTPDataError": "Le serveur d’envoi refuse le contenu",
    "ConnectionRefusedError": "Le serveur d’envoi ne répond pas",
    "TimeoutError": "Le serveur d’envoi est trop lent",
    "gaierror": "Le serveur d’envoi est introuvable",
    "Bounce": "La lettre est revenue\u00a0: la boîte du destinataire ne l’a pas reçue",
}


def reason(error: str | None) -> str:
    """What stopped a letter, in French, with the code that a mail administrator knows."""
    name, _, code = (error or "").partition(" ")
    words = WHY.get(name, "Erreur technique en préparant la lettre")
    told = code if name in WHY else name
    return f"{words} ({told})" if told else words


@blueprint.get(LETTERS)
def letters() -> str:
    text = request.args.get("avant", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    rows = failed_letters(before)
    following = rows[-1].id if len(rows) == FAILED_PAGE else None
    return render_template(
        "admin/letters.html",
        rows=rows,
        counts=unsettled_counts(),
        most=COUNTED,
        reason=reason,
        recipients=Recipient,
        statuses=LetterStatus,
        age=worker_age(),
        next_url=following and url_for(".letters", avant=following),
        first_url=before and url_for(".letters"),
    )


@blueprint.post(f"{LETTERS}<int(max=2147483647):letter_id>/renvoyer")
def resend_letter(letter_id: int) -> Response:
    if resend(letter_id):
        flash("La lettre repart.", "success")
    else:
        flash("Cette lettre n’est pas à renvoyer.", "info")
    return redirect(url_for(".letters"), 303)


@blueprint.post(f"{LETTERS}renvoyer")
def resend_letters() -> Response:
    count = resend_dead()
    leave = f"{count} lettres repartent." if count > 1 else "1 lettre repart."
    flash(leave if count else "Aucune lettre à renvoyer.", "success")
    return redirect(url_for(".letters"), 303)
