"""Mesa's agents: views of one person or office, read from and written to the columns."""

from __future__ import annotations

import copy
import pickle

import mesa
import numpy as np
import pytest
from invariants import live, live_checked, small

import thermidor
from thermidor.agents.offices import Offices
from thermidor.agents.people import People
from thermidor.agents.views import Delegate, Official, Worker
from thermidor.model.society import Society


@pytest.fixture
def society() -> Society:
    return live(small(), 6)


def test_a_society_is_a_mesa_model_whose_clock_is_its_month(society: Society) -> None:
    assert isinstance(society, mesa.Model)
    assert society.month == society.time == 6
    society.step()
    assert society.month == society.time == 7
    society.run_for(5)
    assert society.month == society.time == 12
    assert list(society.history()["month"]) == list(range(1, 13))


def test_everybody_and_every_office_has_its_view(society: Society) -> None:
    by_type = society.agents_by_type
    assert set(by_type) == {Worker, Official, Delegate}
    assert len(by_type[Worker]) == 200
    assert len(by_type[Official]) == society.offices.posts
    assert len(by_type[Delegate]) == society.offices.seats
    assert len(society.agents) == 200 + len(society.offices)
    assert sorted(worker.row for worker in by_type[Worker]) == list(range(200))
    seats = sorted(delegate.row for delegate in by_type[Delegate])
    assert seats == list(range(society.offices.posts, len(society.offices)))


def test_the_public_names_are_these_views() -> None:
    assert thermidor.Worker is Worker
    assert thermidor.Official is Official
    assert thermidor.Delegate is Delegate


def test_every_column_of_a_person_is_an_attribute_that_reads_and_writes(society: Society) -> None:
    worker = list(society.agents_by_type[Worker])[117]
    for name in People.names():
        column = society.people[name]
        assert getattr(worker, name) == column[117]
        setattr(worker, name, 1)
        assert column[117] == 1
        column[117] = 0
        assert getattr(worker, name) == 0
    assert isinstance(worker.trust, float)
    assert isinstance(worker.workplace, int)


def test_every_column_of_an_office_is_an_attribute_that_reads_and_writes(society: Society) -> None:
    seat = next(iter(society.agents_by_type[Delegate]))
    for name in Offices.names():
        assert getattr(seat, name) == society.offices[name][seat.row]
        setattr(seat, name, 1)
        assert society.offices[name][seat.row] == 1


def test_what_is_written_through_a_view_changes_what_happens(society: Society) -> None:
    left_alone = copy.deepcopy(society)
    for worker in society.agents_by_type[Worker]:
        worker.belief_centre = 1.0
        worker.efficacy = 1.0
    society.step()
    left_alone.step()
    measure = society.history()["trust"].iloc[-1]
    assert measure < left_alone.history()["trust"].iloc[-1]


def test_an_attribute_that_is_no_column_is_refused(society: Society) -> None:
    worker = next(iter(society.agents_by_type[Worker]))
    with pytest.raises(AttributeError):
        _ = worker.honesty


def test_nobody_makes_views_until_somebody_asks() -> None:
    society = Society(small(workers=1000), rng=1)
    society.run_for(24)
    society.history()
    assert len(society._all_agents) == 0
    assert len(society.agents_by_type[Worker]) == 1000
    assert len(society._all_agents) == 1000 + len(society.offices)


def test_asking_twice_makes_no_second_set(society: Society) -> None:
    first = society.agents_by_type[Worker]
    assert len(society.agents) == len(society.agents)
    assert len(first) == len(society.agents_by_type[Worker]) == 200


@pytest.mark.parametrize("put_away", [lambda s: pickle.loads(pickle.dumps(s)), copy.deepcopy])
def test_views_survive_being_put_away_and_look_at_their_own_society(put_away) -> None:
    society = live(small(), 6)
    assert len(society.agents) > 0
    other = put_away(society)
    worker = list(other.agents_by_type[Worker])[3]
    assert worker.trust == society.people["trust"][3]
    worker.trust = 0.125
    assert other.people["trust"][3] == 0.125
    assert society.people["trust"][3] != 0.125
    other.step()
    assert worker.trust == other.people["trust"][3]


def test_views_of_two_societies_read_their_own_people() -> None:
    left, right = live(small(), 3, rng=1), live(small(), 3, rng=2)
    one, other = list(left.agents_by_type[Worker])[5], list(right.agents_by_type[Worker])[5]
    assert one.skill == left.people["skill"][5]
    assert other.skill == right.people["skill"][5]
    assert one.skill != other.skill


def test_views_can_be_gathered_as_mesa_does_it(society: Society) -> None:
    workers = society.agents_by_type[Worker]
    assert workers.agg("trust", np.mean) == pytest.approx(society.people["trust"].mean())
    angry = workers.select(lambda worker: worker.engaged > 0.0)
    assert len(angry) == int(society.people["engaged"].sum())


def test_holder_and_office_point_at_each_other() -> None:
    society = live_checked(small("soviet-1918"), 48)
    workers = list(society.agents_by_type[Worker])
    for office in [*society.agents_by_type[Official], *society.agents_by_type[Delegate]]:
        if office.holder >= 0:
            assert workers[office.holder].office == office.row


@pytest.mark.parametrize("kind", [Worker, Official, Delegate])
def test_everybody_can_say_what_it_knew_compared_and_did(society: Society, kind: type) -> None:
    agent = next(iter(society.agents_by_type[kind]))
    for language in ("en", "ru"):
        told = agent.explain(language)
        assert told.knew
        assert told.compared
        assert told.did
        assert len(str(told).split()) > 10
    assert str(agent.explain("en")) != str(agent.explain("ru"))


def test_looking_at_an_explanation_changes_nothing() -> None:
    watched, alone = live(small(), 6), live(small(), 6)
    for agent in watched.agents:
        str(agent.explain())
    watched.run_for(6)
    alone.run_for(6)
    np.testing.assert_array_equal(watched.people.values, alone.people.values)


def test_a_society_without_a_seed_still_has_one() -> None:
    society = Society(small())
    society.run_for(3)
    again = live(small(), 3, rng=society.seed)
    np.testing.assert_array_equal(society.people.values, again.people.values)


def test_events_name_months_offices_and_people_that_exist() -> None:
    society = live(small("soviet-1918"), 60)
    assert society.events
    for event in society.events:
        assert 0 <= event["month"] < 60
        assert event["kind"]
        if "office" in event:
            assert 0 <= event["office"] < len(society.offices)
            assert 0 <= event["person"] < len(society.people)
    months = [event["month"] for event in society.events]
    assert months == sorted(months)
