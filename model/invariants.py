"""What must hold after every month, whatever the scenario: accounts, posts, ranges, dtypes.

Not part of the month; tests and whoever doubts a run call `assert_invariants` after `step`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from ..agents.columns import Table
from ..agents.offices import DELEGATE, DIRECTOR, HEAD, IN_POST, PLANNER, Office, OfficeCode
from ..agents.people import Person, PersonCode
from ..agents.workplaces import Site, SiteCode
from .distribution import DEDUCTION
from .goods import Good
from .measures import Measure

if TYPE_CHECKING:
    from .society import Society

TOLERANCE = 1e-9  # relative to the largest flow; accounts differ by rounding only

PERSON_SHARES = (
    Person.GREED,
    Person.LOYALTY,
    Person.EXPERIENCE,
    Person.RECORD,
    Person.RISK,
    Person.FINE_RISK,
    Person.UNJUST_RISK,
    Person.RECOVERY,
    Person.CHURN,
    Person.ATTENTION,
    Person.BELIEF_DIRECTOR,
    Person.BELIEF_HEAD,
    Person.BELIEF_CENTRE,
    Person.BELIEF_DELEGATE,
    Person.TRUST,
    Person.EFFICACY,
    Person.CYNICISM,
    Person.FEAR,
    Person.VOICE,
    Person.ENGAGED,
    Person.MEETS,
    Person.PRIVATE_WORK,
    Person.FULFILMENT,
)
PERSON_SIGNED = (Person.SAVINGS, Person.ODDS, Person.TOLERANCE)  # all others are amounts
OFFICE_SHARES = (
    Office.PRIORITY,
    Office.DIVERSION,
    Office.MISUSE,
    Office.LAST_MISUSE,
    Office.HIDING,
    Office.HIDDEN_CAPACITY,
    Office.WITHHELD,
    Office.LEGIBLE,
    Office.COMPETENCE,
    Office.SCANDAL,
    Office.NEWS,
    Office.SHIELDED,
    Office.CO_OPTED,
    Office.SIGNED,
    Office.ALLEGED,
    Office.SLANDER,
    Office.TURNOUT,
    Office.RIVALS,
    Office.PROSPECT,
)
OFFICE_SIGNED = (Office.TERM_LEFT,)
SITE_SHARES = (Site.ENGAGED, Site.RETALIATION)
GOOD_SIGNED = (Good.CLAIM, Good.DRIFT)
GOOD_SHARES = (Good.NEED_SHARE, Good.FULFILLABLE)
MEASURE_SHARES = (
    Measure.NEEDS_MET,
    Measure.CAPTURE,
    Measure.PLAN_FIDELITY,
    Measure.IRREMOVABILITY,
    Measure.CO_OPTATION,
    Measure.HIDDEN_CAPACITY,
    Measure.POWER_CONCENTRATION,
    Measure.PARTICIPATION,
    Measure.TRUST,
    Measure.EFFICACY,
    Measure.LEGITIMACY,
    Measure.INEQUALITY,
    Measure.SHORTAGE,
    Measure.SECOND_ECONOMY,
    Measure.TURNOVER,
    Measure.AUTOMATION,
    Measure.COMPETENCE,
    Measure.INSPECTED,
    Measure.RESTORED,
)
FLAGS = (Office.SCANDAL, Office.NEWS, Office.SHIELDED, Office.CO_OPTED)
USES = (
    Good.INTERMEDIATE,
    Good.CONSUMPTION,
    Good.CLAIMS_SERVED,
    Good.DIVERTED,
    Good.PILFERED,
    Good.WASTE,
    Good.STOCK,
)


class InvariantError(AssertionError):
    """Something that must hold after every month does not; the message is one sentence."""


@dataclass(frozen=True)
class Opening:
    """What a month starts from, in baskets: stocks of sectors, savings and fines owed of people."""

    stock: np.ndarray
    savings: np.ndarray
    owed: np.ndarray


def opening(society: Society) -> Opening:
    """Copy what the next month starts from, to be handed to `assert_invariants` after it."""
    people = society.people
    return Opening(society.sectors["stock"].copy(), people["savings"].copy(), people["owed"].copy())


def assert_invariants(society: Society, before: Opening | None = None) -> None:
    """Raise InvariantError with one sentence unless accounts, posts and ranges hold.

    With `before`, taken by `opening` before the last step, stocks and savings are followed from
    month to month as well.
    """
    _check_numbers(society)
    _check_offices(society)
    _check_electorates(society)
    if society.month > 0:
        _check_goods(society)
        _check_people_accounts(society)
        _check_row(society)
        if before is not None:
            _check_carried(society, before)


def _require(holds: object, message: str) -> None:
    if not holds:
        raise InvariantError(message)


def _name(column: IntEnum) -> str:
    return column.name.lower()


def _check_range(
    matrix: np.ndarray, columns: tuple[IntEnum, ...], low: float, high: float, of: str
) -> None:
    """Require every column within low..high, up to rounding; name the first that is not."""
    part = matrix[list(columns)]
    bad = (part < low - TOLERANCE) | (part > high + TOLERANCE)
    if bad.any():
        k, i = np.argwhere(bad)[0].tolist()
        raise InvariantError(
            f"{_name(columns[k])} of {of} {i} is {part[k, i]!r}, outside {low:g} to {high:g}."
        )


def _check_numbers(society: Society) -> None:
    """Dtypes, finite values, shares within 0..1, amounts at or above zero."""
    for table, shares, signed, of in (
        (society.people, PERSON_SHARES, PERSON_SIGNED, "person"),
        (society.offices, OFFICE_SHARES, OFFICE_SIGNED, "office"),
        (society.workplaces, SITE_SHARES, (), "workplace"),
        (society.sectors, GOOD_SHARES, GOOD_SIGNED, "sector"),
    ):
        amounts = tuple(k for k in table.Values if k not in shares and k not in signed)
        _check_table(table, of)
        _check_range(table.values, shares, 0.0, 1.0, of)
        _check_range(table.values, amounts, 0.0, float("inf"), of)
    for name in ("automation", "council_share", "informed", "plan_fidelity", "mood"):
        value = getattr(society, name)
        _require(-TOLERANCE <= value <= 1.0 + TOLERANCE, f"{name} is {value!r}, outside 0 to 1.")
    engaged = society.people.values[Person.ENGAGED]
    _require(((engaged == 0.0) | (engaged == 1.0)).all(), "Somebody takes part by a fraction.")
    meets = society.people.values[Person.MEETS]
    _require(((meets == 0.0) | (meets == engaged)).all(), "Somebody who stays away meets.")
    flags = society.offices.values[list(FLAGS)]
    _require(
        ((flags == 0.0) | (flags == 1.0)).all(),
        "An office is shielded, bought or in a scandal by a fraction.",
    )


def _check_table(table: Table, of: str) -> None:
    """Require float64 and int64 columns, all finite."""
    _require(table.values.dtype == np.float64, f"Values of {of}s are {table.values.dtype}.")
    _require(table.codes.dtype == np.int64, f"Codes of {of}s are {table.codes.dtype}.")
    bad = ~np.isfinite(table.values)
    if bad.any():
        k, i = np.argwhere(bad)[0].tolist()
        raise InvariantError(f"{_name(table.Values(k))} of {of} {i} is not finite.")


def _check_offices(society: Society) -> None:
    """Each person holds at most one office, and both sides agree who holds what."""
    offices, count = society.offices.codes, len(society.people)
    office_of = society.people.codes[PersonCode.OFFICE]
    holder = offices[OfficeCode.HOLDER]
    held = np.flatnonzero(holder >= 0)
    _require((holder < count).all(), "An office is held by somebody who does not exist.")
    _require(
        len(np.unique(holder[held])) == len(held), "Somebody holds more than one office at once."
    )
    wrong = held[office_of[holder[held]] != held]
    if len(wrong):
        o = int(wrong[0])
        raise InvariantError(
            f"Office {o} is held by person {holder[o]}, who holds office {office_of[holder[o]]}."
        )
    _require(
        np.count_nonzero(office_of >= 0) == len(held),
        "Somebody believes to hold an office that is not theirs.",
    )
    bought = np.flatnonzero(society.offices.values[Office.CO_OPTED] > 0.0)
    patron = offices[OfficeCode.PATRON, bought]
    _require((bought >= society.offices.posts).all(), "An official is booked as co-opted.")
    _require((holder[bought] >= 0).all(), "A vacant seat is co-opted.")
    _require(
        ((patron >= 0) & (patron < society.offices.posts)).all(),
        "A co-opted delegate lives on no official's favours.",
    )


def _check_electorates(society: Society) -> None:
    """Electorates are contiguous; those of directors, heads and delegates divide all people."""
    codes, count = society.offices.codes, len(society.people)
    tier = codes[OfficeCode.TIER]
    start, stop = codes[OfficeCode.START], codes[OfficeCode.STOP]
    for kind, name in ((DIRECTOR, "directors"), (HEAD, "heads"), (DELEGATE, "delegates")):
        first, last = start[tier == kind], stop[tier == kind]
        divides = first[0] == 0 and last[-1] == count and (first[1:] == last[:-1]).all()
        _require(divides and (first < last).all(), f"Electorates of {name} do not divide people.")
    centre = tier == PLANNER
    _require(
        (start[centre] == 0).all() and (stop[centre] == count).all(),
        "Not everybody is in the planners' electorate.",
    )
    sites = society.workplaces.codes
    size = sites[SiteCode.STOP] - sites[SiteCode.START]
    _require(
        (society.people.codes[PersonCode.WORKPLACE] == np.repeat(np.arange(len(size)), size)).all(),
        "Somebody works in a workplace that does not count them.",
    )


def _near(left: np.ndarray | float, right: np.ndarray | float, scale: float) -> bool:
    return bool(np.all(np.abs(np.asarray(left) - right) <= TOLERANCE * max(scale, 1.0)))


def _check_goods(society: Society) -> None:
    """Opening stock and output of every sector went somewhere, and no further."""
    goods, sites = society.sectors.values, society.workplaces
    sources = goods[Good.OPENING] + goods[Good.OUTPUT]
    gap = sources - goods[list(USES)].sum(axis=0)
    worst = int(np.abs(gap).argmax())
    _require(
        _near(gap, 0.0, float(sources.max())),
        f"Goods of sector {worst} do not balance: {gap[worst]!r} baskets are unaccounted for.",
    )
    made = np.bincount(sites["sector"], sites["output"], len(society.sectors))
    _require(
        _near(made, goods[Good.OUTPUT], float(made.max())),
        "Output of workplaces does not add up to that of their sectors.",
    )
    shown = sites["capacity"] * (1.0 + TOLERANCE) + TOLERANCE
    _require((sites["output"] <= shown).all(), "A workplace makes more than it can.")
    taken = float(society.offices.values[Office.TAKE].sum())
    diverted = float(goods[Good.DIVERTED].sum())
    _require(
        _near(taken, diverted, diverted),
        f"Officials take {taken!r} baskets, but {diverted!r} are diverted.",
    )


def _check_people_accounts(society: Society) -> None:
    """Pay adds up to goods promised; what people get adds up to what left the stores for them."""
    people, goods = society.people.values, society.sectors.values
    scale = float(goods[Good.PROMISED].sum())
    for column, good, what in (
        (Person.PAY, Good.PROMISED, "Pay"),
        (Person.CONSUMPTION, Good.CONSUMPTION, "Purchases"),
        (Person.PRIVATE_GOODS, Good.PILFERED, "Private goods"),
        (Person.IN_KIND, Good.DIVERTED, "Goods in kind"),
    ):
        got, given = float(people[column].sum()), float(goods[good].sum())
        _require(
            _near(got, given, scale),
            f"{what} of all people are {got!r} baskets, but {_name(good)} goods are {given!r}.",
        )


def _check_row(society: Society) -> None:
    """The month's row of the history is finite and within its ranges."""
    row = society._rows[society.month - 1]
    bad = np.flatnonzero(~np.isfinite(row))
    _require(
        not len(bad), f"Measure {_name(Measure(int(bad[0]))) if len(bad) else ''} is no number."
    )
    _check_range(row[:, None], MEASURE_SHARES, 0.0, 1.0, "month")


def _check_carried(society: Society, before: Opening) -> None:
    """Stocks open where they closed; savings grow by what is not spent; fines are owed and paid."""
    goods, people = society.sectors.values, society.people.values
    _require(
        (goods[Good.OPENING] == before.stock).all(),
        "A month does not open with the stocks that the last one closed with.",
    )
    saved = before.savings + people[Person.PAY] - people[Person.CONSUMPTION]
    _follow(people[Person.SAVINGS], saved, "Savings")
    deducted = people[Person.PAY] * DEDUCTION / (1.0 - DEDUCTION)
    owed = np.maximum(before.owed - deducted, 0.0) + _fines(society)
    _follow(people[Person.OWED], owed, "Fines owed")


def _fines(society: Society) -> np.ndarray:
    """Return the fines set this month per person; who was fined may have left office since."""
    offices, codes = society.offices.values, society.offices.codes
    left = codes[OfficeCode.REMOVED] != IN_POST
    payer = np.where(left, codes[OfficeCode.LAST_HOLDER], codes[OfficeCode.HOLDER])
    fined = np.flatnonzero(offices[Office.FINE] > 0.0)
    _require((payer[fined] >= 0).all(), "A fine is set on nobody.")
    return np.bincount(payer[fined], offices[Office.FINE, fined], len(society.people))


def _follow(found: np.ndarray, expected: np.ndarray, what: str) -> None:
    gap = found - expected
    worst = int(np.abs(gap).argmax())
    _require(
        _near(gap, 0.0, float(np.abs(expected).max())),
        f"{what} of person {worst} differ by {gap[worst]!r} baskets from what the month did.",
    )
