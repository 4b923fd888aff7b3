"""The first month: people, workplaces, branches, districts and offices are laid out.

People are ordered by sector and workplace, so every group is a contiguous range. Nothing here looks
at rules except through the offices' first filling, which is the ordinary one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from ..agents.offices import DELEGATE, DIRECTOR, HEAD, PLANNER, Offices
from ..agents.people import People
from ..agents.workplaces import Workplaces
from .declaration import ParameterError
from .economy import Table
from .goods import Sectors
from .opinion import RESTING_EFFICACY
from .parameters import Population
from .scenario import Scenario

FEWEST_IN_SECTOR = 3  # a director, a head and somebody at the bench
QUANTILES = 1025
NEED_SPREAD = 0.3  # sd of household size relative to its mean


@dataclass(frozen=True)
class Layout:
    """Who works where: boundaries of contiguous groups of people and of workplaces."""

    sector_workers: np.ndarray  # (sectors,)
    site_sector: np.ndarray  # (workplaces,)
    site_start: np.ndarray  # (workplaces + 1,) first person of each
    site_branch: np.ndarray  # (workplaces,)
    branch_sites: np.ndarray  # (branches + 1,) first workplace of each
    district_start: np.ndarray  # (delegates + 1,)
    planners: int


def apportion(total: int, weights: np.ndarray, least: int) -> np.ndarray:
    """Divide `total` among weights by largest remainder, giving everyone at least `least`.

    >>> apportion(10, np.array([1.0, 1.0, 2.0]), 1).tolist()
    [3, 2, 5]
    """
    spare = total - least * len(weights)
    exact = weights / weights.sum() * total - least
    exact = np.clip(exact, 0.0, None)
    exact *= spare / exact.sum() if exact.sum() > 0.0 else 0.0
    whole = np.floor(exact).astype(np.int64)
    rest = np.argsort(whole - exact, kind="stable")[: spare - whole.sum()]
    whole[rest] += 1
    return whole + least


def _edges(total: int, parts: int) -> np.ndarray:
    """Return parts + 1 boundaries that divide 0..total as evenly as whole numbers allow."""
    return np.linspace(0, total, parts + 1).round().astype(np.int64)


def lay_out(scenario: Scenario, table: Table) -> Layout:
    """Place everyone; raises ParameterError when the population is too small for the table."""
    return _lay_out(scenario.population, table)


@lru_cache(maxsize=32)
def _lay_out(population: Population, table: Table) -> Layout:
    """Place everyone once for all runs alike; the layout is to be read, not written."""
    least = FEWEST_IN_SECTOR * table.size
    if population.workers < least:
        raise ParameterError(
            f"population.workers = {population.workers} is too few for {table.size} sectors; "
            f"the nearest valid value is {least}"
        )
    workers = apportion(population.workers, table.employment, FEWEST_IN_SECTOR)
    starts, sectors, branches, branch_sites = [0], [], [], [0]
    for sector, count in enumerate(workers.tolist()):
        sites = max(1, round(count / population.workplace_size))
        heads = min(sites, max(1, round(count / population.workers_per_head)))
        starts.extend((starts[-1] + _edges(count, sites)[1:]).tolist())
        first = len(sectors)
        sectors.extend([sector] * sites)
        edges = _edges(sites, heads)
        for size in np.diff(edges).tolist():
            branches.extend([len(branch_sites) - 1] * size)
            branch_sites.append(branch_sites[-1] + size)
        assert len(sectors) - first == sites
    delegates = max(1, round(population.workers / population.workers_per_delegate))
    return Layout(
        sector_workers=workers.astype(float),
        site_sector=np.array(sectors),
        site_start=np.array(starts),
        site_branch=np.array(branches),
        branch_sites=np.array(branch_sites),
        district_start=_edges(population.workers, delegates),
        planners=max(1, round(population.workers / population.workers_per_planner)),
    )


def found_people(scenario: Scenario, layout: Layout, rng: np.random.Generator) -> People:
    """Return people with their lasting traits and first opinions."""
    b, count = scenario.behaviour, scenario.population.workers
    people = People(count)
    talent = rng.standard_normal(count)
    skill = np.exp(b.skill_spread * talent)
    people["skill"] = skill / skill.mean()
    people["wage"] = people["skill"] ** b.wage_slope
    people["wage"] /= people["wage"].mean()
    size = np.exp(NEED_SPREAD * rng.standard_normal(count))
    people["need"] = size / size.mean()
    people["greed"] = _between(b.greed, b.greed_spread, rng.random(count))
    calling = tied_to(talent, rng.random(count), b.vocation_skill)
    people["vocation"] = -b.vocation * np.log(1.0 - calling)
    people["loyalty"] = rng.random(count)
    mood = np.sqrt(12.0) * (rng.random(count) - 0.5)
    people["tolerance"] = np.clip(b.tolerance + b.tolerance_spread * mood, 0.0, 1.0)
    for belief in ("director", "head", "centre", "delegate"):
        people[f"belief_{belief}"] = b.suspicion
    people["attention"] = b.attention
    people["trust"] = 1.0 - b.suspicion
    people["efficacy"] = RESTING_EFFICACY
    people["effort"] = 1.0
    people["fulfilment"] = 1.0
    people["risk"] = min(1.0, b.prior_risk + b.prior_churn)
    people["fine_risk"] = b.prior_risk
    people["recovery"] = b.prior_risk
    people["churn"] = b.prior_churn
    _place_people(people, layout)
    ties = rng.integers(0, count, size=(2, count))
    for column, k in (("stranger", 0), ("second_stranger", 1)):
        people[column] = ties[k] if k < scenario.population.strangers else -1
    return people


def tied_to(normal: np.ndarray, uniform: np.ndarray, correlation: float) -> np.ndarray:
    """Return uniforms whose normal scores correlate with `normal`; without correlation as given.

    >>> tied_to(np.array([0.0, 5.0]), np.array([0.5, 0.5]), 0.5).round(3).tolist()
    [0.5, 0.994]
    """
    if correlation == 0.0:
        return uniform
    own = np.sqrt(1.0 - correlation**2) * ndtri(uniform)
    return np.minimum(ndtr(correlation * normal + own), 1.0 - 1e-12)  # nobody is called for ever


def _between(mean: float, sd: float, uniform: np.ndarray) -> np.ndarray:
    """Return traits in 0..1 with this mean and sd, from a beta distribution (by its quantiles)."""
    variance = min(sd**2, 0.99 * mean * (1.0 - mean))
    if variance <= 0.0:
        return np.full(uniform.shape, mean)
    return np.interp(uniform, np.linspace(0.0, 1.0, QUANTILES), _quantiles(mean, variance))


@lru_cache(maxsize=64)
def _quantiles(mean: float, variance: float) -> np.ndarray:
    """Return evenly spaced quantiles of the beta distribution with this mean and variance."""
    concentration = mean * (1.0 - mean) / variance - 1.0
    a, b = mean * concentration, (1.0 - mean) * concentration
    return betaincinv(a, b, np.linspace(0.0, 1.0, QUANTILES))


def _place_people(people: People, layout: Layout) -> None:
    """Write workplace, sector, branch and district of everyone."""
    per_site = np.diff(layout.site_start)
    people["workplace"] = np.repeat(np.arange(len(per_site)), per_site)
    people["sector"] = layout.site_sector[people["workplace"]]
    people["branch"] = layout.site_branch[people["workplace"]]
    per_district = np.diff(layout.district_start)
    people["district"] = np.repeat(np.arange(len(per_district)), per_district)


def found_workplaces(scenario: Scenario, layout: Layout, rng: np.random.Generator) -> Workplaces:
    """Return workplaces with their ranges of people and their lasting productivity."""
    sites = Workplaces(len(layout.site_sector))
    technique = np.exp(scenario.behaviour.site_spread * rng.standard_normal(len(sites)))
    size = np.diff(layout.site_start)
    made = np.bincount(layout.site_sector, size * technique)
    sites["technique"] = technique * (layout.sector_workers / made)[layout.site_sector]
    sites["sector"] = layout.site_sector
    sites["branch"] = layout.site_branch
    sites["start"] = layout.site_start[:-1]
    sites["stop"] = layout.site_start[1:]
    return sites


def found_offices(scenario: Scenario, layout: Layout, rng: np.random.Generator) -> Offices:
    """Return empty posts and seats with their tiers, superiors and electorates.

    Directors report to the head of their branch, heads to a planner; planners watch one another in
    a ring (a single planner has nobody above).
    """
    sites, heads = len(layout.site_sector), len(layout.branch_sites) - 1
    planners, seats = layout.planners, len(layout.district_start) - 1
    posts = sites + heads + planners
    offices = Offices(posts, seats)
    offices["tier"] = np.repeat(
        [DIRECTOR, HEAD, PLANNER, DELEGATE], [sites, heads, planners, seats]
    )
    first_of_branch = layout.branch_sites[:-1]
    offices["workplace"][:sites] = np.arange(sites)
    offices["sector"][:sites] = layout.site_sector
    offices["branch"][:sites] = layout.site_branch
    offices["sector"][sites : sites + heads] = layout.site_sector[first_of_branch]
    offices["branch"][sites : sites + heads] = np.arange(heads)
    offices["superior"][:sites] = sites + layout.site_branch
    offices["superior"][sites : sites + heads] = sites + heads + np.arange(heads) % planners
    if planners > 1:
        offices["superior"][posts - planners : posts] = (
            sites + heads + (np.arange(planners) + 1) % planners
        )
    _set_electorates(offices, layout, sites, heads, scenario.population.workers)
    offices["priority"][:posts] = (rng.permutation(posts) + 0.5) / posts
    offices["priority"][posts:] = (rng.permutation(seats) + 0.5) / seats
    offices["prospect"] = scenario.behaviour.loser_hope
    for column in ("removed", "begun", "ballot", "audited", "initiator", "last_initiator"):
        offices[column] = 0
    return offices


def _set_electorates(
    offices: Offices, layout: Layout, sites: int, heads: int, workers: int
) -> None:
    """Write the range of people who elect and recall each office."""
    start, stop = offices["start"], offices["stop"]
    start[:sites], stop[:sites] = layout.site_start[:-1], layout.site_start[1:]
    start[sites : sites + heads] = layout.site_start[layout.branch_sites[:-1]]
    stop[sites : sites + heads] = layout.site_start[layout.branch_sites[1:]]
    start[sites + heads : offices.posts], stop[sites + heads : offices.posts] = 0, workers
    start[offices.posts :], stop[offices.posts :] = (
        layout.district_start[:-1],
        layout.district_start[1:],
    )


def found_sectors(table: Table, layout: Layout, stock_months: float) -> Sectors:
    """Return sectors at the table's base year; productivity is set once people are in place."""
    sectors = Sectors(table.size)
    sectors["need_share"] = table.household / table.household.sum()
    sectors["claim"] = table.claims
    sectors["equipment"] = 1.0
    sectors["output"] = sectors["target"] = table.output
    sectors["stock"] = stock_months * table.output
    sectors["consumption"] = sectors["promised"] = table.household
    sectors["claims_served"] = np.maximum(table.claims, 0.0)
    first = np.searchsorted(layout.site_sector, np.arange(table.size))
    sectors["first_site"] = first
    sectors["stop_site"] = np.append(first[1:], len(layout.site_sector))
    return sectors
