"""What the form turns away is counted as it sends the person elsewhere: a reason, who and where when it was said."""

from __future__ import annotations

from app.inquiries.turned_away import Aside
from app.inquiries.turning_actions import count_turned_away
from app.territory.queries import commune
from app.web.company.flow import NOT_EMPLOYER, NOT_HR, Journey


def turn_away(journey: Journey, why: Aside | None = None) -> None:
    """Counted once a form and a reason, however often its page is read. `why` is what the person said themselves."""
    reason = why or journey.elsewhere() or NOT_HR
    profile = journey.profile if reason is NOT_EMPLOYER else ""
    found = commune(journey.establishment().place.code or "")
    count_turned_away(journey.draft.id, reason, profile, found.departement if found else "")
