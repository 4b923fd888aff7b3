"""Compare: a second society beside the visitor's, and many pairs of both in the background."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from ...experiments import wording
from .. import reproduce
from ..frames import Chunk, RunKey
from ..session import Session
from ..short import Replicate, course_months
from ..state import state_of
from .part import Part

USUAL_PAIRS, MOST_PAIRS = 20, 100
USUAL, OTHER = "workers-democracy", "nomenklatura"
Pair = tuple[Replicate, Replicate]


class Compare(Part):
    """Answers for the society on the right: its rules, its months, and pairs with the left one.

    The right society has the left one's seed and length. It stands in the session's notes, in the
    form of a URL's query. Until there is one, it is the left one as its scenario has it; where
    nothing is changed there, a scenario unlike it.
    """

    name = "compare"

    def __init__(self, host: Any) -> None:
        super().__init__(host)
        self.generation = 0
        self.shown: Any = None
        self.pairs: dict[int, Pair] = {}
        self.paired: Any = None

    def answer(self, kind: str, message: dict[str, Any]) -> None:
        """Do what the browser asks for; a ValueError is told to the visitor as a sentence."""
        match kind, message:
            case "state", _:
                self.tell_state()
            case "scenario", {"name": name}:
                right = Session()
                right.choose(str(name))
                self.keep(self.matched(right))
            case "rule", {"name": name, "value": value, "month": month}:
                right = self.right()
                known = self.shown == right.key.name()
                right.change(str(name), value, int(month))
                self.keep(right, right.kept_until if known else -1)
            case "same", _:
                self.keep(self.host.session)
            case "months", {"generation": generation, "start": start, "count": count}:
                if generation == self.generation:
                    self.send_months(int(start), int(count))
            case "pair", {"index": index}:
                self.send_pair(int(index))
            case "summary", {"pairs": count}:
                self.send_summary(int(count))
            case _:
                raise ValueError("The page does not know what was asked for.")

    def right(self) -> Session:
        """Return the society on the right, as the session's notes name it."""
        notes, left = self.host.session.notes, self.host.session
        unlike = OTHER if left.scenario.name == USUAL else USUAL
        name = notes.get("compare.right") or (left.scenario.name if left.changes else unlike)
        rules = notes.get("compare.rules", "")
        return self.matched(Session.from_search(f"scenario={name}&{rules}"))

    def matched(self, right: Session) -> Session:
        """Give a society the left one's seed, length and people."""
        left = self.host.session
        right.seed, right.member, right.language = left.seed, left.member, left.language
        right.scenario = right.scenario.replace(months=left.scenario.months)
        return right

    def keep(self, right: Session, kept_until: int = -1) -> None:
        """Note the right society in the session, and tell the browser of it."""
        self.host.session.note("compare.rules", written(right))
        self.host.session.note("compare.right", right.scenario.name)
        self.tell_state(kept_until)

    def tell_state(self, kept_until: int = -1) -> None:
        """Tell the browser of the right society and of what sets the two apart.

        What happened in it up to the month `kept_until` is as it was.
        """
        right = self.right()
        self.keys()
        if self.shown != right.key.name():
            self.shown = right.key.name()
            self.generation += 1
        state = {**state_of(right), "generation": self.generation, "kept_until": kept_until}
        notes = {"right": right.scenario.name, "rules": written(right)}
        left = self.host.session
        told = {
            "differences": differences(left, right),
            "command": reproduce.pairs(left, right, USUAL_PAIRS),
        }
        self.tell("state", state=state, notes=notes, **told)

    def send_months(self, start: int, count: int) -> None:
        """Have frames of the right society computed, and deliver them."""
        generation, right = self.generation, self.right()

        def send(chunk: Chunk) -> None:
            self.tell("frames", chunk.buffers(), generation=generation, **chunk.header())

        def current() -> bool:
            return generation == self.generation

        future = self.host.computer.frames(right.key, *right.window(start, count))
        self.later(future, send, current, generation=generation)

    def keys(self) -> tuple[RunKey, RunKey]:
        """Return the names of the two runs; pairs of others are forgotten."""
        keys = self.host.session.key, self.right().key
        named = tuple(key.name() for key in keys)
        if named != self.paired:
            self.paired, self.pairs = named, {}
        return keys

    def send_pair(self, index: int) -> None:
        """Have one more pair of runs made, and deliver how it ended and how it went."""
        if not 0 <= index < MOST_PAIRS:
            raise ValueError(f"The page makes {MOST_PAIRS} pairs at most.")
        left, right = self.keys()
        named = self.paired

        def send(pair: Pair) -> None:
            self.pairs[index] = bare(pair)
            ends = [{"seed": one.seed, "regime": one.regime, "onset": one.onset} for one in pair]
            months = course_months(left.scenario.months)
            self.tell("pair", [one.course for one in pair], index=index, ends=ends, months=months)

        name = (named, index)
        future = self.host.computer.task(name, "dashboard.replicates:pair", left, right, index)
        self.later(future, send, lambda: named == self.paired, index=index)

    def send_summary(self, count: int) -> None:
        """Sum up the first so many pairs, as the command line does."""
        keys = self.keys()
        named = self.paired
        pairs = [self.pairs[index] for index in range(count) if index in self.pairs]
        if not 0 < len(pairs) == count:
            raise ValueError("These pairs have not been made yet.")
        name = (named, count)
        task = "dashboard.replicates:sum_up_pairs"
        future = self.host.computer.task(name, task, *keys, pairs)
        self.later(
            future, lambda found: self.tell("summary", **found), lambda: named == self.paired
        )


def written(session: Session) -> str:
    """Return a society's changed rules in the form of a URL's query."""
    return urlencode(session.rule_pairs(), safe=":=")


def bare(pair: Pair) -> Pair:
    """Return a pair without its courses, which a summary does not need."""
    left, right = (replace(one, course=b"") for one in pair)
    return left, right


def differences(left: Session, right: Session) -> list[dict[str, Any]]:
    """Return what sets the two apart at the opening, in the left one's language.

    Each has `path`, `label`, and both values in words.
    """
    language = left.language
    pairs = wording.differences(reproduce.opening(left), reproduce.opening(right))
    return [
        {
            "path": path,
            "label": wording.label(path, language),
            "left": wording.value_words(path, values[0], language),
            "right": wording.value_words(path, values[1], language),
        }
        for path, values in pairs.items()
    ]
