"""Weights from the catalogue; scikit-learn is needed here and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from app.triage.encoder import Matrix, encoded
from app.triage.features import grams
from app.triage.mending import mended
from app.triage.spelling import words
from app.triage.weights import MEANING_WEIGHT, Weights, centred, fingerprint, quantised, weighed

SEEN_AT_LEAST = 3
REGULARITY = 15.0
ROUNDS = 400
DECIMALS = 5
"""The encoder's last bits differ between processors; rounding keeps the build the same."""


def train(pairs: Sequence[tuple[str, str]]) -> Weights:
    """(need, sentence) pairs → weights; the same pairs give the same weights."""
    needs = np.array([need for need, _ in pairs])
    tidy = [mended(sentence) for _, sentence in pairs]
    columns, rarity = _vocabulary(tidy)
    raw = np.round(encoded(tidy), DECIMALS)
    centre = np.round(raw.mean(axis=0), DECIMALS).astype(np.float32)
    meanings = np.round(centred(raw, centre), DECIMALS)
    model = LogisticRegression(C=REGULARITY, max_iter=ROUNDS, class_weight="balanced")
    model.fit(hstack([_rows(tidy, columns, rarity), csr_matrix(meanings * MEANING_WEIGHT)]).tocsr(), needs)
    steps, scale = quantised(model.coef_)
    return Weights(
        needs=np.array([str(one) for one in model.classes_]),
        vocabulary=np.array(list(columns)),
        rarity=rarity,
        centre=centre,
        steps=steps,
        scale=scale,
        bias=np.round(model.intercept_, 3).astype(np.float32),
        learnt_from=np.array(fingerprint(pairs)),
    )


def _vocabulary(tidy: Sequence[str]) -> tuple[dict[str, int], NDArray[np.float32]]:
    """Grams met in at least two sentences, and how rare each is."""
    seen = Counter(gram for sentence in tidy for gram in grams(words(sentence)))
    kept = sorted(gram for gram, count in seen.items() if count >= SEEN_AT_LEAST)
    counts = np.array([seen[gram] for gram in kept])
    rarity = np.log((1 + len(tidy)) / (1 + counts)) + 1
    return {gram: at for at, gram in enumerate(kept)}, rarity.astype(np.float32)


def _rows(tidy: Sequence[str], columns: dict[str, int], rarity: Matrix) -> Any:
    found = [weighed(sentence, columns, rarity) for sentence in tidy]
    starts = np.cumsum([0, *(len(at) for at, _ in found)])
    at, weight = (np.concatenate(part) for part in zip(*found, strict=True))
    return csr_matrix((weight, at, starts), shape=(len(tidy), len(columns)))
