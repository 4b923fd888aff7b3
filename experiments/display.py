"""Results as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from rich import box
from rich.table import Table as Grid

from ..model.scenario import Scenario
from ..texts import say
from .sparklines import MAIN, sparkline, top
from .wording import differences, label, number, title, value_words

if TYPE_CHECKING:
    import pandas as pd

    from .comparison import Comparison
    from .runs import Result

WIDTH = 24  # of a line of blocks, in characters


def grid(heading: str, *columns: str, left: int = 1) -> Grid:
    """Return an empty table with a heading; all but the first `left` columns hold numbers."""
    table = Grid(
        title=heading or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE,
        collapse_padding=True,  # so that all fits into a window of 80 characters
        pad_edge=False,
    )
    for place, column in enumerate(columns):
        justify = "left" if place < left else "right"
        table.add_column(column, justify=justify, min_width=None if place else 14)
    return table


def catalogue(scenarios: dict[str, Scenario], language: str) -> Grid:
    """List scenarios by name and title."""
    table = grid("", say("cli.name", language), say("cli.title", language), left=2)
    for name, scenario in scenarios.items():
        table.add_row(name, title(scenario, language))
    return table


def settings(scenario: Scenario, language: str) -> Grid | str:
    """List what a scenario sets otherwise than the defaults."""
    pairs = differences(Scenario(), scenario)
    if not pairs:
        return say("cli.as_default", language)
    columns = [say(f"cli.{key}", language) for key in ("setting", "name", "usual", "value")]
    return pairs_table(say("cli.differs", language), columns, pairs, language)


def pairs_table(
    heading: str, columns: list[str], pairs: dict[str, tuple[Any, Any]], language: str
) -> Grid:
    """List settings with two values each."""
    table = grid(heading, *columns, left=4)
    table.columns[1].no_wrap = True  # to be copied into --set
    for path, values in pairs.items():
        words = (value_words(path, value, language) for value in values)
        table.add_row(label(path, language), path, *words)
    return table


def verdicts(result: Result, language: str) -> Grid:
    """Return in how many runs each regime came out, with its probability; the likeliest first."""
    names = [say(f"cli.{key}", language) for key in ("regime", "runs", "share", "interval")]
    table = grid("", *names)
    found = result.probabilities().sort_values("runs", ascending=False, kind="stable")
    for regime, row in found[found["runs"] > 0].iterrows():
        table.add_row(
            say(f"regimes.{regime}.label", language),
            str(int(row["runs"])),
            percent(row["share"], language),
            f"{percent(row['low'], language)} – {percent(row['high'], language)}",
        )
    return table


def means(result: Result, language: str, last: int = 12) -> Grid:
    """Return the main indices' means over the last months, with intervals over runs."""
    names = [say(f"cli.{key}", language) for key in ("measure", "mean", "interval")]
    months = min(last, result.scenario.months)
    table = grid(say("cli.last_months", language, months=months), *names)
    for measure, row in result.summary(last).loc[list(MAIN)].iterrows():
        mean = number(row["mean"], language, 3)
        table.add_row(say(f"measures.{measure}.label", language), mean, _interval(row, language))
    return table


def course(result: Result, language: str) -> Grid:
    """Return the main indices through time as a line of blocks each."""
    runs, months = len(result.seeds), result.scenario.months
    key = "cli.course" if runs > 1 else "cli.course_one"
    table = grid(say(key, language, months=months, runs=runs), say("cli.measure", language))
    for name in ("cli.first", "", "cli.last", "cli.scale"):
        heading = say(name, language) if name else ""
        table.add_column(heading, justify="right" if name else "left", no_wrap=True)
    medians = result.history.groupby("month")[list(MAIN)].median()
    for measure in MAIN:
        values = medians[measure].to_numpy()
        ceiling = top(measure, float(values.max()))
        ends = (number(values[0], language, 3), number(values[-1], language, 3))
        line = sparkline(values, 0.0, ceiling, WIDTH)
        scale = f"0 – {number(ceiling, language, 2)}"
        table.add_row(say(f"measures.{measure}.label", language), ends[0], line, ends[1], scale)
    return table


def contrasts(comparison: Comparison, language: str) -> Grid:
    """Return the main indices in both scenarios, their paired difference, its sign by pairs."""
    months = min(comparison.last, comparison.a.scenario.months)
    words = [say(f"compare.{key}", language) for key in ("difference", "interval", "signs")]
    heading = say("compare.means", language, months=months, first="A", second="B")
    table = grid(heading, say("cli.measure", language), "A", "B", *words)
    for column in table.columns[1:]:
        column.no_wrap = True
    for measure, row in comparison.differences.loc[list(MAIN)].iterrows():
        cells = [number(row[key], language, 3) for key in ("a", "b")]
        table.add_row(
            say(f"measures.{measure}.label", language),
            *cells,
            number(row["difference"], language, 2),
            _interval(row, language, 2),
            " / ".join(str(int(row[key])) for key in ("higher", "lower", "equal")),
        )
    return table


def _interval(row: pd.Series, language: str, digits: int = 3) -> str:
    if np.isnan(row["low"]):
        return ""
    return f"{number(row['low'], language, digits)} … {number(row['high'], language, digits)}"


def percent(share: float, language: str) -> str:
    """Return a share in whole percent.

    >>> percent(0.846, "en"), percent(0.846, "ru") == "85\\N{NO-BREAK SPACE}%"
    ('85%', True)
    """
    return f"{100 * share:.0f}{say('language.percent', language)}"
