"""Any text gets an answer of the promised shape."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rulebooks.edition import FIRST_EDITION
from app.triage.examples import OFF_TOPIC, examples
from app.triage.occupations import occupation
from app.triage.places import Places
from app.triage.reading import MOST_SUGGESTIONS, read

GARBAGE = [
    "",
    " ",
    "\x00",
    "🙂🙂🙂",
    "a" * 100_000,
    "é" * 5000,
    "1234567890",
    "'; DROP TABLE besoins; --",
    "<script>alert(1)</script>",
    "\u202e\u200b\ufeff",
    "我想找一个面包师",
    "مرحبا",
    "\ud800",
    "NULL",
    "....;;;;!!!!",
    "ça " * 4000,
    "\n" * 3000,
    "ﬁlière œnologie",
    "%s %d {0} {{}}",
    "-1e309",
    "et, et, et puis, mais, et",
]
PLACES = Places(
    [("31555", "Toulouse", 500_000), ("34172", "Montpellier", 300_000), ("30341", "Vergèze", 5_000)]
)


@pytest.mark.parametrize("text", GARBAGE)
def test_garbage_gets_an_answer(text: str) -> None:
    _well_formed(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    _well_formed(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([sentence for _, sentence in examples()]), min_size=1, max_size=4))
def test_any_mix_of_sentences_gets_an_answer(sentences: list[str]) -> None:
    _well_formed(" et puis ".join(sentences))


def _well_formed(text: str) -> None:
    known = {need for need, _ in examples()}
    reading = read(text)
    scores = [one.score for one in reading.suggestions]
    assert len(scores) <= MOST_SUGGESTIONS and scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert {one.need for one in reading.suggestions} | set(reading.multiple) <= known
    assert len(reading.multiple) != 1 and len(set(reading.multiple)) == len(reading.multiple)
    assert not reading.off_topic or reading.suggestions[0].need in OFF_TOPIC
    assert all((one.need, one.example) in examples() for one in reading.suggestions)
    job = occupation(text)
    assert job is None or (job.name and len(job.rome) == 5)
    assert PLACES.find(text) in (None, "31555", "34172", "30341")


def test_the_same_text_is_read_the_same() -> None:
    text = "Mon apprenti ne vient plus et je cherche un boulanger"
    assert read(text) == read(text)


def test_every_need_of_the_edition_has_its_examples() -> None:
    edition = (FIRST_EDITION / "needs.toml").read_text(encoding="utf-8")
    counts = {need: 0 for need, _ in examples()}
    for need, _ in examples():
        counts[need] += 1
    assert all(f'key = "{need}"' in edition for need in counts)
    assert edition.count("[[need]]") == len(counts)
    assert min(counts.values()) >= 15
