"""What Explore asks of the server, without a browser."""

import json
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from thermidor.agents.explain import explain_office, explain_worker
from thermidor.cli import app
from thermidor.dashboard import explaining, runs
from thermidor.dashboard.compute import call
from thermidor.dashboard.explaining import explained
from thermidor.dashboard.frames import RunKey
from thermidor.dashboard.gallery import SEEDS, course, research
from thermidor.dashboard.known import known
from thermidor.dashboard.parts.explore import known_in
from thermidor.dashboard.reproduce import command, file_name, toml
from thermidor.dashboard.runs import compute
from thermidor.dashboard.session import Session
from thermidor.dashboard.stage import Stage, words_in
from thermidor.model.declaration import ParameterError
from thermidor.model.parameters import Rules
from thermidor.model.society import Society
from thermidor.scenarios import load_scenario, names
from thermidor.texts import languages


class Here:
    """A computer that computes at once, in this process."""

    def of_run(self, key: RunKey, function: str, *arguments: Any) -> Any:
        return Done(call, function, key, *arguments)


class Done:
    """A future that has come."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.error = None
        try:
            self.value = function(*arguments)
        except Exception as error:
            self.error = error

    def result(self) -> Any:
        if self.error:
            raise self.error
        return self.value


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    runs._RUNS.clear()
    explaining._PAST.clear()


@pytest.fixture
def key() -> RunKey:
    scenario = load_scenario("nomenklatura").replace(population={"workers": 200}, months=36)
    return RunKey(scenario, 1)


@pytest.fixture
def stage(key: RunKey, monkeypatch: pytest.MonkeyPatch) -> Stage:
    stage = Stage(Session(scenario=key.scenario), computer=Here())
    stage.told = []  # type: ignore[attr-defined]
    stage.send = lambda content, buffers=None: stage.told.append(content)  # type: ignore
    stage.later = lambda future, send, refuse, wanted: (  # type: ignore
        refuse(str(future.error)) if future.error else wanted() and send(future.result())
    )
    return stage


def test_the_page_says_what_the_library_says(key: RunKey) -> None:
    society = Society(key.scenario, rng=key.seed)
    society.run_for(12)
    for who, explain in (("office", explain_office), ("person", explain_worker)):
        told = explained(key, 12, who, 3, "ru")
        said = explain(society, 3, "ru")
        assert told["title"] == said.title
        assert [line for _, lines in told["blocks"] for line in lines] == [
            *said.knew,
            *said.compared,
            *said.did,
        ]


def test_looking_back_leaves_the_run_that_plays_where_it_is(key: RunKey) -> None:
    whole = compute(key, 0, 37)
    runs._RUNS.clear()
    compute(key, 0, 25)
    early = explained(key, 6, "office", 0, "en")
    assert runs.remembered(key).month == 24
    assert compute(key, 25, 12).values == whole.values[-len(whole.values) * 12 // 37 :]
    explaining._PAST.clear()
    assert explained(key, 6, "office", 0, "en") == early


def test_an_office_leads_to_its_holder_and_back(key: RunKey) -> None:
    held = explained(key, 12, "office", 0, "en")["other"]
    assert held >= 0
    assert explained(key, 12, "person", held, "en")["other"] == 0


def test_before_the_first_month_there_is_nothing_to_explain(key: RunKey) -> None:
    told = explained(key, 0, "person", 5, "en")
    assert "nothing to explain" in told["blocks"][0][1][0]


@pytest.mark.parametrize("who", ["office", "person"])
@pytest.mark.parametrize("row", [-1, 100_000])
def test_nobody_of_that_number_is_said_in_a_sentence(key: RunKey, who: str, row: int) -> None:
    with pytest.raises(ParameterError, match=f"There is no {who}"):
        explained(key, 3, who, row, "en")


def test_a_visitor_asks_and_is_told(stage: Stage) -> None:
    ask = {"kind": "explore.explain", "who": "person", "row": 7, "month": 5}
    stage._answer(None, ask, [])
    (answer,) = stage.told  # type: ignore[attr-defined]
    assert answer["kind"] == "explore.explained"
    assert (answer["who"], answer["row"], answer["month"]) == ("person", 7, 5)
    assert answer["blocks"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "explore.explain", "who": "worker", "row": 7, "month": 5},
        {"kind": "explore.explain", "who": "person", "row": 10**9, "month": 5},
        {"kind": "explore.explain", "who": "person", "row": "no", "month": 5},
        {"kind": "explore.explain", "who": "person"},
        {"kind": "explore.files", "path": "/etc/passwd"},
    ],
)
def test_a_wrong_question_gets_a_sentence(stage: Stage, wrong: dict[str, Any]) -> None:
    stage._answer(None, wrong, [])
    (answer,) = stage.told  # type: ignore[attr-defined]
    assert answer["kind"] == "explore.failed"
    assert answer["reason"]


# --- what is known before anything is computed


def test_the_pictures_of_the_scenarios_are_what_the_model_does() -> None:
    courses = known()["courses"]
    assert list(courses) == names(), "run python -m thermidor.dashboard.gallery"
    for name, place in (("councils-only", 1), ("soviet-1918", 4), ("paris-commune-1871", 0)):
        again = course(name, SEEDS[place])
        assert courses[name][place] == again, "run python -m thermidor.dashboard.gallery"


def test_every_rule_says_what_it_changes_and_on_what_research_it_rests() -> None:
    assert known()["research"] == json.loads(json.dumps(research()))
    for language in languages():
        told = known_in(language)
        assert set(told["research"]) == set(Rules.model_fields)
        assert set(words_in(language)["practice"]) == set(Rules.model_fields)
        for patterns in told["research"].values():
            assert all(one["name"] and one["what"] and one["sources"] for one in patterns)


def test_a_visitor_is_told_what_is_known_beforehand(stage: Stage) -> None:
    stage._answer(None, {"kind": "explore.known"}, [])
    (answer,) = stage.told  # type: ignore[attr-defined]
    assert answer["kind"] == "explore.known"
    assert len(answer["courses"]) == len(names())
    assert len(json.dumps(answer)) < 40_000


# --- what can be taken along


def taken_session() -> Session:
    session = Session.from_search("?scenario=nomenklatura&seed=3&openness=0.35&wage_cap=1.2")
    session.scenario = session.scenario.replace(months=36)
    session.change("recall_threshold", 0.3, 12)
    session.change("openness", 0.8, 12)
    session.change("wage_cap", None, 20)
    return session


def run_command(line: str, folder: Path, *more: str) -> pd.DataFrame:
    words = shlex.split(line)
    assert words[0] == "thermidor"
    done = CliRunner().invoke(app, [*words[1:], *more, "--out", str(folder)])
    assert done.exit_code == 0, done.output
    return pd.read_csv(folder / "history.csv", comment="#")


def test_the_command_on_the_page_gives_the_numbers_on_the_page(tmp_path: Path) -> None:
    session = taken_session()
    history = run_command(command(session), tmp_path, "--months=36")
    chunk = compute(session.key, 0, 37)
    shown = np.frombuffer(chunk.values, dtype="<f4").reshape(37, -1)[1:]
    assert set(chunk.measures) == set(history) - {"replicate", "seed", "month"}
    np.testing.assert_array_equal(shown, history[chunk.measures].to_numpy(dtype=np.float32))
    assert history["rule_openness"].iloc[0] == pytest.approx(0.35)
    assert history["rule_openness"].iloc[-1] != pytest.approx(0.35)


def test_the_file_on_the_page_runs_to_the_same_numbers(tmp_path: Path) -> None:
    session = taken_session()
    text = toml(session)
    file = tmp_path / f"{file_name(session)}.toml"
    file.write_text(text, encoding="utf-8")
    line = text.splitlines()[0].removeprefix("# ").replace(file.name, str(file))
    history = run_command(line, tmp_path / "file")
    again = run_command(command(session), tmp_path / "command", "--months=36")
    pd.testing.assert_frame_equal(history, again)


def test_a_scenario_as_it_is_keeps_its_name_and_story() -> None:
    session = Session.from_search("?scenario=mondragon&seed=2")
    assert file_name(session) == "thermidor-mondragon-2"
    assert "Basque" in toml(session)
    assert "Basque" not in toml(Session.from_search("?scenario=mondragon&openness=0.1"))


def test_a_visitor_is_given_what_may_be_taken_along(stage: Stage) -> None:
    stage._answer(None, {"kind": "explore.take"}, [])
    (answer,) = stage.told  # type: ignore[attr-defined]
    assert answer["command"].startswith("thermidor run nomenklatura --seed 1")
    assert "/" not in answer["file"]
