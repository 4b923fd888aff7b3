"""Put the page without a server together: the page's own scripts, styles and texts, and recordings.

The scripts are those of the dashboard; only the server is replaced, by `static/atlas/player.js`.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ...experiments.atlas.shipped import atlas
from ...scenarios import load_scenario
from ...texts import languages
from ..parts.explore import known_in, to_take
from ..session import Session
from ..stage import catalogue, script, state_of, style, words_in

FOLDER = Path(__file__).parent.parent
STATIC = FOLDER / "static" / "atlas"
EXPORT = "export default {"  # how the page's module hands itself to a server's page
VIEWS = ("explore", "map")  # what needs nothing but recordings


def page(recordings: Mapping[str, bytes]) -> str:
    """Return the whole page as one HTML text that asks for nothing else."""
    template = Environment(
        loader=FileSystemLoader(STATIC),
        undefined=StrictUndefined,
        trim_blocks=True,
        autoescape=False,
    ).get_template("atlas.html.jinja")
    return template.render(
        data=_inside_script(json.dumps(data(list(recordings)), ensure_ascii=False)),
        recordings={name: b64encode(packed).decode() for name, packed in recordings.items()},
        script=_inside_script(module()),
        style=(FOLDER / "assets" / "custom.css").read_text(encoding="utf-8") + style(),
        theme=(FOLDER / "assets" / "custom.js").read_text(encoding="utf-8"),
    )


def module() -> str:
    """Return the page's scripts and, in place of the server, the player of recordings."""
    before, export, after = script().partition(EXPORT)
    if not export or EXPORT in after:
        raise ValueError("The page's module must hand itself over exactly once.")
    player = (STATIC / "player.js").read_text(encoding="utf-8")
    return f"{before}const widget = {{{after}\n{player}"


def data(names: list[str]) -> dict[str, Any]:
    """Return what a server would tell the page, for every recorded scenario and language."""
    return {
        "states": {name: _state(name) for name in names},
        "words": {code: words_in(code) for code in languages()},
        "catalogue": [one for one in catalogue() if one["name"] in names],
        "atlas": atlas(),
        "known": {code: known_in(code) for code in languages()},
        "taken": {name: to_take(Session(load_scenario(name))) for name in names},
    }


def _state(name: str) -> dict[str, Any]:
    return state_of(Session(load_scenario(name))) | {"views": list(VIEWS), "recorded": True}


def _inside_script(text: str) -> str:
    """Keep a text from ending the script element it stands in."""
    return text.replace("</", "<\\/")
