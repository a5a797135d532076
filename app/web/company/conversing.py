"""What a company reads of its conversations: one thread a need, and who reads what it writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request, url_for

from app.exchanges.queries import Thread, readers_of, thread_of_company
from app.web.branch_names import short_name
from app.web.company.acknowledging import NeedView
from app.web.inputs import number_of
from app.web.writing import WriteForm, write_form

if TYPE_CHECKING:
    from app.inquiries.models import Inquiry


@dataclass(frozen=True, slots=True)
class Conversation:
    thread: Thread
    form: WriteForm
    send_to: str
    to: str
    """Who the message is for, as the button says it."""
    readers: str


def conversations(
    token: str, inquiry: Inquiry, needs: Sequence[NeedView], sent: Mapping[int, WriteForm]
) -> dict[int, Conversation]:
    """Need → its conversation; a need nobody leads has none."""
    return {
        view.need.id: _conversation(token, inquiry, view, sent.get(view.need.id))
        for view in needs
        if view.lead is not None
    }


def form_name(need_id: int) -> str:
    """Tells apart the forms of a page with several needs."""
    return f"besoin{need_id}"


def _conversation(token: str, inquiry: Inquiry, view: NeedView, sent: WriteForm | None) -> Conversation:
    need_id, lead = view.need.id, view.lead
    form = sent or write_form(form_name(need_id))
    to = (lead.person or short_name(lead.branch)) if lead else ""
    names = dict.fromkeys(short_name(name) for name, _ in readers_of(need_id))
    return Conversation(
        thread=thread_of_company(inquiry.id, need_id, _before(need_id)),
        form=form,
        send_to=url_for("following.write", token=token, need_id=need_id),
        to=to,
        readers=f"Lu par\u00a0: {', '.join(names)}. Ne citez ni le nom ni la santé d’un salarié.",
    )


def _before(need_id: int) -> int | None:
    return number_of(request.args.get(f"avant{need_id}", ""))
