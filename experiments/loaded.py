"""Importing this loads the model, compiled, and all that simulating processes need besides.

They inherit it from the server that starts them, and none has to load it for itself. Where the
model is not compiled yet one of them compiles it, which Ctrl-C can stop.
"""

from __future__ import annotations

import gc

from ..model import society
from .pool import is_compiled, live_a_year
from .sweeps import jobs, parts

__all__ = ["jobs", "parts", "society"]

if is_compiled():
    live_a_year()
gc.collect()
gc.freeze()  # no search for garbage need look through what stays for good
