"""The command that writes the page without a server, and computes its maps: atlas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .base import INTERRUPTED, Language, Processes, fast_import

app = typer.Typer()

RUNS = Path("thermidor-atlas")


@app.command()
def atlas(
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the page without a server here.")
    ] = None,
    build: Annotated[
        bool, typer.Option("--build", help="Compute the maps anew; takes about ten minutes.")
    ] = False,
    maps: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where --build writes the maps; the shipped ones if not said."
        ),
    ] = None,
    runs: Annotated[
        Path, typer.Option(metavar="DIR", help="Where --build keeps runs, to go on if interrupted.")
    ] = RUNS,
    replicates: Annotated[
        int | None, typer.Option(min=1, help="Societies in every cell; as shipped if not said.")
    ] = None,
    processes: Processes = 1,
    lang: Language = "en",
) -> None:
    """Write the page as one file that needs no server, or compute the maps of rules anew."""
    if not build and out is None:
        raise typer.BadParameter("name the file to write, e.g. atlas.html", param_hint="--out")
    if build:
        _build(maps, runs, replicates, processes, lang, out)
    if out is not None:
        _write(out, lang)


def _build(
    maps: Path | None,
    runs: Path,
    replicates: int | None,
    processes: int,
    lang: str,
    out: Path | None,
) -> None:
    """Compute the maps and write them; runs are kept, so that an interrupted build goes on.

    `out` is written afterwards, but tried before anything is computed.
    """
    from ..experiments import terminal

    terminal.open_console(lang)
    with fast_import():
        from ..experiments.atlas import building, shipped
        from ..experiments.atlas.plan import load_plan
        from ..experiments.output import prepare_places
    path = maps or shipped.place()
    prepare_places(runs, path, out)
    plan = load_plan(replicates)
    found: list[dict[str, Any]] = []

    def work(move: terminal.Move) -> None:
        found.append(building.build(plan, runs, processes, move))

    if terminal.keep_going(work, lang):
        terminal.tell_kept(runs, lang)
        raise typer.Exit(INTERRUPTED)
    terminal.tell_files([building.write(found[0], path)], lang)


def _write(out: Path, lang: str) -> None:
    """Record all scenarios and write the page."""
    from ..experiments import terminal

    terminal.open_console(lang)
    with fast_import():
        from ..dashboard.atlas.answers import answers
        from ..dashboard.atlas.page import page
        from ..dashboard.atlas.recording import record
        from ..dashboard.atlas.societies import societies
        from ..experiments.output import prepare_places, write_file
    prepare_places(None, out)
    recorded, recordings = societies(), {}

    def work(move: terminal.Move) -> None:
        recordings.update(record(recorded, move))

    if terminal.keep_going(work, lang):
        raise typer.Exit(INTERRUPTED)
    text = page(recorded, recordings, answers()).encode()
    terminal.tell_files([write_file(out, lambda file: file.write(text))], lang)
