"""The weights in the repository are the ones the catalogue gives."""

from __future__ import annotations

import os
from dataclasses import fields

import numpy as np
import pytest

from app.triage.examples import examples
from app.triage.weights import FILE, Weights, fingerprint, load

AGAIN = "run `flask triage build` after a change of the catalogue"


def test_the_weights_are_small_and_were_learnt_from_this_catalogue() -> None:
    kept = load()
    assert FILE.stat().st_size < 1_500_000
    assert sorted(set(kept.needs)) == sorted({need for need, _ in examples()})
    assert str(kept.learnt_from) == fingerprint(examples()), AGAIN


@pytest.mark.skipif(not os.environ.get("GUICHET_PROVE"), reason="half a minute: in `make prove`")
def test_building_again_gives_the_same_weights() -> None:
    from app.triage.training import train

    again, kept = train(examples()), load()
    changed = [
        one.name
        for one in fields(Weights)
        if not np.array_equal(getattr(again, one.name), getattr(kept, one.name))
    ]
    assert not changed, AGAIN
