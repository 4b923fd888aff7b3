"""The input-output table: published figures, identities, scaling, refusals, generated economies."""

import copy
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thermidor.model.economy import Table, TableError, balanced_table
from thermidor.model.table_files import load_table, save_table
from thermidor.model.table_generator import generate_table

SMALL = """\
# A made-up economy of two sectors.
row,grain,steel,household_consumption,exports,inventory_change
grain,10,20,60,10,0
steel,30,40,20,9,1
wages,60,40,,,
output_at_basic_prices,100,100,,,
employment_thousand,2,3,,,
"""


@pytest.fixture(scope="module")
def germany() -> Table:
    return load_table("germany-1995")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Write a CSV file and return where it lies."""

    def _write(text: str) -> Path:
        path = tmp_path / "mine.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return _write


def uses(table: Table) -> np.ndarray:
    return table.flows.sum(axis=1) + table.household + table.claims


def assert_same(one: Table, other: Table) -> None:
    assert one.sectors == other.sectors
    assert list(one.claim_columns) == list(other.claim_columns)
    for column in ("flows", "household", "claims", "output", "employment"):
        np.testing.assert_array_equal(getattr(one, column), getattr(other, column), column)


# Germany 1995


def test_german_input_coefficients_are_those_eurostat_published(germany: Table) -> None:
    agriculture, manufacturing = map(germany.sectors.index, ("agriculture", "manufacturing"))
    assert germany.coefficients[agriculture, agriculture] == pytest.approx(0.0258, abs=5e-5)
    assert germany.coefficients[manufacturing, agriculture] == pytest.approx(7930 / 43910)
    assert germany.coefficients[manufacturing, agriculture] == pytest.approx(0.1806, abs=5e-5)


def test_german_rows_balance_as_published_so_nothing_went_into_inventories(germany: Table) -> None:
    np.testing.assert_array_equal(uses(germany), germany.output)
    assert germany.output.tolist() == [43910, 1079446, 245606, 540063, 692487, 508918]
    assert germany.claim_columns["inventory_change"].tolist() == [-6, 7559, 0, 0, 0, 0]


def test_german_employment_is_in_persons(germany: Table) -> None:
    assert germany.employment.sum() == 36_428_000
    assert germany.labour @ germany.output == pytest.approx(36_428_000)


# Identities


def test_leontief_inverse_undoes_the_technology_and_reproduces_output(germany: Table) -> None:
    identity = np.eye(germany.size)
    np.testing.assert_allclose(
        germany.leontief @ (identity - germany.coefficients), identity, atol=1e-12
    )
    np.testing.assert_allclose(germany.leontief @ germany.final_demand, germany.output)
    assert (germany.leontief >= identity).all()


def test_needs_shares_sum_to_one(germany: Table) -> None:
    assert germany.needs_shares.sum() == pytest.approx(1.0)


# Scaling


@pytest.mark.parametrize("workers", [1, 37.5, 1000, 2_000_000])
def test_scaled_economy_needs_one_basket_a_worker_a_month(germany: Table, workers: float) -> None:
    scaled = germany.scaled(workers)
    assert scaled.household.sum() == pytest.approx(workers)
    assert scaled.employment.sum() == pytest.approx(workers)
    np.testing.assert_array_equal(uses(scaled), scaled.output)


def test_scaling_keeps_technology_and_the_shape_of_needs(germany: Table) -> None:
    scaled = germany.scaled(500)
    np.testing.assert_allclose(scaled.coefficients, germany.coefficients)
    np.testing.assert_allclose(scaled.needs_shares, germany.needs_shares)
    np.testing.assert_allclose(scaled.claims / scaled.output, germany.claims / germany.output)


def test_nobody_cannot_run_an_economy(germany: Table) -> None:
    with pytest.raises(TableError, match="more than zero workers"):
        germany.scaled(0)


def test_an_economy_of_one_good_works(write: Callable[[str], Path]) -> None:
    table = load_table(
        write(
            "row,all,household_consumption\nall,25,75\n"
            "output_at_basic_prices,100,\nemployment_thousand,4,\n"
        )
    ).scaled(30)
    assert table.size == 1
    assert table.household.tolist() == [30.0]
    assert table.claims.tolist() == [0.0]
    assert table.leontief[0, 0] == pytest.approx(100 / 75)


def test_tables_survive_pickling_and_deep_copying(germany: Table) -> None:
    expected = germany.leontief.tobytes()
    for twin in (pickle.loads(pickle.dumps(germany)), copy.deepcopy(germany)):
        assert_same(twin, germany)
        assert twin.leontief.tobytes() == expected


# Files


def test_a_table_of_my_own_is_read_from_csv(write: Callable[[str], Path]) -> None:
    table = load_table(write(SMALL))
    assert (table.name, table.sectors) == ("mine", ("grain", "steel"))
    assert table.employment.tolist() == [2000, 3000]
    assert list(table.claim_columns) == ["exports", "inventory_change"]


def test_a_small_rounding_residual_goes_into_inventories(write: Callable[[str], Path]) -> None:
    table = load_table(write(SMALL.replace("prices,100,", "prices,100.4,")))
    assert table.claim_columns["inventory_change"] == pytest.approx([0.4, 1.0])
    assert table.output == pytest.approx([100.4, 100.0])
    np.testing.assert_array_equal(uses(table), table.output)


def test_without_an_inventory_column_the_residual_makes_one(write: Callable[[str], Path]) -> None:
    text = "\n".join(line.rsplit(",", 1)[0] for line in SMALL.splitlines()[1:])
    table = load_table(write(text))  # steel now lacks the 1 that inventories took
    assert table.claim_columns["inventory_change"] == pytest.approx([0.0, 1.0])


@pytest.mark.parametrize("name", ["germany-1995", "generated:40:3", "generated:1"])
def test_a_saved_table_comes_back_the_same(name: str, tmp_path: Path) -> None:
    table = load_table(name)
    for version in (table, table.scaled(1234)):
        save_table(version, tmp_path / "copy.csv")
        assert_same(load_table(tmp_path / "copy.csv"), version)


def test_stocks_may_be_drawn_down_while_final_uses_stay_positive(
    write: Callable[[str], Path],
) -> None:
    table = load_table(write(SMALL.replace("60,10,0", "60,30,-20")))
    assert table.claims.tolist() == [10, 10]
    assert table.claim_columns["inventory_change"].tolist() == [-20, 1]


# Refusals: what is wrong with the file, and what the message says

REFUSALS = {
    "a sector column without a row": ("steel,30,40,20,9,1\n", "", "not square.*'steel' has no row"),
    "a sector row without a column": (
        "steel,30",
        "iron,1,1,1,1,1\nsteel,30",
        "not square.*'iron' has no column",
    ),
    "a misspelt sector row": ("steel,30", "stele,30", "'steel' has no row.*mean 'stele'"),
    "no output row": ("output_at_basic_prices", "outputs_at_basic_prices", "mean 'outputs_at"),
    "no employment row": ("employment_thousand,2,3,,,\n", "", "no row 'employment_thousand'"),
    "no household column": (
        "household_consumption",
        "household_consumtion",
        "no column 'household_consumption'. Did you mean 'household_consumtion'",
    ),
    "no sectors": (
        "row,grain,steel,household_consumption",
        "row,household_consumption,grain,steel",
        "no sector columns",
    ),
    "a word for a number": ("20,60", "20,lots", "row 'grain', column 'household_con.*'lots'"),
    "an empty cell": ("10,20,60", "10,,60", "row 'grain', column 'steel': empty"),
    "an infinite cell": ("10,20,60", "10,inf,60", "'inf' is not a number"),
    "a missing output": ("prices,100,100", "prices,100,", "row 'output_at_basic_prices'.*empty"),
    "too many cells": ("10,20,60,10,0", "10,20,60,10,0,7", "'grain' has more cells"),
    "the same row twice": ("steel,30", "grain,1,1,1,1,1\nsteel,30", "two rows called 'grain'"),
    "the same column twice": ("row,grain,steel", "row,grain,grain", "two columns called 'grain'"),
    "a negative flow": ("10,20,60", "10,-20,60", "from 'grain' to 'steel' is -20"),
    "negative needs": ("10,20,60", "10,20,-60", "'grain' has negative household"),
    "nobody needs anything": (
        "grain,10,20,60,10,0\nsteel,30,40,20",
        "grain,10,20,0,70,0\nsteel,30,40,0",
        "zero in every sector",
    ),
    "inputs worth the whole output": ("steel,30,40", "steel,90,40", "'grain' uses.*Hawkins-Simon"),
    "an unbalanced row": ("10,20,60", "10,20,65", "'grain' has uses that differ.*1%"),
    "more sold than is left": ("60,10,0", "60,-71,0", "'grain' has final uses.*less than zero"),
    "a sector without output": ("prices,100,100", "prices,0,100", "'grain' has no output"),
    "a sector without people": ("thousand,2,3", "thousand,0,3", "'grain' employs nobody"),
    "an empty file": (SMALL, "", "is empty"),
}


@pytest.mark.parametrize("situation", REFUSALS)
def test_a_bad_file_is_refused_in_one_clear_sentence(
    situation: str, write: Callable[[str], Path]
) -> None:
    old, new, message = REFUSALS[situation]
    assert old in SMALL
    path = write(SMALL.replace(old, new, 1))
    with pytest.raises(TableError, match=message):
        load_table(path)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(TableError, match=r"no table 'germany-1996'.*Did you mean 'germany-1995'"):
        load_table("germany-1996")


def test_a_misspelt_path_is_answered_with_the_nearest_file(write: Callable[[str], Path]) -> None:
    path = write(SMALL)
    with pytest.raises(TableError, match=r"Did you mean '.*mine\.csv'"):
        load_table(path.with_name("mien.csv"))


def test_a_binary_file_is_not_a_table(tmp_path: Path) -> None:
    path = tmp_path / "binary.csv"
    path.write_bytes(b"\xff\xfe\x00row")
    with pytest.raises(TableError, match="not a text file"):
        load_table(path)


def test_arrays_of_the_wrong_shape_are_refused() -> None:
    one, two = np.ones(1), np.ones(2)
    with pytest.raises(TableError, match="not square"):
        Table("bad", ("a", "b"), np.ones((2, 1)), two, two, two, two)
    with pytest.raises(TableError, match="one number a sector"):
        Table("bad", ("a",), np.zeros((1, 1)), one, two, one, one)


def test_a_table_built_by_hand_must_balance() -> None:
    two = np.full(2, 2.0)
    with pytest.raises(TableError, match="differ from its stated output"):
        Table("bad", ("a", "b"), np.zeros((2, 2)), two, two, two, two)


# Generated economies


@settings(deadline=None, max_examples=60)
@given(sectors=st.integers(1, 60), seed=st.integers(0, 10**9))
def test_every_generated_economy_is_balanced_and_productive(sectors: int, seed: int) -> None:
    table = generate_table(sectors, seed).scaled(1000)
    assert len(set(table.sectors)) == table.size == sectors
    np.testing.assert_array_equal(uses(table), table.output)
    assert table.coefficients.sum(axis=0).max() < 1
    assert np.abs(np.linalg.eigvals(table.coefficients)).max() < 1
    assert (table.leontief @ (np.eye(sectors) - table.coefficients)).trace() == pytest.approx(
        sectors
    )
    assert table.household.sum() == pytest.approx(1000)
    assert (table.employment > 0).all()
    assert table.claims.sum() == pytest.approx(600)


def test_a_recipe_names_the_same_table_every_time() -> None:
    assert_same(load_table("generated:20:7"), generate_table(20, 7))
    assert_same(load_table("generated:20"), generate_table(20, 0))
    assert not np.array_equal(generate_table(20, 7).flows, generate_table(20, 8).flows)


def test_large_economies_are_sparse_with_a_core_used_by_nearly_all() -> None:
    table = generate_table(500, 1)
    used = table.flows > 0
    assert used[:25].mean() > 0.9
    assert used[25:].mean() < 0.05
    assert (np.abs(np.linalg.eigvals(table.coefficients)) < 1).all()


@pytest.mark.parametrize("recipe", ["generated:", "generated:ten", "generated:5:1:2", "generated"])
def test_a_bad_recipe_is_answered_with_an_example(recipe: str) -> None:
    with pytest.raises(TableError, match="generated:120:7"):
        load_table(recipe)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"sectors": 0}, "1 to 500 sectors, not 0"),
        ({"sectors": 501}, "not 501"),
        ({"seed": -1}, "zero or more"),
        ({"core_share": 1.5}, "core_share"),
        ({"input_share": (0.5, 1.0)}, "input_share"),
        ({"suppliers": -1.0}, "suppliers"),
        ({"claims_share": 0.0}, "claims_share"),
    ],
)
def test_a_generated_economy_outside_its_ranges_is_refused(wrong: dict, message: str) -> None:
    with pytest.raises(TableError, match=message):
        generate_table(**{"sectors": 10, "seed": 1, **wrong})


def test_relabelling_sectors_permutes_the_leontief_inverse(germany: Table) -> None:
    order = np.array([3, 1, 5, 0, 2, 4])
    turned = balanced_table(
        "turned",
        [germany.sectors[i] for i in order],
        germany.flows[np.ix_(order, order)],
        germany.household[order],
        {name: column[order] for name, column in germany.claim_columns.items()},
        germany.employment[order],
    )
    np.testing.assert_allclose(turned.leontief, germany.leontief[np.ix_(order, order)], rtol=1e-12)
