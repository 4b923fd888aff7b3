"""The frontier as a figure: everything tried, what none beats, and how sure one can be."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ...texts import say
from ..analysis.drawing import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    VERMILION,
    canvas,
    decimal,
    legend,
    per_cent,
    sign,
)
from .display import mark_name, marks
from .goals import CHEAPEST
from .study import BASE, ORIGIN, Findings, Found

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLOSE = 24  # pixels between points that share one label
MARKS = {ORIGIN: (GREEN, "s"), BASE: (ORANGE, "D")}


def draw(findings: Findings, language: str, command: str) -> Figure:
    """Return the figure of a search."""
    name = findings.goal.name
    base = findings.request.base
    heading = say(f"search.{name}.figure", language, title=base.title.get(language) or base.name)
    figure, (chart,) = canvas(heading, 4.2)
    _tried(chart, findings, language)
    _best(chart, findings, language)
    _marks(chart, findings, language)
    _dress(chart, findings, language)
    number(chart, [(found.checked.across, found.checked.up) for found in findings.best])
    legend(chart, 2)
    return sign(figure, command, language)


def _tried(chart: Axes, findings: Findings, language: str) -> None:
    """Draw everything tried in full as grey dots."""
    whole = np.array([trial.values for trial in findings.trials if trial.whole])
    words = say("search.tried", language, members=findings.request.members)
    ups = findings.goal.sign * whole[:, 1]
    chart.plot(whole[:, 0], ups, "o", color=GREY, ms=3.5, mec="none", alpha=0.6, label=words)


def _best(chart: Axes, findings: Findings, language: str) -> None:
    """Draw the frontier in fresh societies, numbered as in the table, and what luck had added."""
    x = [found.checked.across for found in findings.best]
    y = [found.checked.up for found in findings.best]
    chart.step(x, y, where="post", color=BLUE, lw=1.0, alpha=0.6)
    words = say("search.frontier", language, check=findings.request.check)
    _dots(chart, findings.best, BLUE, "o", words)
    lucky = [(found.searched.across, found.searched.up) for found in findings.best]
    words = say("search.lucky", language)
    chart.plot(*zip(*lucky, strict=True), "o", mfc="none", color=BLUE, ms=6.0, label=words)
    if findings.answer is not None:
        _dots(chart, [findings.answer], VERMILION, "*", say("search.the_answer", language), 13.0)


def number(chart: Axes, points: list[tuple[float, float]]) -> None:
    """Number points in their order; those that lie close together share one label, as 3-5."""
    chart.autoscale_view()  # else places on the figure are not known yet
    shown = [chart.transData.transform(point) for point in points]
    groups: list[list[int]] = []
    for place, here in enumerate(shown):
        if groups and math.dist(here, shown[place - 1]) < CLOSE:
            groups[-1].append(place)
        else:
            groups.append([place])
    for group in groups:
        words = "\N{EN DASH}".join(str(place + 1) for place in dict.fromkeys((group[0], group[-1])))
        x, y = np.mean([points[place] for place in group], axis=0).tolist()
        chart.annotate(words, (x, y), (-8, 4), ha="right", textcoords="offset points", fontsize=8)


def _marks(chart: Axes, findings: Findings, language: str) -> None:
    """Draw what the frontier is compared with."""
    for key, found in marks(findings).items():
        _dots(chart, [found], *MARKS[key], mark_name(findings, key, language))


def _dots(
    chart: Axes, found: list[Found], colour: str, mark: str, words: str, size: float = 6.0
) -> None:
    """Draw points with their intervals, as fresh societies show them."""
    x = [each.checked.across for each in found]
    lows, highs = zip(*(each.checked.interval for each in found), strict=True)
    chart.vlines(x, lows, highs, color=colour, lw=1.2, alpha=0.7)
    ups = [each.checked.up for each in found]
    chart.plot(x, ups, mark, color=colour, ms=size, mec="white", mew=0.6, label=words, zorder=3)


def _dress(chart: Axes, findings: Findings, language: str) -> None:
    """Name the axes and draw the share that was asked for."""
    name = findings.goal.name
    chart.set_xlabel(say(f"search.{name}.x", language), fontsize=8)
    chart.set_ylabel(say(f"search.{name}.y", language), fontsize=8)
    chart.grid(color="#dddddd", lw=0.6)
    chart.set_axisbelow(True)
    chart.set_ylim(bottom=-0.03 * chart.get_ylim()[1])
    decimal(chart, language)
    if name == CHEAPEST:
        words = say("search.asked", language)
        chart.axhline(findings.request.share, color=VERMILION, lw=0.8, ls="--", label=words)
        per_cent(chart, language, "y")
    else:
        decimal(chart, language, "y")
