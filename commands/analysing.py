"""The command that tells what a sweep shows: analyse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .base import Language, fast_import

app = typer.Typer()


@app.command()
def analyse(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a sweep.")],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to write; DIR/analysis if not said.")
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A measure, controlled, or a regime; repeat for more."),
    ] = None,
    figure: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this figure, e.g. sobol or phase.")
    ] = None,
    x: Annotated[
        str | None, typer.Option("--x", metavar="FACTOR", help="Across, for phase and events.")
    ] = None,
    y: Annotated[str | None, typer.Option("--y", metavar="FACTOR", help="Up, for phase.")] = None,
    lang: Language = "en",
) -> None:
    """Analyse a sweep: a report in one page, its tables and its figures."""
    from ..experiments import terminal

    console = terminal.open_console(lang)
    with fast_import():
        from ..experiments.analysis.command import Request, carry_out
        from ..experiments.sweeps.display import telling_damage
    request = Request(folder, out, tuple(measure or ()), figure, x, y)
    with telling_damage(lang):
        carry_out(console, request, lang, ctx.meta["command"])
