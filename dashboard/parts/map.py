"""The map: hands out the atlas, once to each visitor who looks at it."""

from __future__ import annotations

from typing import Any, ClassVar

from ...experiments.atlas.shipped import atlas
from .part import Part


class Map(Part):
    """Answers "map.atlas" with the shipped phase diagrams."""

    name: ClassVar[str] = "map"

    def answer(self, kind: str, message: dict[str, Any]) -> None:
        """Send the atlas; nothing else can be asked for."""
        if kind != "atlas":
            raise ValueError("The map does not know what was asked for.")
        self.tell("atlas", atlas=atlas())
