"""Scenario discovery: boxes of factors within which something mostly happens, as sentences.

PRIM (the patient rule induction method) peels a few runs off the edges of a box, again and again,
so that what is left holds ever more runs of interest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..intervals import share_interval
from .material import (
    FEW,
    SAMPLED,
    SEED,
    Material,
    coded,
    is_ordered,
    level_key,
    levels_of,
    outcome_values,
)
from .workbench import find_box

MOST = 4  # limits that a sentence can bear
DOUBT = 0.05  # quasi-p value above which a limit may be chance (Bryant and Lempert 2010)
FOLDS = 5  # parts of which each judges the box that the others give
BOXES = 3
ENOUGH = 0.1  # coverage that a further box must add


@dataclass(frozen=True)
class Limit:
    """What a box asks of one factor: `low` to `high` (None: open), or one of `levels`.

    Some factors may be none (no recall, no cap, no limit of terms), which counts as higher than any
    number: `set` asks that it be not none, `none_too` tells that a lower bound lets none in.
    """

    factor: str
    low: float | None = None
    high: float | None = None
    levels: tuple[Any, ...] = ()
    set: bool = False
    none_too: bool = False

    def holds(self, values: pd.Series) -> np.ndarray:
        """Say of every value whether it lies within the limit."""
        if self.levels:
            wanted = {level_key(level) for level in self.levels}
            return values.map(lambda value: level_key(value) in wanted).to_numpy(dtype=bool)
        numbers = values.map(lambda v: np.inf if level_key(v) == "none" else v).to_numpy(float)
        low = -np.inf if self.low is None else self.low
        high = np.inf if self.high is None else self.high
        return (numbers >= low) & (numbers <= high) & ~(self.set & np.isinf(numbers))


@dataclass(frozen=True)
class Box:
    """Limits, and what is true of the runs within them that no earlier box holds.

    `coverage`: share of all runs of interest that lie in it. `density`: share of its runs that are
    of interest; `low` and `high`: its 95 % interval (Wilson's, for as many independent runs as the
    likeness of runs at one point leaves). `mass`: share of all runs in it. `unseen`: density in
    fifths of the runs that a box was not fitted to. `returning`: share of the five fits in which a
    factor is limited again.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    low: float
    high: float
    mass: float
    runs: int
    unseen: float
    returning: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Discovery:
    """Boxes for one outcome, how often it happens at all, and what PRIM offered to choose from.

    `offers`: columns `coverage`, `density`, `limits` (number), `chosen`, one row a peeled box.
    """

    outcome: str
    share: float
    boxes: tuple[Box, ...]
    offers: pd.DataFrame


def discover(material: Material, outcome: str) -> Discovery:
    """Find up to three boxes in which an outcome happens (a regime, or control from below).

    A box must keep at least half of its gain in density on runs that it was not fitted to.
    """
    runs, happened = material.whole, outcome_values(material.whole, outcome)
    share, left = float(happened.mean()), np.ones(len(runs), dtype=bool)
    boxes: list[Box] = []
    first_offers = pd.DataFrame()
    while len(boxes) < BOXES and left.sum() > 20 and 0 < happened[left].sum() < left.sum():
        limits, offers = _one_box(material, runs[left], happened[left])
        if not boxes:
            first_offers = offers
        if not limits:
            break
        box, inside = _measured(material, limits, left, happened)
        if box.unseen < (share + box.density) / 2:
            break  # on runs it was not fitted to it keeps less than half of what it gains
        if boxes and (box.coverage < ENOUGH or box.density < 1.5 * share):
            break
        boxes.append(box)
        left &= ~inside
    return Discovery(outcome, share, tuple(boxes), first_offers)


def _one_box(
    material: Material, runs: pd.DataFrame, happened: np.ndarray
) -> tuple[tuple[Limit, ...], pd.DataFrame]:
    """Return the limits of the box chosen on PRIM's path, and the path.

    From every box limits that may be chance are dropped. Of those with few limits the one is chosen
    that best tells runs of interest from the others by Youden's index: the share it catches of the
    ones, less the share it catches of the others.
    """
    found = find_box(_inputs(material, runs), happened)
    path, rows = [_limits(material, found, k) for k in range(len(found.box_lims))], []
    for limits in dict.fromkeys(path):
        within = inside(limits, runs)
        caught, wrong = happened[within].sum(), within.sum() - happened[within].sum()
        coverage, others = caught / happened.sum(), wrong / (len(runs) - happened.sum())
        rows.append(
            (limits, coverage, caught / max(within.sum(), 1), len(limits), coverage - others)
        )
    offers = pd.DataFrame(rows, columns=["box", "coverage", "density", "limits", "index"])
    best = int(np.argmax(offers["index"].where(offers["limits"] <= MOST, -1.0)))
    offers["chosen"] = offers.index == best
    return offers["box"][best], offers[["coverage", "density", "limits", "chosen"]]


def _inputs(material: Material, runs: pd.DataFrame) -> pd.DataFrame:
    """Return factors as PRIM takes them: numbers, places of few levels, or names."""
    columns = {}
    for factor in material.varied:
        levels = levels_of(material.points[factor])
        if not is_ordered(material.points[factor]):
            columns[factor] = runs[factor].map(level_key).astype(str).to_numpy(object)
        elif len(levels) <= FEW:
            order = {level_key(level): k for k, level in enumerate(levels)}
            columns[factor] = runs[factor].map(lambda v, o=order: o[level_key(v)]).to_numpy(int)
        else:
            codes = coded(pd.Series(levels, dtype=object))
            code = dict(zip(map(level_key, levels), codes, strict=True))
            columns[factor] = runs[factor].map(lambda v, c=code: c[level_key(v)]).to_numpy(float)
    return pd.DataFrame(columns)


def _limits(material: Material, found: Any, place: int) -> tuple[Limit, ...]:
    """Return what a box on the path asks, without limits that may be chance."""
    limits = []
    for factor, doubts in found.p_values[place].items():
        bounds, whole = list(found.box_lims[place][factor]), list(found.box_lims[0][factor])
        kept = [b if p <= DOUBT else w for b, w, p in zip(bounds, whole, doubts, strict=True)]
        if isinstance(bounds[0], set):
            kept = bounds if doubts[0] <= DOUBT else whole
        if kept != whole:
            limits.append(_limit(material.points[factor], str(factor), kept))
    return tuple(limits)


def _limit(values: pd.Series, factor: str, bounds: list[Any]) -> Limit:
    """Return what a box asks of one factor in the factor's own values, numbers in three digits."""
    levels = levels_of(values)
    if not is_ordered(values):
        wanted = {str(entry) for entry in bounds[0]}
        return Limit(factor, levels=tuple(x for x in levels if str(level_key(x)) in wanted))
    low, high = float(bounds[0]), float(bounds[1])
    if len(levels) <= FEW:
        return _of_levels(factor, levels, round(low), round(high))
    numbers = [float(level) for level in levels if level is not None]
    if low > numbers[-1]:
        return Limit(factor, levels=(None,))
    whole = high >= coded(pd.Series(levels, dtype=object)).max()
    return Limit(
        factor,
        low=None if low <= numbers[0] else float(f"{low:.3g}"),
        high=None if high >= numbers[-1] else float(f"{high:.3g}"),
        set=None in levels and not whole,
        none_too=None in levels and whole,
    )


def _of_levels(factor: str, levels: list[Any], first: int, last: int) -> Limit:
    """Return a limit to neighbouring levels; more than two numbers are told by their bounds."""
    chosen = levels[first : last + 1]
    if len(chosen) <= 2 or None in levels:
        return Limit(factor, levels=tuple(chosen))
    low = float(chosen[0]) if first > 0 else None
    return Limit(factor, low, float(chosen[-1]) if last < len(levels) - 1 else None)


def inside(limits: tuple[Limit, ...], runs: pd.DataFrame) -> np.ndarray:
    """Say of every run whether it lies within all limits."""
    held = np.ones(len(runs), dtype=bool)
    for limit in limits:
        held &= limit.holds(runs[limit.factor])
    return held


def _measured(
    material: Material, limits: tuple[Limit, ...], left: np.ndarray, happened: np.ndarray
) -> tuple[Box, np.ndarray]:
    """Return a box with its numbers, and which runs lie in it."""
    within = inside(limits, material.whole) & left
    low, high = _density_interval(material, within, happened)
    unseen, returning = _unseen(material, limits, left, happened)
    box = Box(
        limits,
        coverage=float(happened[within].sum() / happened.sum()),
        density=float(happened[within].mean()),
        low=low,
        high=high,
        mass=float(within.mean()),
        runs=int(within.sum()),
        unseen=unseen,
        returning=returning,
    )
    return box, within


def _density_interval(
    material: Material, within: np.ndarray, happened: np.ndarray
) -> tuple[float, float]:
    """Return the interval of a density, given that runs of one block resemble each other."""
    _, place = np.unique(_run_blocks(material), return_inverse=True)
    hits, runs = np.bincount(place, happened * within), np.bincount(place, within)
    share, blocks = float(hits.sum() / runs.sum()), int((runs > 0).sum())
    strayed = float(((hits - share * runs) ** 2).sum()) / float(runs.sum()) ** 2
    if strayed > 0.0 and blocks > 1:
        independent = share * (1.0 - share) / (strayed * blocks / (blocks - 1))
    else:
        independent = float(blocks)
    independent = float(np.clip(independent, 1.0, runs.sum()))
    return share_interval(share * independent, independent)


def _unseen(
    material: Material, limits: tuple[Limit, ...], left: np.ndarray, happened: np.ndarray
) -> tuple[float, dict[str, float]]:
    """Return the density of boxes in fifths not fitted to, and how often each limit returns.

    Fifths of points where these were drawn; of seeds where the points are what they are.
    """
    drawn, runs = material.kind in SAMPLED, material.whole
    units = _run_blocks(material) if drawn else runs["replicate"].to_numpy()
    names, place = np.unique(units, return_inverse=True)
    fold = np.random.default_rng(SEED).permutation(len(names))[place] % FOLDS
    hits, size, seen = 0.0, 0, dict.fromkeys((limit.factor for limit in limits), 0.0)
    for k in range(FOLDS):
        fit, other = left & (fold != k), left & (fold == k)
        if not (other.any() and 0 < happened[fit].sum() < fit.sum()):
            continue
        again, _ = _one_box(material, runs[fit], happened[fit])
        within = inside(again, runs) & other
        if again:
            hits, size = hits + happened[within].sum(), size + int(within.sum())
        for limit in again:
            if limit.factor in seen:
                seen[limit.factor] += 1.0 / FOLDS
    return float(hits / size) if size else float("nan"), seen


def _run_blocks(material: Material) -> np.ndarray:
    return material.whole["point"].to_numpy() // material.block
