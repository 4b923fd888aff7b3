"""The view Teach: the list of class packs and the sheets of one."""

from __future__ import annotations

from typing import Any

from ...texts import say
from ..lessons.packs import find, names
from ..lessons.sheets import SECTIONS, TEACHERS, section, summary
from .part import Part


class Teach(Part):
    """Tells which packs there are, and hands out one with all its sheets."""

    name = "teach"

    def answer(self, kind: str, message: dict[str, Any]) -> None:
        language = self.host.session.language
        match kind:
            case "list":
                self.tell("list", packs=[summary(find(name), language) for name in names()])
            case "pack":
                self.tell("pack", language=language, **_pack(str(message["name"]), language))
            case _:
                raise ValueError(f"The view of lessons does not know what {kind} is.")


def _pack(name: str, language: str) -> dict[str, Any]:
    """Return a pack with its sheets as HTML, and the states that can be opened, by letter."""
    pack = find(name)
    sheets = [
        {
            "name": one,
            "title": say(f"teach.sheets.{one}", language),
            "teachers": one in TEACHERS,
            "html": section(pack, one, language),
        }
        for one in SECTIONS
    ]
    return {**summary(pack, language), "sheets": sheets}
