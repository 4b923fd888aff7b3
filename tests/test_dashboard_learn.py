"""The view Learn without a browser: the story's societies, its bets, its texts, its messages."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from thermidor import texts
from thermidor.dashboard import learn_runs
from thermidor.dashboard.learn_grounds import grounds
from thermidor.dashboard.parts.learn import Learn
from thermidor.dashboard.session import LONGEST_NOTE, Session
from thermidor.dashboard.sources import bibliography
from thermidor.dashboard.story import (
    REGIME_CHOICES,
    RUNS,
    SEED,
    STEPS,
    Bet,
    Step,
    challenge_command,
    challenge_key,
    constitution,
    futures,
    step,
)
from thermidor.model.declaration import ParameterError
from thermidor.model.parameters import Rules
from thermidor.model.verdict import REGIMES, verdict
from thermidor.scenarios import load_scenario

LANGUAGES = texts.languages()
ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\[[^\]]+\]\(([a-z_]+)\)")
AREAS = ("view_learn.terms", "regimes", "tiers", "rules", "measures")


class Page:
    """A visitor's page that keeps what it is sent; computing is done on the spot."""

    def __init__(self) -> None:
        self.session = Session()
        self.computer = self
        self.sent: list[dict[str, Any]] = []
        self.asked: list[tuple[Any, ...]] = []

    def send(self, content: Any, buffers: Any = None) -> None:
        self.sent.append(content)

    def task(self, name: Any, function: str, *arguments: Any) -> Any:
        self.asked.append((name, function, *arguments))

    def frames(self, key: Any, start: int, count: int) -> Any:
        self.asked.append((key, start, count))

    def later(self, future: Any, send: Any, refuse: Any, wanted: Any = None) -> None: ...


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.mark.parametrize("asked", STEPS, ids=lambda one: one.name)
def test_every_step_s_society_runs_and_its_answer_has_a_text(asked: Step) -> None:
    told = learn_runs.told(asked.name, 0)
    assert told["answer"] in asked.bet.choices
    assert told["here"]["seed"] == SEED
    assert (told["there"] is None) == (asked.beside is None)
    for language in LANGUAGES:
        for choice in asked.bet.choices:
            assert texts.has(f"view_learn.steps.{asked.name}.found.{choice}", language)
    for name in (*asked.shows, *([asked.bet.about] if asked.bet.cuts else [])):
        assert name in told["here"]["values"], name


@pytest.mark.parametrize("asked", STEPS, ids=lambda one: one.name)
def test_what_is_told_is_what_explore_shows(asked: Step) -> None:
    opened = Session.from_search(asked.session().search())
    assert opened.complaint == ""
    assert opened.key.name() == asked.key().name()
    society = learn_runs.lived_through(opened.key, asked.months)
    told = learn_runs.told(asked.name, 0)["here"]
    assert told["regime"] == verdict(society.history()).regime
    last = society.history().iloc[-12:]
    assert told["values"]["capture"] == pytest.approx(last["capture"].mean())


def test_every_verdict_is_one_of_the_answers_about_who_rules() -> None:
    assert set(REGIME_CHOICES) == set(REGIMES)
    assert {bet for one in STEPS if one.bet.about == "regime" for bet in one.bet.choices} == set(
        REGIME_CHOICES.values()
    )


def test_bets_on_numbers_divide_the_whole_line() -> None:
    for one in STEPS:
        if one.bet.about != "regime":
            assert len(one.bet.choices) == len(one.bet.cuts) + 1
            assert list(one.bet.cuts) == sorted(one.bet.cuts)


def test_an_answer_hangs_on_the_numbers_alone() -> None:
    bet = Bet("capture", ("less", "same", "more"), (0.9, 1.1), "ratio")
    there = {"values": {"capture": 0.1}}
    answers = [bet.answer({"values": {"capture": taken}}, there) for taken in (0.05, 0.1, 0.2)]
    assert answers == ["less", "same", "more"]


def test_texts_before_the_bet_give_no_numbers_of_their_own() -> None:
    for language in LANGUAGES:
        for one in STEPS:
            entry = texts.table(f"view_learn.steps.{one.name}", language)
            for name in ("title", "text", "question"):
                assert not re.search(r"\d", entry[name]), (language, one.name, name)


def test_a_step_that_changes_one_thing_changes_nothing_else() -> None:
    for name, rule in (("books", "openness"), ("recall", "recall_threshold"), ("cap", "wage_cap")):
        assert differing(name, "irremovable") == {rule}
    assert differing("shut", "together") == {"openness"}
    assert step("reports").key() == step("office").key() == step("irremovable").key()


def test_what_the_texts_say_of_the_rules_is_so() -> None:
    rules = opening("irremovable")
    assert rules.elected_posts == rules.council_power == 0
    assert rules.recall_threshold is None
    assert rules.wage_cap is None
    assert opening("recall").participants_visible
    assert opening("cap").amendable
    rules = opening("together")
    assert rules.elected_posts == 1
    assert rules.recall_reach == "both"
    assert rules.opposition
    assert rules.algorithm_open
    assert rules.amendable
    rules = opening("machines")
    assert rules.elected_posts == 0
    assert rules.recall_threshold is None
    assert not rules.algorithm_open
    rules = opening("auditors")
    assert rules.elected_posts == rules.council_power == 0
    assert step("auditors").key().scenario.behaviour.loyalty_weight == 0


def opening(name: str) -> Rules:
    return step(name).session().rules_at(0)


def differing(name: str, other: str) -> set[str]:
    here, there = opening(name).model_dump(), opening(other).model_dump()
    return {rule for rule in here if here[rule] != there[rule]}


def test_a_text_about_a_rule_names_one_that_can_be_filled_in() -> None:
    known = {*Rules.model_fields, "people", "years"}
    for one in STEPS:
        entry = texts.table(f"view_learn.steps.{one.name}", "en")
        for text in (entry["text"], entry["question"], *entry["found"].values()):
            assert set(re.findall(r"\{(\w+)", text)) <= known, one.name


def test_every_link_of_the_story_leads_into_the_glossary() -> None:
    for language in LANGUAGES:
        for one in STEPS:
            text = texts.say(f"view_learn.steps.{one.name}.text", language, **FILLED)
            for term in LINK.findall(text):
                assert any(texts.has(f"{area}.{term}.plain", language) for area in AREAS), term


FILLED = dict.fromkeys((*Rules.model_fields, "people", "years"), 3)


def test_all_bets_of_a_reader_fit_into_the_url() -> None:
    kept = ",".join(f"{one.name}:{len(one.bet.choices) - 1}!" for one in STEPS)
    assert len(kept) <= LONGEST_NOTE
    assert all(len(one.bet.choices) <= 9 for one in STEPS)


def test_the_longest_constitution_fits_into_the_url_and_can_be_lived_through() -> None:
    longest = (
        "recall_threshold=0.25,recall_reach=delegates,runner_up_succeeds=true,"
        "recall_pause_months=600,wage_cap=10.5,openness=0.55,participants_visible=false,elected_posts=0.55,term_months=120,term_limit=10,"
        "council_power=0.55,audit_rate=0.155,sanction=24,restitution=2.5,courts=0.55,"
        "automation=0.55,algorithm_open=true,"
        "sortition=0.55,opposition=true,amendable=false"
    )
    assert set(re.findall(r"(\w+)=", longest)) == set(Rules.model_fields)
    assert len(longest) <= LONGEST_NOTE
    assert constitution(longest).rules.term_limit == 10


def test_a_constitution_with_impossible_rules_is_refused_in_a_sentence() -> None:
    with pytest.raises(ParameterError, match="openness"):
        constitution("openness=7")
    with pytest.raises(ParameterError, match="glasnost"):
        constitution("glasnost=1")


def test_every_future_brings_its_own_shock_inside_the_forty_years() -> None:
    assert len({(one.severity, one.start_month, one.months) for one in futures()}) == len(futures())
    for number, one in enumerate(futures()):
        scenario = challenge_key("", number).scenario
        assert scenario.shocks.severity == one.severity > 0
        assert one.start_month + one.months <= scenario.months


def test_the_command_line_of_an_attempt_is_the_same_society() -> None:
    words = shlex.split(challenge_command("openness=0.9,wage_cap=2", 3))
    scenario = load_scenario(words[2])
    for option, value in zip(words[3::2], words[4::2], strict=True):
        if option == "--set":
            path, _, text = value.partition("=")
            scenario = scenario.set(path, text)
        elif option == "--months":
            scenario = scenario.set("months", value)
    key = challenge_key("openness=0.9,wage_cap=2", 3)
    assert scenario.hash() == key.scenario.hash()
    assert words[-2:] == ["--seed", str(key.seed)]


def test_an_attempt_counts_control_by_the_verdict() -> None:
    told = learn_runs.attempt("openness=0.9", 0)
    key = challenge_key("openness=0.9", 0)
    judged = verdict(learn_runs.lived_through(key, key.scenario.months).history())
    controlled = [regime.endswith("_democracy") for regime in judged.regimes]
    assert told["held"] == sum(controlled)
    assert (told["lost"] is None) == controlled[-1]
    assert len(told["years"]["needs_met"]) == key.scenario.months / 12


def test_the_page_may_ask_only_for_what_there_is(page: Page) -> None:
    learn = Learn(page)
    learn.answer("told", {"step": "reports", "run": RUNS - 1})
    learn.answer("attempt", {"rules": "openness=0.5", "future": 0})
    learn.answer("months", {"step": "reports", "start": -5, "count": 999, "generation": 1})
    assert page.asked[-1][1:] == (0, 60)
    learn.answer("months", {"step": "reports", "start": 500, "count": 10, "generation": 1})
    assert page.asked[-1][1:] == (step("reports").months, 1)
    asked = len(page.asked)
    for kind, message in (
        ("told", {"step": "reports", "run": RUNS}),
        ("told", {"step": "reports", "run": "one"}),
        ("told", {"step": "revolt", "run": 0}),
        ("attempt", {"rules": "openness=7", "future": 0}),
        ("attempt", {"rules": "", "future": 99}),
        ("attempt", {"rules": "x" * (LONGEST_NOTE + 1), "future": 0}),
        ("secrets", {}),
    ):
        with pytest.raises(ValueError, match=r"\w+ .* \w+"):
            learn.answer(kind, message)
    assert len(page.asked) == asked


def test_the_story_that_the_page_is_sent_tells_no_outcome(page: Page) -> None:
    Learn(page).answer("story", {})
    (story,) = page.sent
    assert [one["name"] for one in story["steps"]] == [one.name for one in STEPS]
    assert "answer" not in str(story)


def test_how_we_know_is_read_from_the_shipped_results() -> None:
    shipped = json.loads((ROOT / "docs/validation.json").read_text("utf-8"))["patterns"]
    found = grounds("ru")
    assert [(one["id"], one["judgement"]) for one in found["patterns"]] == [
        (one["id"], one["judgement"]) for one in shipped
    ]
    assert all(0 <= one["met"] <= one["checks"] for one in found["patterns"])
    assert re.search("[а-я]", found["patterns"][0]["what"])
    assert [one["number"] for one in found["objections"]] == list(range(1, 16))
    assert all(0 <= one["wins"] <= one["points"] for one in found["objections"])
    for one in found["patterns"]:
        assert set(one["sources"]) <= set(found["sources"])


def test_every_judgement_and_standing_has_a_word() -> None:
    for language in LANGUAGES:
        found = grounds(language)
        words = {one["judgement"] for one in found["patterns"]}
        words |= {one["standing"] for one in found["objections"]}
        words |= {f"role_{one['role']}" for one in found["patterns"]}
        for word in words:
            assert texts.has(f"view_learn.checked.{word}", language)


def test_the_story_cites_sources_of_the_bibliography() -> None:
    for language in LANGUAGES:
        for one in STEPS:
            entry = texts.table(f"view_learn.steps.{one.name}", language)
            keys = re.findall(r"\b[a-z_]+\d{4}\b", entry.get("research", ""))
            assert set(keys) <= bibliography().keys(), one.name
            assert keys or "research" not in entry
