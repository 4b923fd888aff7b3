"""Search for where an objection wins: draw societies, narrow the box, draw again, check.

Scenario discovery by stages (Friedman and Fisher's patient rule induction, as in EMA Workbench): in
each stage a line is fitted to each claim in the settings that go along with it, PRIM peels what
that emulator makes up, and fresh societies are drawn in what is left. Limits that turn out not to
matter are dropped, and the share of wins reported is that of societies drawn after all choices were
made. A region known from before, of an earlier version of the model perhaps, comes first: where it
still wins in fresh societies nothing is searched.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import ndtr

from ...pool import in_processes
from ...seeds import replicate_seeds
from . import objection as find_objection
from .objection import Objection, gaps, live_all
from .record import Record, row_key
from .regions import WINS, Region, Share
from .space import Box, Factor, Limit, contains, draw, factors, fits, volume

CLEAR = 2.7  # standard errors of a correlation beyond which a setting counts
NEW_LIMITS = 6  # settings limited in one stage
MOST_LIMITS = 30  # settings limited in all
LEFT = 0.2  # share of the box that a stage keeps
EMULATED = 1500  # societies that the emulator makes up for PRIM
ENOUGH = 0.75  # share of wins at which narrowing stops
WORTH = 0.95  # what is left of the share of wins without a limit, if it is to be dropped
FEW = 0.3  # share of wins below which no limit is tried without: chance would decide


LONG = 60.0  # seconds, at least, that a search takes


@dataclass(frozen=True)
class Sizes:
    """How many societies are drawn: in the whole space, a stage, a dropped limit, and to check."""

    whole: int = 500
    stage: int = 600
    drop: int = 80
    check: int = 200
    stages: int = 32


QUICK = Sizes(whole=160, stage=80, drop=30, check=60, stages=5)


@dataclass(frozen=True)
class Quest:
    """One search: an objection, a seed, how much to draw, and where finished societies are kept.

    `before` is the box in which the objection won when it was last searched, None if it is not to
    be tried.
    """

    number: int
    seed: int
    sizes: Sizes
    folder: Path | None = None
    before: Box | None = None


def search(quest: Quest) -> Region:
    """Search the region of one objection; goes on where an earlier, equal search stopped."""
    objection = find_objection(quest.number)
    with Record(quest.folder, quest.number, [quest.seed, quest.sizes]) as record:
        return _Searcher(objection, factors(objection), quest, record).search()


def won(surplus: np.ndarray) -> np.ndarray:
    """Say in which societies all claims hold; `surplus` (societies, claims), NaN never holds."""
    return (surplus >= 0.0).all(axis=1)


@dataclass(frozen=True)
class Emulator:
    """What each claim's surplus would be, as a line in few settings: (settings + 1, claims)."""

    columns: list[str]
    slopes: np.ndarray
    spread: np.ndarray

    def chance(self, quantiles: np.ndarray) -> np.ndarray:
        """Return the chance that all claims hold at quantiles (societies, settings)."""
        expected = np.column_stack([np.ones(len(quantiles)), quantiles]) @ self.slopes
        return ndtr(expected / self.spread).prod(axis=1)


def emulate(table: dict[str, np.ndarray], surplus: np.ndarray) -> Emulator:
    """Fit a line to each claim's surplus in the settings that clearly go along with any of them."""
    low, high = np.nanpercentile(surplus, [5.0, 95.0], axis=0)
    tame = np.clip(np.where(np.isnan(surplus), low, surplus), low, high)
    needed = CLEAR / np.sqrt(len(tame))
    used = [
        name
        for name, setting in table.items()
        if any(abs(_correlation(setting, claim)) > needed for claim in tame.T)
    ]
    terms = np.column_stack([np.ones(len(tame)), *(table[name] for name in used)])
    slopes, *_ = np.linalg.lstsq(terms, tame, rcond=None)
    spread = np.maximum(np.std(tame - terms @ slopes, axis=0), 1e-9)
    return Emulator(used, slopes, spread)


def _correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Return how far two columns go together, 0 where one does not vary."""
    if np.ptp(first) == 0.0 or np.ptp(second) == 0.0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def peel(emulator: Emulator, most: int, rng: np.random.Generator) -> dict[str, tuple[float, float]]:
    """Return the quantiles between which PRIM keeps settings, `most` of them, by the emulator."""
    import pandas as pd

    if not emulator.columns:
        return {}
    cube = rng.random((EMULATED, len(emulator.columns)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the workbench's own, about pandas and parts not used here
        from ema_workbench.analysis.prim import RegressionPrim

        table = pd.DataFrame(cube, columns=pd.Index(emulator.columns))
        prim = RegressionPrim(table, emulator.chance(cube), peel_alpha=0.1, mass_min=LEFT)
        box = prim.find_box()
    if box is None:
        return {}
    for limits in reversed(box.box_lims):
        ends = {n: (float(limits[n].iloc[0]), float(limits[n].iloc[1])) for n in emulator.columns}
        tight = {n: (low, high) for n, (low, high) in ends.items() if high - low < 0.95}
        if len(tight) <= most:
            return tight
    return {}


def narrowed(factor: Factor, limit: Limit | None, low: float, high: float) -> Limit:
    """Return a limit cut down to the quantiles `low` to `high`, rounded to hundredths.

    Of choices those are left whose middles lie inside, or the one nearest where none does.

    >>> narrowed(Factor("rules.algorithm_open", options=(False, True)), None, 0.0, 0.2)
    (False,)
    """
    if factor.options:
        left = factor.options if limit is None else limit
        middle = (np.arange(len(left)) + 0.5) / len(left)
        kept = tuple(o for o, q in zip(left, middle.tolist(), strict=True) if low <= q <= high)
        return kept or (left[int(np.abs(middle - 0.5 * (low + high)).argmin())],)
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
        """Return the region known from before where it still holds, else one found anew."""
        surplus = self.weigh("whole", {}, self.quest.sizes.whole)
        whole = Share(int(won(surplus).sum()), len(surplus))
        before = self.quest.before
        if before is not None and fits(self.among, before):
            region = self.check(before, whole, "before")
            if region.standing == WINS:
                return region
            del self.seen[len(surplus) :]  # so that the search is the same as without
        return self.check(self.narrowed_down(surplus, whole.value), whole, "check")

    def narrowed_down(self, surplus: np.ndarray, best: float) -> Box:
        """Return the box with the largest share of wins, without what does not matter.

        `surplus` and `best`, the share of wins, are those of the whole space.
        """
        sizes, box = self.quest.sizes, {}
        chosen: Box = {}
        for stage in range(sizes.stages):
            if won(surplus).mean() >= ENOUGH:
                break
            box = self.narrow(box)
            surplus = self.weigh(f"stage {stage}", box, sizes.stage)
            if won(surplus).mean() >= best:  # of equal ones the narrower: nearer, if not there
                best, chosen = float(won(surplus).mean()), box
        return self.without_needless(best, chosen)

    def weigh(self, stage: str, box: Box, count: int) -> np.ndarray:
        """Return the surpluses (count, claims) of fresh points in a box."""
        tag = [self.quest.seed, self.quest.number, *stage.encode()]
        points = draw(self.among, box, count, tag)
        seeds = replicate_seeds(int(np.random.default_rng(tag).integers(2**31)), count)
        rows = [
            self.record.get(row_key(stage, box, k), lambda p=point, s=seed: self.live(p, s))
            for k, (point, seed) in enumerate(zip(points, seeds, strict=True))
        ]
        self.seen += zip(points, rows, strict=True)
        return np.array(rows)

    def live(self, point: dict[str, Any], seed: int) -> list[float]:
        """Return the surpluses of the claims at one point."""
        return gaps(self.objection, live_all(self.objection, point, seed))

    def narrow(self, box: Box) -> Box:
        """Return the box with a few limits more, or tighter ones, by all points seen in it."""
        inside = [(point, row) for point, row in self.seen if contains(box, point)]
        table = {
            f.name: np.array([f.quantile(point[f.name], box.get(f.name)) for point, _ in inside])
            for f in self.among
            if len(box) < MOST_LIMITS or f.name in box
        }
        emulator = emulate(table, np.array([row for _, row in inside]))
        tight = peel(emulator, NEW_LIMITS, np.random.default_rng(self.quest.seed))
        changed = dict(box)
        for f in self.among:
            if f.name in tight and (f.name in box or len(changed) < MOST_LIMITS):
                changed[f.name] = narrowed(f, box.get(f.name), *tight[f.name])
        return changed

    def without_needless(self, share: float, box: Box) -> Box:
        """Return the box without the limits that can be dropped at little loss."""
        left = dict(box)
        for name in box if share >= FEW else ():
            wider = {other: limit for other, limit in left.items() if other != name}
            surplus = self.weigh(f"without {name}", wider, self.quest.sizes.drop)
            if won(surplus).mean() >= WORTH * min(share, ENOUGH):
                left = wider
        return left

    def check(self, box: Box, whole: Share, stage: str) -> Region:
        """Return the region with what fresh societies in it show."""
        count = self.quest.sizes.check
        surplus = self.weigh(stage, box, count)
        names = [claim.name for claim in self.objection.claims]
        held = (surplus >= 0.0).mean(axis=0).round(3).tolist()
        return Region(
            self.objection.number,
            box,
            Share(int(won(surplus).sum()), count),
            whole,
            Share(int(won(np.array([row for _, row in self.seen])).sum()), len(self.seen)),
            volume(self.among, box),
            dict(zip(names, held, strict=True)),
            self.quest.seed,
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
