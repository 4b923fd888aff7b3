"""A scenario: rules, behaviour, people, economy, shocks and length, as one frozen value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Self

from pydantic import Field

from .declaration import ParameterError, Parameters, lever, nearest
from .parameters import GROUPS, Behaviour, Economy, Population, Rules, Shocks


class Scenario(Parameters, frozen=True):
    """Everything that, with a seed, determines a history.

    `title`, `story`, `anchored_on` and `not_anchored_on` map a language code (en, ru) to a text;
    they never enter the computation or the hash.
    """

    name: str = "workers-democracy"
    title: Mapping[str, str] = Field(default_factory=dict)
    story: Mapping[str, str] = Field(default_factory=dict)
    anchored_on: Mapping[str, str] = Field(default_factory=dict)
    not_anchored_on: Mapping[str, str] = Field(default_factory=dict)
    rules: Rules = Rules()
    behaviour: Behaviour = Behaviour()
    population: Population = Population()
    economy: Economy = Economy()
    shocks: Shocks = Shocks()
    months: int = lever(240, 1, 100_000, unit="months")

    def replace(self, **changes: Any) -> Self:
        """Return a copy; a group may be given as a mapping of the fields to change.

        >>> Scenario().replace(rules={"openness": 0.1}, months=12).rules.openness
        0.1
        """
        merged = {
            key: getattr(self, key).replace(**value)
            if key in GROUPS and isinstance(value, Mapping)
            else value
            for key, value in changes.items()
        }
        return super().replace(**merged)

    def set(self, path: str, value: Any) -> Self:
        """Return a copy with one dotted field changed; the value may be text.

        >>> Scenario().set("rules.recall_threshold", "none").rules.recall_threshold is None
        True

        Raises ParameterError when the path names no field.
        """
        if path == "months":
            return self.replace(months=_parse(value))
        group, _, field = path.partition(".")
        if group not in GROUPS:
            paths = [f"{g}.{f}" for g, kind in GROUPS.items() for f in kind.model_fields]
            bare = [p for p in paths if p.partition(".")[2] == path]
            hint = f"did you mean {bare[0]}?" if bare else nearest(path, [*paths, "months"])
            raise ParameterError(f"{path} is no parameter; {hint}")
        return self.replace(**{group: {field: _parse(value)}})

    def hash(self) -> str:
        """Return twelve hexadecimal digits of what determines a history, texts and name apart."""
        groups = {key: getattr(self, key).model_dump() for key in GROUPS}
        text = json.dumps({**groups, "months": self.months}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def _parse(value: Any) -> Any:
    """Read `none`, `true` and `false` from text and leave numbers to validation."""
    words = {"none": None, "null": None, "true": True, "false": False, "yes": True, "no": False}
    return words.get(value.strip().lower(), value) if isinstance(value, str) else value
