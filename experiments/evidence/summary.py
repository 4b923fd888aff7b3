"""What the study of the claim came to, in numbers: nothing here runs a society."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ...model.verdict import CONTROLLED, REGIMES
from ...scenarios import names as scenario_names
from .claim import FACTORS, LARGER, Space, Study
from .contest import Contest, Share, Table, contest, luck, serves
from .coverage import Coverage, coverage
from .failure import Box, Predictor, box, predictors
from .points import features
from .shapley import alone_weights, interaction_weights, intervals, last_weights, shapley_weights
from .systems import COURTS, MAIN, OTHERS, PACKAGE, REMEDIES, START, Game, systems
from .trials import moved_thresholds
from .variance import components, shares, shares_with_errors

RIVALS = (START, COURTS, *REMEDIES)  # those the claim is about
GAIN = ("controlled", "accountable", "needs_met", "capture")
COVERED = ("controlled", "accountable", "served")
WEIGHED = ("controlled", "needs_met", "capture", "irremovability", "plan_fidelity")
MOST = 0.5  # of points at which the package must win for the claim to be called borne out
HELD, LEANS, OPEN, FAILS = "borne_out", "leans", "open", "fails"


class Pair(NamedTuple):
    """What two players are worth together beyond what each is apart, with its interval."""

    one: str
    other: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Adds:
    """What each player adds to a reading: mean, low and high (3, players) over points.

    `shapley` is the average over all orders of joining, `alone` first of all, `last` after all
    others. `pairs` are interactions of two players, the strongest first.
    """

    players: tuple[str, ...]
    points: int
    shapley: np.ndarray
    alone: np.ndarray
    last: np.ndarray
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Standing:
    """How often a system is under control, held to account and serves, and its means."""

    controlled: Share
    accountable: Share
    served: Share
    means: Mapping[str, float]
    regimes: Mapping[str, float]


@dataclass(frozen=True)
class SpaceSummary:
    """What happened under one prior; `adds` and `covers` are by reading, empty without a game."""

    name: str
    points: int
    standings: Mapping[str, Standing]
    contests: Mapping[str, Contest]
    adds: Mapping[str, Adds]
    covers: Mapping[str, Coverage]

    def conclusion(self, rival: str, by_deeds: bool = False) -> str:
        """Say by the criterion stated beforehand what became of the claim against one rival.

        Borne out: the package is ahead at most points and surely more often than behind. It leans
        that way if surely more often only; it fails if it is surely more often behind; else it is
        open. `by_deeds` counts who wins and loses by deeds instead.
        """
        met = self.contests[rival]
        wins, loses = met.ahead, met.behind
        if by_deeds:
            wins, loses = met.wins_by_deeds, met.loses_by_deeds
        if wins.low > loses.high:
            return HELD if wins.value >= MOST else LEANS
        return FAILS if loses.low > wins.high else OPEN


@dataclass(frozen=True)
class Moved:
    """What remains when one threshold of the verdict is moved by a fifth."""

    threshold: str
    way: str
    controlled: Share
    contests: Mapping[str, Contest]
    catalogue_changed: float  # share of the catalogue's runs that end in another regime


@dataclass(frozen=True)
class Failing:
    """When the package fails at something: how often, what predicts it, in which corner."""

    share: Share
    strongest: tuple[Predictor, ...]
    corner: Box | None


@dataclass(frozen=True)
class Summary:
    """Everything the page of findings tells."""

    study: Study
    spaces: Mapping[str, SpaceSummary]
    games: Mapping[str, Mapping[str, Adds]]
    moved: tuple[Moved, ...]
    failing: Mapping[str, Failing]
    variance: Mapping[str, Mapping[str, Mapping[str, tuple[float, float]]]]
    chance: Mapping[str, float]
    luck: Contest  # of equal rules
    catalogue: Mapping[str, Standing]
    catalogue_chance: Mapping[str, float]
    extremes: Mapping[str, tuple[float, float]]  # least and most of any run
    finite: bool  # whether every measure of every run is a number


def summarise(study: Study) -> Summary:
    """Return what a study came to."""
    uniform = study.spaces["uniform"]
    return Summary(
        study=study,
        spaces={name: _space(space) for name, space in study.spaces.items()},
        games=_games(uniform),
        moved=_moved(study),
        failing=_failing(uniform),
        variance=_variance(study),
        chance=_chance(study.grid),
        luck=luck(study.grid),
        catalogue={name: _standing(study.catalogue[name]) for name in scenario_names()},
        catalogue_chance=_catalogue_chance(study),
        extremes={reading: _extremes(study, reading) for reading in ("needs_met", "capture")},
        finite=all(np.isfinite(values).all() for t in _tables(study) for values in t.values()),
    )


def _tables(study: Study) -> Iterator[Table]:
    """Yield the readings of everything that was run."""
    for space in study.spaces.values():
        yield from space.readings.values()
    yield from (study.grid, *study.catalogue.values())


def _extremes(study: Study, reading: str) -> tuple[float, float]:
    values = [table[reading] for table in _tables(study)]
    return float(min(v.min() for v in values)), float(max(v.max() for v in values))


# --- systems --------------------------------------------------------------------------------------


def _space(space: Space) -> SpaceSummary:
    whole = systems()
    count = min(len(space.table(each)["controlled"]) for each in whole.values())
    tables = {name: _first(space.table(each), count) for name, each in whole.items()}
    played = space.name != LARGER
    return SpaceSummary(
        name=space.name,
        points=count,
        standings={name: _standing(table) for name, table in tables.items()},
        contests={
            name: contest(tables[PACKAGE], table)
            for name, table in tables.items()
            if name != PACKAGE
        },
        adds={r: _adds(MAIN, space.values(MAIN, r)) for r in GAIN} if played else {},
        covers={r: _cover(space, r) for r in COVERED} if played else {},
    )


def _first(table: Table, count: int) -> Table:
    return {name: values[:count] for name, values in table.items()}


def _standing(table: Table) -> Standing:
    kept = ("needs_met", "capture", "privilege", "irremovability", "plan_fidelity")
    return Standing(
        controlled=Share.of(table["controlled"] > 0.5),
        accountable=Share.of(table["accountable"] > 0.5),
        served=Share.of(serves(table)),
        means={name: float(table[name].mean()) for name in kept},
        regimes={r: float((table["regime"] == k).mean()) for k, r in enumerate(REGIMES)},
    )


# --- remedies -------------------------------------------------------------------------------------


def _adds(game: Game, values: np.ndarray) -> Adds:
    """Return what players add, from values (points, sets)."""
    players = tuple(game.players)
    pairs, weights = interaction_weights(len(players))
    mixes = intervals(values @ weights.T)
    strongest = np.argsort(-np.abs(mixes[0]))
    return Adds(
        players=players,
        points=len(values),
        shapley=intervals(values @ shapley_weights(len(players)).T),
        alone=intervals(values @ alone_weights(len(players)).T),
        last=intervals(values @ last_weights(len(players)).T),
        pairs=tuple(
            Pair(players[pairs[k][0]], players[pairs[k][1]], *map(float, mixes[:, k]))
            for k in strongest
        ),
    )


def _cover(space: Space, reading: str) -> Coverage:
    """Return which sets of remedies are under control, accountable or serve, and how often."""
    if reading == "served":
        parts = {r: space.values(MAIN, r) for r in ("needs_met", "capture", "privilege")}
        held = serves(parts) & (space.values(MAIN, "controlled") > 0.5)
    else:
        held = space.values(MAIN, reading) > 0.5
    return coverage(held, tuple(MAIN.players))


def _games(space: Space) -> dict[str, dict[str, Adds]]:
    """Return what players add if rules are given to them otherwise, or the safeguards are fixed."""
    found = {game.name: {r: _adds(game, space.values(game, r)) for r in GAIN} for game in OTHERS}
    six = Game("six", REMEDIES)
    half = 1 << len(REMEDIES)  # the safeguards are the last player: sets from `half` on hold it
    for name, kept in (("withheld", slice(0, half)), ("granted", slice(half, None))):
        found[name] = {r: _adds(six, space.values(MAIN, r)[:, kept]) for r in GAIN}
    return found


# --- thresholds and failures ----------------------------------------------------------------------


def _moved(study: Study) -> tuple[Moved, ...]:
    """Return how verdicts hang on thresholds, one moved at a time."""
    space, whole = study.spaces["uniform"], systems()
    runs = study.catalogue.values()
    found = []
    for name in moved_thresholds():
        tables = {each: _rejudged(space.table(whole[each]), name) for each in (PACKAGE, *RIVALS)}
        count = min(len(table["controlled"]) for table in tables.values())
        package = _first(tables[PACKAGE], count)
        changed = np.concatenate([table[name] != table["regime"] for table in runs])
        threshold, way = name.rsplit("_", 1)
        contests = {each: contest(package, _first(tables[each], count)) for each in RIVALS}
        control = Share.of(package["controlled"] > 0.5)
        found.append(Moved(threshold, way, control, contests, float(changed.mean())))
    return tuple(found)


def _rejudged(table: Table, name: str) -> Table:
    """Return a table in which control is judged with one threshold moved."""
    under = np.isin(table[name], [REGIMES.index(regime) for regime in CONTROLLED])
    return {**table, "controlled": under.astype(float)}


def _failing(space: Space) -> dict[str, Failing]:
    """Return when the package loses control, and when it does not beat its two chief rivals."""
    whole = systems()
    package = space.table(whole[PACKAGE])
    lost = {"control": package["controlled"] < 0.5}
    for rival in (START, COURTS):
        table = space.table(whole[rival])
        gap = _first(package, len(table["needs_met"]))["needs_met"] - table["needs_met"]
        lost[rival] = gap <= 0.0
    names, values = features(space.points)
    return {
        what: Failing(
            Share.of(failed),
            tuple(predictors(names, values[: len(failed)], failed)[:6]),
            box(names, values[: len(failed)], failed),
        )
        for what, failed in lost.items()
    }


# --- variance -------------------------------------------------------------------------------------


def _variance(study: Study) -> dict[str, dict[str, dict[str, tuple[float, float]]]]:
    """Return shares of variance with standard errors: between systems, and between combinations."""
    cut = study.grid_systems
    found = {}
    for name, rows, fixed in (
        ("systems", slice(0, cut), ("rules", "shocks")),
        ("sets", slice(cut, None), ("shocks",)),
    ):
        found[name] = {
            reading: shares_with_errors(study.grid[reading][rows], FACTORS, fixed, "behaviour")
            for reading in WEIGHED
            if len(study.grid[reading][rows]) > 1
        }
    return found


def _chance(grid: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Return what another seed alone does: sd of needs met and capture, how often control flips."""
    spread = {
        name: float(np.sqrt(grid[name].var(axis=-1, ddof=1).mean()))
        for name in ("needs_met", "capture")
    }
    flipped = 2.0 * float(grid["controlled"].var(axis=-1, ddof=1).mean())
    return {**spread, "controlled": flipped}


def _catalogue_chance(study: Study) -> dict[str, float]:
    """Return what share of the catalogue's variance chance takes part in, at default behaviour."""

    def part(reading: str) -> float:
        table = np.array([study.catalogue[name][reading] for name in scenario_names()])
        if table.shape[1] < 2:
            return float("nan")
        return shares(components(table, ("rules", "chance"), ("rules",))).get("chance", 0.0)

    return {reading: part(reading) for reading in ("needs_met", "capture")}
