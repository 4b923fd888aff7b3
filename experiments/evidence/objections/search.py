"""Search for where an objection wins: draw societies, narrow the box, draw again, check.

Scenario discovery by stages (Friedman and Fisher's patient rule induction, as in EMA Workbench): in
each stage settings that go along with the objection's success are picked by rank correlation, PRIM
peels them, and fresh societies are drawn in what is left. Limits that turn out not to matter are
dropped, and the share of wins reported is that of societies drawn after all choices were made.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import rankdata

from ...pool import in_processes
from ...seeds import replicate_seeds
from . import objection as find_objection
from .objection import Objection, gaps, live_all
from .record import Record
from .regions import Region, Share
from .space import Box, Factor, Limit, contains, draw, factors, volume

CLEAR = 3.0  # standard errors of a rank correlation beyond which a setting is looked at
LOOKED_AT = 5  # settings PRIM may peel in one stage
NEW_LIMITS = 3  # settings limited in one stage
MOST_LIMITS = 8  # settings limited in all
LEFT = 0.4  # share of points a stage keeps
ENOUGH = 0.75  # share of wins at which narrowing stops
LOSS = 0.06  # share of wins that a limit must be worth to be kept
BEST, WORST = 0.5, -2.0  # clip of a claim's surplus, in standard deviations of its gap


LONG = 60.0  # seconds, at least, that a search takes


@dataclass(frozen=True)
class Sizes:
    """How many societies are drawn: in the whole space, a stage, a dropped limit, and to check."""

    whole: int = 400
    stage: int = 120
    drop: int = 40
    check: int = 150
    stages: int = 6


QUICK = Sizes(whole=160, stage=80, drop=30, check=60, stages=5)


@dataclass(frozen=True)
class Quest:
    """One search: an objection, a seed, how much to draw, and where finished societies are kept."""

    number: int
    seed: int
    sizes: Sizes
    folder: Path | None = None


def search(quest: Quest) -> Region:
    """Search the region of one objection; goes on where an earlier, equal search stopped."""
    objection = find_objection(quest.number)
    with Record(quest.folder, quest.number, [quest.seed, quest.sizes]) as record:
        return _Searcher(objection, factors(objection), quest, record).search()


def won(surplus: np.ndarray) -> np.ndarray:
    """Say in which societies all claims hold; `surplus` (societies, claims), NaN never holds."""
    return (surplus >= 0.0).all(axis=1)


def scores(surplus: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Return how near each society is to the objection's winning, by mean and worst claim.

    Surpluses count in units of `spread` (claims,) and are clipped: to win by much is worth little
    more than to win.
    """
    scaled = np.clip(np.nan_to_num(surplus / spread, nan=WORST), WORST, BEST)
    return scaled.mean(axis=1) + scaled.min(axis=1)


def spread_of(surplus: np.ndarray) -> np.ndarray:
    """Return what counts as a unit of each claim's surplus: a robust standard deviation."""
    low, high = np.nanpercentile(surplus, [16.0, 84.0], axis=0)
    return np.maximum(0.5 * (high - low), 1e-4)


def outstanding(table: dict[str, np.ndarray], score: np.ndarray) -> list[str]:
    """Return the columns that go along with the score most clearly, at most LOOKED_AT."""
    if np.ptp(score) == 0.0:
        return []
    wanted = rankdata(score)
    strength = {
        name: abs(float(np.corrcoef(rankdata(column), wanted)[0, 1]))
        for name, column in table.items()
        if np.ptp(column) > 0.0
    }
    clear = [name for name, value in strength.items() if value > CLEAR / np.sqrt(len(score))]
    return sorted(clear, key=lambda name: -strength[name])[:LOOKED_AT]


def peel(table: dict[str, np.ndarray], score: np.ndarray) -> dict[str, tuple[float, float]]:
    """Return the quantiles between which PRIM keeps columns: those with most to gain, few."""
    import pandas as pd

    if not table:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the workbench's own, about pandas and parts not used here
        from ema_workbench.analysis.prim import RegressionPrim

        prim = RegressionPrim(pd.DataFrame(table), score, peel_alpha=0.1, mass_min=LEFT)
        box = prim.find_box()
    if box is None:
        return {}
    for limits in reversed(box.box_lims):
        tight = {name: (float(limits[name].iloc[0]), float(limits[name].iloc[1])) for name in table}
        tight = {name: (low, high) for name, (low, high) in tight.items() if high - low < 0.97}
        if len(tight) <= NEW_LIMITS:
            return tight
    return {}


def narrowed(factor: Factor, limit: Limit | None, low: float, high: float) -> Limit:
    """Return a limit cut down to the quantiles `low` to `high`, rounded to hundredths.

    Of choices those are left whose quantiles lie inside by half or more.
    """
    if factor.options:
        left = factor.options if limit is None else limit
        middle = (np.arange(len(left)) + 0.5) / len(left)
        kept = tuple(o for o, q in zip(left, middle.tolist(), strict=True) if low <= q <= high)
        return kept or left
    bottom, top = (factor.low, factor.high) if limit is None else limit
    step = 1.0 if factor.whole else (factor.high - factor.low) / 100.0
    ends = [bottom + q * (top - bottom) for q in (low, high)]
    snapped = [factor.low + round((end - factor.low) / step) * step for end in ends]
    inner = (max(snapped[0], bottom), min(snapped[1], top))
    return tuple(round(end, 6) for end in inner)


@dataclass
class _Searcher:
    """One search under way; `seen` holds every society drawn so far: settings and surpluses."""

    objection: Objection
    among: tuple[Factor, ...]
    quest: Quest
    record: Record
    seen: list[tuple[dict[str, Any], list[float]]] = field(default_factory=list)

    def search(self) -> Region:
        """Narrow down, drop what does not matter, check."""
        sizes = self.quest.sizes
        surplus = self.weigh("whole", {}, sizes.whole)
        whole = Share(int(won(surplus).sum()), sizes.whole)
        spread = spread_of(surplus)
        best: tuple[float, Box] = (whole.value, {})
        box: Box = {}
        for stage in range(sizes.stages):
            if won(surplus).mean() >= ENOUGH:
                break
            box = self.narrow(box, spread)
            surplus = self.weigh(f"stage {stage}", box, sizes.stage)
            best = max(best, (float(won(surplus).mean()), box), key=lambda found: found[0])
        return self.check(self.without_needless(*best), whole)

    def weigh(self, stage: str, box: Box, count: int) -> np.ndarray:
        """Return the surpluses (count, claims) of fresh points in a box."""
        tag = [self.quest.seed, self.quest.number, *stage.encode()]
        points = draw(self.among, box, count, tag)
        seeds = replicate_seeds(int(np.random.default_rng(tag).integers(2**31)), count)
        rows = [
            self.record.get(f"{stage} {k}", lambda p=point, s=seed: self.live(p, s))
            for k, (point, seed) in enumerate(zip(points, seeds, strict=True))
        ]
        self.seen += zip(points, rows, strict=True)
        return np.array(rows)

    def live(self, point: dict[str, Any], seed: int) -> list[float]:
        """Return the surpluses of the claims at one point."""
        return gaps(self.objection, live_all(self.objection, point, seed))

    def narrow(self, box: Box, spread: np.ndarray) -> Box:
        """Return the box with a few limits more, or tighter ones, by all points seen in it."""
        inside = [(point, row) for point, row in self.seen if contains(box, point)]
        score = scores(np.array([row for _, row in inside]), spread)
        table = {
            f.name: np.array([f.quantile(point[f.name], box.get(f.name)) for point, _ in inside])
            for f in self.among
            if len(box) < MOST_LIMITS or f.name in box
        }
        tight = peel({name: table[name] for name in outstanding(table, score)}, score)
        changed = dict(box)
        for f in self.among:
            if f.name in tight and (f.name in box or len(changed) < MOST_LIMITS):
                changed[f.name] = narrowed(f, box.get(f.name), *tight[f.name])
        return changed

    def without_needless(self, share: float, box: Box) -> Box:
        """Return the box without the limits that can be dropped at little loss."""
        left = dict(box)
        for name in box:
            wider = {other: limit for other, limit in left.items() if other != name}
            surplus = self.weigh(f"without {name}", wider, self.quest.sizes.drop)
            if won(surplus).mean() >= min(share, ENOUGH) - LOSS:
                left = wider
        return left

    def check(self, box: Box, whole: Share) -> Region:
        """Return the region with what fresh societies in it show."""
        count = self.quest.sizes.check
        surplus = self.weigh("check", box, count)
        names = [claim.name for claim in self.objection.claims]
        held = (surplus >= 0.0).mean(axis=0).round(3).tolist()
        return Region(
            self.objection.number,
            box,
            Share(int(won(surplus).sum()), count),
            whole,
            volume(self.among, box),
            dict(zip(names, held, strict=True)),
        )


def search_all(
    quests: Sequence[Quest], processes: int, progress: Callable[[int, int], object]
) -> Iterator[Region]:
    """Yield regions as they are found, a process each; `progress` is told of searches done and all.

    The longest searches come first, so that no process is left alone with one of them.
    Raises ExperimentError when a process is ended from outside.
    """
    quests = sorted(quests, key=lambda quest: -len(find_objection(quest.number).arms))
    found = (
        ([search(quest)] for quest in quests)
        if processes == 1
        else in_processes(search, iter(quests), processes, lambda quest: LONG)
    )
    for done, regions in enumerate(found, start=1):
        progress(done, len(quests))
        yield from regions
