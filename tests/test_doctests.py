"""Every example in a docstring of the package runs and prints what it says."""

import doctest
import importlib
import pkgutil

import pytest

import thermidor

FOLDERS = ("agents", "model", "scenarios", "experiments", "dashboard")
MODULES = [
    module.name
    for folder in FOLDERS
    for module in pkgutil.walk_packages(
        importlib.import_module(f"thermidor.{folder}").__path__, f"thermidor.{folder}."
    )
]


@pytest.mark.parametrize("name", ["thermidor", *MODULES])
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
