"""The invented requests of a demonstration: read from a file, then filed and moved as real ones are."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.accounts.abilities import Role, Viewer
from app.cli.workbench_acts import WORKBENCH_ACTS
from app.dossiers import actions
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.lifecycle import Channel, DeclineReason, Outcome
from app.dossiers.queries import CaseFile, case_for, team_of_need, to_transmit
from app.inquiries.queries import needs_of
from app.intake import Filed, NewInquiry, receive
from app.kernel.clock import PARIS
from app.kernel.codes import Idcc, NafCode
from app.kernel.workdays import add_workdays, is_workday

FILE = Path(__file__).with_name("stories.toml")
OPENING = time(9)
MINUTES_APART = 37
MINUTES_OPEN = 8 * 60
TOLD_AFTER = timedelta(hours=1)
RECENT = 2
"""Working days: what came since is left for the visitor to pass on."""

ACTS: Mapping[str, Callable[[Viewer, CaseFile, str, datetime], None]] = {
    "take": lambda who, file, _, at: actions.take(who, file.dossier.id, file.dossier.version, at),
    "contact": lambda who, file, _, at: log_call(who, file.dossier.id, Call.REACHED, at=at),
    "close": lambda who, file, code, at: actions.close(
        who, file.dossier.id, file.dossier.version, Outcome(code), at=at
    ),
    "decline": lambda who, file, code, at: actions.decline(
        who, file.dossier.id, file.dossier.version, DeclineReason(code), at=at
    ),
    **WORKBENCH_ACTS,
}


@dataclass(frozen=True, slots=True)
class Act:
    """A move of whoever works for the branch that leads, so many working days after filing."""

    verb: str
    day: int
    code: str


@dataclass(frozen=True, slots=True)
class Story:
    """`filed`: working days before the day of loading; `clock`: the hour of the day it came."""

    filed: int
    clock: timedelta
    inquiry: NewInquiry
    acts: tuple[Act, ...]

    def moment(self, on: date, day: int = 0) -> datetime:
        """When it was filed, or the same hour so many working days later."""
        start = add_workdays(workday_before(on, self.filed), day)
        return datetime.combine(start, OPENING, PARIS) + self.clock


def stories() -> tuple[Story, ...]:
    """Every invented request, oldest first."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))["story"]
    return tuple(_story(rank, one) for rank, one in enumerate(read))


def _story(rank: int, one: Mapping[str, Any]) -> Story:
    acts = (text.split() for text in one.get("moves", ()))
    return Story(
        filed=one["filed"],
        clock=timedelta(minutes=rank * MINUTES_APART % MINUTES_OPEN),
        inquiry=_inquiry(rank, one),
        acts=tuple(Act(verb, int(day), code[0] if code else "") for verb, day, *code in acts),
    )


def _inquiry(rank: int, one: Mapping[str, Any]) -> NewInquiry:
    answers = {
        key: frozenset(value) if isinstance(value, list) else value
        for key, value in one.get("answers", {}).items()
    }
    return NewInquiry(
        form_id=f"demonstration-{rank}",
        needs=tuple(one["needs"]),
        commune=one["commune"],
        company=one["company"],
        words=one["words"],
        naf=NafCode(one["naf"]) if "naf" in one else None,
        idcc=Idcc(one["idcc"]) if "idcc" in one else None,
        workforce=(one["workforce"], one["workforce"]),
        contact_name=one["contact"],
        phone=one.get("phone"),
        email=one.get("email"),
        answers=answers,
        is_demo=True,
    )


def play(told: Sequence[Story], cast: Sequence[Viewer], on: date) -> None:
    """File each request once, on its day, and let the cast do what they did; begun again, goes on."""
    for story in told:
        filed = receive(story.inquiry, story.moment(on))
        if filed.again:
            continue
        if story.filed > RECENT:
            _tell_the_actors(filed, cast, story.moment(on) + TOLD_AFTER)
        for act in story.acts:
            _perform(act, filed, cast, story.moment(on, act.day) + TOLD_AFTER * 2)


def _tell_the_actors(filed: Filed, cast: Sequence[Viewer], at: datetime) -> None:
    """The Maison passes the request on to those whose mailbox nobody has verified."""
    for viewer in cast:
        if Role.MAISON_ADVISER in viewer.roles:
            for row in to_transmit(viewer):
                if row.reference == filed.reference:
                    actions.mark_transmitted(viewer, row.id, Channel.PHONE, at)


def _perform(act: Act, filed: Filed, cast: Sequence[Viewer], at: datetime) -> None:
    for need in [need.id for need in needs_of(filed.inquiry_id)]:
        lead = next(member for member in team_of_need(need) if member.leads)
        files = ((viewer, case_for(viewer, lead.dossier_id)) for viewer in cast)
        for viewer, file in files:
            if file is not None and file.workable:
                ACTS[act.verb](viewer, file, act.code, at)
                break


def workday_before(on: date, count: int) -> date:
    """The date `count` working days before `on`."""
    day = on
    while count:
        day -= timedelta(days=1)
        count -= is_workday(day)
    return day
