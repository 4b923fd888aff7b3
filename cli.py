"""The command `thermidor`, put together from its commands."""

from __future__ import annotations

import atexit
import gc
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from .commands import (
    analysing,
    evidence,
    mapping,
    objecting,
    running,
    searching,
    serving,
    sweeping,
    teaching,
)
from .commands.base import Commands

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A laboratory of planned economies: when does an administration serve its people, "
    "and when does it capture them?",
)

for part in (
    running,
    sweeping,
    analysing,
    evidence,
    objecting,
    searching,
    mapping,
    serving,
    teaching,
):
    app.add_typer(part.app)


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
