"""Draw what came of runs: figures for paper and screen.

Colours are Okabe and Ito's, which the colour-blind tell apart; two scenarios also differ in the
stroke of their lines, so that a print in grey can be read.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..texts import say
from .comparison import Comparison
from .output import OutputError, prepare_folder, refuse_folder, write_file
from .runs import Result
from .sparklines import MAIN, UNBOUNDED, top
from .wording import number, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KINDS = (".png", ".pdf", ".svg")
STYLES = (("#0072B2", "-"), ("#D55E00", "--"))  # colour and stroke by scenario


def quantiles(history: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return a measure's 10th, 50th and 90th percentile over runs, by month."""
    by_run = history.pivot(index="month", columns="replicate", values=measure)
    levels = (0.1, 0.5, 0.9)
    rows = np.quantile(by_run.to_numpy(), levels, axis=1)
    return pd.DataFrame(rows.T, index=by_run.index, columns=pd.Index(levels))


def draw_result(result: Result, language: str = "en", command: str = "") -> Figure:
    """Return a figure of the main indices of one result."""
    return _draw([result], [title(result.scenario, language)], language, command)


def draw_comparison(comparison: Comparison, language: str = "en", command: str = "") -> Figure:
    """Return a figure of the main indices of two results, one over the other."""
    labels = comparison.labels(language)
    return _draw([comparison.a, comparison.b], labels, language, command)


def check_figure_path(path: str | Path) -> Path:
    """Say before a long experiment if a figure cannot be written there. Raises OutputError."""
    chosen = Path(path)
    if chosen.suffix.lower() not in KINDS:
        raise OutputError(f"a figure's name ends in {', '.join(KINDS)}, not as {chosen.name} does")
    if not chosen.parent.is_dir():
        raise OutputError(f"there is no folder {chosen.parent}")
    refuse_folder(chosen)
    prepare_folder(chosen.parent)
    return chosen


def save_figure(figure: Figure, path: str | Path) -> Path:
    """Write a figure in the form its name asks for (.png, .pdf, .svg). Raises OutputError."""
    chosen = check_figure_path(path)
    kind = chosen.suffix.lower().removeprefix(".")
    return write_file(chosen, lambda file: figure.savefig(file, format=kind, dpi=150))


def _draw(results: Sequence[Result], labels: Sequence[str], language: str, command: str) -> Figure:
    """Draw one small chart a measure, three in a row."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10.0, 8.2), layout="constrained")
    axes = figure.subplots(-(-len(MAIN) // 3), 3, sharex=True).flat
    for chart, measure in zip(axes, MAIN, strict=False):
        for result, style in zip(results, STYLES, strict=False):
            _band(chart, result, measure, style)
        _dress(chart, measure, language)
    if len(labels) == 1:
        figure.suptitle(labels[0], fontsize=13)
    else:
        lines = axes[0].get_lines()
        figure.legend(lines, labels, loc="outside upper center", ncols=len(labels))
    figure.supxlabel(_caption(results[0], language, command), fontsize=8, color="#444444")
    return figure


def _band(chart: Axes, result: Result, measure: str, style: tuple[str, str]) -> None:
    """Draw median and band of one result."""
    colour, stroke = style
    spread = quantiles(result.history, measure)
    if len(result.seeds) > 1:
        chart.fill_between(spread.index, spread[0.1], spread[0.9], color=colour, alpha=0.22, lw=0)
    chart.plot(spread.index, spread[0.5], color=colour, linestyle=stroke, lw=1.5)


def _dress(chart: Axes, measure: str, language: str) -> None:
    """Name a chart, and let shares stand on one scale wherever they fill it."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    chart.set_title(say(f"measures.{measure}.label", language), fontsize=10, loc="left")
    low, high = chart.get_ylim()
    chart.set_ylim(min(0.0, low) if measure in UNBOUNDED else 0.0, 1.02 * top(measure, high))
    chart.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 1.2, 2.4, 3, 6, 10], integer=True))
    chart.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y, language)))
    chart.grid(color="#dddddd", lw=0.6)
    chart.spines[["top", "right"]].set_visible(False)
    chart.tick_params(labelsize=8)


def _caption(result: Result, language: str, command: str) -> str:
    """Say what is seen and, if known, by which command it was made."""
    runs = len(result.seeds)
    lines = [say("ui.month", language)]
    lines.append(say("cli.band" if runs > 1 else "cli.line", language, runs=runs))
    lines.append(say("verdict.caution", language))
    if command:
        lines += textwrap.wrap(say("cli.command", language, command=command), 130)
    # a dollar sign would begin mathematics
    return "\n".join(lines).replace("$", r"\$")
