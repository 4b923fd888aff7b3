"""How figures of analyses look: Okabe and Ito's colours, told apart by stroke and hatching too.

A figure is as wide as a page's text. Its title says what it shows; its last line is the command
that makes it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ...model.verdict import REGIMES
from ...texts import say
from ..wording import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, VERMILION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
SKY, PURPLE, GREY, DARK = "#56B4E9", "#CC79A7", "#999999", "#333333"
SERIES = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, DARK)
PALE, YELLOW = "#BBBBBB", "#F0E442"
REGIME_COLOURS = dict(
    zip(REGIMES, (GREEN, SKY, PURPLE, VERMILION, DARK, YELLOW, PALE), strict=True)
)  # the same in every figure, so that two maps can be laid side by side
STROKES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 2)))
WIDTH = 6.5  # inches, that of a page's text
ROW = 0.27  # inches a row of bars or dots takes
LETTERS = 66  # in a line of a title


def canvas(
    title: str, height: float, columns: int = 1, share: bool = False
) -> tuple[Figure, list[Axes]]:
    """Return a figure with a title and so many charts beside one another."""
    from matplotlib.figure import Figure

    whole = plain(title.removesuffix(".")).replace(" … ", "\N{NO-BREAK SPACE}…\N{NO-BREAK SPACE}")
    lines = textwrap.wrap(whole, LETTERS)  # which leaves intervals on one line
    figure = Figure(figsize=(WIDTH, height + 0.2 * len(lines)), layout="constrained")
    figure.suptitle("\n".join(lines), fontsize=10, x=0.01, ha="left", fontweight="bold")
    axes = list(figure.subplots(1, columns, squeeze=False, sharey=share)[0])
    for chart in axes:
        chart.spines[["top", "right"]].set_visible(False)
        chart.tick_params(labelsize=8)
    return figure, axes


def sign(figure: Figure, command: str, language: str) -> Figure:
    """Write under a figure the command that makes it."""
    told = textwrap.wrap(say("cli.command", language, command=command), 122)
    figure.supxlabel(plain("\n".join(told)), fontsize=6.5, color="#555555", x=0.01, ha="left")
    return figure


def legend(chart: Axes, columns: int, handles: Sequence[Any] | None = None) -> None:
    """Put the legend over a chart, where it hides nothing."""
    shown, names = chart.get_legend_handles_labels()
    chart.legend(
        handles or shown,
        [str(handle.get_label()) for handle in handles] if handles else names,
        ncols=columns,
        fontsize=8,
        frameon=False,
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        borderaxespad=0.2,
        handletextpad=0.4,
        columnspacing=1.2,
    )


def plain(text: str) -> str:
    """Return a text in which a dollar sign is no beginning of mathematics."""
    return text.replace("$", r"\$")


def rows(chart: Axes, names: Sequence[str]) -> np.ndarray:
    """Give a chart one row a name, the first on top; return their heights."""
    places = np.arange(len(names))[::-1].astype(float)
    chart.set_yticks(places, ["\n".join(textwrap.wrap(plain(name), 46)) for name in names])
    chart.set_ylim(-0.6, len(names) - 0.4)
    chart.grid(axis="x", color="#dddddd", lw=0.6)
    chart.set_axisbelow(True)
    return places


def whiskers(
    chart: Axes,
    places: np.ndarray,
    values: np.ndarray,
    bounds: tuple[np.ndarray, np.ndarray],
    colour: str = BLUE,
    mark: str = "o",
    label: str = "",
) -> None:
    """Draw values as dots with their intervals as lines."""
    low, high = bounds
    known = ~(np.isnan(low) | np.isnan(high))
    chart.hlines(places[known], low[known], high[known], color=colour, lw=1.4)
    chart.plot(values, places, mark, color=colour, ms=5, mec="white", mew=0.5, label=label or None)


def beside(chart: Axes, places: Sequence[float] | np.ndarray, told: Sequence[str]) -> None:
    """Write values in a column right of a chart, where none can be taken for another's end."""
    for place, text in zip(places, told, strict=True):
        chart.annotate(
            text,
            (1.0, place),
            xytext=(6, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            fontsize=8,
            va="center",
            annotation_clip=False,
        )


def decimal(chart: Axes, language: str, axis: str = "x") -> None:
    """Let an axis write numbers as the language does."""
    from matplotlib.ticker import FuncFormatter

    which = chart.xaxis if axis == "x" else chart.yaxis
    which.set_major_formatter(FuncFormatter(lambda value, _: number(value, language, 3)))


def per_cent(chart: Axes, language: str, axis: str = "x") -> None:
    """Let an axis write shares in per cent."""
    from matplotlib.ticker import FuncFormatter

    sign_ = say("language.percent", language)
    which = chart.xaxis if axis == "x" else chart.yaxis
    which.set_major_formatter(
        FuncFormatter(lambda value, _: f"{number(round(100 * value, 6), language, 3)}{sign_}")
    )


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def array(table: pd.DataFrame, column: str) -> np.ndarray:
    """Return a column as numbers."""
    return np.asarray(table[column], dtype=float)
