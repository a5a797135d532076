"""What the benchmarks are run on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from app.inquiries.asked import NewInquiry
from app.kernel.codes import Idcc, NafCode

BAKER: dict[str, Any] = {
    "commune": "34142",
    "naf": "10.71C",
    "idcc": "843",
    "workforce": 4,
    "need": "alt_apprenti",
    "answers": {"age": 17, "diplome_niveau": 3},
}


def new_inquiry() -> NewInquiry:
    """The baker's request, under a form id of its own."""
    return NewInquiry(
        form_id=uuid4().hex,
        needs=("alt_apprenti",),
        commune="34142",
        company="Boulangerie Vidal",
        naf=NafCode("10.71C"),
        idcc=Idcc("843"),
        workforce=(4, 4),
        phone="+33639981204",
    )
