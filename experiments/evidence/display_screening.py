"""What screening found: tables for the terminal, and docs/screening.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from ...texts import has, say
from ..display import grid
from ..identity import model_name
from ..wording import grouped, label, number
from .contest import MARGINS
from .phrases import points, signed
from .screening import (
    BASE,
    DUMMIES,
    FULL,
    LEVELS,
    OUTPUTS,
    SURE,
    Effect,
    Screened,
    fields,
    steadiness,
)

SHOWN = 20  # parameters in the terminal's table
NAMED = 4  # outputs a parameter is said to move


def screening(found: Sequence[Screened], count: int, seed: int, language: str) -> Iterator[Any]:
    """Yield tables and sentences, one below the other."""

    def tell(key: str, **values: Any) -> str:
        return say(f"screening.{key}", language, **values)

    runs = grouped(societies(count), language)
    yield tell("heading", parameters=len(found), trajectories=count, runs=runs, seed=seed)
    if count < FULL:
        yield tell("few")
    table = grid(tell("movers"), tell("parameter"), tell("strength"), tell("outputs"))
    for each in found[:SHOWN]:
        moved = ", ".join(output_name(o, language) for o in each.moves[:2])
        table.add_row(label(each.name, language), number(each.strength, language, 2), moved)
    yield table
    idle = [each for each in found if not each.moves]
    names = ", ".join(label(each.name, language) for each in idle) or tell("none")
    yield tell("idle", count=len(idle), list=names)
    dead = [label(each.name, language) for each in idle if each.dead]
    yield tell("dead", list=", ".join(dead) or tell("none"))


def output_name(output: str, language: str = "en") -> str:
    """Return what an output is called."""
    key = f"measures.{output}.label"
    return say(key, language) if has(key) else say(f"claim.readings.{output}", language)


def effect(found: Effect) -> str:
    """Write a mean effect in percentage points with half its 95 % interval.

    >>> effect(Effect(0.03, 0.01, -0.0212, 0.0131, -3.2, 0.04, False))
    '−2.1 ± 1.3'
    """
    return f"{signed(found.mean)} ± {points(found.doubt)}"


def surely_small(each: Screened) -> bool:
    """Say whether a parameter moves no output beyond chance, and results surely by no margin."""
    among = {output: margin for output, margin in MARGINS.items() if output in OUTPUTS and margin}
    return not each.moves and all(
        each.effects[output].size + each.effects[output].error < margin
        for output, margin in among.items()
    )


def societies(count: int) -> int:
    """Return how many societies so many trajectories take."""
    return count * (len(fields()) + DUMMIES + 1)


def page(found: Sequence[Screened], count: int, seed: int, command: str) -> str:
    """Return the page of screening in Markdown."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.filters.update(
        label=label, output=lambda o: output_name(o).lower(), effect=effect, points=points
    )
    template = files(__package__).joinpath("screening.md.jinja").read_text(encoding="utf-8")
    text = environment.from_string(template).render(
        found=found,
        idle=[each for each in found if not each.moves],
        small=[each for each in found if surely_small(each)],
        margins=MARGINS,
        limit=steadiness(len(found) * len(OUTPUTS), count)[1],
        count=count,
        few=count < FULL,
        seed=seed,
        command=command,
        runs=societies(count),
        version=version("thermidor"),
        fingerprint=model_name(),
        outputs=OUTPUTS,
        levels=LEVELS,
        dummies=DUMMIES,
        sure=SURE,
        named=NAMED,
        workers=BASE.population.workers,
        months=BASE.months,
    )
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
