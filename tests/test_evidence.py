"""The evidence suite itself: what it calls met, what it keeps, and that it can say no."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from thermidor.experiments.evidence import report_ablation
from thermidor.experiments.evidence.ablation import (
    CHANCE,
    MECHANISMS,
    Ablation,
    ablate,
    lost,
    moved,
    named,
)
from thermidor.experiments.evidence.archive import code_of, key_of, load, save
from thermidor.experiments.evidence.judge import estimates, judge, shortfall
from thermidor.experiments.evidence.laboratory import carry_out, gather, tasks
from thermidor.experiments.evidence.pattern import Arm, Check, Means, Pattern, last_means, yearly
from thermidor.experiments.evidence.patterns import all_patterns
from thermidor.experiments.evidence.patterns.technique import note_elite
from thermidor.experiments.evidence.split import CALIBRATION, TEST
from thermidor.experiments.evidence.validate import chosen, validate
from thermidor.experiments.identity import digest_of
from thermidor.model.declaration import ParameterError
from thermidor.model.parameters import Behaviour, Population
from thermidor.model.scenario import Scenario
from thermidor.model.society import Society

SMALL = Scenario(population=Population(workers=60, workplace_size=10), months=30)


def arms() -> dict[str, Arm]:
    return {"greedy": Arm(SMALL, {"greed": 0.9}), "honest": Arm(SMALL, {"greed": 0.1})}


def difference(m: Means) -> dict[str, float]:
    return {"more": m["greedy"]["capture"] - m["honest"]["capture"]}


def pattern(*checks: Check) -> Pattern:
    return Pattern(
        id="P0",
        sources=(),
        varied="",
        held="",
        published="",
        arms=arms,
        statistics=difference,
        checks=checks or (Check("more", "the greedy take more", 0.0, None, surely=True),),
        note="",
    )


def readings(greedy: list[float], honest: list[float]) -> dict[str, dict[str, np.ndarray]]:
    return {
        "greedy": {"capture": np.array(greedy)},
        "honest": {"capture": np.array(honest)},
    }


def test_a_pattern_is_reproduced_only_where_every_check_is_met() -> None:
    kept, broken = Check("more", "", 0.0, None), Check("more", "", None, -1.0)
    found = readings([0.2, 0.3], [0.1, 0.1])
    assert judge(pattern(kept), found).verdict == "reproduced"
    assert judge(pattern(kept, broken), found).verdict == "partly"
    assert judge(pattern(broken), found).verdict == "not"


def test_a_sign_that_chance_may_turn_is_not_a_sign() -> None:
    near = readings([0.3, 0.0, 0.3, 0.0], [0.1, 0.1, 0.1, 0.1])
    assert judge(pattern(Check("more", "", 0.0, None)), near).verdict == "reproduced"
    assert judge(pattern(Check("more", "", 0.0, None, surely=True)), near).verdict == "not"


def test_a_statistic_that_cannot_be_computed_meets_nothing() -> None:
    nothing = readings([np.nan, np.nan], [0.1, 0.1])
    assert judge(pattern(Check("more", "", -9.0, 9.0)), nothing).verdict == "not"


def test_arms_share_their_chance_so_that_the_difference_is_sharper_than_its_parts() -> None:
    noise = np.random.default_rng(3).normal(0.0, 1.0, 50)
    paired = readings(list(noise + 0.1), list(noise))
    estimate = estimates(pattern(), paired)["more"]
    assert estimate.value == pytest.approx(0.1)
    assert estimate.high - estimate.low < 1e-9


@pytest.mark.parametrize(
    ("check", "value", "gap"),
    [
        (Check("x", "", 1.0, 3.0), 2.0, 0.0),
        (Check("x", "", 1.0, 3.0), 5.0, 1.0),
        (Check("x", "", None, -0.2), 0.0, 1.0),
        (Check("x", "", 0.0, None), -0.005, 0.5),
        (Check("x", "", 0.0, 1.0), float("nan"), 3.0),
    ],
)
def test_how_far_a_check_is_missed(check: Check, value: float, gap: float) -> None:
    assert shortfall(check, value) == pytest.approx(gap)


def test_a_check_that_excludes_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="excludes nothing"):
        Check("x", "anything goes")


def test_the_greedy_take_more_and_the_suite_sees_it() -> None:
    found = gather(list(carry_out(tasks([pattern()], 4, Behaviour()), 1)))
    assert judge(pattern(), found).verdict == "reproduced"


def test_an_arm_overrides_the_population_and_an_ablation_overrides_both() -> None:
    planned = list(tasks([pattern()], 1, Behaviour(greed=0.3), {"greed": 0.0, "greed_spread": 0.0}))
    assert {task.what.scenario.behaviour.greed for task in planned} == {0.0}
    planned = list(tasks([pattern()], 1, Behaviour(greed=0.3, fear=1.0)))
    assert [task.what.scenario.behaviour.greed for task in planned] == [0.9, 0.1]
    assert {task.what.scenario.behaviour.fear for task in planned} == {1.0}


def test_replicates_go_round_the_members_of_an_ensemble_alike_in_all_arms() -> None:
    members = [Behaviour(fear=1.0), Behaviour(fear=2.0)]
    planned = list(tasks([pattern()], 3, members))
    assert [t.what.scenario.behaviour.fear for t in planned] == [1.0, 2.0, 1.0, 1.0, 2.0, 1.0]


def test_deeds_from_outside_happen_after_the_month_they_are_set_for() -> None:
    def read(society: Society) -> dict[str, float]:
        audits = society.history()["audits"].to_numpy()
        return {"before": audits[:10].sum(), "in": audits[10], "after": audits[11:].sum()}

    quiet = SMALL.replace(rules={"audit_rate": 0.0, "amendable": False})
    acts = ((10, _audit_all), (11, _audit_none))
    lived = Pattern(
        "P0", (), "", "", "", lambda: {"a": Arm(quiet, {}, acts)}, dict, pattern().checks, "", read
    )
    (reading,) = carry_out(tasks([lived], 1, Behaviour()), 1)
    assert (reading.values["before"], reading.values["after"]) == (0.0, 0.0)
    assert reading.values["in"] > 0.0


def _audit_all(society: Society) -> None:
    society.replace_rules(audit_rate=1.0)


def _audit_none(society: Society) -> None:
    society.replace_rules(audit_rate=0.0)


def test_a_reader_who_looks_in_several_months_reads_their_mean() -> None:
    def read(society: Society) -> dict[str, float]:
        return {"month": float(society.month)}

    once = Pattern(
        "P0", (), "", "", "", lambda: {"a": Arm(SMALL)}, dict, pattern().checks, "", read
    )
    (last,), (mean,) = (
        carry_out(tasks([p], 1, Behaviour()), 1) for p in (once, replace(once, looks=5))
    )
    assert (last.values["month"], mean.values["month"]) == (30.0, 28.0)
    assert last.values["capture"] == mean.values["capture"]


def test_means_over_months_not_lived_through_are_refused() -> None:
    society = Society(SMALL, rng=1)
    society.run_for(5)
    with pytest.raises(ValueError, match="not all lived through"):
        last_means(society, 12)


def test_twelve_months_at_the_monthly_rate_make_the_yearly_risk() -> None:
    assert 1.0 - (1.0 - yearly(0.25)) ** 12 == pytest.approx(0.25)


def test_kept_readings_count_only_for_the_very_same_experiment(tmp_path: Path) -> None:
    planned = list(tasks([pattern()], 2, Behaviour()))
    other = list(tasks([pattern()], 2, Behaviour(greed=0.6, fear=3.0)))
    found = readings([0.1, 0.2], [0.0, 0.1])
    save(tmp_path, "P0", key_of(planned), found)
    kept = load(tmp_path, "P0", key_of(planned))
    assert kept is not None
    assert kept["greedy"]["capture"].tolist() == [0.1, 0.2]
    assert load(tmp_path, "P0", key_of(other)) is None
    whole = (tmp_path / "P0.npz").read_bytes()
    for half in (b"half a file", whole[: len(whole) // 2]):
        (tmp_path / "P0.npz").write_bytes(half)
        assert load(tmp_path, "P0", key_of(planned)) is None


def test_kept_readings_do_not_count_once_the_code_that_reads_has_changed() -> None:
    """What is called within the package counts too, and what a call is given."""
    source = code_of(noted)
    assert "def note_elite" in code_of(note_elite)
    assert "def code_of" in source
    assert "def digest_of" not in source, "outside the evidence; the model's fingerprint covers it"
    assert len({code_of(partial(noted, each=each)) for each in (1, 2)} | {source}) == 3


def noted(each: int = 0) -> Any:
    return code_of, digest_of, each


def test_an_interrupted_suite_goes_on_where_it_stopped(tmp_path: Path) -> None:
    whole = {j.pattern.id: j for j in validate(["P2", "P3"], 2, folder=tmp_path / "whole")}
    first = validate(["P2", "P3"], 2, folder=tmp_path)
    next(first)
    first.close()
    assert [path.name for path in tmp_path.glob("*.npz")] == ["P2.npz"]
    runs: list[int] = []
    rest = list(
        validate(
            ["P2", "P3"], 2, folder=tmp_path, progress=lambda done, planned: runs.append(planned)
        )
    )
    arms_left = sum(len(p.arms()) for p in chosen(["P3"]))
    assert set(runs) == {2 * arms_left}
    assert [j.checked for j in rest] == [whole[j.pattern.id].checked for j in rest]


def test_one_process_or_two_find_the_same() -> None:
    alone, together = (list(validate(["P3"], 2, processes)) for processes in (1, 2))
    assert [j.checked for j in alone] == [j.checked for j in together]


def test_an_unknown_pattern_is_named_with_the_valid_ones() -> None:
    with pytest.raises(ParameterError, match=r"P77 is no pattern; the patterns are P1, P2"):
        chosen(["P77"])


def test_every_pattern_is_fitted_to_or_judges_and_none_does_both() -> None:
    ids = [each.id for each in all_patterns()]
    assert len(ids) == len(set(ids))
    assert not set(CALIBRATION) & set(TEST)
    assert sorted([*CALIBRATION, *TEST]) == sorted(ids)


@pytest.mark.slow
def test_every_pattern_varies_something_and_judges_by_what_it_computes() -> None:
    for judgement in validate(replicates=2, processes=2):
        made = judgement.pattern.arms()
        assert len({(arm.scenario.hash(), *arm.behaviour, *arm.acts) for arm in made.values()}) > 1
        assert len(judgement.checked) == len(judgement.pattern.checks) > 0


def test_mechanisms_are_switched_off_by_values_that_are_allowed() -> None:
    for changes in MECHANISMS.values():
        Behaviour().replace(**changes)
    with pytest.raises(ParameterError, match="did you mean hearsay"):
        named(["hearsey"])


def test_without_greed_the_slope_of_audits_is_lost() -> None:
    whole, chance, without = ablate(["greed"], ["P2"], replicates=2)
    assert chance.mechanism == CHANCE
    assert [c.estimate for c in chance.judgements[0].checked] != [
        c.estimate for c in whole.judgements[0].checked
    ]
    assert without.judgements[0].verdict == "not"
    assert lost(whole, whole) == {}


def ablated(mechanism: str | None, sign: list[float], size: list[float]) -> Ablation:
    """Return the suite of one pattern with two checks: met as far as these are above zero."""
    rows = {
        "sign": judge(pattern(Check("more", "a sign", 0.0)), readings(sign, [0.0] * len(sign))),
        "size": judge(pattern(Check("more", "a size", 0.0)), readings(size, [0.0] * len(size))),
    }
    return Ablation(
        mechanism, tuple(replace(j, pattern=replace(j.pattern, id=i)) for i, j in rows.items())
    )


def test_a_check_is_surely_lost_only_where_intervals_have_nothing_in_common() -> None:
    whole = ablated(None, [1.0, 2.0, 3.0], [0.1, 0.2, 0.3])
    without = ablated("greed", [-1.0, -2.0, -3.0], [0.2, -0.3, -0.2])
    assert set(lost(whole, without)) == {"sign", "size"}
    assert set(moved([whole], without)) == {"sign"}
    lucky = ablated(CHANCE, [-3.0, -1.0, 1.0], [0.1, 0.2, 0.3])
    assert moved([whole, lucky], without) == {}


def test_the_page_of_ablation_tells_luck_from_loss() -> None:
    whole = ablated(None, [1.0, 2.0, 3.0], [-0.1, -0.2, -0.3])
    luck = ablated(CHANCE, [1.0, 2.0, 3.0], [0.3, 0.2, -0.3])
    greed = ablated("greed", [-1.0, -2.0, -3.0], [-0.1, -0.2, -0.3])
    talk = ablated("talk", [0.9, 2.1, 3.0], [-0.1, -0.2, -0.3])
    text = report_ablation.page([whole, luck, greed, talk], "thermidor ablate")
    assert "0 of 2 checks are lost and 1 gained" in text
    assert "(without P1, P2, " in text
    assert "| Greed | sign **more** |  |" in text
    assert "surely lost: Talk." in text
    assert "| size more | a size | above 0 | -0.2 | none |" in text
    assert "| sign more | a sign | 2 | Greed |  |  |" in text
    more = ablated("talk", [7.0, 8.0, 9.0], [-0.1, -0.2, -0.3])
    assert "| nothing | Talk |  |" in report_ablation.page([whole, luck, more], "x")
