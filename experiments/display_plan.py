"""An economy and its plan as tables for a terminal; a summary where the economy is large."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.table import Table as Grid

from ..model.economy import Table
from ..texts import say
from ..texts import table as table_of_texts
from .display import grid, percent
from .planning import TablePlan
from .wording import grouped, number

WHOLE = 10  # sectors up to which matrices are shown whole
LISTED = 10  # sectors listed of a larger economy
THOUSANDS_FROM = 1e5  # totals from which amounts are shown in thousands


def economy(table: Table, language: str) -> Iterator[Grid | str]:
    """Show an economy: its size, and its matrices or what stands out in them."""
    yield say(
        "cli.economy",
        language,
        name=table.name,
        sectors=table.size,
        output=grouped(table.output.sum(), language),
        needs=grouped(table.household.sum(), language),
        workers=grouped(table.employment.sum(), language),
    )
    if table.size <= WHOLE:
        yield _matrix(say("cli.coefficients", language), table, table.coefficients, language)
        yield _matrix(say("cli.leontief", language), table, table.leontief, language)
    else:
        yield _summary(table, language)


def plan(result: TablePlan, language: str) -> Iterator[Grid | str]:
    """Show a plan: what is wanted, what capacity allows, and what that covers."""
    large = result.table.size > WHOLE
    if large:
        yield _plan_rows(result, np.argsort(-result.planned)[:LISTED], "cli.largest", language)
        if result.short:
            worst = np.argsort(result.fulfilment, kind="stable")[:LISTED]
            yield _plan_rows(result, worst, "cli.least", language)
    else:
        yield _plan_rows(result, np.arange(result.table.size), "cli.plan", language)
    people = grouped(result.labour.sum(), language)
    yield say("cli.plan_score", language, score=result.score, labour=people)
    if not result.short:
        yield say("cli.plan_whole", language)
        return
    names = [sector(name, language) for name in result.short[:LISTED]]
    listed = ", ".join(names) + (", …" if len(result.short) > LISTED else "")
    yield say("cli.plan_short", language, count=len(result.short), list=listed)


def sector(name: str, language: str) -> str:
    """Return what a sector is called, which is its name unless the texts know better.

    >>> sector("trade", "en"), sector("core_1", "en")
    ('trade and transport', 'core_1')
    """
    return table_of_texts("sectors", language).get(name, name)


def _matrix(heading: str, table: Table, matrix: np.ndarray, language: str) -> Grid:
    """Show a square matrix; columns carry the numbers of the rows."""
    shown = grid(heading, say("cli.sector", language))
    for place in range(table.size):
        shown.add_column(str(place + 1), justify="right")
    for place, name in enumerate(table.sectors):
        cells = [f"{value:.3f}".replace(".", _sign(language)) for value in matrix[place]]
        shown.add_row(f"{place + 1} {sector(name, language)}", *cells)
    return shown


def _summary(table: Table, language: str) -> str:
    """Say how dense a large economy is and how much output its final goods take."""
    sums = table.leontief.sum(axis=0)
    share = float(np.count_nonzero(table.flows)) / table.flows.size
    low, high = float(sums.min()), float(sums.max())
    return say("cli.density", language, share=share, low=low, high=high)


def _plan_rows(result: TablePlan, places: np.ndarray, heading: str, language: str) -> Grid:
    """Show some sectors of a plan, and the total of all."""
    keys = ("sector", "needs", "claims", "required", "capacity", "planned", "labour", "fulfilment")
    amounts = (result.needs, result.table.claims, result.required, result.capacity)
    columns = np.array([*amounts, result.planned, result.labour])
    unit = 1000.0 if columns.sum(axis=1).max() >= THOUSANDS_FROM else 1.0
    title = say(heading, language, count=len(places))
    if unit > 1.0:
        title += f" ({say('cli.thousands', language)})"
    shown = grid(title, *(say(f"cli.{key}", language) for key in keys))
    for k in places:
        cells = [number(value, language) for value in (columns[:, k] / unit).tolist()]
        served = percent(float(result.fulfilment[k]), language)
        shown.add_row(sector(result.table.sectors[k], language), *cells, served)
    shown.add_section()
    totals = [number(value, language, 4) for value in (columns.sum(axis=1) / unit).tolist()]
    shown.add_row(say("cli.total", language), *totals, "")
    return shown


def _sign(language: str) -> str:
    return say("language.decimal", language)
