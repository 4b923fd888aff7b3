"""The dashboard without a browser: frames, sessions, messages, the address it serves."""

import json
import re
import socket
from concurrent.futures import Future
from threading import Event
from typing import Any

import numpy as np
import pytest

from thermidor.dashboard import runs
from thermidor.dashboard.compute import Computer
from thermidor.dashboard.frames import (
    CO_OPTED,
    HELD,
    OFFICE_PLANES,
    TAKE_UNITS,
    Chunk,
    RunKey,
    Schedule,
)
from thermidor.dashboard.rules import GROUPS, controls
from thermidor.dashboard.runs import compute
from thermidor.dashboard.serve import DashboardError, check_address
from thermidor.dashboard.session import BEGINNING, MOST_NOTES, VIEWS, Session
from thermidor.dashboard.shared import page_script
from thermidor.dashboard.stage import FOLDER, SCRIPTS, STYLES, Stage, script, words_in
from thermidor.dashboard.state import state_of
from thermidor.model.declaration import ParameterError
from thermidor.model.parameters import Rules
from thermidor.model.society import Society
from thermidor.model.verdict import verdict
from thermidor.scenarios import load_scenario, names
from thermidor.texts import languages, table


def small_key(seed: int = 1, schedule: Schedule = ()) -> RunKey:
    scenario = load_scenario("workers-democracy").replace(population={"workers": 200}, months=48)
    return RunKey(scenario, seed, schedule)


def values(chunk: Chunk) -> np.ndarray:
    return np.frombuffer(chunk.values, dtype="<f4").reshape(chunk.count, len(chunk.measures))


def offices(chunk: Chunk, number: int) -> np.ndarray:
    shape = (chunk.count, len(OFFICE_PLANES), number)
    return np.frombuffer(chunk.offices, dtype=np.uint8).reshape(shape)


def people(chunk: Chunk, number: int) -> np.ndarray:
    return np.frombuffer(chunk.people, dtype=np.uint8).reshape(chunk.count, number)


@pytest.fixture(autouse=True)
def no_remembered_runs() -> None:
    runs._RUNS.clear()


def test_a_frame_tells_what_the_society_was_in_that_month() -> None:
    key = small_key()
    chunk = compute(key, 0, 13)
    society = Society(key.scenario, rng=key.seed)
    society.run_for(12)

    history = society.history()
    assert np.isnan(values(chunk)[0]).all()
    for name in ("needs_met", "capture", "participation"):
        shown = values(chunk)[1:, chunk.measures.index(name)]
        assert np.allclose(shown, history[name].to_numpy(), atol=1e-6)

    number = len(society.offices)
    diversion, flags, *_ = offices(chunk, number)[12]
    held = society.offices["holder"] >= 0
    assert ((flags & HELD) > 0).tolist() == held.tolist()
    assert ((flags & CO_OPTED) > 0).tolist() == (society.offices["co_opted"] > 0).tolist()
    assert np.abs(diversion / 255 - society.offices["diversion"] * held).max() <= 0.5 / 255 + 1e-9

    state = people(chunk, 200)[12]
    assert (state & 1).tolist() == (society.people["engaged"] > 0).astype(int).tolist()
    assert ((state & 2) > 0).tolist() == (society.people["office"] >= 0).tolist()
    met = np.clip(society.people["fulfilment"], 0, 1)
    assert np.abs((state >> 2) / 63 - met).max() <= 0.5 / 63 + 1e-9


def test_a_frame_tells_what_goes_astray_and_who_lives_on_whose_favours() -> None:
    scenario = load_scenario("councils-only").replace(population={"workers": 300}, months=60)
    key = RunKey(scenario, 1)
    chunk = compute(key, 0, 49)
    society = Society(key.scenario, rng=key.seed)
    society.run_for(48)
    held = society.offices["holder"] >= 0
    *_, favours, take = offices(chunk, len(society.offices))[48]
    assert np.abs(take / TAKE_UNITS - society.offices["take"] * held).max() <= 0.5 / TAKE_UNITS
    living = society.offices["co_opted"] > 0
    assert living.any()
    assert (favours[living] - 1).tolist() == society.offices["patron"][living].tolist()
    shielded = (society.offices["shielded"] > 0) & ~living
    assert shielded.any()
    assert set(favours[shielded]) == {1}
    assert not favours[~living & ~shielded].any()


def test_the_layout_says_who_works_where_and_who_stands_above_whom() -> None:
    layout = compute(small_key(), 0, 1).layout
    tiers = layout["office"]["tier"]
    assert layout["people"] == len(layout["dots"]) == len(layout["person"]["workplace"]) == 200
    assert set(tiers) == {0, 1, 2, 3}
    directors = [place for place, tier in enumerate(tiers) if tier == 0]
    assert {layout["office"]["workplace"][place] for place in directors} == set(
        layout["person"]["workplace"]
    )


def test_what_travels_as_text_is_plain_json() -> None:
    json.dumps(compute(small_key(), 0, 25).header(), allow_nan=False)


def test_months_asked_for_in_pieces_are_the_months_of_the_whole() -> None:
    whole = compute(small_key(), 0, 25)
    runs._RUNS.clear()
    first, second = compute(small_key(), 0, 11), compute(small_key(), 11, 14)
    assert first.values + second.values == whole.values
    assert first.offices + second.offices == whole.offices
    assert first.people + second.people == whole.people
    assert first.events + second.events == whole.events


def test_a_run_that_was_forgotten_is_replayed_from_its_seed() -> None:
    compute(small_key(), 0, 11)
    later = compute(small_key(), 11, 5)
    runs._RUNS.clear()
    again = compute(small_key(), 11, 5)
    assert (again.values, again.offices, again.people) == (
        later.values,
        later.offices,
        later.people,
    )
    earlier = compute(small_key(), 5, 3)
    assert earlier.count == 3


def test_a_rule_changed_in_mid_run_leaves_the_past_untouched() -> None:
    schedule = ((12, (("openness", 0.0), ("recall_threshold", None))),)
    before = compute(small_key(), 0, 25)
    after = compute(small_key(schedule=schedule), 0, 25)
    assert np.array_equal(values(before)[:13], values(after)[:13], equal_nan=True)
    assert not np.array_equal(values(before)[13:], values(after)[13:], equal_nan=True)
    column = after.measures.index("rule_openness")
    assert values(after)[12, column] == pytest.approx(0.9)
    assert values(after)[13, column] == pytest.approx(0.0)


def test_rules_changed_at_the_opening_hold_from_the_first_month() -> None:
    changed = compute(small_key(schedule=((0, (("automation", 0.9),)),)), 0, 3)
    column = changed.measures.index("rule_automation")
    assert values(changed)[1, column] == pytest.approx(0.9)


def test_other_seeds_are_other_histories() -> None:
    assert compute(small_key(1), 0, 13).values != compute(small_key(2), 0, 13).values


def test_a_verdict_is_given_after_a_year_and_where_it_changes() -> None:
    key = small_key()
    chunk = compute(key, 0, 25)
    society = Society(key.scenario, rng=key.seed)
    society.run_for(24)
    judged = verdict(society.history())
    months = [entry["month"] for entry in chunk.verdicts]
    assert months[0] == 12
    assert months == sorted(set(months))
    last = chunk.verdicts[-1]
    assert (last["regime"], last["onset"]) == (judged.regime, judged.onset)
    assert (last["indicators"], last["first_eroded"]) == (
        list(judged.indicators),
        judged.first_eroded,
    )


def test_a_society_of_three_months_is_judged_at_its_end() -> None:
    scenario = load_scenario("paris-commune-1871")
    chunk = compute(RunKey(scenario, 1), 0, scenario.months + 1)
    society = Society(scenario, rng=1)
    society.run_for(scenario.months)
    assert scenario.months < 12
    told = [(entry["month"], entry["regime"]) for entry in chunk.verdicts]
    assert told == [(scenario.months, verdict(society.history()).regime)]


def test_equal_requests_share_one_computation_and_the_cache_is_bounded() -> None:
    computer = Computer(processes=1, kept=3)
    try:
        first = computer.frames(small_key(), 0, 5)
        assert computer.frames(small_key(), 0, 5) is first
        for start in (5, 10, 15):
            computer.frames(small_key(), start, 5)
        assert len(computer._cache) == 3
        assert computer.frames(small_key(), 0, 5) is not first
        assert first.result(timeout=300).values == compute(small_key(), 0, 5).values
    finally:
        computer.shut_down()


def test_what_grows_in_the_background_is_computed_once_and_elsewhere() -> None:
    computer = Computer(processes=1)
    try:
        first = computer.task("x", "dashboard.frames:plain", (1, 2))
        assert computer.task("x", "dashboard.frames:plain", (1, 2)) is first
        assert first.result(timeout=300) == [1, 2]
        seen = computer.of_run(small_key(), "dashboard.runs:compute", 0, 5)
        assert seen.result(timeout=300).values == compute(small_key(), 0, 5).values
    finally:
        computer.shut_down()


# --- sessions


def test_two_visitors_do_not_touch() -> None:
    one, other = Session(), Session()
    one.change("openness", 0.1, 0)
    one.speak("ru")
    assert other.schedule == ()
    assert other.language == "en"
    assert other.rules_at(0) == other.scenario.rules


def test_a_change_forgets_what_was_changed_later() -> None:
    session = Session()
    session.change("openness", 0.5, 100)
    session.change("wage_cap", None, 40)
    assert session.schedule == ((40, (("wage_cap", None),)),)
    assert session.kept_until == 40
    assert session.generation == 2


def test_a_change_taken_back_is_no_change() -> None:
    session = Session()
    session.change("openness", 0.5, 12)
    session.change("openness", session.scenario.rules.openness, 12)
    assert session.schedule == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [("opennes", 0.1), ("openness", 1.5), ("openness", "much"), ("term_months", 0)],
)
def test_a_wrong_rule_is_refused_and_changes_nothing(name: str, value: Any) -> None:
    session = Session()
    with pytest.raises(ParameterError):
        session.change(name, value, 0)
    assert (session.schedule, session.generation) == ((), 0)


def test_the_url_restores_a_session() -> None:
    session = Session()
    session.choose("nomenklatura")
    session.reseed(7)
    session.speak("ru")
    session.change("openness", 0.75, 0)
    session.change("recall_threshold", 0.2, 60)
    session.change("recall_reach", "delegates", 60)
    again = Session.from_search(session.search())
    assert again.key.name() == session.key.name()
    assert (again.scenario.name, again.language) == ("nomenklatura", "ru")


def test_a_view_and_what_it_keeps_stand_in_the_url() -> None:
    session = Session()
    session.show("compare")
    session.note("compare.right", "nomenklatura")
    session.note("learn.step", "3")
    session.note("learn.step", "")
    assert session.search() == (
        "?view=compare&scenario=workers-democracy&seed=1&lang=en&compare.right=nomenklatura"
    )
    again = Session.from_search(session.search())
    assert (again.view, again.notes) == ("compare", {"compare.right": "nomenklatura"})
    assert session.generation == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("explore", "1"), ("compare.", "1"), ("other.right", "1"), ("map.cell", "x" * 401)],
)
def test_what_is_no_note_is_refused(name: str, value: str) -> None:
    session = Session()
    with pytest.raises(ParameterError):
        session.note(name, value)
    assert session.notes == {}


def test_a_visitor_keeps_a_bounded_number_of_notes() -> None:
    session = Session()
    for number in range(100):
        session.note(f"map.{'x' * (number + 1)}", "1")
    assert len(session.notes) == MOST_NOTES


def test_a_link_opens_a_society_in_the_language_of_the_reader() -> None:
    session = Session(language="ru")
    session.open("?scenario=nomenklatura&seed=4&openness=0.4&lang=en")
    assert (session.scenario.name, session.seed, session.language) == ("nomenklatura", 4, "ru")
    assert session.rules_at(0).openness == 0.4
    assert session.generation == 1
    with pytest.raises(ParameterError):
        session.open("?scenario=nowhere")
    assert session.scenario.name == "nomenklatura"


@pytest.mark.parametrize(
    "search",
    [
        "?scenario=../../secret.toml",
        "?scenario=/etc/passwd",
        "?seed=x",
        "?lang=xx",
        "?at=x",
        "?openness=9",
    ],
)
def test_a_wrong_url_is_told_and_opens_the_first_scenario(search: str) -> None:
    session = Session.from_search(search)
    assert session.complaint
    assert "literal" not in session.complaint
    assert session.key.name() == Session().key.name()


def test_what_is_computed_beforehand_is_what_the_page_asks_for_first() -> None:
    source = (FOLDER / "store.js").read_text("utf-8")
    first, second = BEGINNING
    assert f"this.asked === 0 ? {first[1]} :" in source
    assert f", {second[1]}][this.chunks]" in source
    assert second[0] == first[1]


def test_a_visitor_cannot_ask_for_too_much() -> None:
    session = Session()
    assert session.window(0, 10**9) == (0, 60)
    assert session.window(session.scenario.months, 50) == (session.scenario.months, 1)
    assert session.window(-5, -5) == (0, 1)


# --- messages


class Silent(Computer):
    """A computer that keeps every request open."""

    def __init__(self) -> None:
        super().__init__(processes=1)
        self.asked: list[tuple[RunKey, int, int]] = []

    def frames(self, key: RunKey, start: int, count: int) -> Future[Chunk]:
        self.asked.append((key, start, count))
        return Future()


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    stage = Stage(Session(), Silent())
    stage.sent = []
    monkeypatch.setattr(stage, "send", lambda content, buffers=None: stage.sent.append(content))
    return stage


def test_months_are_asked_for_the_run_on_the_page(stage: Stage) -> None:
    stage._answer(stage, {"kind": "months", "generation": 0, "start": 0, "count": 11}, [])
    assert stage.computer.asked == [(stage.session.key, 0, 11)]


def test_questions_about_an_older_run_are_dropped(stage: Stage) -> None:
    change = {"kind": "rule", "name": "openness", "value": 0.1, "month": 0}
    stage._answer(stage, change, [])
    stage._answer(stage, {"kind": "months", "generation": 0, "start": 0, "count": 11}, [])
    assert stage.computer.asked == []
    assert stage.state["generation"] == 1
    assert stage.state["schedule"] == [[0, {"openness": 0.1}]]


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "scenario", "name": "/etc/passwd"},
        {"kind": "rule", "name": "openness", "value": 7, "month": 0},
        {"kind": "rule", "name": "openness", "value": 0.3, "month": "soon"},
        {"kind": "seed", "seed": -1},
        {"kind": "seed", "seed": float("inf")},
        {"kind": "nonsense"},
        "nonsense",
    ],
)
def test_a_wrong_message_is_answered_by_a_sentence(stage: Stage, message: Any) -> None:
    stage._answer(stage, message, [])
    assert [answer["kind"] for answer in stage.sent] == ["failed"]
    assert stage.sent[0]["reason"]
    assert stage.state["generation"] == 0


def test_what_cannot_be_computed_is_told(stage: Stage) -> None:
    failed: Future[Chunk] = Future()
    failed.set_exception(ValueError("The table is empty."))
    told, dropped = Event(), Event()
    stage.later(failed, stage.sent.append, lambda reason: stage.sent.append(reason) or told.set())
    assert told.wait(10)
    assert stage.sent == ["The table is empty."]
    stage.later(failed, stage.sent.append, stage.sent.append, lambda: dropped.set() or False)
    assert dropped.wait(10)
    assert len(stage.sent) == 1


def test_the_language_is_a_state_of_the_page(stage: Stage) -> None:
    stage._answer(stage, {"kind": "language", "language": "ru"}, [])
    assert stage.state["language"] == "ru"


def test_what_is_the_same_for_all_comes_once_and_not_through_every_kernel(stage: Stage) -> None:
    whole = page_script()
    for part in (script(), words_in("ru")["ui"]["play"], words_in("en")["ui"]["play"]):
        assert part in whole
    assert len(json.dumps(stage.get_state(), default=str)) < 12_000


# --- what the page offers


def test_every_rule_is_offered_once() -> None:
    offered = [name for group in GROUPS.values() for name in group]
    assert sorted(offered) == sorted(Rules.model_fields)


def test_a_rule_that_is_no_share_is_shown_in_its_own_unit() -> None:
    offered = [one for group in controls(Rules()) for one in group["rules"]]
    numbers = {one["name"] for one in offered if one["kind"] == "number"}
    for language in languages():
        assert set(table("dashboard.units", language)) == numbers, language


@pytest.mark.parametrize("name", names())
def test_every_scenario_fits_its_controls(name: str) -> None:
    rules = load_scenario(name).rules
    for control in (one for group in controls(rules) for one in group["rules"]):
        value = getattr(rules, control["name"])
        if control["kind"] in ("percent", "number"):
            assert value is None or control["low"] <= value <= control["high"]
            assert control["low"] < control["high"]
            Rules(**{control["name"]: control["low"]})
            Rules(**{control["name"]: control["high"]})
        if control["optional"]:
            assert control["kind"] in ("percent", "number")


def test_the_state_is_plain_enough_to_travel() -> None:
    session = Session()
    session.change("wage_cap", None, 5)
    state = state_of(session)
    assert state["search"] == "?scenario=workers-democracy&seed=1&lang=en&at=5:wage_cap=none"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_text_the_widget_names_exists(language: str) -> None:
    source = script()
    keys = set(re.findall(r'(?<!this\.)say\("([\w.]+)"', source)) | set(
        re.findall(r'"((?:ui|dashboard|shell|view_[a-z]+)\.[\w.]+)"', source)
    )
    for view in VIEWS:
        own = "".join(path.read_text("utf-8") for path in FOLDER.glob(f"views/{view}*.js"))
        keys |= {f"view_{view}.{name}" for name in re.findall(r'this\.say\("([\w.]+)"', own)}
    assert len(keys) > 40
    for key in sorted(keys):
        found: Any = words_in(language)
        for step in key.split("."):
            found = found[step]
        assert isinstance(found, str | dict), key


def test_no_name_is_declared_twice_in_the_one_script() -> None:
    declared = re.findall(r"^(?:class|function|const|let) (\w+)", script(), re.M)
    assert len(declared) > 40
    assert [name for name in declared if declared.count(name) > 1] == []


def test_the_widget_draws_without_emoji_and_asks_nobody() -> None:
    source = script() + "".join((FOLDER / f"{name}.css").read_text("utf-8") for name in STYLES)
    for kind, listed in (("js", SCRIPTS), ("css", STYLES)):
        there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob(f"*.{kind}")}
        assert there == {f"{name}.{kind}" for name in listed}
    assert not re.search("[\u2190-\u2bff\U0001f000-\U0001faff]", source)
    assert "://" not in source.replace("http://www.w3.org/2000/svg", "")


# --- the address


def test_a_port_that_is_taken_is_told_with_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DashboardError, match=rf"Port {port} on 127.0.0.1 is taken.*--port \d+"):
            check_address("127.0.0.1", port)


def test_an_address_that_does_not_exist_is_told() -> None:
    with pytest.raises(DashboardError, match="does not exist"):
        check_address("127.0.0.1", 70000)
    with pytest.raises(DashboardError, match="no address"):
        check_address("no-such-machine.invalid", 8765)
