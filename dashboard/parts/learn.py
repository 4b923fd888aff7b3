"""The view Learn: steps of the story by name, the reader's constitution, and what was checked."""

from __future__ import annotations

from typing import Any

from ...model.declaration import ParameterError
from ...scenarios import load_scenario
from ..frames import Chunk, RunKey, window
from ..rules import controls
from ..session import LONGEST_NOTE
from ..story import (
    CHALLENGE_BASE,
    CHALLENGE_MONTHS,
    PRESETS,
    RUNS,
    STEPS,
    Step,
    challenge_command,
    challenge_key,
    futures,
    step,
)
from .part import Part

CHALLENGE = "challenge"  # stands in place of a step's name


class Learn(Part):
    """Takes only the names of steps, so that a class shares their runs, and valid rules."""

    name = "learn"

    def answer(self, kind: str, message: dict[str, Any]) -> None:
        """Send the story, months of a society, what came of one, or what was checked."""
        match kind:
            case "story":
                self.tell("story", steps=[_described(one) for one in STEPS], challenge=_challenge())
            case "months":
                self._send_months(message)
            case "told":
                name, run = step(str(message["step"])).name, _number(message["run"], RUNS)
                future = self.host.computer.task((name, run), f"{RUNS_AT}:told", name, run)
                self.later(future, lambda told: self.tell("told", step=name, **told), step=name)
            case "attempt":
                rules, number = _rules(message["rules"]), _number(message["future"], len(futures()))
                call = challenge_command(rules, number)  # refuses what is no rule or out of range
                task = (rules, number)
                future = self.host.computer.task(task, f"{RUNS_AT}:attempt", rules, number)
                self.later(
                    future, lambda told: self.tell("attempt", rules=rules, command=call, **told)
                )
            case "grounds":
                language = self.host.session.language
                future = self.host.computer.task(
                    language, "dashboard.learn_grounds:grounds", language
                )
                self.later(future, lambda found: self.tell("grounds", **found))
            case _:
                raise ValueError(f"The story knows nothing of {kind!r}.")

    def _send_months(self, message: dict[str, Any]) -> None:
        """Have months of a step's or of the challenge's society computed, as for Explore."""
        generation = int(message["generation"])
        key, months = self._society(message)
        asked = window(message["start"], message["count"], months)

        def send(chunk: Chunk) -> None:
            self.tell("frames", chunk.buffers(), generation=generation, **chunk.header())

        self.later(self.host.computer.frames(key, *asked), send, generation=generation)

    def _society(self, message: dict[str, Any]) -> tuple[RunKey, int]:
        """Return which society is meant and how many of its months are shown."""
        if message["step"] == CHALLENGE:
            number = _number(message["future"], len(futures()))
            return challenge_key(_rules(message["rules"]), number), CHALLENGE_MONTHS
        asked = step(str(message["step"]))
        return asked.key(), asked.months


RUNS_AT = "dashboard.learn_runs"


def _number(value: Any, below: int) -> int:
    if not isinstance(value, int) or not 0 <= value < below:
        raise ParameterError(
            f"There are {below} of them, from 0 on; {value!r:.20} is none of them."
        )
    return value


def _rules(value: Any) -> str:
    text = str(value)
    if len(text) > LONGEST_NOTE:
        raise ParameterError(f"A constitution may have {LONGEST_NOTE} signs at most.")
    return text


def _described(asked: Step) -> dict[str, Any]:
    session = asked.session()
    return {
        "name": asked.name,
        "scenario": asked.scenario,
        "rules": session.rules_at(0).model_dump(),
        "seed": session.seed,
        "months": asked.months,
        "runs": RUNS,
        "people": session.scenario.population.workers,
        "beside": asked.beside,
        "shows": list(asked.shows),
        "bet": {
            "about": asked.bet.about,
            "beside": asked.bet.beside,
            "choices": list(asked.bet.choices),
            "cuts": list(asked.bet.cuts),
        },
        "search": session.search(),
    }


def _challenge() -> dict[str, Any]:
    rules = load_scenario(CHALLENGE_BASE).rules
    shocks = [
        {"seed": one.seed, "severity": one.severity, "start": one.start_month, "months": one.months}
        for one in futures()
    ]
    return {
        "months": CHALLENGE_MONTHS,
        "rules": rules.model_dump(),
        "controls": controls(rules),
        "presets": {name: load_scenario(name).rules.model_dump() for name in PRESETS},
        "futures": shocks,
    }
