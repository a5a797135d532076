"""The antivirus, when there is one, reads what was joined; files without a row are swept away."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import structlog
from clamav_client.clamd import BufferTooLongError, ClamdError
from clamav_client.scanner import ClamdScanner
from flask import current_app
from sqlalchemy import select

from app.exchanges import store
from app.exchanges.audiences import Scan
from app.exchanges.models import Attachment
from app.extensions import db, transaction
from app.kernel.clock import PARIS, today, utcnow
from app.mailbox.models import Heartbeat
from app.mailbox.records import beat

AT_ONCE, CHUNK = 20, 500
TIMEOUT = 20.0
SWEPT = "attachments"
"""Name of the mark that says when files without a row were last looked for."""
LOOKED_AT = timedelta(days=15)
log = structlog.get_logger()


def scan_pending() -> None:
    """Read what no antivirus has read. One that does not answer is asked again at the next minute."""
    address: str = current_app.config["GUICHET"].clamd_url
    waiting = (Scan.PENDING, Scan.NOT_SCANNED) if address else (Scan.PENDING,)
    asked = select(Attachment).where(Attachment.scan.in_(waiting), Attachment.scanned_at.is_(None))
    files = [
        (one.id, one.place, one.sha256)
        for one in db.session.scalars(asked.order_by(Attachment.id).limit(AT_ONCE))
    ]
    try:
        for number, place, digest in files:
            _note(
                number, place, _verdict(address, store.read(place, digest)) if address else Scan.NOT_SCANNED
            )
    except (ClamdError, OSError) as error:
        log.warning("antivirus_away", error=type(error).__name__)


def sweep_orphans() -> None:
    """Once a day: files of the past days that no row speaks of, left by a message that was never written."""
    if _swept_today():
        return
    past = store.kept_between(today() - LOOKED_AT, today() - timedelta(days=1))
    known = _with_a_row(past)
    store.forget(place for place in past if place not in known)
    with transaction() as session:
        beat(session, SWEPT, utcnow())


def _with_a_row(places: list[str]) -> set[str]:
    parts = (places[start : start + CHUNK] for start in range(0, len(places), CHUNK))
    asked = (select(Attachment.place).where(Attachment.place.in_(part)) for part in parts)
    return {place for one in asked for place in db.session.scalars(one)}


def _verdict(address: str, data: bytes | None) -> Scan:
    if data is None:
        return Scan.LOST
    scanner = ClamdScanner({"backend": "clamd", "address": address, "timeout": TIMEOUT, "stream": True})
    try:
        state, _ = scanner.client.instream(BytesIO(data))["stream"]
    except BufferTooLongError:
        return Scan.NOT_SCANNED
    return {"OK": Scan.CLEAN, "FOUND": Scan.INFECTED}.get(str(state), Scan.NOT_SCANNED)


def _note(number: int, place: str, found: Scan) -> None:
    """The row first: what is infected stops being served before it is destroyed."""
    with transaction() as session:
        attachment = session.get_one(Attachment, number, with_for_update=True)
        attachment.scan = found
        attachment.scanned_at = utcnow() if current_app.config["GUICHET"].clamd_url else None
    if found is Scan.INFECTED:
        log.warning("infected_file", attachment=number)
        store.forget([place])


def _swept_today() -> bool:
    seen = db.session.scalar(select(Heartbeat.seen_at).where(Heartbeat.name == SWEPT))
    return seen is not None and seen.astimezone(PARIS).date() == today()
