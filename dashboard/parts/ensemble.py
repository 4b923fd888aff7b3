"""How sure: the society on the page many times over, and what share ends in which regime."""

from __future__ import annotations

from typing import Any

from ...scenarios.ensemble import load_ensemble
from .. import reproduce
from ..frames import RunKey
from ..short import End
from .part import Host, Part

SOURCES = ("chance", "behaviour")
MOST_RUNS = 200


class Ensemble(Part):
    """Has one run more made, or sums up those there are, whenever the browser asks for it.

    Runs of "chance" differ in chance events only; in those of "behaviour" people also behave as one
    member after another of the behaviour ensemble.
    """

    name = "ensemble"

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.named: Any = None
        self.ends: dict[str, dict[int, End]] = {source: {} for source in SOURCES}

    def answer(self, kind: str, message: dict[str, Any]) -> None:
        """Do what the browser asks for; a ValueError is told to the visitor as a sentence."""
        match kind, message:
            case "begin", {"runs": runs}:
                self.begin(int(runs))
            case "run", {"source": source, "index": index}:
                self.send_run(str(source), int(index))
            case "summary", {"source": source, "runs": runs}:
                self.send_summary(str(source), int(runs))
            case _:
                raise ValueError("The page does not know what was asked for.")

    def begin(self, runs: int) -> None:
        """Tell which society is meant now, so that the browser can forget another's runs."""
        self.keys()
        session = self.host.session
        commands = [reproduce.many(session, runs, source == "behaviour") for source in SOURCES]
        self.tell("begun", generation=session.generation, commands=commands)

    def keys(self) -> dict[str, RunKey]:
        """Return the run that each source repeats; what is known of other runs is forgotten."""
        session = self.host.session
        usual = RunKey(session.scenario, session.seed, session.schedule)
        keys = {"chance": session.key, "behaviour": usual}
        named = {source: key.name() for source, key in keys.items()}
        if named != self.named:
            self.named, self.ends = named, {source: {} for source in SOURCES}
        return keys

    def key(self, source: str) -> RunKey:
        """Return the run that a source repeats."""
        if source not in SOURCES:
            raise ValueError(f"There is no source {source!r}; there are {', '.join(SOURCES)}.")
        return self.keys()[source]

    def send_run(self, source: str, index: int) -> None:
        """Have one more run made, and deliver how it ended."""
        key = self.key(source)
        if not 0 <= index < MOST_RUNS:
            raise ValueError(f"The page makes {MOST_RUNS} runs at most.")
        named, ends = self.named, self.ends[source]
        usual = self.host.session.member
        member = index % len(load_ensemble()) if source == "behaviour" else usual

        def send(end: End) -> None:
            ends[index] = end
            seed, regime, onset = end
            told = {"seed": seed, "regime": regime, "onset": onset, "member": member}
            self.tell("run", source=source, index=index, **told)

        name, task = (source, key.name(), index), "dashboard.replicates:ended"
        future = self.host.computer.task(name, task, key, index, source == "behaviour")
        self.later(future, send, lambda: named is self.named, source=source, index=index)

    def send_summary(self, source: str, runs: int) -> None:
        """Sum up the first so many runs of a source, as the command line does."""
        key = self.key(source)
        known = self.ends[source]
        ends = [known[index] for index in range(min(runs, MOST_RUNS)) if index in known]
        if not 0 < len(ends) == runs:
            raise ValueError("These runs have not been made yet.")
        named = self.named
        name, task = (source, key.name(), runs), "dashboard.replicates:sum_up_runs"
        future = self.host.computer.task(name, task, key, ends)
        self.later(
            future,
            lambda found: self.tell("summary", source=source, **found),
            lambda: named is self.named,
            source=source,
        )
