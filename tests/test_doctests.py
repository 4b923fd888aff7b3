"""Every example in a docstring of the package runs and prints what it says."""

import doctest
import importlib
import pkgutil

import pytest


def module_names() -> list[str]:
    names = ["thermidor"]
    for folder in ("agents", "model", "scenarios", "experiments", "dashboard", "commands", "texts"):
        package = importlib.import_module(f"thermidor.{folder}")
        names.append(package.__name__)
        names += [m.name for m in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return names


@pytest.mark.parametrize("name", module_names())
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
