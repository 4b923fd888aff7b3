"""The atlas: maps that can be read, repeated exactly, and played without a server."""

import gzip
import json
import random
import re
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from thermidor.cli import app
from thermidor.dashboard.atlas.answers import answers
from thermidor.dashboard.atlas.page import STATIC, page
from thermidor.dashboard.atlas.recording import record
from thermidor.dashboard.atlas.societies import societies
from thermidor.dashboard.lessons import packs
from thermidor.dashboard.runs import compute
from thermidor.dashboard.session import Session
from thermidor.dashboard.stage import Stage
from thermidor.dashboard.story import STEPS
from thermidor.experiments.atlas import building
from thermidor.experiments.atlas.plan import Plan, load_plan
from thermidor.experiments.atlas.reading import control, edge, prevailing, read
from thermidor.experiments.atlas.shipped import atlas
from thermidor.experiments.pool import Job, simulate
from thermidor.model.verdict import CONTROLLED, REGIMES
from thermidor.scenarios import load_scenario, names

SHORT = "paris-commune-1871"  # three months
SMALL = Plan(
    bases=(SHORT,),
    pairs=(("openness", "recall_threshold"),),
    values={"openness": (0.0, 0.5, 1.0), "recall_threshold": (0.3, None)},
    replicates=2,
    seed=1,
)
GOOD, BAD = "workers_democracy", "restoration"


# --- maps -----------------------------------------------------------------------------------------


def test_a_cell_without_a_most_frequent_regime_is_split_whatever_the_order() -> None:
    assert prevailing([GOOD, BAD, BAD]) == BAD
    assert prevailing([GOOD, BAD]) == prevailing([BAD, GOOD]) == "split"


def test_control_counts_both_democracies_and_nothing_else() -> None:
    assert control(["struggling_democracy", GOOD, BAD, "contested"]) == 0.5


def test_a_map_where_one_rule_decides_is_read_so() -> None:
    cells = [[BAD, BAD], [BAD, GOOD], [GOOD, GOOD]] * 2  # control grows from left to right
    found = read(cells, 3, {"needs_met": [0.1, 0.2, 0.3, 0.5, 0.6, 0.7]})
    assert found["prevailing"] == {BAD: 2, "split": 2, GOOD: 2}
    assert found["held_cells"] == 2
    assert found["along"]["x"] == {"control": [0.0, 1.0], "needs_met": [0.3, 0.5]}
    assert found["along"]["y"] == {"control": [0.5, 0.5], "needs_met": [0.2, 0.6]}
    assert found["lost"] == {"x": ["low", 1], "y": None}
    assert found["held"] == {"x": ["high", 2], "y": None}


def test_of_two_ends_the_longer_stretch_is_told() -> None:
    assert edge([True, False, True, True]) == ["high", 2]
    assert edge([True, True, False, True]) == ["low", 1]


def test_the_same_maps_give_the_same_bytes_and_an_interrupted_build_goes_on(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    first = building.build(SMALL, tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (12, 12)
    again = building.build(SMALL, tmp_path)
    other = building.build(SMALL, tmp_path / "elsewhere")
    assert building.written(first) == building.written(again) == building.written(other)


def test_every_map_of_the_plan_is_shipped_with_all_its_societies() -> None:
    plan, shipped = load_plan(), atlas()
    places = [
        (base["name"], one["x"], one["y"]) for base in shipped["bases"] for one in base["maps"]
    ]
    assert places == [(place.base, place.x, place.y) for place in plan.places()]
    assert shipped["regimes"] == list(REGIMES)
    for base in shipped["bases"]:
        for one in base["maps"]:
            cells = len(plan.values[one["x"]]) * len(plan.values[one["y"]])
            lengths = {len(one[name]) for name in ("regimes", "needs_met", "taken", "since")}
            assert lengths == {cells}
            assert {len(ends) for ends in one["regimes"]} == {plan.replicates}
            assert sum(one["reading"]["prevailing"].values()) == cells


def test_some_cells_computed_again_are_as_shipped() -> None:
    plan, shipped = load_plan(), atlas()
    chance = random.Random()  # other cells each time
    for place in chance.sample(list(plan.places()), 3):
        base = next(one for one in shipped["bases"] if one["name"] == place.base)
        kept = next(one for one in base["maps"] if (one["x"], one["y"]) == (place.x, place.y))
        design = building.design_of(plan, place)
        cell = chance.randrange(design.points)
        outcomes = [
            simulate(Job(0, design.scenario(cell), seed))
            for seed in shipped["seeds"][: plan.replicates]
        ]
        ends = "".join(str(REGIMES.index(one.verdict.regime)) for one in outcomes)
        met = np.mean([one.values[-12:, one.columns.index("needs_met")].mean() for one in outcomes])
        lost = [one.verdict.onset for one in outcomes if one.verdict.regime not in CONTROLLED]
        where = f"{place.name}, cell {cell}"
        assert kept["regimes"][cell] == ends, where
        assert kept["needs_met"][cell] == pytest.approx(met, abs=0.00051), where
        assert kept["since"][cell] == (float(np.median(lost)) if lost else None), where


# --- the page without a server --------------------------------------------------------------------


def test_a_recording_holds_what_a_server_would_send() -> None:
    session = Session(load_scenario(SHORT))
    packed = record({"one": session})["one"]
    assert packed == record({"one": session})["one"]
    whole = gzip.decompress(packed)
    length = int.from_bytes(whole[:4], "little")
    header, body = json.loads(whole[4 : 4 + length]), whole[4 + length :]
    chunk = compute(session.key, 0, 4)
    assert header["measures"] == chunk.measures
    assert header["layout"] == json.loads(json.dumps(chunk.layout))
    values = np.frombuffer(body[: len(chunk.values)], "<f4").reshape(-1, 4).T
    assert np.array_equal(values, np.frombuffer(chunk.values, "<f4").reshape(4, -1), equal_nan=True)
    people = np.frombuffer(body[-len(chunk.people) :], "u1").reshape(-1, 4).T
    assert people.tobytes() == chunk.people


def test_every_society_that_the_story_or_a_lesson_opens_is_recorded() -> None:
    recorded = {session.key.name() for session in societies().values()}
    assert len(recorded) == len(societies())
    assert recorded >= {load_key(name) for name in names()}
    assert recorded >= {step.key().name() for step in STEPS}
    for pack in map(packs.find, packs.names()):
        assert recorded >= {pack.session(state).key.name() for state in pack.states}


def test_corners_of_maps_are_recorded_with_a_seed_that_ends_as_most_did() -> None:
    corners = [one for one in societies().values() if one.seed != 1]
    assert corners
    for session in corners:
        base = next(one for one in atlas()["bases"] if one["name"] == session.scenario.name)
        one, rules, values = base["maps"][0], session.rules_at(0), atlas()["values"]
        row, column = (values[one[axis]].index(getattr(rules, one[axis])) for axis in "yx")
        regimes = one["regimes"][row * len(values[one["x"]]) + column]
        ended = regimes[atlas()["seeds"].index(session.seed)]
        assert regimes.count(ended) == max(map(regimes.count, regimes))


def load_key(name: str) -> object:
    return Session.from_search(f"?scenario={name}").key.name()


def test_answers_kept_are_those_of_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thermidor.dashboard.atlas.answers.RUNS", 1)
    monkeypatch.setattr("thermidor.dashboard.atlas.answers.STEPS", STEPS[:1])
    kept = answers()
    assert list(kept) == ["any", "en", "ru"]
    assert kept["any"]["map.atlas"]["atlas"] == atlas()
    told = kept["any"][f"learn.told run=0 step={STEPS[0].name}"]
    assert (told["kind"], told["run"]) == ("learn.told", 0)
    titles = {code: kept[code]["teach.list"]["packs"][0]["title"] for code in ("en", "ru")}
    assert titles["en"] != titles["ru"]


def test_the_page_holds_all_it_needs_and_asks_for_nothing() -> None:
    text = page({"one": Session(load_scenario(SHORT))}, {"one": b"packed"}, {})
    assert "default-src 'none'" in text
    assert not re.findall(r"<(?:link|img|iframe)\b|\bsrc=|@import|url\(", text)
    openings, endings = (len(re.findall(tag, text)) for tag in ("<script[ >]", "</script>"))
    assert openings == endings == 4
    assert "export default" not in text
    packed = re.search(r'id="data">([^<]+)</script>', text)[1]
    told = json.loads(gzip.decompress(b64decode(packed)))
    assert told["states"]["one"]["scenario"] == SHORT
    assert list(told["words"]) == ["en", "ru"]


def test_the_player_answers_only_by_what_stands_in_the_file() -> None:
    player = (STATIC / "player.js").read_text(encoding="utf-8")
    assert not re.findall(r"\bfetch\(|XMLHttpRequest|WebSocket|import\b", player)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "name the file to write"),
        (["--out", "{folder}"], "is a folder, not a file"),
        (["--out", "{file}/atlas.html"], "cannot write|is a file, not a folder"),
        (["--build", "--maps", "{folder}"], "is a folder, not a file"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_run(
    options: list[str], said: str, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    given = [option.format(folder=tmp_path, file=file) for option in options]
    answer = CliRunner().invoke(app, ["atlas", *given, "--runs", str(tmp_path / "runs")])
    assert answer.exit_code == 2
    assert re.search(said, " ".join(answer.output.split()))
    assert "Traceback" not in answer.output


def test_reading_the_atlas_loads_nothing_of_the_model() -> None:
    code = (
        "import sys; from thermidor.dashboard.parts.map import Map, atlas; atlas();"
        "assert not {'numba', 'thermidor.model.society'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_map_sends_the_atlas_and_refuses_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    stage, sent = Stage(Session()), []
    monkeypatch.setattr(stage, "send", lambda content, buffers=None: sent.append(content))
    stage._answer(stage, {"kind": "map.atlas"}, [])
    stage._answer(stage, {"kind": "map.secrets"}, [])
    assert [one["kind"] for one in sent] == ["map.atlas", "map.failed"]
    assert sent[0]["atlas"] == atlas()


def test_every_society_of_a_map_can_be_opened() -> None:
    for base in atlas()["bases"]:
        for seed in atlas()["seeds"]:
            session = Session.from_search(f"?scenario={base['name']}&seed={seed}")
            assert (session.complaint, session.seed) == ("", seed)
