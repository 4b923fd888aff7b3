"""What Explore asks beside its months: why somebody did what they did."""

from __future__ import annotations

from typing import Any, ClassVar

from .part import Part

KINDS = ("person", "office")


class Explore(Part):
    """Answers for the society on the page."""

    name: ClassVar[str] = "explore"

    def answer(self, kind: str, message: dict[str, Any]) -> None:
        """Do what the browser asks for."""
        if kind != "explain":
            raise ValueError("The page does not know what was asked for.")
        self.explain(str(message["who"]), int(message["row"]), int(message["month"]))

    def explain(self, who: str, row: int, month: int) -> None:
        """Have it told what a person, or the holder of an office, knew, compared and did."""
        session = self.host.session
        if who not in KINDS:
            raise ValueError(f"The page explains a person or an office, not {who!r}.")
        month = min(max(month, 0), session.scenario.months)
        generation, language = session.generation, session.language
        asked = {"who": who, "row": row, "month": month, "generation": generation}

        def send(told: dict[str, Any]) -> None:
            self.tell("explained", **asked, language=language, **told)

        self.later(
            self.host.computer.of_run(
                session.key, "dashboard.explaining:explained", month, who, row, language
            ),
            send,
            lambda: generation == session.generation,
            **asked,
        )
