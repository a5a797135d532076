"""What may be read of a conversation. A `CaseFile` is only born of `case_for(viewer, …)`: holding one is the right
to read the case, and the rules below say how much of what was said in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.accounts.models import User
from app.directory.models import Branch
from app.dossiers.lifecycle import Part
from app.dossiers.models import Dossier
from app.dossiers.queries import CaseFile
from app.exchanges.audiences import Audience, in_the_case, reads_until
from app.exchanges.models import Attachment, Message
from app.extensions import db
from app.inquiries.models import Need

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A message as it is read."""

    id: int
    at: datetime
    text: str
    person: str | None
    branch: str | None
    branch_id: int | None
    from_company: bool
    attachments: Sequence[Attachment]


@dataclass(frozen=True, slots=True)
class Thread:
    """The latest lines, oldest first; `earlier` is where the former ones end, if there are any."""

    lines: Sequence[Line]
    earlier: int | None


def thread_of(file: CaseFile, audience: Audience, before: int | None = None) -> Thread:
    """What this viewer may read of one of the three threads of the case."""
    return _page(_readable(file, audience), before)


def thread_counts(file: CaseFile) -> dict[Audience, int]:
    """How many messages each tab holds, by the very conditions of the lists."""
    counts = [func.count().filter(_readable(file, one)) for one in Audience]
    asked = select(*counts).select_from(Message).where(Message.need_id == file.dossier.need_id)
    return dict(zip(Audience, db.session.execute(asked).one(), strict=True))


def thread_of_company(inquiry_id: int, need_id: int, before: int | None = None) -> Thread:
    """What the company wrote and was answered about one of its needs; never a note."""
    return _page(and_(_told_the_company(inquiry_id), Message.need_id == need_id), before)


def readers_of(need_id: int) -> list[tuple[str, str]]:
    """(branch, part) of those who read the company's messages today, the lead first."""
    rows = db.session.execute(
        select(Dossier, Branch.name)
        .join(Branch, Branch.id == Dossier.branch_id)
        .where(Dossier.need_id == need_id)
        .order_by(Dossier.leads.desc(), Dossier.rank, Dossier.id)
    )
    return [(name, Part(dossier.role).label) for dossier, name in rows if in_the_case(dossier)]


def may_write(file: CaseFile, audience: Audience) -> bool:
    """A note to one's own team at any time; the others while one is in the case."""
    return file.workable and (audience is Audience.TEAM or in_the_case(file.dossier))


def attachment_for(file: CaseFile, attachment_id: int) -> Attachment | None:
    """The file, if this viewer reads the message it is joined to."""
    return _attachment(attachment_id, or_(*(_readable(file, one) for one in Audience)))


def attachment_of_company(inquiry_id: int, attachment_id: int) -> Attachment | None:
    return _attachment(attachment_id, _told_the_company(inquiry_id))


def need_of(inquiry_id: int, need_id: int) -> Need | None:
    """The need, if it belongs to this inquiry."""
    return db.session.scalar(select(Need).where(Need.id == need_id, Need.inquiry_id == inquiry_id))


def written_since(need_id: int, user_id: int, at: datetime) -> bool:
    """Did the company, or another person among the actors, write since then? A team's own notes are no act."""
    other = or_(Message.user_id.is_(None), Message.user_id != user_id)
    asked = select(Message.id).where(Message.need_id == need_id, Message.audience != Audience.TEAM)
    return db.session.scalar(asked.where(Message.at > at, other).limit(1)) is not None


def _readable(file: CaseFile, audience: Audience) -> ColumnElement[bool]:
    here = and_(Message.need_id == file.dossier.need_id, Message.audience == audience)
    if audience is Audience.TEAM:
        return and_(here, Message.branch_id == file.dossier.branch_id, _only(file.workable))
    until = reads_until(file.dossier)
    kept = here if until is None else and_(here, Message.at <= until)
    # A Maison that only transmits the case reads what the company says, not what actors say among themselves.
    return kept if audience is Audience.COMPANY else and_(kept, _only(file.workable))


def _only(allowed: bool) -> ColumnElement[bool]:
    return Message.id.is_not(None) if allowed else Message.id.is_(None)


def _told_the_company(inquiry_id: int) -> ColumnElement[bool]:
    return and_(Message.inquiry_id == inquiry_id, Message.audience == Audience.COMPANY)


def _page(kept: ColumnElement[bool], before: int | None) -> Thread:
    asked = (
        select(Message, User.name, Branch.name)
        .outerjoin(User, User.id == Message.user_id)
        .outerjoin(Branch, Branch.id == Message.branch_id)
        .where(kept)
        .order_by(Message.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        asked = asked.where(Message.id < before)
    rows = db.session.execute(asked).all()
    lines = [_line(*row) for row in rows[:PAGE]][::-1]
    return Thread(lines, lines[0].id if len(rows) > PAGE else None)


def _line(message: Message, person: str | None, branch: str | None) -> Line:
    return Line(
        message.id,
        message.at,
        message.text,
        person,
        branch,
        message.branch_id,
        message.from_company,
        message.attachments,
    )


def _attachment(attachment_id: int, kept: ColumnElement[bool]) -> Attachment | None:
    asked = select(Attachment).join(Message, Message.id == Attachment.message_id)
    return db.session.scalar(asked.where(kept, Attachment.id == attachment_id))
