"""What is the same for all visitors, as one file that a browser keeps: scripts, styles, texts.

Through the kernel of each visitor travels only a stub that loads this file.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..texts import languages
from .stage import catalogue, script, style, words_in

FOLDER = Path(__file__).parent / "static" / "shared"
ADDRESS = "/_thermidor/page.js"


def page_script() -> str:
    """Return the module of the page with everything in it that no visitor changes."""
    constants = {
        "WORDS": {code: words_in(code) for code in languages()},
        "CATALOGUE": catalogue(),
        "STYLE": style(),
    }
    lines = [f"const {name} = {_written(value)};" for name, value in constants.items()]
    own = [(FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in ("line", "supplied")]
    return "\n".join([*lines, *own, script()])


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _packed() -> tuple[bytes, bytes, str]:
    """Return the file, the file compressed, and a tag that names its content."""
    whole = page_script().encode("utf-8")
    return whole, gzip.compress(whole), f'"{sha256(whole).hexdigest()[:16]}"'


async def answer(request: Request) -> Response:
    """Send the file, or say that the browser's copy is still good."""
    whole, compressed, tag = _packed()
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(compressed if packed else whole, headers=headers, media_type="text/javascript")


route = Route(ADDRESS, answer)
