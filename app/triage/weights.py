"""The classifier's weights as the build leaves them: whole numbers and scales, used with numpy alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.triage.encoder import Matrix, encoded
from app.triage.features import grams
from app.triage.mending import mended
from app.triage.spelling import words

FILE = Path(__file__).parent / "weights.npz"
WORDS_WEIGHT, LETTERS_WEIGHT, MEANING_WEIGHT = 1.0, 1.0, 0.7


@dataclass(frozen=True, slots=True)
class Weights:
    """One row a need; columns are the grams of the vocabulary, then the encoder's dimensions."""

    needs: NDArray[Any]
    vocabulary: NDArray[Any]
    rarity: NDArray[np.float32]
    centre: NDArray[np.float32]
    steps: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]
    learnt_from: NDArray[Any]
    """The fingerprint of the examples they come from."""


def fingerprint(pairs: Iterable[tuple[str, str]]) -> str:
    """One word for a whole catalogue: another sentence, another word."""
    return sha256("\n".join(f"{need}\t{sentence}" for need, sentence in pairs).encode()).hexdigest()


def quantised(values: NDArray[Any], axis: int = 1) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers from -127 to 127 and what one step is worth on each row."""
    top = np.abs(values).max(axis=axis, keepdims=True)
    scale = np.where(top > 0, top / 127, 1.0)
    return np.rint(values / scale).astype(np.int8), scale.astype(np.float32)


def save(weights: Weights, path: Path = FILE) -> None:
    np.savez_compressed(path, **{one.name: getattr(weights, one.name) for one in fields(weights)})


def load(path: Path = FILE) -> Weights:
    with np.load(path, allow_pickle=False) as kept:
        return Weights(**{one.name: kept[one.name] for one in fields(Weights)})


class Scorer:
    """The weights unpacked once, ready to weigh sentences."""

    def __init__(self, weights: Weights) -> None:
        self.needs = [str(one) for one in weights.needs]
        self._columns = {str(gram): at for at, gram in enumerate(weights.vocabulary)}
        self._rarity, self._centre = weights.rarity, weights.centre
        self._table = np.ascontiguousarray((weights.steps * weights.scale).T.astype(np.float32))
        self._bias = weights.bias

    def knows(self, text: str) -> bool:
        """Is one word of the text among those of the examples? Random letters are no message."""
        return any(gram[0] == "w" and gram in self._columns for gram in grams(words(mended(text))))

    def probabilities(self, texts: Sequence[str]) -> Matrix:
        """How likely each need is for each text."""
        tidy = [mended(text) for text in texts]
        meanings = centred(encoded(tidy), self._centre)
        size = len(self._columns)
        totals = meanings * np.float32(MEANING_WEIGHT) @ self._table[size:] + self._bias
        for row, text in enumerate(tidy):
            at, weight = weighed(text, self._columns, self._rarity)
            totals[row] += weight @ self._table[at]
        odds = np.exp(totals - totals.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)


def weighed(
    text: str, columns: dict[str, int], rarity: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The known grams of a sentence and their weights; words and letters each of length 1."""
    known = [
        (columns[gram], count, gram[0] == "c")
        for gram, count in grams(words(text)).items()
        if gram in columns
    ]
    at = np.array([column for column, _, _ in known], dtype=np.intp)
    counts = np.array([count for _, count, _ in known], dtype=np.float32)
    letters = np.array([is_letters for _, _, is_letters in known], dtype=bool)
    weight = (1 + np.log(np.maximum(counts, 1))) * rarity[at]
    for part, share in ((~letters, WORDS_WEIGHT), (letters, LETTERS_WEIGHT)):
        length = np.linalg.norm(weight[part])
        if length:
            weight[part] *= share / length
    return at, weight.astype(np.float32)


def centred(meanings: Matrix, centre: NDArray[np.float32]) -> Matrix:
    return unit(meanings - centre)


def unit(rows: Matrix) -> Matrix:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1), dtype=np.float32)


@lru_cache(maxsize=1)
def scorer() -> Scorer:
    """Read once, at the first sentence."""
    return Scorer(load())
