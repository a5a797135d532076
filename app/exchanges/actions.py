"""Writing: the company to those who follow its need, an adviser to one audience at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from app.accounts.abilities import Viewer
from app.dossiers.by_company import dossiers_of
from app.dossiers.lifecycle import IllegalMove
from app.dossiers.moving import UnknownCase, own
from app.dossiers.records import resume
from app.exchanges import store
from app.exchanges.audiences import Audience, in_the_case
from app.exchanges.formats import NewFile
from app.exchanges.models import Message
from app.exchanges.records import Stored, add_message, known, tell
from app.exchanges.refusals import RefusedFile
from app.extensions import transaction
from app.kernel.clock import utcnow


class UnknownNeed(LookupError):
    """No such need in this inquiry."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed, once read at the door; `form_id` is drawn with the form: sent twice, it is one message."""

    text: str
    form_id: str
    files: Sequence[NewFile] = ()


def company_writes(inquiry_id: int, need_id: int, written: Written, at: datetime | None = None) -> None:
    """The files first: a row never speaks of a file that is not there, and a file without its row does not exist.
    Whoever awaited the company has its answer. Raises UnknownNeed."""
    at = at or utcnow()
    with _kept(written) as stored, transaction() as session:
        dossiers = dossiers_of(session, inquiry_id, need_id)
        if not dossiers:
            raise UnknownNeed(need_id)
        once = f"{need_id}/company/{written.form_id}"
        if known(session, once) is not None:
            _forget(stored)
        else:
            message = Message(
                once=once,
                inquiry_id=inquiry_id,
                need_id=need_id,
                audience=Audience.COMPANY,
                at=at,
                text=written.text,
            )
            tell(session, add_message(session, message, stored))
            for dossier in dossiers:
                resume(session, dossier, at)


def adviser_writes(
    viewer: Viewer, dossier_id: int, audience: Audience, written: Written, at: datetime | None = None
) -> None:
    """To the audience of the form that was sent. Raises UnknownCase, IllegalMove once the branch left the case."""
    at = at or utcnow()
    with _kept(written) as stored, transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if audience is not Audience.TEAM and not in_the_case(dossier):
            raise IllegalMove("Votre antenne ne suit plus ce besoin. Écrivez une note à votre équipe.")
        once = f"{dossier_id}/{viewer.user_id}/{audience}/{written.form_id}"
        if known(session, once) is not None:
            _forget(stored)
        else:
            message = Message(
                once=once,
                inquiry_id=dossier.inquiry_id,
                need_id=dossier.need_id,
                audience=audience,
                branch_id=dossier.branch_id,
                user_id=viewer.user_id,
                at=at,
                text=written.text,
            )
            tell(session, add_message(session, message, stored))


@contextmanager
def _kept(written: Written) -> Iterator[list[Stored]]:
    """What is refused, or was already sent, leaves nothing on the disk: whoever insists does not fill it."""
    stored = [Stored(file, store.keep(file.data)) for file in written.files]
    try:
        yield stored
    except (UnknownNeed, UnknownCase, IllegalMove, RefusedFile):
        _forget(stored)
        raise


def _forget(stored: Sequence[Stored]) -> None:
    store.forget(one.place for one in stored)
