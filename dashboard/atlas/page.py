"""Put the page without a server together: the page's own scripts, styles and texts, and recordings.

The scripts are those of the dashboard; only the server is replaced, by `static/atlas/player.js`.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ...texts import languages, say
from ..parts.explore import to_take
from ..session import Session
from ..stage import catalogue, script, style, words_in
from ..state import state_of

FOLDER = Path(__file__).parent.parent
STATIC = FOLDER / "static" / "atlas"
EXPORT = "export default {"  # how the page's module hands itself to a server's page
VIEWS = ("explore", "map", "learn", "teach")  # the others compute for every reader anew


def page(
    societies: Mapping[str, Session], recordings: Mapping[str, bytes], answers: Mapping[str, Any]
) -> str:
    """Return the whole page as one HTML text that asks for nothing else."""
    told = json.dumps(data(societies, answers), ensure_ascii=False, separators=(",", ":"))
    packed = {"data": gzip.compress(told.encode(), mtime=0), **recordings}
    template = Environment(
        loader=FileSystemLoader(STATIC),
        undefined=StrictUndefined,
        trim_blocks=True,
        autoescape=False,
    ).get_template("atlas.html.jinja")
    return template.render(
        packed={name: b64encode(content).decode() for name, content in packed.items()},
        script=module(),
        style=(FOLDER / "assets" / "custom.css").read_text(encoding="utf-8") + style(),
        theme=(FOLDER / "assets" / "custom.js").read_text(encoding="utf-8"),
        waiting={code: say("atlas.waiting", code) for code in languages()},
    )


def module() -> str:
    """Return the page's scripts and, in place of the server, the player of recordings."""
    before, export, after = script().partition(EXPORT)
    if not export or EXPORT in after:
        raise ValueError("The page's module must hand itself over exactly once.")
    player = (STATIC / "player.js").read_text(encoding="utf-8")
    return f"{before}const widget = {{{after}\n{player}".replace("</script", "<\\/script")


def data(societies: Mapping[str, Session], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a server would tell the page: of every recorded society, in every language."""
    return {
        "states": {name: _state(session) for name, session in societies.items()},
        "takes": {name: to_take(session) for name, session in societies.items()},
        "words": {code: words_in(code) for code in languages()},
        "catalogue": catalogue(),
        "answers": answers,
    }


def _state(session: Session) -> dict[str, Any]:
    return state_of(session) | {"views": list(VIEWS), "recorded": True}
