"""The economy as an input-output table: load it, check it, scale it, generate one, save it.

A table is an annual account in one value unit (million EUR for Germany 1995). Row i of `flows` is
what sector i supplies; column j is what sector j uses. Arrays are to be read, not written: the
derived properties are cached. They carry no read-only flag because Numba would compile every caller
twice.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

HOUSEHOLD = "household_consumption"
INVENTORY = "inventory_change"
OUTPUT = "output_at_basic_prices"
EMPLOYMENT = "employment_thousand"
BUILTIN = {"germany-1995": "germany_1995.csv"}
GENERATED = "generated"
MAX_SECTORS = 500
BALANCE_TOLERANCE = 0.01  # a row may miss its stated output by 1 % (rounding in the publication)


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
        _check_account(
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


def load_table(name_or_path: str | Path) -> Table:
    """Load a table by built-in name, by recipe, or from a CSV file.

    `germany-1995` is built in (eurostat2008, Table 15.4). `generated:120:7` is `generate_table`
    with 120 sectors and seed 7 (`generated:120` has seed 0). Anything else is a CSV path: comment
    lines start with `#`; header `row,<sectors...>,household_consumption,<claims...>`; one row a
    sector; optional rows of primary inputs; rows `output_at_basic_prices` and
    `employment_thousand`. A rounding residual below 1 % of a sector's output goes into
    `inventory_change`. Raises TableError.
    """
    text = str(name_or_path)
    if text.split(":")[0] == GENERATED:
        return _generate_from(text)
    if text in BUILTIN:
        return _read_table(Path(__file__).parent / "tables" / BUILTIN[text], text)
    path = Path(text)
    if not path.is_file():
        nearby = [str(path.with_name(file.name)) for file in path.parent.glob("*.csv")]
        hint = _nearest(text, [*BUILTIN, *nearby], cutoff=0.5)
        raise TableError(
            f"There is no table '{text}': neither a file nor a built-in table"
            f" ({', '.join(BUILTIN)}, {GENERATED}:SECTORS:SEED).{hint}"
        )
    return _read_table(path, path.stem)


def save_table(table: Table, path: str | Path) -> None:
    """Write a table as CSV as `load_table` reads it; a round trip returns the same numbers."""
    blanks = [""] * (1 + len(table.claim_columns))
    finals = [table.household, *table.claim_columns.values()]
    with Path(path).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["row", *table.sectors, HOUSEHOLD, *table.claim_columns])
        for row, sector in enumerate(table.sectors):
            cells = [*table.flows[row], *(column[row] for column in finals)]
            writer.writerow([sector, *map(_text, cells)])
        writer.writerow([OUTPUT, *map(_text, table.output), *blanks])
        # Shifting the decimal point, not dividing, keeps the round trip exact.
        thousands = [str(Decimal(_text(persons)).scaleb(-3)) for persons in table.employment]
        writer.writerow([EMPLOYMENT, *thousands, *blanks])


def generate_table(
    sectors: int,
    seed: int = 0,
    *,
    core_share: float = 0.05,
    suppliers: float = 6.0,
    input_share: tuple[float, float] = (0.25, 0.55),
    claims_share: float = 0.6,
) -> Table:
    """Generate a sparse, productive economy: core industries used by nearly all, and a long tail.

    `sectors` 1..500; `core_share` 0..1 of them are core; `suppliers` >= 0 is the mean number of
    long-tail suppliers of a sector (popularity falls as 1/rank); a column of A sums to a draw from
    `input_share` (0 <= low <= high < 1, hence Hawkins-Simon); claims are `claims_share` of
    household needs. The same arguments give the same table. Raises TableError. Sparse structure
    after hardin2021; the numbers are ours, chosen near Germany 1995.

    >>> generate_table(3, seed=1).sectors
    ('core_1', 'goods_1', 'goods_2')
    """
    _check_recipe(sectors, seed, core_share, suppliers, input_share, claims_share)
    rng = np.random.default_rng((seed, sectors))
    core = max(1, round(core_share * sectors))
    coefficients = _draw_coefficients(rng, sectors, core, suppliers, input_share)
    household, columns = _draw_final_uses(rng, sectors, core, claims_share)
    final = household + np.sum(list(columns.values()), axis=0)
    output = np.linalg.solve(np.eye(sectors) - coefficients, final)
    value_added = output * (1.0 - coefficients.sum(axis=0))
    employment = value_added * rng.lognormal(0.0, 0.4, sectors)
    names = [f"core_{i + 1}" for i in range(core)] + [
        f"goods_{i + 1}" for i in range(sectors - core)
    ]
    return balanced_table(
        f"{GENERATED}:{sectors}:{seed}",
        names,
        coefficients * output,
        household,
        columns,
        employment * (36e6 / employment.sum()),
    )


def _draw_coefficients(
    rng: np.random.Generator,
    size: int,
    core: int,
    suppliers: float,
    input_share: tuple[float, float],
) -> Array:
    """Draw A (G, G): who supplies whom, how much, and what each column sums to."""
    chance = np.full(size, 0.95)
    tail = 1.0 / np.arange(1, size - core + 1)
    chance[core:] = np.minimum(0.95, suppliers * tail / tail.sum())
    used = rng.random((size, size)) < chance[:, None]
    np.fill_diagonal(used, True)  # every column has an entry; most real sectors use their own goods
    weights = np.where(used, rng.lognormal(0.0, 1.0, (size, size)), 0.0)
    return weights / weights.sum(axis=0) * rng.uniform(*input_share, size)


def _draw_final_uses(
    rng: np.random.Generator, size: int, core: int, claims_share: float
) -> tuple[Array, dict[str, Array]]:
    """Draw household needs (G,), a fifth of goods for producers only, and the claim columns."""
    household = rng.lognormal(0.0, 1.0, size) * (rng.random(size) > 0.2)
    household[:core] *= 0.3  # core industries mostly serve other industries
    if household.sum() == 0.0:
        household[-1] = 1.0
    columns: dict[str, Array] = {}
    for name, share in (
        ("government_consumption", 0.3),
        ("gross_capital_formation", 0.4),
        ("exports", 0.3),
    ):
        draw = rng.lognormal(0.0, 1.0, size)
        columns[name] = draw * (1e6 * claims_share * share / draw.sum())
    columns[INVENTORY] = np.zeros(size)
    return household * (1e6 / household.sum()), columns


def _check_recipe(
    sectors: int,
    seed: int,
    core_share: float,
    suppliers: float,
    input_share: tuple[float, float],
    claims_share: float,
) -> None:
    """Raise TableError when a generated table is asked for outside its ranges."""
    low, high = input_share
    if not 1 <= sectors <= MAX_SECTORS:
        raise TableError(f"A generated table has 1 to {MAX_SECTORS} sectors, not {sectors}.")
    if seed < 0:
        raise TableError(f"The seed of a generated table is zero or more, not {seed}.")
    if not 0 <= core_share <= 1:
        raise TableError(f"core_share lies between 0 and 1, not {core_share}.")
    if not 0 <= low <= high < 1:
        raise TableError(f"input_share is a range within 0 <= low <= high < 1, not {input_share}.")
    if suppliers < 0:
        raise TableError(f"suppliers is zero or more, not {suppliers}.")
    if not claims_share > 0:
        raise TableError(f"claims_share is above zero, not {claims_share}.")


def _generate_from(text: str) -> Table:
    """Read a recipe such as `generated:120:7` (sectors, then seed) and generate the table."""
    try:
        sectors, seed = [int(part) for part in f"{text}:0".split(":")[1:3]]
        if text.count(":") > 2:
            raise ValueError(text)
    except ValueError:
        raise TableError(
            f"'{text}' is not a recipe for a table; write {GENERATED}:SECTORS or"
            f" {GENERATED}:SECTORS:SEED, for example {GENERATED}:120:7."
        ) from None
    return generate_table(sectors, seed)


@dataclass(frozen=True)
class _Sheet:
    """The cells of a CSV file by row and column name, still as text."""

    name: str
    columns: tuple[str, ...]
    rows: dict[str, list[str]]

    def numbers(self, row: str, count: int) -> Array:
        """Return the first `count` cells of a row; raise TableError naming the bad cell."""
        cells = self.rows[row][:count]
        return np.array(
            [self._number(row, *pair) for pair in zip(self.columns, cells, strict=False)]
        )

    def _number(self, row: str, column: str, cell: str) -> float:
        try:
            # Via Decimal, employment in thousands becomes persons without a rounding error.
            value = float(Decimal(cell).scaleb(3 if row == EMPLOYMENT else 0))
        except ArithmeticError:
            value = float("nan")
        if not np.isfinite(value):
            shown = f"'{cell}'" if cell else "empty"
            raise TableError(
                f"Table '{self.name}', row '{row}', column '{column}': {shown} is not a number."
            )
        return value


def _read_sheet(path: Path, name: str) -> _Sheet:
    """Read the CSV text; raise TableError for an empty, ragged, repetitive or unreadable file."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = list(csv.reader(line for line in file if not line.lstrip().startswith("#")))
    except (UnicodeDecodeError, csv.Error):
        raise TableError(f"Table '{name}' is not a text file in UTF-8: {path}.") from None
    lines = [
        [cell.strip() for cell in line] for line in lines if any(cell.strip() for cell in line)
    ]
    if not lines:
        raise TableError(f"Table '{name}' is empty: {path}.")
    columns = tuple(lines[0][1:])
    rows: dict[str, list[str]] = {}
    for label, *cells in lines[1:]:
        if label in rows:
            raise TableError(f"Table '{name}' has two rows called '{label}'.")
        if any(cells[len(columns) :]):
            raise TableError(
                f"Table '{name}', row '{label}' has more cells than the header has columns."
            )
        rows[label] = (cells + [""] * len(columns))[: len(columns)]
    if len(set(columns)) < len(columns):
        double = next(column for column in columns if columns.count(column) > 1)
        raise TableError(f"Table '{name}' has two columns called '{double}'.")
    return _Sheet(name, columns, rows)


def _sector_names(sheet: _Sheet) -> tuple[str, ...]:
    """Return the sectors, left of household consumption; raise TableError if not square."""
    if HOUSEHOLD not in sheet.columns:
        hint = _nearest(HOUSEHOLD, sheet.columns)
        raise TableError(f"Table '{sheet.name}' has no column '{HOUSEHOLD}'.{hint}")
    sectors = sheet.columns[: sheet.columns.index(HOUSEHOLD)]
    if not sectors:
        raise TableError(f"Table '{sheet.name}' has no sector columns before '{HOUSEHOLD}'.")
    rows = list(sheet.rows)
    for sector in sectors:
        if sector not in sheet.rows:
            hint = _nearest(sector, [row for row in rows if row not in sectors])
            raise TableError(
                f"Table '{sheet.name}' is not square: sector column '{sector}' has no row.{hint}"
            )
    for row in rows[: max(rows.index(sector) for sector in sectors)]:
        if row not in sectors:
            hint = _nearest(row, sectors)
            raise TableError(
                f"Table '{sheet.name}' is not square: sector row '{row}' has no column.{hint}"
            )
    for row in (OUTPUT, EMPLOYMENT):
        if row not in sheet.rows:
            raise TableError(f"Table '{sheet.name}' has no row '{row}'.{_nearest(row, rows)}")
    return sectors


def _read_table(path: Path, name: str) -> Table:
    """Read and check one CSV file; put what rounding left over into the inventory claim."""
    sheet = _read_sheet(path, name)
    sectors = _sector_names(sheet)
    size = len(sectors)
    cells = np.array([sheet.numbers(sector, len(sheet.columns)) for sector in sectors])
    flows, household = np.ascontiguousarray(cells[:, :size]), cells[:, size].copy()
    columns = {
        key: cells[:, size + 1 + i].copy() for i, key in enumerate(sheet.columns[size + 1 :])
    }
    output, employment = sheet.numbers(OUTPUT, size), sheet.numbers(EMPLOYMENT, size)
    claims = np.sum([np.zeros(size), *columns.values()], axis=0)
    _check_account(
        name, sectors, flows, household, claims, output, employment, tolerance=BALANCE_TOLERANCE
    )
    residual = output - flows.sum(axis=1) - household - claims
    if np.any(np.abs(residual) > 1e-12 * output):
        columns[INVENTORY] = columns.get(INVENTORY, 0.0) + residual
    return balanced_table(name, sectors, flows, household, columns, employment)


def _check_account(
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


def _nearest(word: str, choices: Sequence[str], cutoff: float = 0.6) -> str:
    """Return a hint naming the nearest choice, or nothing when none is near.

    >>> _nearest("germany-1996", ["germany-1995"])
    " Did you mean 'germany-1995'?"
    """
    found = get_close_matches(word, choices, n=1, cutoff=cutoff)
    return f" Did you mean '{found[0]}'?" if found else ""


def _text(value: float) -> str:
    """Return the shortest decimal text that reads back as the same number."""
    return repr(float(value))
