"""The essay's remedies as switches.

On, a remedy brings the rules of workers' democracy that belong to it. Off, it leaves the base
scenario as it is. A factor is named `remedies.recall`, `remedies.cap` and so on.
"""

from __future__ import annotations

from typing import Any

from ...scenarios import load_scenario

PREFIX, START, PACKAGE = "remedies.", "nomenklatura", "workers-democracy"

REMEDIES = {
    "recall": ("recall_threshold", "recall_reach", "runner_up_succeeds", "recall_pause_months"),
    "election": ("elected_posts", "term_months", "term_limit"),
    "cap": ("wage_cap",),
    "openness": ("openness",),
    "councils": ("council_power", "sortition"),
    "automation": ("automation", "algorithm_open"),
}


def brought(name: str) -> dict[str, Any]:
    """Return the rules a remedy brings.

    >>> brought("automation")
    {'automation': 0.2, 'algorithm_open': True}
    """
    rules = load_scenario(PACKAGE).rules
    return {field: getattr(rules, field) for field in REMEDIES[name]}
