"""What a terminal shows of a sweep: a forecast, its progress, what came of it."""

from __future__ import annotations

import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from ...model.verdict import REGIMES
from ...texts import say
from ..display import grid, percent
from ..intervals import share_interval
from ..pool import is_compiled
from ..runs import Interrupted
from .design import Design
from .results import DamageWarning, Results
from .work import Shard

Move = Callable[[int, int], Any]  # is told of runs done and runs in all
PAUSE = 10.0  # seconds between two lines of a log
UNITS = (("days", 86400.0), ("hours", 3600.0), ("minutes", 60.0), ("seconds", 1.0))
SIZES = (("gigabytes", 1e9), ("megabytes", 1e6), ("kilobytes", 1e3))


def duration(seconds: float, language: str = "en") -> str:
    """Return a duration in words, in whole numbers of a fitting unit.

    >>> duration(0.2), duration(100), duration(5400)
    ('1 second', '100 seconds', '90 minutes')
    """
    unit, length = next((u for u in UNITS if seconds >= 2 * u[1]), UNITS[-1])
    return say(f"sweep.{unit}", language, n=max(1, round(seconds / length)))


def size(number: float, language: str = "en") -> str:
    """Return a number of bytes in words.

    >>> size(123456789), size(10)
    ('123 MB', '1 kB')
    """
    unit, length = next((s for s in SIZES if number >= s[1]), SIZES[-1])
    return say(f"sweep.{unit}", language, n=max(1, round(number / length)))


def tell_forecast(design: Design, workers: int, language: str, shard: Shard | None = None) -> None:
    """Try a few runs, and print how many there are, how long they take and how large they are."""
    from .forecast import forecast

    _tell_compiling(language)
    found = forecast(design, workers, shard)
    console = Console(highlight=False, markup=False)
    counts = {"points": found.points, "replicates": design.replicates, "runs": design.runs}
    words = {"workers": workers, "time": duration(found.seconds, language)}
    console.print(say("sweep.forecast", language, **counts))
    if shard is not None:
        place, count = shard
        part = {"shard": f"{place}/{count}", "runs": found.runs}
        console.print(say("sweep.forecast_shard", language, **part))
    console.print(say("sweep.forecast_time", language, **words))
    console.print(say("sweep.forecast_size", language, size=size(found.size, language)))
    if found.errors:
        told = {"failed": len(found.errors), "tried": found.tried, "error": found.errors[0]}
        console.print(say("sweep.forecast_failed", language, **told))


def carry_out(work: Callable[[Move], Results], batch: bool, language: str) -> tuple[Results, bool]:
    """Do a sweep while showing its progress; return what is there and whether it was cut short."""
    _tell_compiling(language)
    show = _log(language) if batch else _bar(language)
    with show as move:
        try:
            return work(move), False
        except Interrupted as stop:
            return stop.result, True


def tell_results(results: Results, language: str) -> None:
    """Print how many runs there are, how they ended and what failed."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    done, failed = int(results.done.sum()), int(results.failed.sum())
    words = {"done": done, "all": results.design.runs, "path": results.folder}
    console.print(say("sweep.kept", language, **words))
    if done > failed:
        console.print(_regimes(results, language))
    if failed:
        first = results.runs(["error"])["error"].dropna().iloc[0]
        console.print(say("sweep.failed", language, failed=failed, error=first))


def tell_table(results: Results, language: str) -> None:
    """Write the table of all runs and say where it is."""
    from ..terminal import tell_files
    from .csv_table import write_csv

    tell_files([write_csv(results)], language)


def tell_left(parts: Iterable[Path], language: str) -> None:
    """Say on stderr which parts were not fit to be merged."""
    for part in parts:
        _quiet().print(say("sweep.left", language, path=part))


@contextmanager
def telling_damage(language: str) -> Iterator[None]:
    """Tell of damaged parts in a sentence, where Python would show a line of its source."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", DamageWarning)
        usual = warnings.showwarning

        def show(message: Warning | str, *place: Any, **more: Any) -> None:
            if not isinstance(message, DamageWarning):
                usual(message, *place, **more)
                return
            words = {"parts": message.count, "path": message.folder}
            _quiet().print(say("sweep.damaged", language, **words))

        warnings.showwarning = show
        yield


def _regimes(results: Results, language: str) -> Any:
    """Return a table of the regimes runs ended in."""
    ended = Counter(results.runs(["regime"])["regime"].dropna())
    total = sum(ended.values())
    names = [say(f"cli.{key}", language) for key in ("regime", "runs", "share", "interval")]
    table = grid("", *names)
    for regime in sorted(ended, key=REGIMES.index):
        low, high = share_interval(ended[regime], total)
        name = say(f"regimes.{regime}.label", language)
        share, *bounds = (percent(x, language) for x in (ended[regime] / total, low, high))
        table.add_row(name, str(ended[regime]), share, " – ".join(bounds))
    return table


@contextmanager
def _bar(language: str) -> Iterator[Move]:
    """Show a bar with the rate and the time that remains, where there is somebody to see it."""
    console = _quiet()
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task, words = bar.add_task(say("sweep.running", language), total=None), _Words(language)
        yield lambda done, total: bar.update(
            task, completed=done, total=total, description=words(done, total)
        )


@contextmanager
def _log(language: str) -> Iterator[Move]:
    """Write a line now and then, as suits a file."""
    words, last = _Words(language), -PAUSE

    def move(done: int, total: int) -> None:
        nonlocal last
        if done == total or time.monotonic() - last >= PAUSE:
            _quiet().print(f"{time.strftime('%H:%M:%S')} {words(done, total)}")
            last = time.monotonic()

    yield move


class _Words:
    """Progress in words, its rate counted from the first runs that come in."""

    def __init__(self, language: str) -> None:
        self.language, self.start = language, time.monotonic()
        self.before: int | None = None

    def __call__(self, done: int, total: int) -> str:
        now = time.monotonic()
        if self.before is None:
            self.start, self.before = now, done
        rate = (done - self.before) / max(now - self.start, 1e-9)
        if done in (self.before, total):
            return say("sweep.begun", self.language, done=done, all=total)
        left = duration((total - done) / rate, self.language)
        words = {"done": done, "all": total, "rate": rate, "time": left}
        return say("sweep.progress", self.language, **words)


def _tell_compiling(language: str) -> None:
    if not is_compiled():
        _quiet().print(say("cli.compiling", language))


def _quiet() -> Console:
    return Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
