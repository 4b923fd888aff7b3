"""What the log of the page tells: the society's events, under the keys of their texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model.parameters import Rules
from ..model.scenario import Scenario

TOLD = {
    "scandal": "scandal",
    "recalled": "recall",
    "survived_ballot": "recall_failed",
    "dismissed_by_council": "dismissal",
    "dismissed_by_superior": "dismissal",
    "dismissed_by_court": "dismissal",
    "rule_changed": "amendment",
    "amendment_stopped": "amendment_stopped",
    "co_opted": "co_optation",
    "restoration": "restoration",
}


def told(
    events: Iterable[dict[str, Any]],
    opening: Rules,
    own: set[tuple[int, str]],
    first: int,
    last: int,
) -> list[dict[str, Any]]:
    """Return the events of months first..last (months that are over, from 1) worth telling.

    A changed rule is told with its value before; `own` names the (month, rule) pairs that the
    visitor changed, which the page tells by itself.
    """
    rules = opening.model_dump()
    found = []
    for event in events:
        month = event["month"] + 1
        kind = TOLD.get(event["kind"])
        line = {"month": month, "kind": kind}
        if "office" in event:
            line["office"] = event["office"]
        if "rule" in event:
            line["rule"] = event["rule"]
        if kind == "amendment":
            name = event["rule"]
            line |= {"before": rules[name], "after": event["value"]}
            rules[name] = event["value"]
            if (event["month"], name) in own:
                continue
        if kind and first <= month <= last:
            found.append(line)
    return found


def shocks(scenario: Scenario, first: int, last: int) -> list[dict[str, Any]]:
    """Return the beginning and the end of outside scarcity, if they fall in these months."""
    shock = scenario.shocks
    if shock.severity <= 0 or shock.months == 0:
        return []
    begins, ends = shock.start_month + 1, shock.start_month + shock.months
    both = [
        {"month": begins, "kind": "shock_begins"},
        {"month": ends, "kind": "shock_ends"},
    ]
    return [event for event in both if first <= event["month"] <= last]
