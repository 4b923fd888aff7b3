"""Figures of what happens: boxes of scenario discovery, event times, enough replicates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...texts import say
from .drawing import (
    BLUE,
    DARK,
    GREY,
    SERIES,
    SKY,
    STROKES,
    VERMILION,
    canvas,
    decimal,
    legend,
    per_cent,
    plain,
)
from .event_times import Curve
from .material import Material, coded, is_share_of_runs, level_key, levels_of
from .scenario_discovery import Box, Discovery, Limit
from .sufficiency import mean_half_width, share_half_width
from .words import limit_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw_boxes(material: Material, found: Discovery, title: str, language: str) -> Figure:
    """Draw the first box: what it asks of each factor, and what PRIM offered to choose from."""
    box = found.boxes[0]
    figure, (ranges, offers) = canvas(title, max(2.4, 1.2 + 0.6 * len(box.limits)), columns=2)
    _ranges(ranges, material, box, language)
    path = found.offers.sort_values("coverage")
    for count in sorted(set(path["limits"].astype(int).tolist())):
        part = path[path["limits"] == count]
        mark, colour = "osD^vP"[min(count, 5)], SERIES[min(count, 5)]
        label = say("analysis.limits", language, count=count)
        offers.plot(part["coverage"], part["density"], mark, color=colour, ms=4, label=label)
    chosen = path[path["chosen"]].iloc[0]
    offers.plot(chosen["coverage"], chosen["density"], "o", ms=12, mfc="none", mec=DARK)
    offers.axhline(found.share, color=GREY, lw=0.8, ls="--")
    offers.set_xlim(0.0, 1.04)
    offers.set_ylim(0.0, 1.04)
    offers.set_xlabel(say("analysis.axes.coverage", language), fontsize=8)
    offers.set_ylabel(say("analysis.axes.density", language), fontsize=8)
    per_cent(offers, language)
    per_cent(offers, language, "y")
    offers.grid(color="#dddddd", lw=0.6)
    legend(offers, 3)
    return figure


def _ranges(chart: Axes, material: Material, box: Box, language: str) -> None:
    """Draw each limited factor's whole range, and the part of it in the box."""
    for place, limit in enumerate(reversed(box.limits)):
        left, right = _part(limit, material.points[limit.factor])
        chart.barh(place, 1.0, 0.3, color="#eeeeee")
        chart.barh(place, right - left, 0.3, left=left, color=SKY, hatch="///", ec=BLUE, lw=1)
        told = limit_words(limit, language)
        chart.text(0.0, place + 0.22, plain(told), fontsize=8, va="bottom")
    chart.set_xlim(-0.02, 1.02)
    chart.set_ylim(-0.5, len(box.limits) - 0.2)
    chart.set_yticks([])
    chart.spines["left"].set_visible(False)
    chart.set_xticks([0.0, 1.0], [say(f"analysis.axes.{k}", language) for k in ("least", "most")])


def _part(limit: Limit, values: pd.Series) -> tuple[float, float]:
    """Return which part (0..1) of a factor's range or levels lies within a limit."""
    levels = levels_of(values)
    if limit.levels:
        inside = {level_key(level) for level in limit.levels}
        places = [k for k, level in enumerate(levels) if level_key(level) in inside]
        return places[0] / len(levels), (places[-1] + 1) / len(levels)
    codes = coded(pd.Series(levels, dtype=object))
    lowest, width = codes.min(), codes.max() - codes.min()
    numbers = [float(level) for level in levels if level is not None]
    high = limit.high if limit.high is not None else numbers[-1] if limit.set else codes.max()
    low = limit.low if limit.low is not None else lowest
    return (low - lowest) / width, (high - lowest) / width


def draw_events(
    curves: Sequence[Curve | None], names: Sequence[str], months: int, title: str, language: str
) -> Figure:
    """Draw the share of runs in which it has happened by each month, a stroke a group."""
    figure, (chart,) = canvas(title, 3.2)
    ends = []
    for k, (curve, name) in enumerate(zip(curves, names, strict=True)):
        if curve is None:
            continue
        colour, stroke = SERIES[k % len(SERIES)], STROKES[k % len(STROKES)]
        at = np.append(curve.months, max(months, curve.months[-1]))
        share, low, high = (np.append(x, x[-1]) for x in (curve.share, curve.low, curve.high))
        chart.fill_between(at, low, high, step="post", color=colour, alpha=0.15, lw=0)
        chart.step(at, share, where="post", color=colour, ls=stroke, lw=1.6)
        ends.append((float(share[-1]), f"{name} (n = {curve.runs})", colour))
    top = max(float(curve.high.max()) for curve in curves if curve is not None)
    chart.set_ylim(0.0, 1.02 if top > 0.5 else max(1.1 * top, 0.01))
    _beside(chart, ends, months)
    chart.set_xlim(0, months)
    per_cent(chart, language, "y")
    chart.grid(color="#dddddd", lw=0.6)
    chart.set_xlabel(say("ui.month", language), fontsize=8)
    chart.set_ylabel(say("analysis.axes.happened", language), fontsize=8)
    return figure


def _beside(chart: Axes, ends: list[tuple[float, str, str]], months: int) -> None:
    """Name curves at their ends, moved apart where they meet."""
    height, top = -1.0, chart.get_ylim()[1]
    for share, name, colour in sorted(ends):
        height = max(share / top, height + 0.065)
        chart.annotate(
            plain(name),
            (months, share),
            xytext=(1.02, height),
            textcoords="axes fraction",
            fontsize=8,
            color=colour,
            va="center",
            annotation_clip=False,
        )


def draw_sufficiency(
    material: Material, outcome: str, spreads: tuple[float, float], title: str, language: str
) -> Figure:
    """Draw how the interval narrows with replicates, at a typical point and at a restless one."""
    figure, (chart,) = canvas(title, 3.0)
    width = share_half_width if is_share_of_runs(outcome) else mean_half_width
    most = max(100, 4 * material.replicates)
    counts = np.unique(np.geomspace(2, most, 60).astype(int))
    looks = ((BLUE, "-", "typical"), (VERMILION, "--", "worst"))
    for spread, (colour, stroke, key) in zip(spreads, looks, strict=True):
        widths = [width(spread, int(count)) for count in counts]
        label = say(f"analysis.axes.{key}", language)
        chart.plot(counts, widths, color=colour, ls=stroke, lw=1.6, label=label)
        now = width(spread, material.replicates)
        chart.plot(material.replicates, now, "o", color=colour, ms=6, mec="white")
    chart.axvline(material.replicates, color=GREY, lw=0.8, ls=":")
    chart.set_xscale("log")
    ticks = [n for n in (2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if n <= most]
    chart.set_xticks(ticks, [str(n) for n in ticks])
    chart.set_xticks([], minor=True)
    chart.set_xlim(2, most)
    top = max(width(s, min(3, material.replicates)) for s in spreads)
    chart.set_ylim(0.0, 1.1 * top if np.isfinite(top) and top > 0.0 else None)
    (per_cent if is_share_of_runs(outcome) else decimal)(chart, language, "y")
    chart.grid(color="#dddddd", lw=0.6)
    chart.set_xlabel(say("analysis.axes.replicates", language), fontsize=8)
    chart.set_ylabel(say("analysis.axes.half_width", language), fontsize=8)
    legend(chart, 2)
    return figure
