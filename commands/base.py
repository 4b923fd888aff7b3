"""What all commands share: how faults are told, the usual options, small preparations."""

from __future__ import annotations

import gc
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

FAULT, INTERRUPTED = 2, 130  # exit codes
FAULTS = frozenset(
    {
        "ParameterError",
        "TableError",
        "TextError",
        "DashboardError",
        "ExperimentError",
        "UsageError",
    }
)  # names of errors that the user can put right, so that none needs be imported to be told


@contextmanager
def _telling() -> Iterator[None]:
    """Tell a fault in one sentence and raise Exit(2); raise Exit(130) after Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except Exception as error:
        if not _is_fault(error):
            raise
        typer.echo(f"Error: {_told(error)}", err=True)
        raise typer.Exit(FAULT) from None


class Commands(TyperGroup):
    """All commands: a fault of the user's or the system's becomes one sentence, not a traceback."""

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Read what stands before a command's name; raise Exit(2) after a fault."""
        with _telling():
            return super().make_context(*args, **options)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep the command as given, for the notes in what it writes."""
        ctx.meta["command"] = shlex.join(["thermidor", *args])
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; raise Exit(2) after a fault and Exit(130) after Ctrl-C."""
        with _telling():
            return super().invoke(ctx)


class Plotting(TyperCommand):
    """A command whose option --plot may stand without a file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Give a bare --plot an empty file name, which stands for the usual one."""
        following = [*args[1:], ""][: len(args)]
        bare = [a == "--plot" and not _is_picture(b) for a, b in zip(args, following, strict=True)]
        whole = ["--plot=" if alone else a for a, alone in zip(args, bare, strict=True)]
        return super().parse_args(ctx, whole)


def _seed(seed: int) -> int:
    """See to it, for every command alike, that the seed is one. Raises ParameterError."""
    from ..experiments.seeds import check_seed

    return check_seed(seed)


Name = Annotated[
    str,
    typer.Argument(help="A scenario's name, or the path of a .toml file."),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Change a setting, e.g. rules.openness=0.2."),
]
At = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MONTH:NAME=VALUE", help="Change a rule on the way, e.g. 24:openness=0.5."
    ),
]
Seed = Annotated[
    int, typer.Option(callback=_seed, help="The same seed gives the same chance events.")
]
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
Ensemble = Annotated[
    bool, typer.Option("--ensemble", help="Each run behaves as a member of the behaviour ensemble.")
]
Member = Annotated[
    int | None,
    typer.Option(min=0, help="Behave as one member of the behaviour ensemble, counted from 0."),
]
Language = Annotated[
    str, typer.Option("--lang", envvar="THERMIDOR_LANG", help="Language of the answer: en or ru.")
]


@contextmanager
def fast_import() -> Iterator[None]:
    """Import without searching for garbage all the while, of which there is none."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def prepare(out: Path | None, plot: str | None, name: str) -> Path | None:
    """Try, before anything is run, what will be written; return the figure's path, if any."""
    if out is not None:
        from ..experiments.output import prepare_folder

        prepare_folder(out)
    if plot is None:
        return None
    from ..experiments.plots import check_figure_path

    return check_figure_path(plot or (out or Path()) / f"{name}.png")


def _is_picture(word: str) -> bool:
    """Say whether the word after --plot names a file to draw to."""
    return not word.startswith("-") and Path(word).suffix not in ("", ".toml")


def _is_fault(error: Exception) -> bool:
    """Say whether an error is the user's or the system's to put right, and not a fault of ours."""
    if isinstance(error, OSError):
        return not isinstance(error, BrokenPipeError)
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & FAULTS) and "NoArgsIsHelpError" not in names  # which is a call for help


def _told(error: Exception) -> str:
    """Return an error as one sentence."""
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        text = f"{place}{error.strerror[:1].lower()}{error.strerror[1:]}"
    else:
        told = getattr(error, "format_message", error.__str__)()  # which of usage names the option
        text = " ".join(told.split()).replace(". Did you mean", "; did you mean")
    return text if text.endswith((".", "?", "!")) else f"{text}."
