"""Tables of columns: one float matrix and one integer matrix, a row of the matrix per column.

Columns are the truth. Compiled loops take the two matrices and index them by the enumerations, as
in `people[Person.TRUST, i]`; everything else asks by name, as in `table["trust"]`.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import ClassVar

import numpy as np


class Table:
    """A fixed number of entities with named float columns (`Values`) and integer ones (`Codes`)."""

    Values: ClassVar[type[IntEnum]]
    Codes: ClassVar[type[IntEnum]]

    def __init__(self, size: int) -> None:
        self.size = size
        self.values = np.zeros((len(self.Values), size))
        self.codes = np.full((len(self.Codes), size), -1, dtype=np.int64)

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, name: str) -> np.ndarray:
        """Return one column as a writable view; raises KeyError for an unknown name."""
        place = _place(type(self), name)
        return self.values[place] if isinstance(place, self.Values) else self.codes[place]

    def __setitem__(self, name: str, value: np.ndarray | float) -> None:
        self[name][...] = value

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return all column names, floats first."""
        return tuple(m.name.lower() for kind in (cls.Values, cls.Codes) for m in kind)


@lru_cache(maxsize=1024)
def _place(table: type[Table], name: str) -> IntEnum:
    """Return which column of which matrix has a name; raises KeyError."""
    key = name.upper()
    return table.Values[key] if key in table.Values.__members__ else table.Codes[key]


class Cell:
    """Descriptor: one column's value for one agent, read from and written to the table."""

    def __init__(self, table: str) -> None:
        self.table = table

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, agent: object, owner: type | None = None) -> float | int:
        if agent is None:
            return self  # type: ignore[return-value]
        return getattr(agent.model, self.table)[self.name].item(agent.row)  # type: ignore[attr-defined]

    def __set__(self, agent: object, value: float) -> None:
        getattr(agent.model, self.table)[self.name][agent.row] = value  # type: ignore[attr-defined]
