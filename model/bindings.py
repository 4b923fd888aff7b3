"""What the parameters of a compiled rule stand for: a society hands them over by their names.

Most of what a rule works on stays the same from month to month: tables, buffers, behaviour, the
rules in force. A process therefore calls its compiled rule by `society.call(rule, *varying)` with
what is new this month only; everything before that in the rule's signature is known by its name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from inspect import signature
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import typeof, types
from numba.core.dispatcher import Dispatcher

if TYPE_CHECKING:
    from .parameters import Rules
    from .society import Society

NUMBERS = ("planners", "tenfold", "base_output")
SCALARS = {"float": types.float64, "int": types.int64, "bool": types.boolean}  # by annotation
MACHINE_CODE = "machine_code"  # what a rule holds once it is compiled


def meanings(society: Society) -> dict[str, Any]:
    """Return name -> value: matrices of tables, arrays, and parameters by their own names."""
    known = {name: value for name, value in vars(society).items() if type(value) is np.ndarray}
    known |= vars(society.behaviour) | numbers_of(society.rules)
    known |= {name: getattr(society, name) for name in NUMBERS}
    known |= {"posts": society.offices.posts, "stock_months": society.settings.economy.stock_months}
    for table, matrix, codes in (
        (society.people, "people", "people_codes"),
        (society.offices, "offices", "office_codes"),
        (society.workplaces, "sites", "site_codes"),
        (society.sectors, "goods", "good_codes"),
    ):
        known |= {matrix: table.values, codes: table.codes}
    return known


def numbers_of(rules: Rules) -> dict[str, Any]:
    """Return name -> value of rules, without coverage: what is realised varies month by month."""
    return {name: value for name, value in vars(rules).items() if name != "automation"}


def changes(before: Rules, now: Rules) -> dict[str, Any]:
    """Return name -> new value of what a rule may ask for and an amendment has changed."""
    old = vars(before)
    return {name: value for name, value in numbers_of(now).items() if value != old[name]}


@lru_cache(maxsize=256)
def parameters(rule: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of a rule's parameters, in order."""
    return tuple(signature(getattr(rule, "py_func", rule)).parameters)


def machine_code(rule: Callable[..., Any], arguments: tuple[Any, ...]) -> Callable[..., Any]:
    """Return a rule compiled for what its annotations say and for arrays as in `arguments`.

    It looks at no types when called, which is a third of what a call costs: a number is taken for
    what the annotation says, an array for one like the first. The rule holds it from then on. A
    plain function, and a rule with numbers whose annotations do not say what they are, stay as they
    are.
    """
    if not isinstance(rule, Dispatcher):
        return rule
    held = vars(rule)
    if MACHINE_CODE not in held:
        held[MACHINE_CODE] = _compiled(rule, arguments)
    return held[MACHINE_CODE]


def _compiled(rule: Any, arguments: tuple[Any, ...]) -> Callable[..., Any]:
    """Return the machine code of a rule, or the rule where its annotations say too little."""
    annotations = [p.annotation for p in signature(rule.py_func).parameters.values()]
    kinds: Any = tuple(
        typeof(value)
        if isinstance(value, np.ndarray)
        else SCALARS.get(getattr(kind, "__name__", kind))
        for kind, value in zip(annotations, arguments, strict=True)
    )
    if None in kinds:
        return rule
    rule.compile(kinds)
    return rule.overloads[kinds].entry_point


def bind(
    rule: Callable[..., Any], known: dict[str, Any], varying: tuple[Any, ...]
) -> Callable[..., Any]:
    """Return `rule` with all but its last arguments in place, which are like `varying`.

    Raises TypeError when a parameter's name stands for nothing a society has.

    >>> bind(lambda ratchet, x: ratchet * x, {"ratchet": 0.5}, (1.0,))(3.0)
    1.5
    """
    names = parameters(rule)
    try:
        values = [known[name] for name in names[: len(names) - len(varying)]]
    except KeyError as missing:
        raise TypeError(f"{rule.__name__} asks for {missing}, which no society has") from None
    return partial(machine_code(rule, (*values, *varying)), *values)
