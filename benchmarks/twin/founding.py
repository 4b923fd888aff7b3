"""Turning the columns of a society just founded into agents with attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...agents.columns import Table
from ...agents.offices import DELEGATE, PLANNER
from .office import TwinDelegate, TwinOfficial
from .worker import TwinWorker
from .workplace import TwinSector, TwinWorkplace

if TYPE_CHECKING:
    from ...model.society import Society
    from .society import TwinSociety


def rows(table: Table) -> list[dict[str, Any]]:
    """Return one dictionary of plain numbers per row of a table."""
    names = [kind.name.lower() for kind in (*table.Values, *table.Codes)]
    columns = [table[name].tolist() for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def floats(table: Table, row: dict[str, Any]) -> dict[str, float]:
    """Return the float columns of one row."""
    return {kind.name.lower(): row[kind.name.lower()] for kind in table.Values}


def settle(model: TwinSociety, society: Society) -> None:
    """Create all agents of the twin and tie them to one another."""
    people, offices = rows(society.people), rows(society.offices)
    sites = rows(society.workplaces)
    model.sectors = found_sectors(society)
    workers = [TwinWorker(model, i, floats(society.people, p)) for i, p in enumerate(people)]
    places = [TwinWorkplace(model, i, floats(society.workplaces, s)) for i, s in enumerate(sites)]
    posts = society.offices.posts
    state = [
        floats(society.offices, o)
        | {"tier": o["tier"], "elected": o["elected"]}
        | {"branch": o["branch"]}
        for o in offices
    ]
    officials = [TwinOfficial(model, i, s) for i, s in enumerate(state[:posts])]
    delegates = [TwinDelegate(model, posts + i, s) for i, s in enumerate(state[posts:])]
    for place, site in zip(places, sites, strict=True):
        furnish(place, site, society, workers)
        place.sector = model.sectors[site["sector"]]
        place.sector.workplaces.append(place)
        place.director = officials[place.row]
    tie_offices(model, [*officials, *delegates], offices, workers)
    model.planners = [post for post in officials if post.tier == PLANNER]
    branches = sorted({place.director.branch for place in places})
    model.circles = ["all", PLANNER, DELEGATE, *(f"branch {b}" for b in branches)]
    for worker, person in zip(workers, people, strict=True):
        ties = (person["stranger"], person["second_stranger"])
        worker.friends = [workers[k] for k in ties if k >= 0]
        worker.workplace = places[person["workplace"]]
        director = worker.workplace.director
        worker.sources = (
            director,
            director.superior,
            model.centre,
            delegates[person["district"]],
        )


def found_sectors(society: Society) -> list[TwinSector]:
    """Return the sectors with their labour and their voice in the council."""
    labour, voices = society.sector_workers.tolist(), society.voices.tolist()
    return [
        TwinSector(floats(society.sectors, row), labour[g], voices[g])
        for g, row in enumerate(rows(society.sectors))
    ]


def furnish(
    place: TwinWorkplace, site: dict[str, Any], society: Society, workers: list[TwinWorker]
) -> None:
    """Give a workplace its workers and their needs."""
    place.workers = workers[site["start"] : site["stop"]]
    place.level = society.need_level[place.row].tolist()
    place.recorded, place.surveyed = place.level.copy(), place.level.copy()
    place.consigned = place.level.copy()
    place.drift = society.local_change[place.row].tolist()
    place.household = float(society.household[place.row])


def tie_offices(
    model: TwinSociety,
    offices: list[Any],
    records: list[dict[str, Any]],
    workers: list[TwinWorker],
) -> None:
    """Tie offices to superiors, electorates, holders and rivals."""
    for office, record in zip(offices, records, strict=True):
        office.electorate = workers[record["start"] : record["stop"]]
        office.superior = offices[record["superior"]] if record["superior"] >= 0 else None
        office.sector = model.sectors[record["sector"]] if record["sector"] >= 0 else None
        office.runner_up = workers[record["runner_up"]] if record["runner_up"] >= 0 else None
        office.removed = record["removed"]
        office.initiator = record["initiator"]
        if record["holder"] >= 0:
            office.holder = workers[record["holder"]]
            office.holder.office = office
