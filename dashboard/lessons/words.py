"""Answers, settings and tables of a pack in words, in one language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...experiments.wording import value_words
from ...texts import say
from ..session import Session
from .answers import Answer
from .packs import Pack, Task

LETTERS = "ABCDEFGH"


def letters(pack: Pack) -> dict[str, str]:
    """Return the letter that each state has on the sheets."""
    return dict(zip(pack.states, LETTERS, strict=False))


def settings(session: Session, language: str) -> list[str]:
    """Say what has to be set on the page, one thing after the other, to get this state."""
    scenario = session.scenario.title[language]
    steps = [say("teach.set.scenario", language, scenario=scenario, seed=session.seed)]
    for month, changes in session.schedule:
        for rule, value in changes:
            named = {
                "rule": say(f"rules.{rule}.label", language),
                "value": value_words(f"rules.{rule}", value, language),
            }
            at = "rule_later" if month else "rule"
            steps.append(say(f"teach.set.{at}", language, month=month, **named))
    return steps


def told(task: Task, answer: Answer, language: str) -> list[tuple[str, str]]:
    """Return the answer to a question as (state, words), an entry a state."""
    return [(entry["state"], TOLD[task.kind](task, entry, language)) for entry in answer]


def measured(value: float, language: str, digits: int = 2) -> str:
    """Return a value as the page shows it, with two `digits` after the decimal sign."""
    return f"{value:.{digits}f}".replace(".", say("language.decimal", language))


def _regime(_: Task, entry: dict[str, Any], language: str) -> str:
    name = say(f"regimes.{entry['regime']}.label", language)
    if entry["onset"] <= 1:
        return say("teach.answer.regime_always", language, regime=name)
    return say("teach.answer.regime", language, regime=name, month=entry["onset"])


def _value(_: Task, entry: dict[str, Any], language: str) -> str:
    return measured(entry["value"], language)


def _crossed(_: Task, entry: dict[str, Any], language: str) -> str:
    return crossed(entry["crossed"], language)


def crossed(found: list[list[Any]], language: str) -> str:
    """Say which indicators are beyond their threshold and since when, the earliest first."""
    named = [
        say(
            "verdict.indicator",
            language,
            measure=say(f"measures.{name}.label", language),
            month=month,
        )
        for name, month in found
    ]
    return "; ".join(named) or say("teach.answer.crossed_none", language)


def _eroded(_: Task, entry: dict[str, Any], language: str) -> str:
    return eroded(entry["eroded"], language)


def eroded(found: dict[str, Any] | None, language: str) -> str:
    """Say which rule was loosened first, from what to what and when; or that none was."""
    if found is None:
        return say("teach.answer.eroded_none", language)
    path = f"rules.{found['rule']}"
    return say(
        "teach.answer.eroded",
        language,
        rule=say(f"{path}.label", language),
        before=value_words(path, found["before"], language),
        after=value_words(path, found["after"], language),
        month=found["month"],
    )


def _count(_: Task, entry: dict[str, Any], __: str) -> str:
    return str(entry["count"])


def _chances(_: Task, entry: dict[str, Any], language: str) -> str:
    parts = [
        say(
            "teach.answer.share",
            language,
            regime=say(f"regimes.{regime}.label", language),
            count=count,
            total=entry["seeds"],
        )
        for regime, count in entry["tally"]
    ]
    return "; ".join(parts)


def _pairs(_: Task, entry: dict[str, Any], language: str) -> str:
    counts = {name: entry[name] for name in ("higher", "lower", "seeds")}
    return say("teach.answer.pairs", language, **counts)


TOLD: dict[str, Callable[[Task, dict[str, Any], str], str]] = {
    "regime": _regime,
    "value": _value,
    "crossed": _crossed,
    "eroded": _eroded,
    "count": _count,
    "chances": _chances,
    "pairs": _pairs,
}
