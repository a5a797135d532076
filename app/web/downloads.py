"""A joined file, given to who may read it: saved, never opened by the browser in this site's name."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

from flask import Response, abort, render_template, send_file

from app.exchanges.audiences import Scan
from app.exchanges.store import read

if TYPE_CHECKING:
    from app.exchanges.models import Attachment

View = TypeVar("View", bound=Callable[..., object])
ALONE = {"default-src": "'none'", "sandbox": ""}
SAID = {
    Scan.PENDING: "Ce fichier est en cours d’analyse par l’antivirus. Revenez dans quelques minutes.",
    Scan.INFECTED: "Ce fichier contenait un virus. Il a été supprimé.",
}
LOST = "Ce fichier n’est plus disponible. Demandez-le à nouveau par message."


def sandboxed(view: View) -> View:
    """What this view answers may run nothing, whatever it holds."""
    view.talisman_view_options = {"content_security_policy": ALONE}  # type: ignore[attr-defined]
    return view


def given(attachment: Attachment | None, frame: str) -> Response:
    """The file itself, or why it is not given."""
    if attachment is None:
        abort(404)
    data = read(attachment.place, attachment.sha256) if attachment.served else None
    if data is None:
        sentence = SAID.get(Scan(attachment.scan), LOST)
        page = render_template("errors/no_file.html", frame=frame, name=attachment.name, sentence=sentence)
        return Response(page, 409, mimetype="text/html")
    answer = send_file(
        BytesIO(data),
        mimetype=attachment.media,
        as_attachment=True,
        download_name=attachment.name,
        etag=False,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
