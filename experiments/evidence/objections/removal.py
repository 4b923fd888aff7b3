"""Objections to recall: 4 and 5."""

from __future__ import annotations

from .objection import Claim, Objection, at_least, higher, lower
from .readings import recalled

NO_RECALL = {"rules.recall_threshold": None}

WEAPON = Objection(
    number=4,
    arms={"recall": {}, "no_recall": NO_RECALL},
    claims=(
        at_least("often", "removed", "recall", 10.0),
        Claim(
            "honest_hit",
            lambda means: means["recall"]["honest_share"] - means["recall"]["honest"],
            0.0,
        ),
        at_least("by_rivals", "by_rivals", "recall", 0.5),
        higher("more_taken", "capture", "recall", "no_recall", 0.003),
    ),
    shown=("removed", "honest_share", "honest", "by_rivals", "capture"),
    note=(
        "Losers of the last election campaign for offices worth having and allege more than people "
        "believe, part of which lasts until the ballot with those who have not read the books. "
        "Officials have petitions begun alike: superiors against elected subordinates who leave "
        "them no favours, and whoever takes against the superior or delegate whose silence cannot "
        "be bought. Honest is who would count as such in the model's own funnel; their share among "
        "the removed is compared with that among all holders."
    ),
    read=recalled,
)

HORIZON = Objection(
    number=5,
    arms={"recall": {}, "no_recall": NO_RECALL},
    claims=(
        lower("less_competence", "competence", "recall", "no_recall", 0.02),
        lower("fewer_needs_met", "needs_met", "recall", "no_recall", 0.005),
        higher("more_taken", "capture", "recall", "no_recall", 0.002),
    ),
    shown=("competence", "needs_met", "capture", "turnover", "output"),
    note=(
        "Removal whatever one does (churn) shortens the horizon and deters nobody; posts are "
        "learnt on the job, and output depends on whether the director knows it."
    ),
)
