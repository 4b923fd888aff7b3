"""Figures of sampled designs: Sobol' indices, Morris's effects, rank correlations, scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...texts import say
from .drawing import (
    BLUE,
    DARK,
    GREY,
    ORANGE,
    ROW,
    VERMILION,
    array,
    beside,
    canvas,
    decimal,
    legend,
    per_cent,
    plain,
    rows,
    whiskers,
)
from .material import is_share_of_runs
from .words import factor_words, outcome_words, percent, percent_words, source_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN = 20  # factors drawn; the table has them all


def draw_sobol(
    table: pd.DataFrame, chance: tuple[float, float, float], title: str, language: str
) -> Figure:
    """Draw first-order and total indices as dots, and the share of chance as a hatched bar."""
    shown = table.head(SHOWN)
    known = not np.isnan(chance[0])
    names = [factor_words(path, language) for path in shown["factor"]]
    figure, (chart,) = canvas(title, 1.3 + ROW * 1.4 * (len(shown) + known))
    places = rows(chart, [*names, *([say("analysis.chance_of_run", language)] if known else [])])
    dots = places[: len(shown)]
    for shift, column, colour, mark in (
        (0.14, "first", BLUE, "o"),
        (-0.14, "total", VERMILION, "s"),
    ):
        bounds = array(shown, f"{column}_low"), array(shown, f"{column}_high")
        label = say(f"analysis.axes.{column}", language)
        whiskers(chart, dots + shift, array(shown, column), bounds, colour, mark, label)
    if known:
        share, low, high = chance
        chart.barh(places[-1], share, 0.5, color=GREY, hatch="///", ec="white", lw=0)
        if not np.isnan(low):
            chart.hlines(places[-1], low, high, color=DARK, lw=1.2)
        end = np.nanmax([share, high]) + 0.01
        chart.text(end, places[-1], percent(share, language), va="center", fontsize=8)
        chart.axhline(places[-1] + 0.5, color=DARK, lw=0.6)
    chart.axvline(0.0, color=DARK, lw=0.8)
    most = max(float(array(shown, column).max()) for column in ("first", "total"))
    chart.set_xlim(right=max(1.02, 0.03 + most))
    per_cent(chart, language)
    chart.set_xlabel(say("analysis.axes.variance", language), fontsize=8)
    legend(chart, 2)
    return figure


def draw_pairs(table: pd.DataFrame, title: str, language: str) -> Figure:
    """Draw what pairs of factors carry together as dots, right of none where they interact."""
    shown = table.head(SHOWN)
    figure, (chart,) = canvas(title, 1.0 + 1.2 * ROW * len(shown))
    places = rows(chart, [source_words(source, language) for source in shown["source"]])
    bounds = array(shown, "low"), array(shown, "high")
    whiskers(chart, places, array(shown, "share"), bounds)
    chart.axvline(0.0, color=DARK, lw=0.8)
    per_cent(chart, language)
    chart.set_xlabel(say("analysis.axes.variance", language), fontsize=8)
    return figure


def draw_morris(table: pd.DataFrame, outcome: str, title: str, language: str) -> Figure:
    """Draw how much every factor moves the outcome, and beside it how unevenly it does so."""
    shown = table.head(SHOWN)
    figure, (sizes, spreads) = canvas(title, 1.3 + ROW * len(shown), columns=2, share=True)
    rows(spreads, [""] * len(shown))
    places = rows(sizes, [factor_words(path, language) for path in shown["factor"]])
    spreads.tick_params(labelleft=False)
    up = array(shown, "mu") >= 0.0
    low, high = array(shown, "mu_star_low"), array(shown, "mu_star_high")
    for which, mark, colour, key in ((up, "^", BLUE, "rises"), (~up, "v", VERMILION, "falls")):
        label = say(f"analysis.axes.{key}", language)
        inner = low[which], high[which]
        size = array(shown, "mu_star")[which]
        whiskers(sizes, places[which], size, inner, colour, mark, label)
    bounds = array(shown, "sigma_low"), array(shown, "sigma_high")
    whiskers(spreads, places, array(shown, "sigma"), bounds, DARK, "o")
    name = outcome_words(outcome, language)
    sizes.set_xlabel(plain(say("analysis.axes.mu_star", language, outcome=name)), fontsize=8)
    spreads.set_xlabel(say("analysis.axes.sigma", language), fontsize=8)
    for chart in (sizes, spreads):
        chart.set_xlim(left=0.0)
        (per_cent if is_share_of_runs(outcome) else decimal)(chart, language)
    legend(sizes, 2)
    return figure


def draw_prcc(table: pd.DataFrame, title: str, language: str) -> Figure:
    """Draw rank correlations as dots left and right of none."""
    shown = table.head(SHOWN)
    figure, (chart,) = canvas(title, 1.0 + ROW * len(shown))
    places = rows(chart, [factor_words(path, language) for path in shown["factor"]])
    values = array(shown, "prcc")
    bounds = array(shown, "low"), array(shown, "high")
    for which, colour, mark in ((values >= 0, BLUE, "^"), (values < 0, VERMILION, "v")):
        inner = bounds[0][which], bounds[1][which]
        whiskers(chart, places[which], values[which], inner, colour, mark)
    chart.axvline(0.0, color=DARK, lw=0.8)
    chart.set_xlim(-1.04, 1.04)  # room for dots at the ends
    decimal(chart, language)
    chart.set_xlabel(say("analysis.axes.prcc", language), fontsize=8)
    return figure


def draw_scores(table: pd.DataFrame, title: str, language: str) -> Figure:
    """Draw feature scores as bars with the spread of refits."""
    shown = table.head(SHOWN)
    figure, (chart,) = canvas(title, 1.0 + ROW * len(shown))
    places = rows(chart, [factor_words(path, language) for path in shown["factor"]])
    chart.barh(places, shown["score"], 0.65, color=ORANGE)
    chart.hlines(places, shown["low"].clip(lower=0.0), shown["high"], color=DARK, lw=1.2)
    bounds = zip(shown["score"], shown["low"], shown["high"], strict=True)
    beside(chart, places, [percent_words(*each, language) for each in bounds])
    chart.set_xlim(0.0, min(1.0, 1.05 * float(shown["high"].max())))
    per_cent(chart, language)
    chart.set_xlabel(say("analysis.axes.score", language), fontsize=8)
    return figure
