"""The table of judgements for the terminal, in the language asked for."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from ...texts import say
from .ablation import Ablation, gained, lost
from .judge import FAILED, PARTLY, REPRODUCED, Judgement
from .report import changed, number, role_of, wanted

COLOURS = {REPRODUCED: "green", PARTLY: "yellow", FAILED: "red"}


def judgements(found: Sequence[Judgement], language: str) -> Table:
    """Return a table of patterns, what was judged of them, and the checks they miss."""
    heads = [say(f"evidence.{key}", language) for key in ("pattern", "role", "judgement")]
    table = Table(*heads, say("evidence.checks", language), say("evidence.missed", language))
    for judgement in found:
        table.add_row(
            f"{judgement.pattern.id} {say(f'evidence.{judgement.pattern.id}.name', language)}",
            say(f"evidence.{role_of(judgement.pattern.id)}", language),
            f"[{COLOURS[judgement.verdict]}]{say(f'evidence.{judgement.verdict}', language)}[/]",
            f"{sum(c.met for c in judgement.checked)}/{len(judgement.checked)}",
            "; ".join(
                f"{c.check.statistic} {number(c.estimate.value)} ({wanted(c)})"
                for c in judgement.checked
                if not c.met
            ),
        )
    return table


def ablations(found: Sequence[Ablation], language: str) -> Table:
    """Return a table of mechanisms with the checks lost and gained without them."""
    keys = ("mechanism", "lost", "gained")
    table = Table(*[say(f"evidence.{key}", language) for key in keys])
    whole = found[0]
    for each in found[1:]:
        name = say(f"evidence.mechanisms.{each.mechanism}", language)
        table.add_row(name, changed(lost(whole, each)), changed(gained(whole, each)))
    return table
