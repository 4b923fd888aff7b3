"""The EMA Workbench, imported when first used: it takes seconds and warns of what is not needed."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd


def find_box(inputs: pd.DataFrame, happened: np.ndarray) -> Any:
    """Return the workbench's PrimBox: the path of ever smaller boxes that PRIM peels.

    Without pasting: version 3.0 puts fractions into limits of whole numbers, which pandas refuses.
    """
    with _quiet():
        from ema_workbench.analysis.prim import Prim

    class Peeling(Prim):
        def _paste(self, box: Any) -> Any:
            return box

    with _quiet():
        return Peeling(inputs, happened.astype(int)).find_box()


def fit_extra_trees(
    inputs: pd.DataFrame, values: np.ndarray, trees: int, seed: int
) -> tuple[np.ndarray, float]:
    """Return the score of every column of `inputs`, and R² on rows left out of bags."""
    with _quiet():
        from ema_workbench.analysis import feature_scoring as module
    scores, forest = module.get_ex_feature_scores(
        inputs,
        values,
        mode=module.RuleInductionType.REGRESSION,
        nr_trees=trees,
        max_features=max(1, round(inputs.shape[1] / 3)),
        random_state=seed,
    )
    return scores[1].reindex(inputs.columns).to_numpy(dtype=float), float(forest.oob_score_)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the workbench from warning of what it does not find or will one day have to change."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "ipyparallel not installed", UserWarning)
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"ema_workbench\.")
        yield
