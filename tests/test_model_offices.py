"""Situations around offices: mandates, recall, appointment, favours, each on a small society."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from invariants import live, petitions_begun, small, step_checked

from thermidor.agents.offices import BY_RECALL, DELEGATE, DIRECTOR, HEAD, LOSER, OFFICIAL, PLANNER
from thermidor.model.production import production
from thermidor.model.recall import recall
from thermidor.model.society import Society

NOBODY_IS_REMOVED = {"recall_threshold": None, "audit_rate": 0.0, "council_power": 0.0}


def test_a_term_limit_keeps_the_holder_out_of_the_next_mandate() -> None:
    society = Society(small(rules={"term_limit": 1, "term_months": 6, **NOBODY_IS_REMOVED}), rng=1)
    for _ in range(48):
        before = society.offices["holder"].copy()
        ends = society.offices["term_left"] <= 1.0
        step_checked(society)
        after = society.offices["holder"]
        stayed = ends & (before >= 0) & (after == before)
        assert not stayed.any(), "somebody follows itself in office"


def test_who_is_recalled_does_not_win_the_by_election() -> None:
    rules = {"recall_threshold": 0.05, "openness": 1.0}
    people = {"tolerance": 0.1, "duty": 2.0, "greed": 0.9, "initiative": 0.3, "attention": 0.4}
    society = Society(small(rules=rules, behaviour=people), rng=1)
    recalled = 0
    for _ in range(60):
        step_checked(society)
        removed = np.flatnonzero(society.offices["removed"] == BY_RECALL)
        recalled += len(removed)
        back = society.offices["holder"][removed] == society.offices["last_holder"][removed]
        assert not back.any()
    assert recalled > 5


def test_the_runner_up_takes_a_recalled_seat_where_that_is_the_rule() -> None:
    rules = {"recall_threshold": 0.05, "openness": 1.0, "runner_up_succeeds": True}
    people = {"tolerance": 0.1, "duty": 2.0, "greed": 0.9, "initiative": 0.3, "attention": 0.4}
    society = Society(small(rules=rules, behaviour=people), rng=1)
    succeeded = 0
    for _ in range(60):
        rival = society.offices["runner_up"].copy()
        free = society.people["office"][rival] < 0
        step_checked(society)
        recalled = (society.offices["removed"] == BY_RECALL) & (rival >= 0)
        for o in np.flatnonzero(recalled & free):
            succeeded += society.offices["holder"][o] == rival[o]
    assert succeeded > 0


RESTLESS = {"initiative": 1.0, "canvass": 0.0, "petition_months": 1.0, "duty": 2.0}


def test_no_petition_begins_in_the_first_or_the_last_months_of_a_mandate() -> None:
    rules = {"recall_pause_months": 8, "term_months": 30}
    society = Society(small(rules=rules, behaviour={"tolerance": 0.1, **RESTLESS}), rng=1)
    served, left = petitions_begun(society, 90)
    assert min(served) == 8, "the ninth month is the first that is free"
    assert min(left) == 9, "and the ninth from the end the last"


def test_without_a_pause_petitions_follow_one_another() -> None:
    society = live(small(behaviour={"tolerance": 0.1, **RESTLESS}), 40)
    begun = [event for event in society.events if event["kind"] == "petition"]
    assert len(begun) > 40
    assert min(event["month"] for event in begun) == 0


def _begun_by_losers(**people: float) -> int:
    behaviour = {"tolerance": 1.0, "slander": 0.0, **RESTLESS, **people}
    society = live(small(rules={"term_months": 60}, behaviour=behaviour), 60)
    return sum(e["kind"] == "petition" and e["initiator"] == LOSER for e in society.events)


def test_a_loser_who_never_learns_tries_more_often_than_one_who_does() -> None:
    stubborn = _begun_by_losers(loser_hope=1.0, loser_learning=0.0)
    assert 0 < _begun_by_losers(loser_hope=1.0, loser_learning=0.9) < 0.5 * stubborn
    assert _begun_by_losers(loser_hope=0.0, loser_learning=0.0) == 0


SLANDERED = {"greed": 0.0, "slander": 0.4, "suspicion": 0.15, "blame": 0.0, "opinion_noise": 0.0}


def _slandered(doubt: float, **rules: float) -> Society:
    """A society of honest holders, each with a petition that alleges more than people put up with.

    Nobody has lost an election yet whose voters would vote for its sake.
    """
    people = {**SLANDERED, "tolerance_spread": 0.0, "tolerance": 0.5, "attention": 1.0}
    people |= {"notice": 1.0, "doubt": doubt, "duty": 5.0, "initiative": 0.0}
    society = Society(small(rules={"recall_threshold": 0.0, **rules}, behaviour=people), rng=1)
    society.offices["runner_up"] = -1
    society.offices["petition"] = 1.0
    society.offices["slander"] = 0.4
    society.people["attention"] = 1.0
    society.people["engaged"] = 1.0
    society.offices["legible"] = 1.0
    return society


@pytest.mark.parametrize(
    ("doubt", "openness", "falls"), [(0.0, 0.0, False), (1.0, 0.0, True), (1.0, 1.0, False)]
)
def test_slander_removes_at_the_ballot_only_where_it_sticks_and_nobody_can_read(
    doubt: float, openness: float, falls: bool
) -> None:
    society = _slandered(doubt, openness=openness)
    recall(society)
    assert society.funnel[1] == len(society.offices), "every petition comes to a ballot"
    assert society.funnel[2] == (len(society.offices) if falls else 0)


def _crossed(takes: int, intrigue: float = 1.0, **behaviour: float) -> Society:
    """Return a society in which one tier takes all it can and knows what that may cost it.

    Nobody is angry, nobody has lost an election, and nobody can read who signs.
    """
    people = {"initiative": 1.0, "intrigue": intrigue, "fellowship": 0.0, "denunciation": 0.0}
    people |= behaviour
    rules = {"participants_visible": False, "openness": 1.0, "council_power": 1.0}
    society = Society(small(rules=rules, behaviour=people), rng=1)
    offices = society.offices
    guilty = offices["tier"] == takes
    offices["runner_up"] = -1
    offices["elected"] = 1
    offices["prospect"] = 1.0
    offices["diversion"] = guilty
    offices["room"] = 10.0
    offices["take"] = offices["gain"] = 100.0 * guilty
    offices["misuse"] = guilty
    offices["inspected"] = np.where(offices["tier"] == DELEGATE, np.flatnonzero(guilty)[0], -1)
    society.people["greed"] = 1.0
    society.people["risk"] = 0.5
    society.people["churn"] = 0.0
    for belief in ("director", "head", "centre", "delegate"):
        society.people[f"belief_{belief}"] = 0.0
    return society


def _crossers(society: Society) -> set[int]:
    """Let petitions begin and return the tiers against which officials began one."""
    recall(society)
    offices = society.offices
    return set(offices["tier"][offices["initiator"] == OFFICIAL].tolist())


@pytest.mark.parametrize(("takes", "above"), [(DIRECTOR, HEAD), (HEAD, PLANNER)])
def test_officials_campaign_against_those_who_watch_them_and_cannot_be_bought(
    takes: int, above: int
) -> None:
    assert _crossers(_crossed(takes, honour=5.0, favour_share=0.0)) == {above, DELEGATE}


def test_a_delegate_who_looked_into_nobody_is_in_nobody_s_way() -> None:
    society = _crossed(DIRECTOR, honour=5.0, favour_share=0.0)
    society.offices["inspected"] = -1
    assert _crossers(society) == {HEAD}


def test_nobody_campaigns_against_those_whose_silence_is_bought() -> None:
    bought = _crossed(DIRECTOR, honour=0.0, favour_share=0.45)
    bought.people["risk"] = 1e-6
    assert _crossers(bought) == set()


def test_superiors_campaign_against_elected_subordinates_who_leave_them_no_favours() -> None:
    society = _crossed(HEAD, favour_share=0.45)
    society.people["risk"] = 0.0
    assert _crossers(society) == {DIRECTOR}
    appointed = _crossed(HEAD, favour_share=0.45)
    appointed.people["risk"] = 0.0
    appointed.offices["elected"] = 0
    assert _crossers(appointed) == set(), "whom it put there itself it can dismiss"


def test_without_intrigue_no_official_begins_a_petition() -> None:
    assert _crossers(_crossed(DIRECTOR, intrigue=0.0, honour=5.0)) == set()


def test_only_a_new_loser_hopes_anew() -> None:
    society = Society(small(rules={"term_months": 12}, behaviour=RESTLESS), rng=1)
    kept, anew = 0, 0
    for _ in range(48):
        rival = society.offices["runner_up"].copy()
        step_checked(society)
        offices = society.offices
        same = (offices["runner_up"] == rival) & (rival >= 0)
        new = (offices["runner_up"] != rival) & (offices["runner_up"] >= 0)
        kept += int((offices["prospect"][same] != society.behaviour.loser_hope).sum())
        anew += int(new.sum())
        assert (offices["prospect"][new] == society.behaviour.loser_hope).all()
    assert kept > 0
    assert anew > 0


def test_without_recall_nobody_is_recalled() -> None:
    history = live(small(rules={"recall_threshold": None}), 120).history()
    for step in ("attempted", "balloted", "removed", "of_honest"):
        assert not history[f"recalls_{step}"].any()


@pytest.mark.parametrize("reach", ["delegates", "officials"])
def test_recall_reaches_only_whom_it_may(reach: str) -> None:
    rules = {"recall_threshold": 0.05, "recall_reach": reach, "openness": 1.0}
    people = {"tolerance": 0.1, "duty": 2.0, "greed": 0.9, "initiative": 0.3, "attention": 0.4}
    society = live(small(rules=rules, behaviour=people), 120)
    offices = {e["office"] for e in society.events if e["kind"] in ("recalled", "survived_ballot")}
    seats = set(range(society.offices.posts, len(society.offices)))
    assert offices
    assert offices <= seats if reach == "delegates" else not offices & seats


def test_the_funnel_of_recall_only_narrows() -> None:
    history = live(small("peru-recall"), 120).history()
    attempted, balloted, removed, honest = (
        history[f"recalls_{step}"].sum()
        for step in ("attempted", "balloted", "removed", "of_honest")
    )
    assert attempted >= balloted >= removed >= honest >= 0
    assert balloted > 0


def test_a_cap_of_one_pays_every_office_the_mean_wage() -> None:
    society = live(small(rules={"wage_cap": 1.0}), 6)
    pay = society.offices["pay"]
    np.testing.assert_allclose(pay, pay[0])
    uncapped = live(small(rules={"wage_cap": None}), 6).offices
    highest = uncapped["pay"][uncapped["tier"] == PLANNER].max()
    lowest = uncapped["pay"][uncapped["tier"] == DELEGATE].min()
    assert highest > 1.5 * lowest


def test_seats_are_drawn_by_lot_where_that_is_the_rule() -> None:
    society = live(small(rules={"sortition": 1.0, "term_months": 12}), 24)
    seats = slice(society.offices.posts, len(society.offices))
    assert (society.offices["elected"][seats] == 2).all()
    assert (live(small(), 24).offices["elected"] == 1).all()


def test_posts_are_appointed_where_nobody_is_elected() -> None:
    society = live(small(rules={"elected_posts": 0.0, "term_months": 12, "amendable": False}), 24)
    posts = society.offices.posts
    assert (society.offices["elected"][:posts] == 0).all()
    assert (society.offices["elected"][posts:] == 1).all()


def test_without_audits_nobody_is_audited_or_fined() -> None:
    society = live(small(rules={"audit_rate": 0.0}), 60)
    assert not society.history()["audits"].any()
    assert not society.offices["fine"].any()


def test_an_audit_of_everybody_every_month_counts_every_held_office() -> None:
    society = live(small(rules={"audit_rate": 1.0}), 1)
    assert society.history()["audits"].iloc[0] == (society.offices["holder"] >= 0).sum()


def test_rules_that_cannot_be_amended_stay() -> None:
    society = live(small("soviet-1918", rules={"amendable": False}), 120)
    assert society.rules == society.scenario.rules
    ruled = society.history().filter(like="rule_")
    assert (ruled.nunique(dropna=False) == 1).all()


def test_an_amendment_changes_one_rule_a_year_and_the_history_tells_when() -> None:
    society = live(small("open-automation"), 120)
    changes = [event for event in society.events if event["kind"] == "rule_changed"]
    assert changes
    assert all((event["month"] + 1) % 12 == 0 for event in changes)
    ruled = society.history()[[f"rule_{event['rule']}" for event in changes]]
    assert (ruled.nunique(dropna=False) > 1).all()


def test_changing_rules_during_a_run_takes_effect_and_is_logged() -> None:
    society = live(small(rules={"amendable": False}), 12)
    society.replace_rules(recall_threshold=None, openness=0.0)
    society.run_for(12)
    history = society.history()
    assert (history["rule_openness"][:12] == 0.9).all()
    assert (history["rule_openness"][12:] == 0.0).all()
    assert history["rule_recall_threshold"][12:].isna().all()
    assert not history["recalls_attempted"][12:].any()
    assert {e["rule"] for e in society.events if e["kind"] == "rule_changed"} == {
        "recall_threshold",
        "openness",
    }


def test_vocation_and_the_legitimacy_premium_can_be_nothing() -> None:
    people = {"vocation": 0.0, "legitimacy_premium": 0.0, "honour": 0.0, "fellowship": 0.0}
    society = live(small(behaviour=people), 60)
    assert (society.people["vocation"] == 0.0).all()
    history = society.history()
    assert np.allclose(history["effort"], 1.0 - _private_work(history), atol=0.3)


def _private_work(history) -> np.ndarray:
    return history["second_economy"].to_numpy()


def test_without_a_second_economy_effort_is_the_norm_and_nothing_is_pilfered() -> None:
    people = {"legitimacy_premium": 0.0, "informal_limit": 0.0}
    society = live(small(behaviour=people), 60)
    history = society.history()
    assert (history["effort"] == 1.0).all()
    assert (history["second_economy"] == 0.0).all()
    assert (society.sectors["pilfered"] == 0.0).all()


def test_nobody_votes_automation_down_where_nothing_is_taken() -> None:
    honest = {"greed": 0.0, "greed_spread": 0.0, "automation_growth": 0.02}
    history = live(small(behaviour=honest), 120).history()
    grown = 1.0 - 0.8 * 0.98 ** np.arange(1, 121)
    np.testing.assert_allclose(history["automation"], grown, rtol=1e-3)


def test_automation_does_not_grow_by_itself() -> None:
    history = live(small(behaviour={"automation_growth": 0.0}), 60).history()
    assert history["automation"].nunique() == 1


def test_scarcity_is_felt_while_it_lasts() -> None:
    shock = {"severity": 0.5, "start_month": 24, "months": 12}
    hit, spared = live(small(shocks=shock), 60).history(), live(small(), 60).history()
    assert (hit["output"][:24] == spared["output"][:24]).all()
    assert hit["output"][26:36].mean() < 0.8 * spared["output"][26:36].mean()


def test_workplaces_of_a_sector_differ_for_good_and_the_base_year_stays() -> None:
    alike = Society(small(workers=2000, behaviour={"site_spread": 0.0}), rng=1)
    uneven = Society(small(workers=2000, behaviour={"site_spread": 0.25}), rng=1)
    assert (alike.workplaces["technique"] == 1.0).all()
    technique, sector = uneven.workplaces["technique"], uneven.workplaces["sector"]
    size = uneven.workplaces["stop"] - uneven.workplaces["start"]
    in_sector = np.bincount(sector, size * technique) / np.bincount(sector, size)
    np.testing.assert_allclose(in_sector, 1.0)
    assert np.log(technique).std() == pytest.approx(0.25, abs=0.06)
    for column in ("output", "capacity", "norm", "target"):
        totals = [
            np.bincount(s.workplaces["sector"], s.workplaces[column]) for s in (alike, uneven)
        ]
        np.testing.assert_allclose(*totals)
    np.testing.assert_array_equal(alike.people["skill"], uneven.people["skill"])
    uneven.run_for(24)
    np.testing.assert_array_equal(uneven.workplaces["technique"], technique)
    a_head = uneven.workplaces["capacity"] / size
    of_sector = np.bincount(sector, a_head) / np.bincount(sector)
    assert np.corrcoef(a_head / of_sector[sector], technique)[0, 1] > 0.8


def _made(society: Society, post: int, competence: float) -> np.ndarray:
    """Capacity of all workplaces this month if the holder of one post is so competent."""
    society = copy.deepcopy(society)
    society.offices["competence"][post] = competence
    production(society)
    return society.workplaces["capacity"]


@pytest.mark.parametrize("tier", [HEAD, PLANNER])
def test_a_novice_at_the_top_costs_output_in_all_that_is_below_and_nowhere_else(tier: int) -> None:
    society = live(small("nomenklatura", 1000, behaviour={"branch_competence": 0.2}), 12)
    offices, superior = society.offices, society.offices["superior"]
    post = int(np.flatnonzero((offices["tier"] == tier) & (offices["holder"] >= 0))[0])
    above = superior[: len(society.workplaces)]
    above = above if tier == HEAD else superior[above]
    loss = _made(society, post, 0.0) / _made(society, post, 1.0)
    np.testing.assert_allclose(loss, np.where(above == post, 0.8, 1.0))


def test_a_vacancy_at_the_top_costs_what_a_holder_without_competence_does() -> None:
    society = live(small("nomenklatura", 1000), 12)
    head = len(society.workplaces)
    novice = _made(society, head, 0.0)
    assert (novice < _made(society, head, 1.0)).any()
    society.offices["holder"][head] = -1
    np.testing.assert_array_equal(_made(society, head, 1.0), novice)
