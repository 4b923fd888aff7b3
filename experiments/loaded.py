"""Importing this loads the model, compiled, and all that simulating processes need besides.

They inherit it from the server that starts them, and none has to load it for itself. Where the
model is not compiled yet the first run is left to one of them, which Ctrl-C can stop.
"""

from __future__ import annotations

import gc

from ..model import society
from ..model.scenario import Scenario
from .pool import Job, is_compiled, simulate
from .sweeps import jobs, parts

__all__ = ["jobs", "parts", "society"]

if is_compiled():
    simulate(Job(0, Scenario(months=13), 0))  # more than a year, so that most rules are called
gc.collect()
gc.freeze()  # no search for garbage need look through what stays for good
