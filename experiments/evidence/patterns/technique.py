"""Automation, its veto, and power that turns into property (P19 to P21)."""

from __future__ import annotations

import numpy as np

from ....model.society import Society
from ....scenarios import load_scenario
from ..pattern import Arm, Check, Means, Pattern, ratio, relative
from .ground import AS_BEGUN, society

# --- P19: automation that bypasses, automation that is owned -------------------------------------


def _automation_arms() -> dict[str, Arm]:
    by_hand = society(automation=0.1, recall_threshold=0.3, algorithm_open=True)
    rules = by_hand.rules
    bypassing = by_hand.replace(rules=rules.replace(automation=0.9))
    owned = rules.replace(automation=0.9, algorithm_open=False, participants_visible=True)
    return {
        "by_hand": Arm(by_hand, AS_BEGUN),
        "bypassing": Arm(bypassing, AS_BEGUN),
        "owned": Arm(by_hand.replace(rules=owned), AS_BEGUN),
    }


def _automation(m: Means) -> dict[str, float]:
    by_hand, bypassing, owned = m["by_hand"], m["bypassing"], m["owned"]
    attempts = "recalls_attempted"
    return {
        "leakage": relative(bypassing["capture"], by_hand["capture"]),
        "participation": owned["participation"] - by_hand["participation"],
        "attempts": relative(owned[attempts], by_hand[attempts]),
        "irremovability": owned["irremovability"] - by_hand["irremovability"],
        "owner": owned["irremovability"] - bypassing["irremovability"],
    }


P19 = Pattern(
    id="P19",
    sources=("muralidharan2016", "beraja2023"),
    varied="machines record 0.1 of the flows, 0.9 with open code, or 0.9 with closed code and "
    "with participants visible to officials",
    held="elected and recallable holders, books mostly shut; automation does not grow",
    published="payments that bypass middlemen cut leakage by 20-50 % (India, 19 million people); "
    "facial recognition bought by rulers leads to fewer protests and firmer rule (China)",
    arms=_automation_arms,
    statistics=_automation,
    checks=(
        Check("leakage", "machines with open code: capture changes by", -0.5, -0.2),
        Check("participation", "owned by rulers: fewer take part", None, 0.0, surely=True),
        Check("attempts", "owned by rulers: fewer petitions", None, 0.0, surely=True),
        Check("irremovability", "owned by rulers: the greedy stay", 0.0, None, surely=True),
        Check("owner", "they stay more surely than with open code", 0.0, None, surely=True),
    ),
    note="Machines take the room of directors and heads by construction; what leaks is what the "
    "centre grants as exceptions (`room_exceptions`), and that alone keeps the fall from "
    "being larger. The greedy stay less surely than with open code because closed code leaves "
    "delegates hardly anything to decide or to take: they sit more firmly than others, and "
    "with open code many of them are among the greedy. That closed machines know names is "
    "built in (`recognition`); how many stay away for it, and how many petitions are not "
    "begun for it, is not. The owned arm differs from the open one in two rules at once, code "
    "and names, as an owner of such machines would have it.",
    window=96,
)


# --- P20: the veto of OGAS -----------------------------------------------------------------------

PROGRAMME = {"automation_growth": 0.02}  # as in the scenario: with the means of a state programme
PROPOSED = 0.8


def coverage(society: Society) -> dict[str, float]:
    """Return the coverage of automated accounts at the end."""
    return {"coverage": society.automation}


def _veto_arms() -> dict[str, Arm]:
    ogas = load_scenario("ogas-1962")
    nobody = {"greed": 0.0, "greed_spread": 0.0}
    return {
        "history": Arm(ogas, PROGRAMME),
        "no_rents": Arm(ogas, {**PROGRAMME, **nobody}),
        "small_rents": Arm(ogas, {**PROGRAMME, "greed": 0.25}),
        "large_rents": Arm(ogas, {**PROGRAMME, "greed": 0.75}),
    }


def _veto(m: Means) -> dict[str, float]:
    return {
        "coverage": m["history"]["coverage"],
        "unobstructed": m["no_rents"]["coverage"],
        "vetoed": m["history"]["coverage"] - m["no_rents"]["coverage"],
        "by_rents": m["large_rents"]["coverage"] - m["small_rents"]["coverage"],
    }


P20 = Pattern(
    id="P20",
    sources=("peters2016", "gerovitch2008"),
    varied="how greedy people are: as the suite has it, not at all, 0.25 or 0.75",
    held="OGAS of 1962 with its programme of computers, ten years",
    published="proposed for nearly everything (0.8 here), built as separate systems for 0.2-0.3 of "
    "it (an estimate by readers of the history, not a count), opposed by ministries that would "
    "have been seen through",
    arms=_veto_arms,
    statistics=_veto,
    checks=(
        Check("coverage", "share of flows covered after ten years", 0.2, 0.3),
        Check("unobstructed", "where nobody has rents it gets as far as proposed", PROPOSED, None),
        Check("vetoed", "rents hold it back", None, 0.0, surely=True),
        Check("by_rents", "larger rents hold it back more", None, 0.0, surely=True),
    ),
    note="That rents are weighed against honour is in the model (`automation`), and so is that "
    "without most of power behind it coverage stops at the share of power that stands to lose "
    "nothing: that rule was put in after this pattern had shown that a vote alone ends too "
    "low (docs/decisions.md). How large that share is, is not: it hangs on `prior_churn`, "
    "which calibration to other patterns has moved away and back (at 0.0071 coverage ends at "
    "0.40). Coverage is one number for the whole economy; separate systems that are never "
    "linked, as built, are not in the model. Without greed all is in favour, so that the "
    "second check tests only the programme's pace.",
    read=coverage,
)


# --- P21: power turns into property --------------------------------------------------------------

EVE = 60  # months before the crisis, at the end of which the old elite is counted
COLLAPSE = {"severity": 0.4, "start_month": EVE, "months": 60}
LARGE_PLANTS = {"workers": 3000, "workplace_size": 75}  # posts are 2 % of people


def note_elite(society: Society) -> None:
    """Write into the log who holds a post."""
    holders = society.offices["holder"][: society.offices.posts]
    society.log("elite", people=holders[holders >= 0].tolist())


def owners(society: Society) -> dict[str, float]:
    """Return whether control has become property, and to what share owners are of the old elite.

    `tied` is the share of owners who held a post when `note_elite` looked, 0 where there are no
    owners; `elite` is the share of people who did.
    """
    noted = next(event["people"] for event in society.events if event["kind"] == "elite")
    holders = society.offices["holder"][: society.offices.posts]
    tied = np.isin(holders[holders >= 0], noted).mean() if society.private else 0.0
    return {
        "converted": float(society.private),
        "tied": float(tied),
        "elite": len(noted) / len(society.people),
    }


def _property_arms() -> dict[str, Arm]:
    plain = load_scenario("nomenklatura").replace(population=LARGE_PLANTS)
    deeds = ((EVE, note_elite),)
    return {
        "calm": Arm(plain, acts=deeds),
        "collapse": Arm(plain.replace(shocks=COLLAPSE), acts=deeds),
    }


def _property(m: Means) -> dict[str, float]:
    calm, collapse = m["calm"], m["collapse"]
    tied = ratio(collapse["tied"], collapse["converted"])
    return {
        "converted": collapse["converted"],
        "crisis": collapse["converted"] - calm["converted"],
        "tied": tied,
        "times": ratio(tied, collapse["elite"]),
    }


P21 = Pattern(
    id="P21",
    sources=("snegovaya_petrov2022",),
    varied="a collapse of productivity by 40 % for five years, or none",
    held="the nomenklatura with larger plants, so that 2 % of people hold posts",
    published="about 60 % of Russia's elite of 2010-20 have ties, mostly by their parents, to the "
    "Soviet nomenklatura, a group of 1-3 % of the population",
    arms=_property_arms,
    statistics=_property,
    checks=(
        Check("converted", "control becomes property in most such collapses", 0.5, None),
        Check("crisis", "and more often than without one", 0.0, None, surely=True),
        Check("tied", "share of owners who were of the elite on the eve", 0.45, 0.75),
        Check("times", "that is so many times its share of people", 15.0, 75.0),
    ),
    note="Nobody dies and there are no families: ties are one's own, owners stay owners, and the "
    "only way to have none is to have got one's post between the eve and the conversion; so "
    "ties are closer than on record, the closer the fewer leave their posts (with "
    "`prior_churn` at 0.0071 it is nearly four owners in five). The size of the group is laid out "
    "(2 %). Whether control is converted hangs on `resistance`: those who come and think that "
    "acting helps defend the order as far as they trust it and have been asked; that weighing "
    "was put in after this pattern had shown that want itself raised the defence "
    "(docs/decisions.md).",
    read=owners,
)
