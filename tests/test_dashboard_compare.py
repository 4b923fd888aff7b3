"""Compare without a browser: the right society, what differs, pairs that agree with `compare`."""

import re
import shlex
from concurrent.futures import Future
from typing import Any

import numpy as np
import pytest
from runs import PEOPLE

from thermidor.cli import app
from thermidor.dashboard import replicates
from thermidor.dashboard.frames import RunKey, Schedule
from thermidor.dashboard.parts.compare import MOST_PAIRS
from thermidor.dashboard.reproduce import pairs as pairs_line
from thermidor.dashboard.session import Session
from thermidor.dashboard.short import course_months
from thermidor.dashboard.stage import Stage
from thermidor.experiments.comparison import compare
from thermidor.experiments.intervals import share_interval
from thermidor.experiments.pool import Job, simulate
from thermidor.experiments.sparklines import MAIN
from thermidor.experiments.wording import number
from thermidor.model.scenario import Scenario
from thermidor.model.society import Society
from thermidor.scenarios import load_scenario


class Immediate:
    """A computer that computes at once, where it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []

    def task(self, name: Any, function: str, *arguments: Any) -> Future[Any]:
        self.asked.append((function, name))
        done: Future[Any] = Future()
        done.set_result(getattr(replicates, function.partition(":")[2])(*arguments))
        return done


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Any:
    session = Session()
    session.scenario = small()
    stage = Stage(session, computer=Immediate())
    stage.sent = []
    monkeypatch.setattr(stage, "send", lambda content, buffers=None: stage.sent.append(content))
    at_once = lambda future, send, refuse, wanted: send(future.result()) if wanted() else None  # noqa: E731
    monkeypatch.setattr(stage, "later", at_once)
    return stage


def small(name: str = "workers-democracy", **changes: Any) -> Scenario:
    return load_scenario(name).replace(population=PEOPLE, months=30, **changes)


def ask(stage: Any, kind: str, **content: Any) -> dict[str, Any]:
    stage._answer(stage, {"kind": f"compare.{kind}", **content}, [])
    return stage.sent[-1]


# --- the society on the right


def test_the_right_society_has_the_seed_and_length_of_the_left_one(stage: Any) -> None:
    stage.session.reseed(7)
    state = ask(stage, "state")["state"]
    assert (state["seed"], state["months"]) == (7, 30)
    assert state["scenario"] == "nomenklatura"


def test_until_one_is_chosen_the_right_society_is_the_left_one_unchanged(stage: Any) -> None:
    stage.session.choose("porto-alegre")
    assert ask(stage, "state")["notes"] == {"right": "workers-democracy", "rules": ""}
    stage.session.change("openness", 0.2, 0)
    told = ask(stage, "state")
    assert told["notes"] == {"right": "porto-alegre", "rules": ""}
    assert [one["path"] for one in told["differences"]] == ["rules.openness"]


def test_what_differs_are_exactly_the_rules_that_differ_with_both_values(stage: Any) -> None:
    stage.session.choose("workers-democracy")
    ask(stage, "same")
    assert ask(stage, "state")["differences"] == []
    found = ask(stage, "rule", name="recall_threshold", value=None, month=0)["differences"]
    assert found == [
        {
            "path": "rules.recall_threshold",
            "label": "Signatures for a recall",
            "left": "30%",
            "right": "no recall",
        }
    ]


def test_the_right_society_stands_in_the_url(stage: Any) -> None:
    ask(stage, "scenario", name="kibbutz-1985")
    ask(stage, "rule", name="openness", value=0.25, month=0)
    ask(stage, "rule", name="wage_cap", value=None, month=0)
    search = stage.session.search()
    again = Session.from_search(search)
    assert again.notes["compare.right"] == "kibbutz-1985"
    assert again.notes["compare.rules"] == "openness=0.25&wage_cap=none"


def test_a_link_replaces_what_was_noted_of_its_view_and_nothing_else() -> None:
    session = Session.from_search("?compare.rules=openness=0.1&compare.pairs=40&map.x=openness")
    session.open("?view=compare&compare.right=nomenklatura")
    assert session.notes == {"compare.right": "nomenklatura", "map.x": "openness"}


def test_a_change_of_either_side_is_another_right_run_only_where_it_is_one(stage: Any) -> None:
    first = ask(stage, "scenario", name="nomenklatura")["state"]["generation"]
    stage.session.change("openness", 0.2, 0)
    assert ask(stage, "state")["state"]["generation"] == first
    stage.session.reseed(9)
    assert ask(stage, "state")["state"]["generation"] == first + 1


def test_a_rule_of_the_right_society_changed_on_the_way_keeps_what_came_before(stage: Any) -> None:
    stage.session.choose("workers-democracy")
    ask(stage, "same")
    told = ask(stage, "rule", name="openness", value=0.1, month=12)
    assert told["differences"] == []
    assert told["state"]["schedule"] == [[12, {"openness": 0.1}]]
    assert told["state"]["kept_until"] == 12
    assert "--at-b 12:openness=0.1" in told["command"]
    assert ask(stage, "state")["state"]["kept_until"] == -1


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("scenario", {"name": "/etc/passwd"}),
        ("rule", {"name": "openness", "value": 7, "month": 0}),
        ("rule", {"name": "glasnost", "value": 0.5, "month": 0}),
        ("rule", {"name": "openness", "value": 0.5, "month": "soon"}),
        ("pair", {"index": MOST_PAIRS}),
        ("pair", {"index": -1}),
        ("pair", {"index": "first"}),
        ("summary", {"pairs": 3}),
        ("nonsense", {}),
    ],
)
def test_a_wrong_message_is_answered_by_a_sentence(
    stage: Any, kind: str, content: dict[str, Any]
) -> None:
    ask(stage, "state")
    answer = ask(stage, kind, **content)
    assert answer["kind"] == "compare.failed"
    assert len(answer["reason"]) > 10
    assert stage.computer.asked == []
    assert not stage.session.notes


def test_what_a_link_says_and_cannot_be_read_is_told_and_left_out(stage: Any) -> None:
    stage.session.note("compare.right", "no-such-scenario")
    stage.session.note("compare.rules", "openness=0.25")
    state = ask(stage, "state")["state"]
    assert "no-such-scenario" in state["complaint"]
    assert state["schedule"] == [[0, {"openness": 0.25}]]


# --- pairs


def test_pairs_and_their_sum_agree_with_the_command_line() -> None:
    left, right = RunKey(small(), 3), RunKey(small("nomenklatura"), 3)
    pairs = [replicates.pair(left, right, index) for index in range(4)]
    told = replicates.sum_up_pairs(left, right, pairs)
    expected = compare(left.scenario, right.scenario, seed=3, replicates=4)
    assert told["control"] == expected.control
    assert told["chance"] == expected.chance
    held = (expected.control["a"], expected.control["b"])
    assert told["held"] == [share_interval(count, 4) for count in held]
    for language in ("en", "ru"):
        assert expected.sentence(language).endswith(told["sentence"][language])
    for row in told["differences"]:
        theirs = expected.differences.loc[row["measure"]]
        for column in ("a", "b", "difference", "low", "high", "higher", "lower", "equal"):
            assert row[column] == pytest.approx(theirs[column], rel=1e-12, abs=1e-12)
    courses = [np.frombuffer(one.course, dtype="<f4").reshape(-1, len(MAIN)) for one in pairs[2]]
    for side, result in enumerate((expected.a, expected.b)):
        run = result.history[result.history["replicate"] == 2].set_index("month")
        assert np.allclose(courses[side], run.loc[course_months(30), list(MAIN)], atol=1e-6)


def test_a_rule_changed_on_the_way_is_changed_in_every_pair() -> None:
    schedule: Schedule = ((0, (("openness", 0.5),)), (17, (("recall_threshold", None),)))
    made = replicates.one(RunKey(small(), 5, schedule), 0)
    society = Society(small(rules={"openness": 0.5}), rng=5)
    society.run_for(17)
    society.replace_rules(recall_threshold=None)
    society.run_for(13)
    history = society.history().set_index("month")
    course = np.frombuffer(made.course, dtype="<f4").reshape(-1, len(MAIN))
    assert np.allclose(course, history.loc[course_months(30), list(MAIN)], atol=1e-6)
    unchanged = simulate(Job(0, small(rules={"openness": 0.5}), 5))
    assert not np.array_equal(unchanged.values[17:], society.history().to_numpy()[17:])


def test_pairs_are_shared_by_name_and_those_of_another_society_are_forgotten(stage: Any) -> None:
    ask(stage, "state")
    for index in (0, 1):
        assert ask(stage, "pair", index=index)["index"] == index
    assert ask(stage, "summary", pairs=2)["pairs"] == 2
    names = {name for _, name in stage.computer.asked}
    assert len(names) == 3
    stage.session.reseed(2)
    assert "have not been made yet" in ask(stage, "summary", pairs=2)["reason"]


def test_the_command_shown_makes_the_same_two_scenarios() -> None:
    left, right = Session(), Session.from_search("?scenario=mondragon&openness=0.25&wage_cap=none")
    right.scenario = right.scenario.replace(months=left.scenario.months)
    words = shlex.split(pairs_line(left, right, 20))
    assert words[:4] == ["thermidor", "compare", "workers-democracy", "mondragon"]
    settings = [words[place + 1] for place, word in enumerate(words) if word == "--set-b"]
    assert settings == ["rules.openness=0.25", "rules.wage_cap=none"]
    assert re.search(r"--months 240 --seed 1 --replicates 20$", shlex.join(words))


def test_the_command_shown_tells_of_the_same_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    left = Session.from_search("?scenario=paris-commune-1871&openness=0.2&at=1:wage_cap=none")
    right = Session.from_search("?scenario=paris-commune-1871&at=2:openness=0.9")
    left.behave(7)
    right.behave(7)
    keys = left.key, right.key
    found = replicates.sum_up_pairs(*keys, [replicates.pair(*keys, index) for index in range(2)])
    words = shlex.split(pairs_line(left, right, 2))
    assert "--at-a" in words
    with pytest.raises(SystemExit) as left_by:
        app(words[1:], standalone_mode=True)
    assert left_by.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    assert found["sentence"]["en"] in told
    for row in found["differences"]:
        if row["measure"] in ("needs_met", "trust"):
            assert number(row["a"], "en", 3) in told
            assert number(row["b"], "en", 3) in told
