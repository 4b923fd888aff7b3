"""Objections that other things matter more than the essay's package: 12, 14 and 15.

Their arms are whole catalogue scenarios, read when they are asked for.
"""

from __future__ import annotations

import numpy as np

from .objection import (
    Claim,
    Means,
    Objection,
    higher,
    lower,
    no_higher,
    no_lower,
    rules_of,
)

HARD_YEARS = {"shocks.start_month": 108, "shocks.months": 48}  # severity is drawn
CALM = {"shocks.severity": 0.0}
RULES = {
    "package": "workers-democracy",
    "nomenklatura": "nomenklatura",
    "meritocracy": "audited-meritocracy",
}


def courts() -> Objection:
    """Return objection 12: courts do the work, not democracy."""
    strict = {
        "rules.audit_rate": 0.15,
        "rules.sanction": 24.0,
        "rules.restitution": 3.0,
        "rules.courts": 0.8,
    }
    lawless = dict.fromkeys(strict, 0.0)
    package = rules_of("workers-democracy")
    return Objection(
        number=12,
        arms={
            "courts": {**rules_of("audited-meritocracy"), **strict},
            "democracy": {**package, **lawless},
            "both": {**package, **strict},
        },
        claims=(
            lower("less_taken", "capture", "courts", "democracy", 0.003),
            no_lower("needs_as_well_met", "needs_met", "courts", "democracy", 0.005),
            no_higher("democracy_adds_little", "capture", "courts", "both", 0.005),
        ),
        shown=("capture", "needs_met", "privilege", "competence"),
        note=(
            "Courts: the rules of the audited meritocracy, everybody appointed, audits once in "
            "seven months, fines up to two years' pay and three times what was taken, four cases "
            "in five ending in dismissal by a court. Democracy: the essay's package without "
            "audits, fines and courts. Both: the package with those of the courts. Superiors prize "
            "loyalty as much as the point drawn says, which is harder on the courts than the "
            "catalogue's own scenario."
        ),
    )


def excess_of_shock(reading: str, means: Means) -> float:
    """Return the share of variance of a reading that the shock explains beyond what rules do.

    Arms are a full cross of rules and years; shares are of the variance over arms, each factor
    alone.
    """
    table = np.array(
        [[means[f"{rules}_{years}"][reading] for years in ("calm", "hard")] for rules in RULES]
    )
    total = table.var()
    alone = table.mean(axis=0).var() - table.mean(axis=1).var()
    return float(alone / total) if total > 0.0 else 0.0


def shocks() -> Objection:
    """Return objection 14: shock and scarcity dominate rules."""
    return Objection(
        number=14,
        arms={
            f"{rules}_{name}": {**rules_of(scenario), **years}
            for rules, scenario in RULES.items()
            for name, years in (("calm", CALM), ("hard", HARD_YEARS))
        },
        claims=(
            Claim("needs_by_shock", lambda means: excess_of_shock("needs_met", means), 0.1),
            Claim("capture_by_shock", lambda means: excess_of_shock("capture", means), 0.1),
        ),
        shown=("needs_met", "capture", "output"),
        note=(
            "Three sets of rules (the package, the nomenklatura, the audited meritocracy) each "
            "live through calm years or through years of which four are hard; how hard is drawn. "
            "The variance over the six societies is split."
        ),
        also=("shocks.severity",),
    )


def thumb() -> Objection:
    """Return objection 15: the package wins only because its author let it."""
    return Objection(
        number=15,
        arms={
            "package": rules_of("workers-democracy"),
            "nomenklatura": rules_of("nomenklatura"),
        },
        claims=(
            lower("fewer_needs_met", "needs_met", "package", "nomenklatura", 0.005),
            higher("more_taken", "capture", "package", "nomenklatura", 0.003),
        ),
        shown=("needs_met", "capture", "privilege", "output"),
        note=(
            "The essay's whole package against the whole nomenklatura, on both counts at once. The "
            "share of the whole space where this happens is the answer to the objection; a model "
            "in which it were nought would be a pamphlet."
        ),
    )
