"""Commands that run the model: scenarios, run, compare, plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .base import (
    INTERRUPTED,
    At,
    Ensemble,
    Language,
    Member,
    Months,
    Name,
    Out,
    Plot,
    Plotting,
    Processes,
    Seed,
    Set,
    Workers,
    fast_import,
    prepare,
)

if TYPE_CHECKING:
    from ..experiments.comparison import Comparison
    from ..experiments.runs import Result

app = typer.Typer()


@app.command()
def scenarios(
    name: Annotated[str | None, typer.Argument(help="A name, or the path of a .toml file.")] = None,
    lang: Language = "en",
) -> None:
    """List the scenarios, or tell one of them."""
    from ..experiments import display, terminal
    from ..scenarios import all_scenarios, load_scenario

    console = terminal.open_console(lang)
    if name is None:
        console.print(display.catalogue(all_scenarios(), lang))
    else:
        terminal.tell_scenario(console, load_scenario(name), lang)


@app.command(cls=Plotting)
def run(
    ctx: typer.Context,
    scenario: Name,
    set_: Set = None,
    at: At = None,
    seed: Seed = 1,
    replicates: Annotated[int, typer.Option(min=1, help="How many runs.")] = 1,
    months: Months = None,
    workers: Workers = None,
    ensemble: Ensemble = False,
    member: Member = None,
    processes: Processes = 1,
    out: Out = None,
    plot: Plot = None,
    lang: Language = "en",
) -> None:
    """Run a scenario once or several times, and judge what becomes of it."""
    from ..experiments import terminal
    from ..experiments.request import behaving_as, requested, scheduled

    console, command = terminal.open_console(lang), ctx.meta["command"]
    chosen = requested(scenario, set_ or [], workers, months)
    chosen = behaving_as(chosen, member, ensemble)
    changes = scheduled(chosen, at or [])
    with fast_import():
        from ..experiments import output, plots, runs
    picture = prepare(out, plot, chosen.name)

    def work(move: Any) -> Result:
        return runs.run(
            chosen, seed, replicates, processes, progress=move, ensemble=ensemble, changes=changes
        )

    def written(result: Result) -> Iterator[Path]:
        if out:
            yield from output.write_result(result, out, command)
        if picture:
            yield plots.save_figure(plots.draw_result(result, lang, command), picture)

    def report(result: Result) -> None:
        terminal.report_run(console, result, lang)

    _conduct(work, written, report, lambda result: len(result.seeds), replicates, lang)


@app.command(cls=Plotting)
def compare(
    ctx: typer.Context,
    a: Name,
    b: Name,
    set_: Set = None,
    set_a: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Change a setting of A only.")
    ] = None,
    set_b: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Change a setting of B only.")
    ] = None,
    at_a: Annotated[
        list[str] | None,
        typer.Option(metavar="MONTH:NAME=VALUE", help="Change a rule of A on the way."),
    ] = None,
    at_b: Annotated[
        list[str] | None,
        typer.Option(metavar="MONTH:NAME=VALUE", help="Change a rule of B on the way."),
    ] = None,
    seed: Seed = 1,
    replicates: Annotated[int, typer.Option(min=1, help="How many pairs of runs.")] = 20,
    months: Months = None,
    workers: Workers = None,
    ensemble: Ensemble = False,
    member: Member = None,
    processes: Processes = 1,
    out: Out = None,
    plot: Plot = None,
    lang: Language = "en",
) -> None:
    """Compare two scenarios, or two versions of one, with the same chance events."""
    from ..experiments import terminal
    from ..experiments.request import behaving_as, requested, scheduled

    console, command = terminal.open_console(lang), ctx.meta["command"]
    first = requested(a, [*(set_ or []), *(set_a or [])], workers, months)
    second = requested(b, [*(set_ or []), *(set_b or [])], workers, months)
    first, second = (behaving_as(one, member, ensemble) for one in (first, second))
    changes = scheduled(first, at_a or []), scheduled(second, at_b or [])
    with fast_import():
        from ..experiments import output, plots
        from ..experiments.comparison import compare as run_pairs
    picture = prepare(out, plot, f"{first.name}-{second.name}")

    def work(move: Any) -> Comparison:
        return run_pairs(
            first,
            second,
            seed,
            replicates,
            processes,
            progress=move,
            ensemble=ensemble,
            changes=changes,
        )

    def written(result: Comparison) -> Iterator[Path]:
        if out:
            yield from output.write_comparison(result, out, command)
        if picture:
            yield plots.save_figure(plots.draw_comparison(result, lang, command), picture)

    def report(result: Comparison) -> None:
        terminal.report_comparison(console, result, lang)

    _conduct(work, written, report, lambda result: len(result.a.seeds), replicates, lang)


def _conduct[Done](
    work: Callable[[Any], Done],
    written: Callable[[Done], Iterator[Path]],
    report: Callable[[Done], None],
    count: Callable[[Done], int],
    replicates: int,
    lang: str,
) -> None:
    """Do an experiment, write and report what came of it, and end as it ended."""
    from ..experiments import terminal

    result, end = _carry_out(work, lang)
    if end:
        terminal.tell_interruption(count(result) if result else 0, replicates, lang)
    if result:
        _hand_over(written(result), lambda: report(result), lang)
    if end:
        raise end


def _carry_out[Done](
    work: Callable[[Any], Done], lang: str
) -> tuple[Done | None, Exception | None]:
    """Do an experiment; return what came of it and, if it was cut short, what to end with.

    Ctrl-C and a process killed from outside both leave what was done until then.
    """
    from ..experiments import terminal
    from ..experiments.pool import ExperimentError

    try:
        result, ended = terminal.carry_out(work, lang)
    except ExperimentError as fault:
        if fault.result is None:
            raise
        return fault.result, fault
    return result, typer.Exit(INTERRUPTED) if ended else None


def _hand_over(files: Iterator[Path], report: Callable[[], None], lang: str) -> None:
    """Write files, then print a report and name the files; no step's failure loses another.

    Printing fails where whoever reads it goes away, as in `thermidor run ... | head`.
    """
    from ..experiments import terminal

    written: list[Path] = []
    try:
        for file in files:
            written.append(file)
    finally:
        try:
            report()
        finally:
            terminal.tell_files(written, lang)


@app.command()
def plan(
    table: Annotated[
        str, typer.Argument(help="A CSV file, germany-1995, or generated:SECTORS:SEED.")
    ],
    needs: Annotated[
        list[str] | None,
        typer.Option(metavar="SECTOR=AMOUNT", help="Household needs of one good, e.g. trade=5000."),
    ] = None,
    scale: Annotated[float, typer.Option(help="All other needs, as a multiple of today's.")] = 1.0,
    capacity: Annotated[
        float, typer.Option(help="What each sector can make, as a multiple of today's output.")
    ] = 1.0,
    planner: Annotated[str, typer.Option(help="proportional or optimal")] = "proportional",
    lang: Language = "en",
) -> None:
    """Show an economy, its input coefficients and Leontief inverse, and a plan for given needs."""
    from ..experiments import display_plan, terminal
    from ..experiments.planning import plan_table
    from ..experiments.request import amounts
    from ..model.table_files import load_table

    console = terminal.open_console(lang)
    economy = load_table(table)
    result = plan_table(economy, amounts("--needs", needs or []), scale, capacity, planner)
    terminal.show(console, display_plan.economy(economy, lang))
    terminal.show(console, display_plan.plan(result, lang))
