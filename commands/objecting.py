"""Commands about the fifteen objections: show one at work, list them all, search anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .base import INTERRUPTED, Language, Processes, Seed

if TYPE_CHECKING:
    from ..experiments.evidence.objections.demonstration import Demonstration
    from ..experiments.evidence.objections.regions import Region
    from ..experiments.evidence.objections.search import Quest

app = typer.Typer()

Keep = Annotated[Path, typer.Option("--out", metavar="DIR", help="Keep what is finished here.")]
Doc = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report (Markdown) here.")]
Data = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the regions (TOML) here.")]
NUMBERS = typer.Argument(help="Numbers such as 5 7; all if none is named.")


@app.command()
def objection(
    number: Annotated[str, typer.Argument(help="1 to 15.")],
    points: Annotated[int, typer.Option(min=1, help="How many societies to try it on.")] = 20,
    seed: Seed = 1,
    processes: Processes = 1,
    lang: Language = "en",
) -> None:
    """Show one objection at work, in societies drawn from the region where it wins."""
    from ..experiments import terminal
    from ..experiments.evidence.objections import display, numbered
    from ..experiments.evidence.objections.demonstration import Demonstration, demonstrate
    from ..experiments.evidence.objections.regions import shipped

    console = terminal.open_console(lang)
    (chosen,) = numbered([number])
    region = shipped().regions.get(chosen)
    tried = []

    def work(move: Any) -> None:
        for each in demonstrate(chosen, region, points, seed, processes, move):
            tried.append(each)

    ended = terminal.keep_going(work, lang)
    if ended:
        terminal.tell_interruption(len(tried), points, lang)
    if tried:
        terminal.show(console, display.told(Demonstration(chosen, tried), region, lang))
    if ended:
        raise typer.Exit(INTERRUPTED)


@app.command()
def objections(
    ctx: typer.Context,
    numbers: Annotated[list[str] | None, NUMBERS] = None,
    search: Annotated[
        bool, typer.Option("--search", help="Search where no region of this model is known.")
    ] = False,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Search for all, whatever is known.")
    ] = False,
    check: Annotated[
        int | None, typer.Option(min=1, metavar="POINTS", help="Try regions on fresh societies.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A coarse search: a first look.")] = False,
    seed: Seed = 1,
    processes: Processes = 1,
    out: Keep = Path("thermidor-objections"),
    regions: Data = None,
    doc: Doc = None,
    lang: Language = "en",
) -> None:
    """List the objections and where each of them wins; or search, or try these regions anew."""
    from ..experiments import terminal
    from ..experiments.evidence.objections import display, numbered
    from ..experiments.evidence.objections import regions as data
    from ..experiments.output import prepare_places
    from ..model.declaration import ParameterError
    from ..texts import say

    search = search or afresh
    if quick and not search:
        raise ParameterError("--quick is about a search; add --search")
    console = terminal.open_console(lang)
    chosen = list(dict.fromkeys(numbered(numbers or [])))
    prepare_places(out if search else None, regions, doc)
    found = data.shipped()
    ended = False
    if search:
        quests = _quests(chosen, {} if afresh else found.regions, quick, seed, out)
        fresh, ended = _search(quests, processes, out, lang)
        found = data.updated(found, fresh)
    elif found.stale:
        console.print(say("objections.stale", lang))
    console.print(display.overview(found.valid, lang))
    if check and not ended:
        tried, ended = _check(chosen, found.regions, check, seed, processes, lang)
        console.print(say("objections.checked", lang, points=check))
        console.print(display.checked(tried, lang))
    if not ended:
        _write(found, regions, doc, ctx.meta["command"], lang)
    if ended:
        raise typer.Exit(INTERRUPTED)


def _quests(
    numbers: list[int], known: Mapping[int, Region], quick: bool, seed: int, out: Path
) -> list[Quest]:
    """Return the searches, each with the box known from before where the objection won there.

    Where it won there with the present model and this seed, nothing is to be done.
    """
    from ..experiments.evidence.objections.regions import WINS
    from ..experiments.evidence.objections.search import QUICK, Quest, Sizes

    sizes = QUICK if quick else Sizes()
    won = {number: region for number, region in known.items() if region.standing == WINS}
    return [
        Quest(number, seed, sizes, out, won[number].limits if number in won else None)
        for number in numbers
        if number not in won or won[number].stale or won[number].seed != seed
    ]


def _search(quests: list[Quest], processes: int, out: Path, lang: str) -> tuple[list[Region], bool]:
    """Search; return what was found and whether it was cut short."""
    from ..experiments import terminal
    from ..experiments.evidence.objections.search import search_all

    fresh: list[Region] = []

    def work(move: Any) -> None:
        for region in search_all(quests, processes, move):
            fresh.append(region)

    ended = terminal.keep_going(work, lang)
    if ended:
        terminal.tell_kept(out, lang)
    return fresh, ended


def _check(
    numbers: list[int],
    regions: Any,
    points: int,
    seed: int,
    processes: int,
    lang: str,
) -> tuple[list[Demonstration], bool]:
    """Try regions on fresh societies; return what became of them and whether it was cut short."""
    from ..experiments import terminal
    from ..experiments.evidence.objections.demonstration import Demonstration, demonstrate

    tried: list[Demonstration] = []

    def work(move: Any) -> None:
        for done, number in enumerate(numbers, start=1):
            region = regions.get(number)
            each = list(demonstrate(number, region, points, seed, processes))
            tried.append(Demonstration(number, each))
            move(done, len(numbers))

    return tried, terminal.keep_going(work, lang)


def _write(found: Any, regions: Path | None, doc: Path | None, command: str, lang: str) -> None:
    """Write regions and report, where asked for."""
    from ..experiments import terminal
    from ..experiments.evidence import report
    from ..experiments.evidence.objections.page import page
    from ..experiments.evidence.objections.regions import write

    files = [report.write(regions, write(found))] if regions else []
    files += [report.write(doc, page(found, command))] if doc else []
    terminal.tell_files(files, lang)
