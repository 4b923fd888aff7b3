"""The fifteen objections: what counts as winning, how a region is found, and that regions hold."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.table import Table
from scipy.stats import binom
from typer.testing import CliRunner

from thermidor.cli import app
from thermidor.commands.objecting import _quests
from thermidor.experiments.evidence import objections
from thermidor.experiments.evidence.objections import demonstration, display, search
from thermidor.experiments.evidence.objections import record as module
from thermidor.experiments.evidence.objections.display import reading_name
from thermidor.experiments.evidence.objections.objection import Claim, Objection, gaps, live_all
from thermidor.experiments.evidence.objections.page import page
from thermidor.experiments.evidence.objections.record import Record, fingerprint
from thermidor.experiments.evidence.objections.regions import (
    AT_POINTS,
    NOWHERE,
    WINS,
    Found,
    Region,
    Share,
    parse,
    shipped,
    updated,
    write,
)
from thermidor.experiments.evidence.objections.space import (
    Factor,
    contains,
    draw,
    factors,
    volume,
)
from thermidor.experiments.wording import value_words
from thermidor.model.declaration import ParameterError
from thermidor.texts import has, languages

EVERY = objections.all_objections()
PAGE = Path(__file__).parent.parent / "docs" / "objections.md"


def wins(number: int, means: Mapping[str, Mapping[str, float]]) -> bool:
    return bool(search.won(np.array([gaps(EVERY[number], means)]))[0])


# --- what counts as winning, on readings made by hand ---------------------------------------------

RECALL_HURTS = {
    "recall": {"competence": 0.55, "needs_met": 0.80, "capture": 0.06},
    "no_recall": {"competence": 0.65, "needs_met": 0.85, "capture": 0.05},
}


def test_recall_that_costs_competence_needs_and_honesty_makes_objection_5_win() -> None:
    assert wins(5, RECALL_HURTS)


@pytest.mark.parametrize("reading", ["competence", "needs_met", "capture"])
def test_objection_5_does_not_win_when_one_of_them_is_untouched(reading: str) -> None:
    same = {arm: dict(readings) for arm, readings in RECALL_HURTS.items()}
    same["recall"][reading] = same["no_recall"][reading]
    assert not wins(5, same)


@pytest.mark.parametrize("number", [2, 5, 7, 10, 11, 15])
def test_societies_that_do_not_differ_bear_out_no_objection(number: int) -> None:
    readings = dict.fromkeys(
        ("capture", "competence", "needs_met", "cynicism", "participation", "plan_fidelity"), 0.5
    ) | {"top_take": 0.1, "power_concentration": 0.2}
    assert not wins(number, dict.fromkeys(EVERY[number].arms, readings))


def test_recalls_that_never_happened_hit_nobody() -> None:
    nan = float("nan")
    nobody = {"removed": 0.0, "honest_share": nan, "honest": 0.5, "by_rivals": nan, "capture": 0.1}
    assert not wins(4, {"recall": nobody, "no_recall": {"capture": 0.05}})


def test_openness_is_inert_only_if_it_moves_nothing_either_way() -> None:
    bites = {"joined_open": {"capture": 0.02}, "joined_closed": {"capture": 0.05}}
    still = {"alone_open": {"capture": 0.051}, "alone_closed": {"capture": 0.05}}
    backfires = {"alone_open": {"capture": 0.06}, "alone_closed": {"capture": 0.05}}
    assert wins(6, still | bites)
    assert not wins(6, backfires | bites)


def test_shock_dominates_where_hard_years_and_not_rules_tell_societies_apart() -> None:
    rules = ("package", "nomenklatura", "meritocracy")
    calm, hard = {"needs_met": 0.9, "capture": 0.02}, {"needs_met": 0.6, "capture": 0.05}
    by_shock = {f"{r}_{y}": m for r in rules for y, m in (("calm", calm), ("hard", hard))}
    by_rules = {
        f"{r}_{y}": hard if r == "package" else calm for r in rules for y in ("calm", "hard")
    }
    assert wins(14, by_shock)
    assert not wins(14, by_rules)


def test_arms_differ_only_in_what_they_say_and_share_their_luck() -> None:
    twins = Objection(0, {"one": {}, "other": {}}, (), (), "")
    point = draw(factors(EVERY[5]), {}, 1, [1])[0]
    means = live_all(twins, point, seed=3)
    assert means["one"] == means["other"]


# --- the space, and the search in it --------------------------------------------------------------


def test_points_of_a_box_keep_to_its_limits_and_cover_them() -> None:
    among = factors(EVERY[7])
    box = {
        "behaviour.greed": (0.2, 0.4),
        "rules.term_months": (10, 12),
        "rules.recall_reach": ("both",),
        "rules.opposition": (False,),
    }
    points = draw(among, box, 50, [1, 2])
    assert all(contains(box, point) for point in points)
    assert {point["rules.term_months"] for point in points} == {10, 11, 12}
    greed = [point["behaviour.greed"] for point in points]
    assert min(greed) < 0.21 < 0.39 < max(greed)
    assert volume(among, box) == pytest.approx(0.25 * 2 / 90 / 3 / 2)


def test_what_all_arms_settle_is_not_drawn() -> None:
    names = {factor.name for factor in factors(EVERY[7])}
    assert "rules.openness" not in names
    assert "rules.recall_threshold" in names


def planted(
    objection: Objection, point: Mapping[str, Any], seed: int
) -> dict[str, dict[str, float]]:
    """A world in which recall costs needs where greed is high, officials are alone, and by luck."""
    luck = np.random.default_rng(seed).normal(0.0, 0.02)
    harm = 0.2 * (point["behaviour.greed"] - 0.6) - 0.1 * (not point["rules.opposition"])
    worse = {"competence": 0.5, "capture": 0.1, "needs_met": 0.8 - harm - luck}
    return {"recall": worse, "no_recall": {"competence": 0.6, "capture": 0.05, "needs_met": 0.8}}


SMALL = search.Sizes(whole=200, stage=100, drop=60, check=100, stages=4)


def test_the_search_finds_a_planted_region_and_limits_little_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "live_all", planted)
    region = search.search(search.Quest(5, 1, SMALL))
    assert region.standing == WINS
    assert region.inside.value > region.whole.value + 0.3
    assert region.limits["rules.opposition"] == (True,)
    assert region.limits["behaviour.greed"][0] > 0.5
    assert len(region.limits) <= 3


GREEDY = {"behaviour.greed": (0.7, 0.9), "rules.opposition": (True,)}


def test_a_region_known_from_before_is_counted_anew_and_kept_while_it_wins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "live_all", planted)
    region = search.search(search.Quest(5, 1, SMALL, before=GREEDY))
    assert (region.standing, region.limits) == (WINS, GREEDY)
    assert region.seen.points == SMALL.whole + SMALL.check


@pytest.mark.parametrize(
    "before",
    [
        {"behaviour.greed": (0.1, 0.2)},  # the objection wins there no longer
        {"behaviour.greed": (0.7, 9.0)},  # a range since made narrower
        {"behaviour.longing": (0.7, 0.9)},  # a parameter since taken out
    ],
)
def test_where_a_region_known_from_before_fails_the_whole_space_is_searched(
    before: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "live_all", planted)
    region = search.search(search.Quest(5, 1, SMALL, before=before))
    assert region == search.search(search.Quest(5, 1, SMALL)), "as if nothing had been known"


def test_another_search_begins_anew_but_leaves_regions_valid(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copied = Path(shutil.copytree(module.HERE, tmp_path / "objections"))
    monkeypatch.setattr(module, "HERE", copied)
    looked = (fingerprint.__wrapped__, lambda: module.search_key.__wrapped__("1"))
    monkeypatch.setattr(module, "fingerprint", looked[0])
    region, key = (look() for look in looked)
    (copied / "search.py").write_text("# searches otherwise")
    assert (looked[0]() == region, looked[1]() == key) == (True, False)
    (copied / "pay.py").write_text("# objects otherwise")
    assert looked[0]() != region


def test_a_search_for_what_never_happens_says_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    same = dict.fromkeys(("competence", "capture", "needs_met"), 0.5)
    never = {"recall": same, "no_recall": same}
    monkeypatch.setattr(search, "live_all", lambda objection, point, seed: never)
    region = search.search(search.Quest(5, 1, SMALL))
    assert region.standing == NOWHERE
    assert region.limits == {}


def test_an_interrupted_search_goes_on_where_it_stopped_and_ends_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lived = 0

    def impatient(objection: Objection, point: Mapping[str, Any], seed: int) -> Any:
        nonlocal lived
        lived += 1
        if lived == 150:
            raise KeyboardInterrupt
        return planted(objection, point, seed)

    monkeypatch.setattr(search, "live_all", planted)
    whole = search.search(search.Quest(5, 1, SMALL))
    monkeypatch.setattr(search, "live_all", impatient)
    with pytest.raises(KeyboardInterrupt):
        search.search(search.Quest(5, 1, SMALL, tmp_path))
    (path,) = tmp_path.iterdir()
    assert path.read_text().count("key") == 149
    assert search.search(search.Quest(5, 1, SMALL, tmp_path)) == whole


def test_a_record_forgets_a_line_cut_short_and_leaves_another_search_alone(tmp_path: Path) -> None:
    with Record(tmp_path, 5, "this") as record:
        record.get("a", lambda: [1.0])
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes() + b'\xff 5\n{"key": "b", "val')
    with Record(tmp_path, 5, "another") as record:
        assert record.get("a", lambda: [9.0]) == [9.0]
    with Record(tmp_path, 5, "this") as record:
        assert record.get("a", lambda: [9.0]) == [1.0]
        assert record.get("b", lambda: [3.0]) == [3.0]
    with Record(tmp_path, 5, "this") as record:
        assert record.get("b", lambda: [9.0]) == [3.0]


# --- regions, as shipped and as told --------------------------------------------------------------


def region_of(inside: tuple[int, int], seen: tuple[int, int] = (9, 900)) -> Region:
    limits = {"behaviour.greed": (0.2, 0.45), "rules.opposition": (False,)}
    return Region(
        5, limits, Share(*inside), Share(0, 100), Share(*seen), 0.125, {"more_taken": 0.9}
    )


def test_regions_survive_being_written_and_read() -> None:
    found = Found({5: replace(region_of((70, 100)), seed=3, model="abc")})
    assert parse(write(found)) == found


def test_a_search_of_one_keeps_the_others_and_tells_only_those_of_this_model() -> None:
    claims = {"less_competence": 0.9, "fewer_needs_met": 0.2, "more_taken": 0.6}
    fresh = replace(region_of((70, 100)), claims=claims)
    other = replace(fresh, number=7)
    assert list(updated(Found({7: other}), [fresh]).valid) == [5, 7]
    found = updated(Found({7: replace(other, model="older")}), [fresh])
    assert (list(found.regions), list(found.valid), found.stale) == ([5, 7], [5], True)
    assert "\n## 7." not in page(found, "x")


def test_what_is_known_of_this_model_is_not_searched_again(tmp_path: Path) -> None:
    known = {
        5: region_of((70, 100)),
        6: replace(region_of((70, 100)), number=6, model="older"),
        7: replace(region_of((20, 100)), number=7),
    }
    quests = {q.number: q.before for q in _quests([5, 6, 7], known, False, 1, tmp_path)}
    assert quests == {6: known[6].limits, 7: None}
    anew = {q.number: q.before for q in _quests([5, 6, 7], known, False, 2, tmp_path)}
    assert anew == {5: known[5].limits, 6: known[6].limits, 7: None}


def test_a_search_tells_what_it_writes_digit_for_digit() -> None:
    claims = {"less_competence": 0.91234567, "fewer_needs_met": 0.2, "more_taken": 0.6}
    long = replace(region_of((70, 100)), volume=0.001951, claims=claims)
    found = updated(Found({}), [long])
    assert page(found, "a command") == page(parse(write(found)), "a command")


def test_who_has_not_looked_does_not_say_that_nothing_is_there() -> None:
    shown = demonstration.Demonstration(5, list(demonstration.demonstrate(5, None, 1, 1, 1)))
    for region, told in (
        (None, "has been searched"),
        (region_of((0, 100), (0, 900)), "No region was found"),
        (region_of((30, 100)), "This one came nearest"),
        (region_of((90, 100)), "The region: societies"),
    ):
        assert any(told in str(part) for part in display.told(shown, region, "en"))


@pytest.mark.parametrize("language", languages())
def test_a_limit_names_its_unit_once(language: str) -> None:
    (limit,) = display.limits({"behaviour.tolerance": (0.25, 0.5)}, language)
    unit = value_words("behaviour.tolerance", 0.5, language).partition(" ")[2]
    assert unit
    assert limit.count(unit) == 1


def test_a_reading_of_what_did_not_happen_is_left_open() -> None:
    tried = list(demonstration.demonstrate(4, None, 1, 1, 1))
    shown = demonstration.Demonstration(4, tried)
    table = next(part for part in display.told(shown, None, "en") if isinstance(part, Table))
    cells = [str(cell) for column in table.columns for cell in column.cells]
    assert "nan" not in cells
    assert display.NOTHING in cells


def test_an_objection_wins_in_a_region_only_where_most_of_it_surely_does() -> None:
    assert region_of((70, 100)).standing == WINS
    assert region_of((55, 100)).standing == AT_POINTS
    assert region_of((0, 100)).standing == AT_POINTS
    assert region_of((0, 100), (0, 900)).standing == NOWHERE


def test_there_are_fifteen_and_each_has_its_words_in_both_languages() -> None:
    assert list(EVERY) == list(range(1, 16))
    for language in languages():
        for number, each in EVERY.items():
            keys = ["name", "says", *(f"arms.{arm}" for arm in each.arms)]
            keys += [f"claims.{claim.name}" for claim in each.claims]
            assert all(has(f"objections.{number}.{key}", language) for key in keys), number
            assert all(reading_name(reading, language) for reading in each.shown)


def test_every_objection_has_been_searched_and_its_region_fits_its_space() -> None:
    assert not shipped().stale, "regions are of this model and of these objections"
    assert list(shipped().regions) == list(EVERY)
    for number, region in shipped().regions.items():
        among = {factor.name: factor for factor in factors(EVERY[number])}
        assert set(region.limits) <= set(among)
        assert region.volume == pytest.approx(volume(among.values(), region.limits), rel=0.01)
        assert [claim.name for claim in EVERY[number].claims] == list(region.claims)


@pytest.mark.parametrize("number", [1, 2, 14])
def test_shipped_regions_hold_in_fresh_societies(number: int) -> None:
    region, count = shipped().regions[number], 16
    assert region.standing == WINS
    tried = list(demonstration.demonstrate(number, region, count, seed=77, processes=1))
    share = demonstration.Demonstration(number, tried).share
    assert binom.cdf(share.wins, count, region.inside.value) > 0.001


def test_the_page_says_which_claim_holds_an_objection_back() -> None:
    claims = {"less_competence": 0.9, "fewer_needs_met": 0.2, "more_taken": 0.6}
    half = replace(region_of((40, 100)), claims=claims)
    text = page(Found({5: half}), "thermidor objections --search")
    assert "Wins at points only" in text
    assert "the claim *Needs are met less with recall*: true in 20% of that box" in text
    sure = replace(region_of((80, 100)), claims=claims)
    assert "holds it back most" not in page(Found({5: sure}), "x")


def test_the_page_tells_the_shipped_regions() -> None:
    text = PAGE.read_text(encoding="utf-8")
    command = text.split("Written by `")[1].split("`")[0]
    assert text == page(shipped(), command)


# --- the commands ---------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["16", "0", "five"])
def test_an_unknown_number_is_answered_by_the_valid_ones(number: str) -> None:
    answer = CliRunner().invoke(app, ["objection", number])
    assert answer.exit_code == 2
    assert answer.stderr.count("\n") == 1
    assert number in answer.stderr
    assert "14, 15" in answer.stderr
    with pytest.raises(ParameterError):
        objections.numbered([number])


@pytest.mark.parametrize(("language", "word"), [("en", "competence"), ("ru", "умени")])
def test_an_objection_is_shown_in_words(language: str, word: str) -> None:
    answer = CliRunner().invoke(app, ["objection", "5", "--points", "2", "--lang", language])
    assert answer.exit_code == 0, answer.output
    assert word in answer.stdout
    assert "2" in answer.stdout


def test_the_list_names_all_fifteen() -> None:
    answer = CliRunner(env={"COLUMNS": "160"}).invoke(app, ["objections"])
    assert answer.exit_code == 0, answer.output
    assert all(f" {number} " in answer.stdout for number in EVERY)


def test_claims_have_names_of_their_own() -> None:
    for each in EVERY.values():
        names = [claim.name for claim in each.claims]
        assert len(set(names)) == len(names)
        assert all(isinstance(claim, Claim) for claim in each.claims)


@pytest.mark.parametrize("limit", [(False,), (False, True), ("both", "delegates"), (0.2, 1.5)])
def test_a_number_that_was_a_choice_once_does_not_fit_a_region_known_from_then(
    limit: tuple[object, ...],
) -> None:
    number = Factor("rules.openness", 0.0, 1.0)
    assert number.allows((0.2, 0.5))
    assert not number.allows(limit)
