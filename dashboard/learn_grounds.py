"""How we know: what was checked, fitted and guessed, gathered from what the package ships.

Runs in a simulating process, because the patterns' experiments load the model.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

from ..experiments.evidence.objections.regions import shipped
from ..experiments.evidence.patterns import all_patterns
from ..experiments.evidence.split import IN_VIEW
from ..model.parameters import Behaviour
from ..scenarios.ensemble import load_ensemble
from ..texts import say, table
from .sources import bibliography, citations


def grounds(language: str) -> dict[str, Any]:
    """Return what was checked, fitted and guessed, from what the package ships, in one language."""
    checked = json.loads(files("thermidor").joinpath("docs", "validation.json").read_text("utf-8"))
    found = [_pattern(one, language) for one in checked["patterns"]]
    named = {key for one in found for key in one["sources"]} | _cited_in_story(language)
    facts = Behaviour.describe().values()
    return {
        "language": language,
        "patterns": found,
        "replicates": min(one["replicates"] for one in checked["patterns"]),
        "behaviour": {
            "all": len(facts),
            "sourced": sum(bool(fact["source"]) for fact in facts),
            "members": len(load_ensemble()),
        },
        "objections": [_objection(number, language) for number in _numbers()],
        "stale": shipped().stale,
        "sources": {key: [citations()[key], bibliography()[key]] for key in sorted(named)},
    }


def _pattern(checked: dict[str, Any], language: str) -> dict[str, Any]:
    about = next(one for one in all_patterns() if one.id == checked["id"])
    return {
        **{name: checked[name] for name in ("id", "judgement")},
        "role": "seen" if about.id in IN_VIEW else checked["role"],
        "met": sum(check["met"] for check in checked["checks"]),
        "checks": len(checked["checks"]),
        "sources": list(about.sources),
        **{name: say(f"evidence.{about.id}.{name}", language) for name in ("name", "what")},
    }


def _cited_in_story(language: str) -> set[str]:
    steps = table("view_learn.steps", language).values()
    cited = re.findall(r"\w+", " ".join(one.get("research", "") for one in steps))
    return set(cited) & bibliography().keys()


def _numbers() -> list[int]:
    return sorted(int(key) for key in table("objections") if key.isdecimal())


def _objection(number: int, language: str) -> dict[str, Any]:
    region = shipped().regions.get(number)
    return {
        "number": number,
        "standing": region.standing if region else "unsearched",
        "wins": region.inside.wins if region else 0,
        "points": region.inside.points if region else 0,
        "name": say(f"objections.{number}.name", language),
        "says": say(f"objections.{number}.says", language),
    }
