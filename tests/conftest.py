"""Runs that several modules compare theirs with."""

import pytest
from runs import small

from thermidor import Result, run


@pytest.fixture(scope="session")
def five() -> Result:
    """Five runs in this process."""
    return run(small(), seed=3, replicates=5)
