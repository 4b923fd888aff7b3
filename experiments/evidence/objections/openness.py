"""Objections to open accounts: 6 and 7."""

from __future__ import annotations

from .objection import Claim, Objection, higher, lower, no_lower

OPEN, CLOSED = {"rules.openness": 0.9}, {"rules.openness": 0.1}
ALONE = {
    "rules.recall_threshold": None,
    "rules.elected_posts": 0.0,
    "rules.council_power": 0.0,
    "rules.opposition": False,
    "rules.sanction": 0.0,
    "rules.restitution": 0.0,
    "rules.courts": 0.0,
    "behaviour.attention": 0.02,
}
JOINED = {
    "rules.recall_threshold": 0.2,
    "rules.elected_posts": 1.0,
    "rules.council_power": 0.8,
    "rules.opposition": True,
    "rules.sanction": 12.0,
    "behaviour.attention": 0.4,
}

INERT = Objection(
    number=6,
    arms={
        "alone_open": {**ALONE, **OPEN},
        "alone_closed": {**ALONE, **CLOSED},
        "joined_open": {**JOINED, **OPEN},
        "joined_closed": {**JOINED, **CLOSED},
    },
    claims=(
        Claim(
            "inert_alone",
            lambda means: -abs(means["alone_open"]["capture"] - means["alone_closed"]["capture"]),
            -0.003,
        ),
        lower("bites_joined", "capture", "joined_open", "joined_closed", 0.01),
    ),
    shown=("capture", "needs_met", "trust"),
    note=(
        "Alone: hardly any attention, no opposition, nobody whom people or council could remove, "
        "neither fines nor courts. Joined: all of these. Superiors read their subordinates' books "
        "under both."
    ),
)

BACKFIRE = Objection(
    number=7,
    arms={"open": OPEN, "closed": CLOSED},
    claims=(
        higher("more_cynicism", "cynicism", "open", "closed", 0.02),
        lower("fewer_take_part", "participation", "open", "closed", 0.01),
        no_lower("gains_nothing", "capture", "open", "closed", 0.003),
    ),
    shown=("cynicism", "participation", "capture", "trust"),
    note=(
        "Scandals that remove nobody teach that all are alike, and the cynical stay at home. "
        "Reprisals strike where names are visible. The first form of the last claim was that more "
        "is taken with open books, by 0.002: that came true together with the others in some three "
        "per cent of the space, and a coarse search found no region for it."
    ),
)
