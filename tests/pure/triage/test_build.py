"""The weights in the repository are the ones the catalogue gives."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from app.triage.examples import examples
from app.triage.weights import FILE, Weights, load


def test_the_weights_are_small_and_speak_of_this_catalogue() -> None:
    kept = load()
    assert FILE.stat().st_size < 1_500_000
    assert sorted(set(kept.needs)) == sorted({need for need, _ in examples()})


def test_building_again_gives_the_same_weights() -> None:
    pytest.importorskip("sklearn")
    from app.triage.training import train

    again, kept = train(examples()), load()
    changed = [
        one.name
        for one in fields(Weights)
        if not np.array_equal(getattr(again, one.name), getattr(kept, one.name))
    ]
    assert not changed, "run `flask triage build` after a change of the catalogue"
