"""The table of judgements for the terminal, in the language asked for."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from ...texts import say
from .ablation import Ablation, gained, lost, moved
from .judge import FAILED, PARTLY, REPRODUCED, Judgement
from .report import role_of
from .report_ablation import changed

COLOURS = {REPRODUCED: "green", PARTLY: "yellow", FAILED: "red"}


def judgements(found: Sequence[Judgement], language: str) -> Table:
    """Return a table of patterns and what was judged of them."""
    keys = ("pattern", "role", "judgement", "checks")
    table = Table(*[say(f"evidence.{key}", language) for key in keys])
    for judgement in found:
        verdict = Text(say(f"evidence.{judgement.verdict}", language), COLOURS[judgement.verdict])
        table.add_row(
            f"{judgement.pattern.id} {say(f'evidence.{judgement.pattern.id}.name', language)}",
            say(f"evidence.{role_of(judgement.pattern.id)}", language),
            verdict,
            f"{sum(c.met for c in judgement.checked)}/{len(judgement.checked)}",
        )
    return table


def ablations(found: Sequence[Ablation], language: str) -> Table:
    """Return a table of mechanisms with the checks lost and gained without them.

    A star marks a check whose interval has nothing in common with those of everything on.
    """
    keys = ("mechanism", "lost", "gained")
    table = Table(*[say(f"evidence.{key}", language) for key in keys])
    whole = found[0]
    for each in found[1:]:
        name = say(f"evidence.mechanisms.{each.mechanism}", language)
        sure = moved(found, each)
        table.add_row(name, *(changed(f(whole, each), sure, "*") for f in (lost, gained)))
    return table
