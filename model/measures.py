"""19. Record: what happened this month, as numbers. No measure reads a rule."""

from __future__ import annotations

from enum import IntEnum, auto
from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule
from ..agents.offices import Office, OfficeCode
from ..agents.people import Person, PersonCode
from ..agents.workplaces import Site
from .accounting import shown
from .events import write_events
from .goods import Good
from .recall import ATTEMPTED, BALLOTED, HONEST, REMOVED
from .world import State, World

if TYPE_CHECKING:
    from .society import Society


class Measure(IntEnum):
    """Columns of the history, one row a month; shares 0..1 unless said otherwise."""

    NEEDS_MET = 0  # mean harmony score of people's goods against their needs
    CAPTURE = auto()  # share of final goods appropriated beyond what pay rules grant
    CAPTURE_AMOUNT = auto()  # the same in baskets
    PRIVILEGE = auto()  # mean real consumption of officials over that of workers
    PLAN_FIDELITY = auto()
    IRREMOVABILITY = auto()
    ENTRENCHMENT = auto()  # mean tenure over mandate
    CO_OPTATION = auto()
    DISTORTION = auto()  # reported over true output, minus one
    HIDDEN_CAPACITY = auto()
    INDICATOR_GAP = auto()  # reported fulfilment of the plan minus needs met
    POWER_CONCENTRATION = auto()  # effective deciders as share of officials and delegates
    PARTICIPATION = auto()  # share of workers who vote and sign
    ATTENDANCE = auto()  # share of workers who come to meetings
    TRUST = auto()
    EFFICACY = auto()
    EFFORT = auto()  # 1 = norm
    LEGITIMACY = auto()
    INEQUALITY = auto()  # Gini of real consumption per household unit
    SHORTAGE = auto()  # unmet share of needs, private goods not counted
    SECOND_ECONOMY = auto()  # private share of what households get
    TURNOVER = auto()  # offices that changed hands, share
    RECALLS_ATTEMPTED = auto()  # counts
    RECALLS_BALLOTED = auto()
    RECALLS_REMOVED = auto()
    RECALLS_OF_HONEST = auto()
    AUDITS = auto()  # count
    AUTOMATION = auto()  # realised coverage
    COMPETENCE = auto()
    OUTPUT = auto()  # gross output, 1 = base year
    INSPECTED = auto()  # share of what is decided at the top that its books show to their readers
    RESTORED = auto()  # 1 once control has become property


GINI_BINS = 1024
GINI_TOP = 8.0  # household unit's consumption, in means, above which all count in the last bin


@rule
def gini(values: np.ndarray, mean: float, counts: np.ndarray, sums: np.ndarray) -> float:
    """Return the Gini index of non-negative values by bins of 1/128 of their mean.

    `counts` and `sums` are buffers of GINI_BINS; error below 0.001 (no sorting, no allocation).
    """
    size = values.shape[0]
    if mean <= 0.0:
        return 0.0
    counts[:] = 0.0
    sums[:] = 0.0
    scale = GINI_BINS / (GINI_TOP * mean)
    highest = 0
    for i in range(size):
        bin_ = min(GINI_BINS - 1, int(max(values[i], 0.0) * scale))
        highest = max(highest, bin_)
        counts[bin_] += 1.0
        sums[bin_] += values[i]
    total = mean * size
    below = 0.0
    area = 0.0
    for k in range(highest + 1):
        area += counts[k] * (2.0 * below + sums[k])
        below += sums[k]
    return max(0.0, 1.0 - area / (size * total))


@rule
def measure_people(
    people: np.ndarray,
    people_codes: np.ndarray,
    posts: int,
    real: np.ndarray,
    bins: np.ndarray,
    row: np.ndarray,
) -> None:
    """Write what concerns people (shortage as a sum of baskets, for now).

    `real` is a buffer of real consumption per household unit, `bins` (2, GINI_BINS) one of `gini`.
    """
    size = people.shape[1]
    bought, private = people[Person.CONSUMPTION], people[Person.PRIVATE_GOODS]
    in_kind, need = people[Person.IN_KIND], people[Person.NEED]
    officials = 0.0
    at_top = at_bench = goods = traded = consumed = 0.0
    office = people_codes[PersonCode.OFFICE]
    for i in range(size):
        real[i] = (bought[i] + private[i] + in_kind[i]) / need[i]
        goods += bought[i]
        traded += private[i]
        consumed += real[i]
        if office[i] >= 0 and office[i] < posts:
            officials += 1.0
            at_top += real[i]
        else:
            at_bench += real[i]
    worker = at_bench / max(size - officials, 1.0)
    official = at_top / officials if officials > 0.0 else worker
    row[Measure.PRIVILEGE] = official / worker if worker > 0.0 else 1.0
    row[Measure.SECOND_ECONOMY] = traded / max(goods + traded, 1e-12)
    measure_minds(people, row)
    row[Measure.INEQUALITY] = gini(real, consumed / size, bins[0], bins[1])


@rule
def measure_minds(people: np.ndarray, row: np.ndarray) -> None:
    """Write means over people of what they have, think and do."""
    size = people.shape[1]
    met, engaged, trust = people[Person.FULFILMENT], people[Person.ENGAGED], people[Person.TRUST]
    efficacy, effort, voice = people[Person.EFFICACY], people[Person.EFFORT], people[Person.VOICE]
    shortfall, meets = people[Person.SHORTFALL], people[Person.MEETS]
    needs = taking = meeting = trusting = helping = working = voiced = short = 0.0
    for i in range(size):
        needs += met[i]
        taking += engaged[i]
        meeting += meets[i]
        trusting += trust[i]
        helping += efficacy[i]
        working += effort[i]
        voiced += voice[i]
        short += shortfall[i]
    row[Measure.NEEDS_MET] = needs / size
    row[Measure.PARTICIPATION] = taking / size
    row[Measure.ATTENDANCE] = meeting / size
    row[Measure.TRUST] = trusting / size
    row[Measure.EFFICACY] = helping / size
    row[Measure.EFFORT] = working / size
    row[Measure.LEGITIMACY] = 0.5 * (trusting + voiced) / size
    row[Measure.SHORTAGE] = short


@rule
def median(values: np.ndarray) -> float:
    """Return the median of a small array."""
    return float(np.median(values))


@rule
def irremovability(
    past_diversion: np.ndarray, past_holder: np.ndarray, holders: np.ndarray
) -> float:
    """Return, of those who diverted more than the median a year ago, the share still in that post.

    Where nobody diverted more than another, the share of all officials of a year ago; 0 in the
    first year.
    """
    middle = median(past_diversion)
    if past_diversion.max() <= middle:
        middle = -1.0
    above = 0.0
    kept = 0.0
    for o in range(past_diversion.shape[0]):
        if past_holder[o] >= 0 and past_diversion[o] > middle:
            above += 1.0
            if holders[o] == past_holder[o]:
                kept += 1.0
    return kept / above if above > 0.0 else 0.0


@rule
def measure_offices(
    offices: np.ndarray,
    office_codes: np.ndarray,
    posts: int,
    planners: int,
    row: np.ndarray,
) -> None:
    """Write what concerns offices: who sits how long, on whose favours, and who decides."""
    size = offices.shape[1]
    held = 0.0
    tenure = 0.0
    bought = 0.0
    seats_held = 0.0
    skilled = 0.0
    posts_held = 0.0
    row[Measure.AUDITS] = 0.0
    for o in range(size):
        row[Measure.AUDITS] += office_codes[OfficeCode.AUDITED, o]
        if office_codes[OfficeCode.HOLDER, o] < 0:
            continue
        held += 1.0
        tenure += offices[Office.TENURE, o] / offices[Office.MANDATE, o]
        if o < posts:
            posts_held += 1.0
            skilled += offices[Office.COMPETENCE, o]
        else:
            seats_held += 1.0
            bought += offices[Office.CO_OPTED, o]
    row[Measure.ENTRENCHMENT] = tenure / max(held, 1.0)
    row[Measure.CO_OPTATION] = bought / max(seats_held, 1.0)
    row[Measure.COMPETENCE] = skilled / max(posts_held, 1.0)
    room = 0.0
    readable = 0.0
    for o in range(posts - planners, size):
        room += offices[Office.ROOM, o]
        readable += offices[Office.ROOM, o] * offices[Office.LEGIBLE, o]
    row[Measure.INSPECTED] = readable / room if room > 0.0 else 1.0


@rule
def measure_economy(
    goods: np.ndarray,
    sites: np.ndarray,
    offices: np.ndarray,
    base_output: float,
    coverage: float,
    row: np.ndarray,
) -> None:
    """Write what concerns goods, plan and reports."""
    taken = goods[Good.DIVERTED].sum()
    final = goods[Good.CONSUMPTION].sum() + goods[Good.CLAIMS_SERVED].sum()
    final += taken + goods[Good.PILFERED].sum()
    row[Measure.CAPTURE_AMOUNT] = taken
    row[Measure.CAPTURE] = taken / max(final, 1e-12)
    row[Measure.SHORTAGE] /= goods[Good.NEEDS].sum()
    row[Measure.OUTPUT] = goods[Good.OUTPUT].sum() / base_output
    padded = 0.0
    output = 0.0
    hidden = 0.0
    capacity = 0.0
    reported = 0.0
    target = 0.0
    for w in range(sites.shape[1]):
        made = sites[Site.OUTPUT, w]
        extra = (1.0 - coverage) * offices[Office.PADDING, w] * made
        output += made
        padded += extra
        hidden += (1.0 - shown(offices, w, coverage)) * sites[Site.CAPACITY, w]
        capacity += sites[Site.CAPACITY, w]
        reported += min(made + extra, sites[Site.TARGET, w])
        target += sites[Site.TARGET, w]
    row[Measure.DISTORTION] = padded / max(output, 1e-12)
    row[Measure.HIDDEN_CAPACITY] = hidden / max(capacity, 1e-12)
    row[Measure.INDICATOR_GAP] = reported / max(target, 1e-12) - row[Measure.NEEDS_MET]


@rule
def look_back(
    offices: np.ndarray,
    office_codes: np.ndarray,
    past_diversion: np.ndarray,
    past_holder: np.ndarray,
    month: int,
    row: np.ndarray,
) -> None:
    """Write irremovability from what was noted a year ago, and note this month in its place."""
    past, held = past_diversion[month % 12], past_holder[month % 12]
    row[Measure.IRREMOVABILITY] = irremovability(past, held, office_codes[OfficeCode.HOLDER])
    for o in range(past.size):
        past[o] = offices[Office.DIVERSION, o]
        held[o] = office_codes[OfficeCode.HOLDER, o]


@inner
def measure(w: World, now: np.ndarray, row: np.ndarray) -> None:
    """Write the whole row of a month: people, economy, offices, and what processes counted."""
    count, coverage, funnel = w.offices.shape[1], now[State.AUTOMATION], w.funnel
    measure_people(w.people, w.people_codes, w.posts, w.real, w.bins, row)
    measure_economy(w.goods, w.sites, w.offices, w.base_output, coverage, row)
    measure_offices(w.offices, w.office_codes, w.posts, w.planners, row)
    past = (w.past_diversion, w.past_holder)
    look_back(w.offices, w.office_codes, *past, int(now[State.MONTH]), row)
    row[Measure.PLAN_FIDELITY] = now[State.PLAN_FIDELITY]
    row[Measure.TURNOVER] = now[State.CHANGED_HANDS] / count
    row[Measure.RECALLS_ATTEMPTED] = funnel[ATTEMPTED]
    row[Measure.RECALLS_BALLOTED] = funnel[BALLOTED]
    row[Measure.RECALLS_REMOVED] = funnel[REMOVED]
    row[Measure.RECALLS_OF_HONEST] = funnel[HONEST]
    row[Measure.AUTOMATION] = coverage
    row[Measure.POWER_CONCENTRATION] = now[State.DECIDERS] / count
    row[Measure.RESTORED] = now[State.PRIVATE]


@inner
def write_down(w: World, now: np.ndarray, row: np.ndarray, log: np.ndarray) -> None:
    """Write this month's row of the history and its events."""
    measure(w, now, row)
    month, used = int(now[State.MONTH]), int(now[State.EVENTS])
    now[State.EVENTS] = write_events(w.offices, w.office_codes, month, log, used)


def record(society: Society) -> None:
    """Write this month's row of the history and its events."""
    society.carry_out(record)
