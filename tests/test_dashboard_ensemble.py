"""How sure, without a browser: runs that are those of `thermidor run`, bounded and shared."""

import shlex
from concurrent.futures import Future
from typing import Any

import numpy as np
import pytest
from runs import PEOPLE

from thermidor.dashboard import replicates
from thermidor.dashboard.frames import RunKey
from thermidor.dashboard.parts.ensemble import MOST_RUNS
from thermidor.dashboard.reproduce import many, opening
from thermidor.dashboard.session import Session
from thermidor.dashboard.stage import Stage
from thermidor.experiments.intervals import share_interval
from thermidor.experiments.runs import run
from thermidor.model.declaration import ParameterError
from thermidor.model.scenario import Scenario
from thermidor.scenarios import load_scenario
from thermidor.scenarios.ensemble import load_ensemble, member_of


class Quick:
    """A computer that makes up how runs ended and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def task(self, name: Any, function: str, *arguments: Any) -> Future[Any]:
        self.asked.append(name)
        done: Future[Any] = Future()
        summing = function.endswith("sum_up_runs")
        done.set_result({"runs": len(arguments[-1])} if summing else (1, "contested", 12))
        return done


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Any:
    stage = Stage(Session(), computer=Quick())
    stage.sent = []
    monkeypatch.setattr(stage, "send", lambda content, buffers=None: stage.sent.append(content))
    at_once = lambda future, send, refuse, wanted: send(future.result()) if wanted() else None  # noqa: E731
    monkeypatch.setattr(stage, "later", at_once)
    return stage


def small() -> Scenario:
    return load_scenario("nomenklatura").replace(population=PEOPLE, months=30)


def ask(stage: Any, kind: str, **content: Any) -> dict[str, Any]:
    stage._answer(stage, {"kind": f"ensemble.{kind}", **content}, [])
    return stage.sent[-1]


@pytest.mark.parametrize("ensemble", [False, True])
def test_runs_and_their_shares_agree_with_the_command_line(ensemble: bool) -> None:
    key = RunKey(small(), 4)
    ends = [replicates.ended(key, index, ensemble) for index in range(6)]
    expected = run(small(), seed=4, replicates=6, ensemble=ensemble)
    assert ends == [
        (seed, verdict.regime, verdict.onset)
        for seed, verdict in zip(expected.seeds, expected.verdicts, strict=True)
    ]
    told = replicates.sum_up_runs(key, ends)
    assert told["regimes"] == expected.probabilities().reset_index().to_dict("records")
    held = sum(verdict.controlled for verdict in expected.verdicts)
    assert told["held"]["runs"] == held
    assert (told["held"]["low"], told["held"]["high"]) == share_interval(held, 6)


def test_a_curve_ends_at_the_share_of_runs_that_ended_so() -> None:
    ends = [(1, "contested", 12), (2, "contested", 24), (3, "restoration", 30), (4, "contested", 3)]
    curves = replicates.sum_up_runs(RunKey(small(), 1), ends)["curves"]
    assert set(curves) == {"contested", "restoration"}
    assert curves["contested"]["share"][-1] == pytest.approx(0.75)
    assert curves["contested"]["median"] == 12
    assert curves["restoration"]["median"] is None
    assert np.all(np.diff(curves["contested"]["share"]) >= 0)


def test_runs_are_asked_for_one_by_one_under_names_that_visitors_share(stage: Any) -> None:
    begun = ask(stage, "begin", runs=100)
    assert begun["commands"][1] == f"{begun['commands'][0]} --ensemble"
    for source in ("chance", "behaviour"):
        for index in range(2):
            told = ask(stage, "run", source=source, index=index)
            assert (told["source"], told["index"], told["regime"]) == (source, index, "contested")
    assert len(set(stage.computer.asked)) == 4
    assert ask(stage, "summary", source="behaviour", runs=2)["runs"] == 2
    other = Stage(Session(), computer=stage.computer)
    other._answer(other, {"kind": "ensemble.run", "source": "chance", "index": 0}, [])
    assert len(set(stage.computer.asked)) == 5


def test_another_rule_forgets_the_runs_that_were_made(stage: Any) -> None:
    ask(stage, "run", source="chance", index=0)
    stage.session.change("openness", 0.2, 0)
    assert "not been made yet" in ask(stage, "summary", source="chance", runs=1)["reason"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("run", {"source": "chance", "index": MOST_RUNS}),
        ("run", {"source": "chance", "index": -1}),
        ("run", {"source": "luck", "index": 0}),
        ("run", {"source": "chance"}),
        ("summary", {"source": "chance", "runs": 10**9}),
        ("summary", {"source": "chance", "runs": 0}),
        ("nonsense", {}),
    ],
)
def test_a_wrong_message_is_answered_by_a_sentence(
    stage: Any, kind: str, content: dict[str, Any]
) -> None:
    answer = ask(stage, kind, **content)
    assert answer["kind"] == "ensemble.failed"
    assert len(answer["reason"]) > 10
    assert stage.computer.asked == []


# --- a member of the ensemble as a society of its own


def test_a_member_of_the_ensemble_can_be_opened_and_stands_in_the_url() -> None:
    session = Session.from_search("?scenario=nomenklatura&seed=4294967295&member=12")
    assert session.complaint == ""
    assert session.key.scenario == member_of(session.scenario, 12)
    assert "member=12" in session.search()
    again = Session()
    again.open(session.search())
    assert again.key.name() == session.key.name()
    again.behave(None)
    assert again.key.scenario.behaviour == session.scenario.behaviour
    assert load_ensemble()[12] == session.key.scenario.behaviour


@pytest.mark.parametrize("member", [-1, 10_000])
def test_a_member_that_there_cannot_be_is_refused(member: int) -> None:
    with pytest.raises(ParameterError, match="between 0 and"):
        Session().behave(member)


def test_the_command_shown_makes_the_same_runs() -> None:
    session = Session.from_search("?scenario=nomenklatura&seed=5&openness=0.5&wage_cap=2")
    words = shlex.split(many(session, 50, ensemble=True))
    assert words[:3] == ["thermidor", "run", "nomenklatura"]
    assert words.count("--set") == 2
    assert words[-5:] == ["--seed", "5", "--replicates", "50", "--ensemble"]
    session.behave(3)
    assert many(session, 50, ensemble=False).endswith("--replicates 50 --member 3")
    assert opening(session).behaviour == load_ensemble()[3]
