"""The command that searches among rules: search."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .base import INTERRUPTED, Language, Months, Processes, Seed, Set, Workers, fast_import

app = typer.Typer()

GOAL = "cheapest: rules that hold at least cost; collapse: the least change that ends control."
BASE = "The scenario to start from, a name or a .toml file."
OVER = "A lever, or a group for all its levers; repeat for more. All rules if not said."
SHARE = "In what share of societies it must come true."
HOLDS = "controlled, or a measure's limit such as 'capture<0.03'; repeat for more."
PEOPLE = "Whose behaviour: ensemble, own, uniform, concentrated or without_ideals."


@app.command()
def search(
    ctx: typer.Context,
    goal: Annotated[str, typer.Option(help=GOAL)] = "cheapest",
    base: Annotated[str, typer.Option(metavar="NAME", help=BASE)] = "workers-democracy",
    over: Annotated[list[str] | None, typer.Option(metavar="NAME", help=OVER)] = None,
    share: Annotated[float, typer.Option(min=0.0, max=1.0, help=SHARE)] = 0.9,
    holds: Annotated[list[str] | None, typer.Option(metavar="CONDITION", help=HOLDS)] = None,
    costs: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What rules ask for (TOML).")
    ] = None,
    print_costs: Annotated[
        bool, typer.Option("--print-costs", help="Print what rules ask for, to edit; no search.")
    ] = False,
    people: Annotated[str, typer.Option(metavar="SOURCE", help=PEOPLE)] = "ensemble",
    trials: Annotated[int, typer.Option(min=1, help="How many points to try.")] = 240,
    members: Annotated[int, typer.Option(min=3, help="Societies a point is tried in.")] = 24,
    check: Annotated[int, typer.Option(min=2, help="Fresh societies to check the best in.")] = 96,
    months: Months = None,
    workers: Workers = None,
    set_: Set = None,
    seed: Seed = 1,
    processes: Processes = 1,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Keep runs here; go on if some are there.")
    ] = Path("thermidor-search"),
    lang: Language = "en",
) -> None:
    """Search for the cheapest rules that hold, or for the smallest change that ends control."""
    from ..experiments import terminal
    from ..experiments.search.costs import load_costs, printed

    console = terminal.open_console(lang)
    if print_costs:
        from ..experiments.search.goals import check_goal

        check_goal(goal)
        typer.echo(printed(load_costs(costs), lang), nl=False)
        return
    with fast_import():
        from ..experiments.output import prepare_folder
        from ..experiments.request import requested
        from ..experiments.search import display, files, study
    start = requested(base, set_ or [], workers, months)
    asked = study.Request(
        goal,
        start,
        tuple(over or ()),
        share,
        tuple(holds or ()),
        people,
        costs,
        trials,
        members,
        check,
        seed,
        processes,
        out,
    )
    study.check(asked)
    prepare_folder(out)
    found: list[study.Findings] = []

    def work(move: Any) -> None:
        found.append(study.search(asked, move))

    if terminal.keep_going(work, lang):
        terminal.tell_kept(out, lang)
        raise typer.Exit(INTERRUPTED)
    terminal.show(console, display.told(found[0], lang))
    terminal.tell_files(files.write(found[0], out, lang, ctx.meta["command"]), lang)
