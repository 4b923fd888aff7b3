"""No thumb on the scale: rules act through people, never through measures, verdict or conduct."""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from invariants import live, moved, small

from thermidor.model.measures import record
from thermidor.model.parameters import Rules
from thermidor.model.verdict import Verdict, verdict
from thermidor.scenarios import names

CHANGED: dict[str, list[Any]] = {
    "recall_threshold": [None, 0.0, 1.0],
    "recall_reach": ["delegates", "officials"],
    "runner_up_succeeds": [True],
    "recall_pause_months": [12, 600],
    "wage_cap": [None, 5.0],
    "openness": [0.0, 1.0],
    "participants_visible": [True],
    "elected_posts": [0.0, 0.5],
    "term_months": [1, 600],
    "term_limit": [1, 5],
    "council_power": [0.0, 1.0],
    "audit_rate": [0.0, 1.0],
    "sanction": [0.0, 100.0],
    "restitution": [0.0, 10.0],
    "courts": [0.0, 1.0],
    "automation": [0.0, 1.0],
    "algorithm_open": [False],
    "sortition": [1.0],
    "opposition": [False],
    "amendable": [False],
}
# What these modules may mention: the realised coverage of accounts is a state, not the rule.
STATES = {"automation"}
MODULES = (
    "model.measures",
    "agents.official_rules",
    "agents.worker_rules",
    "agents.compiled",
    "agents.people",
    "agents.offices",
)


def test_every_rule_is_tried() -> None:
    assert set(CHANGED) == set(Rules.model_fields)


@pytest.mark.parametrize("rule", CHANGED)
@pytest.mark.parametrize("name", ["workers-democracy", "digital-dictatorship"])
def test_a_rule_changed_on_a_frozen_society_moves_no_measure(rule: str, name: str) -> None:
    frozen = live(small(name), 26)
    for value in CHANGED[rule]:
        same, other = copy.deepcopy(frozen), copy.deepcopy(frozen)
        other.rules = other.rules.replace(**{rule: value})
        record(same)
        record(other)
        np.testing.assert_array_equal(other.next_row(), same.next_row())


# Of these something is left in a market: who founds it, what accounts exist and who may read them.
STILL_THERE = {
    "automation",
    "elected_posts",
    "openness",
    "opposition",
    "restitution",
    "sanction",
    "sortition",
    "wage_cap",
}


@pytest.mark.parametrize("rule", sorted(set(CHANGED) - STILL_THERE))
def test_in_a_market_no_rule_of_the_council_or_of_recall_has_anything_to_act_through(
    rule: str,
) -> None:
    base = small("market-benchmark")
    for value in CHANGED[rule]:
        other = base.replace(rules={rule: value})
        assert not moved(live(base, 24).history(), live(other, 24).history()), value


def _identifiers(tree: ast.AST) -> set[str]:
    """Every name, attribute, parameter and text in code, docstrings left out."""
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.arg) or (isinstance(node, ast.keyword) and node.arg):
            found.add(node.arg)
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
        ):
            found.update(node.value.split())
    return found


@pytest.mark.parametrize("module", MODULES)
def test_measures_and_behaviour_do_not_know_the_rules(module: str) -> None:
    source = inspect.getsource(importlib.import_module(f"thermidor.{module}"))
    forbidden = {"rules", "Rules", *Rules.model_fields} - STATES
    assert not _identifiers(ast.parse(source)) & forbidden


def test_the_static_check_would_notice_a_rule() -> None:
    assert "openness" in _identifiers(ast.parse("def f(openness): return openness"))
    assert "council_power" in _identifiers(ast.parse("x = society.rules.council_power"))
    assert "sanction" not in _identifiers(ast.parse('"""About sanction."""'))


def test_no_process_asks_for_the_name_of_a_scenario() -> None:
    folder = Path(inspect.getfile(record)).parent
    known = set(names())
    for path in folder.glob("*.py"):
        if path.name == "scenario.py":  # its name is the default of a field
            continue
        texts = {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not texts & known, path.name


def _same(left: Verdict, right: Verdict) -> bool:
    return (
        left.regime == right.regime
        and left.onset == right.onset
        and left.regimes == right.regimes
        and left.indicators == right.indicators
        and left.since == right.since
        and left.values == right.values
    )


@pytest.mark.parametrize("name", names())
def test_the_verdict_does_not_look_at_the_rules(name: str) -> None:
    history = live(small(name), 120).history()
    ruled = [column for column in history if column.startswith("rule_")]
    assert ruled
    told = verdict(history)
    bare: pd.DataFrame = history.drop(columns=ruled)
    assert _same(told, verdict(bare))
    assert verdict(bare).first_eroded is None
    rng = np.random.default_rng(1)
    for column in ruled:
        history[column] = rng.random(len(history))
    assert _same(told, verdict(history))
