"""A month as compiled code: the processes of the SCHEDULE by their numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import typeof, types
from numba.core.dispatcher import Dispatcher
from numba.np.numpy_support import from_dtype

from ..agents.compiled import rule
from .accounting import keep_accounts
from .amendment import ITEMS, remember_channels
from .automation import automate
from .council import sit
from .distribution import pay_and_distribute
from .diversion import divert
from .hierarchy import judge
from .information import learn_of_offices
from .learning import learn
from .measures import write_down
from .needs import drift_needs
from .opinion import form_opinion
from .ownership import convert
from .participation import meet
from .plan import draw_up
from .production import make_and_deliver
from .recall import hold_recalls
from .schedule import SCHEDULE
from .second_economy import work_privately
from .vacancies import DRAWS, fill_offices
from .world import Draws, Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour

type Shape = tuple[int, ...]

PROCESSES = len(SCHEDULE)
LONGEST = 24  # months for which numbers are drawn at once, if they are few
MOST_DRAWN = 100_000  # numbers drawn at once, if a single month does not ask for more
MACHINE_CODE = "machine_code"  # what the rule below holds once it is compiled


@rule
def live_through(
    months: int,
    first: int,
    last: int,
    w: World,
    law: Law,
    b: Behaviour,
    now: np.ndarray,
    draws: Draws,
    rows: np.ndarray,
    log: np.ndarray,
) -> None:
    """Live from process number `first` of this month to number `last` of the last of `months`.

    Numbers are 1 to 19. The last month is not ended. `draws` are those of months from DRAWN_FROM
    on, `rows` is the history, and `log` has room for the events of all these months.
    """
    for left in range(months - 1, -1, -1):
        until = last if left == 0 else PROCESSES
        month = int(now[State.MONTH])
        k = month - int(now[State.DRAWN_FROM])
        if first <= 1 <= until:
            drift_needs(w, b, now, draws.needs[k])
        if first <= 2 <= until:
            keep_accounts(w, b, now, draws.accounting[k])
        if first <= 3 <= until:
            draw_up(w, law, b, now)
        if first <= 4 <= until:
            make_and_deliver(w, b, now)
        if first <= 5 <= until:
            divert(w, b, now)
        if first <= 6 <= until:
            pay_and_distribute(w, law, b, now)
        if first <= 7 <= until:
            learn_of_offices(w, law, b, now, draws.audits[k], draws.information[k])
        if first <= 8 <= until:
            form_opinion(w, law, b, now)
        if first <= 9 <= until:
            meet(w, law, b, now, draws.participation[k])
        if first <= 10 <= until:
            hold_recalls(w, law, b, now, draws.recall[k])
        if first <= 11 <= until:
            sit(w, law, b, now, draws.council[k])
        if first <= 12 <= until:
            judge(w, law, b, now, draws.hierarchy[k], draws.courts[k])
        if first <= 13 <= until:
            fill_offices(w, law, b, now, draws.vacancies[k])
        if first <= 14 <= until:
            learn(w, law, b, now)
        if first <= 15 <= until:
            remember_channels(w.offices, w.office_codes, b.risk_memory, w.channels)
        if first <= 16 <= until:
            automate(w, law, b, now)
        if first <= 17 <= until:
            convert(w, law, b, now, draws.ownership[k, 0])
        if first <= 18 <= until:
            work_privately(w, b)
        if first <= 19 <= until:
            write_down(w, now, rows[month], log)
        first = 1
        if left > 0:
            now[State.MONTH] += 1.0


def machine_code(arguments: tuple[Any, ...]) -> Any:
    """Return `live_through` compiled for what its arguments are, now and ever.

    It looks at no types when called, which would take longer than the call.
    """
    if not isinstance(live_through, Dispatcher):  # compilation is switched off
        return live_through
    held = vars(live_through)
    if MACHINE_CODE not in held:
        kinds = tuple(_kind(value) for value in arguments)
        live_through.compile(kinds)
        held[MACHINE_CODE] = live_through.overloads[kinds].entry_point
    return held[MACHINE_CODE]


def _kind(value: Any) -> Any:
    """Return the type of an argument; arrays are contiguous and count as writable."""
    if isinstance(value, np.ndarray):
        return types.Array(from_dtype(value.dtype), value.ndim, "C")
    if isinstance(value, tuple):
        return types.BaseTuple.from_types([_kind(part) for part in value], type(value))
    return typeof(value)


def shapes_of_draws(people: int, offices: int, sites: int, goods: int) -> dict[str, Shape]:
    """Return what is drawn every month, whatever the rules: stream -> shape."""
    return {
        "needs": (sites + 1, goods),
        "accounting": (goods + sites,),
        "audits": (3, offices),
        "information": (people,),
        "participation": (people,),
        "recall": (3, offices),
        "council": (6, offices),
        "hierarchy": (2, offices),
        "courts": (offices,),
        "vacancies": (offices, DRAWS, 2),
        "amendment": (len(ITEMS),),
        "ownership": (1,),
    }


def months_drawn(shapes: dict[str, Shape]) -> int:
    """Return for how many months numbers are drawn at once.

    >>> months_drawn({"few": (3, 2)}), months_drawn({"many": (1000, 90)})
    (24, 1)
    """
    each = sum(math.prod(shape) for shape in shapes.values())
    return min(max(MOST_DRAWN // each, 1), LONGEST)
