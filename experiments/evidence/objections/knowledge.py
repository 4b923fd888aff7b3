"""Objections about what can be known, and about what knowing is good for: 1 and 13."""

from __future__ import annotations

from .objection import (
    Claim,
    Means,
    Objection,
    at_least,
    at_most,
    lower,
    no_higher,
)

SELFLESS = {"behaviour.greed": 0.0, "behaviour.greed_spread": 0.0}
KNOWING = {
    "behaviour.tacit_share": 0.0,
    "behaviour.report_noise": 0.0,
    "behaviour.exchange": 1.0,  # what is sent astray finds its place at once, so places are known
}


def ignorance(means: Means) -> float:
    """Return how much better the selfless would meet needs if they knew them."""
    return means["knowing"]["needs_met"] - means["selfless"]["needs_met"]


def motive(means: Means) -> float:
    """Return how much better needs would be met if nobody were greedy."""
    return means["selfless"]["needs_met"] - means["as_they_are"]["needs_met"]


KNOWLEDGE = Objection(
    number=1,
    arms={"as_they_are": {}, "selfless": SELFLESS, "knowing": {**SELFLESS, **KNOWING}},
    claims=(
        at_most("nothing_taken", "capture", "selfless", 0.001),
        at_least("short_all_the_same", "shortage", "selfless", 0.05),
        Claim("ignorance_costs", ignorance, 0.01),
        Claim("more_than_motive", lambda means: ignorance(means) - motive(means), 0.0),
    ),
    shown=("needs_met", "shortage", "capture"),
    note=(
        "Nobody is greedy in the second society; in the third, besides, every change of needs "
        "enters the records, reports carry no error and goods sent to the wrong place reach the "
        "right one within the month. What the third gains on the second is the price of ignorance, "
        "what the second gains on the first the price of motive."
    ),
)

WELFARE = Objection(
    number=13,
    arms={
        "audited": {"rules.audit_rate": 0.2, "rules.sanction": 24.0},
        "unaudited": {"rules.audit_rate": 0.0, "rules.sanction": 24.0},
    },
    claims=(
        lower("less_theft", "capture", "audited", "unaudited", 0.01),
        no_higher("no_more_welfare", "needs_met", "audited", "unaudited", 0.002),
    ),
    shown=("capture", "needs_met", "output", "competence"),
    note=(
        "What is not taken goes back into final goods, a good half of which are public use, "
        "investment and exports; audits remove nobody by themselves, but cases brought by them do, "
        "and turnover costs competence. Auditors take errors for theft, and who fears them spends "
        "less."
    ),
)
