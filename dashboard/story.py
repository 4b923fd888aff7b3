"""The societies of the view Learn: what each step of the story bets on, and the challenge after it.

A table and nothing else: no outcome stands here. What came of a society is computed from it (see
`learn_runs`), so that a bet may be right today and wrong after the model has changed.
"""

from __future__ import annotations

import shlex
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

import numpy as np

from ..model.declaration import ParameterError
from ..model.scenario import Scenario
from ..scenarios import load_scenario
from .frames import RunKey
from .session import Session

SEED = 1  # the first of the page; the others are derived from it
RUNS = 20  # societies that answer "was that luck?"

REGIME_CHOICES = {
    "workers_democracy": "controlled",
    "struggling_democracy": "controlled",
    "contested": "contested",
    "enlightened_technocracy": "served",
    "bureaucratic_degeneration": "captured",
    "digital_dictatorship": "captured",
    "restoration": "captured",
}
RATIOS = ("far_less", "less", "same", "more")


@dataclass(frozen=True)
class Bet:
    """What is asked before the reveal.

    `about` is "regime", "office" (the share that one official means to take) or a measure, as mean
    of the last year: itself, its ratio to the other society's, or the difference from it. `cuts`
    part the numbers into `choices`, from low to high.
    """

    about: str
    choices: tuple[str, ...]
    cuts: tuple[float, ...] = ()
    beside: Literal["itself", "ratio", "difference"] = "itself"

    def answer(self, here: Mapping[str, Any], there: Mapping[str, Any] | None = None) -> str:
        """Return the choice that came true; `here` and `there` are outcomes of `learn_runs`.

        >>> Bet("needs_met", ("low", "high"), (0.8,)).answer({"values": {"needs_met": 0.9}})
        'high'
        """
        if self.about == "regime":
            return REGIME_CHOICES[here["regime"]]
        return self.choices[bisect_right(self.cuts, self.value(here, there))]

    def value(self, here: Mapping[str, Any], there: Mapping[str, Any] | None = None) -> float:
        """Return the number that the cuts part."""
        own = here["values"][self.about]
        if self.beside == "itself" or there is None:
            return own
        other = there["values"][self.about]
        if self.beside == "difference":
            return own - other
        return own / other if other else float("inf")


WHO_RULES = Bet("regime", ("controlled", "contested", "served", "captured"))
TAKEN = Bet("capture", RATIOS, (0.5, 0.9, 1.1), "ratio")


@dataclass(frozen=True)
class Step:
    """One step of the story: a society of the catalogue, some rules changed, beside another.

    `beside` names an earlier step with the same chance events. `office` is the tier of the official
    whose month is told, `shows` are the measures of which the reveal gives numbers.
    """

    name: str
    scenario: str
    bet: Bet
    rules: Mapping[str, Any] = field(default_factory=dict)
    beside: str | None = None
    months: int = 240
    office: str | None = None
    shows: tuple[str, ...] = ("needs_met", "capture", "privilege", "irremovability")

    def key(self, seed: int = SEED) -> RunKey:
        """Return the run of this society with a seed."""
        return replace(self.session().key, seed=seed)

    def session(self) -> Session:
        """Return the visitor who would see this society in Explore."""
        session = Session()
        session.choose(self.scenario)
        session.reseed(SEED)
        for name, value in self.rules.items():
            session.change(name, value, 0)
        return session


STEPS = (
    Step(
        "reports",
        "nomenklatura",
        Bet("distortion", ("below", "little", "some", "much"), (0.01, 0.05, 0.2)),
        months=120,
        shows=("distortion", "hidden_capacity", "indicator_gap", "needs_met"),
    ),
    Step(
        "office",
        "nomenklatura",
        Bet("office", ("below", "some", "much"), (0.1, 0.5)),
        months=120,
        office="planner",
        shows=("capture", "privilege"),
    ),
    Step("irremovable", "nomenklatura", WHO_RULES),
    Step("books", "openness-only", TAKEN, beside="irremovable"),
    Step("recall", "recall-only", TAKEN, beside="irremovable"),
    Step(
        "cap",
        "cap-only",
        Bet("privilege", RATIOS, (0.5, 0.9, 1.1), "ratio"),
        beside="irremovable",
    ),
    Step("together", "workers-democracy", WHO_RULES, beside="irremovable"),
    Step(
        "machines",
        "digital-dictatorship",
        Bet("needs_met", ("worse", "same", "better"), (-0.02, 0.02), "difference"),
        beside="together",
    ),
    Step("auditors", "audited-meritocracy", TAKEN, beside="together"),
    Step("shut", "workers-democracy", WHO_RULES, rules={"openness": 0.1}, beside="together"),
)


def step(name: str) -> Step:
    """Return a step by its name; raises ParameterError when there is none."""
    found = next((one for one in STEPS if one.name == name), None)
    if found is None:
        raise ParameterError(f"The story has no step {name!r}.")
    return found


CHALLENGE_BASE = "nomenklatura"  # the rules that the reader inherits
CHALLENGE_MONTHS = 480
FUTURES = 10
PRESETS = (
    "nomenklatura",
    "workers-democracy",
    "audited-meritocracy",
)  # whose rules may be taken up
SEVERITY, START, LENGTH = (0.1, 0.6), (12, 360), (6, 60)  # ranges of the shock


@dataclass(frozen=True)
class Future:
    """What a constitution meets: chance events (`seed`) and one shock from outside."""

    seed: int
    severity: float
    start_month: int
    months: int


@cache
def futures() -> tuple[Future, ...]:
    """Draw the futures, the same for everybody: every shock uniformly from its ranges."""
    draw = np.random.default_rng(SEED)
    return tuple(
        Future(
            seed=seed,
            severity=round(float(draw.uniform(*SEVERITY)), 2),
            start_month=int(draw.integers(*START)),
            months=int(draw.integers(*LENGTH)),
        )
        for seed in range(1, FUTURES + 1)
    )


def constitution(text: str) -> Scenario:
    """Read "openness=0.9,recall_threshold=none" as changes to the rules that the reader inherits.

    Raises ParameterError where a rule is unknown or its value impossible.
    """
    scenario = load_scenario(CHALLENGE_BASE).replace(months=CHALLENGE_MONTHS)
    for part in filter(None, text.split(",")):
        name, _, value = part.partition("=")
        scenario = scenario.set(f"rules.{name}", value)
    return scenario


def challenge_key(text: str, number: int) -> RunKey:
    """Return the run of a constitution in one of the futures."""
    future = futures()[number]
    shocks = {
        "severity": future.severity,
        "start_month": future.start_month,
        "months": future.months,
    }
    return RunKey(constitution(text).replace(shocks=shocks), future.seed)


def challenge_command(text: str, number: int) -> str:
    """Return the command line that lives through a constitution in one of the futures.

    >>> challenge_command("openness=0.9", 0).split()[:4]
    ['thermidor', 'run', 'nomenklatura', '--set']
    """
    key = challenge_key(text, number)
    shocks = key.scenario.shocks.model_dump().items()
    settings = [f"rules.{part}" for part in filter(None, text.split(","))]
    settings += [f"shocks.{name}={value}" for name, value in shocks]
    pairs = [word for one in settings for word in ("--set", one)]
    rest = ["--months", str(CHALLENGE_MONTHS), "--seed", str(key.seed)]
    return shlex.join(["thermidor", "run", CHALLENGE_BASE, *pairs, *rest])
