"""Audits and welfare, padding, the ratchet, shortage: what planning runs into (P15 to P18)."""

from __future__ import annotations

import numpy as np

from ....agents.offices import DIRECTOR, Office, OfficeCode
from ....model.scenario import Scenario
from ....model.society import Society
from ....scenarios import load_scenario
from ..pattern import Arm, Check, Means, Pattern, ratio, relative, yearly
from .ground import BY_HAND, society


def ministry(months: int, workers: int = 1000, **rules: object) -> Scenario:
    """Return the scenario of the nomenklatura with rules fixed, some of them changed."""
    return load_scenario("nomenklatura").replace(
        months=months, population={"workers": workers}, rules={"amendable": False, **rules}
    )


# --- P15: less theft is not more welfare ---------------------------------------------------------


def _welfare_arms() -> dict[str, Arm]:
    return {
        "rare": Arm(society(audit_rate=yearly(0.04)), BY_HAND),
        "frequent": Arm(society(audit_rate=yearly(0.5)), BY_HAND),
    }


def _welfare(m: Means) -> dict[str, float]:
    saved = m["rare"]["capture"] - m["frequent"]["capture"]
    better = relative(m["frequent"]["needs_met"], m["rare"]["needs_met"])
    return {
        "capture": relative(m["frequent"]["capture"], m["rare"]["capture"]),
        "passed_on": ratio(better, saved),
    }


P15 = Pattern(
    id="P15",
    sources=("lichand2015", "ramos2022"),
    varied="chance of an audit in a year, 4 or 50 %",
    held="elected posts, no recall, fines of up to six months' pay, paying back, ordinary courts",
    published="health programmes in Brazil: audits cut what is stolen, but spending falls as much "
    "and services do not improve (2015); contradicted by a later study of more audits and years, "
    "in which infant and child deaths fall by 5-6 % (Ramos et al. 2022)",
    arms=_welfare_arms,
    statistics=_welfare,
    checks=(
        Check("capture", "audits lower capture", None, 0.0, surely=True),
        Check("passed_on", "needs met rise by at most a quarter of what is saved", None, 0.25),
    ),
    note="What is not taken stays with consumption and claims, by the balance of goods, so less "
    "theft cannot be useless by itself. Besides, less is set aside for the ministry's projects, "
    "which is about half of the gain in needs, less capacity is concealed, and fuller shops draw "
    "fewer into the second economy. Against that work two costs of audits: who may be fined for "
    "errors holds spending back (`caution`), which is what the study found, and dismissals cost "
    "experience. Either keeps the gain in needs below what is saved, but both together do not use "
    "it up; the sizes behind the fear are guesses on the smaller side. The later study goes the "
    "model's way.",
)


# --- P16: padding is small, clustered and bounded ------------------------------------------------


def padding_by_branch(society: Society) -> dict[str, float]:
    """Return mean squares of directors' padding between and within branches, and branches' size.

    `size` is the number of directors a branch that makes the two comparable (Fisher's n0).
    """
    offices = society.offices
    tier, holder = offices.codes[OfficeCode.TIER], offices.codes[OfficeCode.HOLDER]
    here = (tier == DIRECTOR) & (holder >= 0)
    padding = offices.values[Office.PADDING, here]
    groups = np.unique(offices.codes[OfficeCode.BRANCH, here], return_inverse=True)[1]
    sizes = np.bincount(groups)
    total, parts = len(padding), len(sizes)
    if not 1 < parts < total:
        return {"between": 0.0, "within": 0.0, "size": 1.0}
    means = np.bincount(groups, padding) / sizes
    return {
        "between": float(sizes @ (means - padding.mean()) ** 2) / (parts - 1),
        "within": float(((padding - means[groups]) ** 2).sum()) / (total - parts),
        "size": float(total - sizes @ sizes / total) / (parts - 1),
    }


def alike_within(between: float, within: float, size: float) -> float:
    """Return how alike members of a group are: the intraclass correlation; about 0 by chance.

    >>> alike_within(5.0, 1.0, 5.0).__round__(3)
    0.444
    """
    return ratio(between - within, between + (size - 1.0) * within)


def _padding_arms() -> dict[str, Arm]:
    by_hand = ministry(120, workers=2000)
    return {
        "by_hand": Arm(by_hand, BY_HAND),
        "spurred": Arm(by_hand, {**BY_HAND, "bonus": 0.6}),
        "machines": Arm(ministry(120, workers=2000, automation=0.5), BY_HAND),
    }


def _padding(m: Means) -> dict[str, float]:
    plain = m["by_hand"]
    return {
        "mean": plain["distortion"],
        "clustered": alike_within(plain["between"], plain["within"], plain["size"]),
        "bounded": m["spurred"]["distortion"],
        "machines": relative(m["machines"]["distortion"], plain["distortion"]),
    }


P16 = Pattern(
    id="P16",
    sources=("harrison2011", "allen1960"),
    varied="accounts kept by hand or half by machines; the bonus on results, as the suite has it "
    "or 0.6 months' pay",
    held="the nomenklatura's rules, fixed; automation does not grow, nobody is known to machines",
    published="Soviet false accounting 1943-62: reports exceed output by 1-5 % on average, in "
    "cliques, within what physical cross-checks allow",
    arms=_padding_arms,
    statistics=_padding,
    checks=(
        Check("mean", "reports exceed output by 1 to 5 %", 0.01, 0.05),
        Check("clustered", "directors of a branch are alike", 0.0, None, surely=True),
        Check("bounded", "a larger bonus does not carry it beyond 5 %", None, 0.05),
        Check("machines", "machines lower it", None, 0.0, surely=True),
    ),
    note="The bound is a parameter (`padding_limit`; at 0.06 instead of 0.08 all is met), and so "
    "is the share that machines leave to reports. Directors weigh the bonus against the worth "
    "of their place at the risk they have learnt that cheating adds to what befalls "
    "everybody: where it adds nothing the mean comes near the bound. With `prior_churn` at "
    "0.0071, as an earlier calibration had it, padding is half as much. Cliques are not "
    "assumed: branches are alike because their directors see the same fates. The sources give "
    "the range for recorded output and for cases that came to light; what stayed hidden is "
    "not in it.",
    read=padding_by_branch,
)


# --- P17: the ratchet ----------------------------------------------------------------------------

PATIENCE, BONUS, SLACK = 0.98, 0.3, 0.6
RATCHETS = (0.01, 0.02, 0.05)
ALIKE = {
    "greed": 1.0,
    "greed_spread": 0.0,
    "patience": PATIENCE,
    "bonus": BONUS,
    "safety_slack": SLACK,
    "strain": 1.0,
    **BY_HAND,
}  # everybody conceals SLACK less what the bonus, as ratcheted, is worth


def closed_form(ratchet: float) -> float:
    """Return what a bonus of BONUS is worth under a ratchet: b / (1 + x / r).

    >>> round(closed_form(0.0), 2)
    0.3
    """
    return BONUS / (1.0 + ratchet / (1.0 / PATIENCE - 1.0))


def _ratchet_arms() -> dict[str, Arm]:
    bare, full = ministry(36, workers=600, automation=0.0), ministry(120)
    return {
        **{f"bare_{x}": Arm(bare, {**ALIKE, "ratchet": x}) for x in RATCHETS},
        **{f"full_{x}": Arm(full, {**BY_HAND, "ratchet": x}) for x in (0.0, 0.3)},
    }


def _ratchet(m: Means) -> dict[str, float]:
    off = [relative(SLACK - m[f"bare_{x}"]["hidden_capacity"], closed_form(x)) for x in RATCHETS]
    free, ratcheted = m["full_0.0"], m["full_0.3"]
    return {
        "off": max(off, key=abs),
        "hidden": ratcheted["hidden_capacity"] - free["hidden_capacity"],
        "output": relative(ratcheted["output"], free["output"]),
    }


P17 = Pattern(
    id="P17",
    sources=("weitzman1980",),
    varied="the share of a month's result that enters the next target: 0.01 to 0.05 in a society "
    "of people alike, 0 or 0.3 in the full one",
    held="the nomenklatura's rules, fixed; in the first three arms one bonus, patience and greed",
    published="a bonus b is worth b / (1 + x / r) to who reckons with the ratchet x at interest r; "
    "effort is blunted",
    arms=_ratchet_arms,
    statistics=_ratchet,
    checks=(
        Check("off", "the bonus revealed differs from the closed form by at most", -0.1, 0.1),
        Check("hidden", "the ratchet makes directors conceal more", 0.0, None, surely=True),
        Check("output", "and output is lower", None, 0.0, surely=True),
    ),
    note="The closed form is in the code (`effective_bonus`), so the first check only shows that "
    "nothing else spoils it. That targets rise with what is shown is true of the model's "
    "planner, who ascribes capacity from past reports at the same rate, but directors do not "
    "find it out: they know it. That concealed capacity lowers output follows from targets "
    "and is not assumed. Only directors' concealment is blunted effort here; workers' effort "
    "knows no ratchet.",
)


# --- P18: shortage and the second economy --------------------------------------------------------

SPELL = {"severity": 0.15, "start_month": 72, "months": 24}
CLOSED = {**BY_HAND, "informal_limit": 0.0}


def _shortage_arms() -> dict[str, Arm]:
    calm = ministry(96)
    hit = calm.replace(shocks=SPELL)
    return {
        "calm": Arm(calm, BY_HAND),
        "hit": Arm(hit, BY_HAND),
        "calm_closed": Arm(calm, CLOSED),
        "hit_closed": Arm(hit, CLOSED),
    }


def _shortage(m: Means) -> dict[str, float]:
    calm, hit, closed = m["calm"], m["hit"], m["calm_closed"]
    with_it = hit["shortage"] - calm["shortage"]
    without = m["hit_closed"]["shortage"] - closed["shortage"]
    return {
        "share": calm["second_economy"],
        "raised": hit["second_economy"] - calm["second_economy"],
        "worse": calm["shortage"] - closed["shortage"],
        "amplified": with_it - without,
    }


P18 = Pattern(
    id="P18",
    sources=("kim_shida2014", "ofer_vinokur1992"),
    varied="a spell of scarcity (15 % of productivity for two years) or none; a second economy or "
    "none",
    held="the nomenklatura's rules, fixed",
    published="3-30 % of income in the Soviet republics of 1965-89; shortage drives the informal "
    "economy, and that drains the shops",
    arms=_shortage_arms,
    statistics=_shortage,
    checks=(
        Check("share", "private share of what households get", 0.03, 0.30),
        Check("raised", "scarcity raises it", 0.0, None, surely=True),
        Check("worse", "shops are emptier with it", 0.0, None, surely=True),
        Check("amplified", "scarcity empties shops more with it", 0.0, None, surely=True),
    ),
    note="Work on the side follows unmet needs, its goods come from the shops' and it takes "
    "working time; all three are assumed, after the sources. How large it gets and how far "
    "the two drive each other is not. The share is of households' goods; the published one is "
    "of their income.",
)
