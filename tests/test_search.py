"""Searching among rules: what is planted is found, luck is checked, nothing computed is lost."""

import json
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from typer.testing import CliRunner, Result

from thermidor import Scenario, Society, cli, load_scenario, run
from thermidor.experiments.search import conditions as holding
from thermidor.experiments.search import costs as prices
from thermidor.experiments.search import display, draw, files, trying
from thermidor.experiments.search.frontier import Trial, answer, frontier, undominated
from thermidor.experiments.search.goals import Cheapest, Collapse
from thermidor.experiments.search.kept import Kept
from thermidor.experiments.search.levers import Point, Space, all_rules, build, chosen, lever
from thermidor.experiments.search.members import members
from thermidor.experiments.search.optimise import BATCH, optimise
from thermidor.experiments.search.reading import AMOUNTS, Reading, Task, live
from thermidor.experiments.search.study import Findings, Request, search
from thermidor.model.declaration import ParameterError
from thermidor.model.society import MEASURES
from thermidor.model.verdict import CONTROLLED
from thermidor.scenarios.ensemble import load_ensemble

DEMOCRACY, BARE = load_scenario("workers-democracy"), load_scenario("nomenklatura")
PLANTED = {"rules.recall_threshold": 0.3, "rules.openness": 0.7, "rules.council_power": 0.5}
SMALL = {
    "workers": 60,
    "workplace_size": 10,
    "workers_per_delegate": 10,
    "workers_per_head": 30,
    "workers_per_planner": 30,
}


# --- an objective whose answer is known -----------------------------------------------------------


def planted(space: Space) -> Callable[[list[Point], list[Trial]], list[Trial]]:
    """Return an evaluation in which exactly the planted rules hold, and change is what costs."""

    def evaluate(points: list[Point], before: list[Trial]) -> list[Trial]:
        return [trial(point) for point in points]

    def trial(point: Point) -> Trial:
        rules = space.scenario(point).rules
        recall = rules.recall_threshold
        held = [
            recall is not None and recall <= PLANTED["rules.recall_threshold"],
            rules.openness >= PLANTED["rules.openness"],
            rules.council_power >= PLANTED["rules.council_power"],
        ]
        share = sum(held) / len(held)
        return Trial(point, (space.size(point), -share), share >= 0.9)

    return evaluate


@pytest.fixture
def space() -> Space:
    return build(DEMOCRACY, BARE, chosen([]))


def test_the_planted_rules_are_found_and_nothing_needless_is_changed(space: Space) -> None:
    found = answer(optimise(space.levers, [space.start], planted(space), 25 * BATCH, seed=1))
    assert found is not None
    moved = space.changed(found.point)
    assert moved.keys() == PLANTED.keys()
    rules = {path.partition(".")[2]: value for path, value in PLANTED.items()}
    least = space.size(space.point_of(BARE.replace(rules=rules)))
    assert found.values[0] <= least + 0.1


def test_one_seed_makes_one_search_and_another_seed_another(space: Space) -> None:
    runs = [optimise(space.levers, [space.start], planted(space), 60, seed) for seed in (1, 1, 2)]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_a_longer_search_begins_as_a_shorter_one_does(space: Space) -> None:
    short = optimise(space.levers, [space.start], planted(space), 40, seed=3)
    longer = optimise(space.levers, [space.start], planted(space), 80, seed=3)
    assert longer[:40] == short
    assert len(longer) == 80


def test_the_start_is_tried_first(space: Space) -> None:
    start = [space.start, space.point_of(DEMOCRACY)]
    found = optimise(space.levers, start, planted(space), 5, seed=1)
    assert [trial.point for trial in found[:2]] == start


# --- the frontier ---------------------------------------------------------------------------------

VALUES = st.tuples(st.integers(0, 6).map(float), st.integers(0, 6).map(float))
TRIALS = st.lists(st.tuples(VALUES, st.booleans(), st.booleans()), min_size=1, max_size=25)


@settings(deadline=None)
@given(TRIALS)
def test_nothing_on_the_frontier_is_beaten_and_nothing_off_it_is_unbeaten(rows: Any) -> None:
    trials = [Trial((k,), v, enough, whole) for k, (v, enough, whole) in enumerate(rows)]
    edge = [trial.values for trial in frontier(trials)]
    for trial in trials:
        beaten = any(v != trial.values and v[0] <= trial.values[0] and v[1] <= trial.values[1]
                     for v in edge)  # fmt: skip
        if trial.whole:
            assert beaten or trial.values in edge
    for values in edge:
        assert not any(
            other != values and other[0] <= values[0] and other[1] <= values[1] for other in edge
        )
    assert len(set(edge)) == len(edge)
    assert undominated(np.array(edge)).all() if edge else True


@settings(deadline=None)
@given(TRIALS)
def test_the_answer_comes_true_often_enough_at_the_least_cost(rows: Any) -> None:
    trials = [Trial((k,), v, enough, whole) for k, (v, enough, whole) in enumerate(rows)]
    good = [trial.values[0] for trial in trials if trial.enough and trial.whole]
    found = answer(trials)
    assert (found is None) == (not good)
    if found is not None:
        assert found.enough
        assert found.whole
        assert found.values[0] == min(good)


# --- levers ---------------------------------------------------------------------------------------


def test_the_values_of_base_and_origin_are_among_those_a_lever_may_take(space: Space) -> None:
    for scenario in (DEMOCRACY, BARE):
        point = space.point_of(scenario)
        assert space.scenario(point).rules == scenario.rules


def test_none_lies_one_step_beyond_the_loosest_value() -> None:
    cap = lever("rules.wage_cap")
    assert cap.values[-1] is None
    assert cap.distance(None, 6.0) == 0.1
    assert cap.distance(1.0, None) == 1.1


def test_behaviour_not_moved_stays_that_of_each_member() -> None:
    space = build(DEMOCRACY, DEMOCRACY, chosen(["behaviour.greed"]))
    greed = space.levers[0]
    as_is, greedy = (0,), (greed.step_of(0.9),)
    assert space.scenario(as_is, {"greed": 0.33}).behaviour.greed == 0.33
    assert space.scenario(greedy, {"greed": 0.33}).behaviour.greed == 0.9
    assert space.size(as_is) == 0.0
    assert space.size(greedy) == pytest.approx(0.5)
    assert space.start == as_is


def test_levers_not_searched_stay_as_the_base_has_them() -> None:
    space = build(DEMOCRACY, BARE, chosen(["rules.openness"]))
    rules = space.scenario(space.start).rules
    assert rules == DEMOCRACY.rules.replace(openness=BARE.rules.openness)


# --- faults told in one sentence ------------------------------------------------------------------


def asked(**changes: Any) -> Request:
    few = Scenario(population=SMALL, months=24)
    known = {"people": "uniform", "trials": 30, "members": 6, "check": 10}
    return Request(**{"goal": "cheapest", "base": few, **known, **changes})


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"goal": "cheap"}, "cheap is no goal; did you mean cheapest?"),
        ({"over": ("rules.opennes",)}, "did you mean rules.openness?"),
        ({"over": ("behaviour.greed",)}, "behaviour.greed is no lever of this search; "),
        ({"people": "ensembel"}, "did you mean ensemble?"),
        ({"holds": ("captur<0.1",)}, "did you mean capture?"),
        ({"holds": ("capture=0.1",)}, "needs a measure, one of >= <= > < and a number"),
        ({"holds": ("capture<1.2.3",)}, "1.2.3 is not a number"),
        ({"goal": "collapse", "holds": ("capture<0.1",)}, "takes no --holds"),
        ({"goal": "collapse", "costs": Path("mine.toml")}, "takes no --costs"),
        ({"costs": Path("/nowhere/mine.toml")}, "there is no file /nowhere/mine.toml"),
    ],
)
def test_what_cannot_be_searched_is_told_with_the_nearest_valid_choice(
    changes: dict[str, Any], hint: str
) -> None:
    with pytest.raises(ParameterError) as fault:
        search(asked(**changes))
    assert hint in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("edit", "hint"),
    [
        (lambda text: text.replace("audits =", "audit ="), "did you mean audits?"),
        (lambda text: text.replace("audits = 10", "audits = -1"), "nearest valid value is 0"),
        (lambda text: text.replace("audits = 10", "audits = '1'"), "must be a number"),
        (lambda text: text.replace("audits = 10", "audits ="), "is not TOML"),
        (lambda text: text.replace("audits = 10", "# audits = 10"), "leaves out audits"),
    ],
)
def test_a_faulty_table_of_costs_is_told_in_one_sentence(
    edit: Callable[[str], str], hint: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(edit(prices.printed(prices.load_costs(), "en")))
    with pytest.raises(ParameterError, match=hint):
        prices.load_costs(path)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_printed_table_of_costs_can_be_read_back(language: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(prices.printed(prices.load_costs(), language), encoding="utf-8")
    assert prices.load_costs(path) == prices.load_costs()


# --- who is met -----------------------------------------------------------------------------------


def test_winners_are_checked_on_others_than_they_were_found_on() -> None:
    first, fresh = members("uniform", DEMOCRACY, 8, 12, seed=1)
    assert not {m.seed for m in first} & {m.seed for m in fresh}
    assert not [m for m in first if m.behaviour in [other.behaviour for other in fresh]]


def test_nobody_of_the_ensemble_is_met_both_in_the_search_and_in_the_check() -> None:
    first, fresh = members("ensemble", DEMOCRACY, 24, 96, seed=1)
    assert len({m.kind for m in first}) == 24
    assert not {m.kind for m in first} & {m.kind for m in fresh}
    assert len({m.seed for m in [*first, *fresh]}) == 24 + 96


def test_some_of_the_ensemble_must_be_left_for_the_check() -> None:
    most = len(load_ensemble()) - 2
    with pytest.raises(ParameterError, match=f"nearest valid value of --members is {most}, not 99"):
        members("ensemble", DEMOCRACY, 99, 10, seed=1)


def test_those_who_behave_alike_count_once_in_the_interval() -> None:
    space = build(DEMOCRACY, DEMOCRACY, chosen([]))
    goal = Cheapest(prices.load_costs(), holding.conditions([]), BARE.rules, all_rules())
    runs = [Reading(k % 4 > 0, k % 4, (0.0,) * len(AMOUNTS), ()) for k in range(16)]
    for each in (goal, Collapse()):
        alone = each.sum_up(space, space.start, runs, range(16))
        alike = each.sum_up(space, space.start, runs, [k % 4 for k in range(16)])
        once = each.sum_up(space, space.start, runs[:4], range(4))
        assert (alone.up, alone.count) == (alike.up, alike.count)
        assert alike.interval[0] < alone.interval[0]
        assert alike.interval[1] > alone.interval[1]
        if each is goal:
            assert alike.interval == once.interval


def test_what_a_scenario_says_of_its_people_stays() -> None:
    meritocracy = load_scenario("audited-meritocracy")
    first, fresh = members("uniform", meritocracy, 4, 4, seed=1)
    assert {m.behaviour["loyalty_weight"] for m in [*first, *fresh]} == {0.0}


def test_people_as_the_base_has_them_differ_by_chance_alone() -> None:
    first, _ = members("own", DEMOCRACY, 4, 4, seed=1)
    assert all(m.behaviour == DEMOCRACY.behaviour.model_dump() for m in first)
    assert len({m.seed for m in first}) == 4


# --- one run, read --------------------------------------------------------------------------------


def lived(base: str = "workers-democracy", **rules: Any) -> Reading:
    few = {"population": SMALL, "months": 24, "rules": {"amendable": False, **rules}}
    return live(Task("", load_scenario(base).replace(**few), 1))[1]


def amount(reading: Reading, name: str) -> float:
    return reading.amounts[AMOUNTS.index(name)]


def test_what_rules_ask_for_is_counted_as_it_happens() -> None:
    audited, unaudited = lived(audit_rate=0.2), lived(audit_rate=0.0)
    assert amount(unaudited, "audits") == 0.0 < amount(audited, "audits")
    often, seldom = lived(term_months=6), lived(term_months=96)
    assert amount(often, "votes") > amount(seldom, "votes") > 0.0
    assert amount(lived(recall_threshold=None), "petitions") == 0.0
    assert amount(lived(wage_cap=1.0), "pay") == 0.0 < amount(lived(wage_cap=None), "pay")
    assert amount(lived(council_power=0.0), "meetings") == 0.0
    assert amount(lived(council_power=0.0), "sessions") == 0.0
    assert amount(lived(council_power=0.5), "sessions") == pytest.approx(0.5 * 6 * 12 / 0.6)
    offices = len(Society(Scenario(population=SMALL), rng=1).offices)
    assert amount(lived(openness=0.5), "accounts") == pytest.approx(0.5 * offices / 0.6, rel=1e-5)


@pytest.mark.parametrize("name", ["workers-democracy", "nomenklatura", "recall-only"])
def test_control_lasts_until_the_verdict_says_it_is_gone_for_good(name: str) -> None:
    scenario = load_scenario(name).replace(months=36)
    reading = live(Task("", scenario, 1))[1]
    judged = run(scenario, seed=1).verdicts[0]
    assert reading.controlled == judged.controlled
    assert not any(regime in CONTROLLED for regime in judged.regimes[reading.kept :])
    assert reading.kept == 0 or judged.regimes[reading.kept - 1] in CONTROLLED


def test_a_reading_survives_being_kept() -> None:
    reading = lived()
    assert Reading.of_row(json.loads(json.dumps(reading.row()))) == reading


def test_conditions_are_about_the_last_year() -> None:
    means = tuple(0.9 if name == "needs_met" else 0.02 for name in MEASURES)
    run = Reading(False, 0, (), means)
    met = [each.met(run) for each in holding.conditions(["needs_met>0.8", "capture < 0.03"])]
    assert met == [True, True]
    assert not holding.conditions(["needs_met>0.95"])[0].met(run)
    assert not holding.conditions([])[0].met(run)


# --- societies made up ----------------------------------------------------------------------------


class MadeUp:
    """Stands for the model: control holds with open books and councils, more or less, by luck."""

    def __init__(self, breaks_after: float = float("inf")) -> None:
        self.made: list[str] = []
        self.breaks_after = breaks_after

    def __call__(self, task: Task) -> tuple[str, Reading]:
        if len(self.made) >= self.breaks_after:
            raise KeyboardInterrupt
        self.made.append(task.key)
        rules, luck = task.scenario.rules, np.random.default_rng(task.seed).random()
        holds = min(rules.openness / 0.7, 1.0) * min(rules.council_power / 0.5, 1.0) > 0.9 * luck
        amounts = [0.0] * len(AMOUNTS)
        amounts[AMOUNTS.index("audits")] = 10.0 * rules.audit_rate + luck
        kept = 24 if holds else int(12 * rules.openness)
        return task.key, Reading(holds, kept, tuple(amounts), (0.5,) * len(MEASURES))


def made_up(monkeypatch: pytest.MonkeyPatch, **options: Any) -> MadeUp:
    model = MadeUp(**options)
    monkeypatch.setattr(trying, "live", model)
    return model


def told(findings: Findings) -> Any:
    return findings.trials, findings.checked, findings.best, findings.answer, findings.doubled


def test_an_interrupted_search_carried_on_ends_as_one_run_through(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = made_up(monkeypatch)
    through = search(asked(trials=60))
    broken = made_up(monkeypatch, breaks_after=100)
    with pytest.raises(KeyboardInterrupt):
        search(asked(trials=60, folder=tmp_path))
    with next(tmp_path.glob("runs-*.jsonl")).open("a") as file:
        file.write('["cut off in the midd')
    rest = made_up(monkeypatch)
    carried_on = search(asked(trials=60, folder=tmp_path))
    assert told(carried_on) == told(through)
    assert not set(rest.made) & set(broken.made)
    assert broken.made + rest.made == whole.made


def test_a_search_done_before_makes_no_run_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made_up(monkeypatch)
    search(asked(folder=tmp_path))
    again = made_up(monkeypatch)
    search(asked(folder=tmp_path))
    assert again.made == []


def test_every_point_meets_the_same_societies(monkeypatch: pytest.MonkeyPatch) -> None:
    model = made_up(monkeypatch)
    search(asked(trials=10))
    seeds: dict[str, set[str]] = {}
    for key in model.made:
        point, seed = key.split("-")
        seeds.setdefault(seed, set()).add(point)
    assert len(seeds) == 6 + 10


def test_the_recommended_rules_hold_often_enough_in_fresh_societies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made_up(monkeypatch)
    for share in (0.3, 0.6, 0.9):
        findings = search(asked(trials=150, check=60, share=share))
        assert findings.answer is not None
        assert findings.answer.checked.share >= share
        enough = [f.checked.across for f in findings.checked if f.checked.share >= share]
        assert findings.answer.checked.across == min(enough)
        for other in findings.doubled.values():
            assert other is not None
            assert other.checked.share >= share


def test_where_nothing_holds_no_rules_are_recommended(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up(monkeypatch)
    findings = search(asked(holds=("needs_met>0.9",)))
    assert findings.answer is None
    assert set(findings.doubled.values()) == {None}
    text = " ".join(map(str, display.told(findings, "en")))
    assert (
        "No rules found hold in 90% of fresh societies; the best of those checked hold in 0%"
        in (text)
    )


def test_what_an_earlier_search_recommended_does_not_stay_as_an_answer_of_this_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made_up(monkeypatch)
    own = ("frontier-mine.toml", "frontier-1.toml.old", "frontier-01.toml", "my-recommended.toml")
    for name in (*own, "recommended.toml", "frontier-999.toml"):
        (tmp_path / name).write_text("earlier")
    findings = search(asked(holds=("needs_met>0.9",)))
    written = files.write(findings, tmp_path, "en", "thermidor search")
    there = {path.name for path in tmp_path.iterdir()}
    assert there == {*own, *(path.name for path in written)}
    assert not {"recommended.toml", "frontier-999.toml"} & there


def test_what_is_given_up_early_could_not_have_beaten_the_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made_up(monkeypatch)
    findings = search(asked(goal="collapse", trials=150, members=12))
    given_up = [trial for trial in findings.trials if not trial.whole]
    assert given_up, "nothing was given up"
    first, _ = members("uniform", findings.request.base, 12, 10, 1)
    with Kept(None) as kept:
        societies = trying.Societies(findings.space, kept, 1)
        for trial in given_up:
            societies.live([trial.point], first)
            readings = societies.readings(trial.point, first)
            full = Collapse().sum_up(findings.space, trial.point, readings, range(12))
            assert any(
                t.whole and t.values[0] <= full.across and t.values[1] <= full.up
                for t in findings.trials
            )


def test_a_weight_doubled_can_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up(monkeypatch)
    findings = search(asked(trials=100, share=0.5))
    chosen_one = findings.answer
    assert chosen_one is not None
    for item, other in findings.doubled.items():
        assert other is not None
        dearer = chosen_one.checked.across + chosen_one.checked.parts[item]
        assert other.checked.across + other.checked.parts[item] <= dearer


# --- what is shown --------------------------------------------------------------------------------


def numbers_of(labels: Iterable[Text]) -> list[int]:
    """Return the numbers that labels such as 1 and 3-5 stand for."""
    ends = [[int(end) for end in label.get_text().split("\N{EN DASH}")] for label in labels]
    return [number for found in ends for number in range(found[0], found[-1] + 1)]


@pytest.mark.parametrize(
    ("points", "labels"),
    [
        ([(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)], ["1", "2", "3"]),
        ([(0.0, 0.0), (0.98, 1.0), (0.99, 1.0), (1.0, 1.0)], ["1", "2\N{EN DASH}4"]),
        ([(0.0, 0.0), (0.01, 0.0), (1.0, 1.0)], ["1\N{EN DASH}2", "3"]),
        ([(0.5, 0.5)], ["1"]),
        ([], []),
    ],
)
def test_points_that_lie_close_together_share_one_label(
    points: list[tuple[float, float]], labels: list[str]
) -> None:
    chart = Figure().add_subplot()
    chart.plot([0.0, 1.0], [0.0, 1.0])
    draw.number(chart, points)
    assert [text.get_text() for text in chart.texts] == labels


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("goal", ["cheapest", "collapse"])
def test_the_figure_names_its_command_and_colours_the_colour_blind_tell_apart(
    goal: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up(monkeypatch)
    findings = search(asked(goal=goal, trials=60, share=0.5))
    figure = draw.draw(findings, language, "thermidor search --goal $x")
    assert "thermidor search --goal" in figure.get_supxlabel()
    (chart,) = figure.axes
    used = {to_hex(line.get_color()).upper() for line in chart.get_lines()}
    assert used <= {"#0072B2", "#D55E00", "#009E73", "#E69F00", "#999999"}
    assert numbers_of(chart.texts) == list(range(1, len(findings.best) + 1))


@pytest.mark.parametrize("goal", ["cheapest", "collapse"])
def test_every_sentence_can_be_told_in_both_languages(
    goal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up(monkeypatch)
    findings = search(asked(goal=goal, trials=60, share=0.5))
    assert len(list(display.told(findings, "en"))) == len(list(display.told(findings, "ru"))) >= 5
    nothing = replace(findings, answer=None)
    assert len(list(display.told(nothing, "ru"))) == 6


# --- the command, end to end ----------------------------------------------------------------------

TINY = [
    "--workers-count=60",
    "--months=24",
    *(f"--set=population.{name}={value}" for name, value in SMALL.items() if name != "workers"),
    "--people=uniform",
    "--trials=8",
    "--members=3",
    "--check=4",
]


def command(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words), catch_exceptions=False)


def same_table(one: Path, other: Path) -> bool:
    tables = [pd.read_csv(path / "frontier.csv", comment="#") for path in (one, other)]
    return tables[0].equals(tables[1])


def test_a_search_from_end_to_end(tmp_path: Path) -> None:
    out = tmp_path / "found"
    words = ["search", "--goal=cheapest", "--share=0.1", *TINY, f"--out={out}"]
    result = command(*words, "--over=rules.openness", "--over=rules.council_power")
    assert result.exit_code == 0, result.output
    names = {path.name for path in out.iterdir()}
    assert {"frontier.csv", "trials.csv", "search.json", "frontier.png"} <= names
    told_ = json.loads((out / "search.json").read_text())
    assert told_["levers"] == ["rules.openness", "rules.council_power"]
    assert told_["command"].startswith("thermidor search --goal=cheapest")
    table = pd.read_csv(out / "frontier.csv", comment="#")
    assert len(pd.read_csv(out / "trials.csv", comment="#")) == 8
    first = out / "frontier-1.toml"
    row = table[table["place"] == 1].iloc[0]
    assert load_scenario(first).rules.openness == row["rules.openness"]
    assert tomllib.loads(first.read_text())["months"] == 24
    assert command("run", str(first)).exit_code == 0
    assert ("recommended.toml" in names) == (told_["recommended"] is not None)


def test_two_processes_find_what_one_does(tmp_path: Path) -> None:
    for count in (1, 2):
        words = [*TINY, "--goal=collapse", f"--processes={count}", f"--out={tmp_path / str(count)}"]
        assert command("search", *words).exit_code == 0
    assert same_table(tmp_path / "1", tmp_path / "2")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--goal=cheapst"], "did you mean cheapest?"),
        (["--over=openness"], "did you mean rules.openness?"),
        (["--base=workers-democracie"], "did you mean workers-democracy?"),
        (["--people=unifrom"], "did you mean uniform?"),
    ],
)
def test_a_slip_is_told_with_code_two_and_leaves_no_folder(
    words: list[str], hint: str, tmp_path: Path
) -> None:
    result = command("search", *words, f"--out={tmp_path / 'found'}")
    assert result.exit_code == 2
    assert hint in " ".join(result.output.split())
    assert not (tmp_path / "found").exists()


def test_costs_are_printed_to_be_edited() -> None:
    printed = command("search", "--print-costs")
    assert tomllib.loads(printed.output) == prices.load_costs()


def test_costs_are_not_printed_for_a_goal_that_does_not_exist() -> None:
    refused = command("search", "--print-costs", "--goal=cheapst")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "Error: cheapst is no goal; did you mean cheapest?\n"
