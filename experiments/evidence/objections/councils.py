"""Objections to councils and to democracy in the plan: 8, 9 and 10."""

from __future__ import annotations

from .objection import Claim, Means, Objection, at_least, at_most, lower
from .readings import attendance

COUNCIL, MINISTRY = {"rules.council_power": 0.8}, {"rules.council_power": 0.0}
REMEDIES = {
    "rules.elected_posts": 1.0,
    "rules.recall_threshold": 0.3,
    "rules.wage_cap": 1.0,
    "rules.openness": 0.9,
}
NO_REMEDIES = {
    "rules.elected_posts": 0.0,
    "rules.recall_threshold": None,
    "rules.wage_cap": None,
    "rules.openness": 0.1,
}
RIVALS, NO_RIVALS = {"rules.opposition": True}, {"rules.opposition": False}


def effect_of_rivals(means: Means) -> float:
    """Return by how much more rival lists lower irremovability than the four remedies do."""
    stay = {arm: readings["irremovability"] for arm, readings in means.items()}
    rivals = stay["only_remedies"] + stay["neither"] - stay["both"] - stay["only_rivals"]
    remedies = stay["only_rivals"] + stay["neither"] - stay["both"] - stay["only_remedies"]
    return 0.5 * (rivals - remedies)


EXPERTS = Objection(
    number=8,
    arms={"council": COUNCIL, "ministry": MINISTRY},
    claims=(
        at_most("experts_decide", "council_share", "council", 0.4),
        at_least("people_leave", "decay", "council", 0.05),
        Claim(
            "because_of_councils",
            lambda means: means["council"]["decay"] - means["ministry"]["decay"],
            0.02,
        ),
    ),
    shown=("council_share", "attendance", "decay", "co_optation", "needs_met"),
    note=(
        "The council's nominal share of decisions is 0.8 in the first society; what delegates in "
        "fact decide is less as far as the inexperienced defer, live on favours or cannot read the "
        "code. Decay is attendance at meetings in the first two years less that in the last two."
    ),
    read=attendance,
)

IRON_LAW = Objection(
    number=9,
    arms={
        "both": {**REMEDIES, **RIVALS},
        "only_remedies": {**REMEDIES, **NO_RIVALS},
        "only_rivals": {**NO_REMEDIES, **RIVALS},
        "neither": {**NO_REMEDIES, **NO_RIVALS},
    },
    claims=(
        at_least("they_stay", "irremovability", "only_remedies", 0.8),
        Claim("rivals_matter_more", effect_of_rivals, 0.02),
    ),
    shown=("irremovability", "capture", "entrenchment", "needs_met"),
    note=(
        "Election with recall, a cap, and open books are on or off together, organised rival lists "
        "on or off. Rival lists act through more candidates and a press that publishes."
    ),
)

SOFT_BUDGETS = Objection(
    number=10,
    arms={
        "council": COUNCIL,
        "ministry": MINISTRY,
        "unbiased_council": {**COUNCIL, "behaviour.parochialism": 0.0},
    },
    claims=(
        lower("plan_astray", "plan_fidelity", "council", "ministry", 0.01),
        lower("fewer_needs_met", "needs_met", "council", "ministry", 0.005),
        lower("because_parochial", "needs_met", "council", "unbiased_council", 0.005),
    ),
    shown=("plan_fidelity", "needs_met", "output", "shortage"),
    note=(
        "Delegates ask more of what their own district makes, and keep equipment from leaving it. "
        "In the third society they do not, to show that this and nothing else is to blame."
    ),
)
