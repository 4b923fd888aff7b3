"""A class at once: many visitors of one dashboard, half of them with equal societies.

`uv run python benchmarks/dashboard_class.py --clients 30 100`. Every visitor is a real connection
that speaks the browser's protocol. They arrive over some seconds, all click within two, and then
play at five updates a second, each update one month asked for when the one before has come
(`--chunks` asks for fifty at once, as the page does). Half look at the same society; each of the
others has changed a rule and has a society of its own. One in ten loses its connection meanwhile
and comes back. Times are those a visitor sees, so they include the visitors' own work on this
machine; CPU is that of the server and of the processes that simulate.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from thermidor.benchmarks.classroom import Lost, Pupil
from thermidor.benchmarks.classroom.served import Served
from thermidor.benchmarks.classroom.watching import Watched, watch

UPDATES = 5  # a second
ARRIVAL = 0.1  # seconds between two who arrive
CLICKING = 2.0  # seconds within which all click
FIRST = 11  # months of the first answer, as on the page
CHUNK = 50


@dataclass
class Seen:
    """What the visitors of one round saw, in seconds, and what it cost."""

    clients: int
    opened: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    updates: int = 0
    months: int = 0
    returned: int = 0
    lost: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    opening: float = 0.0
    cpu: tuple[float, float] = (0.0, 0.0)
    seconds: float = 0.0
    load: tuple[float, float] = (0.0, 0.0)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed.

    >>> quantile([3.0, 1.0, 2.0, 4.0], 0.5)
    2.0
    """
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)] if ordered else float("nan")


async def click(pupil: Pupil, place: int, seen: Seen) -> None:
    """Change what the pupil wants changed, and wait for the first months."""
    began = time.perf_counter()
    if place % 2:
        value = round(0.01 + 0.98 * random.Random(place).random(), 6)
        await pupil.change("rule", name="openness", value=value, month=0)
    else:
        await pupil.change("seed", seed=2)
    await pupil.ask(0, FIRST)
    seen.first.append(time.perf_counter() - began)


async def play(pupil: Pupil, seen: Seen, ends: float, most: int) -> None:
    """Let time pass at the pace of the page, from the beginning again after the last month."""
    month, months = FIRST, pupil.state["months"]
    last = due = time.perf_counter()
    while (now := time.perf_counter()) < ends:
        due = max(due + most / UPDATES, now)
        if month > months:
            await pupil.change("seed", seed=pupil.state["seed"] + 2)
            month = 0
        count = min(most, months + 1 - month)
        asked = time.perf_counter()
        await pupil.ask(month, count)
        arrived = time.perf_counter()
        seen.gaps.append(arrived - last)
        seen.waits.append(arrived - asked)
        last, month = arrived, month + count
        seen.updates, seen.months = seen.updates + 1, seen.months + count
        await asyncio.sleep(max(0.0, min(due, ends) - time.perf_counter()))


async def come_back(pupil: Pupil, seen: Seen) -> None:
    """Lose the connection for a second and expect to find the same."""
    before = pupil.state["search"]
    await pupil.drop()
    await asyncio.sleep(1)
    await pupil.connect()
    await pupil.refresh()
    if pupil.state["search"] != before:
        raise Lost(f"came back to {pupil.state['search']} instead of {before}")
    seen.returned += 1


async def attend(pupil: Pupil, place: int, seen: Seen, seconds: float, most: int) -> None:
    """Click, play, perhaps lose the connection in the middle, and play on."""
    try:
        await asyncio.sleep(random.Random(place).random() * CLICKING)
        await click(pupil, place, seen)
        ends = time.perf_counter() + seconds
        if place % 10 == 1:
            await play(pupil, seen, ends - seconds / 2, most)
            await come_back(pupil, seen)
            await click(pupil, place + 1000, seen)
        await play(pupil, seen, ends, most)
        if pupil.failures:
            raise Lost(pupil.failures[0])
    except (Lost, OSError) as error:
        seen.lost.append(f"visitor {place}: {error}")


async def arrive(pupil: Pupil, place: int, seen: Seen) -> Pupil | None:
    await asyncio.sleep(place * ARRIVAL)
    began = time.perf_counter()
    try:
        await pupil.arrive()
        await pupil.ask(0, FIRST)
    except (Lost, OSError) as error:
        seen.lost.append(f"visitor {place}: {error}")
        return None
    seen.opened.append(time.perf_counter() - began)
    return pupil


async def hold_class(served: Served, clients: int, seconds: float, most: int) -> Seen:
    """Let a class come, play and go."""
    seen = Seen(clients)
    before = os.getloadavg()[0]
    seen.memory.append(served.memory())
    used = served.cpu()
    pupils = [Pupil(served.url) for _ in range(clients)]
    came = await asyncio.gather(*(arrive(one, place, seen) for place, one in enumerate(pupils)))
    seen.opening = (sum(served.cpu()) - sum(used)) / clients
    began, used = time.perf_counter(), served.cpu()
    present = [(place, one) for place, one in enumerate(came) if one]
    await asyncio.gather(*(attend(one, place, seen, seconds, most) for place, one in present))
    seen.seconds = time.perf_counter() - began
    after = served.cpu()
    seen.cpu = (after[0] - used[0], after[1] - used[1])
    seen.memory.append(served.memory())
    for _, one in present:
        await one.leave()
    await asyncio.sleep(4)  # until the server has cleared up
    seen.memory.append(served.memory())
    seen.load = (before, os.getloadavg()[0])
    return seen


async def warm(served: Served) -> None:
    """Let every process load the model: two societies a process, whatever their places."""
    pupil = await Pupil(served.url).arrive()
    for seed in range(1000, 1016):
        await pupil.change("seed", seed=seed)
        await pupil.send("months", generation=pupil.state["generation"], start=0, count=FIRST)
        await pupil.until(lambda: pupil.received > 0, 180)
        pupil.received = 0
    await pupil.leave()
    before = -1.0
    while (now := sum(served.memory())) > before + 1:  # until all have loaded what they need
        before = now
        await asyncio.sleep(5)


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Write median, 95th percentile and largest, in seconds."""
    return " / ".join(f"{quantile(values, share):.{digits}f}" for share in (0.5, 0.95, 1.0))


def growth(before: tuple[float, float], now: tuple[float, float], clients: int) -> str:
    """Write how much memory was added a visitor, in MB: by the server, by what simulates."""
    return " + ".join(f"{(b - a) / clients:.1f}" for a, b in zip(before, now, strict=True))


def row(seen: Seen) -> list[str]:
    """Return one row of the table."""
    before, playing, after = seen.memory
    server, others = (100 * part / seen.seconds for part in seen.cpu)
    return [
        str(seen.clients),
        spread(seen.opened),
        spread(seen.first),
        spread(seen.gaps),
        spread(seen.waits),
        f"{seen.months / seen.clients / seen.seconds:.2f}",
        f"{1000 * seen.opening:.0f}",
        f"{server:.0f} + {others:.0f} %",
        growth(before, playing, seen.clients),
        growth(before, after, seen.clients),
        f"{len(seen.lost)} ({seen.returned} came back)",
        f"{seen.load[0]:.1f} to {seen.load[1]:.1f}",
    ]


HEADS = (
    "visitors",
    "page opened, s",
    "click to first update, s",
    "between updates, s",
    "asked to answered, s",
    "months/s each",
    "CPU to open, ms",
    "CPU to play, server + simulating",
    "MB a visitor, server + simulating",
    "the same after leaving",
    "sessions lost",
    "load of the machine",
)


def table(rounds: Sequence[Seen]) -> str:
    """Return the rounds as a table; times are median / 95th percentile / largest."""
    lines = [HEADS, ["---"] * len(HEADS), *map(row, rounds)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def show(watched: Sequence[Watched]) -> str:
    """Return what real browsers saw as a table; times in seconds."""
    heads = (
        "browser",
        "first paint",
        "society drawn",
        "first verdict",
        "between pictures",
        "months",
    )
    lines = [heads, ["---"] * len(heads)]
    for place, one in enumerate(watched):
        times = [f"{value:.2f}" for value in (one.painted, one.drawn, one.judged)]
        lines.append([str(place + 1), *times, spread(one.pictures, 3), str(one.months)])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


async def hold_classes(
    served: Served, arguments: argparse.Namespace
) -> tuple[list[Seen], list[Watched]]:
    """Hold one class after another in the same server, with browsers beside the last."""
    await warm(served)
    most = CHUNK if arguments.chunks else 1
    classes = [clients for _ in range(arguments.rounds) for clients in arguments.clients]
    rounds: list[Seen] = []
    watching: list[asyncio.Task[Watched]] = []
    for place, clients in enumerate(classes):
        if place == len(classes) - 1:
            watching = [begin_to_watch(served.url, arguments) for _ in range(arguments.browsers)]
        rounds.append(await hold_class(served, clients, arguments.seconds, most))
        print("\n".join(rounds[-1].lost), end="\n" if rounds[-1].lost else "")
    return rounds, list(await asyncio.gather(*watching))


def begin_to_watch(url: str, arguments: argparse.Namespace) -> asyncio.Task[Watched]:
    """Let a browser look, in a thread of its own."""
    return asyncio.create_task(asyncio.to_thread(watch, url, arguments.seconds / 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--clients", type=int, nargs="+", default=[30], help="visitors at once")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long they play")
    parser.add_argument("--rounds", type=int, default=1, help="how often they come and go")
    parser.add_argument("--browsers", type=int, default=0, help="Chromium beside the last class")
    parser.add_argument("--chunks", action="store_true", help="ask for fifty months at once")
    arguments = parser.parse_args()
    with Served() as served:
        rounds, watched = asyncio.run(hold_classes(served, arguments))
    print(f"\n{os.cpu_count()} cores; times are median / 95th percentile / largest\n")
    print(table(rounds))
    if watched:
        print(f"\n{show(watched)}")


if __name__ == "__main__":
    main()
