"""Commands for designed experiments of many runs: sweep, merge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .base import INTERRUPTED, Language

app = typer.Typer()

DesignFile = Annotated[Path, typer.Argument(metavar="DESIGN", help="A design, a .toml file.")]
Csv = Annotated[bool, typer.Option("--csv", help="Write table.csv too, as BehaviorSpace does.")]
LONGEST = 20  # characters of a shard's name; more digits are a slip
MEANT = "How many runs, how long, how large; nothing is kept."


@app.command()
def sweep(
    design: DesignFile,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep runs here; go on if some are there.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=MEANT)] = False,
    processes: Annotated[
        int | None, typer.Option(min=1, help="How many processes to use; all cores if not said.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Use the cluster of this scheduler.")
    ] = None,
    shard: Annotated[
        str | None, typer.Option(metavar="K/N", help="Only the K-th of N parts, for merge.")
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Make failed runs again.")] = False,
    csv: Csv = False,
    batch: Annotated[
        bool, typer.Option("--batch", help="Plain lines instead of a progress bar.")
    ] = False,
    lang: Language = "en",
) -> None:
    """Run a design, many scenarios with many seeds, into a folder; the same command goes on."""
    from ..experiments.processes import start_server

    part = _shard(shard)
    if not dry_run and dask is None and processes != 1:
        start_server()  # which loads the model while this process reads the design
    from ..experiments import terminal
    from ..experiments.sweeps import display
    from ..experiments.sweeps.design_files import load_design
    from ..experiments.sweeps.runner import check_means, cores
    from ..experiments.sweeps.runner import sweep as carry_out

    terminal.open_console(lang)
    check_means(processes, dask, part)
    planned = load_design(design)
    if dry_run:
        display.tell_forecast(planned, processes or cores(), lang, part)
        return
    if out is None:
        raise typer.BadParameter("name the folder to keep runs in", param_hint="--out")

    def work(move: Any) -> Any:
        return carry_out(planned, out, processes, dask, part, retry, move)

    results, ended = display.carry_out(work, batch, lang)
    display.tell_results(results, lang)
    if csv:
        display.tell_table(results, lang)
    if ended:
        raise typer.Exit(INTERRUPTED)


@app.command()
def merge(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to merge into.")],
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Shards of a sweep.")],
    csv: Csv = False,
    lang: Language = "en",
) -> None:
    """Bring the shards of a sweep, made on several machines, into one folder."""
    from ..experiments import terminal
    from ..experiments.sweeps import display
    from ..experiments.sweeps.merging import merge as bring_together

    terminal.open_console(lang)
    results, left = bring_together(folders, out)
    display.tell_left(left, lang)
    display.tell_results(results, lang)
    if csv:
        display.tell_table(results, lang)


def _shard(text: str | None) -> tuple[int, int] | None:
    """Read 2/5 as the second of five."""
    if text is None:
        return None
    place, _, count = text.partition("/")
    if not (place.isdecimal() and count.isdecimal() and len(text) <= LONGEST):
        raise typer.BadParameter(f"say K/N, e.g. 2/5, not {text}", param_hint="--shard")
    return int(place), int(count)
