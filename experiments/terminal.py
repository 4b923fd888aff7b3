"""What a terminal shows while an experiment runs and after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from .. import texts
from ..model.scenario import Scenario
from ..texts import say
from . import display

if TYPE_CHECKING:
    from .comparison import Comparison
    from .runs import Result

Move = Callable[[int, int], None]  # is told of months done and months in all
STORY = ("story", "anchored_on", "not_anchored_on")


def open_console(language: str) -> Console:
    """Return the console for answers in a language. Raises TextError if there is no such one."""
    texts.table("language", language)
    return Console(highlight=False, markup=False)


def show(console: Console, parts: Iterable[Any]) -> None:
    """Print tables and sentences, one below the other."""
    for part in parts:
        console.print(part)


def tell_scenario(console: Console, scenario: Scenario, language: str) -> None:
    """Print a scenario's title, story and foundations, and what it sets."""
    console.print(f"{display.title(scenario, language)} ({scenario.name})", style="bold")
    for key in STORY:
        if text := getattr(scenario, key).get(language):
            console.print()
            console.print(say(f"ui.{key}", language), style="bold")
            console.print(text)
    console.print()
    console.print(display.settings(scenario, language))
    console.print(f"{say('cli.hash', language)}: {scenario.hash()}")


def carry_out[Done](work: Callable[[Move], Done], language: str) -> tuple[Done, bool]:
    """Do an experiment under a progress bar; return what came of it and whether it was cut short.

    After Ctrl-C that is the part already done, or None.
    """
    from .pool import is_compiled
    from .runs import Interrupted

    quiet = Console(stderr=True, highlight=False, markup=False)
    if not is_compiled():
        quiet.print(say("cli.compiling", language))
    with _bar(quiet, say("cli.running", language)) as move:
        try:
            return work(move), False
        except Interrupted as stop:
            return stop.result, True


def keep_going(work: Callable[[Move], object], language: str) -> bool:
    """Do work that keeps what it finishes under a progress bar; say whether it was cut short."""
    from .pool import is_compiled

    quiet = Console(stderr=True, highlight=False, markup=False)
    if not is_compiled():
        quiet.print(say("cli.compiling", language))
    with _bar(quiet, say("cli.running", language)) as move:
        try:
            work(move)
        except KeyboardInterrupt:
            return True
    return False


def tell_kept(folder: Path, language: str) -> None:
    """Say on stderr where finished experiments are kept."""
    quiet = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    quiet.print(say("evidence.kept", language, path=folder))


def tell_interruption(done: int, planned: int, language: str) -> None:
    """Say on stderr how far an interrupted experiment came."""
    key = "cli.interrupted" if done else "cli.interrupted_nothing"
    Console(stderr=True, highlight=False).print(say(key, language, done=done, all=planned))


@contextmanager
def _bar(console: Console, label: str) -> Iterator[Move]:
    """Show a progress bar, where there is somebody to see it."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        task = progress.add_task(label, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def report_run(console: Console, result: Result, language: str) -> None:
    """Print what became of a scenario."""
    chosen = result.scenario
    words = {
        "title": display.title(chosen, language),
        "months": chosen.months,
        "workers": chosen.population.workers,
        "runs": len(result.seeds),
        "seed": result.seeds[0],
    }
    console.print(say("cli.heading", language, **words), style="bold")
    if len(result.seeds) == 1:
        console.print(Padding(result.verdicts[0].sentence[language], (1, 0)))
    else:
        console.print(display.verdicts(result, language))
    console.print(display.course(result, language))
    if len(result.seeds) > 1:
        console.print(display.means(result, language))
    console.print(say("verdict.caution", language), style="dim")


def report_comparison(console: Console, comparison: Comparison, language: str) -> None:
    """Print what two scenarios came to, pair by pair."""
    for name, result in (("A", comparison.a), ("B", comparison.b)):
        table = display.verdicts(result, language)
        table.title = f"{name}: {display.title(result.scenario, language)}"
        console.print(table)
    if 1 < len(comparison.differing) <= 20:
        heads = (say("cli.setting", language), say("cli.name", language), "A", "B")
        what = say("compare.settings", language)
        console.print(display.pairs_table(what, list(heads), comparison.differing, language))
    console.print(display.contrasts(comparison, language))
    console.print(comparison.sentence(language), style="bold")
    names = [
        say(f"regimes.{r}.name", language) for r in ("workers_democracy", "struggling_democracy")
    ]
    console.print(say("compare.held", language, first=names[0], second=names[1]))
    if comparison.control["same"] < comparison.control["pairs"]:
        console.print(say("compare.chance", language, value=comparison.chance))
    console.print(say("verdict.caution", language), style="dim")


def tell_files(paths: Iterable[Path], language: str) -> None:
    """Say on stderr which files were written."""
    quiet = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    for path in paths:
        quiet.print(say("cli.wrote", language, path=path))
