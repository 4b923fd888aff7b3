"""Messages of a Jupyter kernel as they travel through a websocket."""

from __future__ import annotations

import json
import struct
from typing import Any
from uuid import uuid4

type Message = dict[str, Any]


def packed(kind: str, content: Message, session: str) -> str:
    """Return one message of the browser to the kernel."""
    header = {
        "msg_id": uuid4().hex,
        "msg_type": kind,
        "session": session,
        "username": "",
        "date": "2026-01-01T00:00:00Z",
        "version": "5.2",
    }
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    return json.dumps({**message, "channel": "shell", "buffers": []})


def unpacked(data: str | bytes) -> tuple[Message, list[bytes]]:
    """Return one message of the kernel to the browser, and the buffers beside it."""
    if isinstance(data, str):
        return json.loads(data), []
    (parts,) = struct.unpack_from("!I", data)
    starts = struct.unpack_from(f"!{parts}I", data, 4)
    stops = [*starts[1:], len(data)]
    first, *buffers = (data[start:stop] for start, stop in zip(starts, stops, strict=True))
    return json.loads(first), buffers
