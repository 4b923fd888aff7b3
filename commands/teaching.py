"""Commands about class packs: list them, print their sheets, compute their answer keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()
packs = typer.Typer(no_args_is_help=True, help="Class packs: lessons to print.")
app.add_typer(packs, name="teach")

Speech = Annotated[
    str, typer.Option("--lang", "--language", envvar="THERMIDOR_LANG", help="Language: en or ru.")
]


@packs.command("list")
def list_packs(lang: Speech = "en") -> None:
    """List the class packs, the ones for the youngest first."""
    from ..dashboard.lessons.packs import find, names
    from ..dashboard.lessons.sheets import summary
    from ..experiments.terminal import open_console
    from ..texts import say

    console = open_console(lang)
    for name in names():
        pack = summary(find(name), lang)
        facts = say("teach.line", lang, age=pack["age"], minutes=pack["minutes"])
        console.print(f"{name}: {pack['title']} ({facts})", style="bold")
        console.print(f"    {pack['line']}")


@packs.command("print")
def print_pack(
    name: Annotated[str, typer.Argument(help="The name of a class pack.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the pupils' sheets.")],
    lang: Speech = "en",
) -> None:
    """Write the pupils' sheets to a file that needs nothing else, and the teacher's beside it."""
    from ..dashboard.lessons.packs import find
    from ..dashboard.lessons.sheets import files
    from ..experiments.output import refuse_folder, write_file
    from ..experiments.terminal import open_console, tell_files

    open_console(lang)
    refuse_folder(out)
    pages = files(find(name), out, lang)
    for path, _ in pages:
        refuse_folder(path)  # before either is written
    written = [write_file(path, lambda file, page=page: file.write(page)) for path, page in pages]
    tell_files(written, lang)


@packs.command("keys")
def compute_keys(
    names: Annotated[list[str] | None, typer.Argument(help="Class packs; all if none.")] = None,
) -> None:
    """Compute the answer keys anew from the states the packs name, and write them."""
    from ..dashboard.lessons import packs as shelf
    from ..dashboard.lessons.facts import computed_key

    for pack in [shelf.find(name) for name in names or shelf.names()]:
        typer.echo(shelf.write_key(pack, computed_key(pack)))
