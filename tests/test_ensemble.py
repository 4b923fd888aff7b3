"""The behaviour ensemble: how it is fitted, what is shipped, who behaves like it."""

from pathlib import Path

import numpy as np
import pytest

from thermidor.experiments import compare, run
from thermidor.experiments.evidence import fit, settle
from thermidor.experiments.evidence.calibration import Fit, Particle, calibrate, prior
from thermidor.experiments.evidence.emulator import bends, influences, promising, strongest
from thermidor.experiments.evidence.report import number
from thermidor.experiments.pool import ExperimentError
from thermidor.model.parameters import Behaviour
from thermidor.scenarios import load_scenario
from thermidor.scenarios.ensemble import load_ensemble, member_of

CHEAP = ("P10",)


def test_members_differ_and_lie_in_the_plausible_ranges() -> None:
    members = load_ensemble()
    assert len(set(members)) == len(members) >= 32
    for name, facts in Behaviour.describe().items():
        low, high = facts["sweep"]
        values = [getattr(member, name) for member in members]
        assert low <= min(values) < max(values) <= high, name


def test_what_a_scenario_says_of_its_people_stays() -> None:
    meritocracy = load_scenario("audited-meritocracy")
    members = load_ensemble()
    behaving = member_of(meritocracy, len(members) + 1).behaviour
    assert behaving.loyalty_weight == meritocracy.behaviour.loyalty_weight == 0.0
    assert behaving == members[1].replace(loyalty_weight=0.0)


def test_runs_over_the_ensemble_differ_from_runs_at_the_defaults_and_pairs_share_members() -> None:
    scenario = load_scenario("nomenklatura").replace(population={"workers": 80}, months=12)
    usual, over = (run(scenario, replicates=2, ensemble=flag) for flag in (False, True))
    assert usual.seeds == over.seeds
    assert not np.allclose(usual.history["capture"], over.history["capture"])
    pairs = compare(scenario, scenario, replicates=2, ensemble=True)
    assert (pairs.differences["difference"] == 0.0).all()


def test_the_prior_is_widest_where_its_range_ends_and_densest_at_the_default() -> None:
    given = prior()
    middle = given.behaviour(np.full(len(given.names), 0.5))
    usual = settle.sourced()
    for name, facts in Behaviour.describe().items():
        low, high = facts["sweep"]
        ends = [getattr(given.behaviour(np.full(len(given.names), q)), name) for q in (0.0, 1.0)]
        assert ends == pytest.approx([low, high])
        assert abs(getattr(middle, name) - getattr(usual, name)) <= 0.5 * (high - low)


def missed_by_two(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return 200 draws of six fields; one pattern hangs on the second, another on the fifth."""
    points = rng.random((200, 6))
    noise = 0.1 * rng.random((200, 2))
    return points, np.column_stack([np.abs(points[:, 1] - 0.9), 1.0 - points[:, 4]]) + noise


def test_what_a_pattern_hangs_on_is_found_and_rarely_anything_else() -> None:
    false = 0
    for seed in range(40):
        named = influences(*missed_by_two(np.random.default_rng(seed)))
        assert named[0, 1], seed
        assert named[1, 4], seed
        false += named.sum() > 2
    assert false <= 6  # two are expected by chance


def test_a_miss_that_is_least_in_the_middle_is_found_by_its_bend() -> None:
    rng = np.random.default_rng(2)
    points = rng.random((300, 4))
    misses = np.abs(points[:, [2]] - 0.5) + 0.1 * rng.random((300, 1))
    assert bends(points, misses).tolist() == [[False, False, True, False]]
    assert not influences(points, misses)[0, 2]


def test_what_matters_most_to_a_pattern_is_found_though_it_be_little() -> None:
    points, misses = missed_by_two(np.random.default_rng(3))
    named = strongest(points, misses, 1)
    assert named.sum(axis=1).tolist() == [1, 1]
    assert named[0, 1]
    assert named[1, 4]
    blurred = misses + 3.0 * np.random.default_rng(4).random(misses.shape)
    assert strongest(points, blurred, 2).sum(axis=1).tolist() == [2, 2]
    assert not strongest(points, np.ones_like(misses), 2).any(), (
        "nothing matters to what never moves"
    )


@pytest.mark.parametrize(("harm", "moves"), [(0.0, True), (3.0, False)])
def test_a_default_moves_only_if_all_patterns_together_come_nearer(
    monkeypatch: pytest.MonkeyPatch, harm: float, moves: bool
) -> None:
    """One pattern asks for more greed; to another, which no draw tells of, it does harm."""

    def weigh(what: tuple[Behaviour, str, int], replicates: int) -> float:
        return 1.0 - what[0].greed if what[1] == "asks" else harm * what[0].greed

    given, rng = prior(), np.random.default_rng(1)
    greed = given.names.index("greed")
    draws = [rng.random(len(given.names)) for _ in range(60)]
    told = tuple(Particle(q, {"asks": 1.0 - q[greed], "suffers": 0.5}) for q in draws)
    monkeypatch.setattr(settle, "_weigh", weigh)
    settled = settle.settle(Fit(given, told, len(told)), 1, 1, ids=("asks", "suffers"))
    assert "greed" in settled.tried
    assert ("greed" in settled.moved) is moves


def test_what_was_weighed_once_is_not_lived_through_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lived: list[object] = []

    def weigh(what: tuple[Behaviour, str, int], replicates: int) -> float:
        lived.append(what)
        return what[0].greed

    monkeypatch.setattr(settle, "_weigh", weigh)
    scales = settle.Scales(replicates=2, processes=1)
    mild, keen = Behaviour(greed=0.2), Behaviour(greed=0.6)
    assert scales.distances([mild, keen], ("P2", "P10"), 1) == pytest.approx([0.2, 0.6])
    assert len(lived) == 4
    assert scales.misses([mild], ("P2",), 1) == [{"P2": 0.2}]
    assert len(lived) == 4
    scales.misses([mild], ("P2",), 2)
    assert len(lived) == 5, "other societies are others"


def test_defaults_leave_their_sources_only_as_far_as_the_calibration_says() -> None:
    page = Path("docs/calibration.md").read_text(encoding="utf-8")
    rows = page.split("## Defaults")[1].split("What remains missed")[0].splitlines()
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows if row[:2] == "| "]
    told = {row[0]: (row[2], row[3]) for row in cells[1:]}
    described = Behaviour.describe().items()
    moved = {
        name: (number(facts["sourced"]), number(facts["default"]))
        for name, facts in described
        if facts["default"] != facts["sourced"]
    }
    assert told == moved


def test_later_draws_seek_what_fits_and_leave_alone_what_no_pattern_touches() -> None:
    drawn = promising(*missed_by_two(np.random.default_rng(1)), count=100, seed=1)
    assert np.abs(drawn[:, 1] - 0.9).mean() < 0.15
    assert drawn[:, 4].mean() > 0.8
    for field in (0, 2, 3, 5):
        assert 0.4 < drawn[:, field].mean() < 0.6
        assert np.ptp(drawn[:, field]) > 0.9


def test_where_nothing_is_learnt_later_draws_are_any_draws() -> None:
    points = np.random.default_rng(4).random((40, 3))
    drawn = promising(points, np.full((40, 2), 0.5), 30, seed=1)
    assert drawn.shape == (30, 3)
    assert np.ptp(drawn, axis=0).min() > 0.8


def test_a_calibration_goes_on_where_it_stopped_and_keeps_the_nearest(tmp_path: Path) -> None:
    *_, whole = calibrate(8, 2, 1, ids=CHEAP)
    first = whole.__class__(whole.given, whole.draws[:3], 8)
    state = fit.save_state(tmp_path, first, 2, 1)
    kept = fit.load_state(tmp_path, 8, 2, 1)
    assert fit.load_state(tmp_path, 8, 3, 1) is None, "another calibration is not gone on with"
    assert fit.load_state(tmp_path, 8, 2, 7) is None, "nor one of another seed"
    state.write_bytes(state.read_bytes()[:-9] + b"\xff")
    with pytest.raises(ExperimentError, match="damaged"):
        fit.load_state(tmp_path, 8, 2, 1)
    *_, rest = calibrate(8, 2, 1, start=kept, ids=CHEAP)
    assert [p.misses for p in rest.draws] == [p.misses for p in whole.draws]
    nearest = whole.nearest(3)
    assert [p.distance for p in nearest] == sorted(p.distance for p in whole.draws)[:3]
    lines = fit.ensemble_csv(fit.members(whole, 3), "a command").splitlines()
    assert len(lines) == 2 + 3
