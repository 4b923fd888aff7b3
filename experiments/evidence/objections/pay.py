"""Objections to a cap on pay: 2 and 3."""

from __future__ import annotations

from .objection import Objection, at_least, higher, lower
from .readings import cap_raised

CAP = {"rules.wage_cap": 1.0}
NO_CAP = {"rules.wage_cap": None}

PRICE_OF_OFFICE = Objection(
    number=2,
    arms={"capped": CAP, "uncapped": NO_CAP},
    claims=(
        higher("more_taken", "capture", "capped", "uncapped", 0.005),
        lower("less_skill", "competence", "capped", "uncapped", 0.01),
    ),
    shown=("capture", "competence", "needs_met", "privilege"),
    note=(
        "Officials who are paid no more than at the bench lose nothing with the post, so that the "
        "same risk of removal deters less; the skilled, whose bench pays better, do not stand."
    ),
)

BYPASS = Objection(
    number=3,
    arms={
        "kept": CAP,
        "amendable": {**CAP, "rules.amendable": True},
        "uncapped": NO_CAP,
    },
    claims=(
        higher("taken_instead", "capture", "kept", "uncapped", 0.003),
        at_least("lived_in_kind", "privilege", "kept", 1.5),
        at_least("repealed", "cap_raised", "amendable", 1.0),
    ),
    shown=("capture", "privilege", "cap_raised"),
    note=(
        "While the cap of one mean wage stands, privilege is goods in kind. Where rules may be "
        "changed, those bound by the cap vote on it once a year."
    ),
    read=cap_raised,
)
