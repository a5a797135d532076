"""Several dossiers at one go: what will happen to each, then what happened. Each line is its own transaction."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.accounts.abilities import Viewer
from app.accounts.queries import people_in
from app.dossiers.calls import may_be_unreachable, still_to_try
from app.dossiers.desk import DeskRow
from app.dossiers.lifecycle import IllegalMove, Status, Verb, refusal
from app.dossiers.lists import named_rows
from app.dossiers.moving import StaleCase, UnknownCase
from app.dossiers.queries import WORKING_ROLES, EventLine, attempt_days, dossier_seen, last_event
from app.kernel.clock import today

MOST = 100
LINE = re.compile(r"^(\d{1,9})-(\d{1,9})\Z", re.ASCII)
NOT_YOURS = "Ce dossier n’existe pas, ou n’est pas à votre antenne."
ALREADY = "Ce dossier est déjà à vous."


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier chosen, with the version that was on the screen. `row` is None when the viewer may not touch it."""

    dossier_id: int
    version: int
    row: DeskRow | None

    @property
    def text(self) -> str:
        return f"{self.dossier_id}-{self.version}"


@dataclass(frozen=True, slots=True)
class Told:
    """What will happen, or happened, to a line: done unless a sentence says why not.

    `event` is who moved it meanwhile, when that is the reason."""

    line: Line
    refused: str = ""
    moved: bool = False
    event: EventLine | None = None
    note: str = ""

    @property
    def done(self) -> bool:
        return not self.refused and not self.moved


def chosen(viewer: Viewer, texts: Iterable[str]) -> list[Line]:
    """The lines an address or a form names; what cannot be read was never chosen."""
    read = [LINE.match(text) for text in texts]
    wanted = {int(found[1]): int(found[2]) for found in read if found}
    rows = {row.id: row for row in named_rows(viewer, wanted)} if len(wanted) <= MOST else {}
    return [Line(one, version, rows.get(one)) for one, version in wanted.items()]


def foreseen(viewer: Viewer, lines: Sequence[Line], verb: Verb) -> list[Told]:
    """What the verb would do to each, by the very table the actions read."""
    return [_foreseen(viewer, line, verb) for line in lines]


def carry_out(lines: Sequence[Line], act: Callable[[int, int], None]) -> list[Told]:
    """Do it line by line: one refused never keeps the others from being done."""
    return [_done(line, act) for line in lines]


def colleagues(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Who may be given these dossiers: those in post in their branches."""
    branches = sorted({line.row.branch_id for line in lines if line.row})
    found = dict(one for branch in branches for one in people_in(branch, today(), WORKING_ROLES))
    return sorted(found.items(), key=lambda one: one[1])


def _foreseen(viewer: Viewer, line: Line, verb: Verb) -> Told:
    row = line.row
    if row is None:
        return Told(line, NOT_YOURS)
    if verb is Verb.TAKE and row.status == Status.TAKEN and row.taken_by_id == viewer.user_id:
        return Told(line, ALREADY)
    if row.version != line.version:
        return Told(line, moved=True, event=last_event(row.id))
    refused = refusal(verb, row)
    return Told(line, refused or "", note="" if refused else _note(viewer, verb, row))


def _note(viewer: Viewer, verb: Verb, row: DeskRow) -> str:
    """What the table does not say: a company that was not called enough cannot be said unreachable."""
    dossier = dossier_seen(viewer, row.id) if verb is Verb.CLOSE else None
    days = attempt_days(dossier) if dossier else None
    return "" if days is None or may_be_unreachable(days) else f"« Injoignable » : {still_to_try(days)}"


def _done(line: Line, act: Callable[[int, int], None]) -> Told:
    try:
        act(line.dossier_id, line.version)
    except UnknownCase:
        return Told(line, NOT_YOURS)
    except IllegalMove as error:
        return Told(line, error.sentence)
    except StaleCase as error:
        return Told(line, moved=True, event=error.event)
    return Told(line)
