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
    canvas,
    decimal,
    legend,
    per_cent,
    plain,
    records,
    rows,
    whiskers,
)
from .words import factor_words, outcome_words, percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN = 20  # factors drawn; the table has them all
NAMED = 8  # factors named in a scatter


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
    chart.set_xlim(right=max(1.02, 0.03 + float(array(shown, "total").max())))
    per_cent(chart, language)
    chart.set_xlabel(say("analysis.axes.variance", language), fontsize=8)
    legend(chart, 2)
    return figure


def draw_morris(table: pd.DataFrame, outcome: str, title: str, language: str) -> Figure:
    """Draw how much every factor moves the outcome against how unevenly it does so."""
    figure, (chart,) = canvas(title, 4.0)
    size, spread = array(table, "mu_star"), array(table, "sigma")
    for row in records(table):
        chart.hlines(row["sigma"], row["mu_star_low"], row["mu_star_high"], color="#bbbbbb", lw=1)
        chart.vlines(row["mu_star"], row["sigma_low"], row["sigma_high"], color="#bbbbbb", lw=1)
    up = array(table, "mu") >= 0.0
    for which, mark, colour, key in ((up, "^", BLUE, "rises"), (~up, "v", VERMILION, "falls")):
        label = say(f"analysis.axes.{key}", language)
        chart.plot(size[which], spread[which], mark, color=colour, ms=6, label=label, ls="")
    top = 1.1 * max(float(np.max(table["mu_star_high"])), 1e-12)
    chart.plot([0, top], [0, top], color=GREY, lw=0.8, ls="--")
    chart.text(top, top, "σ = μ*", fontsize=7.5, color="#555555", ha="right", va="bottom")
    for row in records(table.head(NAMED)):
        name = plain(factor_words(row["factor"], language))
        left = row["mu_star"] > 0.6 * top
        chart.annotate(
            name,
            (row["mu_star"], row["sigma"]),
            xytext=(-6 if left else 6, 5),
            textcoords="offset points",
            fontsize=7.5,
            ha="right" if left else "left",
        )
    chart.set_xlim(0.0, 1.05 * top)
    chart.set_ylim(0.0, 1.15 * max(float(np.max(table["sigma_high"])), 1e-12))
    name = outcome_words(outcome, language)
    chart.set_xlabel(plain(say("analysis.axes.mu_star", language, outcome=name)), fontsize=8)
    chart.set_ylabel(say("analysis.axes.sigma", language), fontsize=8)
    decimal(chart, language)
    decimal(chart, language, "y")
    legend(chart, 2)
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
    chart.set_xlim(-1.0, 1.0)
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
    for place, row in zip(places, records(shown), strict=True):
        end = max(row["score"], row["high"]) + 0.005
        chart.text(end, place, percent(row["score"], language), va="center", fontsize=8)
    chart.set_xlim(0.0, min(1.0, 1.15 * float(shown["high"].max())))
    per_cent(chart, language)
    chart.set_xlabel(say("analysis.axes.score", language), fontsize=8)
    return figure
