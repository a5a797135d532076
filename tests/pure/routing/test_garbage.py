"""Whatever is sent, the engine answers or refuses with a field; it never breaks."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.routing.engine import orient
from app.routing.refusals import SituationError
from app.routing.situation import FIELDS, read_situation
from tests.pure.routing.desk import TODAY, book, directory

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["oui", "10-19", "843", "10.71C", "34142", "2026-02-29", "SARL", "CDI", "logement"]),
)
junk = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
answers = st.dictionaries(st.sampled_from(sorted(book().questions)) | st.text(max_size=5), junk, max_size=6)
lines = st.fixed_dictionaries(
    {
        "commune": st.sampled_from(["34142", "75056", "46042"]),
        "need": st.sampled_from(sorted(book().needs)),
    },
    optional={
        **{name: junk for name in FIELDS if name not in ("commune", "need", "answers")},
        "answers": answers | junk,
    },
)


@settings(max_examples=400, deadline=None)
@given(lines | st.dictionaries(st.sampled_from(FIELDS), junk))
def test_it_answers_or_refuses(line: dict[str, Any]) -> None:
    try:
        answer = orient(read_situation(line, book(), TODAY), directory(), book())
    except SituationError as refused:
        assert refused.sentence and refused.field
        return
    json.dumps(answer.to_dict(), ensure_ascii=False).encode()
    json.dumps(answer.trace(), ensure_ascii=False).encode()
