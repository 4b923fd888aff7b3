"""Figures of designs with levels: shares of variance, means by level, contrasts, phase diagrams."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...texts import say
from .drawing import (
    BLUE,
    DARK,
    GREY,
    REGIME_COLOURS,
    ROW,
    SKY,
    array,
    beside,
    canvas,
    decimal,
    legend,
    per_cent,
    plain,
    records,
    rows,
    whiskers,
)
from .effects import COMMON, HIGHER, MIXED
from .material import is_share_of_runs
from .phase import REGIME, Cells
from .words import (
    bare_words,
    factor_words,
    level_words,
    outcome_words,
    percent,
    percent_words,
    source_words,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHOWN = 10  # effects drawn; the table has them all
LOOKS = {COMMON: (GREY, "///"), MIXED: ("#cccccc", "\\\\\\"), HIGHER: (SKY, "...")}


def draw_effects(table: pd.DataFrame, title: str, language: str) -> Figure:
    """Draw shares of variance as bars: factors plain, interactions dotted, chance hatched."""
    chance = table["source"].isin([COMMON, MIXED])
    effects = table[~chance].head(SHOWN)
    shown = pd.concat([effects, table[chance]])
    figure, (chart,) = canvas(title, 1.0 + 1.2 * ROW * len(shown))
    places = rows(chart, [source_words(source, language) for source in shown["source"]])
    for place, row in zip(places, records(shown), strict=True):
        colour, hatch = LOOKS.get(
            row["source"], (SKY, "...") if "×" in row["source"] else (BLUE, "")
        )
        chart.barh(place, max(row["share"], 0.0), 0.7, color=colour, hatch=hatch, ec="white", lw=0)
        if not np.isnan(row["low"]):
            chart.hlines(
                place, max(row["low"], 0.0), min(max(row["high"], 0.0), 1.0), color=DARK, lw=1.2
            )
    bounds = zip(shown["share"], shown["low"], shown["high"], strict=True)
    beside(chart, places, [percent_words(*each, language) for each in bounds])
    chart.set_xlim(0.0, 1.0)
    per_cent(chart, language)
    chart.set_xlabel(say("analysis.axes.variance", language), fontsize=8)
    return figure


def draw_levels(table: pd.DataFrame, outcome: str, title: str, language: str) -> Figure:
    """Draw the mean outcome by level, one small chart a factor, on one scale."""
    factors = list(dict.fromkeys(table["factor"]))
    columns = min(3, len(factors))
    figure, (whole,) = canvas(title, 0.6 + 1.7 * -(-len(factors) // columns))
    whole.remove()
    charts = figure.subplots(-(-len(factors) // columns), columns, sharey=True, squeeze=False).flat
    for chart, factor in zip(charts, factors, strict=False):
        part = table[table["factor"] == factor]
        place = np.arange(len(part))
        spread = np.abs(part[["low", "high"]].to_numpy().T - part["mean"].to_numpy())
        bars = None if np.isnan(spread).any() else spread
        chart.errorbar(place, part["mean"], bars, color=BLUE, marker="o", ms=4, lw=1.2, capsize=2)
        names = [plain(level_words(factor, level, language)) for level in part["level"]]
        chart.set_xticks(place, names, fontsize=7, rotation=0 if len(part) < 4 else 30)
        chart.set_xlim(-0.4, len(part) - 0.6)
        name = textwrap.fill(plain(factor_words(factor, language)), 28)
        chart.set_title(name, fontsize=8, loc="left")
        chart.spines[["top", "right"]].set_visible(False)
        chart.grid(axis="y", color="#dddddd", lw=0.6)
        (per_cent if is_share_of_runs(outcome) else decimal)(chart, language, "y")
        chart.tick_params(axis="y", labelsize=8)
    for chart in list(charts):
        chart.remove()
    figure.supylabel(plain(outcome_words(outcome, language)), fontsize=8)
    return figure


def draw_contrasts(table: pd.DataFrame, outcome: str, title: str, language: str) -> Figure:
    """Draw differences between paired runs with their intervals, around none at all."""
    shown = table.reindex(table["difference"].abs().sort_values(ascending=False).index).head(20)
    figure, (chart,) = canvas(title, 1.0 + ROW * 1.3 * len(shown))
    places = rows(chart, [contrast_words(row, language) for row in records(shown)])
    bounds = array(shown, "low"), array(shown, "high")
    whiskers(chart, places, array(shown, "difference"), bounds)
    chart.axvline(0.0, color=DARK, lw=0.8)
    (per_cent if is_share_of_runs(outcome) else decimal)(chart, language)
    name = outcome_words(outcome, language)
    chart.set_xlabel(plain(say("analysis.axes.difference", language, outcome=name)), fontsize=8)
    return figure


def contrast_words(row: dict, language: str) -> str:
    """Return what is set against what."""
    if row["factor"] == "point":
        return say("analysis.points", language, first=row["reference"], second=row["level"])
    path = row["factor"]
    first, second = (level_words(path, row[k], language) for k in ("reference", "level"))
    steps = f"{first} → {second}".replace(" ", "\N{NO-BREAK SPACE}")
    return f"{factor_words(path, language)}: {steps}"


def draw_phase(
    table: pd.DataFrame, outcome: str, across: Cells, up: Cells, title: str, language: str
) -> Figure:
    """Draw a map of cells, each with its number (or regime) written into it."""
    figure, (chart,) = canvas(title, 1.2 + 0.42 * max(up.size, 4))
    if outcome == REGIME:
        _regimes(chart, table, language)
    else:
        _shades(chart, table, outcome, language)
    for cells, axis in ((across, chart.xaxis), (up, chart.yaxis)):
        places, names = _ticks(cells, language)
        turned = axis is chart.xaxis and sum(map(len, names)) > 70
        ends = {"rotation": 25, "ha": "right"} if turned else {}
        axis.set_ticks(places, names, fontsize=7.5, **ends)
        axis.set_label_text(plain(factor_words(cells.factor, language)), fontsize=8)
    chart.set_xlim(-0.5, across.size - 0.5)
    chart.set_ylim(-0.5, up.size - 0.5)
    chart.set_facecolor("#f4f4f4")
    return figure


def _ticks(cells: Cells, language: str) -> tuple[list[float], list[str]]:
    """Return where to write what: ranges at their edges, levels in the middle."""
    path, ranges = cells.factor, max(0, len(cells.edges) - 1)
    names = [bare_words(path, edge, language) for edge in cells.edges]
    names += [plain(level_words(path, level, language)) for level in cells.levels]
    places = [k - 0.5 for k in range(len(cells.edges))]
    return [*places, *(float(ranges + k) for k in range(len(cells.levels)))], names


def _shades(chart: Axes, table: pd.DataFrame, outcome: str, language: str) -> None:
    """Shade cells from dark to light by their mean, and write it in."""
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    low, high = float(table["mean"].min()), float(table["mean"].max())
    shades = colormaps["cividis"]
    for row in records(table):
        level = 0.5 if high == low else (row["mean"] - low) / (high - low)
        cell = Rectangle(
            (row["x"] - 0.5, row["y"] - 0.5), 1, 1, color=shades(level), ec="white", lw=1
        )
        chart.add_patch(cell)
        ink = "white" if level < 0.55 else "black"
        told = _told(outcome, row["mean"], high, language)
        chart.text(row["x"], row["y"], told, ha="center", va="center", fontsize=8, color=ink)


def _told(outcome: str, value: float, highest: float, language: str) -> str:
    """Return a number with as many decimals as give the highest three digits."""
    if is_share_of_runs(outcome):
        return percent(value, language)
    digits = int(np.clip(2 - np.floor(np.log10(max(abs(highest), 1e-6))), 0, 6))
    text = f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", say("language.decimal", language))


def _regimes(chart: Axes, table: pd.DataFrame, language: str) -> None:
    """Colour cells by the commonest regime, with its name's letters and its share."""
    from matplotlib.patches import Patch, Rectangle

    names = list(table["regime"].value_counts().index)
    looks = {name: (REGIME_COLOURS[name], str(k + 1)) for k, name in enumerate(names)}
    for row in records(table):
        colour, mark = looks[row["regime"]]
        cell = Rectangle(
            (row["x"] - 0.5, row["y"] - 0.5), 1, 1, fc=colour, ec="white", lw=1, alpha=0.75
        )
        chart.add_patch(cell)
        told = f"{mark}\n{percent(row['share'], language)}"
        ink = "white" if colour == DARK else "black"
        chart.text(row["x"], row["y"], told, ha="center", va="center", fontsize=8, color=ink)
    patches = [
        Patch(fc=colour, alpha=0.75, label=f"{mark} {outcome_words(name, language)}")
        for name, (colour, mark) in looks.items()
    ]
    legend(chart, 2, patches)
