"""What holds whatever happened: one lead, legal moves, a journal that tells the present, each letter once."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from app.dossiers.desk import Tab
from app.dossiers.following import followed
from app.dossiers.lifecycle import MOVES, OPEN, Move, NeedStatus, Part, Status, need_status
from app.dossiers.lists import desk_counts, desk_of
from app.dossiers.models import Dossier, Event, StepTaken
from app.dossiers.narrowing import Narrowing
from app.dossiers.queries import case_for, needs_without_lead
from app.extensions import db
from app.inquiries.models import Need
from app.mailbox.models import Letter
from tests.capabilities.histories.world import World

ONCE = ("reminder", "courtesy_reminder", "partner_silent", "relieved", "close_or_explain")
"""Letters of a step of the clocks: never two to one reader for one step."""


def journal() -> list[Event]:
    return list(db.session.query(Event).order_by(Event.id))


def check_leads(world: World) -> None:
    for need_id in world.needs:
        rows = db.session.query(Dossier).filter_by(need_id=need_id).all()
        assert sum(one.leads for one in rows) == 1
        lead = next(one for one in rows if one.leads)
        assert lead.status in OPEN | {Status.CLOSED}
        assert need_status(rows) == _recomputed(lead)
        for one in rows:
            if one.offered_by_id is not None:
                assert (one.offered_by_id, lead.status in OPEN) == (lead.id, True)
            assert one.role != Part.OFFERED or one.status not in OPEN or one.offered
            assert one.waiting_since is None or one.status == Status.TAKEN
            assert (one.closed_at is None) == (one.status in OPEN)
    assert needs_without_lead(world.maison.viewer) == 0


def _recomputed(lead: Dossier) -> NeedStatus:
    """From the journal alone: the last status it gave the lead, and whether a wait it began has ended."""
    mine = [one for one in journal() if one.dossier_id == lead.id]
    last = next(one.to for one in reversed(mine) if one.to in set(Status))
    if last == Status.TAKEN and lead.waiting_since is not None:
        return NeedStatus.WAITING
    return NeedStatus(str(last))


def check_journal() -> None:
    """Each dossier's line of statuses is unbroken, legal, and ends where the dossier is."""
    events = journal()
    assert [one.at for one in events] == sorted(one.at for one in events)
    for dossier in db.session.query(Dossier):
        mine = [one for one in events if one.dossier_id == dossier.id and one.to in set(Status)]
        assert mine[-1].to == dossier.status
        for former, one in pairwise(mine):
            assert one.from_ == former.to, (one.kind, one.from_, former.kind, former.to)
            start, end = Status(one.from_ or ""), Status(one.to or "")
            back = one.kind == Move.UNDONE and start in MOVES[end]
            assert start is end or back or end in MOVES[start]


def check_letters() -> None:
    """Never more announcements than what they announce, and a step of the clocks told once."""
    letters = db.session.query(Letter).all()
    told, done = Counter(one.kind for one in letters), Counter(one.kind for one in journal())
    assert told["taken"] <= done[Move.TAKEN] + done[Move.REASSIGNED]
    for letter in ("closed", "reopened", "joined", "withdrawn"):
        assert told[letter] <= done[letter]
    assert told["requalified"] <= done[Move.REQUALIFIED]
    assert told["hand_over_lapsed"] <= done[Move.OFFER_LAPSED]
    assert len({one.message_id for one in letters}) == len(letters)
    steps = db.session.query(StepTaken).filter_by(overtaken=False).count()
    assert done[Move.REMINDED] == steps
    readers = Counter(
        (one.kind, one.version, one.branch_id, one.user_id) for one in letters if one.kind in ONCE
    )
    assert not readers or max(readers.values()) == 1


def check_views(world: World) -> None:
    """Counters equal lists, and nothing is seen across branches by any door."""
    ids = {one.id: one.branch_id for one in db.session.query(Dossier)}
    for desk in (*world.people, world.stranger):
        counts = desk_counts(desk.viewer)
        for tab in Tab:
            rows = desk_of(desk.viewer, tab).rows
            assert len(rows) == counts[tab]
            assert all(ids[row.id] == desk.branch_id for row in rows)
            found = desk_of(desk.viewer, tab, narrowing=Narrowing("boulangerie")).rows
            assert {row.id for row in found} == {row.id for row in rows}
    for dossier_id, branch_id in ids.items():
        for desk in (*world.teams, world.stranger):
            assert (case_for(desk.viewer, dossier_id) is not None) is (desk.branch_id == branch_id)
    _check_companies(world)


def _check_companies(world: World) -> None:
    """A company reads its own dossiers and no other's."""
    for need_id in world.needs:
        inquiry = db.session.get_one(Need, need_id).inquiry_id
        assert {one.need_id for one in followed(inquiry)} == {need_id}
