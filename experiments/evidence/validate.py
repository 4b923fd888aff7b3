"""Run the evidence suite: every pattern's experiment, judged against what was published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ...model.declaration import ParameterError
from ...model.parameters import Behaviour
from .archive import key_of, load, save
from .judge import Judgement, judge
from .laboratory import Reading, Readings, Task, carry_out, gather, tasks
from .pattern import Pattern
from .patterns import all_patterns

FULL, QUICK = 400, 10  # replicates of every arm
Done = Callable[[int, int], object]  # runs done, runs in all


def chosen(ids: Sequence[str] = ()) -> tuple[Pattern, ...]:
    """Return the patterns with these ids, or all; raises ParameterError for an unknown one."""
    known = {pattern.id: pattern for pattern in all_patterns()}
    for each in ids:
        if each.upper() not in known:
            raise ParameterError(f"{each} is no pattern; the patterns are {', '.join(known)}")
    wanted = {each.upper() for each in ids} or set(known)
    return tuple(pattern for name, pattern in known.items() if name in wanted)


def validate(
    ids: Sequence[str] = (),
    replicates: int = FULL,
    processes: int = 1,
    behaviour: Behaviour | Sequence[Behaviour] | None = None,
    switched: Mapping[str, float] | None = None,
    seed: int = 1,
    folder: Path | None = None,
    progress: Done | None = None,
) -> Iterator[Judgement]:
    """Yield a judgement a pattern, in order, as experiments are finished.

    `behaviour` is the population's (default: the model's; of several replicate k has the k-th),
    `switched` overrides it last, as for an ablation. With a `folder`, finished experiments are kept
    there and not done again. Raises ParameterError for an unknown pattern, ExperimentError when a
    process is ended from outside.
    """
    patterns = chosen(ids)
    behaving = behaviour or Behaviour()
    plans = {p.id: list(tasks([p], replicates, behaving, switched, seed)) for p in patterns}
    keys = {name: key_of(plan) for name, plan in plans.items()}
    kept = {name: load(folder, name, keys[name]) if folder else None for name in plans}
    open_tasks = [task for name, plan in plans.items() if kept[name] is None for task in plan]
    fresh = _finished(open_tasks, plans, processes, progress)
    for pattern in patterns:
        readings = kept[pattern.id]
        while readings is None:
            name, table = next(fresh)
            if folder:
                save(folder, name, keys[name], table)
            kept[name] = table
            readings = kept[pattern.id]
        yield judge(pattern, readings)


def _finished(
    open_tasks: Sequence[Task],
    plans: Mapping[str, Sequence[Task]],
    processes: int,
    progress: Done | None,
) -> Iterator[tuple[str, Readings]]:
    """Yield the readings of whole experiments, by pattern."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, len(open_tasks))

    loose: dict[str, list[Reading]] = {}
    for reading in carry_out(open_tasks, processes, count):
        name = reading.pattern
        loose.setdefault(name, []).append(reading)
        if len(loose[name]) == len(plans[name]):
            yield name, gather(loose.pop(name))
