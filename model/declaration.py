"""How a parameter is declared once, checked in plain words and described."""

from __future__ import annotations

import difflib
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class ParameterError(ValueError):
    """A parameter is unknown, out of range or contradicts another; the message is one sentence."""


def lever(
    default: Any,
    low: float | None = None,
    high: float | None = None,
    *,
    unit: str = "share",
    sweep: tuple[float, float] | None = None,
    source: str = "",
    sourced: float | None = None,
) -> Any:
    """Declare one parameter: what is allowed (`low`..`high`) and what is plausible (`sweep`).

    Where calibration moved the default, `sourced` is what stood there before: what its source
    suggests by itself.
    """
    extra = {"unit": unit, "sweep": list(sweep or (low, high)), "source": source}
    extra["sourced"] = default if sourced is None else sourced
    return Field(default, ge=low, le=high, json_schema_extra=extra)


def nearest(name: str, names: Any) -> str:
    """Say which valid name is closest, or list them all.

    >>> nearest("opennes", ["openness", "wage_cap"])
    'did you mean openness?'
    """
    close = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else "valid names are " + ", ".join(sorted(names))


class Parameters(BaseModel, frozen=True):
    """A frozen group of parameters that refuses unknown names and impossible values."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, strict=False)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise ParameterError(_one_sentence(type(self), error)) from None

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some values changed, validated again.

        >>> from .parameters import Rules
        >>> Rules().replace(openness=0.2).openness
        0.2
        """
        return type(self)(**{**self.__dict__, **changes})

    @classmethod
    def describe(cls) -> dict[str, dict[str, Any]]:
        """Return name -> {default, low, high, unit, sweep, source, sourced}, as declared."""
        return {name: _describe(field) for name, field in cls.model_fields.items()}


def _bounds(field: Any) -> tuple[Any, Any]:
    low = next((m.ge for m in field.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in field.metadata if hasattr(m, "le")), None)
    return low, high


def _describe(field: Any) -> dict[str, Any]:
    low, high = _bounds(field)
    extra = field.json_schema_extra or {}
    optional = field.annotation is not None and type(None) in getattr(
        field.annotation, "__args__", ()
    )
    return {"default": field.default, "low": low, "high": high, "optional": optional, **extra}


def _one_sentence(group: type[BaseModel], error: ValidationError) -> str:
    """Turn pydantic's report into one sentence about the first fault."""
    fault = error.errors()[0]
    name = str(fault["loc"][0]) if fault["loc"] else ""
    where = f"{group.__name__.lower()}.{name}"
    if fault["type"] == "extra_forbidden":
        return f"{where} is no parameter; {nearest(name, group.model_fields)}"
    if name not in group.model_fields:
        return str(fault["msg"]).removeprefix("Value error, ")
    field = group.model_fields[name]
    low, high = _bounds(field)
    given = fault["input"]
    if fault["type"] in ("greater_than_equal", "less_than_equal"):
        closest = low if fault["type"] == "greater_than_equal" else high
        top = "" if high is None else f" and at most {high:g}"
        valid = f"at least {low:g}{top}; the nearest valid value is {closest:g}"
        return f"{where} = {given!r} must be {valid}"
    return f"{where} = {given!r} is not valid: {fault['msg'][0].lower()}{fault['msg'][1:]}"
