"""Designs of sweeps: what a file says, which points and seeds come of it, what is refused."""

import json
import math
import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import thermidor
from thermidor.experiments import Design, load_design
from thermidor.experiments.sweeps.factors import Factor
from thermidor.model.declaration import ParameterError
from thermidor.model.parameters import Behaviour
from thermidor.model.table_files import save_table
from thermidor.model.table_generator import generate_table
from thermidor.scenarios import ensemble

OPENNESS, CAP, LIMIT = "rules.openness", "rules.wage_cap", "rules.term_limit"
RANGES = {OPENNESS: {"low": 0.0, "high": 1.0}, "behaviour.greed": {"low": 0.2, "high": 0.8}}


def written(folder: Path, text: str, name: str = "design.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


# --- files ----------------------------------------------------------------------------------------


def test_the_smallest_file_is_a_grid_of_scenarios(tmp_path: Path) -> None:
    text = """
base = "workers-democracy"
design = "grid"
replicates = 10
months = 60
[factors]
"rules.openness" = [0.1, 0.5, 0.9]
"rules.wage_cap" = [1.0, 2.0, 4.0]
"""
    design = load_design(written(tmp_path, text))
    assert (design.points, design.runs) == (9, 90)
    pairs = [(design.scenario(p).rules.openness, design.scenario(p).rules.wage_cap) for p in (0, 5)]
    assert pairs == [(0.1, 1.0), (0.5, 4.0)]
    assert design.scenario(3).months == 60
    same = Design(
        base="workers-democracy",
        factors={OPENNESS: [0.1, 0.5, 0.9], CAP: [1.0, 2.0, 4.0]},
        months=60,
        replicates=10,
    )
    assert design == same


def test_a_design_written_down_and_read_again_is_the_same() -> None:
    for design in (
        Design(base="nomenklatura", factors={CAP: [1.0, "none"], "economy.market": [True, False]}),
        Design(base="nomenklatura", design="saltelli", samples=8, factors=RANGES, ensemble=True),
        Design(design="remedies", replicates=3),
    ):
        assert Design(**json.loads(design.model_dump_json())) == design


def test_paths_need_no_quotes_and_a_base_of_ones_own_lies_beside_the_file(tmp_path: Path) -> None:
    written(tmp_path, 'base = "nomenklatura"\n[rules]\nsanction = 3.5\n', "mine.toml")
    text = 'base = "mine.toml"\n[factors]\nrules.openness = [0.1]\nrules.wage_cap = ["none", 2]\n'
    design = load_design(written(tmp_path, text))
    assert list(design.factors) == [OPENNESS, CAP]
    assert design.scenario(0).rules.sanction == 3.5
    assert [design.scenario(p).rules.wage_cap for p in (0, 1)] == [None, 2.0]


def test_points_may_be_listed_in_a_csv_file_beside_it(tmp_path: Path) -> None:
    heading = "rules.openness,rules.wage_cap,rules.recall_reach,rules.opposition"
    rows = "0.2,none,officials,true\n0.7,3,both,false\n"
    written(tmp_path, f"# three of many\n{heading}\n{rows}", "points.csv")
    text = 'base = "nomenklatura"\ndesign = "list"\npoints = "points.csv"\n'
    design = load_design(written(tmp_path, text))
    assert design.points == 2
    assert list(design.values(0).values()) == [0.2, None, "officials", True]
    assert list(design.values(1).values()) == [0.7, 3.0, "both", False]


def test_a_csv_file_with_gaps_or_doubles_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, 'base = "nomenklatura"\ndesign = "list"\npoints = "points.csv"\n')
    for text, said in (
        ("rules.openness,rules.wage_cap\n0.1,\n", "rules.wage_cap = '' is not valid"),
        ("rules.openness,rules.wage_cap\n0.1\n", "point 0 has 1 values for 2 columns"),
        ("rules.openness,rules.openness\n0.1,0.2\n", "two columns have the same name"),
        ("rules.openness\n", "needs a heading and at least one row"),
        (f"rules.openness\n{'1' * 200_000}\n", "field larger than field limit"),
    ):
        written(tmp_path, text, "points.csv")
        with pytest.raises(ParameterError, match=re.escape(said)):
            load_design(file)


def test_tables_of_ones_own_lie_beside_the_file_too(tmp_path: Path) -> None:
    save_table(generate_table(3, seed=1), tmp_path / "mine.csv")
    text = 'base = "nomenklatura"\n[factors]\neconomy.table = ["germany-1995", "mine.csv"]\n'
    design = load_design(written(tmp_path, text))
    tables = [design.scenario(point).economy.table for point in range(2)]
    assert tables == ["germany-1995", str(tmp_path / "mine.csv")]


def test_points_may_be_listed_in_the_file_itself(tmp_path: Path) -> None:
    text = """
base = "nomenklatura"
design = "list"
points = [
    { rules.openness = 0.2, rules.term_limit = 2 },
    { rules.openness = 0.4, rules.term_limit = "none" },
]
"""
    design = load_design(written(tmp_path, text))
    assert [design.values(p)[LIMIT] for p in range(design.points)] == [2, None]


def test_settings_hold_at_all_points() -> None:
    settings = {"population.workers": 60, "population.workers_per_delegate": 20}
    design = Design(base="nomenklatura", factors={OPENNESS: [0.1, 0.2]}, settings=settings)
    assert [design.scenario(p).population.workers for p in (0, 1)] == [60, 60]


# --- kinds of designs -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "samples", "points"),
    [("lhs", 10, 10), ("sobol", 16, 16), ("saltelli", 8, 48), ("morris", 5, 15)],
)
def test_a_sampled_design_fills_its_ranges(kind: Any, samples: int, points: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        design = Design(base="nomenklatura", design=kind, samples=samples, factors=RANGES)
        values = np.array([list(design.values(p).values()) for p in range(design.points)])
    assert len(values) == points
    assert np.allclose(values, design.inputs())
    assert ((values >= [0.0, 0.2]) & (values <= [1.0, 0.8])).all()
    assert (values.min(axis=0) < [0.3, 0.35]).all()
    assert (values.max(axis=0) > [0.7, 0.65]).all()
    again = Design(base="nomenklatura", design=kind, samples=samples, factors=RANGES)
    assert again.values(3) == design.values(3)
    assert design.replace(seed=2).values(3) != design.values(3)


def test_a_latin_hypercube_meets_every_stratum_once() -> None:
    design = Design(base="nomenklatura", design="lhs", samples=20, factors=RANGES)
    strata = np.sort(np.floor(design.draws * 20).astype(int), axis=0)
    assert (strata == np.arange(20)[:, None]).all()


def test_salib_finds_the_effects_of_a_known_function_on_saltellis_points() -> None:
    from SALib.analyze import sobol

    factors = {f"behaviour.{name}": {"low": 0.1, "high": 0.9} for name in ("greed", "conformity")}
    design = Design(base="nomenklatura", design="saltelli", samples=256, factors=factors)
    values = np.array([list(design.values(p).values()) for p in range(design.points)])
    found = sobol.analyze(design.problem(), values @ [2.0, 1.0], seed=1)
    assert np.allclose(found["S1"], [0.8, 0.2], atol=0.02)


def test_morris_points_change_one_factor_at_a_time() -> None:
    design = Design(base="nomenklatura", design="morris", samples=4, factors=RANGES)
    moved = np.diff(design.draws, axis=0) != 0
    assert (moved.sum(axis=1)[np.arange(11) % 3 != 2] == 1).all()


def test_draws_choose_evenly_round_whole_numbers_and_are_none_as_often_as_said() -> None:
    factors = {
        LIMIT: {"low": 1, "high": 4, "none": 0.25},
        "rules.recall_reach": ["delegates", "officials", "both"],
        "rules.opposition": [True, False],
    }
    design = Design(base="nomenklatura", design="lhs", samples=1200, factors=factors)
    values = [design.values(p) for p in range(1200)]
    limits = [value[LIMIT] for value in values]
    assert limits.count(None) == 300
    assert {limit for limit in limits if limit is not None} == {1, 2, 3, 4}
    assert all(limit is None or type(limit) is int for limit in limits)
    for word in ("delegates", "officials", "both"):
        assert sum(value["rules.recall_reach"] == word for value in values) == 400
    assert design.problem()["bounds"] == [[0.0, 1.0]] * 3


@given(st.floats(0.0, 1.0), st.floats(0.0, 0.9))
def test_no_draw_leaves_the_range(draw: float, none: float) -> None:
    value = Factor(low=-1.5, high=2.5, none=none).value(draw, whole=False)
    assert value is None or -1.5 <= float(value) <= 2.5


def test_a_grid_of_remedies_goes_from_nomenklatura_to_all_six() -> None:
    design = Design(design="remedies")
    start = thermidor.load_scenario("nomenklatura").rules
    package = thermidor.load_scenario("workers-democracy").rules
    assert design.points == 64
    assert design.scenario(0).rules == start
    everything = design.scenario(63).rules
    kept = {"participants_visible", "audit_rate", "sanction", "courts", "opposition"}
    for name in type(start).model_fields:
        wanted = start if name in kept else package
        assert getattr(everything, name) == getattr(wanted, name), name
    recall = next(p for p in range(64) if list(design.values(p).values()) == [True] + [False] * 5)
    assert design.scenario(recall).rules == thermidor.load_scenario("recall-only").rules


def test_one_remedy_may_be_a_factor_among_others() -> None:
    factors = {"remedies.cap": [False, True], "rules.audit_rate": [0.0, 0.1]}
    design = Design(base="nomenklatura", factors=factors)
    assert [design.scenario(p).rules.wage_cap for p in range(4)] == [None, None, 1.0, 1.0]


# --- seeds ----------------------------------------------------------------------------------------


def test_points_share_the_seeds_of_replicates_unless_told_otherwise() -> None:
    design = Design(base="nomenklatura", factors={OPENNESS: [0.1, 0.9]}, replicates=4, seed=9)
    first = [design.seed_of(0, r) for r in range(4)]
    assert first == [design.seed_of(1, r) for r in range(4)]
    assert len(set(first)) == 4
    own = design.replace(paired_seeds=False)
    assert len({own.seed_of(p, r) for p in range(2) for r in range(4)}) == 8
    assert own.seed_of(1, 2) == own.replace(replicates=99).seed_of(1, 2)


def test_with_an_ensemble_replicates_behave_differently_and_factors_still_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    members = (Behaviour(greed=0.2, honour=0.3), Behaviour(greed=0.7))
    monkeypatch.setattr(ensemble, "load_ensemble", lambda: members)
    factors = {"behaviour.greed": [0.4, Behaviour().greed]}
    design = Design(base="nomenklatura", factors=factors, replicates=4, ensemble=True)
    assert [design.scenario(0, r).behaviour.honour for r in range(3)] == [0.3, 0.1, 0.3]
    assert {design.scenario(0, r).behaviour.greed for r in range(4)} == {0.4}
    assert {design.scenario(1, r).behaviour.greed for r in range(4)} == {Behaviour().greed}


# --- what is refused ------------------------------------------------------------------------------

GRID = {OPENNESS: [0.1, 0.9]}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a misspelt field": ({"replicate": 3}, "did you mean replicates?"),
    "a misspelt factor": ({"factors": {"rules.opennes": [1]}}, "did you mean rules.openness?"),
    "months as a factor": ({"factors": {"months": [12, 24]}}, "months cannot be a factor"),
    "a value out of range": ({"factors": {OPENNESS: [0.1, 2]}}, "the nearest valid value is 1"),
    "a range too wide": (
        {"design": "lhs", "samples": 4, "factors": {OPENNESS: {"low": -1, "high": 1}}},
        "the nearest valid value is 0",
    ),
    "a range in a grid": ({"factors": RANGES}, "list its values, or choose lhs"),
    "a range upside down": (
        {"design": "lhs", "samples": 4, "factors": {OPENNESS: {"low": 0.5, "high": 0.2}}},
        "low = 0.5 must be below high = 0.2",
    ),
    "a misspelt bound": ({"factors": {OPENNESS: {"low": 0, "hgih": 1}}}, "did you mean high?"),
    "none where there is none": (
        {"design": "lhs", "samples": 4, "factors": {OPENNESS: {"low": 0, "high": 1, "none": 0.1}}},
        "rules.openness cannot be none",
    ),
    "a number for a list": ({"factors": {OPENNESS: 0.3}}, "must be a list of values"),
    "a switch with a range": (
        {"design": "lhs", "samples": 4, "factors": {"rules.opposition": {"low": 0, "high": 1}}},
        "list what it may be",
    ),
    "a value that is no number": ({"factors": {OPENNESS: ["much"]}}, "is not valid"),
    "an impossible combination": (
        {"factors": {"population.workers": [40]}},
        "point 0: population.workers = 40 makes fewer than two workplaces",
    ),
    "a setting that is a factor": ({"settings": {OPENNESS: 0.3}}, "both a setting and a factor"),
    "a list for a setting": (
        {"settings": {CAP: [1]}},
        "rules.wage_cap in [settings] must be a number, not [1]; what varies belongs in [factors]",
    ),
    "a list for a switch": (
        {"settings": {"rules.opposition": [True]}},
        "rules.opposition in [settings] must be true or false, not [True];",
    ),
    "a range for a setting": (
        {"settings": {LIMIT: {"low": 1, "high": 3}}},
        "rules.term_limit in [settings] must be a whole number, not ",
    ),
    "an endless setting": (
        {"settings": {CAP: math.inf}},
        "rules.wage_cap in [settings] must be a number, not inf",
    ),
    "a list for a misspelt setting": (
        {"settings": {"rules.wage_cup": [1]}},
        "rules.wage_cup is no parameter; did you mean rules.wage_cap?",
    ),
    "a number for settings": ({"settings": 5}, "settings must be a table"),
    "no factors": ({"factors": {}}, "at least one factor"),
    "no samples": ({"design": "lhs"}, "needs samples"),
    "samples of a grid": ({"samples": 9}, "takes no samples"),
    "a crooked Sobol' sequence": (
        {"design": "sobol", "samples": 100, "factors": RANGES},
        "the nearest is 128",
    ),
    "uneven lists": (
        {"design": "list", "factors": {OPENNESS: [0.1], CAP: [1, 2]}},
        "equally many values",
    ),
    "factors beside remedies": ({"design": "remedies"}, "brings its own factors"),
    "an unknown kind": ({"design": "gird"}, "gird is no kind of design; did you mean grid?"),
    "a misspelt word": (
        {"factors": {"rules.recall_reach": ["delegate"]}},
        "rules.recall_reach cannot be delegate; did you mean delegates?",
    ),
    "a value that is nowhere": (
        {"factors": {OPENNESS: [0.1, math.nan]}},
        "rules.openness: nan is neither a number nor a word",
    ),
    "a name that is like none": (
        {"factors": {"title": ["x"]}},
        "title cannot be a factor; one is named like rules.openness, a field of rules,",
    ),
    "a value twice in a grid": ({"factors": {CAP: [1, 2, 1.0]}}, "rules.wage_cap lists 1 twice"),
    "months kept beyond the end": (
        {"months": 24, "period": "every 36"},
        "every 36 keeps none of 24 months; the nearest valid value is every 24",
    ),
    "an unknown measure": ({"measures": ["captre"]}, "did you mean capture?"),
    "a number for measures": ({"measures": 3}, "a list of names"),
    "an unknown period": ({"period": "weekly"}, '"every N"'),
    "an unknown base": ({"base": "nomenklatur"}, "did you mean nomenklatura?"),
    "no base": ({"base": None}, "needs a base scenario"),
    "no replicates": ({"replicates": 0}, "the nearest valid value is 1"),
    "no months": ({"months": 0}, "the nearest valid value is 1"),
    "a negative seed": ({"seed": -1}, "the nearest valid value is 0"),
    "more points than memory holds": (
        {"design": "lhs", "samples": 90_000_000, "replicates": 1, "factors": RANGES},
        f"the most is {100_000_000 // len(RANGES):,}",
    ),
    "too many runs": ({"replicates": 10**9}, "the most is 100,000,000"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_run_is_refused_in_one_sentence(case: str) -> None:
    change, said = REFUSED[case]
    with pytest.raises(ParameterError) as caught:
        Design(**{"base": "nomenklatura", "factors": GRID, **change})
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


FILES = {
    "a missing file": (None, "there is no file"),
    "broken TOML": ("base = ", "is not TOML"),
    "an unknown key": ('base = "nomenklatura"\nfactor = 1\n', "did you mean factors?"),
    "a missing CSV file": (
        'base = "nomenklatura"\ndesign = "list"\npoints = "none.csv"\n',
        "there is no file",
    ),
    "points of a grid": ('base = "nomenklatura"\npoints = "p.csv"\n', 'are for design = "list"'),
    "settings that are no table": ('base = "nomenklatura"\nsettings = 3\n', "must be a table"),
    "uneven points": (
        'base = "nomenklatura"\ndesign = "list"\n'
        "points = [{rules.openness = 1}, {rules.sanction = 1}]\n",
        "do not both say",
    ),
}


def test_a_base_that_says_nothing_is_told_with_its_name(tmp_path: Path) -> None:
    written(tmp_path, "", "empty.toml")
    design = written(tmp_path, f'base = "empty.toml"\n[factors]\n"{OPENNESS}" = [0.1]\n')
    with pytest.raises(ParameterError, match=r"empty\.toml is empty; say what it starts from"):
        load_design(design)


@pytest.mark.parametrize("case", FILES)
def test_a_broken_file_is_told_with_its_name(case: str, tmp_path: Path) -> None:
    text, said = FILES[case]
    file = tmp_path / "design.toml"
    if text is not None:
        written(tmp_path, text)
    with pytest.raises(ParameterError, match=r"design\.toml") as caught:
        load_design(file)
    assert said in str(caught.value)
