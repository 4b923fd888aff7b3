"""Societies of a search: who is met, how they are read; nothing computed is lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from searches import BARE, DEMOCRACY, SMALL, asked, made_up, told

from thermidor import Scenario, Society, load_scenario, run
from thermidor.experiments.search import conditions as holding
from thermidor.experiments.search import costs as prices
from thermidor.experiments.search import display, files, trying
from thermidor.experiments.search.goals import Cheapest, Collapse
from thermidor.experiments.search.kept import Kept
from thermidor.experiments.search.levers import all_rules, build, chosen
from thermidor.experiments.search.members import members
from thermidor.experiments.search.reading import AMOUNTS, Reading, Task, live
from thermidor.experiments.search.study import search
from thermidor.model.declaration import ParameterError
from thermidor.model.society import MEASURES
from thermidor.model.verdict import CONTROLLED
from thermidor.scenarios.ensemble import load_ensemble

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
