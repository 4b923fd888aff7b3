"""15. Amendment: once a year those who hold power may change the rules; workers may stop them.

Officials gain by loosening whatever costs or threatens them; where people are angry and most power
agrees, what has caught misuse before is tightened. Which rule is proposed follows from what
happened to people (pay forgone, removals by channel), never from what the rule is meant to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..agents.compiled import rule
from ..agents.offices import (
    BY_COUNCIL,
    BY_COURT,
    BY_ELECTION,
    BY_RECALL,
    Office,
    OfficeCode,
)
from ..agents.people import Person
from .council import exposure
from .distribution import post_pay
from .goods import added_up
from .parameters import Rules
from .world import NEVER, cap_as_number

if TYPE_CHECKING:
    from .society import Society

YEAR = 12
HIGHEST_CAP = 6.0  # mean wages above which a cap is dropped altogether
RAREST_RECALL = 0.9  # threshold above which recall is dropped altogether

ITEMS = ("pay", "recall", "council", "elections", "audits", "books")


def loosen(rules: Rules, item: str, step: float) -> dict[str, Any]:
    """Return the change of one rule that frees officials by one step; empty if it is free.

    >>> loosen(Rules(openness=0.5), "books", 0.1)
    {'openness': 0.4}
    """
    if item == "pay":
        if rules.wage_cap is None:
            return {}
        cap = rules.wage_cap + step * (HIGHEST_CAP - 1.0)
        return {"wage_cap": cap if cap <= HIGHEST_CAP else None}
    if item == "recall":
        if rules.recall_threshold is None:
            return {}
        threshold = rules.recall_threshold + step
        return {"recall_threshold": threshold if threshold <= RAREST_RECALL else None}
    field = FIELDS[item]
    value = max(0.0, round(getattr(rules, field) - step * MOST.get(field, 1.0), 9))
    return {} if value == getattr(rules, field) else {field: value}


def tighten(rules: Rules, item: str, step: float) -> dict[str, Any]:
    """Return the change of one rule that binds officials by one step; empty if it is tight.

    >>> tighten(Rules(openness=0.5), "books", 0.1)
    {'openness': 0.6}
    >>> [tighten(Rules(audit_rate=rate), "audits", 0.1) for rate in (0.29, 0.5)]
    [{'audit_rate': 0.3}, {}]
    """
    if item == "pay":
        cap = HIGHEST_CAP if rules.wage_cap is None else rules.wage_cap
        value = max(1.0, cap - step * (HIGHEST_CAP - 1.0))
        return {} if value == rules.wage_cap else {"wage_cap": value}
    if item == "recall":
        old = RAREST_RECALL if rules.recall_threshold is None else rules.recall_threshold
        value = max(0.1, old - step)
        return {} if value >= old else {"recall_threshold": value}
    field = FIELDS[item]
    most = MOST.get(field, 1.0)
    value = min(most, round(getattr(rules, field) + step * most, 9))
    return {} if value <= getattr(rules, field) else {field: value}


FIELDS = {
    "council": "council_power",
    "elections": "elected_posts",
    "audits": "audit_rate",
    "books": "openness",
}
MOST = {"audit_rate": 0.3}  # audits beyond 0.3 a month are beyond any inspectorate


@rule
def remember_channels(
    offices: np.ndarray, office_codes: np.ndarray, risk_memory: float, channels: np.ndarray
) -> None:
    """Add this month's removals, fines and scandals to what is remembered of each control."""
    channels *= 1.0 - 1.0 / risk_memory
    for o in range(offices.shape[1]):
        removed = office_codes[OfficeCode.REMOVED, o]
        if removed == BY_RECALL:
            channels[1] += 1.0
        elif removed == BY_COUNCIL:
            channels[2] += 1.0
        elif removed == BY_ELECTION:
            channels[3] += 1.0
        elif removed == BY_COURT:  # courts live on auditors' findings
            channels[4] += 1.0
        if offices[Office.FINE, o] > 0.0:
            channels[4] += 1.0
        channels[5] += offices[Office.SCANDAL, o]


@rule
def weigh_gains(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    pay_ladder: float,
    sanction: float,
    restitution: float,
    patience: float,
    channels: np.ndarray,
    old_cap: float,
    new_cap: float,
    mean_wage: float,
    gains: np.ndarray,
) -> None:
    """Write into `gains` (items, offices) what each holder would gain a month, in baskets.

    Item 0 is pay under a cap raised one step. The others are weaker controls: what the holder
    expects to lose through them, divided among controls by `channels` (items,), the removals, fines
    and scandals each is remembered for.
    """
    gains[:, :] = 0.0
    known = added_up(channels[1:])
    parts = channels / known if known > 0.0 else np.zeros(channels.size)
    for o in range(offices.shape[1]):
        person = office_codes[OfficeCode.HOLDER, o]
        if person < 0:
            continue
        tier = office_codes[OfficeCode.TIER, o]
        raised = post_pay(tier, pay_ladder, new_cap) - post_pay(tier, pay_ladder, old_cap)
        gains[0, o] = raised * mean_wage
        pay = offices[Office.PAY, o]
        misuse = offices[Office.MISUSE, o]
        expected = exposure(offices, people, o, person, patience)
        expected += people[Person.FINE_RISK, person] * sanction * pay * misuse
        unlawful = offices[Office.TAKE, o] + offices[Office.FAVOUR, o]
        expected += restitution * people[Person.RECOVERY, person] * unlawful
        for item in range(1, gains.shape[0]):
            gains[item, o] = parts[item] * expected


@rule
def share_backing(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    posts: int,
    honour: float,
    council_power: float,
    gain: np.ndarray,
    loosening: bool,
) -> float:
    """Return the share (0..1) of power, ministry's and council's, behind a change.

    A holder backs a loosening when its gain, weighed by greed, exceeds honour, and
    opposes a tightening when what it would lose does. Delegates on favours vote as their patrons.
    """
    ministry = 0.0
    council = 0.0
    for o in range(offices.shape[1]):
        judge = o
        if o >= posts and offices[Office.CO_OPTED, o] > 0.0:
            judge = office_codes[OfficeCode.PATRON, o]
        person = office_codes[OfficeCode.HOLDER, judge]
        if person < 0:
            continue
        tempted = people[Person.GREED, person] * gain[judge] > honour
        if tempted == loosening:
            if o < posts:
                ministry += 1.0 / posts
            else:
                council += 1.0 / (offices.shape[1] - posts)
    return council_power * council + (1.0 - council_power) * ministry


def _caps(society: Society) -> tuple[float, float]:
    """Return the cap in force and the cap one step looser; a very large number for none."""
    old = society.rules.wage_cap
    change = loosen(society.rules, "pay", society.behaviour.amendment_step)
    new = change.get("wage_cap", old)
    return cap_as_number(old), cap_as_number(new)


def gains(society: Society) -> np.ndarray:
    """Return (items, offices): what each holder would gain a month from loosening each item."""
    table = np.zeros((len(ITEMS), len(society.offices)))
    weigh_gains(
        society.offices.values,
        society.offices.codes,
        society.people.values,
        society.behaviour.pay_ladder,
        society.rules.sanction,
        society.rules.restitution,
        society.behaviour.patience,
        society.channels,
        *_caps(society),
        society.mean_wage,
        table,
    )
    return table


def support(society: Society, gain: np.ndarray, loosening: bool) -> float:
    """Return the share (0..1) of power behind loosening, or tightening, one item."""
    return share_backing(
        society.offices.values,
        society.offices.codes,
        society.people.values,
        society.offices.posts,
        society.behaviour.honour,
        society.rules.council_power,
        gain,
        loosening,
    )


@rule
def distrusting(people: np.ndarray) -> float:
    """Return the share (0..1) of workers who took part and distrust the centre."""
    total = 0.0
    for i in range(people.shape[1]):
        distrusts = people[Person.BELIEF_CENTRE, i] > people[Person.TOLERANCE, i]
        total += people[Person.ENGAGED, i] if distrusts else 0.0
    return total / people.shape[1]


def mobilised(society: Society) -> bool:
    """Say whether enough workers took part and distrust the centre to force a vote or stop one."""
    return distrusting(society.people.values) >= society.behaviour.resistance


def _loosening(society: Society, table: np.ndarray) -> dict[str, Any]:
    """Return the loosening that officials want most of those they can carry."""
    posts, gained = society.offices.posts, table.sum(axis=1).tolist()
    for item in np.argsort(-table[:, :posts].sum(axis=1), kind="stable").tolist():
        if gained[item] <= 0.0:
            return {}
        wanted = loosen(society.rules, ITEMS[item], society.behaviour.amendment_step)
        if wanted and support(society, table[item], True) > 0.5:
            return wanted
    return {}


def _tightening(society: Society, table: np.ndarray, draws: np.ndarray) -> dict[str, Any]:
    """Return the tightening that angry districts make delegates propose, if they can carry it.

    They reach for the control remembered to have caught most, or any where none has.
    """
    if not mobilised(society):
        return {}
    worth = society.channels + 1e-3 * draws
    for item in np.argsort(-worth, kind="stable").tolist():
        wanted = tighten(society.rules, ITEMS[item], society.behaviour.amendment_step)
        if wanted:
            return wanted if support(society, table[item], False) > 0.5 else {}
    return {}


def amendment(society: Society) -> None:
    """Remember what each control did; once a year, change at most one rule."""
    society.carry_out(amendment)


def until_amendment(society: Society) -> int:
    """Return in how many months rules may be changed next: 0 for this month."""
    if not society.rules.amendable or society.private:
        return NEVER
    return YEAR - 1 - society.month % YEAR


def amend(society: Society) -> None:
    """Change at most one rule."""
    table = gains(society)
    change = _loosening(society, table)
    if change and mobilised(society):
        society.log("amendment_stopped", rule=next(iter(change)))
        change = {}
    change = change or _tightening(society, table, society.drawn("amendment"))
    if change:
        society.replace_rules(**change)
