"""Linear programs over the worlds that are told the same, solved by HiGHS; pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, MatrixFormat, ObjSense, kHighsInf

Array = np.ndarray[tuple[int], np.dtype[np.float64]]
Row = tuple[Sequence[int], Sequence[float], float, float]
"""Columns, their factors, the least and the most of their sum."""
SHARP = 1e-7
ROOM = 10
"""No count goes beyond that many times all the needs: the solver is never without an end."""
PRIMAL = 4
"""The simplex that goes on from the last solution when the aim alone changes."""


class Program:
    """Columns are counts from zero on, `true` the counts as they are.

    Each of `cells` (lists of columns) keeps its total until it is freed; each pair of `alike` has equal totals. The
    totals of `raisable` can be pushed up together.
    """

    def __init__(
        self,
        true: Sequence[int],
        cells: Sequence[Sequence[int]],
        alike: Sequence[tuple[Sequence[int], Sequence[int]]],
        raisable: Sequence[Sequence[int]],
    ) -> None:
        self.true, self.cells, self.raisable = np.array(true, dtype=float), cells, raisable
        self.most = float(ROOM * (sum(true) + 1))
        self.kept = list(range(len(cells)))
        self.same: list[Row] = [([*one, *other], _signs(one, other), 0.0, 0.0) for one, other in alike]
        self.walker: Highs | None = None
        self.walked: list[int] = []

    def free(self, rows: Sequence[int]) -> None:
        """These totals are no longer told."""
        gone = set(rows)
        self.kept = [row for row in self.kept if row not in gone]
        if self.walker:
            for place, row in enumerate(self.walked):
                if row in gone:
                    self.walker.changeRowBounds(place, -kHighsInf, kHighsInf)

    def raised(self, aims: Array) -> Array:
        """A world where as many as possible of the raisable totals come near their aim (0: left aside)."""
        wanted = [int(one) for one in np.flatnonzero(aims > 0)]
        solver = self._solver(self._model(wanted, aims[wanted]))
        world = _solved(solver)
        return self.true if world is None else world[: len(self.true)]

    def furthest(self, spots: Sequence[int], *, upwards: bool) -> tuple[Array, list[int]]:
        """The world where these columns together are the most (or the least), and the rows that stop them there; the
        true world and every row when the solver finds no end."""
        if self.walker is None:
            self.walker, self.walked = self._solver(self._model([], np.zeros(0))), list(self.kept)
            self.walker.setOptionValue("simplex_strategy", PRIMAL)
            self.walker.setOptionValue("presolve", "off")
        costs = np.zeros(len(self.true))
        costs[list(spots)] = 1.0 if upwards else -1.0
        self.walker.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        world = _solved(self.walker)
        if world is None:
            self.walker = None
            return self.true, list(self.kept)
        duals = np.array(self.walker.getSolution().row_dual)[: len(self.walked)]
        return world, [self.walked[row] for row in np.flatnonzero(np.abs(duals) > SHARP)]

    def _model(self, wanted: Sequence[int], aims: Array) -> HighsLp:
        """One more column for each total pushed up: at most the total, at most its aim."""
        counts = len(self.true)
        rows: list[Row] = [self._told(row) for row in self.kept]
        rows += self.same
        for rank, one in enumerate(wanted):
            spots = self.raisable[one]
            rows.append(([*spots, counts + rank], [*_ones(spots), -1.0], 0.0, kHighsInf))
        model = HighsLp()
        model.num_col_, model.num_row_ = counts + len(wanted), len(rows)
        model.sense_ = ObjSense.kMaximize
        model.col_cost_ = np.concatenate([np.zeros(counts), np.ones(len(wanted))])
        model.col_lower_ = np.zeros(model.num_col_)
        model.col_upper_ = np.concatenate([np.full(counts, self.most), aims])
        model.row_lower_ = np.array([row[2] for row in rows])
        model.row_upper_ = np.array([row[3] for row in rows])
        model.a_matrix_.format_ = MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(row[0]) for row in rows)])
        model.a_matrix_.index_ = np.array([spot for row in rows for spot in row[0]], dtype=np.int32)
        model.a_matrix_.value_ = np.array([factor for row in rows for factor in row[1]])
        return model

    def _told(self, row: int) -> Row:
        total = float(self.true[list(self.cells[row])].sum())
        return self.cells[row], _ones(self.cells[row]), total, total

    def _solver(self, model: HighsLp) -> Highs:
        solver = Highs()  # type: ignore[no-untyped-call]
        for option in ("output_flag", "log_to_console"):
            solver.setOptionValue(option, False)
        solver.setOptionValue("threads", 1)
        solver.passModel(model)
        return solver


def _solved(solver: Highs) -> Array | None:
    """None when the solver stops short: nothing is learnt, hence nothing believed safe."""
    solver.run()
    if solver.getModelStatus() != HighsModelStatus.kOptimal:
        return None
    return np.array(solver.getSolution().col_value)


def _ones(spots: Sequence[int]) -> list[float]:
    return [1.0] * len(spots)


def _signs(one: Sequence[int], other: Sequence[int]) -> list[float]:
    return [1.0] * len(one) + [-1.0] * len(other)
