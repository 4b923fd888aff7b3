"""The claim put to the test: what is compared, at which points, who wins, what the page says."""

from pathlib import Path

import numpy as np
import pytest

from thermidor.experiments.evidence import claim
from thermidor.experiments.evidence.claim import Size, Study, study
from thermidor.experiments.evidence.contest import MARGINS, contest, luck, serves
from thermidor.experiments.evidence.findings import mostly_untrue, page
from thermidor.experiments.evidence.points import PRIORS, WAR, draw_points, features
from thermidor.experiments.evidence.summary import FAILS, HELD, OPEN, RIVALS, Summary, summarise
from thermidor.experiments.evidence.systems import (
    COURTS,
    MAIN,
    OTHERS,
    PACKAGE,
    REMEDIES,
    SAFEGUARDS,
    START,
    Game,
    systems,
)
from thermidor.experiments.evidence.trials import Wanted, judged, make, merged, parts
from thermidor.experiments.pool import ExperimentError
from thermidor.model.parameters import Behaviour, Rules
from thermidor.model.scenario import Scenario
from thermidor.scenarios import load_scenario

TINY = Size(4, 3, 2, 1, 2, 1, 1, 2, 3, 2, 2, 100, 24, 150, 36)


# --- what is compared -----------------------------------------------------------------------------


@pytest.mark.parametrize("game", [MAIN, *OTHERS], ids=lambda game: game.name)
def test_nobody_is_the_nomenklatura_and_everybody_the_package(game: Game) -> None:
    arms = list(game.arms().values())
    assert arms[0].rules == load_scenario(START).rules
    assert arms[-1].rules == load_scenario(PACKAGE).rules
    assert len(arms) == 2 ** len(game.players)


def test_a_rule_that_differs_and_belongs_to_nobody_is_not_passed_over() -> None:
    with pytest.raises(ExperimentError, match=r"rules\.participants_visible"):
        Game("gap", REMEDIES).arms()


def test_a_rule_that_belongs_to_two_players_is_refused() -> None:
    twice = {**MAIN.players, "again": ("wage_cap",)}
    with pytest.raises(ExperimentError, match=r"rules\.wage_cap"):
        Game("twice", twice).arms()


def test_a_single_remedy_changes_its_own_rules_and_no_other() -> None:
    start = load_scenario(START).rules
    for name, society in systems().items():
        if name in MAIN.players:
            changed = {
                f for f in Rules.model_fields if getattr(society.rules, f) != getattr(start, f)
            }
            assert changed <= set(MAIN.players[name])
            assert changed


def test_the_essays_six_do_not_include_opposition_or_auditors() -> None:
    six = {field for fields in REMEDIES.values() for field in fields}
    assert not six & set(SAFEGUARDS["safeguards"])


# --- at which points ------------------------------------------------------------------------------


def test_uniform_points_reach_the_ends_of_every_range() -> None:
    names, values = features(draw_points(PRIORS["uniform"], 200, 1))
    for name, facts in Behaviour.describe().items():
        low, high = facts["sweep"]
        column = values[:, names.index(name)]
        assert low <= column.min() < low + 0.05 * (high - low)
        assert high - 0.05 * (high - low) < column.max() <= high


def test_concentrated_points_lie_nearer_the_defaults() -> None:
    wide, near = (draw_points(PRIORS[p], 200, 1) for p in ("uniform", "concentrated"))
    distance = [np.mean([abs(p.behaviour.greed - 0.5) for p in points]) for points in (wide, near)]
    assert distance[1] < 0.8 * distance[0]


def test_without_ideals_only_ideals_change_at_the_same_points() -> None:
    wide, plain = (draw_points(PRIORS[p], 20, 1) for p in ("uniform", "without_ideals"))
    for one, other in zip(wide, plain, strict=True):
        kept = other.behaviour.replace(
            vocation=one.behaviour.vocation, legitimacy_premium=one.behaviour.legitimacy_premium
        )
        assert other.behaviour.vocation == other.behaviour.legitimacy_premium == 0.0
        assert (kept, other.shocks, other.seed) == (one.behaviour, one.shocks, one.seed)


def test_members_of_an_ensemble_are_used_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    members = tuple(Behaviour(greed=greed) for greed in (0.1, 0.2, 0.3, 0.4))
    monkeypatch.setattr("thermidor.experiments.evidence.points.load_ensemble", lambda: members)
    drawn = [p.behaviour.greed for p in draw_points(PRIORS["calibrated"], 40, 1)]
    assert [drawn.count(member.greed) for member in members] == [10, 10, 10, 10]


def test_half_of_the_points_have_a_war_that_is_over_before_the_last_year() -> None:
    points = draw_points(PRIORS["uniform"], 100, 1)
    wars = [p.shocks for p in points if p.shocks.severity > 0.0]
    assert len(wars) == 50
    assert all(WAR["severity"][0] <= war.severity <= WAR["severity"][1] for war in wars)
    assert all(war.start_month + war.months <= claim.FULL.months - 12 for war in wars)


# --- runs -----------------------------------------------------------------------------------------

SMALL = Scenario(population={"workers": 100}, months=12)  # type: ignore[arg-type]


def wanted(count: int, **rules: float) -> Wanted:
    return Wanted(SMALL.replace(rules=rules), count, judged)


def test_what_two_questions_want_is_run_once_for_the_longer_wish() -> None:
    both = merged([wanted(2), wanted(3), wanted(1, openness=0.1)])
    assert sorted(each.count for each in both.values()) == [1, 3]


def test_kept_parts_are_not_made_again_and_read_the_same(tmp_path: Path) -> None:
    points = draw_points(PRIORS["uniform"], 3, 1)
    plan = {"some": parts("some", merged([wanted(3), wanted(1, openness=0.1)]), points)}
    calls: list[tuple[int, int]] = []
    first = make(plan, 1, tmp_path)
    again = make(plan, 1, tmp_path, lambda done, total: calls.append((done, total)))
    assert calls == [(4, 4)]
    for arm, table in first.items():
        for name in table:
            assert first[arm][name].keys() == again[arm][name].keys()
            for reading, values in first[arm][name].items():
                assert np.array_equal(values, again[arm][name][reading], equal_nan=True)


def test_a_part_kept_of_other_points_does_not_count(tmp_path: Path) -> None:
    for seed in (1, 2):
        points = draw_points(PRIORS["uniform"], 2, seed)
        plan = {"some": parts("some", merged([wanted(2)]), points)}
        calls: list[int] = []
        make(plan, 1, tmp_path, lambda done, total, calls=calls: calls.append(done))
        assert calls[0] == 0


def test_the_meritocracy_keeps_appointing_by_merit_whatever_behaviour_is_drawn() -> None:
    points = draw_points(PRIORS["uniform"], 2, 1)
    plan = parts("m", merged([Wanted(load_scenario(COURTS), 2, judged)]), points)
    weights = [t.what.scenario.behaviour.loyalty_weight for part in plan for t in part.tasks()]
    assert weights == [0.0, 0.0]


# --- who wins -------------------------------------------------------------------------------------


def outcome(control: list[int], needs: list[float], taken: list[float]) -> dict[str, np.ndarray]:
    held = np.array(control, dtype=float)
    return {
        "controlled": held,
        "accountable": held,
        "needs_met": np.array(needs),
        "capture": np.array(taken),
    }


def test_a_point_is_won_tied_or_lost_and_small_differences_are_ties() -> None:
    first = outcome([1, 1, 0, 1], [0.90, 0.904, 0.7, 0.9], [0.02, 0.02, 0.05, 0.05])
    second = outcome([0, 1, 0, 1], [0.80, 0.900, 0.8, 0.8], [0.02, 0.021, 0.03, 0.03])
    found = contest(first, second)
    assert found.ahead.value == 0.25  # only at the first point
    assert found.wins.value == 0.25
    assert found.draw.value == 0.25  # the second: differences within the margins
    assert found.loses.value == 0.25
    assert found.mixed.value == 0.25  # needs better met, more taken


def test_turning_a_contest_round_turns_its_result_round() -> None:
    rng = np.random.default_rng(1)
    one, other = (
        outcome(rng.integers(0, 2, 60).tolist(), rng.random(60).tolist(), rng.random(60).tolist())
        for _ in range(2)
    )
    there, back = contest(one, other), contest(other, one)
    assert (there.wins, there.loses, there.mixed) == (back.loses, back.wins, back.mixed)
    assert there.scores["capture"].better == back.scores["capture"].worse


def test_luck_favours_nobody_and_vanishes_where_seeds_make_no_difference() -> None:
    same = {name: np.ones((2, 3, 2)) for name in MARGINS}
    assert luck(same).draw.value == 1.0
    torn = same | {"needs_met": np.tile([0.5, 0.9], (2, 3, 1))}
    score = luck(torn).scores["needs_met"]
    assert (score.better.value, score.equal.value, score.worse.value) == (0.5, 0.0, 0.5)


def test_less_taken_is_better() -> None:
    less, more = outcome([1] * 4, [0.9] * 4, [0.01] * 4), outcome([1] * 4, [0.9] * 4, [0.1] * 4)
    assert contest(less, more).wins.value == 1.0


def test_only_who_meets_needs_without_taking_serves() -> None:
    table = {
        "needs_met": np.array([0.9, 0.9, 0.9, 0.7]),
        "capture": np.array([0.01, 0.2, 0.01, 0.01]),
        "privilege": np.array([2.0, 2.0, 9.0, 2.0]),
    }
    assert serves(table).tolist() == [True, False, False, False]


def test_the_page_names_those_against_whom_the_claim_is_mostly_untrue_the_worst_first() -> None:
    good = outcome([1] * 4, [0.9] * 4, [0.01] * 4)
    half, bad = outcome([0, 1, 1, 1], [0.7] * 4, [0.1] * 4), outcome([0] * 4, [0.7] * 4, [0.1] * 4)
    met = dict.fromkeys(RIVALS, contest(good, bad))
    assert mostly_untrue(met) == "against none of the rivals."
    met |= {START: contest(good, half), COURTS: contest(good, good)}
    assert mostly_untrue(met) == "against audited meritocracy 0%, nomenklatura 25%."


# --- from end to end ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> Study:
    return study(TINY, seed=1, processes=1)


@pytest.fixture(scope="module")
def summary(made: Study) -> Summary:
    return summarise(made)


@pytest.mark.slow
def test_all_systems_and_combinations_met_at_the_same_points(made: Study) -> None:
    uniform = made.spaces["uniform"]
    assert uniform.values(MAIN, "needs_met").shape == (TINY.game, 128)
    assert len(uniform.table(systems()[PACKAGE])["capture"]) == TINY.alone
    assert len(uniform.table(systems()[COURTS])["capture"]) == TINY.systems
    assert made.grid["capture"].shape == (5, TINY.behaviours, 2, TINY.seeds)


@pytest.mark.slow
def test_a_system_runs_alike_as_a_combination_and_on_its_own(made: Study) -> None:
    uniform = made.spaces["uniform"]
    last = uniform.values(MAIN, "capture")[:, -1]
    assert last.tolist() == uniform.table(systems()[PACKAGE])["capture"][: TINY.game].tolist()


@pytest.mark.slow
def test_shapley_values_share_out_what_the_package_gains(summary: Summary) -> None:
    adds = summary.spaces["uniform"].adds["needs_met"]
    values = summary.study.spaces["uniform"].values(MAIN, "needs_met")
    assert adds.shapley[0].sum() == pytest.approx((values[:, -1] - values[:, 0]).mean())


@pytest.mark.slow
def test_the_page_says_where_the_claim_fails_before_where_it_holds(summary: Summary) -> None:
    text = page(summary, "thermidor claim --quick")
    assert text.index("where the claim fails") < text.index("where it holds")
    assert "`thermidor claim --quick`" in text
    assert "A quick look" in text
    assert "nan" not in text
    assert "{" not in text


@pytest.mark.slow
def test_every_table_of_the_page_has_rows_as_wide_as_its_head(summary: Summary) -> None:
    width = 0
    for line in page(summary, "x").splitlines():
        if not line.startswith("|"):
            width = 0
            continue
        width = width or line.count("|")
        assert line.count("|") == width, line


@pytest.mark.slow
def test_a_claim_is_called_by_the_criterion_fixed_beforehand(summary: Summary) -> None:
    space = summary.spaces["uniform"]
    assert {space.conclusion(rival) for rival in RIVALS} <= {HELD, "leans", OPEN, FAILS}
    good = outcome([1] * 60, [0.9] * 60, [0.01] * 60)
    bad = outcome([0] * 60, [0.7] * 60, [0.1] * 60)

    def called(first: dict[str, np.ndarray], second: dict[str, np.ndarray]) -> str:
        met = {START: contest(first, second)}
        return type(space)("x", 60, {}, met, {}, {}).conclusion(START)

    assert [called(good, bad), called(bad, good), called(good, good)] == [HELD, FAILS, OPEN]
