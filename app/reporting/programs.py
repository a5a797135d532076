"""Linear programs over the worlds that are told the same, solved by HiGHS; pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, MatrixFormat, ObjSense, kHighsInf

Array = np.ndarray[tuple[int], np.dtype[np.float64]]
SHARP = 1e-7
ROOM = 10
"""No count goes beyond that many times all the needs: the solver is never without an end."""


class Program:
    """Columns are counts from zero on, `true` the counts as they are.

    Each of `cells` (lists of columns) keeps its total until it is freed; each pair of `alike` has equal totals. For
    each of `raisable` a further column, never above its total, can be pushed up with the others.
    """

    def __init__(
        self,
        true: Sequence[int],
        cells: Sequence[Sequence[int]],
        alike: Sequence[tuple[Sequence[int], Sequence[int]]],
        raisable: Sequence[Sequence[int]],
    ) -> None:
        self.counts, self.raised_count = len(true), len(raisable)
        self.true, self.rows = np.array(true, dtype=float), len(cells)
        self.most = float(ROOM * (sum(true) + 1))
        rows = [(list(spots), [1.0] * len(spots)) for spots in cells]
        rows += [([*one, *other], [1.0] * len(one) + [-1.0] * len(other)) for one, other in alike]
        rows += [
            ([*spots, self.counts + rank], [1.0] * len(spots) + [-1.0]) for rank, spots in enumerate(raisable)
        ]
        kept = [float(sum(true[spot] for spot in spots)) for spots in cells] + [0.0] * len(alike)
        self.solver = Highs()  # type: ignore[no-untyped-call]
        for option in ("output_flag", "log_to_console"):
            self.solver.setOptionValue(option, False)
        self.solver.setOptionValue("threads", 1)
        self.solver.passModel(self._model(rows, kept))
        self.everything = np.arange(self.counts + self.raised_count, dtype=np.int32)

    def free(self, row: int) -> None:
        """This total is no longer told."""
        self.solver.changeRowBounds(row, -kHighsInf, kHighsInf)

    def raised(self, aims: Array) -> Array:
        """A world where as many as possible of the raisable totals come near their aim (0: left aside)."""
        costs = np.concatenate([np.zeros(self.counts), (aims > 0).astype(float)])
        upper = np.concatenate([np.full(self.counts, self.most), aims])
        self._bound(upper)
        world = self._solved(costs)
        return self.true if world is None else world

    def furthest(self, spots: Sequence[int], *, upwards: bool) -> tuple[Array, list[int]]:
        """The world where these columns together are the most (or the least), and the rows that stop them there; the
        true world and every row when the solver finds no end."""
        costs = np.zeros(self.counts + self.raised_count)
        costs[list(spots)] = 1.0 if upwards else -1.0
        self._bound(np.concatenate([np.full(self.counts, self.most), np.zeros(self.raised_count)]))
        world = self._solved(costs)
        if world is None:
            return self.true, list(range(self.rows))
        duals = np.array(self.solver.getSolution().row_dual)
        return world, [int(row) for row in np.flatnonzero(np.abs(duals) > SHARP)]

    def _bound(self, upper: Array) -> None:
        self.solver.changeColsBounds(len(self.everything), self.everything, np.zeros(len(upper)), upper)

    def _solved(self, costs: Array) -> Array | None:
        """None when the solver stops short: nothing is learnt, hence nothing believed safe."""
        self.solver.changeColsCost(len(costs), self.everything, costs)
        self.solver.run()
        if self.solver.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        return np.array(self.solver.getSolution().col_value)[: self.counts]

    def _model(self, rows: Sequence[tuple[list[int], list[float]]], kept: Sequence[float]) -> HighsLp:
        model = HighsLp()
        model.num_col_ = self.counts + self.raised_count
        model.num_row_ = len(rows)
        model.sense_ = ObjSense.kMaximize
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_ = np.zeros(model.num_col_)
        model.col_upper_ = np.concatenate([np.full(self.counts, self.most), np.zeros(self.raised_count)])
        free = len(rows) - len(kept)
        model.row_lower_ = np.concatenate([kept, np.zeros(free)])
        model.row_upper_ = np.concatenate([kept, np.full(free, kHighsInf)])
        model.a_matrix_.format_ = MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(spots) for spots, _ in rows)])
        model.a_matrix_.index_ = np.concatenate([spots for spots, _ in rows]).astype(np.int32)
        model.a_matrix_.value_ = np.concatenate([values for _, values in rows])
        return model
