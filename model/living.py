"""How a society lives: its month is the SCHEDULE, as compiled code wherever nothing else is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import mesa
import numpy as np

from .events import EventLog
from .measures import Measure
from .month import PROCESSES, Shape, machine_code, months_drawn
from .parameters import Behaviour, Rules
from .schedule import AFTERTHOUGHTS, PLACES, Process
from .streams import Streams
from .world import Draws, Number, State, World, law_of, nature_of, world_of

if TYPE_CHECKING:
    from .society import Society


class Living(mesa.Model):
    """What lives month by month on columns: numbers of the whole, draws, and room to write.

    `rules`, `behaviour` and `streams` are those of whoever lives; rules and behaviour may be
    replaced at any time.
    """

    rules: Rules
    behaviour: Behaviour
    streams: Streams
    _log: EventLog

    month = Number(State.MONTH, int)
    automation = Number(State.AUTOMATION)
    council_share = Number(State.COUNCIL_SHARE)
    deciders = Number(State.DECIDERS)
    promised = Number(State.PROMISED)
    plan_fidelity = Number(State.PLAN_FIDELITY)
    mean_wage = Number(State.MEAN_WAGE)
    needs_met = Number(State.NEEDS_MET)
    informed = Number(State.INFORMED)
    mood = Number(State.MOOD)
    private = Number(State.PRIVATE, bool)

    def _begin(self, shapes: dict[str, Shape], months: int) -> None:
        """Stand before the first month; `shapes` are those of a month's draws."""
        self.now = np.zeros(len(State))
        self._shapes, self._months_drawn = shapes, months_drawn(shapes)
        self._draws = Draws(**{name: np.zeros((1, *shape)) for name, shape in shapes.items()})
        self._rows = np.zeros((max(1, months), len(Measure)))
        self._world: World | None = None
        self._noted: tuple[Rules | None, Behaviour | None] = (None, None)

    def step(self) -> None:
        """Live through one month."""
        self._live_on(1)

    def live(self, months: int) -> None:
        """Live through months past Mesa's calendar of events: `time` and `steps` stand still.

        The history is that of `run_for`, which looks into the calendar before every month.
        """
        end = self.month + months
        if type(self).step is not Living.step:  # a month of somebody's own
            while self.month < end:
                type(self).step(self)
        while self.month < end:
            free = min(until(self) for _, until, _ in AFTERTHOUGHTS)
            self._live_on(min(free + 1, end - self.month, self._draw()))

    def _live_on(self, months: int) -> None:
        """Live through months, of which only the last may have afterthoughts."""
        first = 1
        for after, until, _ in AFTERTHOUGHTS:
            if until(self) == months - 1:
                self._carry_out(months, first, after)
                months, first = 1, after + 1
        self._live_through(months, first, PROCESSES)
        self.month += 1

    def carry_out(self, process: Process) -> None:
        """Carry out one process of this month, and its afterthought."""
        self._carry_out(1, PLACES[process], PLACES[process])

    def _carry_out(self, months: int, first: int, last: int) -> None:
        """Live through processes, and carry out the afterthought of the last one if it is due."""
        self._live_through(months, first, last)
        for after, until, act in AFTERTHOUGHTS:
            if after == last and until(self) == 0:
                act(self)

    def _live_through(self, months: int, first: int, last: int) -> None:
        """Carry out processes from number `first` of this month to `last` of the last of months."""
        self._take_note()
        self._draw()
        self._make_room(months)
        private = self.private
        given = (self._world, self._law, self._nature, self.now, self._draws)
        arguments = (months, first, last, *given, self._rows, self._log.rows)
        machine_code(arguments)(*arguments)
        if self.private and not private:
            self._log.add(int(self.now[State.CONVERTED]), "restoration")

    def _take_note(self) -> None:
        """Turn into numbers what has changed since: rules, behaviour, or all of it in a copy."""
        rules, behaviour = self._noted
        if rules is not self.rules:
            self._law = law_of(self.rules)
        if behaviour is not self.behaviour:
            self._world = world_of(cast("Society", self))
            self._nature = nature_of(self.behaviour)
        self._noted = (self.rules, self.behaviour)

    def _draw(self) -> int:
        """Draw numbers if there are none for this month; return for how many months there are."""
        left = len(self._draws.needs) + int(self.now[State.DRAWN_FROM]) - self.month
        if left > 0:
            return left
        streams, months = self.streams, self._months_drawn
        drawn = {name: streams.uniforms(name, months, *s) for name, s in self._shapes.items()}
        self._draws = Draws(**drawn)
        self.now[State.DRAWN_FROM] = self.month
        return months

    def drawn(self, name: str) -> np.ndarray:
        """Return this month's draws of one stream; whoever changes them changes chance."""
        left, months = self._draw(), getattr(self._draws, name)
        return months[len(months) - left]

    def _make_room(self, months: int) -> None:
        """See to it that history and events find room."""
        while self.month + months > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._log.make_room(int(self.now[State.EVENTS]), months)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what points to the arrays of this society; a copy points to its own."""
        return self.__dict__ | {"_world": None, "_noted": (None, None)}

    def next_row(self) -> np.ndarray:
        """Return the row of the history that this month fills."""
        self._make_room(1)
        return self._rows[self.month]
