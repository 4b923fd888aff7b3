"""What came of a pack's states: computed as the page computes them, and nothing typed.

This module loads the compiled model; the server itself never imports it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from ...model.parameters import Rules
from ...model.verdict import Verdict, first_erosion, verdict
from ..runs import Run
from ..session import Session
from .answers import answers
from .packs import Pack

COUNTED = (
    "scandal",
    "recall",
    "recall_failed",
    "dismissal",
    "co_optation",
    "amendment",
    "amendment_stopped",
)
DIGITS = 4


def computed_key(pack: Pack) -> dict[str, Any]:
    """Run all states of a pack and return its answer key: what happened, and every answer."""
    states = {name: state_facts(pack, pack.session(name)) for name in pack.states}
    chances = {name: _chances(pack, name) for name in pack.chances}
    facts = {"states": states, "chances": chances}
    return {**facts, "answers": {task.name: answers(task, facts) for task in pack.tasks}}


def state_facts(pack: Pack, session: Session) -> dict[str, Any]:
    """Return what is asked about one run: its values and regimes at the pack's months, its end."""
    run, judged = _lived(session)
    history = run.society.history()
    months = [month for month in pack.months if month <= session.scenario.months]
    return {
        "months": months,
        "values": {
            name: [round(float(history[name].iloc[month - 1]), DIGITS) for month in months]
            for name in pack.measures
        },
        "regimes": [judged.regimes[month - 1] for month in months],
        "regime": judged.regime,
        "onset": judged.onset,
        "crossed": [[name, month] for name, month in judged.since.items()],
        "eroded": _eroded(run),
        "counts": _counts(run),
    }


def _lived(session: Session) -> tuple[Run, Verdict]:
    """Return a run that has come to its end, and the verdict on it."""
    run = Run(session.key)
    run.advance(session.scenario.months)
    return run, verdict(run.society.history())


def _chances(pack: Pack, state: str) -> list[dict[str, Any]]:
    """Return how the same state ends with other chance events, seed by seed."""
    ends = []
    for seed in range(1, pack.seeds + 1):
        session = pack.session(state)
        session.reseed(seed)
        run, judged = _lived(session)
        last = run.society.history().iloc[-1]
        values = {name: round(float(last[name]), DIGITS) for name in pack.measures}
        ends.append({"seed": seed, "regime": judged.regime, **values})
    return ends


def _eroded(run: Run) -> dict[str, Any] | None:
    """Return which rule was loosened first, as the verdict has it, and from what to what."""
    found = first_erosion(run.society.history())
    if found is None:
        return None
    rule, before, after, month = found
    return {"rule": rule, "before": _value(rule, before), "after": _value(rule, after)} | {
        "month": month
    }


def _value(rule: str, number: float) -> Any:
    """Turn a number of a history back into the rule's own kind of value."""
    if number != number:
        return None
    default = Rules.model_fields[rule].default
    return bool(number) if isinstance(default, bool) else round(number, DIGITS)


def _counts(run: Run) -> dict[str, int]:
    """Count what the page's log would tell over the whole run."""
    told = Counter(event["kind"] for event in run.events(1, run.month))
    return {kind: told[kind] for kind in COUNTED}
