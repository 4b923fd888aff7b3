"""The economy as an input-output table: its accounts, what follows from them, its scale.

A table is an annual account in one value unit (million EUR for Germany 1995). Row i of `flows` is
what sector i supplies; column j is what sector j uses. Arrays are to be read, not written: the
derived properties are cached. They carry no read-only flag because Numba would compile every caller
twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

INVENTORY = "inventory_change"


class TableError(ValueError):
    """An input-output table that cannot be found, read or used, told in one sentence."""


@dataclass(frozen=True, eq=False)
class Table:
    """An input-output table of G sectors whose rows balance: output = intermediate use + final use.

    Shapes: `flows` (G, G), all others (G,); `claim_columns` keeps the separate columns that sum to
    `claims` (government, capital formation, inventory change, exports; negative entries are kept).
    Units: one value unit throughout, per year as published or per month after `scaled`;
    `employment` in persons. Raises TableError when the table is not square, negative, unbalanced or
    unproductive. Source: eurostat2008, chapter 15.
    """

    name: str
    sectors: tuple[str, ...]
    flows: Array
    household: Array
    claims: Array
    output: Array
    employment: Array
    claim_columns: dict[str, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        size = len(self.sectors)
        if self.flows.shape != (size, size):
            raise TableError(
                f"Table '{self.name}' is not square: {size} sectors but flows of shape"
                f" {self.flows.shape}."
            )
        for column in (self.household, self.claims, self.output, self.employment):
            if column.shape != (size,):
                raise TableError(
                    f"Table '{self.name}' has a column that is not one number a sector."
                )
        if not self.claim_columns:
            object.__setattr__(self, "claim_columns", {"claims": self.claims})
        check_account(
            self.name,
            self.sectors,
            self.flows,
            self.household,
            self.claims,
            self.output,
            self.employment,
            tolerance=1e-9,
        )

    @property
    def size(self) -> int:
        """Number of sectors, G."""
        return len(self.sectors)

    @cached_property
    def coefficients(self) -> Array:
        """Input coefficients A (G, G): units of good i per unit of output of j (eurostat2008)."""
        return self.flows / self.output

    @cached_property
    def leontief(self) -> Array:
        """Leontief inverse (I - A)^-1 (G, G): output of i, all told, per unit of final good j."""
        inverse = np.linalg.inv(np.eye(self.size) - self.coefficients)
        # Column sums below one make the exact inverse nonnegative; only rounding can say otherwise.
        return np.maximum(inverse, 0.0)

    @cached_property
    def labour(self) -> Array:
        """Direct labour (G,): persons per unit of output."""
        return self.employment / self.output

    @cached_property
    def needs_shares(self) -> Array:
        """Share of each good in household needs by value (G,); sums to 1."""
        return self.household / self.household.sum()

    @cached_property
    def final_demand(self) -> Array:
        """Household needs and claims together (G,), never negative."""
        return self.household + self.claims

    def scaled(self, workers: float) -> "Table":
        """Return the same economy for `workers` people, in monthly baskets.

        One basket is what one worker's household needs in a month, so household needs sum to
        `workers` a month and employment sums to `workers`. The year needs no division by twelve:
        needs and output shrink alike. Raises TableError unless workers > 0.
        """
        if not workers > 0:
            raise TableError(f"A table needs more than zero workers, not {workers}.")
        unit = workers / self.household.sum()
        return balanced_table(
            self.name,
            self.sectors,
            self.flows * unit,
            self.household * unit,
            {name: column * unit for name, column in self.claim_columns.items()},
            self.employment * (workers / self.employment.sum()),
        )


def balanced_table(
    name: str,
    sectors: Sequence[str],
    flows: Array,
    household: Array,
    claim_columns: dict[str, Array],
    employment: Array,
) -> Table:
    """Build a table whose output is, to the last bit, the sum of its uses.

    Shapes and units as in `Table`. Raises TableError as `Table` does.

    >>> needs, people = np.array([5.0]), np.array([3.0])
    >>> one = balanced_table("one", ["grain"], np.array([[2.0]]), needs, {}, people)
    >>> float(one.output[0]), round(float(one.leontief[0, 0]), 4)
    (7.0, 1.4)
    """
    flows = np.ascontiguousarray(flows, dtype=np.float64)
    claims = np.zeros(len(sectors))
    for column in claim_columns.values():
        claims += column
    output = flows.sum(axis=1) + household + claims
    return Table(name, tuple(sectors), flows, household, claims, output, employment, claim_columns)


def check_account(
    name: str,
    sectors: Sequence[str],
    flows: Array,
    household: Array,
    claims: Array,
    output: Array,
    employment: Array,
    *,
    tolerance: float,
) -> None:
    """Raise TableError unless the account is nonnegative, productive and balanced.

    A column of inputs worth less than the output, in every sector, is sufficient for Hawkins-Simon
    (the spectral radius of A is at most its largest column sum), so no eigenvalue is computed.
    """
    where = np.argwhere(~(flows >= 0))
    if where.size:
        row, column = where[0]
        raise TableError(
            f"Table '{name}': the flow from '{sectors[row]}' to '{sectors[column]}' is"
            f" {flows[row, column]:g}; flows cannot be negative."
        )
    refuse = _Refusal(name, sectors)
    refuse(~(household >= 0), "has negative household consumption")
    if not household.sum() > 0:
        raise TableError(
            f"Table '{name}': household consumption is zero in every sector, so nobody needs it."
        )
    refuse(~(output > 0), "has no output; merge it with another sector")
    refuse(~(employment > 0), "employs nobody; merge it with another sector")
    refuse(
        ~(flows.sum(axis=0) < output),
        "uses inputs worth its whole output or more (column sum of coefficients >= 1),"
        " so the economy cannot reproduce itself (Hawkins-Simon)",
    )
    refuse(~(household + claims >= 0), "has final uses that sum to less than zero")
    uses = flows.sum(axis=1) + household + claims
    refuse(
        ~(np.abs(output - uses) <= tolerance * output),
        f"has uses that differ from its stated output by more than {tolerance:.0%}",
    )


@dataclass(frozen=True)
class _Refusal:
    """Raises TableError for the first sector a condition marks."""

    name: str
    sectors: Sequence[str]

    def __call__(self, marked: NDArray[np.bool_], what: str) -> None:
        if marked.any():
            raise TableError(
                f"Table '{self.name}': sector '{self.sectors[int(marked.argmax())]}' {what}."
            )
