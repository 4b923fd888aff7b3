"""How each rule is offered on the page: its group, its kind of control and its range."""

from __future__ import annotations

from typing import Any, get_args

from ..model.declaration import Parameters
from ..model.parameters import Rules

GROUPS: dict[str, tuple[str, ...]] = {
    "removes": ("recall_threshold", "recall_reach", "runner_up_succeeds", "recall_pause_months"),
    "picks": ("elected_posts", "term_months", "term_limit", "opposition", "sortition"),
    "paid": ("wage_cap",),
    "sees": ("openness", "participants_visible", "algorithm_open"),
    "decides": ("council_power", "automation", "amendable"),
    "audits": ("audit_rate", "sanction", "restitution", "courts"),
}

PERCENT = {
    "recall_threshold",
    "elected_posts",
    "openness",
    "council_power",
    "sortition",
    "automation",
    "audit_rate",
    "courts",
}
FOUNDING = {"automation"}  # holds for the first month only, so nothing changes it later
STEPS = {
    "recall_pause_months": 1,
    "wage_cap": 0.1,
    "term_months": 1,
    "term_limit": 1,
    "audit_rate": 0.005,
    "sanction": 1,
    "restitution": 0.1,
}


def controls(rules: Rules) -> list[dict[str, Any]]:
    """Describe the control of every rule, in groups; ranges are wide enough for `rules`.

    >>> [group["name"] for group in controls(Rules())][:2]
    ['removes', 'picks']
    """
    declared = Rules.describe()
    return [
        {"name": group, "rules": [_control(name, declared[name], rules) for name in names]}
        for group, names in GROUPS.items()
    ]


def _control(name: str, declared: dict[str, Any], rules: Parameters) -> dict[str, Any]:
    value = getattr(rules, name)
    control: dict[str, Any] = {"name": name, "optional": declared["optional"]}
    if isinstance(declared["default"], bool):
        return {**control, "kind": "switch"}
    if declared["low"] is None:
        options = get_args(Rules.model_fields[name].annotation)
        return {**control, "kind": "choice", "options": list(options)}
    if name in FOUNDING:
        control["founding"] = True
    low, high = declared.get("sweep") or (declared["low"], declared["high"])
    if value is not None:
        low, high = min(low, value), max(high, value)
    fallback = declared["default"]
    return {
        **control,
        "kind": "percent" if name in PERCENT else "number",
        "low": low,
        "high": high,
        "step": STEPS.get(name, 0.01),
        "fallback": (low + high) / 2 if fallback is None else fallback,
    }
