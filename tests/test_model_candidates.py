"""Situations at elections: who is known to whom, and what follows for who is elected."""

from __future__ import annotations

import numpy as np
from invariants import live, measures, same_history, small

from thermidor.agents.offices import PLANNER
from thermidor.model.candidates import acquainted
from thermidor.model.society import Society

ALL_KNOWN, STRANGERS = {"obscurity": 0.0}, {"obscurity": 1.0}
ELECTIONS_ONLY = {
    "recall_threshold": None,
    "audit_rate": 0.0,
    "council_power": 0.0,
    "term_months": 6,
    "amendable": False,
    "opposition": True,
}


def known(society: Society, office: int, person: int) -> float:
    tables = (society.offices.codes, society.people.codes, society.workplaces.codes)
    return acquainted(*tables, office, person)


def test_in_a_workplace_all_know_each_other() -> None:
    society = Society(small(), rng=1)
    for person in range(0, len(society.people), 17):
        director = society.people["workplace"][person]
        assert known(society, director, person) == 1.0


def test_the_larger_the_electorate_the_fewer_know_who_stands() -> None:
    society = Society(small(workers=600), rng=1)
    offices, size = society.offices, society.offices["stop"] - society.offices["start"]
    for person in range(0, len(society.people), 50):
        where = (offices["start"] <= person) & (person < offices["stop"])
        rows = np.flatnonzero(where)[np.argsort(size[where], kind="stable")]
        shares = [known(society, o, person) for o in rows]
        heads = [share * size[o] for share, o in zip(shares, rows, strict=True)]
        assert max(heads) <= society.scenario.population.workplace_size + 4
        assert shares[0] == 1.0
        assert shares[-1] < 0.1


def _changes_at_the_centre(behaviour: dict[str, float]) -> int:
    """How often planners, elected by all, were replaced in ten years of half-year mandates."""
    sizes = {"workers_per_planner": 40}
    changes = {"rules": ELECTIONS_ONLY, "behaviour": behaviour, "population": sizes}
    society = Society(small("workers-democracy", 400, **changes), rng=1)
    planners = society.offices["tier"] == PLANNER
    replaced = 0
    for _ in range(120):
        before = society.offices["holder"][planners].copy()
        society.step()
        replaced += int((society.offices["holder"][planners] != before).sum())
    return replaced


def test_where_few_know_the_challengers_of_a_large_electorate_holders_stay() -> None:
    assert _changes_at_the_centre(STRANGERS) < _changes_at_the_centre(ALL_KNOWN)


def test_rival_lists_make_challengers_known() -> None:
    silent, read = ({**STRANGERS, "press": press} for press in (0.0, 0.9))
    assert _changes_at_the_centre(silent) < _changes_at_the_centre(read)


def test_who_is_known_is_no_matter_where_nobody_is_elected() -> None:
    rules = {"elected_posts": 0.0, "sortition": 1.0}
    everybody, nobody = (
        measures(live(small(rules=rules, behaviour=behaviour), 48))
        for behaviour in (ALL_KNOWN, STRANGERS)
    )
    assert same_history(everybody, nobody)
