"""Input-output tables as CSV files: find one by name, read and check it, save it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from .economy import INVENTORY, Array, Table, TableError, balanced_table, check_account
from .table_generator import GENERATED, generate_from

HOUSEHOLD = "household_consumption"
OUTPUT = "output_at_basic_prices"
EMPLOYMENT = "employment_thousand"
BUILTIN = {"germany-1995": "germany_1995.csv"}
BALANCE_TOLERANCE = 0.01  # a row may miss its stated output by 1 % (rounding in the publication)


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
        return generate_from(text)
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
    check_account(
        name, sectors, flows, household, claims, output, employment, tolerance=BALANCE_TOLERANCE
    )
    residual = output - flows.sum(axis=1) - household - claims
    if np.any(np.abs(residual) > 1e-12 * output):
        columns[INVENTORY] = columns.get(INVENTORY, 0.0) + residual
    return balanced_table(name, sectors, flows, household, columns, employment)


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
