"""Mesa agents: views that hold only their row; every attribute reads and writes a column."""

from __future__ import annotations

from typing import Any

import mesa

from .columns import Cell
from .explain import Explanation, explain_office, explain_worker
from .offices import Offices
from .people import People


class _View(mesa.Agent):
    """An agent that knows its row."""

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.row = int(row)


class Worker(_View):
    """One inhabitant; every column of People is an attribute."""

    def explain(self, language: str = "en") -> Explanation:
        """Return what this person knew, compared and did this month; `str()` it to read."""
        return explain_worker(self.model, self.row, language)


class _Office(_View):
    """One office; every column of Offices is an attribute."""

    def explain(self, language: str = "en") -> Explanation:
        """Return what its holder knew, compared and did this month; `str()` it to read."""
        return explain_office(self.model, self.row, language)


class Official(_Office):
    """One post of the administration and whoever holds it."""


class Delegate(_Office):
    """One seat in the council and whoever holds it."""


def _give_columns(view: type, table: str, names: tuple[str, ...]) -> None:
    """Give a view one descriptor per column."""
    for name in names:
        cell = Cell(table)
        cell.__set_name__(view, name)
        setattr(view, name, cell)


_give_columns(Worker, "people", People.names())
_give_columns(_Office, "offices", Offices.names())
