"""The command `thermidor`; what a command needs is imported when it runs, so help is instant."""

from __future__ import annotations

import atexit
import gc
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from .experiments.comparison import Comparison
    from .experiments.runs import Result

FAULT, INTERRUPTED = 2, 130  # exit codes


class Commands(TyperGroup):
    """All commands: a fault of the user's or the system's becomes one sentence, not a traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep the command as given, for the notes in what it writes."""
        ctx.meta["command"] = shlex.join(["thermidor", *args])
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; raise Exit(2) after a fault and Exit(130) after Ctrl-C."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except Exception as error:
            if not _is_fault(error):
                raise
            typer.echo(f"Error: {_told(error)}", err=True)
            raise typer.Exit(FAULT) from None


class Plotting(TyperCommand):
    """A command whose option --plot may stand without a file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Give a bare --plot an empty file name, which stands for the usual one."""
        following = [*args[1:], ""][: len(args)]
        bare = [a == "--plot" and not _is_picture(b) for a, b in zip(args, following, strict=True)]
        whole = ["--plot=" if alone else a for a, alone in zip(args, bare, strict=True)]
        return super().parse_args(ctx, whole)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A laboratory of planned economies: when does an administration serve its people, "
    "and when does it capture them?",
)

Name = Annotated[str, typer.Argument(help="A scenario's name, or the path of a .toml file.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Change a setting, e.g. rules.openness=0.2."),
]
Seed = Annotated[int, typer.Option(help="The same seed gives the same chance events.")]
Months = Annotated[int | None, typer.Option(help="How many months to run.")]
Workers = Annotated[int | None, typer.Option("--workers-count", help="How many workers there are.")]
Processes = Annotated[int, typer.Option(min=1, help="How many processes to use.")]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Write tables (Parquet, CSV) to this folder.")
]
Plot = Annotated[
    str | None,
    typer.Option(metavar="[FILE]", help="Draw the main indices (.png, .pdf or .svg)."),
]
Language = Annotated[
    str, typer.Option("--lang", envvar="THERMIDOR_LANG", help="Language of the answer: en or ru.")
]


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a poor terminal gets question marks
    atexit.register(gc.freeze)  # spares a last search for garbage, a third of a second
    app(prog_name="thermidor")


def _version(wanted: bool) -> None:
    if wanted:
        from . import __version__

        typer.echo(f"thermidor {__version__}")
        raise typer.Exit


@app.callback()
def thermidor(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Say what holds for all commands: nothing but the version."""


@app.command()
def scenarios(
    name: Annotated[str | None, typer.Argument(help="A name, or the path of a .toml file.")] = None,
    lang: Language = "en",
) -> None:
    """List the scenarios, or tell one of them."""
    from .experiments import display, terminal
    from .scenarios import all_scenarios, load_scenario

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
    seed: Seed = 1,
    replicates: Annotated[int, typer.Option(min=1, help="How many runs.")] = 1,
    months: Months = None,
    workers: Workers = None,
    processes: Processes = 1,
    out: Out = None,
    plot: Plot = None,
    lang: Language = "en",
) -> None:
    """Run a scenario once or several times, and judge what becomes of it."""
    from .experiments import terminal
    from .experiments.request import requested

    console, command = terminal.open_console(lang), ctx.meta["command"]
    chosen = requested(scenario, set_ or [], workers, months)
    with _fast_import():
        from .experiments import output, plots, runs
    picture = _prepare(out, plot, chosen.name)

    def work(move: Any) -> Result:
        return runs.run(chosen, seed, replicates, processes, progress=move)

    result, ended = terminal.carry_out(work, lang)
    if ended:
        terminal.tell_interruption(len(result.seeds) if result else 0, replicates, lang)
    if result:
        terminal.report_run(console, result, lang)
        files = output.write_result(result, out, command) if out else []
        if picture:
            files.append(plots.save_figure(plots.draw_result(result, lang, command), picture))
        terminal.tell_files(files, lang)
    if ended:
        raise typer.Exit(INTERRUPTED)


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
    seed: Seed = 1,
    replicates: Annotated[int, typer.Option(min=1, help="How many pairs of runs.")] = 20,
    months: Months = None,
    workers: Workers = None,
    processes: Processes = 1,
    out: Out = None,
    plot: Plot = None,
    lang: Language = "en",
) -> None:
    """Compare two scenarios, or two versions of one, with the same chance events."""
    from .experiments import terminal
    from .experiments.request import requested

    console, command = terminal.open_console(lang), ctx.meta["command"]
    first = requested(a, [*(set_ or []), *(set_a or [])], workers, months)
    second = requested(b, [*(set_ or []), *(set_b or [])], workers, months)
    with _fast_import():
        from .experiments import output, plots
        from .experiments.comparison import compare as run_pairs
    picture = _prepare(out, plot, f"{first.name}-{second.name}")

    def work(move: Any) -> Comparison:
        return run_pairs(first, second, seed, replicates, processes, progress=move)

    result, ended = terminal.carry_out(work, lang)
    if ended:
        terminal.tell_interruption(len(result.a.seeds) if result else 0, replicates, lang)
    if result:
        terminal.report_comparison(console, result, lang)
        files = output.write_comparison(result, out, command) if out else []
        if picture:
            files.append(plots.save_figure(plots.draw_comparison(result, lang, command), picture))
        terminal.tell_files(files, lang)
    if ended:
        raise typer.Exit(INTERRUPTED)


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
    from .experiments import display_plan, terminal
    from .experiments.planning import plan_table
    from .experiments.request import amounts
    from .model.table_files import load_table

    console = terminal.open_console(lang)
    economy = load_table(table)
    result = plan_table(economy, amounts("--needs", needs or []), scale, capacity, planner)
    terminal.show(console, display_plan.economy(economy, lang))
    terminal.show(console, display_plan.plan(result, lang))


@app.command()
def dashboard(
    host: Annotated[str, typer.Option(help="The address to serve at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to serve at.")] = 8765,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Open the dashboard in a browser."""
    from .dashboard.serve import serve

    serve(host=host, port=port, open_browser=browser)


@contextmanager
def _fast_import() -> Iterator[None]:
    """Import without searching for garbage all the while, of which there is none."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _is_picture(word: str) -> bool:
    """Say whether the word after --plot names a file to draw to."""
    return not word.startswith("-") and Path(word).suffix not in ("", ".toml")


def _is_fault(error: Exception) -> bool:
    """Say whether an error is the user's or the system's to put right, and not a fault of ours."""
    if isinstance(error, OSError):
        return not isinstance(error, BrokenPipeError)
    faults = {"ParameterError", "TableError", "TextError", "DashboardError", "ExperimentError"}
    return any(kind.__name__ in faults for kind in type(error).__mro__)


def _told(error: Exception) -> str:
    """Return an error as one sentence."""
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        text = f"{place}{error.strerror[:1].lower()}{error.strerror[1:]}"
    else:
        text = " ".join(str(error).split())
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _prepare(out: Path | None, plot: str | None, name: str) -> Path | None:
    """Try, before anything is run, what will be written; return the figure's path, if any."""
    if out is not None:
        from .experiments.output import prepare_folder

        prepare_folder(out)
    if plot is None:
        return None
    from .experiments.plots import check_figure_path

    return check_figure_path(plot or (out or Path()) / f"{name}.png")
