"""The ground on which experiments stand: an administration like those the studies looked at.

Nearly all the evidence is from local governments: elected or appointed heads on long mandates, no
recall, no council above them, few audits, books half shut, nobody changing the constitution. The
model knows no towns, so this is a planned society with such rules, alike in all experiments.
"""

from __future__ import annotations

from typing import Any

from ....model.parameters import Population, Rules
from ....model.scenario import Scenario

WORKERS = 600  # enough for heads, planners and a dozen seats; the scale is varied where it matters

TOWN_HALL = Rules(
    recall_threshold=None,
    wage_cap=None,
    openness=0.2,
    elected_posts=1.0,
    term_months=48,
    council_power=0.2,
    audit_rate=0.01,
    sanction=6.0,
    automation=0.1,
    algorithm_open=False,
    opposition=True,
    amendable=False,
)

# Accounts stay as hand-kept as they were: else rents decide how far automation gets, and with it
# what is within reach. An arm lays this over behaviour.
AS_BEGUN = {"automation_growth": 0.0}
# Where automation is not the subject no machine knows names either.
BY_HAND = {**AS_BEGUN, "recognition": 0.0}
UNWATCHED = {"supervision": 0.0, "inspection": 0.0}  # superiors and council do not look


def society(months: int = 180, workers: int = WORKERS, **rules: Any) -> Scenario:
    """Return a society with the town hall's rules, some of them changed."""
    return Scenario(
        rules=TOWN_HALL.replace(**rules), population=Population(workers=workers), months=months
    )
