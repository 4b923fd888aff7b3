"""The verdict: who rules, who benefits, since when, and what gave way first.

Computed from what happened, never from rule settings: the columns `rule_...` of a history serve
only to name the first rule that gave way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np
import pandas as pd

from ..texts import say

REGIMES = (
    "workers_democracy",
    "struggling_democracy",
    "enlightened_technocracy",
    "bureaucratic_degeneration",
    "digital_dictatorship",
    "restoration",
    "contested",
)
CONTROLLED = ("workers_democracy", "struggling_democracy")

# Direction in which a change of a rule loosens the bonds on officials; used for words only.
LOOSER = {
    "recall_threshold": 1,
    "recall_pause_months": 1,
    "wage_cap": 1,
    "openness": -1,
    "participants_visible": 1,
    "elected_posts": -1,
    "term_months": 1,
    "term_limit": 1,
    "council_power": -1,
    "audit_rate": -1,
    "sanction": -1,
    "restitution": -1,
    "courts": -1,
    "algorithm_open": -1,
    "opposition": -1,
}


@dataclass(frozen=True)
class Thresholds:
    """Where an indicator counts as crossed, on yearly means; shares unless said otherwise.

    `margin` is the hysteresis: a crossed indicator must come back by this share of its threshold.
    """

    plan_fidelity: float = 0.93  # below: the plan serves other ends than needs
    irremovability: float = 0.80  # above: those who divert most stay in post
    co_optation: float = 0.50  # above: most delegates live on favours
    power_concentration: float = 0.15  # below: fewer than one in seven office-holders decide
    needs_met: float = 0.80  # below: needs unmet
    capture: float = 0.05  # above: much is taken
    privilege: float = 4.0  # above: officials live far better than workers (ratio)
    automation: float = 0.50  # above: decisions are mostly automatic
    inspected: float = 0.50  # below: mostly beyond inspection from outside
    margin: float = 0.05
    months: int = 12  # smoothing window


WHO_RULES = ("plan_fidelity", "irremovability", "co_optation", "power_concentration")
WHO_BENEFITS = ("needs_met", "capture", "privilege")
BELOW = ("plan_fidelity", "power_concentration", "needs_met", "inspected")


type Erosion = tuple[str, float, float, int]  # rule, value before, value after, month


@dataclass(frozen=True)
class Verdict:
    """The regime a history ends in, and how it came about.

    `onset` is the month (from 1) since which the regime has held without a break, `indicators` the
    crossed indicators in the order they crossed and `since` the month each did, `first_eroded` the
    first rule that was loosened (None if none was), `regimes` the regime of every month, `values`
    the last year's means, `erosion` that rule with its values before and after and the month.
    """

    regime: str
    onset: int
    indicators: tuple[str, ...]
    since: Mapping[str, int]
    first_eroded: str | None
    regimes: tuple[str, ...] = field(repr=False)
    values: Mapping[str, float] = field(repr=False)
    erosion: Erosion | None = field(default=None, repr=False, compare=False)

    @cached_property
    def sentence(self) -> Mapping[str, str]:
        """The verdict in words, by language."""
        return {language: _sentence(self, language) for language in ("en", "ru")}

    @property
    def controlled(self) -> bool:
        """Whether those who hold office are under control: a democracy, thriving or struggling."""
        return self.regime in CONTROLLED


type History = pd.DataFrame | Mapping[str, np.ndarray]


def verdict(history: History, thresholds: Thresholds | None = None) -> Verdict:
    """Judge one history (columns `month` and every measure), a frame or a mapping of columns.

    Raises ValueError when a measure is missing or the history is empty.
    """
    limits = thresholds or Thresholds()
    smooth, crossed = _judge(history, limits)
    regimes = _regimes(crossed, _column(history, "restored") > 0.5)
    last = regimes[-1]
    broken = (k for k, regime in enumerate(reversed(regimes)) if regime != last)
    start = len(regimes) - next(broken, len(regimes))
    months = _column(history, "month")
    since = _since(crossed, months)
    erosion = first_erosion(history)
    return Verdict(
        regime=last,
        onset=int(months[start]),
        indicators=tuple(since),
        since=since,
        first_eroded=None if erosion is None else erosion[0],
        regimes=tuple(regimes),
        values={name: float(values[-1]) for name, values in smooth.items()},
        erosion=erosion,
    )


def final_regime(history: History, thresholds: Thresholds | None = None) -> str:
    """Return only the regime a history ends in; errors as of `verdict`."""
    _, crossed = _judge(history, thresholds or Thresholds())
    return _regimes(crossed, _column(history, "restored") > 0.5)[-1]


def _column(history: History, name: str) -> np.ndarray:
    """Return one column as floats."""
    return np.asarray(history[name], dtype=float)


def _judge(
    history: History, limits: Thresholds
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return yearly means and crossings of every indicator, month by month."""
    needed = [f.name for f in fields(limits) if f.name not in ("margin", "months")]
    missing = [name for name in ("month", *needed, "restored") if name not in history]
    if missing or len(history["month"]) == 0:
        raise ValueError(f"a history needs at least one month and the columns {missing or needed}")
    smooth = _smooth(history, needed, limits.months)
    return smooth, {name: _crossings(smooth[name], name, limits) for name in needed}


def _smooth(history: History, names: list[str], months: int) -> dict[str, np.ndarray]:
    """Return trailing means over up to `months` months."""
    window = np.minimum(np.arange(1, len(history["month"]) + 1), months)
    smooth = {}
    for name in names:
        total = np.cumsum(_column(history, name))
        before = np.concatenate([np.zeros(min(months, len(total))), total[:-months]])
        smooth[name] = (total - before[: len(total)]) / window
    return smooth


def _crossings(values: np.ndarray, name: str, limits: Thresholds) -> np.ndarray:
    """Return month by month whether an indicator is crossed, with hysteresis."""
    limit = getattr(limits, name)
    sign = -1.0 if name in BELOW else 1.0
    excess = sign * (values - limit)
    beyond = excess > 0.0
    settled = beyond | (excess < -limits.margin * limit)
    last = np.maximum.accumulate(np.where(settled, np.arange(len(values)), 0))  # month that settles
    return beyond[last]


def _regimes(crossed: Mapping[str, np.ndarray], restored: np.ndarray) -> list[str]:
    """Return the regime of every month.

    Control is lost where few decide and either stay whatever they take or take much, or where three
    of the four signs of who rules are crossed. Few who decide but can be removed and take little,
    or two other signs, leave the matter contested.
    """
    signs = sum(crossed[name].astype(int) for name in WHO_RULES)
    few = crossed["power_concentration"]
    lost = (few & (crossed["irremovability"] | crossed["capture"])) | (signs >= 3)
    doubtful = ~lost & (few | (signs == 2))
    opaque = crossed["automation"] & crossed["inspected"]
    served = ~(crossed["needs_met"] | crossed["capture"] | crossed["privilege"])
    taken = crossed["capture"]
    choices = [restored, doubtful, lost & opaque, lost & served, lost, taken, crossed["needs_met"]]
    names = [
        "restoration",
        "contested",
        "digital_dictatorship",
        "enlightened_technocracy",
        "bureaucratic_degeneration",
        "contested",
        "struggling_democracy",
    ]
    return np.select(choices, names, "workers_democracy").tolist()


def _since(crossed: Mapping[str, np.ndarray], months: np.ndarray) -> dict[str, int]:
    """Return the indicators crossed at the end with the month each crossed, earliest first."""
    since = {}
    for name in (*WHO_RULES, *WHO_BENEFITS):
        states = crossed[name]
        if states[-1]:
            outside = np.flatnonzero(~states)
            first = 0 if len(outside) == 0 else int(outside[-1]) + 1
            since[name] = int(months[first])
    return dict(sorted(since.items(), key=lambda item: item[1]))


def first_erosion(history: History) -> Erosion | None:
    """Return the first rule loosened after the founding, its values before and after, the month."""
    first: Erosion | None = None
    months = _column(history, "month")
    for name, sign in LOOSER.items():
        if f"rule_{name}" not in history:
            continue
        raw = _column(history, f"rule_{name}")
        if (raw == raw[0]).all():
            continue
        # a missing recall, cap or term limit is the loosest value of all
        values = np.nan_to_num(raw, nan=1e9)
        loosened = np.flatnonzero(sign * np.diff(values) > 0.0)
        if len(loosened):
            k = int(loosened[0])
            month = int(months[k + 1])
            if first is None or month < first[3]:
                first = (name, float(raw[k]), float(raw[k + 1]), month)
    return first


def _value(name: str, value: float, language: str) -> str:
    """Write a rule's value in words."""
    if np.isnan(value):
        return say(f"rules.{name}.none", language)
    return f"{value:g}".replace(".", "," if language == "ru" else ".")


def _sentence(result: Verdict, language: str) -> str:
    """Say the verdict in words."""
    months = len(result.regimes)
    name = say(f"regimes.{result.regime}.name", language)
    parts = [say("verdict.ended", language, months=months, regime=name)]
    if result.onset > 1:
        parts.append(say("verdict.onset", language, month=result.onset))
    if result.indicators:
        listed = ", ".join(
            say(
                "verdict.indicator",
                language,
                measure=say(f"measures.{indicator}.label", language),
                month=month,
            )
            for indicator, month in list(result.since.items())[:3]
        )
        parts.append(say("verdict.indicators", language, list=listed))
    if result.erosion is not None:
        rule, before, after, month = result.erosion
        words = {"before": _value(rule, before, language), "after": _value(rule, after, language)}
        label = say(f"rules.{rule}.label", language)
        parts.append(say("verdict.eroded", language, rule=label, month=month, **words))
    return " ".join(parts)
