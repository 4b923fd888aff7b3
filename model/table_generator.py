"""Generated economies: sparse and productive tables of any size, drawn from a seed."""

import numpy as np

from .economy import INVENTORY, Array, Table, TableError, balanced_table

GENERATED = "generated"
MAX_SECTORS = 500


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


def generate_from(text: str) -> Table:
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
