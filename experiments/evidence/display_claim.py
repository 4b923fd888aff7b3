"""What the study of the claim came to, as tables for the terminal in the language asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.table import Table

from ...texts import has, say
from ..display import grid
from ..wording import grouped
from .claim import FACTORS
from .contest import Share
from .coverage import WANTED
from .summary import GAIN, RIVALS, Summary
from .systems import PACKAGE, START


def claim(found: Summary, language: str) -> Iterator[Any]:
    """Yield tables and sentences, one below the other."""
    tell = _Teller(language)
    yield tell("heading", runs=grouped(found.study.runs, language), seed=found.study.seed)
    if found.study.size.first_look:
        yield tell("quick")
    yield _standings(found, tell)
    yield _contests(found, tell)
    yield _others(found, tell)
    yield _remedies(found, tell)
    yield _variance(found, tell)
    yield _smallest(found, tell)
    yield tell("legend")
    yield say("verdict.caution", language)


@dataclass(frozen=True)
class _Teller:
    """Words and numbers of the claim in one language."""

    language: str

    def __call__(self, key: str, **values: Any) -> str:
        return say(f"claim.{key}", self.language, **values)

    def system(self, name: str) -> str:
        if has(f"claim.systems.{name}"):
            return self(f"systems.{name}")
        return self("only", player=self(f"players.{name}"))

    def reading(self, name: str) -> str:
        key = f"claim.readings.{name}"
        return say(key if has(key) else f"measures.{name}.label", self.language)

    def mean(self, value: float) -> str:
        return self._localised(f"{value:.3f}")

    def percent(self, value: float) -> str:
        return self._localised(f"{value:.0%}")

    def share(self, found: Share) -> str:
        return self._localised(f"{found.value:.0%} ({100 * found.low:.0f}–{100 * found.high:.0f})")

    def points(self, triple: np.ndarray) -> str:
        mean, low, high = (100.0 * float(value) for value in triple)
        return self._localised(f"{mean:+.1f} ({low:+.1f} … {high:+.1f})")

    def _localised(self, text: str) -> str:
        signs = {".": "decimal", "%": "percent"}
        for sign, name in signs.items():
            text = text.replace(sign, say(f"language.{name}", self.language))
        return text.replace("-", "\N{MINUS SIGN}")


def _standings(found: Summary, tell: _Teller) -> Table:
    space = found.spaces["uniform"]
    columns = ("system", "controlled", "accountable", "served", "needs_met", "capture")
    table = grid(tell("standings", points=space.points), *map(tell, columns))
    for name, standing in space.standings.items():
        others = (standing.accountable.value, standing.served.value)
        means = (standing.means["needs_met"], standing.means["capture"])
        table.add_row(
            tell.system(name),
            tell.share(standing.controlled),
            *map(tell.percent, others),
            *map(tell.mean, means),
        )
    return table


def _contests(found: Summary, tell: _Teller) -> Table:
    space = found.spaces["uniform"]
    columns = ("rival", "ahead", "behind", "wins", "loses", "conclusion")
    table = grid(tell("contests"), *map(tell, columns))
    for rival in RIVALS:
        met = space.contests[rival]
        others = (met.behind, met.wins_by_deeds, met.loses_by_deeds)
        both = (space.conclusion(rival), space.conclusion(rival, by_deeds=True))
        table.add_row(
            tell.system(rival),
            tell.share(met.ahead),
            *(tell.percent(each.value) for each in others),
            "; ".join(tell(f"conclusions.{each}") for each in both),
        )
    return table


def _others(found: Summary, tell: _Teller) -> Table:
    table = grid(tell("others"), *map(tell, ("prior", "controlled", "ahead", "wins", "loses")))
    for name, space in found.spaces.items():
        met = space.contests[START]
        shares = (space.standings[PACKAGE].controlled, met.ahead, met.wins_by_deeds)
        table.add_row(
            tell(f"priors.{name}"),
            *(tell.share(each) for each in (*shares, met.loses_by_deeds)),
        )
    return table


def _remedies(found: Summary, tell: _Teller) -> Table:
    adds = found.spaces["uniform"].adds
    heads = [tell(f"readings.{reading}") for reading in GAIN]
    table = grid(tell("remedies"), tell("remedy"), *heads)
    for k, name in enumerate(adds["controlled"].players):
        cells = [tell.points(adds[reading].shapley[:, k]) for reading in GAIN]
        table.add_row(tell(f"players.{name}"), *cells)
    return table


def _variance(found: Summary, tell: _Teller) -> Table:
    heads = [tell(f"factors.{factor}") for factor in (*FACTORS, "mixes")]
    table = grid(tell("shares"), "", *heads)
    for name, readings in found.variance.items():
        table.add_row(tell(f"contrasts.{name}"))
        for reading, parts in readings.items():
            cells = [parts.get(factor, (0.0, 0.0))[0] for factor in (*FACTORS, "mixes")]
            table.add_row(f"  {tell.reading(reading)}", *map(tell.percent, cells))
    return table


def _smallest(found: Summary, tell: _Teller) -> str:
    covers = found.spaces["uniform"].covers["controlled"]
    best = covers.smallest[0] if covers.smallest else covers.best
    names = ", ".join(tell(f"players.{name}") for name in best.players) or tell("nobody")
    key = "holds" if covers.smallest else "holds_not"
    values = {"wanted": WANTED, "count": len(best.players), "list": names, "share": best.share}
    return tell(key, **values)
