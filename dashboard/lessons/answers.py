"""Answers to a pack's questions, read from what was computed: no number is made here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from .packs import Task

Facts = dict[str, Any]
Answer = list[dict[str, Any]]  # one entry a state, or one for a pair of states


def answers(task: Task, facts: Facts) -> Answer:
    """Return the answer to one question, an entry a state (for pairs: one for both)."""
    return ANSWERED[task.kind](task, facts)


def _of_states(read: Callable[[Task, Facts], Facts]) -> Callable[[Task, Facts], Answer]:
    """Let what reads one state's facts answer for all states of a question."""

    def answer(task: Task, facts: Facts) -> Answer:
        return [{"state": name, **read(task, facts["states"][name])} for name in task.states]

    return answer


def _regime(_: Task, state: Facts) -> Facts:
    return {"regime": state["regime"], "onset": state["onset"]}


def _value(task: Task, state: Facts) -> Facts:
    place = state["months"].index(task.month)
    return {"value": state["values"][task.measure][place]}


def _crossed(_: Task, state: Facts) -> Facts:
    return {"crossed": state["crossed"]}


def _eroded(_: Task, state: Facts) -> Facts:
    return {"eroded": state["eroded"]}


def _count(task: Task, state: Facts) -> Facts:
    return {"count": state["counts"][task.event]}


def _chances(task: Task, facts: Facts) -> Answer:
    """Count in how many of the seeds each regime came about, the most frequent first."""
    found = []
    for name in task.states:
        ends = facts["chances"][name]
        tally = Counter(end["regime"] for end in ends).most_common()
        found.append({"state": name, "seeds": len(ends), "tally": [list(one) for one in tally]})
    return found


def _pairs(task: Task, facts: Facts) -> Answer:
    """Count at how many seeds the second state ends higher than the first, and lower."""
    first, second = (facts["chances"][name] for name in task.states)
    gaps = [b[task.measure] - a[task.measure] for a, b in zip(first, second, strict=True)]
    higher, lower = sum(gap > 0 for gap in gaps), sum(gap < 0 for gap in gaps)
    return [{"state": task.states[1], "seeds": len(gaps), "higher": higher, "lower": lower}]


ANSWERED: dict[str, Callable[[Task, Facts], Answer]] = {
    "regime": _of_states(_regime),
    "value": _of_states(_value),
    "crossed": _of_states(_crossed),
    "eroded": _of_states(_eroded),
    "count": _of_states(_count),
    "chances": _chances,
    "pairs": _pairs,
}
