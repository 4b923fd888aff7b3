"""The behaviour ensemble: how it is fitted, what is shipped, who behaves like it."""

from pathlib import Path

import numpy as np
import pytest

from thermidor.experiments import compare, run
from thermidor.experiments.evidence import fit
from thermidor.experiments.evidence.calibration import calibrate, prior
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
    usual = Behaviour()
    for name, facts in Behaviour.describe().items():
        low, high = facts["sweep"]
        ends = [getattr(given.behaviour(np.full(len(given.names), q)), name) for q in (0.0, 1.0)]
        assert ends == pytest.approx([low, high])
        assert abs(getattr(middle, name) - getattr(usual, name)) <= 0.5 * (high - low)


def test_a_calibration_goes_on_where_it_stopped_and_keeps_the_nearest(tmp_path: Path) -> None:
    *_, whole = calibrate(8, 2, 1, ids=CHEAP)
    first = whole.__class__(whole.given, whole.draws[:3], 8)
    fit.save_state(tmp_path, first, 2)
    kept = fit.load_state(tmp_path, 8, 2)
    assert fit.load_state(tmp_path, 8, 3) is None, "another calibration is not gone on with"
    *_, rest = calibrate(8, 2, 1, start=kept, ids=CHEAP)
    assert [p.misses for p in rest.draws] == [p.misses for p in whole.draws]
    nearest = whole.nearest(3)
    assert [p.distance for p in nearest] == sorted(p.distance for p in whole.draws)[:3]
    lines = fit.ensemble_csv(fit.members(whole, 3), "a command").splitlines()
    assert len(lines) == 2 + 3
