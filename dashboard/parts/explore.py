"""What Explore asks beside its months: why somebody did what they did, and what is known before."""

from __future__ import annotations

from typing import Any, ClassVar

from ...texts import say
from ..known import known
from ..reproduce import command, file_name, toml
from ..session import Session
from .part import Part

KINDS = ("person", "office")


def known_in(language: str) -> dict[str, Any]:
    """Return how the scenarios went, and the research behind each rule in one language."""
    research = {
        rule: [
            {
                "name": say(f"evidence.{pattern}.name", language),
                "what": say(f"evidence.{pattern}.what", language),
                "sources": sources,
            }
            for pattern, sources in patterns
        ]
        for rule, patterns in known()["research"].items()
    }
    return {**known(), "research": research, "language": language}


def to_take(session: Session) -> dict[str, Any]:
    """Return what may be taken along: the command line, the file of the scenario, a name."""
    return {
        "generation": session.generation,
        "command": command(session),
        "toml": toml(session),
        "file": file_name(session),
    }


class Explore(Part):
    """Answers for the society on the page."""

    name: ClassVar[str] = "explore"

    def answer(self, kind: str, message: dict[str, Any]) -> None:
        """Do what the browser asks for."""
        match kind:
            case "explain":
                self.explain(str(message["who"]), int(message["row"]), int(message["month"]))
            case "take":
                self.tell("taken", **to_take(self.host.session))
            case "known":
                self.tell("known", **known_in(self.host.session.language))
            case _:
                raise ValueError("The page does not know what was asked for.")

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
