"""Factors: what a sweep varies, and how a draw between 0 and 1 becomes a value."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from math import isfinite
from typing import Annotated, Any, Self, get_args

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from ...model.declaration import ParameterError, nearest
from ...model.parameters import GROUPS
from ...model.scenario import Scenario
from .remedies import PREFIX, REMEDIES

Value = bool | int | float | str | None
PLAIN = (bool, int, float, str, np.generic, type(None))
KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a word"}
NAMED = f"one is named like rules.openness, a field of {', '.join(GROUPS)}, or a remedy"


class Factor(BaseModel):
    """What one factor may be: listed `values`, or a range with a share of draws that are none.

    In a file it is a list, or a table {low = 0.0, high = 1.0, none = 0.3}.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    values: tuple[Value, ...] = ()
    low: float | None = None
    high: float | None = None
    none: Annotated[float, Field(ge=0.0, lt=1.0)] = 0.0

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if self.values:
            if self.low is not None or self.high is not None:
                raise ValueError("it has both values and a range")
        elif self.low is None or self.high is None:
            raise ValueError("it needs a list of values, or both low and high")
        elif self.low >= self.high:
            raise ValueError(f"low = {self.low:g} must be below high = {self.high:g}")
        return self

    @property
    def bounds(self) -> list[float]:
        """The bounds SALib is told: those of the range, or of the draw that chooses."""
        if self.low is None or self.high is None or self.none > 0.0:
            return [0.0, 1.0]
        return [self.low, self.high]

    def value(self, draw: float, whole: bool) -> Value:
        """Return the value for a draw between 0 and 1, rounded if only whole numbers will do.

        >>> Factor(low=1.0, high=5.0, none=0.2).value(0.6, whole=False)
        3.0
        >>> Factor(values=(False, True)).value(0.4, whole=False)
        False
        """
        if self.low is None or self.high is None:
            return self.values[min(int(draw * len(self.values)), len(self.values) - 1)]
        if draw < self.none:
            return None
        share = (draw - self.none) / (1.0 - self.none)
        number = self.low + share * (self.high - self.low)
        return round(number) if whole else min(number, self.high)


def read_factors(given: Any) -> dict[str, Factor]:
    """Return factors by path: lists and arrays stand for values, the word none for None.

    >>> read_factors({"rules.wage_cap": [1.0, "none"]})["rules.wage_cap"].values
    (1.0, None)

    Raises ParameterError.
    """
    if not isinstance(given, Mapping):
        raise ParameterError("factors must be a table of paths and values")
    return {str(path): _read_factor(str(path), factor) for path, factor in given.items()}


def _read_factor(path: str, given: Any) -> Factor:
    if isinstance(given, Factor):
        return given
    if isinstance(given, list | tuple | np.ndarray):
        plain = given.tolist() if isinstance(given, np.ndarray) else given
        given = {"values": [None if value == "none" else value for value in plain]}
    if not isinstance(given, Mapping):
        raise ParameterError(
            f"{path} must be a list of values or a table {{low = ..., high = ...}}, not {given!r}"
        )
    for name in given:
        if name not in Factor.model_fields:
            raise ParameterError(f"{path} has no {name}; {nearest(name, Factor.model_fields)}")
    try:
        return Factor(**given)
    except ValidationError as error:
        first = error.errors()[0]
        fault = str(first["msg"]).removeprefix("Value error, ")
        if first["loc"][:1] == ("values",):
            fault = f"{first['input']} is neither a number nor a word"
        raise ParameterError(f"{path}: {fault[0].lower()}{fault[1:]}") from None


def read_settings(given: Any) -> dict[str, Any]:
    """Return settings by path, each a single value.

    >>> read_settings({"rules.openness": 0.3})
    {'rules.openness': 0.3}

    Raises ParameterError, which says what a setting must be.
    """
    if not isinstance(given, Mapping):
        raise ParameterError("settings must be a table of paths and values")
    for path, value in given.items():
        finite = not isinstance(value, float) or isfinite(value)
        if not (finite and isinstance(value, PLAIN)):
            several = isinstance(value, Factor | Mapping | list | tuple | np.ndarray)
            hint = "; what varies belongs in [factors]" if several else ""
            told = " ".join(str(value).split())
            raise ParameterError(f"{path} in [settings] must be {_wanted(path)}, not {told}{hint}")
    return dict(given)


def _wanted(path: str) -> str:
    """Say what kind of value a setting is. Raises ParameterError when there is no such setting."""
    if path not in paths():
        raise ParameterError(f"{path} is no parameter; {nearest(path, paths())}")
    return KINDS[kind_of(path)]


def paths() -> list[str]:
    """Return what may be a factor: the fields of all groups, and the remedies."""
    fields = [f"{group}.{name}" for group, kind in GROUPS.items() for name in kind.model_fields]
    return [*fields, *(PREFIX + name for name in REMEDIES)]


def kind_of(path: str) -> type:
    """Return what a factor's values are, none apart: bool, int, float or str.

    >>> kind_of("rules.term_limit"), kind_of("rules.recall_reach"), kind_of("remedies.cap")
    (<class 'int'>, <class 'str'>, <class 'bool'>)

    Raises ParameterError when the path names no factor.
    """
    if path.startswith(PREFIX) and path.removeprefix(PREFIX) in REMEDIES:
        return bool
    group, _, name = path.partition(".")
    if group not in GROUPS or name not in GROUPS[group].model_fields:
        close = get_close_matches(path, paths(), n=1, cutoff=0.5)
        told = f"did you mean {close[0]}?" if close else NAMED
        raise ParameterError(f"{path} cannot be a factor; {told}")
    annotation = _annotation(path)
    parts = get_args(annotation) or (annotation,)
    return next((kind for kind in (bool, int, float) if kind in parts), str)


def checked(path: str, factor: Factor, base: Scenario) -> Factor:
    """Return the factor with its values in the type of its field. Raises ParameterError."""
    kind = kind_of(path)
    if factor.values:
        return factor.model_copy(update={"values": _valid(path, factor.values, base)})
    if kind in (bool, str):
        raise ParameterError(f"{path} has no range; list what it may be, e.g. [...]")
    low, high = _valid(path, (factor.low, factor.high), base)
    if factor.none > 0.0:
        _valid(path, (None,), base)
    return factor.model_copy(update={"low": float(low), "high": float(high)})


def _valid(path: str, values: tuple[Any, ...], base: Scenario) -> tuple[Any, ...]:
    """Return values in the type of the field they are for, whatever the others are."""
    read = _reader(path).validate_python
    valid = []
    for value in values:
        try:
            valid.append(read(value))
        except ValidationError:
            raise _refused(path, value, base) from None
    return tuple(valid)


def _refused(path: str, value: Any, base: Scenario) -> ParameterError:
    """Return what is wrong with a value in one sentence."""
    if path.startswith(PREFIX):
        return ParameterError(f"{path} must be true or false, not {value!r}")
    if value is None:
        return ParameterError(f"{path} cannot be none")
    words = get_args(_annotation(path))
    if isinstance(value, str) and all(isinstance(word, str) for word in words) and words:
        return ParameterError(f"{path} cannot be {value}; {nearest(value, words)}")
    try:
        base.set(path, value)
    except ParameterError as error:
        return error
    return ParameterError(f"{path} cannot be {value!r}")


def _annotation(path: str) -> Any:
    """Return the type of a field as it is declared."""
    group, _, name = path.partition(".")
    return GROUPS[group].model_fields[name].annotation


@cache
def _reader(path: str) -> TypeAdapter[Any]:
    """Return what reads a value as its field would."""
    if path.startswith(PREFIX):
        return TypeAdapter(bool)
    group, _, name = path.partition(".")
    annotation = GROUPS[group].model_fields[name].rebuild_annotation()
    return TypeAdapter(annotation, config=ConfigDict(allow_inf_nan=False))
