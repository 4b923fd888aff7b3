"""Experiments: runs over replicates, comparisons of paired runs, what is written and drawn."""

from .compare import Comparison, compare
from .pool import ExperimentError
from .runs import Interrupted, Result, run

__all__ = ["Comparison", "ExperimentError", "Interrupted", "Result", "compare", "run"]
